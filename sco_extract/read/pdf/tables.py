"""Ruled tables, by pdfplumber."""

from __future__ import annotations

import io
import logging
from bisect import bisect_right
from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

from sco_extract.read.pdf.chars import Char
from sco_extract.read.pdf.geometry import Box, CellText, TableText
from sco_extract.read.pdf.lines import join_texts, make_lines

if TYPE_CHECKING:
    from pdfplumber.pdf import PDF

# Two by two cells are ruled by six lines; a page with more than the second number is a drawing or a map.
LEAST_PATHS = 5
MOST_PATHS = 4_000
MOST_CHARACTERS = 50_000  # a newspaper page has 10,000; pdfplumber takes 0.1 ms for each
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
            # Closing reads the pages once more, and a broken one raises again.
            with suppress(Exception):
                self._pdf.close()


def _fill(boxes: list[Box], chars: list[Char]) -> tuple[TableText | None, list[Char]]:
    xs = _edges([box.x0 for box in boxes] + [box.x1 for box in boxes])
    ys = _edges([box.top for box in boxes] + [box.bottom for box in boxes])
    if len(xs) < 3 or len(boxes) < 3:
        return None, chars
    places = [_place(xs, ys, box) for box in boxes]
    owners = {
        (row, column): number
        for number, (top, bottom, left, right) in enumerate(places)
        for row in range(top, bottom)
        for column in range(left, right)
    }
    held: dict[int, list[Char]] = {}
    outside: list[Char] = []
    for char in chars:
        x, y = (char.box.x0 + char.box.x1) / 2, (char.box.top + char.box.bottom) / 2
        owner = owners.get((bisect_right(ys, y) - 1, bisect_right(xs, x) - 1))
        (outside if owner is None else held.setdefault(owner, [])).append(char)
    if not held:
        return None, chars
    rows: dict[int, list[CellText]] = {}
    for number, (top, bottom, left, right) in sorted(enumerate(places), key=lambda entry: entry[1]):
        cell = CellText(_cell_text(held.get(number, [])), top, left, bottom - top, right - left)
        rows.setdefault(top, []).append(cell)
    return TableText(
        Box(xs[0], ys[0], xs[-1], ys[-1]), [sorted(row, key=_column) for row in rows.values()], len(xs) - 1
    ), outside


def _column(cell: CellText) -> int:
    return cell.column


def _place(xs: list[float], ys: list[float], box: Box) -> tuple[int, int, int, int]:
    top, left = _index(ys, box.top), _index(xs, box.x0)
    return top, max(top + 1, _index(ys, box.bottom)), left, max(left + 1, _index(xs, box.x1))


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
