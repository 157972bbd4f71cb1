"""What the cells of a plan look like: its header, its headings, its deadlines."""

from __future__ import annotations

from sco_extract.extract.actions.grid import Row, Slot
from sco_extract.extract.actions.numbering import read_label
from sco_extract.extract.actions.parts import Parts
from sco_extract.extract.actions.words import HEADER_LENGTH, Role
from sco_extract.values.deadlines import parse_deadline

HEADING_LENGTH = 60  # code points of a heading of an area; the longest seen has 34
STOP = ("。", "；", "！", ";")


def read_header(row: Row, parts: Parts) -> tuple[Role | None, ...] | None:
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
    return _rank_areas(roles)


def _rank_areas(roles: tuple[Role | None, ...]) -> tuple[Role | None, ...]:
    """Of two columns of areas (领域 | 方向, or one header cell over both) the second holds the sub-areas."""
    if "subarea" in roles or roles.count("area") < 2:
        return roles
    second = roles.index("area", roles.index("area") + 1)
    return (*roles[:second], "subarea", *roles[second + 1 :])


def is_deadline(slot: Slot, parts: Parts) -> bool:
    """Whether ``slot`` holds a deadline of a known kind or with a date."""
    if len(slot.text) > 30:  # 根据协商情况 and the like; the longest deadline seen has 14 characters
        return False
    deadline = parse_deadline(slot.text, parts.dates(slot.start, slot.end), parts.unit.lexicon)
    return deadline is not None and (deadline.kind is not None or deadline.edtf is not None)


def is_heading(text: str) -> bool:
    """Whether ``text`` is a numbered heading: 一、经贸合作, （一）促进贸易; a sentence is none."""
    label = read_label(text) if len(text) <= HEADING_LENGTH else None
    return label is not None and label.form != "arabic" and label.length < len(text) and not text.endswith(STOP)
