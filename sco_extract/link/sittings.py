"""A sitting that is being put together from what sources say, and the sittings of a block by time."""

from __future__ import annotations

import sys
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from sco_extract.link.occasions import PERIOD_DAYS, Occasion, overlap, places_differ, same_place

# More sittings without an ordinal in the time of an ordinal without a date are no choice that a person would look at.
FEW = 3


@dataclass(slots=True, eq=False)
class Sitting:
    """Occasions found to be one event so far; ``first`` and ``last`` day over those with days.

    ``said`` holds one occasion for each different thing that is said of time, place and status, so that comparing with a
    sitting that ten thousand sources name costs no more than with one that three name.
    """

    strict: bool = False  # the name belongs to no known organisation or series: place or days must say it is this event
    members: list[Occasion] = field(default_factory=list)
    said: dict[tuple[object, ...], Occasion] = field(default_factory=dict)
    by_source: dict[str, list[Occasion]] = field(default_factory=dict)
    ordinals: set[int] = field(default_factory=set)
    first: int | None = None
    last: int | None = None
    near: list[tuple[Sitting, str]] = field(default_factory=list)

    @classmethod
    def of(cls, one: Occasion, *, strict: bool) -> Sitting:
        """A sitting that one occasion tells of."""
        sitting = cls(strict)
        sitting.add(one)
        return sitting

    def add(self, one: Occasion) -> None:
        """Take another occasion in."""
        self.members.append(one)
        profile = (
            one.spans,
            one.cities,
            one.country,
            one.video,
            one.record.status,
            one.record.ordinal,
            one.record.name,
        )
        self.said.setdefault(profile, one)
        self.by_source.setdefault(one.source, []).append(one)
        if one.record.ordinal is not None:
            self.ordinals.add(one.record.ordinal)
        if one.precision in ("days", "several"):
            self.first = one.spans[0][0] if self.first is None else min(one.spans[0][0], self.first)
            self.last = one.spans[-1][1] if self.last is None else max(one.spans[-1][1], self.last)

    def take(self, other: Sitting) -> None:
        """Take all of another sitting in."""
        for one in other.members:
            self.add(one)
        self.near += other.near

    def against(self, one: Occasion) -> str:
        """Why ``one`` is not this sitting, or an empty string."""
        ordinal = one.record.ordinal
        same_ordinal = ordinal is not None and ordinal in self.ordinals
        here = any(one.cities & other.cities and overlap(one, other) for other in self.said.values())
        if ordinal is not None and self.ordinals and not same_ordinal and not here:
            return f"differs in ordinals {ordinal}/{min(self.ordinals)}"
        for other in self.said.values():
            if (one.record.status == "not_held") != (other.record.status == "not_held"):
                return "the one was held or planned, the other not held"
            if not same_ordinal and places_differ(one, other):
                return f"differs in {one.record.place}/{other.record.place}: a place"
        if self.strict and not (one.precision == "days" and self.overlaps(one)) and not self.shares_place(one):
            return "the name alone does not say which event it is"
        if not same_ordinal and any(_told_apart(one, other) for other in self.by_source.get(one.source, ())):
            return "one source tells the two apart"
        return ""

    def status_differs(self, one: Occasion) -> bool:
        """Whether the one was held or announced and the other not held."""
        return any(
            (one.record.status == "not_held") != (each.record.status == "not_held") for each in self.said.values()
        )

    def shares_place(self, one: Occasion) -> bool:
        """Whether ``one`` is said to be in the same city or, like the sitting, by video."""
        return any(same_place(one, other) for other in self.said.values())

    def overlaps(self, one: Occasion) -> bool:
        """Whether a day of ``one`` may be a day of the sitting."""
        return any(overlap(one, other) for other in self.said.values())


def _told_apart(one: Occasion, other: Occasion) -> bool:
    """Whether a source that lists both means two: one by video and one not, or one planned and one held."""
    by_mode = bool(one.record.mode and other.record.mode and one.video != other.video)
    by_status = one.record.status != other.record.status and one.precision != other.precision
    return by_mode or by_status


