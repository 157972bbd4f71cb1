"""Follow one thing through the sources: a document's life-cycle, a series of meetings, a meeting."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sco_extract.lexicon.load import Body, Lexicon
from sco_extract.link.passages import loose
from sco_extract.model.diagnostics import ReadError
from sco_extract.model.records import BodyEntity, InstrumentEntity, Meeting, MeetingEntity, SourceFile
from sco_extract.model.timeline import Timeline, TimelineStep
from sco_extract.normalize.script import simplify
from sco_extract.run.query import find_body
from sco_extract.run.store import Store

Followed = InstrumentEntity | BodyEntity | MeetingEntity

# Two characters tell too little; "doc" would be a prefix of every document.
MIN_PREFIX = 4


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entity that a name may mean."""

    id: str
    name: str
    dates: tuple[str, ...]
    place: str


class AmbiguousError(ReadError):
    """A name or the beginning of an id that fits several entities."""

    def __init__(self, message: str, candidates: Sequence[Candidate]) -> None:
        super().__init__("RUN001", message)
        self.candidates = tuple(candidates)


def timeline(store: Store, asked: str, lexicon: Lexicon) -> Timeline:
    """The thread of what ``asked`` names: the id of an entity, the beginning of one, a title or name, or a body of the lexicon.

    A name that a series shares with its sittings means the series. Raises ``ReadError`` (``RUN001``) where nothing is
    called so and ``AmbiguousError`` where several are.
    """
    found = _find(store, asked.strip(), lexicon)
    if isinstance(found, InstrumentEntity):
        return _of_document(found)
    if isinstance(found, BodyEntity):
        return _of_body(store, found)
    return _of_meeting(store, found)


def candidate(entity: Followed) -> Candidate:
    """What a list of candidates shows of an entity."""
    if isinstance(entity, InstrumentEntity):
        return Candidate(entity.id, entity.title, (entity.date,) if entity.date else (), entity.place or "")
    if isinstance(entity, MeetingEntity):
        return Candidate(entity.id, entity.name, tuple(entity.dates), entity.place or "")
    return Candidate(entity.id, entity.name, (), "")


def _all(store: Store) -> Iterator[Followed]:
    yield from store.bodies()
    yield from store.documents()
    yield from store.meetings()


def _find(store: Store, asked: str, lexicon: Lexicon) -> Followed:
    """In one pass over the lists: by id, by the beginning of an id, by name."""
    body = find_body(simplify(asked), lexicon)
    wanted = loose(asked)
    begun: list[Followed] = []
    named: list[Followed] = []
    for entity in _all(store):
        if entity.id == asked:
            return entity
        if len(asked) >= MIN_PREFIX and asked.isascii() and asked in entity.id and _begins(entity.id, asked):
            begun.append(entity)
        if _is_called(entity, wanted, body, lexicon):
            named.append(entity)
    series = [entity for entity in named if isinstance(entity, BodyEntity)]
    others = [entity for entity in named if not isinstance(entity, MeetingEntity | BodyEntity)]
    if len(series) == 1 and not others:  # its sittings have the same name
        return series[0]
    for found in (named, begun):
        if len(found) == 1:
            return found[0]
        if found:
            message = f"{asked}: {len(found)} entities fit; give the id of one"
            raise AmbiguousError(message, [candidate(entity) for entity in found])
    raise ReadError(
        "RUN001", f"{asked}: no document, meeting or body of that id or name; find it: sco-extract list … --text"
    )


def _begins(identity: str, asked: str) -> bool:
    """Whole id or its part behind the type."""
    return identity.startswith(asked) or identity.partition("-")[2].startswith(asked)


def _is_called(entity: Followed, wanted: str, body: Body | None, lexicon: Lexicon) -> bool:
    name = entity.title if isinstance(entity, InstrumentEntity) else entity.name
    if wanted and any(loose(one) == wanted for one in (name, *entity.variants)):
        return True
    if body is None or isinstance(entity, InstrumentEntity):
        return False
    if isinstance(entity, MeetingEntity):
        return entity.series == body.id
    return any(lexicon.bodies.get(one) == body for one in (name, *entity.variants))


def _of_document(entity: InstrumentEntity) -> Timeline:
    steps = [
        TimelineStep(
            step=step.step,
            dates=[step.date] if step.date else [],
            place=None,
            ordinal=None,
            meeting=None,
            source=step.source,
            span=step.span,
        )
        for step in entity.lifecycle
    ]
    return Timeline(type="document", id=entity.id, name=entity.title, steps=steps)


def _of_body(store: Store, entity: BodyEntity) -> Timeline:
    wanted = {sitting.meeting for sitting in entity.sittings}
    meetings = {meeting.id: meeting for meeting in store.meetings() if meeting.id in wanted}
    steps = [
        TimelineStep(
            step=sitting.outcome,
            dates=sitting.dates,
            place=sitting.place,
            ordinal=sitting.ordinal,
            meeting=sitting.meeting,
            source=meetings[sitting.meeting].source,
            span=meetings[sitting.meeting].span,
        )
        for sitting in entity.sittings
        if sitting.meeting in meetings
    ]
    return Timeline(type="series", id=entity.id, name=entity.name, steps=steps)


def _of_meeting(store: Store, entity: MeetingEntity) -> Timeline:
    """What each source says of it: the record of the source at each mention, once a record."""
    steps: list[TimelineStep] = []
    for identity in dict.fromkeys(mention.source for mention in entity.mentions):
        spans = {(one.span.start, one.span.end) for one in entity.mentions if one.source == identity}
        steps.extend(
            TimelineStep(
                step=record.status,
                dates=record.dates,
                place=record.place,
                ordinal=record.ordinal,
                meeting=None,
                source=identity,
                span=record.span,
            )
            for record in _records(store.source(identity), spans, entity.name)
        )
    return Timeline(type="meeting", id=entity.id, name=entity.name, steps=steps)


def _records(source: SourceFile, spans: set[tuple[int, int]], name: str) -> list[Meeting]:
    """The records of which a mention is a mention of the entity; of several on one passage the one of its name."""
    fitting = [
        record
        for record in source.meetings
        if any((span.start, span.end) in spans for span in (record.mentions or [record.span]))
    ]
    called = [record for record in fitting if loose(record.name) == loose(name)]
    return called or fitting
