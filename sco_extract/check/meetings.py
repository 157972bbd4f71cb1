"""Contradictions about events within a document, and in the ordinals of a series."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import combinations, pairwise

from sco_extract.check.clash import CROWD, SAME_SITTING, clashes, compatible, lasts_long, within
from sco_extract.check.rule import Check, Contradiction, Passage
from sco_extract.check.view import Event, View
from sco_extract.link.fold import comparable, fold_event
from sco_extract.model.records import Span

# Two names are of one event only where so many characters in a row say the same special thing, and so much of the
# shorter name stands in the longer one. Bodies that sit side by side share less (…理事会会议).
COMMON_RUN = 6
COMMON_SHARE = 0.7
LONGEST = 14  # days: events of one day in one city; a fair lasts longer and holds many of them
# A sitting with a lower ordinal that is so many days later than one with a higher ordinal is out of order.
BACKWARDS = 30
NEXT = 400  # days: the next sitting of an annual body
# Ordinals that grow by one a year on so many sittings show an annual series.
ANNUAL = 3

_INTRODUCED = re.compile(r"（[^（）]*简称[^（）]*）|\([^()]*简称[^()]*\)")
_COLON = re.compile(r"[：:]")
_LOOSE = re.compile(r"[、，,：:和与及的]")


def two_values(view: View) -> Iterator[Contradiction]:
    """One event has two dates or two places in one document, or is held and not held.

    A report is put together from the contributions of several bodies, and an event that two of them mention is dated by
    each. Reports are of one event when series and ordinal are equal, or when a body that sits rarely is said to have sat
    twice within a week in one place.

    Good: 首届…论坛于3月18日至19日举行 in both sections. Bad: 3月18日至19日 in one section, 3月18日至20日 in another.

    Limitation: working groups, senior officials and other bodies that sit often are compared by ordinal only. A day within
    the days of an event (7月4日 of 7月3日至4日) is no contradiction.
    """
    for one, two, what in clashes(view):
        if what == "mode":
            continue
        for here, there in within(one, two):
            yield Contradiction(
                _passage(here),
                (_passage(there),),
                {
                    "name": here.record.name,
                    "what": f"@{what}",
                    "here": here.says(what),
                    "there": there.says(what),
                },
            )


def two_names(view: View) -> Iterator[Contradiction]:
    """One event (same day, same city) has two names in one document.

    The names share a long run of characters that says what the event is about, and the same kind of event.

    Good: different events of one day in one city. Bad: 数字经济与绿色发展圆桌会议 and “主席国：数字经济与绿色发展”圆桌会议,
    both on 2024年3月5日 in 杜尚别.

    Limitation: names that share fewer than six characters beyond the organisation are left alone, as are two events of
    different known series.
    """
    by_day: dict[tuple[str, tuple[str, ...], str], list[Event]] = defaultdict(list)
    for event in view.events:
        if event.record.place and event.day and event.day.length <= LONGEST and event.record.status == "held":
            by_day[event.source, tuple(event.record.dates), event.record.place].append(event)
    for events in by_day.values():
        for event in events:
            if event.record.series is None:
                yield from _named_twice(event, view)
        for there, here in combinations(events[:CROWD], 2):
            if _one_event(there, here, view):
                yield _names(here, (here.record.name, here.record.span), (there.record.name, there.record.span))


def _named_twice(event: Event, view: View) -> Iterator[Contradiction]:
    """A report whose mentions, which extraction found to be of one event, have two names."""
    named = [(_INTRODUCED.sub("", span.quote), span) for span in event.record.mentions]
    for name, span in named[1:]:
        if _other_name(named[0][0], name, view):
            yield _names(event, (name, span), named[0])
            return


def _names(event: Event, here: tuple[str, Span], there: tuple[str, Span]) -> Contradiction:
    return Contradiction(
        Passage(event.source, here[1]),
        (Passage(event.source, there[1]),),
        {"time": event.when, "place": event.record.place or "", "here": here[0], "there": there[0]},
    )


def _one_event(one: Event, two: Event, view: View) -> bool:
    if one.record.series and two.record.series:
        return False
    if one.record.ordinal is not None and two.record.ordinal is not None:
        return False
    return _other_name(one.record.name, two.record.name, view)


def _other_name(one: str, two: str, view: View) -> bool:
    """Whether two names are of one event and yet not one name, in full and in short or with 主题为 and without."""
    first, second = fold_event(one, view.lexicon), fold_event(two, view.lexicon)
    if not first.head or first.head != second.head:
        return False
    if first.organisations and second.organisations and first.organisations != second.organisations:
        return False
    bare = [_LOOSE.sub("", comparable(name)) for name in (one, two)]
    whole = [fold_event(_COLON.sub("", name), view.lexicon).extra for name in (one, two)]
    if bare[0] in bare[1] or bare[1] in bare[0] or whole[0] == whole[1]:
        return False
    return _alike(first.extra, second.extra) or _alike(*whole)


def _alike(one: str, two: str) -> bool:
    shorter, longer = sorted((one, two), key=len)
    if len(shorter) < COMMON_RUN:
        return False
    matcher = SequenceMatcher(None, shorter, longer, autojunk=False)
    blocks = [block.size for block in matcher.get_matching_blocks()]
    return max(blocks) >= COMMON_RUN and sum(size for size in blocks if size > 1) >= COMMON_SHARE * len(shorter)


def broken_ordinals(view: View) -> Iterator[Contradiction]:
    """The ordinals of a series do not fit its dates: repeated, out of order, two for one sitting, or one left out.

    Good: 第二十一次 in 2021, 第二十四次 in 2024. Bad: 第九次 in 2023 and again in 2024; 第八次 held after 第九次; two ordinals
    for one day; 第六次 held and, in the same document, 第八次 announced with no 第七次 known; an annual series that skips one.

    Limitation: sittings that no source names are not missed; a series counts as annual only where three sittings show it.
    """
    for series in sorted(view.series):
        numbered = [
            event
            for event in view.series[series]
            if event.record.ordinal is not None and event.record.status != "not_held" and not lasts_long(event, view)
        ]
        if len(numbered) > 1:
            yield from _dated(sorted((event for event in numbered if event.day), key=_by_day), view)
            yield from _left_out(numbered, view)


def _dated(events: Sequence[Event], view: View) -> Iterator[Contradiction]:
    """Faults between sittings with dates, each pair of ordinals once."""
    seen: set[tuple[int, int, str]] = set()
    for earlier, later in _neighbours(events):
        first, second = _number(earlier), _number(later)
        why = _why(earlier, later, first, second)
        key = (first, second, why)
        if why and key not in seen:
            seen.add(key)
            yield _ordinal(later, earlier, why)
    if events and not any(word in events[0].record.name for word in view.lexicon.words("check_often")):
        yield from _off_beat(events)


def _neighbours(events: Sequence[Event]) -> Iterator[tuple[Event, Event]]:
    """Each sitting with the one before it, and with the last one of its own ordinal."""
    last: dict[int, Event] = {}
    for earlier, later in pairwise(events):
        last[_number(earlier)] = earlier
        yield earlier, later
        same = last.get(_number(later))
        if same is not None and same is not earlier:
            yield same, later


def _why(earlier: Event, later: Event, first: int, second: int) -> str:
    """What is wrong between two sittings in order of time; '' for nothing."""
    if earlier.day is None or later.day is None or earlier.record.status == later.record.status == "planned":
        return ""
    distance = earlier.day.distance(later.day)
    if first == second:
        return "@repeated" if distance > SAME_SITTING else ""
    if first > second and distance >= BACKWARDS:
        return "@backwards"
    if compatible(earlier.day, later.day) and later.day.length <= 7 and earlier.record.place == later.record.place:
        return "@two_ordinals" if later.record.mode == earlier.record.mode else ""
    return ""


def _off_beat(events: Sequence[Event]) -> Iterator[Contradiction]:
    """A sitting of an annual series whose ordinal is ahead of what the sittings before and after it show."""
    points: dict[int, Event] = {}
    for event in events:
        if event.day is not None:
            points.setdefault(event.day.first.year, event)
    beat: dict[int, list[int]] = defaultdict(list)
    for year, event in points.items():
        beat[year - _number(event)].append(year)
    offset, years = max(beat.items(), key=lambda entry: (len(entry[1]), entry[0]), default=(0, []))
    if len(years) < ANNUAL:
        return
    for year, event in points.items():
        ahead = _number(event) - (year - offset)
        inside = min(years) < year < max(years)
        if ahead and (inside or (ahead > 0 and year > max(years))):
            nearest = min(years, key=lambda known: (abs(known - year), known))
            yield _ordinal(event, points[nearest], "@off_beat")


def _left_out(events: Sequence[Event], view: View) -> Iterator[Contradiction]:
    """A document that reports a sitting and announces the next but one."""
    known = {_number(event) for event in events}
    latest: dict[str, Event] = {}
    for event in events:
        if event.record.status == "held":
            before = latest.get(event.source)
            latest[event.source] = event if before is None or _number(before) < _number(event) else before
    for event in events:
        held = latest.get(event.source)
        if event.record.status != "planned" or held is None or _number(event) - 1 in known:
            continue
        if _number(event) == _number(held) + 2 and _soon(held, event):
            yield _ordinal(event, held, "@left_out")


def _soon(held: Event, announced: Event) -> bool:
    """Whether an announced sitting follows so soon that no other one can have been in between unnoticed."""
    if not held.dates or not announced.dates:
        return not announced.dates
    return held.dates[-1].distance(announced.dates[0]) <= NEXT


def _ordinal(here: Event, there: Event, why: str) -> Contradiction:
    return Contradiction(
        _passage(here),
        (_passage(there),),
        {
            "name": here.record.name,
            "why": why,
            "here": str(here.record.ordinal),
            "when": here.when or here.record.status,
            "there": str(there.record.ordinal),
            "then": there.when or there.record.status,
        },
    )


def _number(event: Event) -> int:
    return event.record.ordinal or 0


def _by_day(event: Event) -> tuple[str, int]:
    return (event.day.first.isoformat() if event.day else "", _number(event))


def _passage(event: Event) -> Passage:
    return Passage(event.source, event.record.span)


CHECKS: tuple[Check, ...] = (
    Check("MTG301", "event-with-two-dates-or-places", "error", two_values),
    Check("MTG302", "event-with-two-names", "warning", two_names),
    Check("MTG303", "broken-ordinals", "warning", broken_ordinals),
)
