"""The thread of a document: proposed, drafted, agreed, adopted, planned in a measure, reported as carried out."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date

from sco_extract.link.linked import Cited, Cluster
from sco_extract.link.when import days_of
from sco_extract.model.mentions import InstrumentAction
from sco_extract.model.records import (
    Action,
    ActionEntity,
    Instrument,
    LifecycleStep,
    LifecycleStepName,
    Meeting,
    MeetingEntity,
)

STAGES: tuple[LifecycleStepName, ...] = (
    "proposed",
    "drafting",
    "agreed",
    "adopted",
    "approved",
    "signed",
    "extended",
    "planned",
    "reported",
)
_DONE: Mapping[InstrumentAction, LifecycleStepName] = {
    "agreed": "agreed",
    "adopted": "adopted",
    "approved": "approved",
    "signed": "signed",
    "extended": "extended",
    "implementing": "reported",
}

TitleKey = Callable[[str], str]


class Threads:
    """The steps of every document of a corpus; ``key`` makes equal what is the same title.

    Built once from the meetings and measures of the corpus, asked once for each cluster of documents. ``until`` says what
    day each source knows of (``Coverage.until``): it orders steps without a date and is never shown as one.
    """

    def __init__(
        self,
        meetings: Iterable[Cluster[MeetingEntity, Meeting]],
        actions: Iterable[Cluster[ActionEntity, Action]],
        key: TitleKey,
        until: Mapping[str, date] | None = None,
    ) -> None:
        self._key = key
        self._until = until or {}
        self._adopting: dict[tuple[str, str], list[Meeting]] = defaultdict(list)
        self._measures: dict[str, list[Cited[Action]]] = defaultdict(list)
        rows: dict[str, list[Action]] = defaultdict(list)
        for meeting in (member for cluster in meetings for member in cluster.members):
            for title in meeting.record.documents:
                self._adopting[meeting.source, key(title)].append(meeting.record)
        for action in (member for cluster in actions for member in cluster.members):
            if action.record.documents:
                rows[action.source].append(action.record)
            for title in action.record.documents:
                self._measures[key(title)].append(action)
        self._rows = {source: sorted(found, key=_start) for source, found in rows.items()}

    def steps(
        self, members: Sequence[Cited[Instrument]], plans: Sequence[LifecycleStep] = (), *, bare: bool = False
    ) -> list[LifecycleStep]:
        """The steps of the document with the given mentions: by date, else by what day the source knows of; then by stage.

        A date is the one that the text attaches to the title, for adoption else the date of the meeting that adopted it
        in the same source. A mention in a plan's measure is the step *planned*, not a report; so are the ``plans`` that
        other documents are. A ``bare`` title (谅解备忘录) in a measure means this document only where it is a mention of it.
        """
        titles = dict.fromkeys(self._key(member.record.title) for member in members)
        rows = [(member, self._row(member, titles)) for member in members]
        named = (action for title in titles for action in self._measures.get(title, ()))
        inside = (Cited(member.source, row) for member, row in rows if row)
        steps = [step for member, row in rows if row is None and (step := self._said(member))]
        steps += [
            LifecycleStep(step="planned", date=None, source=action.source, span=action.record.span)
            for action in (inside if bare else named)
        ]
        return sorted(_unique([*steps, *plans]), key=self._order)

    def _row(self, member: Cited[Instrument], titles: Collection[str]) -> Action | None:
        """The measure that a mention stands in, where the measure names one of the document's titles."""
        found = self._rows.get(member.source, [])
        start = member.record.span.start
        at = bisect_right(found, start, key=_start)
        row = found[at - 1] if at else None
        if row is None or start >= row.span.end:
            return None
        return row if any(self._key(one) in titles for one in row.documents) else None

    def _said(self, member: Cited[Instrument]) -> LifecycleStep | None:
        record = member.record
        step = _stage(record)
        if step is None:
            return None
        when = record.date if step in ("adopted", "approved", "signed", "agreed") else None
        if when is None and step in ("adopted", "approved", "signed"):
            when = _meeting_date(self._adopting.get((member.source, self._key(record.title)), ()))
        return LifecycleStep(step=step, date=when, source=member.source, span=record.span)

    def _order(self, step: LifecycleStep) -> tuple[date, int, str, int]:
        days = days_of(step.date)
        when = days.first if days else self._until.get(step.source, date.max)
        return when, STAGES.index(step.step), step.source, step.span.start


def _stage(record: Instrument) -> LifecycleStepName | None:
    """What a mention says was done; a draft that is not agreed on is being drafted, whatever else is said of it."""
    if record.draft and record.action in ("drafting", "mentioned", "implementing"):
        return "drafting"
    if record.action == "drafting":
        return "drafting"
    return _DONE.get(record.action)


def _meeting_date(meetings: Iterable[Meeting]) -> str | None:
    """The only date of the only meeting of one source that adopted the document; None where there are several."""
    dates = {day for meeting in meetings for day in meeting.dates}
    return next(iter(dates)) if len(dates) == 1 else None


def _start(action: Action) -> int:
    return action.span.start


def _unique(steps: Iterable[LifecycleStep]) -> list[LifecycleStep]:
    return list({(one.step, one.source, one.span.start, one.span.end): one for one in steps}.values())
