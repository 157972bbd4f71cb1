"""Human decisions: find their passages again, and say what they mean for the records.

They go before anything that the program thinks. A decision whose passage is gone or no longer certain becomes a finding;
it is neither guessed nor dropped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sco_extract.lexicon.load import Lexicon
from sco_extract.link.linked import Cited, Constraint, Entity, Record
from sco_extract.link.passages import AnyRecord, find_passage, fold, has_values, records_at, records_of, unknown_fields
from sco_extract.model.decisions import (
    Accept,
    Correct,
    Decision,
    Link,
    Merge,
    Passage,
    RecordType,
    Reject,
    Split,
    field_value,
    fields_of,
)
from sco_extract.model.records import Finding, Related, SourceFile
from sco_extract.model.records import Span as SpanRecord
from sco_extract.normalize.script import simplify

# A quotation that stands more often than this tells nothing; more places are not looked at.
MAX_PLACES = 100
# Places of an ambiguous passage that its finding shows.
_SHOWN = 5
# How much of a quotation a message repeats.
_QUOTE = 40

_MESSAGES = {
    "DEC001": "decision {id} ({do}): the passage “{quote}” is not in {source}{detail}; quote it as it stands now, "
    "or remove the decision",
    "DEC002": "decision {id} ({do}): the passage “{quote}” of {source} fits {detail}; tell them apart with before, "
    "after, nth or has",
    "DEC003": "decision {id} ({do}): at “{quote}” of {source} there is {detail}",
    "DEC004": "decision {id} ({do}) contradicts decision {detail}; remove one of them",
}


@dataclass(frozen=True, slots=True)
class Correction:
    """A field of a record that gets another value; ``index`` counts the source's records of the type."""

    decision: str
    type: RecordType
    index: int
    field: str
    value: object


@dataclass(frozen=True, slots=True)
class Resolved:
    """What the decisions mean for the sources at hand; ``applied`` and ``unresolved`` count decisions."""

    corrections: Mapping[str, tuple[Correction, ...]] = field(default_factory=dict)  # by source
    constraints: tuple[Constraint, ...] = ()
    links: tuple[Link, ...] = ()
    findings: tuple[Finding, ...] = ()
    applied: int = 0
    unresolved: int = 0


def resolve(
    decisions: Sequence[Decision], paths: Mapping[str, str], open_source: Callable[[str], SourceFile]
) -> Resolved:
    """What ``decisions`` mean for the sources; ``paths`` has the path of each by its id, in the order of the sources.

    ``open_source`` gives the record of a source by its id, with its text, as the program made it; each source that a
    decision names is opened once, one at a time.
    """
    wanted: dict[str, dict[_Key, _Wanted]] = {}
    by_path = {path: identity for identity, path in reversed(list(paths.items()))}
    for decision in decisions:
        for number, one in enumerate(_passages(decision)):
            name = one.passage.source
            source = name if name in paths else by_path.get(name)
            if source is not None:
                wanted.setdefault(source, {})[decision.id, number] = one
    places: dict[_Key, _Place | _Problem] = {}
    for source in paths:
        if source in wanted:
            places |= _find_all(open_source(source), wanted[source])
    return _Resolving(places).resolve(decisions)


def correct(source: SourceFile, corrections: Iterable[Correction], lexicon: Lexicon) -> SourceFile:
    """``source`` with its records corrected and marked with the decisions' ids.

    A place that is corrected brings its country along, unless that is corrected too: the lexicon's, or none.
    """
    values: dict[tuple[RecordType, int], dict[str, object]] = {}
    marks: dict[tuple[RecordType, int], dict[str, str]] = {}
    for one in corrections:
        values.setdefault((one.type, one.index), {})[one.field] = one.value
        marks.setdefault((one.type, one.index), {})[one.field] = one.decision
    lists: dict[str, list[AnyRecord]] = {type_: list(records_of(source, type_)) for type_, _ in values}
    for key, update in values.items():
        type_, index = key
        if type_ == "meetings" and "place" in update and "country" not in update:
            update["country"] = country_of(_text(update["place"]), lexicon)
            marks[key]["country"] = marks[key]["place"]
        lists[type_][index] = lists[type_][index].model_copy(update={**update, "corrected": marks[key]})
    return source.model_copy(update=lists)


