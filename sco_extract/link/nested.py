"""Titles inside other titles: 《〈战略〉行动计划》 names 《战略》, and is a plan that carries it out.

A nested title is a mention of the document it names. A document that is only named so is an entity where two sources name
it or a plan for it was adopted: nobody adopts a plan for what there is not, while one mention of a plan in the making may
name what will never be.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from sco_extract.lexicon.load import Lexicon, alternation
from sco_extract.link.fold import fold_title
from sco_extract.link.groups import Group, Item, Key
from sco_extract.link.linked import Cited, Cluster
from sco_extract.model.records import Instrument, InstrumentEntity, LifecycleStep, Mention, Span

# Shorter titles in marks inside another one are journals or single words.
SHORTEST = 2
_INSIDE = re.compile(rf"〈([^〈〉]{{{SHORTEST},}})〉")
_MARKED = re.compile(rf"[〈《<＜]([^〈〉《》<>＜＞]{{{SHORTEST},}})[〉》>＞]")  # in the source, whatever marks it has
_MADE = ("adopted", "approved", "signed")

_Item = Item[Instrument]


@dataclass(frozen=True, slots=True)
class Nested:
    """A mention of a document in the title of another one; ``plan``: the other one carries it out."""

    inner: _Item
    outer: _Item
    plan: bool


@dataclass(frozen=True, slots=True)
class Naming:
    """What nested titles say of the groups: more mentions of each, and which document each one carries out."""

    groups: tuple[Group[Instrument], ...]
    mentions: Mapping[Key, tuple[Mention, ...]]
    implements: Mapping[Key, Key]


def find_nested(items: Sequence[_Item], lexicon: Lexicon) -> list[Nested]:
    """The titles inside those of ``items``; their indexes are below 0, so that no human decision means them."""
    found: list[Nested] = []
    for outer in items:
        record = outer.cited.record
        titles = list(_INSIDE.finditer(record.title)) if "〈" in record.title else []
        marked = list(_MARKED.finditer(record.span.quote, 1, max(1, len(record.span.quote) - 1))) if titles else []
        exact = len(marked) == len(titles)
        for number, title in enumerate(titles):
            span = _part(record.span, marked[number]) if exact else record.span
            inner = Item(Cited(outer.cited.source, _named(record, title[1], span, lexicon)), -1 - outer.index)
            found.append(Nested(inner, outer, _is_plan(record.title, title, lexicon)))
    return found


def _part(span: Span, part: re.Match[str]) -> Span:
    return Span(start=span.start + part.start(), end=span.start + part.end(), quote=part[0])


def _named(outer: Instrument, title: str, span: Span, lexicon: Lexicon) -> Instrument:
    """The record of a nested title; of what the text says about the outer document nothing holds for the inner one."""
    kinds = _kinds(lexicon)
    kind = next((title[at:] for at in range(len(title)) if title[at:] in kinds), None)
    return Instrument(
        span=span, rule=outer.rule, title=title, kind=kind, date=None, place=None, body=None, draft=False, action="mentioned",
        refers_to=None,
    )  # fmt: skip


@cache
def _kinds(lexicon: Lexicon) -> frozenset[str]:
    return frozenset(kind.name for kind in lexicon.kind)


def _is_plan(title: str, inner: re.Match[str], lexicon: Lexicon) -> bool:
    """Whether a title with another one inside is a plan to carry that out, not a change of it or a report on it."""
    rest = title[: inner.start()] + title[inner.end() :]
    return fold_title(rest, lexicon).core.endswith(_plans(lexicon)) and not _changing(lexicon).search(rest)


@cache
def _plans(lexicon: Lexicon) -> tuple[str, ...]:
    return lexicon.words("link_plans")


@cache
def _changing(lexicon: Lexicon) -> re.Pattern[str]:
    return re.compile(alternation(lexicon.words("link_changing")))


def name_groups(groups: Iterable[Group[Instrument]], nested: Sequence[Nested]) -> Naming:
    """Take the nested titles out of ``groups`` again: what a source says of a document is in its own mentions only.

    Groups of nested titles stay where more than one source has them or a plan for them was adopted.
    """
    inside = {id(one.inner): one for one in nested}
    kept: list[Group[Instrument]] = []
    mentions: dict[Key, tuple[Mention, ...]] = {}
    key_of: dict[int, Key] = {}
    for group in groups:
        here = [one for item in group.items if (one := inside.get(id(item)))]
        own = [item for item in group.items if id(item) not in inside]
        if not own and not _is_known(group, here):
            continue
        key_of.update((id(item), group.key) for item in group.items)
        if own:
            group.items = own
            mentions[group.key] = tuple(
                Mention(source=one.inner.cited.source, span=one.inner.cited.record.span) for one in here
            )
        kept.append(group)
    return Naming(tuple(kept), mentions, _carried_out(nested, key_of))


def _is_known(group: Group[Instrument], nested: Sequence[Nested]) -> bool:
    """Whether a document that is only named inside titles is one; a bare title, or one of several documents, is not."""
    if group.key[0] == "bare" or group.near:
        return False
    sources = {one.inner.cited.source for one in nested}
    return len(sources) > 1 or any(one.plan and one.outer.cited.record.action in _MADE for one in nested)


def _carried_out(nested: Sequence[Nested], key_of: Mapping[int, Key]) -> dict[Key, Key]:
    """For each plan the document that all its titles name; none for a plan of two documents."""
    found: dict[Key, set[Key | None]] = defaultdict(set)
    for one in nested:
        if one.plan:
            found[key_of[id(one.outer)]].add(key_of.get(id(one.inner)))
    result: dict[Key, Key] = {}
    for plan, keys in found.items():
        only = next(iter(keys)) if len(keys) == 1 else None
        if only is not None and only != plan:
            result[plan] = only
    return result


def planned(
    documents: Iterable[Cluster[InstrumentEntity, Instrument]],
) -> dict[str, list[LifecycleStep]]:
    """For each document the step that a plan for it was made: the day and passage of the plan's adoption where known."""
    steps: dict[str, list[LifecycleStep]] = defaultdict(list)
    for cluster in documents:
        entity = cluster.entity
        if entity.implements is None:
            continue
        made = [cited for cited in cluster.members if cited.record.action in _MADE and not cited.record.draft]
        dated = [cited for cited in made if cited.record.date]
        said = next(cited for cited in (*dated, *made, *cluster.members))
        when = said.record.date if said in dated else None
        steps[entity.implements].append(
            LifecycleStep(step="planned", date=when, source=said.source, span=said.record.span)
        )
    return steps
