"""Ruled tables, by pdfplumber."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from typing import TYPE_CHECKING

from sco_extract.read.pdf.chars import Char
from sco_extract.read.pdf.geometry import Box, CellText, TableText
from sco_extract.read.pdf.lines import inside, join_texts, make_lines

if TYPE_CHECKING:
    from pdfplumber.pdf import PDF

# Two by two cells are ruled by six lines; a page with more than the second number is a drawing or a map.
LEAST_PATHS = 5
MOST_PATHS = 4_000
_SAME_EDGE = 2.0  # points; rules are up to 1.5 wide


class TableFinder:
    """Opens the file a second time, once a page needs it, and gives the tables of a page. To be closed."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._pdf: PDF | None = None

    def find(self, index: int, chars: list[Char]) -> tuple[list[TableText], list[Char]]:
        """The tables of page ``index`` (from 0) and the characters outside them."""
        tables: list[TableText] = []
        for cells in self._cell_boxes(index):
            table, chars = _fill(cells, chars)
            if table is not None:
                tables.append(table)
        return tables, chars

    def _cell_boxes(self, index: int) -> Iterator[list[Box]]:
        # Late: pdfplumber takes 0.15 s to import, and most files have no table.
        import pdfplumber

        # What its parser finds odd in a file goes to standard error where nobody listens; the text is read all the same.
        logging.getLogger("pdfminer").addHandler(logging.NullHandler())
        if self._pdf is None:
            self._pdf = pdfplumber.open(io.BytesIO(self._data))
        page = self._pdf.pages[index]
        left, top = page.bbox[0], page.bbox[1]
        for table in page.find_tables():
            yield [Box(x0 - left, y0 - top, x1 - left, y1 - top) for x0, y0, x1, y1 in table.cells]
        page.close()

    def close(self) -> None:
        """Release the file."""
        if self._pdf is not None:
            self._pdf.close()


def _fill(boxes: list[Box], chars: list[Char]) -> tuple[TableText | None, list[Char]]:
    xs = _edges([box.x0 for box in boxes] + [box.x1 for box in boxes])
    ys = _edges([box.top for box in boxes] + [box.bottom for box in boxes])
    if len(xs) < 3 or len(boxes) < 3:
        return None, chars
    outer = Box(xs[0], ys[0], xs[-1], ys[-1])
    held = [char for char in chars if inside(outer, char)]
    if not held:
        return None, chars
    cells: list[CellText] = []
    for box in boxes:
        row, column = _index(ys, box.top), _index(xs, box.x0)
        text = _cell_text([char for char in held if inside(box, char)])
        span = (_index(ys, box.bottom) - row, _index(xs, box.x1) - column)
        cells.append(CellText(text, row, column, max(1, span[0]), max(1, span[1])))
    lost = [char for char in held if not any(inside(box, char) for box in boxes)]
    kept = {id(char) for char in held} - {id(char) for char in lost}
    rows: dict[int, list[CellText]] = {}
    for cell in sorted(cells, key=lambda cell: (cell.row, cell.column)):
        rows.setdefault(cell.row, []).append(cell)
    table = TableText(outer, list(rows.values()), len(xs) - 1)
    return table, [char for char in chars if id(char) not in kept]


def _edges(values: list[float]) -> list[float]:
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > _SAME_EDGE:
            edges.append(value)
    return edges


def _index(edges: list[float], value: float) -> int:
    return min(range(len(edges)), key=lambda at: abs(edges[at] - value))


def _cell_text(chars: list[Char]) -> str:
    text = ""
    for line in make_lines(chars):
        text = join_texts(text, line.text) if text else line.text
    return text
