"""Rule A001: the rows of a table whose header names measures, deadlines and executors."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from sco_extract.extract.actions.numbering import Headings, read_label, read_number
from sco_extract.extract.actions.parts import Parts
from sco_extract.extract.actions.words import HEADER_LENGTH, Role
from sco_extract.model.document import Cell, Document, Line
from sco_extract.model.mentions import ActionMention, Deadline
from sco_extract.values.deadlines import parse_deadline

_MAX_COLUMNS = 32  # plans seen have at most eight; a hostile file may claim thousands
_LOOK_BACK = 3  # lines above a table that may hold its area and sub-area
_HEADING_LENGTH = 60
_SPACE = re.compile(r"\s+")
_STOP = ("。", "；", "！", ";")


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


@dataclass(slots=True)
class _Plan:
    """What is known while the tables of a document are read in order."""

    roles: tuple[Role | None, ...] = ()
    headings: Headings = field(default_factory=Headings)
    found: list[ActionMention] = field(default_factory=list)
    merged: Cell | None = None  # the measure cell of the last action
    opening: bool = True  # no row of the table at hand was read yet


def find_in_tables(parts: Parts) -> tuple[ActionMention, ...]:
    """Rows of an action plan in a table.

    A table is a plan where a header row names a column of measures (措施, 任务, 举措) beside one of deadlines (期限,
    完成时限) or executors (执行机构, 责任单位); a weaker word for measures (活动, 项目, 内容) needs both, and no column of
    places or amounts, so that calendars of meetings and statistics stay out. Rows over the whole width and the column
    of areas give area (一、) and sub-area (（一）). A table without header that follows a plan continues it where the
    columns are as many and the deadlines still look like deadlines. Example: 合作领域|措施|期限|执行机构.

    Limitation: in a row with cells missing, only what its position or form makes certain is kept; the rest stays null.
    """
    plan = _Plan()
    for grid in _grids(parts.unit.document):
        _read_table(grid, plan, parts)
    return tuple(plan.found)


# --- grid -----------------------------------------------------------------------------------------------------------


def _grids(document: Document) -> Iterator[Grid]:
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


# --- header ---------------------------------------------------------------------------------------------------------


def _header(row: Row, parts: Parts) -> tuple[Role | None, ...] | None:
    """The role of each column if ``row`` is the header of a plan."""
    texts = [slot.text if slot else "" for slot in row]
    if sum(map(bool, texts)) < 2 or any(len(text) > HEADER_LENGTH for text in texts):
        return None
    meanings = [parts.words.role(text) for text in texts]
    strong = {role for role, sure in filter(None, meanings) if sure}
    roles = tuple(meaning[0] if meaning else None for meaning in meanings)
    foreign = (None, False) in meanings
    if "measure" in strong:
        fits = not strong.isdisjoint({"deadline", "executor"}) or ("deadline" in roles and not foreign)
    else:
        fits = "measure" in roles and "deadline" in roles and "executor" in strong and not foreign
    if not fits:
        return None
    if "measure" in strong:  # 措施 beside 内容: the strong word names the measures
        roles = tuple(
            None if meaning and meaning == ("measure", False) else role
            for role, meaning in zip(roles, meanings, strict=True)
        )
    return roles


def _continues(grid: Grid, plan: _Plan, parts: Parts) -> bool:
    """Whether a table without header goes on with the plan above it."""
    if not plan.roles or not grid.rows or len(grid.rows[0]) != len(plan.roles):
        return False
    if "deadline" not in plan.roles:
        return False
    column = plan.roles.index("deadline")
    filled = [slot for row in grid.rows if (slot := row[column]) and slot.fresh and slot.text and not _wide(row)]
    typed = sum(1 for slot in filled if _typed(slot, parts))
    return bool(filled) and typed * 2 >= len(filled)


def _typed(slot: Slot, parts: Parts) -> bool:
    if len(slot.text) > 30:  # 根据协商情况 and the like; the longest deadline seen has 14 characters
        return False
    deadline = parse_deadline(slot.text, parts.dates(slot.start, slot.end), parts.unit.lexicon)
    return deadline is not None and (deadline.kind is not None or deadline.edtf is not None)


# --- rows -----------------------------------------------------------------------------------------------------------


def _read_table(grid: Grid, plan: _Plan, parts: Parts) -> None:
    header = next((roles for row in grid.rows[:4] if (roles := _header(row, parts))), None)
    if header is None and not _continues(grid, plan, parts):
        plan.roles = ()
        return
    for text in _headings_above(grid, parts):
        plan.headings.put(text)
    plan.merged, plan.opening = None, True
    if header:
        plan.roles = ()  # rows above the header are its title
    for row in grid.rows:
        roles = _header(row, parts)
        if roles:
            plan.roles = roles
        elif plan.roles and not _is_header_part(row, parts):
            _read_row(row, plan, parts)
            plan.opening = False


def _headings_above(grid: Grid, parts: Parts) -> Iterable[str]:
    """Numbered headings on the lines directly above the table."""
    lines = parts.unit.document.lines
    found: list[str] = []
    for line in reversed(lines[max(0, grid.first - _LOOK_BACK) : grid.first]):
        text = parts.unit.text[line.start : line.end].strip()
        if line.cell or not is_heading(text):
            break
        found.append(text)
    return reversed(found)


def is_heading(text: str) -> bool:
    """Whether ``text`` is a numbered heading: 一、经贸合作, （一）促进贸易; a sentence is none."""
    label = read_label(text) if len(text) <= _HEADING_LENGTH else None
    return label is not None and label.form != "arabic" and label.length < len(text) and not text.endswith(_STOP)


def _is_header_part(row: Row, parts: Parts) -> bool:
    """A second line of the header: nothing but header words (牵头 | 配合 below 执行机构)."""
    texts = [slot.text for slot in row if slot and slot.fresh and slot.text]
    return len(texts) > 1 and all(_SPACE.sub("", text) in parts.words.headers for text in texts)


def _filled(row: Row) -> list[Slot]:
    """The cells that begin in this row and hold text, each once."""
    found: list[Slot] = []
    for slot in row:
        if slot and slot.fresh and slot.text and (not found or found[-1] is not slot):
            found.append(slot)
    return found


def _wide(row: Row) -> bool:
    """Whether one cell covers the row, or its only text is a numbered heading."""
    filled = _filled(row)
    if len(filled) != 1:
        return False
    cell = filled[0].cell
    return (cell.column_span > 1 and cell.column_span >= len(row) - 1) or is_heading(filled[0].text) or len(row) == 1


def _read_row(row: Row, plan: _Plan, parts: Parts) -> None:
    filled = _filled(row)
    if not filled:
        return
    if _wide(row):
        plan.headings.put(filled[0].text)
        return
    slots = _by_role(row, plan.roles, parts)
    numbered = slots.get("number", [])
    measures = slots.get("measure", [])
    rest = [slot for role in ("deadline", "executor") for slot in slots.get(role, []) if slot.text]
    if not rest and measures and numbered and _heads(numbered[0], measures[0]):
        plan.headings.put(measures[0].text, read_form(numbered[0].text))
        return
    _read_areas(slots, plan)
    if not measures or not measures[0].text:
        return
    if not measures[0].fresh:
        _extend(slots, plan, parts)
    elif not rest and _is_unnumbered(slots, plan):
        _read_lone_text(measures[0], plan)
    else:
        plan.found.append(_action(slots, plan, parts))
        plan.merged = measures[0].cell


def read_form(number: str) -> str:
    """The form of a number that stands alone: 一 is a chapter's, （一） a section's."""
    return "section" if number.strip()[:1] in "（(" else "chapter"


def _heads(number: Slot, measure: Slot) -> bool:
    """A heading laid over two columns: its Chinese number in the one, its name in the other (一 | 经贸合作)."""
    text = number.text.strip("（）()、.． ")
    short = len(measure.text) <= _HEADING_LENGTH and not measure.text.endswith(_STOP)
    return number.fresh and short and not text.isascii() and read_number(text) is not None


def _by_role(row: Row, roles: Sequence[Role | None], parts: Parts) -> dict[Role, list[Slot]]:
    """The slots of each role; a row that lacks cells or is shifted is aligned by its only cell that is a deadline."""
    shift = _shift(row, roles, parts)
    found: dict[Role, list[Slot]] = {}
    for column, role in enumerate(roles):
        place = column + shift if role in ("measure", "deadline", "executor") else column
        slot = row[place] if 0 <= place < len(row) else None
        if role and slot and (not found.get(role) or found[role][-1] is not slot):
            found.setdefault(role, []).append(slot)
    if shift:  # what stands left of the deadline is the measure; the other columns are uncertain
        found = {role: slots for role, slots in found.items() if role in ("measure", "deadline", "executor")}
    return found


def _shift(row: Row, roles: Sequence[Role | None], parts: Parts) -> int:
    """By how many columns the row's deadline stands beside the column of deadlines."""
    if "deadline" not in roles:
        return 0
    column = roles.index("deadline")
    slot = row[column] if column < len(row) else None
    if slot and (not slot.fresh or _typed(slot, parts)):
        return 0
    complete = all(slot is not None for slot in row)
    others = [index for index, slot in enumerate(row) if slot and slot.fresh and slot.text and _typed(slot, parts)]
    if complete:  # a measure of a full row may look like a deadline (每年举行会晤)
        others = [index for index in others if roles[index] not in ("number", "measure")]
    if complete and not (slot and slot.text):  # an empty deadline is no shifted one
        return 0
    return others[0] - column if len(others) == 1 else 0


