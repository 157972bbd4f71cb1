"""Group the mentions of documents: one group a document.

Two titles name one document where nothing is left that tells them apart after folding (``fold.py``) and their dates allow
it. A bare title (谅解备忘录) is a document of its own unless date and place, or the only antecedent in its source, say which.
"""

from __future__ import annotations

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from sco_extract.lexicon.load import Lexicon, alternation
from sco_extract.link.fold import GENERIC_EXTRA, Folded, comparable, fold_title
from sco_extract.link.groups import Group, Item, Key, days
from sco_extract.model.records import Instrument

# So short a topic is that of many organisations and pairs of states: 服务贸易, 自由贸易区; longer ones are special.
WEAK_EXTRA = 5
# Two dates of one declaration that lie further apart are two declarations; nearer ones contradict each other.
SAME_ISSUE_DAYS = 31
# A plan or strategy without years in its title that has dates so far apart is a new edition.
NEW_EDITION_DAYS = 3 * 365
# Actions that bring a document about; another mention of a bare title can point back to one.
# Candidates that a person would look at.
_SHOWN = 5
_MAKING = frozenset({"adopted", "approved", "signed", "agreed", "drafting"})

_Item = Item[Instrument]


@dataclass(frozen=True, slots=True)
class Kinds:
    """Which head nouns are issued again and again, signed once, or say nothing by themselves; and the known places."""

    recurring: frozenset[str]
    treaties: frozenset[str]
    contract: frozenset[str]
    weak: frozenset[str]
    places: frozenset[str]
    parties: re.Pattern[str]


def _parties(lexicon: Lexicon) -> re.Pattern[str]:
    """The name of a state anywhere, or at the beginning one-character forms of two states (中俄) or a known pair (中非)."""
    states = alternation(comparable(name) for name in lexicon.countries if len(name) > 1)
    side = alternation(country.side for country in lexicon.country if country.side)
    return re.compile(rf"{states}|^(?:{alternation(lexicon.words('link_parties'))}|(?:{side}){{2}})")


@cache
def kinds_of(lexicon: Lexicon) -> Kinds:
    """The groups of ``words_linking.toml`` and the names of places."""
    return Kinds(
        recurring=frozenset(lexicon.words("link_recurring")),
        treaties=frozenset(lexicon.words("link_treaties")),
        contract=frozenset(lexicon.words("link_contract")),
        weak=frozenset(lexicon.words("link_weak")),
        places=frozenset(map(comparable, lexicon.places)),
        parties=_parties(lexicon),
    )


def group_documents(
    items: Sequence[_Item], organisations: Mapping[str, str], lexicon: Lexicon
) -> list[Group[Instrument]]:
    """The documents that ``items`` name; ``organisations`` gives the organisation a source mostly speaks of."""
    kinds = kinds_of(lexicon)
    folded = {id(item): _fold(item, kinds, lexicon) for item in items}
    bare = [item for item in items if _is_bare(folded[id(item)], kinds)]
    titled = [item for item in items if not _is_bare(folded[id(item)], kinds)]
    known: dict[Key, set[tuple[str, ...]]] = defaultdict(set)
    for item in titled:
        known[_base(replace(folded[id(item)], organisations=()))].add(folded[id(item)].organisations)
    blocks: dict[Key, list[_Item]] = defaultdict(list)
    for item in titled:
        source = item.cited.source
        title = folded[id(item)]
        if _is_weak(title, kinds):
            title = replace(title, organisations=(organisations.get(source, f"in {source}"),))
        blocks[_with_organisation(title, organisations.get(source), known, kinds)].append(item)
    groups = list(_bare_groups(bare, folded, organisations))
    for base, block in blocks.items():
        groups += _by_date(base, sorted(block, key=lambda item: item.order), folded[id(block[0])], kinds)
    return groups


