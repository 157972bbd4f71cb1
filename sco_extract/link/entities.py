"""Merge the records of many sources into entities: one line a meeting, document, participant or action.

Only what is equal by an exact key is merged; two names that differ in more than width, quotes, dashes or spaces stay
two entities. Merging too much cannot be undone by a reader, merging too little can.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence

from sco_extract.link.linked import Cited, Cluster, Linked, Record
from sco_extract.model.mentions import InstrumentAction
from sco_extract.model.records import (
    Action,
    ActionEntity,
    Instrument,
    InstrumentEntity,
    LifecycleStep,
    LifecycleStepName,
    Meeting,
    MeetingEntity,
    Mention,
    Participant,
    ParticipantEntity,
    SourceFile,
    Span,
)

Key = tuple[str | int | bool | None, ...]

# A title of so few characters beyond its head noun (谅解备忘录, 联合声明) names a kind of document, not one document.
GENERIC_TITLE_EXTRA = 2

_STEPS: dict[InstrumentAction, LifecycleStepName] = {
    "drafting": "drafting",
    "agreed": "agreed",
    "adopted": "adopted",
    "approved": "approved",
    "signed": "signed",
    "extended": "extended",
    "implementing": "reported",
}
_NOT_IDENTITY = re.compile(r"[\s“”\"'‘’「」『』《》〈〉]+")
_DASHES = re.compile(r"[—–－~～−-]+")


def link(sources: Iterable[SourceFile]) -> Linked:
    """The entities of ``sources``, which are taken in the given order; equal input gives equal ids and order.

    Text and blocks of the sources are not needed and not kept.
    """
    kept = [source.model_copy(update={"text": "", "blocks": []}) for source in sources]
    return Linked(
        sources={one.source.id: one.source for one in kept},
        meetings=tuple(
            Cluster(_meeting(_id("meeting", key), found), tuple(found))
            for key, found in _group(((s.source.id, s.meetings) for s in kept), _meeting_key)
        ),
        documents=tuple(
            Cluster(_instrument(_id("document", key), found), tuple(found))
            for key, found in _group(((s.source.id, s.documents) for s in kept), _instrument_key)
        ),
        participants=tuple(
            Cluster(_participant(_id("participant", key), found), tuple(found))
            for key, found in _group(((s.source.id, s.participants) for s in kept), _person_key)
        ),
        actions=tuple(
            Cluster(_action(_id("action", key), found), tuple(found))
            for key, found in _group(((s.source.id, s.actions) for s in kept), _action_key)
        ),
        bodies=(),
    )


def comparable(name: str | None) -> str:
    """A name without what writers vary freely: width, spaces, quotes, the form of a dash, letter case."""
    folded = unicodedata.normalize("NFKC", name or "")
    return _DASHES.sub("-", _NOT_IDENTITY.sub("", folded)).casefold()


def _group(
    sources: Iterable[tuple[str, Sequence[Record]]], key_of: Callable[[Cited[Record]], Key]
) -> Iterable[tuple[Key, list[Cited[Record]]]]:
    """Key and members of each group, in the order of first mentions."""
    groups: dict[Key, list[Cited[Record]]] = {}
    for source, records in sources:
        for record in records:
            cited = Cited(source, record)
            groups.setdefault(key_of(cited), []).append(cited)
    return groups.items()


def _id(kind: str, key: Key) -> str:
    """A name for the entity that depends on its key alone; 48 bits keep a million entities apart."""
    digest = hashlib.sha256(json.dumps([kind, *key], ensure_ascii=False).encode()).hexdigest()
    return f"{kind}-{digest[:12]}"


def _meeting_key(cited: Cited[Meeting]) -> Key:
    """Name, ordinal, dates and place; without ordinal and date two sources may mean two sittings of one series."""
    meeting = cited.record
    only_here = "" if meeting.dates or meeting.ordinal is not None else cited.source
    dates = " ".join(sorted(meeting.dates))
    not_held = meeting.status == "not_held"
    return comparable(meeting.name), meeting.ordinal, dates, comparable(meeting.place), not_held, only_here


def _instrument_key(cited: Cited[Instrument]) -> Key:
    """The full title; a generic one only together with date and body, or within its source."""
    instrument = cited.record
    title = comparable(instrument.refers_to or instrument.title)
    if len(title) > len(instrument.kind or "") + GENERIC_TITLE_EXTRA:
        return (title,)
    only_here = "" if instrument.date and instrument.body else cited.source
    return title, instrument.date, comparable(instrument.body), only_here


def _person_key(cited: Cited[Participant]) -> Key:
    """Name and country; people without a country are told apart by source."""
    person = cited.record
    return comparable(person.name), comparable(person.country), "" if person.country else cited.source


def _action_key(cited: Cited[Action]) -> Key:
    """Every row for itself: two plans may set the same measure anew."""
    return cited.source, cited.record.span.start, cited.record.span.end, cited.record.measure


def _first(values: Iterable[str | None]) -> str | None:
    return next((value for value in values if value), None)


def _union(lists: Iterable[Iterable[str]]) -> list[str]:
    return list(dict.fromkeys(value for values in lists for value in values))


def _variants(name: str, others: Iterable[str]) -> list[str]:
    return sorted(set(others) - {name})


def _mentions(pairs: Iterable[tuple[str, Iterable[Span]]]) -> list[Mention]:
    return [Mention(source=source, span=span) for source, spans in pairs for span in spans]


def _meeting(identity: str, members: list[Cited[Meeting]]) -> MeetingEntity:
    records = [cited.record for cited in members]
    first = records[0]
    return MeetingEntity(
        id=identity,
        source=members[0].source,
        span=first.span,
        rule=first.rule,
        variants=_variants(first.name, (record.name for record in records)),
        mentions=_mentions((cited.source, cited.record.mentions or [cited.record.span]) for cited in members),
        name=first.name,
        series=_first(record.series for record in records),
        ordinal=first.ordinal,
        dates=first.dates,
        place=first.place,
        country=_first(record.country for record in records),
        mode=next((record.mode for record in records if record.mode), None),
        host=_first(record.host for record in records),
        theme=_first(record.theme for record in records),
        status="held" if any(record.status == "held" for record in records) else first.status,
        documents=_union(record.documents for record in records),
        sector=_first(record.sector for record in records),
    )


def _instrument(identity: str, members: list[Cited[Instrument]]) -> InstrumentEntity:
    records = [cited.record for cited in members]
    first = records[0]
    title = first.refers_to or first.title
    return InstrumentEntity(
        id=identity,
        source=members[0].source,
        span=first.span,
        rule=first.rule,
        variants=_variants(title, (record.title for record in records)),
        mentions=_mentions((cited.source, [cited.record.span]) for cited in members),
        title=title,
        kind=_first(record.kind for record in records),
        date=_first(record.date for record in records),
        place=_first(record.place for record in records),
        body=_first(record.body for record in records),
        draft=all(record.draft for record in records),
        action=next((record.action for record in records if record.action != "mentioned"), first.action),
        refers_to=None,
        lifecycle=[
            LifecycleStep(step=step, date=cited.record.date, source=cited.source, span=cited.record.span)
            for cited in members
            if (step := _STEPS.get(cited.record.action))
        ],
    )


def _participant(identity: str, members: list[Cited[Participant]]) -> ParticipantEntity:
    records = [cited.record for cited in members]
    first = records[0]
    return ParticipantEntity(
        id=identity,
        source=members[0].source,
        span=first.span,
        rule=first.rule,
        variants=_variants(first.name, (record.name for record in records)),
        mentions=_mentions((cited.source, cited.record.mentions or [cited.record.span]) for cited in members),
        name=first.name,
        title=_first(record.title for record in records),
        country=first.country,
        role=first.role,
    )


def _action(identity: str, members: list[Cited[Action]]) -> ActionEntity:
    cited = members[0]
    record = cited.record
    return ActionEntity(
        id=identity,
        source=cited.source,
        span=record.span,
        rule=record.rule,
        variants=[],
        mentions=_mentions([(cited.source, [record.span])]),
        area=record.area,
        subarea=record.subarea,
        number=record.number,
        measure=record.measure,
        deadline=record.deadline,
        executors=record.executors,
        documents=record.documents,
    )
