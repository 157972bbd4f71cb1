"""Dates as EDTF (ISO 8601-2) with their first and last ISO day.

Every function returns a :class:`Value` or, where the calendar has no such date, None. Codes for quarters (33 to 36) and
halves (40, 41) are those of EDTF level 2; 199X and 20XX are the contract's spelling of a decade and a century.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from sco_extract.model.mentions import DateKind

_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_FORM = re.compile(
    r"""
      (?P<y>[0-9]{4}) (?: - (?P<m>0[1-9]|1[0-2]) (?: - (?P<d>[0-9]{2}) )? )?    # 2024, 2024-07, 2024-07-04
    | (?P<s>[0-9]{4}) - (?P<part>3[3-6]|40|41)                                  # 2024-33, 2024-40
    | (?P<decade>[0-9]{3}) X                                                    # 199X
    | (?P<century>[0-9]{2}) XX                                                  # 20XX
    | XXXX - (?P<xm>0[1-9]|1[0-2]) (?: - (?P<xd>[0-9]{2}) )?                    # XXXX-03-21, every year
    """,
    re.VERBOSE,
)


class Value(NamedTuple):
    """A date: its EDTF, first and last ISO day (None where open), and kind."""

    edtf: str
    earliest: str | None
    latest: str | None
    kind: DateKind


def days_in(year: int, month: int) -> int:
    """Number of days in a month of the (proleptic) Gregorian calendar; ``month`` from 1."""
    leap = month == 2 and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return _DAYS[month - 1] + leap


@lru_cache(maxsize=8192)
def date_value(year: int, month: int | None = None, day: int | None = None) -> Value | None:
    """A year, month or day; None where it is not in the calendar (2023-02-29, month 13).

    >>> date_value(2024, 2)
    Value(edtf='2024-02', earliest='2024-02-01', latest='2024-02-29', kind='month')
    """
    if not 0 < year <= 9999 or (month is not None and not 1 <= month <= 12):
        return None
    if month is None:
        text = f"{year:04d}"
        return Value(text, f"{text}-01-01", f"{text}-12-31", "year")
    last = days_in(year, month)
    text = f"{year:04d}-{month:02d}"
    if day is None:
        return Value(text, f"{text}-01", f"{text}-{last:02d}", "month")
    if not 1 <= day <= last:
        return None
    text = f"{text}-{day:02d}"
    return Value(text, text, text, "day")


def quarter_value(year: int, quarter: int) -> Value | None:
    """第三季度 of a year: code 33 to 36."""
    if not 1 <= quarter <= 4:
        return None
    return _months(f"{year:04d}-{32 + quarter}", year, 3 * quarter - 2, 3 * quarter, "quarter")


def half_value(year: int, half: int) -> Value | None:
    """上半年 (1) or 下半年 (2) of a year: code 40 or 41."""
    if half not in (1, 2):
        return None
    return _months(f"{year:04d}-{39 + half}", year, 6 * half - 5, 6 * half, "half_year")


def decade_value(year: int) -> Value:
    """The decade that begins with ``year`` (1990: 199X)."""
    start = year // 10
    return Value(f"{start:03d}X", f"{start:03d}0-01-01", f"{start:03d}9-12-31", "decade")


def century_value(number: int) -> Value | None:
    """The ``number``-th century as the years that share two digits: 21 gives 20XX, 2000-01-01 to 2099-12-31."""
    if not 1 <= number <= 99:
        return None
    start = number - 1
    return Value(f"{start:02d}XX", f"{start:02d}00-01-01" if start else "0001-01-01", f"{start:02d}99-12-31", "century")


def recurring_value(month: int, day: int | None) -> Value | None:
    """A month or day of every year (每年3月21日): XXXX-03-21, without bounds."""
    value = date_value(2000, month, day)  # a leap year: 29 February recurs
    return value and Value("XXXX" + value.edtf[4:], None, None, value.kind)


def before_christ_value(year: int) -> Value | None:
    """公元前221年: astronomical year -0220; ISO days are not given, since they start with year 1."""
    return Value(f"-{year - 1:04d}", None, None, "year") if 1 < year <= 9999 else None


def between(first: Value, last: Value) -> Value | None:
    """The closed range from ``first`` to ``last``; None where it is reversed or an end is open."""
    if first.earliest is None or last.latest is None or last.earliest is None or first.latest is None:
        return None
    if last.earliest < first.earliest or last.latest <= first.latest:
        return None
    return Value(f"{first.edtf}/{last.edtf}", first.earliest, last.latest, "range")


def before(last: Value) -> Value:
    """2026年前: everything up to ``last``; a quarter or half ends with its last month, as EDTF ranges know none."""
    end = last.edtf.rpartition("/")[2]
    if last.kind in ("quarter", "half_year") and last.latest is not None:
        end = last.latest[:7]
    return Value(f"../{end}", None, last.latest, "range")


def parse(edtf: str) -> Value | None:
    """The value that an EDTF text of this program's forms denotes; None where it is not well-formed.

    >>> parse("2023-11/2024-10").latest
    '2024-10-31'
    """
    first, slash, last = edtf.partition("/")
    if not slash:
        return _simple(edtf)
    head, tail = _simple(first), _simple(last)
    if head and tail:
        return between(head, tail)
    if first == ".." and tail:
        return before(tail)
    if last == ".." and head:
        return Value(edtf, head.earliest, None, "range")
    return None


def _simple(text: str) -> Value | None:
    match = _FORM.fullmatch(text)
    if match is None:
        return None
    if match["y"]:
        return date_value(int(match["y"]), _number(match["m"]), _number(match["d"]))
    if match["s"]:
        part = int(match["part"])
        return quarter_value(int(match["s"]), part - 32) if part < 40 else half_value(int(match["s"]), part - 39)
    if match["decade"]:
        return decade_value(int(match["decade"]) * 10)
    if match["century"]:
        return century_value(int(match["century"]) + 1)
    return recurring_value(int(match["xm"]), _number(match["xd"]))


def _number(text: str | None) -> int | None:
    return None if text is None else int(text)


def _months(edtf: str, year: int, first: int, last: int, kind: DateKind) -> Value:
    return Value(edtf, f"{year:04d}-{first:02d}-01", f"{year:04d}-{last:02d}-{days_in(year, last):02d}", kind)