def _read_areas(slots: dict[Role, list[Slot]], plan: _Plan) -> None:
    areas = [slot for slot in slots.get("area", []) if slot.fresh and slot.text]
    second = [slot for slot in slots.get("subarea", []) if slot.fresh and slot.text]
    two_columns = "subarea" in plan.roles or plan.roles.count("area") > 1
    if areas and two_columns:
        plan.headings.put(areas[0].text, "chapter")
        second = areas[1:] or second
    elif areas:
        plan.headings.put(areas[0].text)
    if second:
        plan.headings.put(second[0].text, "section")


def _action(slots: dict[Role, list[Slot]], plan: _Plan, parts: Parts) -> ActionMention:
    cell = slots["measure"][0]
    label = read_label(cell.text)
    numbers = slots.get("number", [])
    own = read_number(numbers[0].text or numbers[0].cell.label) if numbers else None
    generated = read_number(cell.cell.label)
    number = own if own is not None else generated
    measure = cell.text
    if label and (number is None or label.value == number):
        number, measure = label.value, measure[label.length :].strip()
    fresh = [slot for role in ("deadline", "executor") for slot in slots.get(role, []) if slot.fresh]
    return ActionMention(
        cell.start,
        max([cell.end, *(slot.end for slot in fresh if slot.text)]),
        "A001",
        plan.headings.area,
        plan.headings.subarea,
        number,
        _join(measure),
        _deadline(slots, parts),
        _executors(slots, parts),
        parts.documents(cell.start, cell.end),
    )


