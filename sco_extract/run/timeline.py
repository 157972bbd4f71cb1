"""Follow one thing through the sources: a document's life-cycle, a series of meetings, a meeting."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from sco_extract.lexicon.load import Body, Lexicon
from sco_extract.link.passages import loose
from sco_extract.model.diagnostics import ReadError
from sco_extract.model.records import BodyEntity, InstrumentEntity, Meeting, MeetingEntity, SourceFile
from sco_extract.model.timeline import Timeline, TimelineStep
from sco_extract.normalize.script import simplify
from sco_extract.run.query import find_body
from sco_extract.run.store import Store
from sco_extract.values.numerals import to_int

Followed = InstrumentEntity | BodyEntity | MeetingEntity

# Two characters tell too little; "doc" would be a prefix of every document.
MIN_PREFIX = 4
# So much of a name is looked for in other names where nothing is called so: 峰会, 论坛.
MIN_WORDS = 2
# 第七届亚信峰会, 亚信第七次峰会: one sitting of what the rest names.
_ORDINAL = re.compile(r"第?([〇零一二三四五六七八九十百两0-9]{1,7})[届次]|(首)[届次]")


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

    A name that a series shares with its sittings means the series, with 第N届 or 第N次 in it that sitting. Raises ``ReadError``
    (``RUN001``) where nothing is called so and ``AmbiguousError`` where several are or other names have the words in them.
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


@dataclass(slots=True)
class _Hits:
    """Entities that fit what was asked for, by how; in the order of the lists."""

    named: list[Followed] = field(default_factory=list)
    sittings: list[Followed] = field(default_factory=list)
    begun: list[Followed] = field(default_factory=list)
    holding: list[Followed] = field(default_factory=list)


def _find(store: Store, asked: str, lexicon: Lexicon) -> Followed:
    """In one pass over the lists: by id, by name, by name and ordinal, by the beginning of an id."""
    name = _Name.of(asked, lexicon)
    ordinal, series = _sitting(asked, lexicon)
    hits = _Hits()
    for entity in _all(store):
        if entity.id == asked:
            return entity
        if len(asked) >= MIN_PREFIX and asked.isascii() and _begins(entity.id, asked):
            hits.begun.append(entity)
        if name.means(entity, lexicon):
            hits.named.append(entity)
        elif name.is_in(entity):
            hits.holding.append(entity)
        if (
            ordinal
            and isinstance(entity, MeetingEntity)
            and entity.ordinal == ordinal
            and series.means(entity, lexicon)
        ):
            hits.sittings.append(entity)
    return _choose(asked, hits)


def _choose(asked: str, hits: _Hits) -> Followed:
    series = [entity for entity in hits.named if isinstance(entity, BodyEntity)]
    others = [entity for entity in hits.named if not isinstance(entity, MeetingEntity | BodyEntity)]
    if len(series) == 1 and not others:  # its sittings have the same name
        return series[0]
    for found in (hits.named, hits.sittings, hits.begun):
        if len(found) == 1:
            return found[0]
        if found:
            raise _ambiguous(f"{asked}: {len(found)} entities fit; give the id of one", found)
    nothing = f"{asked or 'nothing given'}: no document, meeting or body of that id or name"
    if asked.startswith(("action-", "participant-")):
        nothing += "; measures and persons have no timeline"
    if hits.holding:
        raise _ambiguous(f"{nothing}; {len(hits.holding)} with it in the name: give the id of one", hits.holding)
    raise ReadError("RUN001", f"{nothing}; find it with sco-extract list documents --text WORDS, or meetings, bodies")


def _ambiguous(message: str, found: Sequence[Followed]) -> AmbiguousError:
    return AmbiguousError(message, [candidate(entity) for entity in found])


@dataclass(frozen=True, slots=True)
class _Name:
    """A name to look for: its loose form, and the body of the lexicon that has it."""

    wanted: str
    body: Body | None

    @classmethod
    def of(cls, text: str, lexicon: Lexicon) -> _Name:
        return cls(loose(text), find_body(simplify(text), lexicon))

    def means(self, entity: Followed, lexicon: Lexicon) -> bool:
        """Whether the entity is called so, or is the body or one of its sittings."""
        names = _names(entity)
        if self.wanted and any(loose(one) == self.wanted for one in names):
            return True
        if self.body is None or isinstance(entity, InstrumentEntity):
            return False
        if isinstance(entity, MeetingEntity):
            return entity.series == self.body.id
        return any(lexicon.bodies.get(one) == self.body for one in names)

    def is_in(self, entity: Followed) -> bool:
        """Whether a name of the entity has the words in it."""
        return len(self.wanted) >= MIN_WORDS and any(self.wanted in loose(one) for one in _names(entity))


def _sitting(asked: str, lexicon: Lexicon) -> tuple[int | None, _Name]:
    """The ordinal in what was asked for, and the name without it."""
    simple = simplify(asked)
    found = _ORDINAL.search(simple)
    rest = _Name.of(simple[: found.start()] + simple[found.end() :], lexicon) if found else _Name("", None)
    return (1 if found[2] else to_int(found[1])) if found else None, rest


def _names(entity: Followed) -> tuple[str, ...]:
    return (entity.title if isinstance(entity, InstrumentEntity) else entity.name, *entity.variants)


def _begins(identity: str, asked: str) -> bool:
    """Whole id or its part behind the type."""
    return identity.startswith(asked) or identity.partition("-")[2].startswith(asked)


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
