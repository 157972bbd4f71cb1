"""The file: parts in a fixed order, without clock or trace of the machine."""

from __future__ import annotations

import io
import zipfile

from docx.document import Document as Word

# The first day a zip can name; the archive says nothing of when it was made.
_DAY_ONE = (1980, 1, 1, 0, 0, 0)


def save(word: Word) -> bytes:
    """The document as the bytes of a .docx: the same document, the same bytes."""
    loose = io.BytesIO()
    word.save(loose)
    packed = io.BytesIO()
    with zipfile.ZipFile(loose) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in sorted(source.namelist()):
            entry = zipfile.ZipInfo(name, _DAY_ONE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0  # else the archive says on which system it was packed
            target.writestr(entry, source.read(name), compresslevel=6)
    return packed.getvalue()
