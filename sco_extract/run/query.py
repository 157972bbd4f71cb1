"""Pick the entities of a run that a question is about."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from sco_extract.lexicon.load import Body, Lexicon, Organisation
from sco_extract.link.decisions import country_of
from sco_extract.link.fold import fold_event
from sco_extract.link.passages import fold, loose
from sco_extract.model.mentions import DeadlineKind, InstrumentAction, MeetingStatus, ParticipantRole
from sco_extract.model.records import (
    ActionEntity,
    BodyEntity,
    InstrumentEntity,
    MeetingEntity,
    ParticipantEntity,
)
from sco_extract.normalize.script import simplify
from sco_extract.run.store import Store
from sco_extract.run.suggest import did_you_mean
from sco_extract.values.edtf import parse

EntityType = Literal["meetings", "documents", "actions", "participants", "bodies"]
Entity = MeetingEntity | InstrumentEntity | ActionEntity | ParticipantEntity | BodyEntity
Filter = Literal["since", "until", "place", "country", "body", "sector", "status", "kind", "source", "text"]
Sort = Literal["date", "name", "source"]

# The filters that mean something for each type; any other is refused, since it would quietly leave out all or nothing.
FILTERS: dict[EntityType, tuple[Filter, ...]] = {
    "meetings": ("since", "until", "place", "country", "body", "sector", "status", "source", "text"),
    "documents": ("since", "until", "place", "country", "body", "kind", "status", "source", "text"),
    "actions": ("since", "until", "body", "kind", "source", "text"),
    "participants": ("country", "kind", "source", "text"),
    "bodies": ("since", "until", "place", "body", "sector", "source", "text"),
}
DRAFT = "draft"
# Values that a filter takes for a type, where they are a closed list.
VALUES: dict[tuple[EntityType, Filter], tuple[str, ...]] = {
    ("meetings", "status"): get_args(MeetingStatus),
    ("documents", "status"): (*get_args(InstrumentAction), DRAFT),
    ("actions", "kind"): get_args(DeadlineKind),
    ("participants", "kind"): get_args(ParticipantRole),
}


class QueryError(ValueError):
    """A question that cannot be asked; the message says why and what can be."""


@dataclass(frozen=True, slots=True)
class View:
    """What the filters look at, whatever the type; dates are EDTF, names as the entity has them."""

    name: str
    dates: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    country: str | None = None
    bodies: tuple[str, ...] = ()
    sector: str | None = None
    states: tuple[str, ...] = ()
    kind: str | None = None
    texts: tuple[str, ...] = ()


@dataclass(slots=True)
class Answer:
    """The entities that fit, as they are read; ``undated`` counts those that only lacked a date, complete at the end."""

    entities: Iterator[Entity] = field(default_factory=lambda: iter(()))
    undated: int = 0


def ask(
    store: Store, type_: EntityType, filters: Mapping[Filter, str], lexicon: Lexicon, sort: Sort | None = None
) -> Answer:
    """The entities of ``type_`` that pass all ``filters``, in the order of first mentions or sorted.

    Unsorted they are read one by one. Raises ``QueryError`` for a filter that does not apply, a value that cannot be and a
    range of dates that ends before it begins; ``ReadError`` as ``Store`` does.
    """
    refused = [name for name in filters if name not in FILTERS[type_]]
    if refused:
        options = ", ".join(f"--{name}" for name in FILTERS[type_])
        raise QueryError(f"--{refused[0]} does not apply to {type_}; those that do: {options}")
    for name, value in filters.items():
        known = VALUES.get((type_, name))
        if known is not None and value not in known:
            raise QueryError(f"--{name} {value}: no such {name} of {type_}; there are {', '.join(known)}")
    between = _bounds(filters.get("since"), filters.get("until"))
    tests = [_MAKERS[name](value, type_, lexicon, store) for name, value in filters.items() if name in _MAKERS]
    _ = store.corpus
    answer = Answer()
    found = _fitting(answer, entities_of(store, type_), tests, between, lexicon)
    answer.entities = found if sort is None else _sorted(found, sort, lexicon)
    return answer


def entities_of(store: Store, type_: EntityType) -> Iterator[Entity]:
    """All entities of a type, in the order of the file."""
    readers: dict[EntityType, Callable[[], Iterator[Entity]]] = {
        "meetings": store.meetings,
        "documents": store.documents,
        "actions": store.actions,
        "participants": store.participants,
        "bodies": store.bodies,
    }
    return readers[type_]()


def view(entity: Entity, lexicon: Lexicon) -> View:
    """What the filters look at in an entity."""
    if isinstance(entity, MeetingEntity):
        return _meeting(entity)
    if isinstance(entity, InstrumentEntity):
        return _document(entity, lexicon)
    if isinstance(entity, ActionEntity):
        return _action(entity)
    if isinstance(entity, ParticipantEntity):
        country = lexicon.countries.get(entity.country or "")
        texts = (entity.name, *entity.variants, entity.title or "", entity.country or "", entity.span.quote)
        return View(entity.name, country=country.iso if country else entity.country, kind=entity.role, texts=texts)
    return _body(entity, lexicon)


def _meeting(entity: MeetingEntity) -> View:
    return View(
        name=entity.name,
        dates=tuple(entity.dates),
        places=(entity.place or "",),
        country=entity.country,
        bodies=(entity.series or "", entity.name),
        sector=entity.sector,
        states=(entity.status,),
        texts=(entity.name, *entity.variants, entity.theme or "", *entity.documents, entity.span.quote),
    )


def _document(entity: InstrumentEntity, lexicon: Lexicon) -> View:
    place = entity.place or ""
    dates = (*([entity.date] if entity.date else []), *(step.date for step in entity.lifecycle if step.date))
    return View(
        name=entity.title,
        dates=tuple(dict.fromkeys(dates)),
        places=(place,),
        country=country_of(place, lexicon),
        bodies=(entity.body or "",),
        states=(entity.action, DRAFT) if entity.draft else (entity.action,),
        kind=entity.kind,
        texts=(entity.title, *entity.variants, entity.span.quote),
    )


def _action(entity: ActionEntity) -> View:
    due = entity.deadline
    return View(
        name=entity.measure,
        dates=(due.edtf,) if due and due.edtf else (),
        bodies=tuple(entity.executors),
        kind=due.kind if due else None,
        texts=(entity.measure, entity.area or "", entity.subarea or "", *entity.documents, entity.span.quote),
    )


def _body(entity: BodyEntity, lexicon: Lexicon) -> View:
    known = lexicon.bodies.get(entity.name)
    return View(
        name=entity.name,
        dates=tuple(edtf for sitting in entity.sittings for edtf in sitting.dates),
        places=tuple(sitting.place or "" for sitting in entity.sittings),
        bodies=(entity.name, *entity.variants, entity.id),
        sector=known.sector if known else None,
        texts=(entity.name, *entity.variants, entity.span.quote),
    )


_Test = Callable[[Entity, View], bool]
_Range = tuple[str, str]


def _fitting(
    answer: Answer, entities: Iterable[Entity], tests: list[_Test], between: _Range | None, lexicon: Lexicon
) -> Iterator[Entity]:
    for entity in entities:
        seen = view(entity, lexicon)
        if not all(test(entity, seen) for test in tests):
            continue
        if between is not None:
            ranges = list(_intervals(seen.dates))
            answer.undated += not ranges
            if not any(first <= between[1] and last >= between[0] for first, last in ranges):
                continue
        yield entity


def _intervals(dates: Iterable[str]) -> Iterator[_Range]:
    """First and last day of each date that has one of both; an open end is before or after all days."""
    for edtf in dates:
        value = parse(edtf)
        if value is not None and (value.earliest or value.latest):
            yield value.earliest or "", value.latest or "9999-12-31"


def _bounds(since: str | None, until: str | None) -> _Range | None:
    """First and last day that are asked for; None where any date will do."""
    if since is None and until is None:
        return None
    first = _day("since", since)[0] if since is not None else ""
    last = _day("until", until)[1] if until is not None else "9999-12-31"
    if last < first:
        raise QueryError(f"--until {until} lies before --since {since}")
    return first, last


def _day(name: str, text: str) -> _Range:
    for interval in _intervals([text]):
        return interval
    raise QueryError(f"--{name} {text}: no date; write 2024-07-04, 2024-07, 2024, or EDTF such as 2024-33")


def _sorted(entities: Iterable[Entity], sort: Sort, lexicon: Lexicon) -> Iterator[Entity]:
    def key(entity: Entity) -> tuple[bool, str]:
        if sort == "source":
            return False, entity.source
        seen = view(entity, lexicon)
        if sort == "name":
            return False, seen.name
        first = next((first for first, _ in _intervals(seen.dates)), None)
        return first is None, first or ""

    yield from sorted(entities, key=key)


def _by_place(value: str, _type: EntityType, lexicon: Lexicon, _store: Store) -> _Test:
    name = simplify(value.strip())
    country = lexicon.countries.get(name)
    if country is not None:
        names = {country.name, country.formal, *country.aliases}
        return lambda _, seen: seen.country == country.iso or not names.isdisjoint(seen.places)
    place = lexicon.places.get(name)
    folded = {fold(one) for one in (name, *((place.name, *place.aliases) if place else ()))}
    return lambda _, seen: any(one in fold(there) for there in seen.places for one in folded)


def _by_country(value: str, type_: EntityType, lexicon: Lexicon, _store: Store) -> _Test:
    name = simplify(value.strip())
    codes = {entry.iso for entry in lexicon.country}
    code = name.upper() if name.upper() in codes else None
    if code is None and name in lexicon.countries:
        code = lexicon.countries[name].iso
    if code is not None:
        return lambda _, seen: seen.country == code
    if type_ == "participants":  # who may also come from an organization
        return lambda _, seen: seen.country is not None and fold(name) in fold(seen.country)
    hint = did_you_mean(name, lexicon.countries) or "write its name or ISO 3166-1 code, e.g. KZ"
    raise QueryError(f"--country {value}: no such country in the lexicon; {hint}")


def _by_body(value: str, _type: EntityType, lexicon: Lexicon, store: Store) -> _Test:
    name = simplify(value.strip())
    body = find_body(name, lexicon)
    own = next((one for one in store.bodies() if one.id == value), None) if value.startswith("body-") else None
    if own is not None:
        body = lexicon.bodies.get(own.name)
    names = {loose(one) for one in ((own.name, *own.variants, own.id) if own else (name,))}
    whole = find_organisation(name, lexicon) if body is None and own is None else None

    def test(_entity: Entity, seen: View) -> bool:
        known = body is not None and any(one == body.id or lexicon.bodies.get(one) == body for one in seen.bodies)
        known = known or any(one and loose(one) in names for one in seen.bodies)
        return known or (whole is not None and any(_belongs(one, whole, lexicon) for one in seen.bodies))

    return test


def _belongs(name: str, whole: Organisation, lexicon: Lexicon) -> bool:
    """Whether a body, by id of its series or by name, is one of the organisation."""
    body = find_body(name, lexicon)
    return body.organisation == whole.id if body else whole.id in fold_event(name, lexicon).organisations


def find_organisation(name: str, lexicon: Lexicon) -> Organisation | None:
    """The organisation of the lexicon with this id, name or alias."""
    return next(
        (one for one in lexicon.organisation if name.lower() == one.id or name in (one.name, *one.aliases)), None
    )


def find_body(name: str, lexicon: Lexicon) -> Body | None:
    """The body of the lexicon with this id, name or alias."""
    return lexicon.bodies.get(name) or next((one for one in lexicon.body if one.id == name), None)


def _by_sector(value: str, _type: EntityType, lexicon: Lexicon, _store: Store) -> _Test:
    name = simplify(value.strip())
    found = next((one.id for one in lexicon.sector if name in (one.id, one.name)), None)
    if found is None:
        known = ", ".join(f"{one.id} ({one.name})" for one in lexicon.sector)
        raise QueryError(f"--sector {value}: no such sector; there are {known}")
    return lambda _, seen: seen.sector == found


def _by_status(value: str, _type: EntityType, _lexicon: Lexicon, _store: Store) -> _Test:
    return lambda _, seen: value in seen.states


def _by_kind(value: str, _type: EntityType, _lexicon: Lexicon, _store: Store) -> _Test:
    name = simplify(value.strip())
    return lambda _, seen: seen.kind == name


def _by_source(value: str, _type: EntityType, _lexicon: Lexicon, store: Store) -> _Test:
    if value not in store.ids:
        hint = did_you_mean(value, store.ids) or "corpus.json lists the sources"
        raise QueryError(f"--source {value}: no source of that id; {hint}")
    return lambda entity, _: any(mention.source == value for mention in entity.mentions)


def _by_text(value: str, _type: EntityType, _lexicon: Lexicon, _store: Store) -> _Test:
    wanted = loose(value)
    if not wanted:
        raise QueryError("--text: nothing to look for")
    return lambda entity, seen: any(
        wanted in loose(text) for text in (*seen.texts, *(mention.span.quote for mention in entity.mentions))
    )


_MAKERS: dict[Filter, Callable[[str, EntityType, Lexicon, Store], _Test]] = {
    "place": _by_place,
    "country": _by_country,
    "body": _by_body,
    "sector": _by_sector,
    "status": _by_status,
    "kind": _by_kind,
    "source": _by_source,
    "text": _by_text,
}
