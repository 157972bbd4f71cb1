"""Contradictions about events between documents: other dates and places, announcements and what became of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from sco_extract.check.clash import clashes, compatible, sides, within
from sco_extract.check.rule import Check, Contradiction, Passage, elsewhere
from sco_extract.check.view import Event, View
from sco_extract.link.linked import Cited
from sco_extract.link.series import Fate, fate
from sco_extract.link.when import days_of
from sco_extract.model.records import Instrument, Meeting

# As many passages of the other side as a person looks at.
SHOWN = 5
# A body that sat once more within so many days sat late; after that only a source that reports on the announced time, and
# does not know the event, shows that the next known sitting is the announced one.
SOON = 120
LONGEST_BODY = 30  # code points of a body's name at the beginning of a title


def other_values(view: View) -> Iterator[Contradiction]:
    """An event has another date or place in another document, or is held here and not held there.

    Reports are of one event when series and ordinal are equal, or when a body that sits rarely is said to have sat on two
    near days (up to ten, or the same day of the next month) in one place or by video.

    Good: 2024年7月8日，青岛 in both. Bad: 财长会议（2023年3月2日，视频会议） in a report, （2023年3月3日，视频方式） in a communiqué.

    Limitation: working groups, senior officials and other bodies that sit often are compared by ordinal only; so are all
    bodies where the year differs. The passage is the side that fewer sources say.
    """
    for one, two, what in clashes(view):
        if what == "mode" or any(within(one, two)):
            continue
        few, many = sides(one, two, view)
        here, there = few[0], many[0]
        if here.source != there.source:
            yield Contradiction(
                Passage(here.source, here.record.span),
                _passages(many),
                {
                    "name": here.record.name,
                    "what": f"@{what}",
                    "here": here.says(what),
                    "there": there.says(what),
                    "source": there.source,
                },
            )


def announced(view: View) -> Iterator[Contradiction]:
    """An event that was announced was held at another time, in another country, or no later source reports it.

    Without a trace is an event whose time has passed in the corpus: a later source reports at least three events of the
    same organisation around that time and not this one. An announcement for a year counts as passed when three quarters of
    it are reported on, but not within a year of the body's last known sitting.

    Good: announced for 2024, held on 2024年2月1日. Bad: 支持于2023年11月举办部长会议, and the meeting sat in 2024年4月.

    Limitation: events without a known series are only found again under the same name.
    """
    for series in sorted(view.series):
        held = [event for event in view.series[series] if event.record.status == "held" and event.dates]
        held.sort(key=lambda event: event.dates)
        cited = [Cited(event.source, event.record) for event in held]
        seen: set[tuple[int | None, str]] = set()
        for event in view.series[series]:
            said = event.record.ordinal, event.when
            if event.record.status == "planned" and event.dates and said not in seen:
                seen.add(said)
                yield from _announcement(event, cited, view)


def _announcement(event: Event, held: Sequence[Cited[Meeting]], view: View) -> Iterator[Contradiction]:
    ended = fate(Cited(event.source, event.record), held, view.coverage)
    if ended.held is not None and (there := _otherwise(event, ended, view)):
        passage = Passage(ended.held.source, ended.held.record.span)
        yield _announced(event, (passage,), there)
    elif ended.silent is not None:
        yield _announced(event, (), f"@silent:{ended.silent}")


def _otherwise(event: Event, ended: Fate, view: View) -> str:
    """How the sitting that was held differs from the announced one; '' where it does not, or may be the next one."""
    if ended.held is None:
        return ""
    record = ended.held.record
    when = ", ".join(record.dates)
    if ended.outcome == "held_later":
        held, time = days_of(record.dates[0]), event.dates[-1]
        late = held is not None and held.distance(time) > SOON
        same = record.ordinal is not None and record.ordinal == event.record.ordinal
        if event.series in view.often and not same:
            return ""
        if late and not same and not view.coverage.reporting(Cited(event.source, event.record), time, None):
            return ""
        return f"@held:{when}"
    if event.day is not None:  # another place on the announced day is found by ``other_values``
        held = days_of(record.dates[0]) if len(record.dates) == 1 else None
        return f"@held:{when}" if held is not None and not compatible(event.day, held) else ""
    if not event.record.place or not record.place:
        return ""
    if view.same_place(event.record.place, record.place):
        return ""
    countries = view.country(event.record.place), view.country(record.place)
    return f"@held:{when} ({record.place})" if None not in countries and countries[0] != countries[1] else ""


def _announced(event: Event, others: tuple[Passage, ...], there: str) -> Contradiction:
    where = f" ({event.record.place})" if event.record.place else ""
    values = {"name": event.record.name, "here": event.when + where, "there": there}
    return Contradiction(Passage(event.source, event.record.span), others, values)


def online_or_there(view: View) -> Iterator[Contradiction]:
    """A body sat at a place here and by video there, on the same day.

    A place beside a document of that body and day counts as well: what was adopted by a meeting on video has the place of
    the chair by custom, which readers take for the place of the meeting.

    Good: 新德里 and 线上线下. Bad: 元首理事会会议（2023年7月4日，视频方式） beside 《元首理事会…的声明》（2023年7月4日，新德里）.

    Limitation: a document whose title or sentence does not name its body is only listed beside one that does.
    """
    for one, two, what in clashes(view):
        if what == "mode":
            few, many = sides(one, two, view)
            yield _modes(few[0], many)
    yield from _documents_of_video(view)


def _modes(here: Event, others: Sequence[Event]) -> Contradiction:
    there = others[0]
    return Contradiction(
        Passage(here.source, here.record.span),
        _passages(others),
        {
            "name": here.record.name,
            "time": here.when,
            "here": here.says("mode"),
            "there": there.says("mode"),
            "source": elsewhere(here.source, there.source),
        },
    )


def _documents_of_video(view: View) -> Iterator[Contradiction]:
    """Documents with a place whose body sat by video that day; the other documents of day and place stand beside them."""
    video: dict[tuple[str, str], list[Event]] = defaultdict(list)
    for event in view.events:
        if event.record.mode == "video" and not event.record.place and event.record.series:
            for date in event.record.dates:
                video[event.record.series, date].append(event)
    beside: dict[tuple[str, str, str], list[Cited[Instrument]]] = defaultdict(list)
    for cited in (member for cluster in view.linked.documents for member in cluster.members) if video else ():
        if cited.record.date and cited.record.place and not cited.record.draft:
            beside[cited.source, cited.record.date, cited.record.place].append(cited)
    for (_, date, place), members in beside.items():
        named = [(member, events) for member in members if (events := video.get((adopting(member.record, view), date)))]
        if named:
            first, events = named[0]
            here = Passage(first.source, first.record.span)
            more = [Passage(one.source, one.record.span) for one in members if one is not first]
            yield Contradiction(
                here,
                (*_passages(events), *more),
                {
                    "name": events[0].record.name,
                    "time": date,
                    "here": f"@in:{place}",
                    "there": "@video",
                    "source": elsewhere(first.source, events[0].source),
                },
            )


def adopting(record: Instrument, view: View) -> str:
    """The series of the body that adopted a document, as the text says or the title begins; '' where neither names one."""
    bodies = view.lexicon.bodies
    if record.body:
        body = bodies.get(record.body)
        return body.id if body else ""
    longest = min(len(record.title), LONGEST_BODY)
    return next((bodies[record.title[:end]].id for end in range(longest, 2, -1) if record.title[:end] in bodies), "")


def _passages(events: Sequence[Event]) -> tuple[Passage, ...]:
    return tuple(Passage(event.source, event.record.span) for event in events[:SHOWN])


CHECKS: tuple[Check, ...] = (
    Check("REF701", "event-dated-or-placed-otherwise", "error", other_values),
    Check("REF702", "announced-event", "info", announced),
    Check("REF703", "online-or-in-a-place", "info", online_or_there),
)
