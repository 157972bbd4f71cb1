"""Which year or month a date without one means: one linear pass, with what was said before it.

Looking back is bounded (characters and mentions), so that a hostile text costs no more than a long one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
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
            if not self._aside(line, past) and not self._planned(past, at):
                return past
        return None

    def earlier(self, at: int) -> Past | None:
        """The nearest date of a main clause in the lines before that of ``at``.

        It must be near, and its year that of most dates before ``at``: where a text jumps between years, none carries on.
        """
        line = self.line_start(at)
        for past in self.past[: -CANDIDATES - 1 : -1]:
            if past.start >= line or self._aside(self.line_start(past.start), past) or self._planned(past, at):
                continue
            recent = [other.year for other in self.past[-VOTES:]]
            if 2 * recent.count(past.year) <= len(recent):
                return None
            gap = self.text.count("\n", past.end, at) if at - past.end <= 2 * LOOK_BACK else NEAR_LINES + 1
            return past if gap <= (NEAR_LINES if past.month or self._heads(past) else 2) else None
        return None

    def year_for(self, at: int, month: int, day: int | None) -> int | None:
        """The year of month ``month`` (and day) written without one at ``at``; None where the text leaves it open."""
        near = self.antecedent(at)
        if near is not None and ("。" not in self.text[near.end : at] or self._plausible(near.year, month, day)):
            return near.year
        if near is None and self._in_title(at):
            return self.document_year(month, day)  # a title stands for itself: no year from another line
        in_period = self._in_period(month, day)
        if in_period is not None:
            return in_period
        before = self.earlier(at)
        if before is not None and self._plausible(before.year, month, day):
            return before.year
        return self.document_year(month, day) or (near or before or _NOWHERE).year or None

    def document_year(self, month: int, day: int | None) -> int | None:
        """The year that puts the month and day nearest to the document's own date."""
        if self.document is None:
            return None
        year, own_month, own_day = self.document
        if not own_month:
            return year
        own = date(year, own_month, own_day or 15)
        options = [value for value in (year - 1, year, year + 1) if edtf.date_value(value, month, day or 15)]
        return min(options, key=lambda value: abs(date(value, month, day or 15) - own), default=None)

    def century(self) -> int | None:
        """The first year of the century the document was written in: by its own date, else by a day that it tells of."""
        if self.document is not None:
            return self.document[0] // 100 * 100
        return max((past.year // 100 * 100 for past in self.past if past.day), default=None)

    def same_day(self, month: int, day: int) -> int | None:
        """The year of an earlier full date with the same month and day: a dateline repeats the day of the document."""
        for past in self.past[: -CANDIDATES - 1 : -1]:
            if (past.month, past.day) == (month, day):
                return past.year
        return None

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

    def _in_title(self, at: int) -> bool:
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

    def _heads(self, past: Past) -> bool:
        """Whether a year stands in a heading: a line without a full stop."""
        end = self.text.find("\n", past.end, past.end + 60)
        return end >= 0 and "。" not in self.text[self.line_start(past.start) : end]


_NOWHERE = Past(0, 0, 0, 0, 0)