def prevail(entity: Entity, members: Iterable[Cited[Record]]) -> Entity:
    """``entity`` with the values that people corrected in its records, whatever the other records say; the first of several."""
    update: dict[str, object] = {}
    decisions = dict.fromkeys(entity.decisions)
    for cited in members:
        for name, decision in cited.record.corrected.items():
            update.setdefault(name, getattr(cited.record, name))
            decisions[decision] = None
    return entity.model_copy(update={**update, "decisions": sorted(decisions)}) if update else entity


def country_of(name: str | None, lexicon: Lexicon) -> str | None:
    """ISO code of the country in which the place ``name`` lies, or which it names; None where the lexicon has neither."""
    if name is None:
        return None
    if name in lexicon.places:
        return lexicon.places[name].country
    return lexicon.countries[name].iso if name in lexicon.countries else None


# A passage of a decision: the decision's id and the number of the passage in it.
_Key = tuple[str, int]


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


@dataclass(frozen=True, slots=True)
class _Wanted:
    passage: Passage
    type: RecordType | None


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a passage stands; ``index`` of its record, -1 where none is asked for."""

    source: str
    span: SpanRecord
    index: int


@dataclass(frozen=True, slots=True)
class _Problem:
    """Why a passage could not be used: a code of ``_MESSAGES``, and what its message adds."""

    code: str
    detail: str
    source: str
    spans: tuple[SpanRecord, ...] = ()


def _passages(decision: Decision) -> tuple[_Wanted, ...]:
    """The passages of a decision, each with the type of the record that is looked for there."""
    if isinstance(decision, Merge | Split):
        return _Wanted(decision.one, decision.type), _Wanted(decision.other, decision.type)
    if isinstance(decision, Correct):
        return (_Wanted(decision.passage, decision.type),)
    return _Wanted(decision.measure, "actions"), _Wanted(decision.evidence, None)


def _find_all(source: SourceFile, wanted: Mapping[_Key, _Wanted]) -> dict[_Key, _Place | _Problem]:
    folded = fold(source.text)
    return {key: _find(source, folded, one.passage, one.type) for key, one in wanted.items()}


def _find(source: SourceFile, folded: str, passage: Passage, type_: RecordType | None) -> _Place | _Problem:
    identity = source.source.id
    spans = find_passage(folded, passage)
    if passage.nth is not None and spans:
        if passage.nth > len(spans):
            return _Problem("DEC001", f" {passage.nth} times, only {len(spans)}", identity)
        spans = spans[passage.nth - 1 : passage.nth]
    if not spans:
        return _Problem("DEC001", "", identity)
    quotes = tuple(
        SpanRecord(start=span.start, end=span.end, quote=source.text[span.start : span.end]) for span in spans[:_SHOWN]
    )
    if len(spans) > MAX_PLACES or (type_ is None and len(spans) > 1):
        return _Problem("DEC002", f"{len(spans)} places", identity, quotes)
    if type_ is None:
        return _Place(identity, quotes[0], -1)
    if unknown := unknown_fields(type_, passage):
        return _Problem("DEC003", f"no field {', '.join(unknown)} in {type_} (see has)", identity, quotes[:1])
    records = records_of(source, type_)
    at = [(span, index) for span in spans for index in records_at(records, span)]
    fitting = [(span, index) for span, index in at if has_values(records[index], passage)]
    count = len({index for _, index in fitting})
    if count > 1:
        return _Problem("DEC002", f"{count} records of {type_}", identity, quotes)
    if not fitting:
        what = f"no record among {type_} with these values (has)" if at else f"no record of {type_}"
        return _Problem("DEC003", what, identity, quotes[:1])
    return _Place(identity, quotes[0], fitting[0][1])


_Node = tuple[RecordType, tuple[str, int]]


class _Resolving:
    """Puts the places of the passages together, decision by decision."""

    def __init__(self, places: Mapping[_Key, _Place | _Problem]) -> None:
        self._places = places
        self._findings: list[Finding] = []
        self._corrections: dict[tuple[str, RecordType, int, str], Correction] = {}
        self._constraints: list[Constraint] = []
        self._links: dict[tuple[str, int, str, SpanRecord], Link] = {}

    def resolve(self, decisions: Sequence[Decision]) -> Resolved:
        before = 0
        unresolved = 0
        for decision in decisions:
            self._add(decision)
            unresolved += len(self._findings) > before
            before = len(self._findings)
        constraints = self._without_contradictions(decisions)
        unresolved += len(self._findings) - before
        corrections: dict[str, list[Correction]] = {}
        for (source, *_), one in self._corrections.items():
            corrections.setdefault(source, []).append(one)
        return Resolved(
            corrections={source: tuple(found) for source, found in corrections.items()},
            constraints=constraints,
            links=tuple(self._links.values()),
            findings=tuple(self._findings),
            applied=len(decisions) - unresolved,
            unresolved=unresolved,
        )

    def _add(self, decision: Decision) -> None:
        places: list[_Place] = []
        for number, one in enumerate(_passages(decision)):
            unread = _Problem("DEC001", ", which is no source of this run", one.passage.source)
            place = self._places.get((decision.id, number), unread)
            if isinstance(place, _Problem):
                self._report(decision, one.passage, place)
                return
            places.append(place)
        if isinstance(decision, Correct):
            self._correct(decision, places[0])
        elif isinstance(decision, Merge | Split):
            self._join(decision, *places)
        else:
            self._link(decision, *places)

    def _correct(self, decision: Correct, place: _Place) -> None:
        if decision.field not in fields_of(decision.type):
            detail = f"no field {decision.field} in {decision.type}; there are {', '.join(fields_of(decision.type))}"
            self._report(decision, decision.passage, _Problem("DEC003", detail, place.source))
            return
        key = (place.source, decision.type, place.index, decision.field)
        value = _normal(field_value(decision.type, decision.field, decision.value))
        earlier = self._corrections.get(key)
        if earlier is not None and earlier.value != value:
            self._report(decision, decision.passage, _Problem("DEC004", earlier.decision, place.source))
            return
        self._corrections[key] = Correction(decision.id, decision.type, place.index, decision.field, value)

    def _join(self, decision: Merge | Split, one: _Place, other: _Place) -> None:
        same = (one.source, one.index) == (other.source, other.index)
        if same and isinstance(decision, Split):
            problem = _Problem("DEC003", f"one record of {decision.type} for both passages", one.source)
            self._report(decision, decision.other, problem)
        if not same:
            pair = (one.source, one.index), (other.source, other.index)
            self._constraints.append(Constraint(decision.id, decision.type, *pair, isinstance(decision, Merge)))

    def _link(self, decision: Accept | Reject, measure: _Place, evidence: _Place) -> None:
        strength = decision.strength if isinstance(decision, Accept) else None
        key = (measure.source, measure.index, evidence.source, evidence.span)
        earlier = self._links.get(key)
        if earlier is not None and earlier.strength != strength:
            self._report(decision, decision.evidence, _Problem("DEC004", earlier.decision, evidence.source))
            return
        self._links[key] = Link(
            decision=decision.id,
            reason=decision.reason,
            plan=measure.source,
            action=measure.index,
            source=evidence.source,
            span=evidence.span,
            strength=strength,
        )

    def _without_contradictions(self, decisions: Sequence[Decision]) -> tuple[Constraint, ...]:
        """The constraints without the splits of what the merges join, over one or more steps; these become findings."""
        groups: dict[_Node, _Node] = {}

        def root(node: _Node) -> _Node:
            while (above := groups.get(node)) is not None:
                groups[node] = groups.get(above, above)  # halves the way for the next one
                node = above
            return node

        by_id = {decision.id: decision for decision in decisions}
        joined: dict[_Node, str] = {}
        for one in self._constraints:
            first, second = root((one.kind, one.one)), root((one.kind, one.other))
            if one.together and first != second:
                groups[second] = first
                joined[first] = one.decision
        kept: list[Constraint] = []
        for one in self._constraints:
            first = root((one.kind, one.one))
            decision = by_id[one.decision]
            if not one.together and first == root((one.kind, one.other)) and isinstance(decision, Split):
                self._report(decision, decision.other, _Problem("DEC004", joined[first], one.other[0]))
            else:
                kept.append(one)
        return tuple(kept)

    def _report(self, decision: Decision, passage: Passage, problem: _Problem) -> None:
        quote = passage.quote if len(passage.quote) <= _QUOTE else passage.quote[: _QUOTE - 1] + "…"
        message = _MESSAGES[problem.code].format(
            id=decision.id, do=decision.do, quote=quote, source=passage.source, detail=problem.detail
        )
        self._findings.append(
            Finding(
                rule=problem.code,
                severity="warning",
                message=message,
                source=problem.source,
                span=problem.spans[0] if problem.spans else None,
                related=[Related(source=problem.source, span=span, message="also here") for span in problem.spans[1:]],
            )
        )


def _normal(value: object) -> object:
    """Values of records are in simplified script."""
    if isinstance(value, str):
        return simplify(value)
    return [_normal(item) for item in value] if isinstance(value, list) else value
