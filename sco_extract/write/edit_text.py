"""Correct plain text and Markdown: byte for byte the same but for the edits."""

from __future__ import annotations

from collections.abc import Sequence

from sco_extract.read.encoding import BOMS
from sco_extract.write.edits import Applied, Edit, Refusal, edited, refuse_all


def edit_text(data: bytes, source: str, encoding: str, edits: Sequence[Edit]) -> Applied:
    """``data``, which is ``source`` in ``encoding``, with ``edits`` in order and apart; mark, line ends, code stay."""
    mark = next((mark for mark, _ in BOMS if data.startswith(mark)), b"")
    if not _is_faithful(data, source, encoding, mark):
        return refuse_all(data, edits, f"@fix_bytes:{encoding}")
    done, refused = [], []
    for edit in edits:
        try:
            edit.text.encode(encoding)
            done.append(edit)
        except UnicodeEncodeError:
            refused.append(Refusal(edit.finding, f"@fix_character:{encoding}"))
    return Applied(mark + edited(source, done).encode(encoding), tuple(done), tuple(refused))


def _is_faithful(data: bytes, source: str, encoding: str, mark: bytes) -> bool:
    try:
        return mark + source.encode(encoding) == data
    except UnicodeEncodeError:
        return False
