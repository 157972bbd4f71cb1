"""Which year or month a date without one means: one linear pass, with what was said before it.

Looking back is bounded (characters and mentions), so that a hostile text costs no more than a long one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from sco_extract.extract.dates.patterns import Patterns
from sco_extract.values import edtf

LOOK_BACK = 2000  # code points; a paragraph of an official text is far shorter
CANDIDATES = 24  # mentions looked at before giving up
VOTES = 6  # the last dates that decide whether a year carries on over lines
NEAR_LINES = 8  # lines over which a year carries on without support from the document's date
NEAR_DAYS = 400  # farther from the document's date than this, another sentence's year is history
CHAIN = frozenset(
    ("", "、", "和", "及", "与", "以及", "或", "，", ",", ", ", "；", ";", "; ", "，和", "、和", "，及", "，以及")
)
CHAIN_LENGTH = 3
OPENING, CLOSING, WEEK, WEEKDAY_LENGTH = ("（", "("), ("）", ")"), ("周", "星", "礼"), 5
CLAUSES = "，,；;"  # a separator that may also begin a new clause
OPENED = 6000  # code points at the beginning of a text in which a day that dates a year-less dateline is looked for
NEWS_DAYS = 20  # days around a document's own date that its bare days mean
EVE, AFTERMATH = 10, 3  # days from a dateline to the day its news tells of, ahead and back
COUNTED = tuple("第近约满达历逾超每共")  # before a number of years
AHEAD = 60  # code points within which a bracket closes behind a day whose year follows the bracket
_DAY = re.compile(
    r"(?P<head>[^。\n]{0,6})(?P<year>20\d\d|19\d\d)年(?P<month>\d{1,2})月(?P<day>\d{1,2})日"
    r"(?:[至到~～—–-]{1,2}(?:(?P<month2>\d{1,2})月)?(?P<day2>\d{1,2})日)?"
)
_ENUMERATOR = re.compile(r"\s?(?:[（(]?[一二三四五六七八九十]{1,3}[）)、.]|[#*【\[（(●•·]{1,3})?\s?")
# 7月4日，｜2024年；   the year is a piece of its own
_YEAR_BEHIND = re.compile(r"[，,]\s?(\d{4})年(?=[；;，,。、）)\n]|\Z)")
# （2月1日，阿斯塔纳｜）于2024年
_YEAR_OF_CLAUSE = re.compile(r"[^（）()\n。]{0,60}[）)][，,]?于(\d{4})年(?!\d)")


class Past(NamedTuple):
    """A date already found, as an antecedent: its place, year, month and day (0 where it has none)."""

    start: int
    end: int
    year: int
    month: int
    day: int


@dataclass(slots=True)
class Context:
    """What the text said so far, and what is known of the document."""

    text: str
    compiled: Patterns
    document: tuple[int, int, int] | None  # year, month, day of the document; 0 where unknown
    period: str | None
    past: list[Past] = field(default_factory=list)
    heading: Past | None = None  # the month that heads the lines of a chronicle: 3月
    unknown: int = 0  # end of the last expression such as 今年 that the text leaves open
    minguo: tuple[int, int] = (0, 0)  # end and number of the last year of the Republic written with its era
    title_year: int = 0  # the year in the last heading: 大事记（2021年）
    opening: tuple[tuple[date, date], ...] | None = None  # days told in the opening, found when first asked for

    def line_start(self, at: int) -> int:
        """Where the line of ``at`` begins, or ``LOOK_BACK`` before it."""
        low = max(0, at - LOOK_BACK)
        return max(low, self.text.rfind("\n", low, at) + 1)

    def chained(self, at: int) -> Past | None:
        """The previous date where only a separator stands between it and ``at``: 7月11日、7月31日."""
        if not self.past or at - self.past[-1].end > CHAIN_LENGTH + WEEKDAY_LENGTH:
            return None
        last = self.past[-1]
        between = self.text[last.end : at]
        if between[:1] in OPENING and between[1:2] in WEEK:
            between = between[between.find(CLOSING[OPENING.index(between[0])]) + 1 :]  # 3日（周三）、4日
        return last if between in CHAIN else None

    def antecedent(self, at: int) -> Past | None:
        """The date whose year a bare month or day at ``at`` takes, in its own line.

        First the list it stands in, then its own brackets, then the main clause before it: not a date inside a title,
        nor one in brackets behind a title, nor a year that is only a target (到2030年) or a beginning (2001年以来).
        """
        line = self.line_start(at)
        found = self.chained(at)
        if found is not None and not (self.text[found.end : found.end + 1] in CLAUSES and self._aside(line, found)):
            return found
        bracket = self._bracket(line, at)
        for past in self.past[: -CANDIDATES - 1 : -1]:
            if past.start < line:
                return None
            if bracket >= 0 and past.start > bracket:
                return past
            if not self._background(past) and not self._aside(line, past) and not self._planned(past, at):
                return past
        return None

    def earlier(self, at: int) -> Past | None:
        """The nearest date of a main clause in the lines before that of ``at``.

        It must be near, and its year that of most dates before ``at``: where a text jumps between years, none carries on.
        """
        line = self.line_start(at)
        for past in self.past[: -CANDIDATES - 1 : -1]:
            if past.start >= line or self._background(past) or self._planned(past, at):
                continue
            if self._aside(self.line_start(past.start), past):
                continue
            recent = [other.year for other in self.past[-VOTES:]]
            if 2 * recent.count(past.year) <= len(recent):
                return None
            gap = self.text.count("\n", past.end, at) if at - past.end <= 2 * LOOK_BACK else NEAR_LINES + 1
            return past if gap <= (NEAR_LINES if past.month or self._heads(past) else 2) else None
        return None

    def year_for(self, at: int, end: int, month: int, day: int | None) -> int | None:
        """The year of month ``month`` (and day) written without one from ``at`` to ``end``; None where it stays open."""
        behind = self._year_behind(at, end)
        if behind is not None:
            return behind
        near = self.antecedent(at)
        if (
            self.document is None
            and self.unknown > (near.end if near else 0)
            and "。" not in self.text[self.unknown : at]
        ):
            return None  # 今年3月12日、5月20日
        if near is not None and "。" not in self.text[near.end : at]:
            return near.year
        if near is not None and self._plausible(near.year, month, day) and not self._turned(near, month, day):
            return near.year
        if near is None and self.in_title(at):
            return self.document_year(month, day)  # a title stands for itself: no year from another line
        in_period = self._in_period(month, day)
        if in_period is not None:
            return in_period
        before = self.earlier(at)
        if before is not None and self._plausible(before.year, month, day):
            return before.year
        return self.document_year(month, day) or (near or before or self._bound(at) or _NOWHERE).year or None

    def _bound(self, at: int) -> Past | None:
        """A day or month that only bounds the sentence (截至2023年12月末): the last resort for what follows it."""
        past = self.past[-1] if self.past else None
        if past is None or not past.month or self.in_title(past.start) or self._background(past):
            return None
        return past if past.start >= self.line_start(at) and "。" not in self.text[past.end : at] else None

    def document_year(self, month: int, day: int | None) -> int | None:
        """The year that puts the month and day nearest to the document's own date."""
        if self.document is None:
            return None
        year, own_month, own_day = self.document
        if not own_month:
            return year
        own = date(year, own_month, own_day or 15)
        options = [value for value in (year - 1, year, year + 1) if edtf.date_value(value, month, day or 15)]
        return min(options, key=lambda value: _distance(date(value, month, day or 15), own), default=None)

    def month_for(self, day: int) -> Past | None:
        """The month and year in which ``day`` lies nearest to the document's own: the 30th, told on the 1st."""
        if self.document is None or not self.document[1]:
            return None
        own = date(self.document[0], self.document[1], self.document[2] or 15)
        if not self.document[2]:
            return Past(0, 0, own.year, own.month, 0)
        months = [12 * own.year + own.month - 1 + offset for offset in (-1, 0, 1)]
        options = [
            (value // 12, value % 12 + 1) for value in months if edtf.date_value(value // 12, value % 12 + 1, day)
        ]
        near = min(options, key=lambda option: abs(date(option[0], option[1], day) - own), default=None)
        return Past(0, 0, near[0], near[1], 0) if near else None

    def told_about(self, past: Past) -> bool:
        """Whether a day is told of within a month of the document's own, so that the next bare day is near it too."""
        if self.document is None or not all(self.document) or not past.day:
            return False
        year, month, day = self.document
        return abs((date(past.year, past.month, past.day) - date(year, month, day)).days) <= NEWS_DAYS

    def dateline_year(self, month: int, day: int | None) -> int | None:
        """The year of a dateline without one (新华社比什凯克10月26日电): that of the day which its news tells of.

        Only where that day is the last one that the opening of the text tells of, plans aside: a chronicle under a
        dateline names the same day of earlier years.
        """
        if day is None:
            return None
        if self.opening is None:
            self.opening = tuple(self._told())
        latest = max((last for _, last in self.opening), default=None)
        for first, last in self.opening:
            if latest is not None and latest - last <= timedelta(days=AFTERMATH):
                for year in (first.year, last.year):
                    own = edtf.date_value(year, month, day) and date(year, month, day)
                    if own and first - timedelta(days=AFTERMATH) <= own <= last + timedelta(days=EVE):
                        return year
        return None

    def _told(self) -> Iterator[tuple[date, date]]:
        """First and last day of each full date in the opening of the text, but not of what is only planned."""
        for found in _DAY.finditer(self.text, 0, OPENED):
            year, month, day = (int(found[name]) for name in ("year", "month", "day"))
            month2, day2 = int(found["month2"] or month), int(found["day2"] or day)
            known = edtf.date_value(year, month, day) and edtf.date_value(year, month2, day2)
            if known and not self.compiled.future.search(found["head"]):
                yield date(year, month, day), date(year, month2, day2)

    def _year_behind(self, at: int, end: int) -> int | None:
        """The year that follows its date: 7月4日至5日，2024年；  or the bracket it stands in: （2月1日）于2024年."""
        last = self.chained(at)
        if last is not None and last.end >= self.line_start(at):
            return None
        found = _YEAR_BEHIND.match(self.text, end)
        if found is None and self._bracket(self.line_start(at), at) >= 0:
            found = _YEAR_OF_CLAUSE.match(self.text, end, end + AHEAD + 10)
        return int(found[1]) if found else None

    def remember(self, past: Past) -> None:
        """Keep a date as an antecedent, and as the heading of a chronicle where it stands in one."""
        self.past.append(past)
        if past.month and not past.day and self._alone(past.start, past.end):
            self.heading = past
        elif not past.month and self._heads(past):
            self.heading, self.title_year = None, past.year

    def heading_near(self, at: int) -> Past | None:
        """The month that heads the lines around ``at``; none far below it, where a chronicle has ended."""
        return self.heading if self.heading is not None and at - self.heading.end <= 2 * LOOK_BACK else None

    def heading_year(self, start: int, end: int, month: int) -> int | None:
        """The year of a month that stands alone in its line: that of the month heading before it, else of the title."""
        if not self._alone(start, end):
            return None
        if self.heading is not None and self.heading.month < month:
            return self.heading.year
        return self.title_year if self.title_year and self.heading is None else None

    def _alone(self, start: int, end: int) -> bool:
        """Whether the line holds nothing else but a number or mark: 3月, 一、3月, 【3月】."""
        line, stop = self.line_start(start), self.text.find("\n", end, end + 4)
        if stop < 0 and len(self.text) - end > 3:
            return False
        head, tail = self.text[line:start], self.text[end : stop if stop >= 0 else len(self.text)]
        return len(head) <= 5 and _ENUMERATOR.fullmatch(head) is not None and not tail.strip(" ：:】]）)份")

    def goes_on(self, start: int, year: int, dated: bool) -> bool:
        """Whether ``year`` is one of the Republic that leaves out the era said earlier in its line: 民国113年…，114年….

        Without a month (``dated``) only a year near the one before, since it may be a length of time.
        """
        end, before = self.minguo
        if not before or end <= self.line_start(start) or self.text[start - 1 : start] in COUNTED:
            return False
        return 0 < year < 200 and (dated or (before >= 60 and abs(year - before) <= 10))

    def century(self) -> int | None:
        """The first year of the century the document was written in: by its own date, else by a day that it tells of."""
        if self.document is not None:
            return self.document[0] // 100 * 100
        return max((past.year // 100 * 100 for past in self.past if past.day), default=None)

    def same_day(self, month: int, day: int) -> int | None:
        """The year of an earlier full date with the same month and day: a dateline repeats the day of the document.

        Not of an earlier year than other days told before it.
        """
        recent = self.past[: -CANDIDATES - 1 : -1]
        latest = max((past.year for past in recent if past.day), default=0)
        return latest if any((past.year, past.month, past.day) == (latest, month, day) for past in recent) else None

    def _plausible(self, year: int, month: int, day: int | None) -> bool:
        """Whether the year keeps the date near the document's own, where that is known."""
        if self.document is None:
            return True
        if edtf.date_value(year, month, day or 15) is None:
            return False
        own_year, own_month, own_day = self.document
        own = date(own_year, own_month or 7, own_day or (15 if own_month else 1))
        return abs((date(year, month, day or 15) - own).days) <= NEAR_DAYS

    def _in_period(self, month: int, day: int | None) -> int | None:
        """The one year in which the month or day lies in the reporting period."""
        value = edtf.parse(self.period) if self.period else None
        if value is None or value.earliest is None or value.latest is None:
            return None
        years = range(int(value.earliest[:4]), int(value.latest[:4]) + 1)
        dates = [(year, edtf.date_value(year, month, day)) for year in years]
        fits = [y for y, d in dates if d and d.earliest and value.earliest <= d.earliest <= value.latest]
        return fits[0] if len(fits) == 1 else None

    def _bracket(self, line: int, at: int) -> int:
        """The opening bracket or title mark that ``at`` stands in, or -1."""
        text = self.text
        opened = max(text.rfind("（", line, at), text.rfind("(", line, at))
        if opened >= 0 and max(text.rfind("）", opened, at), text.rfind(")", opened, at)) < 0:
            return opened
        title = text.rfind("《", line, at)
        return title if title >= 0 and text.find("》", title, at) < 0 else -1

    def in_title(self, at: int) -> bool:
        """Whether ``at`` stands in a title, outside of any brackets in it."""
        line = self.line_start(at)
        opened = self._bracket(line, at)
        return opened >= 0 and self.text[opened] == "《"

    def _aside(self, line: int, past: Past) -> bool:
        """Whether a date is no antecedent for the main clause: in or behind a title, a target, a beginning."""
        text = self.text
        opened = self._bracket(line, past.start)
        if opened >= 0 and (text[opened] == "《" or text[opened - 1 : opened] == "》"):
            return True
        if past.month:
            return text[past.start - 1 : past.start] in ("至", "到")  # 期限至2024年5月31日
        return "以来" in text[past.end : past.end + 12] or text.endswith(self.compiled.target, 0, past.start)

    def _planned(self, past: Past, at: int) -> bool:
        """Whether a date of another sentence lies ahead of what is told: 将于2026年举行, 最迟2027年1月1日."""
        head = self.text[max(0, past.start - 6) : past.start]
        return bool(self.compiled.future.search(head)) and any(mark in self.text[past.end : at] for mark in "。\n")

    def _background(self, past: Past) -> bool:
        """Whether a date only describes a thing: 2014年签署的条约, 2023年贸易额, 2030年目标."""
        if self.compiled.described.match(self.text, past.end):
            return True
        return not past.month and self.compiled.measured.match(self.text, past.end) is not None

    def _turned(self, near: Past, month: int, day: int | None) -> bool:
        """Whether a new sentence goes on in the document's own year: 2023年11月…。7月3日… in a text of 4 July 2024.

        So where the sentence before tells of a later month of the year before, or names a year still to come.
        """
        if self.document is None or not day:
            return False
        year, own_month, own_day = self.document
        if not near.month and near.year > year:
            return True
        known = edtf.date_value(year, month, day)
        if not (own_month and own_day and known and near.year == year - 1 and near.month > month):
            return False
        return 0 <= (date(year, own_month, own_day) - date(year, month, day)).days <= NEWS_DAYS

    def same_month(self, near: Past, day: int) -> bool:
        """Whether a day goes on in the month of the date before it, up to the document's own day: 6月14日…。15日…."""
        if self.document is None or day < near.day or edtf.date_value(near.year, near.month, day) is None:
            return False
        return (near.year, near.month, day) <= self.document

    def _heads(self, past: Past) -> bool:
        """Whether a year stands in a heading: a line without a full stop."""
        end = self.text.find("\n", past.end, past.end + 60)
        return end >= 0 and "。" not in self.text[self.line_start(past.start) : end]


def _distance(value: date, own: date) -> int:
    """How far a day lies from the document's own, the future twice as far: next year's days are told with their year."""
    days = (value - own).days
    return 2 * days if days > 0 else -days


_NOWHERE = Past(0, 0, 0, 0, 0)
