"""Events in the rows of a table whose header names a meeting, its date and its place."""

from __future__ import annotations

from collections import defaultdict

from sco_extract.extract.meetings.attributes import Sitting, read_mode, read_place, values_of
from sco_extract.extract.meetings.clause import Clause, Context, settle_mode
from sco_extract.extract.meetings.events import Event
from sco_extract.extract.meetings.names import read_name
from sco_extract.extract.meetings.status import read_status
from sco_extract.model.document import Document, Line


def read_calendars(context: Context, document: Document) -> list[Event]:
    """One event a row of every table with a header for name and date; a row without date and ordinal is none."""
    rows: dict[tuple[int, int], dict[int, Line]] = defaultdict(dict)
    for line in document.lines:
        if line.cell is not None:
            rows[line.block, line.cell.row][line.cell.column] = line
    events: list[Event] = []
    columns: dict[int, dict[str, int]] = {}
    for (block, _), cells in sorted(rows.items()):
        if block in columns:
            event = _event(context, columns[block], cells)
            events.extend([event] if event else [])
        elif header := _header(context, cells):
            columns[block] = header
    return events


def _header(context: Context, cells: dict[int, Line]) -> dict[str, int] | None:
    """The columns of name, date and place by their header words; None for a row that is no such header."""
    text = context.passage.text
    found: dict[str, int] = {}
    for column, line in cells.items():
        match = context.vocabulary.column.fullmatch(text, line.start, line.end)
        if match is not None and match.lastgroup is not None:
            found.setdefault(match.lastgroup, column)
    return found if {"name", "date"} <= set(found) else None


def _event(context: Context, columns: dict[str, int], cells: dict[int, Line]) -> Event | None:
    name_cell, date_cell = cells.get(columns["name"]), cells.get(columns["date"])
    if name_cell is None or date_cell is None or name_cell.start == name_cell.end:
        return None
    passage, vocabulary = context.passage, context.vocabulary
    heads = vocabulary.heads.find(passage.masked[name_cell.start : name_cell.end])
    if not heads:
        return None
    head = (name_cell.start + heads[-1][0], name_cell.start + heads[-1][1])
    name = read_name(passage, vocabulary, context.words, name_cell.start, head)
    sitting = Sitting(values_of(passage.dates_within(date_cell.start, date_cell.end)))
    place_cell = cells.get(columns.get("place", -1))
    if place_cell is not None:
        said = passage.text[place_cell.start : place_cell.end]
        sitting.mode = read_mode(said, vocabulary)
        sitting.place = read_place(vocabulary.mode.sub("", said), context.lexicon, vocabulary)
    settle_mode(sitting)
    if name.generic or not (sitting.dates or name.ordinal is not None):
        return None
    status = read_status(context, name, Clause(name.start, name.end, None, False), sitting)
    end = max(line.end for line in (name_cell, date_cell, place_cell) if line is not None)
    start = min(line.start for line in (name_cell, date_cell) if line is not None)
    return Event(start, end, "M004", name, name.core, sitting, status=status, theme=name.theme, ordinal=name.ordinal)
