"""Complete what was read from context, and record it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from sco_extract.extract.dates.context import Context, Past
from sco_extract.extract.dates.interpret import Reading, turns_year, value_of
from sco_extract.extract.dates.patterns import Patterns
from sco_extract.extract.dates.result import DateFindings, Problem
from sco_extract.model.mentions import DateAnchor, DateKind, DateMention, DateModifier
from sco_extract.values import edtf
from sco_extract.values.edtf import Value

SENTENCE = 100  # code points around a range in which 报告 makes it the period of the report
FIRST_YEAR, LAST_YEAR = 1001, 2199  # four digits and 年 outside of these are lengths of time or counts

# Why a date is left open.
NO_YEAR = "the text does not say the year"
NO_DATE = "the document's own date is not known"
NO_PERIOD = "the text does not state the period"
EITHER_ORDER = "the day and the month may stand either way round"
_ANCHORS: Mapping[str, DateAnchor] = {NO_YEAR: "inherited", EITHER_ORDER: "explicit"}
# 25/10/2024 but not 10/5/2024: two figures whose order is certain
_ORDERED = re.compile(r"(?<![0-9A-Za-z./-])([0-9]{1,2})([-/])([0-9]{1,2})\2[12][0-9]{3}(?![0-9])")
DAY_FIGURES = range(13, 32)  # figures that can be a day and no month


@dataclass(slots=True)
class Recorder:
    """The state of one pass over a text."""

    text: str
    compiled: Patterns
    context: Context
    taken: int = 0  # end of the last expression taken; a match that begins before it is part of it
    dates: list[DateMention] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    waiting: bool = False  # a day was left out that the document's own date would place
    orders: frozenset[bool] | None = None  # of day and month in the text's figures, found when first asked for
    pending: list[int] = field(default_factory=list)  # indexes of dates that mean the reporting period

    def findings(self) -> DateFindings:
        """What was found, the reporting period filled in."""
        value = edtf.parse(self.context.period) if self.context.period else None
        for index in self.pending:
            mention = self.dates[index]
            if value is not None:
                self.dates[index] = replace(
                    mention,
                    edtf=value.edtf,
                    earliest=value.earliest,
                    latest=value.latest,
                    kind=value.kind,
                    unresolved="",
                )
        return DateFindings(tuple(self.dates), tuple(self.problems), self.waiting)

    def char_before(self, at: int) -> str:
        """The character before ``at``; a line feed before the text."""
        return self.text[at - 1] if at > 0 else "\n"

    def month_first(self) -> bool | None:
        """Whether the text writes figures with the month first; None where it does not show one order alone."""
        if self.orders is None:
            pairs = [(int(match[1]), int(match[3])) for match in _ORDERED.finditer(self.text)]
            self.orders = frozenset(
                b in DAY_FIGURES for a, b in pairs if (a in DAY_FIGURES) != (b in DAY_FIGURES) and 0 < min(a, b) < 13
            )
        return next(iter(self.orders)) if len(self.orders) == 1 else None

    def inherit(self, start: int, end: int, reading: Reading) -> bool:
        """Record a reading without year: the right end's, that of the context, or unresolved."""
        first, last = reading.first, reading.last
        month = first.month or 0
        if not 1 <= month <= 12:
            return self.complete(start, end, reading, 2000, "inherited")
        if last is not None and last.year is not None:
            year: int | None = last.year - (last.month is not None and last.month < month)
        elif self.text.startswith(self.compiled.sent, end):
            year = self.context.document_year(month, first.day) or self.context.dateline_year(month, first.day)
            year = year or self.context.same_day(month, first.day or 0)
            year = year or self.context.year_for(start, end, month, first.day)
        else:
            year = self.context.year_for(start, end, month, first.day)
        if year is None:
            kind: DateKind = "range" if last or reading.before else "day" if first.day else "month"
            return self.add_open(start, end, reading, kind, NO_YEAR)
        return self.complete(start, end, reading, year, "inherited")

    def relative(self, start: int, end: int, reading: Reading, offset: int, kind: DateKind) -> bool:
        """Record a reading whose year is counted from the document's own."""
        known = self.context.document
        if known is None:
            return self.add_open(start, end, reading, kind, NO_DATE)
        return self.complete(start, end, reading, known[0] + offset, "relative")

    def complete(self, start: int, end: int, reading: Reading, year: int, anchor: DateAnchor) -> bool:
        """Record a reading whose year is known; False where its right end is no year at all (2021年至100年)."""
        last = reading.last
        if last is not None and last.year is not None and not min(FIRST_YEAR, year) <= last.year <= LAST_YEAR:
            return False
        value = value_of(reading, year)
        if not self.add(start, end, reading.rule, value, anchor, reading.modifier):
            return False
        if value is not None and not reading.before:
            self._remember(start, end, reading, year)
            self._period(start, end, value)
        return True

    def _remember(self, start: int, end: int, reading: Reading, year: int) -> None:
        last = reading.last
        month, day = reading.first.month or 0, reading.first.day or 0
        if last is not None:
            if not month:
                return  # 2023—2025年 names no one year
            year = last.year if last.year is not None else year + turns_year(reading)
            month, day = last.month or 0, last.day or 0
        self.context.remember(Past(start, end, year, month, day))

    def _period(self, start: int, end: int, value: Value) -> None:
        """A closed range before 期间, in a sentence about a report, is the period that the text reports on."""
        if value.kind != "range" or self.context.period is not None:
            return
        if self.text.startswith(self.compiled.period_after, end):
            around = self.text[max(self.context.line_start(start), start - SENTENCE) : end + SENTENCE]
            if any(word in around for word in self.compiled.report):
                self.context.period = value.edtf

    def add(
        self,
        start: int,
        end: int,
        rule: str,
        value: Value | None,
        anchor: DateAnchor = "explicit",
        late: DateModifier | None = None,
    ) -> bool:
        """Record a value, or a problem where the calendar has none; always True: the expression is taken."""
        start, self.taken = max(start, self.taken), end
        if value is None:
            message = f"{self.text[start:end]}: no such date, or a range that ends before it begins"
            self.problems.append(Problem("DAT201", message, start, end))
        else:
            self.dates.append(
                DateMention(start, end, rule, value.edtf, value.earliest, value.latest, value.kind, anchor, late)
            )
            if value.kind in ("day", "year") and value.earliest and anchor == "explicit" and rule in ("D005", "D011"):
                year, month, day = (int(part) for part in (*value.edtf.split("-"), "0", "0")[:3])
                self.context.remember(Past(start, end, year, month, day))
        return True

    def add_open(self, start: int, end: int, reading: Reading, kind: DateKind, reason: str) -> bool:
        """Record a date that the text leaves open, for one of the reasons above."""
        anchor: DateAnchor = _ANCHORS.get(reason, "relative")
        start, self.taken = max(start, self.taken), end
        if anchor == "relative":
            self.context.unknown = end
        self.dates.append(
            DateMention(start, end, reading.rule, None, None, None, kind, anchor, reading.modifier, reason)
        )
        return True
