"""Tables as grids: the cells of each row by column, merged cells repeated."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sco_extract.model.document import Cell, Document, Line

_MAX_COLUMNS = 32  # plans seen have at most eight; a hostile file may claim thousands


@dataclass(frozen=True, slots=True)
class Slot:
    """What stands in one column of one row: a cell's text, and whether the cell begins in this row."""

    cell: Cell
    start: int
    end: int
    text: str
    fresh: bool


Row = list[Slot | None]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as rows of equal length, merged cells repeated in every row and column that they cover."""

    rows: tuple[Row, ...]
    first: int  # the index of its first line in the document


def read_grids(document: Document) -> Iterator[Grid]:
    """The tables of ``document``, in order."""
    lines = document.lines
    at = 0
    while at < len(lines):
        if lines[at].cell is None:
            at += 1
            continue
        first, block = at, lines[at].block
        while at < len(lines) and lines[at].cell is not None and lines[at].block == block:
            at += 1
        yield Grid(tuple(_rows(document.text.text, lines[first:at])), first)


def _rows(text: str, lines: Sequence[Line]) -> Iterator[Row]:
    """Rows of slots; a cell reaches down as many rows as it spans."""
    width = min(_MAX_COLUMNS, max(line.cell.column + line.cell.column_span for line in lines if line.cell))
    open_cells: Row = [None] * width
    by_row: dict[int, list[Line]] = {}
    for line in lines:
        if line.cell:
            by_row.setdefault(line.cell.row, []).append(line)
    for number in sorted(by_row):
        row: Row = [
            replace(slot, fresh=False) if slot and slot.cell.row + slot.cell.row_span > number else None
            for slot in open_cells
        ]
        for line in by_row[number]:
            cell = line.cell
            if cell is None:
                continue
            slot = Slot(cell, line.start, line.end, text[line.start : line.end].strip(), fresh=True)
            for column in range(cell.column, min(width, cell.column + cell.column_span)):
                row[column] = slot
        open_cells = row
        yield row