def organisations_of(sources: Iterable[tuple[str, Iterable[str]]], lexicon: Lexicon) -> dict[str, str]:
    """The organisation that most titles of a source name, by source; none where no title names one."""
    found: dict[str, str] = {}
    for source, titles in sources:
        counts = Counter(one for title in titles for one in fold_title(title, lexicon).organisations)
        if counts:
            found[source] = min(counts, key=lambda one: (-counts[one], one))
    return found


def title_of(record: Instrument) -> str:
    """The full title where the record is a short form, else its own."""
    return record.refers_to or record.title


def is_bare(title: str, lexicon: Lexicon) -> bool:
    """Whether any number of documents have the title: 谅解备忘录, 联合声明."""
    return _is_bare(fold_title(title, lexicon), kinds_of(lexicon))


def _fold(item: _Item, kinds: Kinds, lexicon: Lexicon) -> Folded:
    """A title taken apart; a declaration named for a place keeps only the place: 元首理事会阿斯塔纳宣言, 阿斯塔纳宣言."""
    folded = fold_title(title_of(item.cited.record), lexicon)
    if folded.head in kinds.recurring:
        place = next((folded.extra[at:] for at in range(len(folded.extra)) if folded.extra[at:] in kinds.places), None)
        if place is not None:
            return replace(folded, core=place + folded.head)
    return folded


def _base(folded: Folded) -> Key:
    return folded.core, folded.organisations, folded.years, folded.numbers


def _is_bare(folded: Folded, kinds: Kinds) -> bool:
    """Whether the title says no topic; with an organisation only kinds are bare of which it has many."""
    if folded.numbers or len(folded.extra) > GENERIC_EXTRA or folded.extra in kinds.places:
        return False
    if folded.years and (folded.organisations or not folded.head or kinds.parties.search(folded.core)):
        return False
    return not folded.organisations or (not folded.extra and folded.head in kinds.contract)


def _is_weak(folded: Folded, kinds: Kinds) -> bool:
    """Whether a title says only a short topic of its own (服务贸易协定): every organisation may have one."""
    if folded.organisations or folded.numbers or _is_telling(folded, kinds):
        return False
    return not kinds.parties.search(folded.core) and folded.head in kinds.weak


def _is_telling(folded: Folded, kinds: Kinds) -> bool:
    """Whether a title without an organisation names one document wherever it stands: by a long topic, or a place (and years)."""
    extra = folded.extra
    place = (
        any(extra[:length] in kinds.places for length in range(2, len(extra) + 1))
        if folded.years
        else extra in kinds.places
    )
    return len(extra) > WEAK_EXTRA or place


def _with_organisation(
    folded: Folded, organisation: str | None, known: Mapping[Key, set[tuple[str, ...]]], kinds: Kinds
) -> Key:
    """The key of a title. One that leaves out its organisation is the one that its source's organisation has under that title.

    In a source that names no organisation at all a long title is the only one there is, if there is just one.
    """
    base = _base(folded)
    if folded.organisations:
        return base
    others = known[base] - {()}
    elsewhere = others if _is_telling(folded, kinds) else set()
    fits = others & {(organisation,)} if organisation else elsewhere
    return _base(replace(folded, organisations=next(iter(fits)))) if len(fits) == 1 else base


def _bare_groups(
    items: Sequence[_Item], folded: Mapping[int, Folded], organisations: Mapping[str, str]
) -> Iterable[Group[Instrument]]:
    """Groups of documents with bare titles: by date and place or body; else by the only antecedent in the source."""
    groups: dict[Key, Group[Instrument]] = {}
    seen: dict[tuple[str, str], list[Key]] = defaultdict(list)
    for item in sorted(items, key=lambda one: one.order):
        record, source = item.cited.record, item.cited.source
        title = folded[id(item)]
        name = " ".join((title.core, *title.years))
        before = seen[source, name]
        where = comparable(record.place) or comparable(record.body)
        if record.date and where:
            context = title.organisations or (organisations.get(source, ""),)
            key: Key = ("bare", name, context, record.date, where)
        elif len(before) == 1 and record.action not in _MAKING and not record.date:
            key = before[0]
        else:
            key = ("bare", name, source, record.span.start)
        group = groups.setdefault(key, Group(key, []))
        group.items.append(item)
        if len(before) > 1 and len(group.items) == 1:
            group.near += [(other, f"a bare title, and the source has {len(before)} before it") for other in before]
        if key not in before:
            before.append(key)
    return groups.values()


