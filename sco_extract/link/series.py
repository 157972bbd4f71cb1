"""The thread of a series of meetings: its sittings in order, and what became of those that were announced."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sco_extract.link.linked import Cited, Cluster
from sco_extract.link.when import Days, days_of
from sco_extract.model.records import Meeting, MeetingEntity, Sitting, SittingOutcome, Source

MeetingCluster = Cluster[MeetingEntity, Meeting]

# A sitting held so many days after the time announced for it may still be the announced one; an annual body sits again
# after about 365 days, and that is the next sitting.
LATE = 330
# A source that names so many events of an organisation within NEAR days of an announced time reports on that time.
REPORTS = 3
NEAR = 45
# An announcement for a year, half-year or quarter counts as passed when a source reports on so much of it.
PASSED = 0.75
LONG = 62  # days: a time longer than two months is judged by PASSED, a shorter one by its last day
# The sitting of a body that sat on a day is not overdue before a year and so many days have gone.
SEASON = 60


@dataclass(frozen=True, slots=True)
class Coverage:
    """What time the sources speak of: the last day each knows of, and the days of the events it reports, by organisation."""

    until: Mapping[str, date] = field(default_factory=dict)
    reported: Mapping[str, Mapping[str, Sequence[date]]] = field(default_factory=dict)

    @classmethod
    def of(cls, sources: Mapping[str, Source], meetings: Iterable[MeetingCluster]) -> Coverage:
        """Read off the dates of the sources and of the events they report as held or as not held."""
        until: dict[str, date] = {}
        reported: dict[str, dict[str, list[date]]] = {}
        for cited in (member for cluster in meetings for member in cluster.members):
            record = cited.record
            if record.status == "planned":
                continue
            for days in filter(None, map(days_of, record.dates)):
                if days.length > LONG and record.status == "held":
                    continue  # 在2024年举行 does not say that the source knows of December
                until[cited.source] = max(until.get(cited.source, days.last), days.last)
                if record.series:
                    mine = reported.setdefault(cited.source, defaultdict(list))
                    mine[organisation(record.series)].append(days.first)
        for identity, source in sources.items():
            if (dated := days_of(source.date)) is not None:
                until[identity] = dated.last
        return cls(until, {one: {name: sorted(held) for name, held in two.items()} for one, two in reported.items()})

    def reporting(self, announced: Cited[Meeting], time: Days, last_sitting: date | None) -> str | None:
        """A source that is later than ``time`` and reports on it without the announced event; None for none."""
        series = announced.record.series
        if series is None:
            return None
        for source, held in sorted(self.reported.items()):
            known = held.get(organisation(series), ())
            if source == announced.source or not self._passed(source, time, last_sitting):
                continue
            near = Days(time.first, time.last)
            begin = bisect_left(known, date.fromordinal(near.first.toordinal() - NEAR))
            if bisect_right(known, date.fromordinal(near.last.toordinal() + NEAR)) - begin >= REPORTS:
                return source
        return None

    def _passed(self, source: str, time: Days, last_sitting: date | None) -> bool:
        """Whether ``source`` speaks of days so late that the event should have been held."""
        until = self.until.get(source)
        if until is None:
            return False
        if time.length <= LONG:
            return until > time.last
        if last_sitting is not None and (until - last_sitting).days < 365 + SEASON:
            return False
        return (until - time.first).days + 1 >= PASSED * time.length


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of an announced sitting; ``held`` is the record that says it was held, ``silent`` a later source without it."""

    outcome: SittingOutcome
    held: Cited[Meeting] | None = None
    silent: str | None = None


def organisation(series: str) -> str:
    """The organisation part of the id of a series."""
    return series.partition(".")[0]


def thread(clusters: Sequence[MeetingCluster], coverage: Coverage | None = None) -> list[Sitting]:
    """The sittings of one series in order of time and ordinal, each with its outcome.

    ``clusters`` are all meetings of the series; without ``coverage`` nothing counts as without trace.
    """
    held = held_records(clusters)
    sittings = [
        Sitting(
            meeting=cluster.entity.id,
            ordinal=cluster.entity.ordinal,
            dates=cluster.entity.dates,
            place=cluster.entity.place,
            outcome=_outcome(cluster, held, coverage or Coverage()),
        )
        for cluster in clusters
    ]
    return _in_order(sittings)


