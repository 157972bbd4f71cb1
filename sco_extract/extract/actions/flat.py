"""Plans whose table is gone: each cell a paragraph of its own, as pages and files made from plain text have them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from sco_extract.extract.actions.grid import Grid, Row, Slot
from sco_extract.extract.actions.header import HEADING_LENGTH, STOP, is_deadline, is_heading, read_header
from sco_extract.extract.actions.numbering import read_label, read_number
from sco_extract.extract.actions.parts import Parts
from sco_extract.extract.actions.words import HEADER_LENGTH, Role
from sco_extract.lexicon.load import Lexicon, alternation
from sco_extract.model.document import Cell, Line

_LEAST_ROWS = 2  # one deadline below header words may be a form
_LEAST_COLUMNS = 3
_MOST_COLUMNS = 8
_REST = 6  # characters of a deadline beside its dates and words: 每两年举行一次, 2024年第四季度完成
_DIGIT = re.compile("[0-9]")
_WORD_BREAK = re.compile(r"(?<=[0-9A-Za-z])\n(?=[0-9A-Za-z])")


@dataclass(frozen=True, slots=True)
class _Shape:
    """The columns of a plan: how many stand before the measure, between it and the deadline, and behind that."""

    roles: tuple[Role | None, ...]
    measure: int
    deadline: int

    @property
    def between(self) -> int:
        """Columns between measure and deadline."""
        return self.deadline - self.measure - 1

    @property
    def behind(self) -> int:
        """Columns behind the deadline."""
        return len(self.roles) - 1 - self.deadline

    @property
    def areas(self) -> tuple[int, ...]:
        """Columns of areas and sub-areas."""
        return tuple(column for column, role in enumerate(self.roles[: self.measure]) if role in ("area", "subarea"))


def find_flat_grids(parts: Parts) -> Iterator[Grid]:
    """The plans that stand in lines: a header, one word a line, and then the cells of each row, one or more lines each.

    Rows hang on their deadline, the only cell that its words give away; measures begin with a number, or are as many
    lines as the columns leave. Empty cells are not there: an area stands above the first of its measures only. In:
    措施 / 期限 / 执行机构 / 1、举办论坛。 / 每年 / 秘书处. A plan needs two rows, and the measure before the deadline.
    """
    lines = parts.unit.document.lines
    headers = list(_headers(parts, lines))
    before: list[str] = []
    for (at, header), following in zip(headers, (*(at for at, _ in headers[1:]), len(lines)), strict=False):
        names = [slot.text for slot in header]
        shape = _shape(parts, header)
        if shape is None:
            continue
        below = at + len(header)
        stop = next((end for end in range(below, following) if lines[end].cell), following)
        grid = _Reader(parts, shape, lines[below:stop], header).grid(at, 1 if names == before else _LEAST_ROWS)
        if grid:
            before = names  # on the next page, under the same header, one row is enough
            yield grid


def _headers(parts: Parts, lines: Sequence[Line]) -> Iterator[tuple[int, list[Slot]]]:
    """Runs of lines that are header words, with the index of their first line."""
    found: list[Slot] = []
    for at, line in enumerate(lines):
        short = not line.cell and 0 < line.end - line.start <= HEADER_LENGTH
        if short and parts.words.is_header(parts.unit.text[line.start : line.end]):
            found.append(_slot(parts, [line], len(found)))
            continue
        if _LEAST_COLUMNS <= len(found) <= _MOST_COLUMNS:
            yield at - len(found), found
        found = []


def _shape(parts: Parts, header: Sequence[Slot]) -> _Shape | None:
    """The columns that ``header`` makes."""
    row: Row = list(header)
    roles = read_header(row, parts)
    if roles is None or "deadline" not in roles or "measure" not in roles:
        return None
    shape = _Shape(roles, roles.index("measure"), roles.index("deadline"))
    return shape if shape.between >= 0 else None


def _slot(parts: Parts, lines: Sequence[Line], column: int, row: int = 0, span: int = 1) -> Slot:
    """One cell made of ``lines``."""
    start, end = lines[0].start, lines[-1].end
    text = _WORD_BREAK.sub(" ", parts.unit.text[start:end]).replace("\n", "").strip()
    cell = Cell(parts.unit.document.text.span(start, end), row, column, column_span=span)
    return Slot(cell, start, end, text, fresh=True)


@cache
def _deadline_words(lexicon: Lexicon) -> re.Pattern[str]:
    groups = ("deadline_regular", "deadline_annual", "deadline_before", "deadline_consultation")
    return re.compile(alternation(lexicon.words(*groups)))


class _Reader:
    """Puts the lines below a header into rows."""

    def __init__(self, parts: Parts, shape: _Shape, lines: Sequence[Line], header: Sequence[Slot]) -> None:
        self._parts = parts
        self._shape = shape
        self._lines = [line for line in lines if line.start < line.end]
        self._texts = [parts.unit.text[line.start : line.end].strip() for line in self._lines]
        self._rows: list[Row] = [list(header)]
        self._numbered = False
        self._headed = any(is_heading(text) for text in self._texts)

    def grid(self, first: int, least: int) -> Grid | None:
        """The rows as a grid that begins at line ``first``; None where fewer than ``least`` are a plan's."""
        deadlines = self._deadlines()
        if len(deadlines) < least:
            return None
        opening = range(deadlines[0])
        self._numbered = any(self._is_marked(at) for at in opening)
        rest: Sequence[int] = opening
        full = 0
        for place, deadline in enumerate(deadlines):
            following = deadlines[place + 1] if place + 1 < len(deadlines) else None
            behind, after = self._behind(deadline, following)
            if not self._row(rest, deadline, behind):
                break
            full += bool(behind) or not self._shape.behind
            rest = after
        return Grid(tuple(self._rows), first) if full >= least else None

    def _deadlines(self) -> list[int]:
        """The lines that are deadlines, with the lines of the columns around them left between two."""
        found: list[int] = []
        apart = 1 + self._shape.between + self._shape.behind
        for at, line in enumerate(self._lines):
            if found and at - found[-1] <= apart - 1:
                continue
            if at > self._shape.between and self._is_deadline(line, self._texts[at]):
                found.append(at)
        return found

    def _is_deadline(self, line: Line, text: str) -> bool:
        if text.endswith(STOP) or read_label(text) or not is_deadline(_slot(self._parts, [line], 0), self._parts):
            return False
        dated = sum(date.end - date.start for date in self._parts.dates(line.start, line.end))
        said = sum(len(word) for word in _deadline_words(self._parts.unit.lexicon).findall(text))
        return len(text) - dated - said <= _REST

    def _is_marked(self, at: int) -> bool:
        """Whether a line is the number of a row, or begins with it."""
        label = read_label(self._texts[at])
        if label is not None and label.form == "arabic":
            return True
        return "number" in self._shape.roles and read_number(self._texts[at]) is not None

    def _behind(self, deadline: int, following: int | None) -> tuple[Sequence[int], Sequence[int]]:
        """The lines of the columns behind a deadline, and the lines between them and the next deadline."""
        usual = self._shape.behind
        if following is None:
            return range(deadline + 1, min(len(self._lines), deadline + 1 + usual)), ()
        between = range(deadline + 1, following)
        least = min(usual, 1)
        starts = (at for at in between[least:] if is_heading(self._texts[at]) or self._is_marked(at))
        start = next(starts, None) if self._numbered or self._headed else None
        if start is None:
            start = deadline + 1 + usual
        elif not self._numbered or not self._headed:  # unnumbered areas stand above the number
            start = min(start, deadline + 1 + usual)
        return range(deadline + 1, start), range(start, following)

    def _row(self, rest: Sequence[int], deadline: int, behind: Sequence[int]) -> bool:
        """Add the row of ``deadline`` with its headings; False where the plan ends before it."""
        at = 0
        while at < len(rest) and is_heading(self._texts[rest[at]]):
            at += 1
        marks = self._marks(rest, at) if self._numbered else []
        body = rest[at:]
        if not body or (self._numbered and not marks) or (self._shape.behind and not behind):
            return False
        for place in rest[:at]:
            self._rows.append([self._cell([place], 0, len(self._shape.roles))] * len(self._shape.roles))
        areas = marks[0] - at if self._numbered else self._unnumbered_areas(body)
        above: Sequence[int] = body[:areas]
        for place in marks[:-1]:  # a row without a deadline: what stands below its first line is uncertain
            row = self._new_row(above)
            row[self._shape.measure] = self._cell([rest[place]], self._shape.measure)
            self._rows.append(row)
            above = ()
        self._measure(above, rest[marks[-1] :] if marks else body[areas:], deadline, behind)
        return True

    def _new_row(self, areas: Sequence[int]) -> Row:
        """A row with the last columns of areas filled: an area that goes on is not repeated."""
        row: Row = [None] * len(self._shape.roles)
        columns = self._shape.areas[-len(areas) :] if areas else ()
        for column, at in zip(columns, areas, strict=False):
            row[column] = self._cell([at], column)
        return row

    def _marks(self, rest: Sequence[int], first: int) -> list[int]:
        """The numbers of rows in ``rest`` from ``first`` on; after the first one those that count on in the same form."""
        found: list[int] = []
        form, value = "", 0
        for place in range(first, len(rest)):
            text = self._texts[rest[place]]
            label = read_label(text)
            number = label.value if label else read_number(text)
            shape = _DIGIT.sub("", text[: label.length] if label else "")
            if self._is_marked(rest[place]) and (not found or (shape == form and number == value + 1)):
                found.append(place)
                form, value = shape, number or 0
        return found

    def _unnumbered_areas(self, body: Sequence[int]) -> int:
        """How many lines above an unnumbered measure are areas."""
        spare = len(body) - 1 - self._shape.between
        columns = len(self._shape.areas)
        if not 0 < spare <= columns:
            return 0
        heads = [self._texts[at] for at in body[:spare]]
        return spare if all(len(text) <= HEADING_LENGTH and not text.endswith(STOP) for text in heads) else 0

    def _measure(self, areas: Sequence[int], body: Sequence[int], deadline: int, behind: Sequence[int]) -> None:
        shape = self._shape
        row = self._new_row(areas)
        if "number" in shape.roles and len(body) > 1 and read_number(self._texts[body[0]]) is not None:
            column = shape.roles.index("number")
            row[column] = self._cell(body[:1], column)
            body = body[1:]
        inner = min(shape.between, len(body) - 1)
        row[shape.measure] = self._cell(body[: len(body) - inner], shape.measure)
        for column, at in enumerate(body[len(body) - inner :], shape.measure + 1):
            row[column] = self._cell([at], column)
        row[shape.deadline] = self._cell([deadline], shape.deadline)
        self._tail(row, behind)
        self._rows.append(row)

    def _tail(self, row: Row, behind: Sequence[int]) -> None:
        """Columns behind the deadline: one line each; more lines belong to the only column."""
        first = self._shape.deadline + 1
        if not behind or first >= len(row):
            return
        if self._shape.behind == 1:
            row[first] = self._cell(behind, first)
            return
        for column, at in zip(range(first, len(row)), behind, strict=False):
            row[column] = self._cell([at], column)

    def _cell(self, places: Sequence[int], column: int, span: int = 1) -> Slot:
        return _slot(self._parts, [self._lines[at] for at in places], column, len(self._rows), span)
