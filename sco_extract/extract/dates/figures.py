"""Years and days in figures, without 年, 月, 日: 2024-07-04, 13.5.2015, 2023/24年度, 2016—2018, 愿景2030."""

from __future__ import annotations

import re
from typing import NamedTuple

from sco_extract.extract.dates.interpret import Point, Reading
from sco_extract.extract.dates.patterns import Parts
from sco_extract.extract.dates.record import EITHER_ORDER, FIRST_YEAR, LAST_YEAR, Recorder
from sco_extract.values import edtf
from sco_extract.values.edtf import Value
from sco_extract.values.numerals import to_int

FIRST_BARE, LAST_BARE = 1900, 2100  # bare figures outside of these are taken for counts
LONGEST_SPAN = 100  # years between two bare ones: none known is longer
NOUN = 8  # code points before figures in which a noun says that they are a number, not a year

_DAY_BEFORE = re.compile(r"(?<![0-9.])([0-9]{1,2})[-–—~～至]\Z")  # 15 in 15—16.10.2024


class Figures(NamedTuple):
    """13.5.2015 as its two first parts, whose order is open, and its year."""

    first: int
    second: int
    year: int

    def day(self, *, month_first: bool) -> Value | None:
        """The day in one of the two orders; None where the calendar has none."""
        month, day = (self.first, self.second) if month_first else (self.second, self.first)
        return edtf.date_value(self.year, month, day)


def take(finder: Recorder, start: int, end: int, parts: Parts) -> bool:
    """Record the date that figures write; False where they are none."""
    lead = parts.lead or ""
    year = to_int(lead)
    if parts.dmark:
        return _year_last(finder, start, end, parts)
    if year is None:
        return False
    if parts.nm:
        return _year_first(finder, start, end, parts)
    if len(lead) != 4 or not FIRST_YEAR <= year <= LAST_YEAR:
        return False
    if parts.told is not None:
        return _told(finder, start, end, year)
    return year >= FIRST_BARE and _without_day(finder, start, end, parts, year)


def _without_day(finder: Recorder, start: int, end: int, parts: Parts, year: int) -> bool:
    if parts.fiscal:
        end_year = int(parts.fiscal) if len(parts.fiscal) == 4 else year // 100 * 100 + int(parts.fiscal)
        return end_year == year + 1 and _years(finder, start, end, "D006", year, end_year)
    if parts.listed is not None:
        return finder.add(start, end, "D005", edtf.date_value(year))
    if parts.cn2:
        return _years(finder, start, end, "D006", year, to_int(parts.cn2) or 0)
    if parts.span2:
        return _span(finder, start, end, year, int(parts.span2))
    if parts.cell is not None:
        return _cell(finder, start, end, year)
    return _bare(finder, start, end, parts, year)


def _years(finder: Recorder, start: int, end: int, rule: str, first: int, last: int) -> bool:
    return finder.complete(start, end, Reading(rule, Point(first), Point(last)), first, "explicit")


def _plain(finder: Recorder, start: int) -> bool:
    """Whether figures begin at ``start``, and no address, version or number goes on there; 日期:2024-07-04 is a date."""
    head = finder.char_before(start)
    if head == ":":
        return not finder.char_before(start - 1).isascii()
    if head == " " and finder.char_before(start - 1).isdecimal():
        return False  # a column of a table
    return not (head.isascii() and (head.isalnum() or head in "/.-_=&?#%+~"))


def _numbered(finder: Recorder, start: int, end: int) -> bool:
    """Whether words around figures make them the number of a thing: 文号12-5-2019, 第3-5-2017号, 版本4.7.2024."""
    text = finder.text
    head = text[start - 2 : start] if start > 1 else ""
    if head[1:] == " " and head[0].isascii() and head[0].isalpha():
        return True
    if text[end : end + 1] in tuple("号页款版室单栋幢楼层条节章票座") or finder.char_before(start) in tuple(
        "第共达近约每逾超"
    ):
        return True
    low = max(finder.context.line_start(start), start - NOUN)
    return finder.compiled.number_noun.search(text, low, start) is not None


def _year_first(finder: Recorder, start: int, end: int, parts: Parts) -> bool:
    """2024-07-04; with spaces, and before 1900, only where month and day are written with two figures."""
    lead, month, day = parts.lead or "", parts.nm or "", parts.nd or ""
    if not lead.isascii() or not _plain(finder, start):
        return False
    if parts.mark == " " and finder.text[end : end + 1] == " " and finder.text[end + 1 : end + 2].isdecimal():
        return False
    year, padded = int(lead), len(month) == 2 == len(day)
    value = edtf.date_value(year, int(month), int(day))
    if len(lead) == 3:
        known = parts.mark == "-" and padded and value is not None and year >= 200
        return known and _placed(finder, start, end, alone=True) and finder.add(start, end, "D011", value)
    if len(lead) != 4 or not FIRST_YEAR <= year <= LAST_YEAR:
        return False
    if parts.mark == " " or year < FIRST_BARE:
        zero = year < FIRST_BARE or "0" in (month[0], day[0])  # the columns of a table are not padded
        if not padded or not zero or value is None or not _placed(finder, start, end):
            return False
    return _numeric(finder, start, end, value, parts)


def _placed(finder: Recorder, start: int, end: int, *, alone: bool = False) -> bool:
    """Whether figures begin where a date may: 于1789-01-29; ``alone``: a mark before them is not enough."""
    head = finder.char_before(start)
    if head == "\n" and alone:
        return finder.text[end : end + 1] in ("", "\n")
    if head in "：:" and not alone:
        return finder.char_before(start - 1) in "期日间"  # 日期：, 时间：
    return head in ("在于自从至到" if alone else "\n在于自从至到（(，。；、") and not _numbered(finder, start, end)