def held_records(clusters: Iterable[MeetingCluster]) -> tuple[Cited[Meeting], ...]:
    """The records of the clusters that report a sitting as held, the undated ones last."""
    held = (member for cluster in clusters for member in cluster.members if member.record.status == "held")
    return tuple(sorted(held, key=lambda member: _begin(member.record) or date.max))


def fate(announced: Cited[Meeting], held: Sequence[Cited[Meeting]], coverage: Coverage) -> Fate:
    """What the ``held`` records of the same series, in order of time, say about an announced sitting."""
    time = _time(announced.record)
    candidates = [one for one in held if _may_be(announced, one, coverage)]
    for one in candidates:
        if time is not None and any(days.overlaps(time) for days in _dates(one.record)):
            return Fate("held", one)
    for one in candidates:
        begin = _begin(one.record)
        if begin is not None and time is None:
            return Fate("held", one)
        if begin is not None and time is not None and (begin - time.last).days <= LATE:
            return Fate("held_later", one)
    if time is None:
        return Fate("announced")
    before = [begin for one in held if (begin := _begin(one.record)) and begin < time.last]
    silent = coverage.reporting(announced, time, max(before, default=None))
    return Fate("no_trace", silent=silent) if silent else Fate("announced")


def _outcome(cluster: MeetingCluster, held: Sequence[Cited[Meeting]], coverage: Coverage) -> SittingOutcome:
    statuses = {member.record.status for member in cluster.members}
    if "not_held" in statuses and "held" not in statuses:
        return "not_held"
    announced = [member for member in cluster.members if member.record.status == "planned"]
    if not announced:
        return "held"
    here = held_records([cluster])
    fates = [fate(one, here or held, coverage).outcome for one in announced]
    if here:
        return "held_later" if "held_later" in fates else "held"
    return next((one for one in ("held", "held_later", "no_trace") if one in fates), "announced")


def _may_be(announced: Cited[Meeting], held: Cited[Meeting], coverage: Coverage) -> bool:
    """Whether a sitting that was held can be the announced one: same ordinal, or after the day of the announcement."""
    first, second = announced.record.ordinal, held.record.ordinal
    if first is not None and second is not None:
        return first == second
    begin = _begin(held.record)
    if begin is None:
        return False
    time = _time(announced.record)
    known = coverage.until.get(announced.source)
    if known is None:
        return time is not None and begin >= time.first
    return begin > known or (time is not None and begin >= time.first)


def _dates(record: Meeting) -> list[Days]:
    return [days for days in map(days_of, record.dates) if days is not None]


def _time(record: Meeting) -> Days | None:
    dates = _dates(record)
    return Days(min(one.first for one in dates), max(one.last for one in dates)) if dates else None


def _begin(record: Meeting) -> date | None:
    time = _time(record)
    return time.first if time else None


def _in_order(sittings: Sequence[Sitting]) -> list[Sitting]:
    """By time; a sitting without a date stands before the first one with a higher ordinal, at the end where there is none."""
    begun = {
        sitting.meeting: min(dates)
        for sitting in sittings
        if (dates := [days.first for days in map(days_of, sitting.dates) if days is not None])
    }
    numbered = sorted(
        (sitting.ordinal, begun[sitting.meeting])
        for sitting in sittings
        if sitting.ordinal and sitting.meeting in begun
    )

    def order(sitting: Sitting) -> tuple[date, bool, int, str]:
        ordinal = sitting.ordinal or 0
        if sitting.meeting in begun:
            return begun[sitting.meeting], True, ordinal, sitting.meeting
        at = bisect_right(numbered, (ordinal, date.max)) if ordinal else len(numbered)
        return numbered[at][1] if at < len(numbered) else date.max, False, ordinal, sitting.meeting

    return sorted(sittings, key=order)
