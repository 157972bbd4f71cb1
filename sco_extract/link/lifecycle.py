"""The thread of a document: proposed, drafted, agreed, adopted, planned in a measure, reported as carried out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
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
        self._adopting: dict[str, list[Cited[Meeting]]] = defaultdict(list)
        self._measures: dict[str, list[Cited[Action]]] = defaultdict(list)
        for meeting in (member for cluster in meetings for member in cluster.members):
            for title in meeting.record.documents:
                self._adopting[key(title)].append(meeting)
        for action in (member for cluster in actions for member in cluster.members):
            for title in action.record.documents:
                self._measures[key(title)].append(action)

    def steps(self, members: Sequence[Cited[Instrument]]) -> list[LifecycleStep]:
        """The steps of the document with the given mentions: by date, else by what day the source knows of; then by stage.

        A date is the one that the text attaches to the title, for adoption else the date of the meeting that adopted it
        in the same source. A mention in a plan's measure is the step *planned*, not a report.
        """
        titles = list(dict.fromkeys(self._key(member.record.title) for member in members))
        measures = [action for title in titles for action in self._measures.get(title, ())]
        meetings = [meeting for title in titles for meeting in self._adopting.get(title, ())]
        steps = [step for member in members if (step := self._said(member, measures, meetings))]
        steps += [
            LifecycleStep(step="planned", date=None, source=action.source, span=action.record.span)
            for action in measures
        ]
        return sorted(_unique(steps), key=self._order)

    def _said(
        self, member: Cited[Instrument], measures: Sequence[Cited[Action]], meetings: Sequence[Cited[Meeting]]
    ) -> LifecycleStep | None:
        record = member.record
        if any(_inside(member, action) for action in measures):
            return None
        step = _stage(record)
        if step is None:
            return None
        when = record.date if step in ("adopted", "approved", "signed", "agreed") else None
        if when is None and step in ("adopted", "approved", "signed"):
            when = _meeting_date(member.source, meetings)
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


def _meeting_date(source: str, meetings: Sequence[Cited[Meeting]]) -> str | None:
    """The only date of the only meeting of ``source`` that adopted the document; None where there are several."""
    dates = {day for meeting in meetings if meeting.source == source for day in meeting.record.dates}
    return next(iter(dates)) if len(dates) == 1 else None


def _inside(member: Cited[Instrument], action: Cited[Action]) -> bool:
    span = action.record.span
    return member.source == action.source and span.start <= member.record.span.start < span.end


def _unique(steps: Iterable[LifecycleStep]) -> list[LifecycleStep]:
    return list({(one.step, one.source, one.span.start, one.span.end): one for one in steps}.values())
