"""Find the dates of a text: match, read, complete from context."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from sco_extract.extract.dates import figures, words
from sco_extract.extract.dates.context import CHAIN, COUNTED, Context, Past
from sco_extract.extract.dates.interpret import (
    Point,
    Reading,
    modifier,
    name,
    number,
    read_after_year,
    right_end,
)
from sco_extract.extract.dates.patterns import Parts, fields, names_before, patterns
from sco_extract.extract.dates.record import FIRST_YEAR, LAST_YEAR, NO_DATE, Recorder
from sco_extract.extract.dates.result import DateFindings
from sco_extract.lexicon.load import Lexicon
from sco_extract.values import edtf
from sco_extract.values.numerals import to_int

LONGEST_BULLET = 4
SOON = 7  # days after the day of the sentence before
_DAYS_COUNTED = re.compile("(?<=[0-9])[两三四五六七]")  # 5 in 4、5两日
CLOSED = ("", *"，。、；：）)\n春夏秋冬")  # behind 在789年, where it is a year
COMPARED = tuple("少多大小等低高短长早晚优")  # before 于, where it compares
LENGTHS = tuple("内以之后期游程")  # behind N日 at the start of a line: a length of time


def find_dates(
    text: str, lexicon: Lexicon, *, document_date: str | None = None, period: str | None = None
) -> DateFindings:
    """All dates of a reading text (simplified script, lines separated by a line feed).

    ``document_date`` is the document's own date and ``period`` the period it reports on, both EDTF; they resolve what
    the text itself leaves open. Offsets are code points of ``text``.
    """
    compiled = patterns(lexicon)
    found = [*compiled.number.finditer(text)]
    relative = [*compiled.word.finditer(text)]
    if relative:
        found = sorted(found + relative, key=lambda match: (match.start(), -match.end()))
    finder = Finder(text, compiled, Context(text, compiled, _document(document_date), period))
    for match in found:
        if match.start() >= finder.taken:
            finder.take(match)
    return finder.findings()


def _document(value: str | None) -> tuple[int, int, int] | None:
    known = edtf.parse(value) if value else None
    if known is None or known.kind not in ("day", "month", "year"):
        return None
    year, month, day = (int(part) for part in (*known.edtf.split("-"), "0", "0")[:3])
    return year, month, day


@dataclass(slots=True)
class Finder(Recorder):
    """The rules for expressions that begin with a number."""

    def take(self, match: re.Match[str]) -> None:
        """Read one match and record the date, a problem, or nothing."""
        if match.re is self.compiled.word:
            words.take(self, match, fields(match))
            return
        parts = Parts._make(match.groups())
        start, end = match.span()
        if not (self._with_year(match, parts) if parts.year else self._without_year(start, end, parts)) and parts.lead2:
            again = self.compiled.number.match(self.text, match.start("lead2"))
            if again:
                self.take(again)

    # expressions that begin with a year

    def _with_year(self, match: re.Match[str], parts: Parts) -> bool:
        start, end = match.span()
        lead = parts.lead or ""
        year = to_int(lead)
        if year is None:
            return False
        if self.text.startswith("级", end) and not self.text.startswith("级别", end):
            return False  # 三年级, 2024年级
        if parts.decade and year < 100:
            return words.decade_of_century(self, start, end, year)
        if self._lunar(start, parts.m or "", match.end("m") + 1):
            return False
        era = ""
        if len(lead) != 4:
            start, year, era = self._era(start, year, parts)
            if not year:
                return False
        if era == "" and not self._is_year(start, start + len(lead) + 1, year):
            return False
        if era == "before":
            return self.add(start, start + len(lead) + 4, "D010", edtf.before_christ_value(year))
        if parts.decade:
            return year % 10 == 0 and self.add(start, end, "D009", edtf.decade_value(year))
        offset = year - (to_int(lead) or 0)
        reading = self._expand(read_after_year(parts, year, "" if era in ("", "early") else "D010"), year, offset)
        return self.complete(start, end, reading, year, "explicit")

    def _era(self, start: int, year: int, parts: Parts) -> tuple[int, int, str]:
        """Start, year and era of a year that is not four digits long: 民国113年, 公元618年; year 0 where it is none.

        With a month behind, 两千年 is no length of time.
        """
        lead, dated = parts.lead or "", bool(parts.m)
        for names, before, years in self.compiled.reigns:
            word = names_before(self.text, start, names)
            if word and not dated and years.start > 1:
                return start, 0, ""
            if word:
                return (start - len(word), year + before, "reign") if year in years else (start, 0, "")
        for era, names in (
            ("before", self.compiled.before_era),
            ("minguo", self.compiled.minguo),
            ("common", self.compiled.common_era),
        ):
            word = names_before(self.text, start, names)
            if word and era == "minguo" and year < 200:
                self.context.minguo = (start, year)
                return start - len(word), year + 1911, era
            if word and era != "minguo":
                return start - len(word), year, era
        if self.context.goes_on(start, year, dated):
            return start, year + 1911, "minguo"
        if len(lead) == 3 and 200 <= year < 1000 and self._early(start, parts):
            return start, year, "early"
        return start, (year if "千" in lead and (year % 100 or dated) else 0), ""

    def _early(self, start: int, parts: Parts) -> bool:
        """Whether 三六七年一月, 在789年 is a year, not a length of time nor the number of a thing.

        Years below 200 may be those of the Republic without its era.
        """
        head, lead = self.char_before(start), parts.lead or ""
        if head in COUNTED or not (lead.isdecimal() or to_int("〇".join(lead)) is not None):
            return False
        if parts.m and parts.d:
            return True
        if head not in "在于自从" or lead.endswith("0") or self.text[start - 2 : start - 1] in COMPARED:
            return False
        if parts.lead2 or self.text[start + 4 : start + 5] in CLOSED:
            return True
        return head in "于自" and not self.compiled.early_year_after.match(self.text, start + 4)

    def _is_year(self, start: int, after: int, year: int) -> bool:
        if not FIRST_YEAR <= year <= LAST_YEAR:
            return False
        if year % 100:
            return True
        counted = self.compiled.not_round_year.match(self.text, after)
        return not counted and not self.text.endswith(self.compiled.not_month_before, 0, start)

    def _expand(self, reading: Reading, year: int, offset: int = 0) -> Reading:
        """2021-25年: a right end of two digits takes the century of the left one; 民国110年至112年: its era.

        ``offset``: years between the era and the common one.
        """
        last = reading.last
        if offset and last is not None and last.year is not None and last.year < 200:
            return replace(reading, last=last._replace(year=last.year + offset))
        if last is not None and last.year is not None and last.year < 100 and last.month is None:
            return replace(reading, last=Point(year // 100 * 100 + last.year))
        return reading

    # expressions that begin with a month, day or another number

    def _without_year(self, start: int, end: int, parts: Parts) -> bool:
        if parts.month:
            return self._month(start, end, parts)
        if parts.day is not None:
            return self._day(start, end, parts)
        if parts.this_day:
            return self._this_day(start, end, parts)
        if parts.open_left is not None:
            return self._open_left(start, end, parts)
        if parts.century:
            return self._century(start, end, parts)
        if parts.quarter:
            return self._quarter(start, end, parts)
        return figures.take(self, start, end, parts)

    def _month(self, start: int, end: int, parts: Parts) -> bool:
        month = number(parts.lead)
        if month is None or not self._month_stands(start, end, parts):
            return False
        after = start + len(parts.lead or "") + 1
        if self._lunar(start, parts.lead or "", after):
            return False
        if parts.md == "十五" and self.text[after + 2 : after + 3] not in tuple("日号至到-—、和"):
            self.taken = end  # 八月十五 without a year is a day of the traditional calendar
            return True
        if self.text.endswith(self.compiled.first_year, 0, start):
            self.taken = end  # 神龙元年十一月: reigns that are converted are words of their own
            return True
        first = Point(None, month, number(parts.md))
        last = right_end(parts, first)
        if first.day is None and (month > 12 or (last is not None and (last.month or 0) > 12)):
            return False  # 24月: a number of months
        late = modifier(parts.month_late or parts.late2)
        reading = Reading(name(first, last, parts), first, last, None, late, bool(parts.before), bool(parts.next_year))
        if self._recurs(start):
            if last is not None or parts.before:
                self.taken = end  # 每年1月1日至3月31日, 每年1月31日前: no one date
                return True
            return self.add(start, end, "D016", edtf.recurring_value(month, first.day), late=late)
        headed = self.context.heading_year(start, end, month) if first.day is None and last is None else None
        if headed is not None:
            return self.complete(start, end, reading, headed, "inherited")
        return self.inherit(start, end, reading)

    def _recurs(self, start: int) -> bool:
        """Whether 每年 stands before a month, or a month of every year before it in a list."""
        head = self.text[max(0, start - 6) : start]
        if "每" in head and head.endswith(self.compiled.every_year):
            return True
        before = self.dates[-1] if self.dates else None
        return before is not None and before.rule == "D016" and self.text[before.end : start] in CHAIN

    def _lunar(self, start: int, month: str, after: int) -> bool:
        """Whether a month is one of the traditional calendar: 农历十月, 三月初一, 八月十五中秋节; ``after`` its 月."""
        if names_before(self.text, start, self.compiled.lunar):
            return True
        return (
            month not in ("", "元") and not month.isdecimal() and bool(self.compiled.lunar_day.match(self.text, after))
        )

    def _month_stands(self, start: int, end: int, parts: Parts) -> bool:
        if not parts.md and self.text.endswith(self.compiled.not_month_before, 0, start):
            return False
        if not parts.md and self._counted_month(start, end, parts):
            return False
        if parts.md or parts.lead2 or parts.before:
            return not self.char_before(start - 1).isdecimal() or self.char_before(start) not in "./"
        return not self.compiled.not_month_after.match(self.text, end) and self.char_before(start) not in "./"

    def _counted_month(self, start: int, end: int, parts: Parts) -> bool:
        """Whether a month is another one or none: 上1月 is the month before, 五月一 and 七月七 are days of feasts."""
        if parts.lead in ("1", "一") and self.char_before(start) in "上下":
            return not self.text.startswith(self.compiled.word_inside, start - 2)
        return not (parts.lead or "").isdecimal() and self.compiled.feast_day.match(self.text, end) is not None

    def _day(self, start: int, end: int, parts: Parts) -> bool:
        """3日、5日; 会议4日在…: a day without month only in a list of dates or before a word that makes it a day."""
        day = number(_DAYS_COUNTED.sub("", parts.lead or ""))
        last = right_end(parts, Point(None, None, day))
        if day is None or not 1 <= day <= 31 or parts.before:
            return False
        headed = self.context.heading_near(start)
        if headed is not None and not self._begins_entry(start, end, parts):
            headed = None
        if last is not None and ((last.month is not None and not headed) or not 1 <= (last.day or 0) <= 31):
            return False
        before = self.context.chained(start)
        if before is not None and before.month and not self.compiled.not_day.match(self.text, end):
            return self._with_month(start, end, before, Point(None, before.month, day), parts)
        if headed is not None:
            return self._with_month(start, end, headed, Point(None, headed.month, day), parts)
        if not self._day_stands(start, end, parts):
            return False
        near = self.context.antecedent(start)
        if near is None or not near.month:
            near = self.context.heading_near(start) or self.context.month_for(day)
        elif self.context.told_about(near) and not self.context.same_month(near, day):
            near = self.context.month_for(day)  # 30日开幕，2日闭幕
        if near is None:
            self.waiting = True
            return False
        return self._with_month(start, end, near, Point(None, near.month, day), parts)

    def _begins_entry(self, start: int, end: int, parts: Parts) -> bool:
        """Whether a day begins a line of a chronicle: 7日 会议召开, 14—15日，论坛举行."""
        if parts.day != "日" and parts.day2 != "日":
            return False
        line = self.context.line_start(start)
        return (
            start - line <= LONGEST_BULLET
            and not self.text[line:start].strip(" ·•●")
            and self.text[end : end + 1] not in LENGTHS
        )

    def _day_stands(self, start: int, end: int, parts: Parts) -> bool:
        """Whether 4日 outside of a list is a day of the calendar and no length of time."""
        head = self.char_before(start)
        if parts.day != "日" or not parts.lead or head in "第近每约满共计达月周的逾超":
            return False
        if parts.day2 == "日" and parts.open_left is None and parts.lead.isdecimal():
            return True  # 12日至13日
        follows = self.text[end : end + 1]
        if follows in "）)":
            return head in "（(" and self.text.endswith(self.compiled.today, 0, start - 1)  # 今日（12日）
        if not parts.lead.isdecimal() and len(parts.lead) < 2:
            return False  # 一日在外: a length of time
        return (
            bool(self.compiled.bare_day.match(self.text, end))
            or (head in "。\n；;" and follows in ("，", ","))
            or (head in "。；" and self._next_day(start, end, parts))
            or (head in "，," and follows == "的" and self._same_sentence(start))
            or (head in "至到" and follows in tuple("，,。；;）)") and self._same_sentence(start))
        )

    def _next_day(self, start: int, end: int, parts: Parts) -> bool:
        """Whether a new sentence goes on with a later day: 10月7日，外长开会。8日元首开会."""
        near, day = self.context.antecedent(start), number(parts.lead) or 0
        if near is None or not 0 < near.day < day <= near.day + SOON:
            return False
        return self.text.count("。", near.end, start) <= 1 and not self.compiled.not_day.match(self.text, end)

    def _same_sentence(self, start: int) -> bool:
        """Whether a day is told earlier in the sentence: 11日开幕，12日的峰会."""
        near = self.context.antecedent(start)
        return near is not None and near.day > 0 and "。" not in self.text[near.end : start]

    def _with_month(self, start: int, end: int, before: Past, first: Point, parts: Parts) -> bool:
        last = right_end(parts, first)
        reading = Reading(name(first, last, parts), first, last, None, None, bool(parts.before))
        return self.complete(start, end, reading, before.year, "inherited")

    def _this_day(self, start: int, end: int, parts: Parts) -> bool:
        """今（10）日, 昨(9)日: the press of Hong Kong and Taiwan; only the document's own date says the month."""
        day = number(parts.lead) or 0
        led = self.char_before(start) in "（(" and self.text.endswith(self.compiled.day_words, 0, max(0, start - 1))
        if not led or not 1 <= day <= 31:
            return False
        near = self.context.month_for(day)
        if near is None:
            reading = Reading("D012", Point(None, None, day))
            return self.add_open(start - 2, end, reading, "day", NO_DATE)
        return self.complete(start - 2, end, Reading("D012", Point(None, near.month, day)), near.year, "relative")

    def _open_left(self, start: int, end: int, parts: Parts) -> bool:
        """2021—2025年, 1-7月, 13至17日: the unit stands only behind the right end."""
        lead = number(parts.lead)
        if lead is None:
            return False
        if parts.year2 and not parts.m2:
            return len(parts.lead or "") == 4 and self._years(start, end, parts, lead)
        if parts.month2 and not parts.md2 and self._month_stands(start, end, parts):
            first = Point(None, lead)
            if lead > 12 or (to_int(parts.lead2 or "") or 0) > 12:
                return False  # 12-24月: a number of months
            late = modifier(parts.late2)
            reading = Reading(
                name(first, Point(0), parts), first, right_end(parts, first), None, late, bool(parts.before)
            )
            return self.inherit(start, end, reading)
        return bool(parts.day2) and self._day(start, end, parts._replace(day=parts.day2))

    def _years(self, start: int, end: int, parts: Parts, year: int) -> bool:
        if not self._is_year(start, end, year):
            return False
        first = Point(year)
        late = modifier(parts.late2)
        reading = Reading(name(first, first, parts), first, right_end(parts, first), None, late, bool(parts.before))
        return self.complete(start, end, self._expand(reading, year), year, "explicit")

    def _century(self, start: int, end: int, parts: Parts) -> bool:
        number_of = number(parts.lead)
        value = edtf.century_value(number_of) if number_of and number_of <= 22 else None
        if value is None or number_of is None or names_before(self.text, start, self.compiled.before_era):
            return False
        if parts.c_decade is None:
            return self.add(start, end, "D009", value)
        first, last = words.decade_numbers(parts.c_decade, parts.c_decade2)
        return self.add(start, end, "D009", words.decades(100 * (number_of - 1), first, last))

    def _quarter(self, start: int, end: int, parts: Parts) -> bool:
        """一季度, 前三季度 without a year: that of the sentence, else of the document."""
        quarter = number(parts.lead)
        if quarter is None or not 1 <= quarter <= 4:
            return False
        head = self.char_before(start) if start > self.taken else ""
        unit, first = ("quarters", 1) if head == "前" else ("quarter", quarter)
        start -= head in ("前", "第")
        if self._recurs(start):
            return False
        reading = Reading("D008", Point(None), None, (unit, first, quarter), None, bool(parts.before))
        near = self.context.antecedent(start)
        if near is not None:
            return self.complete(start, end, reading, near.year, "inherited")
        return self.relative(start, end, reading, 0, "quarter" if unit == "quarter" else "range")
