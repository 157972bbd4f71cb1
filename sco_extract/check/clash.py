"""When two reports of what is one event cannot both be right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import Literal

from sco_extract.check.view import Event, View
from sco_extract.link.when import Days

What = Literal["date", "place", "mode", "outcome"]

# One ordinal on two days further apart than this is a repeated ordinal (MTG303), not one event with two dates.
SAME_SITTING = 180
# Reports of a series in one place, without an ordinal, are of one sitting when their days are no further apart: within a
# document a section repeats the date, between documents a digit goes wrong.
NEAR_HERE, NEAR_THERE = 7, 10
MONTHS_APART = 31  # 2024年7月8日 and 2024年8月8日: the month went wrong
CROWD = 100  # more different reports of one thing are compared with their neighbors only
LONGEST_EVENT = 27  # days: what is longer is a month or more, not the days of an event


@dataclass(frozen=True, slots=True)
class Clash:
    """Two reports and what they contradict each other in."""

    here: Event
    there: Event
    what: What


def clashes(view: View) -> Iterator[tuple[Sequence[Event], Sequence[Event], What]]:
    """Pairs of reports, all that say the one and all that say the other, for each series.

    Reports that say the same are taken together, so that the cost grows with the values, not with the sources.
    """
    for series in sorted(view.series):
        said: dict[tuple[object, ...], list[Event]] = defaultdict(list)
        for event in view.series[series]:
            record = event.record
            said[record.ordinal, event.when, record.place, record.mode, record.status].append(event)
        groups = sorted(said.values(), key=lambda events: (events[0].dates, view.order.get(events[0].source, 0)))
        for first, second in _comparable(groups):
            if what := _clash(groups[first], groups[second], view):
                yield groups[first], groups[second], what
        yield from _denied(groups)


def _denied(groups: Sequence[Sequence[Event]]) -> Iterator[tuple[Sequence[Event], Sequence[Event], What]]:
    """Reports that a sitting was held on a day of a time in which another report says that it was not."""
    denials = [group for group in groups if group[0].record.status == "not_held" and group[0].dates]
    for denial in denials[:CROWD]:
        for group in groups:
            event, denied = group[0], denial[0]
            if event.record.status != "held" or event.day is None or not denied.dates[0].holds(event.day):
                continue
            if event.record.ordinal is None or denied.record.ordinal in (None, event.record.ordinal):
                yield group, denial, "outcome"


def _comparable(groups: Sequence[Sequence[Event]]) -> Sequence[tuple[int, int]]:
    """Pairs of places in ``groups`` that can clash: of one ordinal, one entity, one first day, or one venue and near in time.

    So that the cost grows with the sittings of a series, not with their square.
    """
    alike: dict[tuple[object, ...], list[int]] = defaultdict(list)
    venues: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for number, group in enumerate(groups):
        event = group[0]
        if event.record.ordinal is not None:
            alike["ordinal", event.record.ordinal].append(number)
        for cluster in {one.cluster for one in group}:
            alike["cluster", cluster].append(number)
        if event.day is not None:
            alike["day", event.day.first].append(number)
            venues[event.record.place, event.record.mode].append(number)
    pairs = {
        pair
        for numbers in alike.values()
        for pair in (combinations(numbers, 2) if len(numbers) <= CROWD else pairwise(numbers))
    }
    for numbers in venues.values():  # in order of time, as the groups are
        for at, number in enumerate(numbers):
            begin = groups[number][0].dates[0].last
            for other in numbers[at + 1 :]:
                if (groups[other][0].dates[0].first - begin).days > MONTHS_APART:
                    break
                pairs.add((number, other))
    return sorted(pairs)


def _clash(one: Sequence[Event], two: Sequence[Event], view: View) -> What | None:
    first, second = one[0], two[0]
    if "not_held" in (first.record.status, second.record.status):
        return None
    ordinals = first.record.ordinal, second.record.ordinal
    if None not in ordinals and ordinals[0] != ordinals[1]:
        return None
    sure = ordinals[0] is not None and ordinals[0] == ordinals[1]
    sure = sure or not {event.cluster for event in one}.isdisjoint(event.cluster for event in two)
    here, there = first.day, second.day
    if here is None or there is None:
        return None
    if compatible(here, there):
        return _other_venue(first, second, view) if min(here.length, there.length) <= LONGEST_EVENT else None
    if first.record.status != second.record.status or lasts_long(first, view):
        return None
    if sure:
        return "date" if here.distance(there) <= SAME_SITTING else None
    together = not {event.source for event in one}.isdisjoint(event.source for event in two)
    return "date" if _one_sitting(first, second, view, NEAR_HERE if together else NEAR_THERE) else None


def compatible(one: Days, two: Days) -> bool:
    """Whether two dates can be of one event: equal, or a day or month that names the other loosely.

    A day within the days of an event agrees with them, and so does a month that holds some of them (7月 of 6月29日至7月2日);
    two ranges of days with different ends do not.
    """
    if one == two:
        return True
    if not one.holds(two) and not two.holds(one):
        return one.overlaps(two) and max(one.length, two.length) > LONGEST_EVENT
    return not (1 < one.length <= LONGEST_EVENT and 1 < two.length <= LONGEST_EVENT)


def _one_sitting(one: Event, two: Event, view: View, near: int) -> bool:
    """Whether two reports without a common ordinal, with different dates, are of one sitting of a body that sits rarely."""
    here, there = one.day, two.day
    if here is None or there is None or one.series in view.often:
        return False
    video = one.record.mode == two.record.mode == "video"
    if not video and not (one.record.place and one.record.place == two.record.place):
        return False
    if here.overlaps(there) or here.distance(there) <= near:
        return max(here.length, there.length) <= LONGEST_EVENT
    first, second = here.first, there.first
    return first.day == second.day and here.length == there.length and here.distance(there) <= MONTHS_APART


def _other_venue(one: Event, two: Event, view: View) -> What | None:
    """``place`` or ``mode`` where two reports of a day name different ones; being online as well contradicts nothing."""
    places = [place for place in (one.record.place, two.record.place) if place]
    if not all(view.knows(place) for place in places):
        return None
    if not view.same_place(one.record.place, two.record.place):
        return "place"
    return "mode" if {one.record.mode, two.record.mode} == {"video", "in_person"} and len(places) == 1 else None


def lasts_long(event: Event, view: View) -> bool:
    """Whether the name is of a session that goes on for weeks or months, so that one ordinal has many days."""
    return any(word in event.record.name for word in view.lexicon.words("check_long_session"))


def sides(one: Sequence[Event], two: Sequence[Event], view: View) -> tuple[Sequence[Event], Sequence[Event]]:
    """The side that fewer sources say first, of equals the one that comes later in the corpus."""

    def weight(side: Sequence[Event]) -> tuple[int, int, int]:
        first = side[0]
        return len({event.source for event in side}), -view.order.get(first.source, 0), -first.record.span.start

    return (one, two) if weight(one) <= weight(two) else (two, one)


def within(one: Iterable[Event], two: Sequence[Event]) -> Iterator[tuple[Event, Event]]:
    """For each source that says both: its first report of either, in the order of the text."""
    others: dict[str, Event] = {}
    for event in two:
        others.setdefault(event.source, event)
    seen: set[str] = set()
    for event in one:
        if event.source in others and event.source not in seen:
            seen.add(event.source)
            pair = sorted((event, others[event.source]), key=lambda found: found.record.span.start)
            yield pair[1], pair[0]
