"""Tables that list documents: a row 《X》 | 2024年7月4日 | 阿斯塔纳 dates the title."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from sco_extract.extract.instruments.context import Facts, Surroundings, bracket_facts, bracket_place
from sco_extract.extract.instruments.words import Words
from sco_extract.model.document import Cell, Line

HEADER_ROWS = 3  # a caption and a row of units may stand above the header
LONGEST_CELL = 80  # code points of a date or place; the bound keeps hostile tables linear
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Row:
    """The cell of a table that holds titles, and what the other cells of its row say of them."""

    start: int
    end: int
    facts: Facts


@dataclass(frozen=True, slots=True)
class _Header:
    """Columns by their headers, from 0; None where there is none."""

    row: int
    title: int
    date: int
    place: int | None


def table_rows(around: Surroundings) -> Iterator[Row]:
    """The rows of tables whose header names a column of documents and one of dates, in order of the text."""
    cells = ((line.block, line.cell, line) for line in around.document.lines if line.cell is not None)
    for _, group in groupby(cells, key=lambda one: one[0]):
        table = [(cell, line) for _, cell, line in group]
        if header := _header(around, table):
            yield from _rows(around, table, header)


def _header(around: Surroundings, table: Sequence[tuple[Cell, Line]]) -> _Header | None:
    rows: dict[int, dict[str, int]] = defaultdict(dict)
    for cell, line in table:
        if cell.row >= HEADER_ROWS or line.end - line.start > LONGEST_CELL:
            continue
        if role := _role(around.words, _SPACE.sub("", around.text[line.start : line.end])):
            rows[cell.row].setdefault(role, cell.column)
    for row, roles in sorted(rows.items()):
        if "title" in roles and "date" in roles:
            return _Header(row, roles["title"], roles["date"], roles.get("place"))
    return None


def _role(words: Words, text: str) -> str:
    named = {"title": words.table_title, "date": words.table_date, "place": words.table_place}
    return next((role for role, pattern in named.items() if pattern.fullmatch(text)), "")


def _rows(around: Surroundings, table: Sequence[tuple[Cell, Line]], header: _Header) -> Iterator[Row]:
    columns: dict[int, list[tuple[Cell, Line]]] = defaultdict(list)
    for cell, line in table:
        if cell.row > header.row:
            columns[cell.column].append((cell, line))
    for cell, line in columns[header.title]:
        dated = _facts(around, _at(columns, header.date, cell.row))
        place = _place(around, _at(columns, header.place, cell.row), dated)
        if dated.date or place:
            yield Row(line.start, line.end, Facts(dated.date, place))


def _at(columns: Mapping[int, Sequence[tuple[Cell, Line]]], column: int | None, row: int) -> Line | None:
    """The cell of ``column`` that covers ``row``."""
    cells = columns.get(column, ()) if column is not None else ()
    place = bisect_right(cells, row, key=lambda one: one[0].row) - 1
    if place < 0:
        return None
    cell, line = cells[place]
    covers = row < cell.row + max(1, cell.row_span)
    return line if covers and line.end - line.start <= LONGEST_CELL else None


def _facts(around: Surroundings, line: Line | None) -> Facts:
    return bracket_facts(around, line.start, around.text[line.start : line.end]) if line else Facts()


def _place(around: Surroundings, line: Line | None, dated: Facts) -> str | None:
    """The place of its own cell, else one that the lexicon knows beside the date."""
    if line:
        text = _SPACE.sub("", around.text[line.start : line.end])
        return bracket_place(around, text, dated=dated.date is not None) if text else None
    return around.places.whole(dated.place) if dated.place else None
