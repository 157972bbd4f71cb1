"""What linking makes of the records of many sources, and what the checks over the corpus read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from sco_extract.model.decisions import RecordType
from sco_extract.model.records import (
    Action,
    ActionEntity,
    BodyEntity,
    Figure,
    Instrument,
    InstrumentEntity,
    Meeting,
    MeetingEntity,
    Participant,
    ParticipantEntity,
    Source,
)

Record = TypeVar("Record", Instrument, Meeting, Participant, Action)
Entity = TypeVar("Entity", InstrumentEntity, MeetingEntity, ParticipantEntity, ActionEntity)


@dataclass(frozen=True, slots=True)
class Constraint:
    """What a person decided about two records: that they mean one thing (``together``) or two; it goes before any key.

    ``one`` and ``other`` are the id of a source and the index of the record in that source's list ``kind``; ``decision`` is
    the id of the decision, which goes into ``decisions`` of the entities that it shaped.
    """

    decision: str
    kind: RecordType
    one: tuple[str, int]
    other: tuple[str, int]
    together: bool


@dataclass(frozen=True, slots=True)
class Cited(Generic[Record]):
    """A record and the id of its source."""

    source: str
    record: Record


@dataclass(frozen=True, slots=True)
class Cluster(Generic[Entity, Record]):
    """An entity with the records it was made from, in the order of the sources and of the text.

    The records may contradict each other; the entity says one value, the checks report the others.
    """

    entity: Entity
    members: tuple[Cited[Record], ...]


@dataclass(frozen=True, slots=True)
class Linked:
    """All entities of a corpus, each kind in the order of first mentions; ``sources`` and ``figures`` by id of the source."""

    sources: Mapping[str, Source]
    meetings: tuple[Cluster[MeetingEntity, Meeting], ...]
    documents: tuple[Cluster[InstrumentEntity, Instrument], ...]
    participants: tuple[Cluster[ParticipantEntity, Participant], ...]
    actions: tuple[Cluster[ActionEntity, Action], ...]
    bodies: tuple[BodyEntity, ...]
    figures: Mapping[str, tuple[Figure, ...]] = field(default_factory=dict)
