"""A linked corpus as the checks look at it: single reports of events, those that can be one event side by side."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from sco_extract.lexicon.load import Lexicon
from sco_extract.link.decisions import country_of
from sco_extract.link.fold import fold_event
from sco_extract.link.linked import Cited, Linked
from sco_extract.link.occasions import is_plain, series_of
from sco_extract.link.series import Coverage
from sco_extract.link.when import Days, days_of
from sco_extract.model.records import Meeting

_BETWEEN = re.compile(r"[、，,和及与]")
# An event without a series is recognized by its name only where so many characters say what it is about.
TELLING = 4
TELLING_WITHIN = 2  # beside the name of an organisation: 中国—东盟绿色论坛
# Two sittings of a series within so many days, reported by one source, show that the series sits often.
OFTEN = 150
APART = 8  # days: nearer reports may be two dates of one sitting
EXACT = 31  # days: a date of no more than a month says when an event was


@dataclass(frozen=True, slots=True, eq=False)
class Event:
    """What one source says of one event. ``series`` is the id of its series, else its folded name; '' where neither tells."""

    source: str
    record: Meeting
    cluster: str
    series: str
    dates: tuple[Days, ...]

    @property
    def day(self) -> Days | None:
        """The date of an event with exactly one, known to a month or better."""
        return self.dates[0] if len(self.dates) == 1 and self.dates[0].length <= EXACT else None

    def says(self, what: str) -> str:
        """The value of ``date``, ``place`` or ``outcome``, or of ``mode``: where, else how; as a word of the catalogue."""
        if what == "date":
            return self.when
        if what == "outcome":
            return f"@{self.record.status}:{self.when}"
        if what == "place":
            return self.record.place or ""
        return f"@in:{self.record.place}" if self.record.place else f"@{self.record.mode}"

    @property
    def when(self) -> str:
        """The dates as EDTF."""
        return ", ".join(self.record.dates)


class View:
    """Indexes over ``linked``, made when first asked for."""

    def __init__(self, linked: Linked, lexicon: Lexicon) -> None:
        self.linked = linked
        self.lexicon = lexicon

    @cached_property
    def order(self) -> Mapping[str, int]:
        """Place of each source in the corpus."""
        return {source: number for number, source in enumerate(self.linked.sources)}

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """All reports of events, in the order of sources and text."""
        found = [
            self._event(member, cluster.entity.id) for cluster in self.linked.meetings for member in cluster.members
        ]
        return tuple(sorted(found, key=lambda one: (self.order.get(one.source, 0), one.record.span.start)))

    @cached_property
    def series(self) -> Mapping[str, Sequence[Event]]:
        """Reports by series, each in the order of sources and text."""
        groups: dict[str, list[Event]] = defaultdict(list)
        for event in self.events:
            if event.series:
                groups[event.series].append(event)
        return groups

    @cached_property
    def coverage(self) -> Coverage:
        """What time the sources speak of."""
        return Coverage.of(self.linked.sources, self.linked.meetings)

    @cached_property
    def often(self) -> frozenset[str]:
        """Series that sit more often than every OFTEN days, as their names or a single source show."""
        words = self.lexicon.words("check_often")

        def named_so(events: Sequence[Event]) -> bool:
            return 2 * sum(any(word in event.record.name for word in words) for event in events) > len(events)

        return frozenset(series for series, events in self.series.items() if named_so(events) or _sits_often(events))

    def country(self, place: str | None) -> str | None:
        """The country of a place, or of a country's own name; None where the lexicon knows neither."""
        return country_of(place, self.lexicon)

    def knows(self, place: str) -> bool:
        """Whether the lexicon knows every place that is named; of an unknown one it is not certain that it is a place."""
        return all(part in self.lexicon.places or part in self.lexicon.countries for part in _BETWEEN.split(place))

    def same_place(self, one: str | None, two: str | None) -> bool:
        """Whether two places can be one: equal, one of several, a city and its country, or not said."""
        if not one or not two or one in two or two in one:
            return True
        known = self.lexicon.places.get(one), self.lexicon.places.get(two)
        if known[0] is not None and known[0] == known[1]:
            return True
        if any(place is not None and place.kind != "city" for place in known):
            return self.country(one) == self.country(two)
        if one in self.lexicon.countries or two in self.lexicon.countries:
            return self.country(one) == self.country(two)
        return False

    def _event(self, member: Cited[Meeting], cluster: str) -> Event:
        record = member.record
        dates = tuple(days for days in map(days_of, record.dates) if days is not None)
        return Event(
            member.source, record, cluster, series_of(record, self.lexicon) or self._name_key(record.name), dates
        )

    def _name_key(self, name: str) -> str:
        """The folded name of an event without a series; '' where it says too little to be recognized by."""
        folded = fold_event(name, self.lexicon)
        telling = TELLING_WITHIN if folded.organisations else TELLING
        if is_plain(folded, self.lexicon) or not folded.head or len(folded.extra) < telling:
            return ""
        return "|".join((folded.core, *folded.organisations, *folded.years))


def _sits_often(events: Iterable[Event]) -> bool:
    """Whether one source reports two sittings more than APART and fewer than OFTEN days apart."""
    by_source: dict[str, list[Days]] = defaultdict(list)
    for event in events:
        if event.record.status == "held":
            by_source[event.source].extend(event.dates)
    return any(
        APART <= one.distance(two) < OFTEN for dates in by_source.values() for one, two in pairwise(sorted(dates))
    )
