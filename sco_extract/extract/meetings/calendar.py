"""Events in the rows of a table, or the lines of a list, that give date and place without a sentence."""

from __future__ import annotations

from collections import defaultdict

from sco_extract.extract.meetings.attributes import Sitting, read_mode, read_place, values_of
from sco_extract.extract.meetings.clause import Clause, Context, settle_mode
from sco_extract.extract.meetings.events import Event
from sco_extract.extract.meetings.names import EventName, read_name, read_ordinal
from sco_extract.extract.meetings.status import read_status
from sco_extract.model.document import Document, Line

_LIST_GAP = 3  # lines between a name and the first line of its list; a header line may stand between
_HEADING = 60  # code points of a line that names an event over a list, or tells one sitting


def read_calendars(context: Context, document: Document) -> list[Event]:
    """One event a row of every table with a header for name and date; a row without date and ordinal is none."""
    rows: dict[tuple[int, int], dict[int, Line]] = defaultdict(dict)
    for line in document.lines:
        if line.cell is not None:
            for row in range(line.cell.row, line.cell.row + line.cell.row_span):
                rows[line.block, row][line.cell.column] = line
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
    """The columns of name, date and place by their header words; None for a row that has no column of dates.

    The column of names may be called anything (届次): then it is the first whose cell holds a head noun.
    """
    text = context.passage.text
    found: dict[str, int] = {}
    for column, line in cells.items():
        match = context.vocabulary.lists.column.fullmatch(text, line.start, line.end)
        if match is not None and match.lastgroup is not None:
            found.setdefault(match.lastgroup, column)
    return found if "date" in found and len(cells) > 1 else None


def _event(context: Context, columns: dict[str, int], cells: dict[int, Line]) -> Event | None:
    passage, vocabulary = context.passage, context.vocabulary
    date_cell = cells.get(columns["date"])
    named = [cells[columns["name"]]] if columns.get("name") in cells else [cells[column] for column in sorted(cells)]
    found = [
        (line, name) for line in named if line is not date_cell and (name := _name_in(context, line.start, line.end))
    ]
    if date_cell is None or not found:
        return None
    name_cell, name = found[0]
    sitting = Sitting(values_of(passage.dates_within(date_cell.start, date_cell.end)))
    place_cell = cells.get(columns.get("place", -1))
    if place_cell is not None:
        said = passage.text[place_cell.start : place_cell.end]
        sitting.mode = read_mode(said, vocabulary)
        sitting.place = read_place(vocabulary.modes.phrase.sub("", said), context.lexicon, vocabulary)
    settle_mode(sitting)
    if name.generic or not (sitting.dates or name.ordinal is not None):
        return None
    status = read_status(context, name, Clause(name.start, name.end, None, False), sitting)
    end = max(line.end for line in (name_cell, date_cell, place_cell) if line is not None)
    start = min(line.start for line in (name_cell, date_cell) if line is not None)
    return Event(start, end, "M004", name, name.core, sitting, status=status, theme=name.theme, ordinal=name.ordinal)


def _name_in(context: Context, start: int, end: int) -> EventName | None:
    """The name that the last head noun of a cell or line ends; None where there is none."""
    heads = context.vocabulary.nouns.heads.find(context.passage.masked[start:end])
    if not heads:
        return None
    head = (start + heads[-1][0], start + heads[-1][1])
    return read_name(context.passage, context.vocabulary, context.words, start, head)


def read_lists(context: Context, document: Document) -> list[Event]:
    """Lists of sittings under a name: 上合组织峰会, then 1.2001年6月，中国上海 and so on, a line each, two lines at least."""
    events: list[Event] = []
    run: list[Event] = []
    name: EventName | None = None
    named_at = 0
    lines = [line for line in document.lines if line.cell is None]
    sittings = [_sitting_line(context, line) for line in lines]
    for number, (line, sitting) in enumerate(zip(lines, sittings, strict=True)):
        if name is not None and sitting is not None and (run or number - named_at <= _LIST_GAP):
            start, end = line.start, line.end
            ordinal = sitting.ordinal
            run.append(
                Event(start, end, "M004", name._replace(start=start, end=end), name.core, sitting, ordinal=ordinal)
            )
            continue
        events.extend(run if len(run) > 1 else [])
        run = []
        heads_list = line.end - line.start <= _HEADING and any(sittings[number + 1 : number + 1 + _LIST_GAP])
        found = _name_in(context, line.start, line.end) if heads_list else None
        if found is not None and len(found.core) > 2:
            name, named_at = found, number
    return events + (run if len(run) > 1 else [])


def _sitting_line(context: Context, line: Line) -> Sitting | None:
    """A line that holds an enumerator or ordinal, a date and a place, and no more than a person besides."""
    passage, vocabulary = context.passage, context.vocabulary
    if not 6 <= line.end - line.start <= _HEADING or not passage.dates.any_within(line.start, line.end):
        return None
    dates = passage.dates_within(line.start, line.end, bare=True)
    if len(dates) != 1:
        return None
    lead = vocabulary.lists.lead.match(passage.masked, line.start, line.end)
    at = lead.end() if lead else line.start
    if not at <= dates[0].start <= at + 1:
        return None
    rest = passage.text[dates[0].end : line.end].strip("，,、 \t　")
    mode = read_mode(rest, vocabulary) if vocabulary.modes.phrase.fullmatch(rest) else None
    places = list(vocabulary.places.somewhere.finditer(rest))
    if not mode and (not places or places[-1].end() < len(rest.rstrip("市")) or vocabulary.clauses.hold.search(rest)):
        return None
    place = read_place(rest, context.lexicon, vocabulary) if places else None
    sitting = Sitting(values_of(dates), place, mode)
    ordinal = vocabulary.nouns.ordinal.search(passage.masked, line.start, at)
    sitting.ordinal = read_ordinal(ordinal.group()) if ordinal else None
    settle_mode(sitting)
    return sitting if sitting.dates else None
