"""What grouping of records works with: records with their places, groups with their keys, and human constraints."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Generic

from sco_extract.link.linked import Cited, Constraint, Record
from sco_extract.link.when import days_of

Key = tuple[str | int | tuple[str, ...] | tuple[int, ...] | None, ...]
Place = tuple[str, int]  # source id, index in the source's list


@dataclass(frozen=True, slots=True)
class Item(Generic[Record]):
    """A record of a source; ``index`` counts the source's records of this kind."""

    cited: Cited[Record]
    index: int

    @property
    def order(self) -> tuple[str, int, int]:
        """A place in an order that depends on content alone, not on the order in which sources are given."""
        return self.cited.source, self.cited.record.span.start, self.index

    @property
    def place(self) -> Place:
        """How a constraint names the record."""
        return self.cited.source, self.index


@dataclass(slots=True)
class Group(Generic[Record]):
    """Records of one thing. ``near`` holds keys of groups that it may be one with, and why it was not merged."""

    key: Key
    items: list[Item[Record]]
    near: list[tuple[Key, str]] = field(default_factory=list)
    decisions: list[str] = field(default_factory=list)


def identity(kind: str, key: Key) -> str:
    """A name for an entity that depends on its key alone; 48 bits keep a million entities apart."""
    digest = hashlib.sha256(json.dumps([kind, *key], ensure_ascii=False).encode()).hexdigest()
    return f"{kind}-{digest[:12]}"


@lru_cache(maxsize=16384)
def days(edtf: str) -> tuple[int, int] | None:
    """First and last day of a date as ordinals; None where an end is open or the text is no EDTF."""
    found = days_of(edtf)
    return (found.first.toordinal(), found.last.toordinal()) if found else None


def constrain(groups: Sequence[Group[Record]], constraints: Iterable[Constraint]) -> list[Group[Record]]:
    """``groups`` as the human decisions want them: first everything to be merged, then everything to be split.

    Where a pair is to be split, each record of the group goes with the one of the two that it has most in common with:
    merged with it by hand, of the same passage, of the same words, of the same source. Constraints that name no record are left to
    the caller.
    """
    wanted = sorted(constraints, key=lambda one: (one.decision, one.one, one.other))
    if not wanted:
        return list(groups)
    result: dict[int, Group[Record]] = dict(enumerate(groups))
    where = {item.place: number for number, group in result.items() for item in group.items}
    tied: dict[Place, set[Place]] = {}
    for constraint in wanted:
        if constraint.together and constraint.one in where and constraint.other in where:
            _merge(result, where, constraint)
            tied.setdefault(constraint.one, set()).add(constraint.other)
            tied.setdefault(constraint.other, set()).add(constraint.one)
    for constraint in wanted:
        if not constraint.together and constraint.one in where and constraint.other in where:
            _split(result, where, constraint, tied)
    return list(result.values())


def _merge(result: dict[int, Group[Record]], where: dict[Place, int], constraint: Constraint) -> None:
    kept, gone = where[constraint.one], where[constraint.other]
    if kept != gone:
        if repr(result[gone].key) < repr(result[kept].key):
            kept, gone = gone, kept
        lost = result.pop(gone)
        result[kept].items += lost.items
        result[kept].items.sort(key=lambda item: item.order)
        result[kept].near += lost.near
        result[kept].decisions += lost.decisions
        where.update((item.place, kept) for item in lost.items)
    result[kept].decisions.append(constraint.decision)


def _split(
    result: dict[int, Group[Record]],
    where: dict[Place, int],
    constraint: Constraint,
    tied: Mapping[Place, set[Place]],
) -> None:
    number = where[constraint.one]
    group = result[number]
    if number != where[constraint.other]:
        group.decisions.append(constraint.decision)
        result[where[constraint.other]].decisions.append(constraint.decision)
        return
    with_one = _reach(constraint.one, tied)
    with_other = _reach(constraint.other, tied)
    if constraint.other in with_one:
        return  # contradicting decisions; the caller reports them
    by_place = {item.place: item for item in group.items}
    one, other = by_place[constraint.one], by_place[constraint.other]
    staying: list[Item[Record]] = []
    leaving: list[Item[Record]] = []
    for item in group.items:
        stays = item.place not in with_other and _likeness(item, one) >= _likeness(item, other)
        (staying if item.place in with_one or stays else leaving).append(item)
    group.items = staying
    group.decisions.append(constraint.decision)
    new = max(result) + 1
    source, start, index = other.order
    result[new] = Group(group.key + ("split", source, start, index), leaving, decisions=list(group.decisions))  # noqa: RUF005
    where.update((item.place, new) for item in leaving)


def _reach(start: Place, tied: Mapping[Place, set[Place]]) -> set[Place]:
    """``start`` and all records that decisions tie to it."""
    found, todo = {start}, [start]
    while todo:
        for place in tied.get(todo.pop(), ()):
            if place not in found:
                found.add(place)
                todo.append(place)
    return found


def _likeness(item: Item[Record], seed: Item[Record]) -> tuple[bool, bool, bool, bool]:
    same_source = item.cited.source == seed.cited.source
    mine, its = item.cited.record.span, seed.cited.record.span
    return item.place == seed.place, same_source and mine == its, mine.quote == its.quote, same_source
