"""Plain text -> layout (first form: a line is a paragraph)."""

from __future__ import annotations

import re

from sco_extract.model.document import Block, Span
from sco_extract.read.encoding import decode
from sco_extract.read.layout import Layout
from sco_extract.read.limits import Limits


def read_txt(data: bytes, name: str, limits: Limits) -> Layout:
    """The layout of a plain text file."""
    decoded = decode(data)
    blocks = tuple(
        Block("paragraph", Span(*match.span())) for match in re.finditer(r"[^\s](?:[^\r\n]*[^\s])?", decoded.text)
    )
    return Layout(decoded.text, blocks, decoded.encoding, decoded.confidence, diagnostics=decoded.diagnostics)
