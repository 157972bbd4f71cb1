"""What the rules of content share: where a record stands in the reading text, its sentence, whether marks enclose it."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache

from sco_extract.check.sheet import Sheet
from sco_extract.lexicon.load import Lexicon, alternation
from sco_extract.link.when import Days, days_of
from sco_extract.model.mapped import MappedText
from sco_extract.model.records import Date, Span

_STOP = "。；！？;!?\n"
_MARKS = (("《", "》"), ("〈", "〉"), ("“", "”"), ("「", "」"), ("『", "』"))
# A sentence of an official text is shorter; looking further would cost time on hostile texts.
REACH = 400


@dataclass(frozen=True, slots=True)
class Reading:
    """The reading text of a sheet (``document.text``), and the way back from the source to it."""

    text: str
    runs: tuple[tuple[int, int, int], ...]  # (source offset, reading offset, length), by source offset
    starts: tuple[int, ...]  # the source offsets

    @classmethod
    def of(cls, mapped: MappedText) -> Reading:
        """Of a text whose characters know where they came from."""
        ends = (*mapped.cuts[1:], len(mapped.text))
        runs = sorted(
            (origin, cut, end - cut)
            for origin, cut, end, new in zip(mapped.origins, mapped.cuts, ends, mapped.inserted, strict=True)
            if not new
        )
        return cls(mapped.text, tuple(runs), tuple(origin for origin, _, _ in runs))

    def at(self, offset: int) -> int | None:
        """Where the source's character ``offset`` stands in the reading text; None where it was left out."""
        index = bisect_right(self.starts, offset) - 1
        if index < 0:
            return None
        origin, cut, length = self.runs[index]
        return cut + offset - origin if offset - origin < length else None

    def place(self, span: Span) -> tuple[int, int] | None:
        """The range of ``span``; None where its ends were left out."""
        start = self.at(span.start)
        end = self.at(span.end - 1) if span.end > span.start else None
        return (start, end + 1) if start is not None and end is not None and start <= end else None

    def sentence(self, at: int) -> tuple[int, int]:
        """The range of the sentence around ``at``."""
        return sentence(self.text, at)


def sentence(text: str, at: int) -> tuple[int, int]:
    """The range of the sentence around ``at``, no further than REACH on either side."""
    low, high = max(0, at - REACH), min(len(text), at + REACH)
    start = max(text.rfind(mark, low, at) for mark in _STOP) + 1
    ends = [end for mark in _STOP if (end := text.find(mark, at, high)) >= 0]
    return max(start, low), min(ends, default=high)


def enclosed(text: str, at: int) -> bool:
    """Whether ``at`` stands inside a title's marks or a quotation of its line."""
    start = text.rfind("\n", max(0, at - REACH), at) + 1 or max(0, at - REACH)
    return any(text.rfind(opening, start, at) > text.rfind(closing, start, at) for opening, closing in _MARKS)


@cache
def word_pattern(lexicon: Lexicon, *groups: str) -> re.Pattern[str]:
    """A pattern of any word of the named groups, the longest first."""
    return re.compile(alternation(lexicon.words(*groups)))


def dated(sheet: Sheet, reading: Reading) -> list[tuple[int, int, Date, Days]]:
    """The dates with known bounds and their ranges in the reading text, in the order of the text."""
    found = []
    for record in sheet.record.dates:
        days, place = days_of(record.edtf), reading.place(record.span)
        if days is not None and place is not None:
            found.append((*place, record, days))
    return sorted(found, key=lambda one: one[:2])
