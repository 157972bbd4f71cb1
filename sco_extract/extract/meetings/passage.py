"""The reading text with titles, brackets and quotations masked, cut into sentences."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from sco_extract.extract.meetings.vocab.heads import Heads
from sco_extract.extract.meetings.vocab.marks import BRACKET, QUOTE, TITLE
from sco_extract.extract.positions import Placed, Stops
from sco_extract.model.mentions import DateMention

# Bounded lengths keep the search linear where marks are not closed; titles of 300 characters have been met.
_GROUP = re.compile(
    r"《(?:[^《》\n]|《[^《》\n]{0,200}》){0,300}》"
    r"|（(?:[^（）\n]|（[^（）\n]{0,200}）){0,400}）"
    r"|\((?:[^()\n]|\([^()\n]{0,200}\)){0,400}\)"
    r'|"[^"\n]{0,200}"'
    r"|“[^”\n]{0,200}”|「[^」\n]{0,200}」|『[^』\n]{0,200}』"
)
_FILL = {"《": TITLE, "（": BRACKET, "(": BRACKET, "“": QUOTE, '"': QUOTE, "「": QUOTE, "『": QUOTE}
# Half-width marks divide Chinese as the full-width ones do; the mask has only the latter.
_WIDE = {ord(narrow): wide for narrow, wide in zip(",;:", "，；：", strict=True)}
_ENUMERATOR = re.compile(r"^ ?(?:[一二三四五六七八九十]{1,3}、|[0-9]{1,2}(?:[.、．](?![0-9])|[)）]))", re.MULTILINE)
_STOP = re.compile(r"[。！？!?；;\n]")


def _as_stop(match: re.Match[str]) -> str:
    """An enumerator at the start of a line (一、 1.) belongs to no name."""
    return "，" * len(match.group())


_SHORT_QUOTE = 12  # code points of a quotation that may be a mode: “线上+线下” has 7


@dataclass(frozen=True, slots=True)
class Passage:
    """A text to find events in. ``masked`` has the length of ``text``; groups are its masked ranges, in order."""

    text: str
    masked: str
    group_starts: tuple[int, ...]
    group_ends: tuple[int, ...]
    dates: Placed[DateMention]
    stops: Stops
    head_starts: tuple[int, ...]  # the head nouns outside titles, brackets and quotations
    head_ends: tuple[int, ...]

    @classmethod
    def of(cls, text: str, dates: tuple[DateMention, ...], heads: Heads) -> Passage:
        """Mask ``text``; ``dates`` are its date mentions sorted by start, ``heads`` finds the nouns of events."""
        starts: list[int] = []
        ends: list[int] = []

        def fill(match: re.Match[str]) -> str:
            starts.append(match.start())
            ends.append(match.end())
            return _FILL[match.group()[0]] * (match.end() - match.start())

        masked = _ENUMERATOR.sub(_as_stop, _GROUP.sub(fill, text).translate(_WIDE))
        nouns = heads.find(masked)
        return cls(
            text=text,
            masked=masked,
            group_starts=tuple(starts),
            group_ends=tuple(ends),
            dates=Placed(dates),
            stops=Stops(masked, _STOP),
            head_starts=tuple(start for start, _ in nouns),
            head_ends=tuple(end for _, end in nouns),
        )

    def head_ending_at(self, end: int) -> bool:
        """Whether a head noun ends at ``end``."""
        index = bisect_left(self.head_ends, end)
        return index < len(self.head_ends) and self.head_ends[index] == end

    def next_head(self, at: int, end: int) -> int | None:
        """Where the first head noun in ``[at, end)`` starts."""
        index = bisect_left(self.head_starts, at)
        return self.head_starts[index] if index < len(self.head_starts) and self.head_starts[index] < end else None

    def last_head_before(self, marks: str, start: int, end: int) -> int | None:
        """The end, mark included, of the last head noun in ``[start, end)`` that one of ``marks`` follows."""
        index = bisect_left(self.head_ends, end) - 1
        while index >= 0 and self.head_starts[index] >= start:
            if self.masked[self.head_ends[index]] in marks:
                return self.head_ends[index] + 1
            index -= 1
        return None

    def group_starting_at(self, start: int) -> tuple[int, int] | None:
        """The masked range that starts at ``start``."""
        index = bisect_left(self.group_starts, start)
        if index < len(self.group_starts) and self.group_starts[index] == start:
            return start, self.group_ends[index]
        return None

    def groups_within(self, start: int, end: int) -> list[tuple[int, int]]:
        """The masked ranges that start in ``[start, end)``."""
        low = bisect_left(self.group_starts, start)
        if low == len(self.group_starts) or self.group_starts[low] >= end:
            return []
        high = bisect_left(self.group_starts, end, low)
        return list(zip(self.group_starts[low:high], self.group_ends[low:high], strict=True))

    def dates_within(self, start: int, end: int, *, bare: bool = False) -> list[DateMention]:
        """The dates that start in ``[start, end)``; with ``bare`` only those outside titles, brackets and quotations."""
        found = self.dates.within(start, end)
        return [date for date in found if not bare or self.masked[date.start] == self.text[date.start]]

    def date_ending_in(self, start: int, end: int) -> int | None:
        """The end of the last unmasked date in ``[start, end]``; a bare number (2023旅游年) stays part of a name."""
        for date in reversed(self.dates_within(start, end, bare=True)):
            if date.end <= end and not self.text[date.start : date.end].isdigit():
                return date.end
        return None

    def sentences(self, points: list[int]) -> list[tuple[int, int, list[int]]]:
        """The sentences that hold any of the sorted ``points``: start, end, and the points in it."""
        found: list[tuple[int, int, list[int]]] = []
        at = 0
        while at < len(points):
            start, end = self.stops.sentence_start(points[at]), self.stops.sentence_end(points[at])
            upto = max(bisect_left(points, end, at), at + 1)
            found.append((start, end, points[at:upto]))
            at = upto
        return found

    def with_short_quotes(self, start: int, end: int) -> str:
        """The mask of ``[start, end)`` with quotations of a few characters readable: 以“线上+线下”方式."""
        parts: list[str] = []
        at = start
        for low, high in self.groups_within(start, end) if start < end else []:
            if self.masked[low] == QUOTE and high - low <= _SHORT_QUOTE and high <= end:
                parts.extend((self.masked[at:low], self.text[low + 1 : high - 1]))
                at = high
        return "".join(parts) + self.masked[at:end]
