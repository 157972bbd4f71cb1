"""Write the pieces of a page as linear text with blocks."""

from __future__ import annotations

from sco_extract.model.diagnostics import Diagnostic
from sco_extract.model.document import Anchor, Block, BlockKind, Cell
from sco_extract.model.span import Span
from sco_extract.read.encoding import Decoded
from sco_extract.read.html.build import Piece
from sco_extract.read.html.grid import GridCell
from sco_extract.read.layout import Layout, LinearText

_PART = "body"
_PARAGRAPH = "\n"  # between the paragraphs of one table cell


def layout_of(pieces: list[Piece], decoded: Decoded, *, title: str, date: str) -> Layout:
    """One line a block and a table cell; footnotes know the offset at which they are called."""
    linear = LinearText()
    blocks: list[tuple[Block, str]] = []
    called: dict[str, int] = {}
    for number, piece in enumerate(pieces):
        anchor = Anchor(_PART, number)
        if piece.rows:
            blocks.append((_table(linear, piece, anchor, called), ""))
        elif piece.text:
            blocks.append((_block(linear, piece, anchor, called), piece.note))
    return Layout(
        source=linear.text(),
        blocks=tuple(_with_reference(block, called.get(note)) for block, note in blocks),
        encoding=decoded.encoding,
        encoding_confidence=decoded.confidence,
        title_hint=title,
        date_hint=date,
        # Their spans point into the page's bytes as text, not into the linear text.
        diagnostics=tuple(Diagnostic(note.code, note.severity, note.message) for note in decoded.diagnostics),
    )


def _block(linear: LinearText, piece: Piece, anchor: Anchor, called: dict[str, int]) -> Block:
    span = linear.add(piece.text)
    for at, key in piece.calls:
        called.setdefault(key, span.start + at)
    return Block(piece.kind, span, level=piece.level, label=piece.label, role=piece.role, anchor=anchor)


def _table(linear: LinearText, piece: Piece, anchor: Anchor, called: dict[str, int]) -> Block:
    start = linear.length
    rows = tuple(tuple(_cell(linear, cell, called) for cell in row) for row in piece.rows)
    kind: BlockKind = "furniture" if piece.furniture else "table"
    span = Span(start, max(start, linear.length - 1))
    return Block(kind, span, role=piece.role, rows=rows if kind == "table" else (), anchor=anchor)


def _cell(linear: LinearText, cell: GridCell, called: dict[str, int]) -> Cell:
    starts: list[int] = []
    at = linear.length
    for line in cell.lines:
        starts.append(at)
        at += len(line) + len(_PARAGRAPH)
    for line_number, offset, key in cell.calls:
        called.setdefault(key, starts[line_number] + offset)
    span = linear.add(_PARAGRAPH.join(cell.lines))
    return Cell(span, cell.row, cell.column, cell.row_span, cell.column_span)


def _with_reference(block: Block, reference: int | None) -> Block:
    if reference is None:
        return block
    return Block(block.kind, block.span, block.level, block.label, block.role, block.rows, block.anchor, reference)