class Timeline:
    """The sittings of a block, to be asked for those in a time or of a source."""

    def __init__(self, sittings: Iterable[Sitting], *, strict: bool) -> None:
        self._strict = strict
        self.sittings = list(sittings)
        self._days = sorted(
            ((first, number) for number, sitting in enumerate(self.sittings) for first in _first_days(sitting)),
        )
        self._by_source: dict[str, list[Sitting]] = defaultdict(list)
        self._periods: dict[tuple[tuple[int, int], ...], list[Sitting]] = defaultdict(list)
        for sitting in self.sittings:
            for source in sitting.by_source:
                self._by_source[source].append(sitting)
            for spans in {one.spans for one in sitting.said.values() if one.precision == "period"}:
                self._periods[spans].append(sitting)

    def add(self, one: Occasion) -> Sitting:
        """A new sitting that ``one`` tells of; one of ``several`` days is asked for by source only."""
        sitting = Sitting.of(one, strict=self._strict)
        self.sittings.append(sitting)
        self._by_source[one.source].append(sitting)
        self._periods[one.spans].append(sitting)
        return sitting

    def join(self, one: Occasion, sitting: Sitting) -> None:
        """Add ``one`` to a sitting of this block."""
        if one.source not in sitting.by_source:
            self._by_source[one.source].append(sitting)
        sitting.add(one)

    def within(self, one: Occasion) -> Iterator[Sitting]:
        """Sittings that may have a day of ``one``, which has some, each once."""
        seen: set[int] = set()
        found: list[Sitting] = []
        for first, last in one.spans:
            begin = bisect_left(self._days, (first - PERIOD_DAYS, -1))
            end = bisect_right(self._days, (last, len(self.sittings)))
            found += (self.sittings[number] for _, number in self._days[begin:end])
        for spans, sittings in self._periods.items():
            if any(a <= d and c <= b for a, b in spans for c, d in one.spans):
                found += sittings
        for sitting in found:
            if id(sitting) not in seen and sitting.overlaps(one):
                seen.add(id(sitting))
                yield sitting

    def of_source(self, source: str) -> list[Sitting]:
        """Sittings that a source tells of."""
        return self._by_source.get(source, [])


def _first_days(sitting: Sitting) -> set[int]:
    return {first for one in sitting.said.values() if one.precision != "period" for first, _ in one.spans}


def note_undated(sittings: Sequence[Sitting]) -> None:
    """Note for a sitting known by its ordinal alone which ones without an ordinal it may be.

    It sat after every lower ordinal and before every higher one; more sittings than a few in that time say nothing.
    """
    numbered: list[tuple[int, int, int]] = []  # ordinal, first day, last day
    unnumbered: list[tuple[int, int, Sitting]] = []
    undated: list[Sitting] = []
    for sitting in sittings:
        spans = [span for one in sitting.said.values() for span in one.spans]
        first, last = (min(spans)[0], max(end for _, end in spans)) if spans else (0, 0)
        if len(sitting.ordinals) == 1 and spans:
            numbered.append((min(sitting.ordinals), first, last))
        elif len(sitting.ordinals) == 1:
            undated.append(sitting)
        elif spans and not sitting.ordinals:
            unnumbered.append((first, last, sitting))
    numbered.sort()
    unnumbered.sort(key=lambda one: one[:2])
    starts = [first for first, _, _ in unnumbered]
    for sitting in undated:
        at = bisect_left(numbered, (min(sitting.ordinals), 0, 0))
        after = numbered[at - 1][2] if at else 0
        before = numbered[at][1] if at < len(numbered) else sys.maxsize
        between = unnumbered[bisect_right(starts, after) : bisect_left(starts, before)][: FEW + 1]
        fits = [other for _, last, other in between if last < before and not _differ(sitting, other)]
        if 0 < len(fits) <= FEW and len(between) <= FEW:
            sitting.near += [(other, "the ordinal has no date, and this sitting has no ordinal") for other in fits]


def _differ(one: Sitting, other: Sitting) -> bool:
    return any(other.against(occasion) for occasion in one.said.values())