def _numeric(finder: Recorder, start: int, end: int, value: Value | None, parts: Parts) -> bool:
    if value is None and (parts.mark == "." or not 1 <= int(parts.nm or 0) <= 12):
        return False  # 2024.2.30 may be a version, 2024/13/5 a file number
    if parts.nm2 and value is not None:
        right = edtf.date_value(int(parts.ny2 or parts.lead or 0), int(parts.nm2 or 0), int(parts.nd2 or 0))
        value = right and edtf.between(value, right)
    open_left = parts.before and value is not None and not parts.nm2
    return finder.add(start, end, "D011", edtf.before(value) if open_left and value else value)


def _year_last(finder: Recorder, start: int, end: int, parts: Parts) -> bool:
    """13.5.2015, 25/10/2024, 3-7-2017: with dots the day comes first; else the order must be certain, or stays open."""
    lead = parts.lead or ""
    days = _DAY_BEFORE.search(finder.text, max(0, start - 4), start)
    start = days.start(1) if days else start
    if not lead.isascii() or len(lead) > 2 or not _plain(finder, start) or _numbered(finder, start, end):
        return False
    first = Figures(int(lead), int(parts.dm or 0), int(parts.dy or 0))
    last = Figures(int(parts.dd2), int(parts.dm2 or 0), int(parts.dy2 or 0)) if parts.dd2 else None
    if not FIRST_BARE <= first.year <= LAST_YEAR:
        return False
    if days:
        value = _value(first._replace(first=int(days[1])), first, month_first=False) if last is None else None
        return value is not None and finder.add(start, end, "D011", value)
    values = {order: _value(first, last, month_first=order) for order in (False, True)}
    known = {order: value for order, value in values.items() if value is not None}
    order = False if parts.dmark == "." else next(iter(known)) if len(known) == 1 else _order(finder, first, last)
    if not known or (order is not None and order not in known):
        return False
    if order is None:
        reading = Reading("D011", Point(first.year))
        return finder.add_open(start, end, reading, "range" if last else "day", EITHER_ORDER)
    value = known[order]
    return finder.add(start, end, "D011", edtf.before(value) if parts.before and last is None else value)


def _value(first: Figures, last: Figures | None, *, month_first: bool) -> Value | None:
    value = first.day(month_first=month_first)
    if value is None or last is None:
        return value
    right = last.day(month_first=month_first)
    return right and edtf.between(value, right)


def _order(finder: Recorder, first: Figures, last: Figures | None) -> bool | None:
    """Whether 10/1/2018 has the month first; None where nothing says so.

    The same day and month say nothing (5/5/2018). The part that both ends of a range share is the month
    (10/1/2018-10/7/2018: a week, not half a year and a day), since a period ends on the day before. Else the other days
    of the text that have one reading only decide, if they agree.
    """
    if first.first == first.second and last is None:
        return False
    if last is not None and first.year == last.year and (first.first == last.first) != (first.second == last.second):
        return first.first == last.first
    return finder.month_first()


def _told(finder: Recorder, start: int, end: int, year: int) -> bool:
    """2024是合作之年: figures that the clause itself calls a year."""
    head = finder.char_before(start)
    certain = year >= FIRST_BARE or "年份" in finder.text[end : end + 40]
    return certain and head in tuple("\n。；“「而但") and finder.add(start, end, "D014", edtf.date_value(year))


def _span(finder: Recorder, start: int, end: int, year: int, last: int) -> bool:
    """从2016到2018, 任期：2016—2018, or a line that holds nothing else: no number of things, pages or a document."""
    if not FIRST_BARE <= year < last <= min(LAST_BARE, year + LONGEST_SPAN) or _numbered(finder, start, end):
        return False
    if finder.compiled.counted.match(finder.text, end):
        return False
    head, follows = finder.char_before(start), finder.text[end : end + 1]
    if follows and follows not in "\n，。；：、）),;间":
        return False
    led = head in "从自在于"
    low = max(finder.context.line_start(start), start - NOUN)
    placed = finder.char_before(start - led) in "\n，。；：（(" if led else head in "\n（("
    if not placed and not finder.compiled.year_noun.search(finder.text, low, start):
        return False
    return _years(finder, start, end, "D014", year, last)


def _cell(finder: Recorder, start: int, end: int, year: int) -> bool:
    """年份：2018, and the years that go on behind it: 年份 2016 2017 2018, as the head of a table has them."""
    text, before = finder.text, finder.dates[-1] if finder.dates else None
    goes_on = before is not None and before.rule == "D014" and before.kind == "year" and 0 <= start - before.end <= 1
    if goes_on and before is not None:
        if abs(year - int(before.edtf or 0)) not in (1, 5, 10):
            return False
    elif not finder.compiled.year_head.search(text, max(0, start - NOUN), start):
        return False
    return finder.add(start, end, "D014", edtf.date_value(year))


def _bare(finder: Recorder, start: int, end: int, parts: Parts, year: int) -> bool:
    head = finder.char_before(start)
    if (head.isascii() and head not in "\n \"'(") or head in tuple("第共达近约"):
        return False
    if parts.bare2 and int(parts.bare2) <= year:
        return False  # pages or a count
    named = finder.text.endswith(finder.compiled.bare_before, 0, start)
    if finder.text[end : end + 1] == "：" and not named and not finder.context.in_title(start):
        return False
    if parts.bare2 and finder.compiled.number_noun.search(finder.text, max(0, start - NOUN), start):
        return False
    if parts.bare2:
        return _years(finder, start, end, "D014", year, int(parts.bare2))
    return finder.add(start, end, "D014", edtf.date_value(year))