def _by_date(base: Key, items: Sequence[_Item], folded: Folded, kinds: Kinds) -> list[Group[Instrument]]:
    """Documents of one title told apart by their dates, as far as such titles are given twice."""
    gap = SAME_ISSUE_DAYS if _is_weak(folded, kinds) else _gap(folded, kinds)
    dated: list[tuple[int, int, _Item]] = []
    loose: list[_Item] = []
    for item in items:
        bounds = days(item.cited.record.date) if item.cited.record.date else None
        if bounds is None or bounds[1] - bounds[0] > SAME_ISSUE_DAYS:
            loose.append(item)
        else:
            dated.append((*bounds, item))
    issues: list[list[_Item]] = []
    last = 0
    for first, latest, item in sorted(dated, key=lambda one: (one[0], one[1], one[2].order)):
        if issues and (gap is None or first - last <= gap):
            issues[-1].append(item)
        else:
            issues.append([item])
        last = max(last, latest)
    marked = len(issues) > 1 or folded.head in kinds.recurring
    groups = [Group((*base, _month(issue) if marked else ""), issue) for issue in issues]
    return _place_loose(base, loose, groups)


def _gap(folded: Folded, kinds: Kinds) -> int | None:
    """Days between two dates of a title from which on it names two documents; None for never."""
    if folded.numbers or folded.head in kinds.recurring:
        return SAME_ISSUE_DAYS
    return None if folded.head in kinds.treaties or folded.years else NEW_EDITION_DAYS


def _month(issue: Iterable[_Item]) -> str:
    return min(item.cited.record.date or "" for item in issue)[:7]


def _place_loose(base: Key, loose: Sequence[_Item], groups: list[Group[Instrument]]) -> list[Group[Instrument]]:
    """Mentions without a day go to the only document of that title, in the corpus or else in their source."""
    result = list(groups)
    known = [(group, _bounds(group), {item.cited.source for item in group.items}) for group in groups]
    unsure: dict[Key, Group[Instrument]] = {}
    for item in sorted(loose, key=lambda one: (_width(one), one.order)):
        wide = days(item.cited.record.date or "")
        fits = [one for one in known if wide is None or one[1] is None or _overlap(wide, one[1])]
        here = [one for one in fits if item.cited.source in one[2]]
        if len(fits) == 1 or len(here) == 1:
            group, _, sources = (here if len(here) == 1 else fits)[0]
            group.items.append(item)
            sources.add(item.cited.source)
        elif fits:
            key: Key = (*base, "", item.cited.source)
            near = [
                (one[0].key, "the same title with more than one date, and this mention has none")
                for one in fits[:_SHOWN]
            ]
            unsure.setdefault(key, Group(key, [], near)).items.append(item)
        else:
            result.append(Group((*base, item.cited.record.date or ""), [item]))
            known.append((result[-1], wide, {item.cited.source}))
    return [*result, *unsure.values()]


def _width(item: _Item) -> int:
    """Days that the date of a mention leaves open; without a date more than any."""
    bounds = days(item.cited.record.date or "")
    return bounds[1] - bounds[0] if bounds else sys.maxsize


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def _bounds(group: Group[Instrument]) -> tuple[int, int] | None:
    found = [bounds for item in group.items if (bounds := days(item.cited.record.date or ""))]
    return (min(one[0] for one in found), max(one[1] for one in found)) if found else None
