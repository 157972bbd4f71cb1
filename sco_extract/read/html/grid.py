"""Place the cells of an HTML table on its grid."""

from __future__ import annotations

from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

from sco_extract.read.html.dom import Measure, attribute

# The HTML standard allows rowspan to 65,534 and colspan to 1,000; real tables stay far below, hostile ones do not.
_MAX_ROW_SPAN = 2_000
_MAX_COLUMN_SPAN = 100
_MAX_COLUMNS = 500
# A cell with this share of a table's text, this long, is the page's column, not a value in a table.
_PAGE_CELL_SHARE = 0.7
_PAGE_CELL_LENGTH = 300


@dataclass(slots=True)
class GridCell:
    """A cell with its place; ``lines`` are its paragraphs, ``calls`` the footnotes called: line, offset, id."""

    row: int
    column: int
    row_span: int
    column_span: int
    lines: list[str] = field(default_factory=list)
    calls: list[tuple[int, int, str]] = field(default_factory=list)


@dataclass(slots=True)
class Grid:
    """A table being read: rows so far, and up to which row each column is taken by a cell from above."""

    rows: list[list[GridCell]] = field(default_factory=list)
    taken: list[int] = field(default_factory=list)
    cell: GridCell | None = None

    def start_row(self) -> None:
        """Begin the next row."""
        self.rows.append([])

    def start_cell(self, node: LexborNode) -> None:
        """Begin the next cell of the last row, at the first column that is free."""
        if not self.rows:
            self.start_row()
        row = len(self.rows) - 1
        last = self.rows[-1][-1] if self.rows[-1] else None
        column = last.column + last.column_span if last else 0
        while column < len(self.taken) and self.taken[column] > row:
            column += 1
        row_span = _span(attribute(node, "rowspan"), _MAX_ROW_SPAN)
        column_span = min(_span(attribute(node, "colspan"), _MAX_COLUMN_SPAN), max(1, _MAX_COLUMNS - column))
        self.taken.extend([0] * (column + column_span - len(self.taken)))
        self.taken[column : column + column_span] = [row + row_span] * column_span
        self.cell = GridCell(row, column, row_span, column_span)
        self.rows[-1].append(self.cell)

    def finished(self) -> list[list[GridCell]]:
        """The rows, with row spans cut at the last row."""
        for row in self.rows:
            for cell in row:
                cell.row_span = min(cell.row_span, len(self.rows) - cell.row)
        return [row for row in self.rows if row]


def _span(written: str, most: int) -> int:
    digits = written.strip()[:6]
    value = int(digits) if digits.isascii() and digits.isdigit() else 1
    return max(1, min(value, most))


def is_data_table(node: LexborNode, measure: Measure) -> bool:
    """Whether a table holds rows of values; the others only place parts of the page side by side."""
    if attribute(node, "role") in ("presentation", "none") or measure.rows < 1 or measure.cells < 2:
        return False
    if measure.headers > 0:
        return True
    ruled = attribute(node, "border") not in ("", "0")
    if not ruled and (measure.tables > 1 or measure.rows < 2):
        return False
    is_page = measure.largest_cell >= max(_PAGE_CELL_LENGTH, _PAGE_CELL_SHARE * measure.text)
    return measure.cells > measure.rows and not is_page