def _join(text: str) -> str:
    return _SPACE.sub(" ", text).strip()


def _deadline(slots: dict[Role, list[Slot]], parts: Parts) -> Deadline | None:
    for slot in slots.get("deadline", []):
        if slot.text:
            return parts.deadline(slot.start, slot.end)
    return None


def _executors(slots: dict[Role, list[Slot]], parts: Parts) -> tuple[str, ...]:
    names = [name for slot in slots.get("executor", []) if slot.text for name in parts.executors(slot.start, slot.end)]
    return tuple(dict.fromkeys(names))


def _extend(slots: dict[Role, list[Slot]], plan: _Plan, parts: Parts) -> None:
    """A row inside a vertically merged measure: more executors; a second deadline leaves the kind open."""
    if not plan.found or slots["measure"][0].cell is not plan.merged:
        return
    last = plan.found[-1]
    deadline = _deadline({"deadline": [slot for slot in slots.get("deadline", []) if slot.fresh]}, parts)
    if deadline and last.deadline and deadline != last.deadline:
        deadline = Deadline(f"{last.deadline.text}；{deadline.text}", None)
    executors = tuple(dict.fromkeys(last.executors + _executors(slots, parts)))
    end = max([last.end, *(slot.end for group in slots.values() for slot in group if slot.text)])
    plan.found[-1] = replace(last, deadline=deadline or last.deadline, executors=executors, end=end)


def _is_unnumbered(slots: dict[Role, list[Slot]], plan: _Plan) -> bool:
    """A text in the column of measures that has no number, in a plan whose measures have one."""
    if plan.found[-1].number is None if plan.found else "number" not in plan.roles:
        return False
    cell = slots["measure"][0]
    return not (any(slot.text for slot in slots.get("number", [])) or cell.cell.label or read_label(cell.text))


def _read_lone_text(slot: Slot, plan: _Plan) -> None:
    """A text with no number and nothing beside it: the rest of a measure cut by a page break, or a heading.

    Only the first row of a table can be such a rest; a whole sentence elsewhere belongs to no measure for certain.
    """
    last = plan.found[-1] if plan.found else None
    if plan.opening and last and not last.measure.endswith(_STOP):
        plan.found[-1] = replace(last, measure=last.measure + slot.text, end=max(last.end, slot.end))
    elif len(slot.text) <= _HEADING_LENGTH and not slot.text.endswith(_STOP):
        plan.headings.put(slot.text)
