"""Link the records of many sources into entities: one meeting, document, person or action is one entity.

Grouping stands in ``documents.py``, ``events.py`` and ``people.py``; here human decisions are applied, near misses are
noted as candidates, ids are made and the values of each entity are chosen. Wrong merges cannot be undone by a reader,
missing ones can: what is not known to be one stays two.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain

from sco_extract.lexicon.load import Lexicon
from sco_extract.link.bodies import Context, find_bodies
from sco_extract.link.candidates import Named, difference, propose, spelling
from sco_extract.link.choose import action_entity, instrument_entity, meeting_entity, participant_entity
from sco_extract.link.decisions import prevail
from sco_extract.link.documents import group_documents, is_bare, organisations_of, title_of
from sco_extract.link.events import group_meetings
from sco_extract.link.fold import Folded, comparable, fold_title, title_key
from sco_extract.link.groups import Group, Item, Key, constrain, identity
from sco_extract.link.lifecycle import Threads
from sco_extract.link.linked import Cited, Cluster, Constraint, Entity, Linked, Record
from sco_extract.link.nested import Naming, find_nested, name_groups, planned
from sco_extract.link.people import group_people, name_key, state_of
from sco_extract.link.series import Coverage
from sco_extract.model.records import (
    Action,
    ActionEntity,
    Candidate,
    Instrument,
    InstrumentEntity,
    Meeting,
    MeetingEntity,
    Participant,
    ParticipantEntity,
    SourceFile,
)

__all__ = ["comparable", "link"]

Near = Mapping[Key, Sequence[tuple[Key, str]]]
_NOTHING: Near = {}
# More candidates than a person would look at are cut off, the likest first.
_SHOWN = 5


def link(sources: Iterable[SourceFile], lexicon: Lexicon, constraints: Sequence[Constraint] = ()) -> Linked:
    """The entities of ``sources``; ``constraints`` are human decisions and win over everything found.

    The order of the sources decides the order of the entities and of their members, not what is one entity, nor ids. Text
    and blocks of the sources are not needed and not kept.
    """
    kept = [source.model_copy(update={"text": "", "blocks": [], "dates": [], "findings": []}) for source in sources]
    rank = {one.source.id: number for number, one in enumerate(kept)}
    meetings = _meetings(kept, rank, lexicon, _of("meetings", constraints))
    actions = _actions(kept, rank, _of("actions", constraints))
    known = {one.source.id: one.source for one in kept}
    about = organisations_of(((one.source.id, _names(one)) for one in kept), lexicon)
    documents = _documents(kept, rank, lexicon, about, _of("documents", constraints))
    coverage = Coverage.of(known, meetings)
    threads = Threads(meetings, actions, partial(title_key, lexicon=lexicon), coverage.until)
    plans = planned(documents)
    documents = tuple(
        _with(one, {"lifecycle": threads.steps(one.members, plans.get(one.entity.id, ()), bare=bare)})
        for one in documents
        for bare in [is_bare(one.entity.title, lexicon)]
    )
    return Linked(
        sources=known,
        meetings=meetings,
        documents=documents,
        figures={one.source.id: tuple(one.figures) for one in kept if one.figures},
        participants=_people(kept, rank, lexicon, _of("participants", constraints)),
        actions=actions,
        bodies=find_bodies(meetings, documents, actions, Context(known, about), lexicon),
    )


def _of(kind: str, constraints: Iterable[Constraint]) -> list[Constraint]:
    return [one for one in constraints if one.kind == kind]


def _items(sources: Iterable[tuple[str, Sequence[Record]]]) -> list[Item[Record]]:
    return [Item(Cited(source, record), number) for source, records in sources for number, record in enumerate(records)]


def _documents(
    kept: Sequence[SourceFile],
    rank: Mapping[str, int],
    lexicon: Lexicon,
    about: Mapping[str, str],
    constraints: Sequence[Constraint],
) -> tuple[Cluster[InstrumentEntity, Instrument], ...]:
    items = _items((one.source.id, one.documents) for one in kept)
    nested = find_nested(items, lexicon)
    found = group_documents([*items, *(one.inner for one in nested)], about, lexicon)
    naming = name_groups(constrain(found, constraints), nested)
    groups = naming.groups
    named = [
        Named(group.key, title, fold_title(title, lexicon), next(_dates(group), None))
        for group in groups
        if group.key[0] != "bare"
        for title in [title_of(group.items[0].cited.record)]
    ]
    near = propose(named, partial(difference, lexicon=lexicon))
    made = _clusters("document", groups, rank, near, instrument_entity)
    keys = {identity("document", group.key): group.key for group in groups}
    return tuple(_named(one, keys[one.entity.id], naming, rank) for one in made)


def _named(
    cluster: Cluster[InstrumentEntity, Instrument], key: Key, naming: Naming, rank: Mapping[str, int]
) -> Cluster[InstrumentEntity, Instrument]:
    """The document with its mentions inside other titles, and the document that it carries out."""
    changes: dict[str, object] = {}
    if more := naming.mentions.get(key):
        both = {*cluster.entity.mentions, *more}
        changes["mentions"] = sorted(both, key=lambda one: (rank[one.source], one.span.start, -one.span.end))
    if target := naming.implements.get(key):
        changes["implements"] = identity("document", target)
    return _with(cluster, changes) if changes else cluster


def _with(
    cluster: Cluster[InstrumentEntity, Instrument], changes: Mapping[str, object]
) -> Cluster[InstrumentEntity, Instrument]:
    return Cluster(cluster.entity.model_copy(update=dict(changes)), cluster.members)


def _dates(group: Group[Instrument]) -> Iterator[str]:
    return (item.cited.record.date for item in group.items if item.cited.record.date)


def _names(source: SourceFile) -> Iterable[str]:
    """What a source calls itself, its documents and its meetings."""
    if source.source.title:
        yield source.source.title
    yield from (record.title for record in source.documents)
    yield from (record.name for record in source.meetings)


def _meetings(
    kept: Sequence[SourceFile], rank: Mapping[str, int], lexicon: Lexicon, constraints: Sequence[Constraint]
) -> tuple[Cluster[MeetingEntity, Meeting], ...]:
    found = group_meetings(_items((one.source.id, one.meetings) for one in kept), lexicon)
    groups = constrain(found, constraints)
    return _clusters("meeting", groups, rank, _NOTHING, partial(meeting_entity, lexicon=lexicon))


def _people(
    kept: Sequence[SourceFile], rank: Mapping[str, int], lexicon: Lexicon, constraints: Sequence[Constraint]
) -> tuple[Cluster[ParticipantEntity, Participant], ...]:
    found = group_people(_items((one.source.id, one.participants) for one in kept), lexicon)
    groups = constrain(found, constraints)
    named = [
        Named(group.key, record.name, Folded(name_key(record.name), "", (state_of(record.country, lexicon),), (), ()))
        for group in groups
        for record in [group.items[0].cited.record]
    ]
    return _clusters("participant", groups, rank, propose(named, spelling, run=2), participant_entity)


def _actions(
    kept: Sequence[SourceFile], rank: Mapping[str, int], constraints: Sequence[Constraint]
) -> tuple[Cluster[ActionEntity, Action], ...]:
    """Every row for itself: two plans may set the same measure anew."""
    items = _items((one.source.id, one.actions) for one in kept)
    groups = [
        Group(
            (item.cited.source, item.cited.record.span.start, item.cited.record.span.end, item.cited.record.measure),
            [item],
        )
        for item in items
    ]
    return _clusters("action", constrain(groups, constraints), rank, _NOTHING, action_entity)


def _clusters(
    kind: str,
    groups: Iterable[Group[Record]],
    rank: Mapping[str, int],
    near: Near,
    make: Callable[[str, Sequence[Cited[Record]], list[Candidate], list[str]], Entity],
) -> tuple[Cluster[Entity, Record], ...]:
    """Entities in the order of first mentions; the values of an entity do not depend on the order of the sources."""
    groups = list(groups)
    ids = {key: identity(kind, key) for key in map(_key, groups)}
    candidates = _candidates(groups, near, ids)
    made: list[tuple[tuple[int, int, int], Cluster[Entity, Record]]] = []
    for group in groups:
        items = sorted(
            group.items, key=lambda item: (rank[item.cited.source], item.cited.record.span.start, item.index)
        )
        members = tuple(item.cited for item in items)
        made_of = make(ids[group.key], members, candidates.get(group.key, []), sorted(set(group.decisions)))
        entity = prevail(made_of, members)
        first = items[0]
        made.append(((rank[first.cited.source], first.cited.record.span.start, first.index), Cluster(entity, members)))
    return tuple(cluster for _, cluster in sorted(made, key=lambda one: one[0]))


def _key(group: Group[Record]) -> Key:
    return group.key


def _candidates(groups: Sequence[Group[Record]], near: Near, ids: Mapping[Key, str]) -> dict[Key, list[Candidate]]:
    """Candidates of each group, both ways, without pairs that a person decided on."""
    found: dict[Key, dict[str, Candidate]] = {}
    for group in groups:
        for other, why in chain(group.near, near.get(group.key, ())):
            if other in ids and other != group.key:
                found.setdefault(group.key, {}).setdefault(ids[other], Candidate(id=ids[other], reason=why))
                found.setdefault(other, {}).setdefault(ids[group.key], Candidate(id=ids[group.key], reason=why))
    return {key: list(pairs.values())[:_SHOWN] for key, pairs in found.items()}
