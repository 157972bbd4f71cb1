"""From the parts of one expression to a date, as far as the expression itself says it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from sco_extract.extract.dates.patterns import Parts
from sco_extract.model.mentions import DateModifier
from sco_extract.values import edtf
from sco_extract.values.edtf import Value
from sco_extract.values.numerals import to_int

_MODIFIERS: Mapping[str, DateModifier] = {
    "初": "start",
    "年初": "start",
    "初期": "start",
    "上旬": "early",
    "中": "mid",
    "年中": "mid",
    "中旬": "mid",
    "下旬": "late",
    "底": "end",
    "末": "end",
    "年底": "end",
    "年末": "end",
    "岁末": "end",
}


class Point(NamedTuple):
    """One end of an expression: what it says of year, month and day, and what it leaves out (None)."""

    year: int | None
    month: int | None = None
    day: int | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """An expression read: its left end, right end of a range, and part of a year (quarter, half, months)."""

    rule: str
    first: Point
    last: Point | None = None
    part: tuple[str, int, int] | None = None  # ("quarter" | "half" | "months", first, last)
    modifier: DateModifier | None = None
    before: bool = False
    turns: bool = False  # 11月至次年3月


def modifier(text: str | None) -> DateModifier | None:
    """上旬, 底, 年初 as one of the contract's five words."""
    return _MODIFIERS[text] if text else None


def read_after_year(parts: Parts, year: int | None, rule: str = "") -> Reading:
    """The reading of what follows a year (or 今年, 同年): month, day, quarter, half, range."""
    late = modifier(parts.y_late or parts.m_late or parts.late2)
    part = part_of_year(parts)
    month = _month(parts.m)
    if part is not None and not parts.lead2:
        return Reading(rule or "D008", Point(year), None, part, late, bool(parts.before))
    first = Point(year, month, number(parts.d))
    if part is not None or parts.q2 or parts.h2:
        first = Point(year, (_first_month(part) if part else month) or 1)
    last = right_end(parts, first)
    return Reading(rule or name(first, last, parts), first, last, None, late, bool(parts.before), bool(parts.next_year))


def part_of_year(parts: Parts) -> tuple[str, int, int] | None:
    """Quarter, half or first months of a year, as (unit, first, last)."""
    if parts.q:
        first = to_int(parts.q) or 0
        return ("quarter", first, number(parts.quarter2) or first)
    if parts.q_first == "":
        return ("quarter", 1, 1)  # 首季
    if parts.q_first:
        return ("quarters", 1, to_int(parts.q_first) or 0)
    if parts.h:
        half = 1 if parts.h == "上" else 2
        return ("half", half, half)
    if parts.first_months:
        return ("months", 1, to_int(parts.first_months) or 0)
    return None


def _first_month(part: tuple[str, int, int]) -> int:
    unit, first, _ = part
    return 3 * first - 2 if unit == "quarter" else 6 * first - 5 if unit == "half" else 1


def right_end(parts: Parts, first: Point) -> Point | None:
    """The right end of a range, with what it says itself; what it leaves out comes from the left end."""
    if not parts.lead2:
        return None
    value = to_int(parts.lead2)
    if parts.q2:
        return Point(value, 3 * (to_int(parts.q2) or 0))
    if parts.h2:
        return Point(value, 6 if parts.h2 == "上" else 12)
    if parts.year2 and first.month and not parts.m2 and not first.day:
        return Point(value, 12)
    if parts.year2:
        return Point(value, number(parts.m2), number(parts.d2))
    if parts.month2:
        return Point(None, value, number(parts.md2))
    return Point(None, first.month, value)


def number(text: str | None) -> int | None:
    """The number of an optional part."""
    return to_int(text) if text else None


def _month(text: str | None) -> int | None:
    return 1 if text == "元" else number(text)


def name(first: Point, last: Point | None, parts: Parts) -> str:
    """The rule that an expression of this shape falls under."""
    if parts.before and last is None:
        return "D007"
    level = 2 if first.day is not None else 1 if first.month is not None else 0
    return (("D005", "D006"), ("D002", "D004"), ("D001", "D003"))[level][last is not None]


def value_of(reading: Reading, year: int) -> Value | None:
    """The value of a reading whose left end lies in ``year``; None where the calendar has no such date or range."""
    if reading.part is not None:
        value = _part_value(year, *reading.part)
    else:
        value = edtf.date_value(year, reading.first.month, reading.first.day)
        if value is not None and reading.last is not None:
            value = _range_value(value, reading.last, year + turns_year(reading))
    open_left = reading.before and reading.last is None  # 2014年6月起到9月前 has both its ends
    return edtf.before(value) if value is not None and open_left else value


def _range_value(first: Value, last: Point, year: int) -> Value | None:
    right = edtf.date_value(year if last.year is None else last.year, last.month, last.day)
    return right and edtf.between(first, right)


def turns_year(reading: Reading) -> int:
    """1 where a range without second year ends in the next one: 12月30日至1月2日, 11月至次年3月.

    Without 次年 only ends from October on and from March back are taken so; others are reversed ranges.
    """
    last = reading.last
    if last is None or last.year is not None:
        return 0
    if reading.turns:
        return 1
    month, end = reading.first.month, last.month
    return int(month is not None and end is not None and end < month and month >= 10 and end <= 3)


def _part_value(year: int, unit: str, first: int, last: int) -> Value | None:
    if unit == "half":
        return edtf.half_value(year, first)
    if unit == "quarter" and first == last:
        return edtf.quarter_value(year, first)
    if unit in ("quarter", "quarters"):
        first, last = 3 * first - 2, 3 * last
    left, right = edtf.date_value(year, first), edtf.date_value(year, last)
    return edtf.between(left, right) if left and right else None
