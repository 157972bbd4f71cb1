"""Rule A001: the rows of a table whose header names measures, deadlines and executors."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from sco_extract.extract.actions.flat import find_flat_grids
from sco_extract.extract.actions.grid import Grid, Row, Slot, read_grids
from sco_extract.extract.actions.header import HEADING_LENGTH, STOP, is_deadline, is_heading, read_header
from sco_extract.extract.actions.numbering import Headings, read_label, read_number
from sco_extract.extract.actions.parts import Parts
from sco_extract.extract.actions.words import Role
from sco_extract.model.document import Cell
from sco_extract.model.mentions import ActionMention, Deadline

_LOOK_BACK = 3  # lines above a table that may hold its area and sub-area
_SPACE = re.compile(r"\s+")


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
    grids = (*read_grids(parts.unit.document), *find_flat_grids(parts))
    for grid in sorted(grids, key=lambda grid: grid.first):
        _read_table(grid, plan, parts)
    return tuple(plan.found)


def _continues(grid: Grid, plan: _Plan, parts: Parts) -> bool:
    """Whether a table without header goes on with the plan above it."""
    if not plan.roles or not grid.rows or len(grid.rows[0]) != len(plan.roles):
        return False
    if "deadline" not in plan.roles:
        return False
    column = plan.roles.index("deadline")
    filled = [slot for row in grid.rows if (slot := row[column]) and slot.fresh and slot.text and not _wide(row)]
    typed = sum(1 for slot in filled if is_deadline(slot, parts))
    return bool(filled) and typed * 2 >= len(filled)


# --- rows -----------------------------------------------------------------------------------------------------------


def _read_table(grid: Grid, plan: _Plan, parts: Parts) -> None:
    header = next((roles for row in grid.rows[:4] if (roles := read_header(row, parts))), None)
    if header is None and not _continues(grid, plan, parts):
        plan.roles = ()
        return
    for text in _headings_above(grid, parts):
        plan.headings.put(text)
    plan.merged, plan.opening = None, True
    if header:
        plan.roles = ()  # rows above the header are its title
    for row in grid.rows:
        roles = read_header(row, parts)
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
    short = len(measure.text) <= HEADING_LENGTH and not measure.text.endswith(STOP)
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
    if slot and (not slot.fresh or is_deadline(slot, parts)):
        return 0
    complete = all(slot is not None for slot in row)
    others = [index for index, slot in enumerate(row) if slot and slot.fresh and slot.text and is_deadline(slot, parts)]
    if complete:  # a measure of a full row may look like a deadline (每年举行会晤)
        others = [index for index in others if roles[index] not in ("number", "measure")]
    if complete and not (slot and slot.text):  # an empty deadline is no shifted one
        return 0
    return others[0] - column if len(others) == 1 else 0


def _read_areas(slots: dict[Role, list[Slot]], plan: _Plan) -> None:
    """Open the area and the sub-area that begin in this row; a merged or an empty cell leaves the one above open.

    A cell over both columns is an area. An area written again beside an empty sub-area has none: only tables that
    write everything in each row do that.
    """
    area = next((slot for slot in slots.get("area", []) if slot.fresh and slot.text), None)
    second = next((slot for slot in slots.get("subarea", []) if slot.fresh and slot is not area), None)
    if area and second and second.text and read_number(area.text) is not None:  # 一 | 经贸合作 below one header cell
        area, second = second, None
    if area:
        plan.headings.put(area.text, "chapter" if "subarea" in plan.roles else None)
        if second and not second.text:
            plan.headings.subarea = None
    if second and second.text:
        plan.headings.put(second.text, "section")


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
    if plan.opening and last and not last.measure.endswith(STOP):
        plan.found[-1] = replace(last, measure=last.measure + slot.text, end=max(last.end, slot.end))
    elif len(slot.text) <= HEADING_LENGTH and not slot.text.endswith(STOP):
        plan.headings.put(slot.text)
