"""Bytes -> Document: the format is found by content, its reader makes a layout, and that becomes the document."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import cast

from sco_extract.model.diagnostics import ReadError
from sco_extract.model.document import Document, Format
from sco_extract.read.assemble import assemble
from sco_extract.read.headings import find_headings
from sco_extract.read.layout import Layout
from sco_extract.read.limits import LIMITS, Limits
from sco_extract.read.sniff import sniff

__all__ = ["LIMITS", "READERS", "Limits", "read"]

Reader = Callable[[bytes, str, Limits], Layout]

# Format -> "module:function". Named, not imported: lxml, pdfium and selectolax are loaded for files that need them.
READERS: dict[Format, str] = {
    "txt": "sco_extract.read.txt:read_txt",
    "md": "sco_extract.read.markdown:read_markdown",
    "docx": "sco_extract.read.docx:read_docx",
    "pdf": "sco_extract.read.pdf:read_pdf",
    "html": "sco_extract.read.html:read_html",
}


def read(data: bytes, name: str, limits: Limits = LIMITS) -> Document:
    """The document in ``data``; ``name`` is its file name, kept, and asked for its suffix where content is not clear.

    Raises ``ReadError`` with a code and what to do next: READ001 nothing in it, READ002 over a limit, READ003 a format that
    is not read, READ004 binary data, READ005 no known encoding, READ006 a damaged container, and the readers' own.
    """
    if len(data) > limits.max_bytes:
        raise ReadError("READ002", f"the file has {len(data):,} bytes, the limit is {limits.max_bytes:,}: split it")
    kind = sniff(data, name)
    layout = _reader(kind)(data, name, limits)
    if kind != "txt":  # the reader of plain text finds headings while it makes paragraphs of lines
        layout = find_headings(layout)
    if len(layout.source) > limits.max_characters:
        raise ReadError(
            "READ002",
            f"the text has {len(layout.source):,} characters, the limit is {limits.max_characters:,}: split it",
        )
    if not layout.source.strip():
        raise ReadError("READ001", "there is no text in the file: check that it was exported completely")
    return assemble(layout, data, name, kind)


def _reader(kind: Format) -> Reader:
    module, _, function = READERS[kind].partition(":")
    return cast("Reader", getattr(import_module(module), function))
