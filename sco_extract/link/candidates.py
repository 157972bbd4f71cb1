"""Propose pairs that a person may want to look at: nearly equal names that were not merged, and what differs in them.

Similarity never merges; it only finds pairs. A pair is compared where it shares a run of characters that few names have, so
cost grows with the number of names.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from sco_extract.lexicon.load import Lexicon, alternation
from sco_extract.link.fold import Folded, comparable
from sco_extract.link.groups import Key

# A run of characters that more names share says nothing of a pair; 20 keeps at most 190 pairs a run.
RARE = 20
# A run that so few names share makes a pair alone: 农作物 in two titles of five seeds.
VERY_RARE = 4
# Runs of three characters hold a word and a part of the next; pairs of titles in the house's seeds that a reader takes for
# variants share at least two.
RUN = 3
# Likeness (0 to 100) of what is left after folding from which a pair is shown: 发展新经济对话构想 and 新经济对话纲要 have 62.
LIKE = 60.0
# From this length on a common frame (元首理事会关于…的声明) makes titles of any two topics so alike: more is asked.
LONG = 10
LIKE_LONG = 75.0
# A reader looks at a few.
MOST = 3


@dataclass(frozen=True, slots=True)
class Named:
    """A group with its name as written and taken apart."""

    key: Key
    name: str
    folded: Folded
    date: str | None = None


def propose(
    named: Sequence[Named], explain: Callable[[Named, Named], str], run: int = RUN
) -> dict[Key, list[tuple[Key, str]]]:
    """For each key the keys of at most ``MOST`` nearly equal names, likest first, with what ``explain`` says of the pair.

    A pair of which it says nothing is none. Names are compared that share two rare runs of ``run`` characters, or one that
    is very rare.
    """
    pairs: Counter[tuple[int, int]] = Counter()
    holders: dict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(named):
        for piece in _runs(one.folded.core, run):
            holders[piece].append(number)
    for numbers in holders.values():
        if len(numbers) <= RARE:
            weight = 2 if len(numbers) <= VERY_RARE else 1
            for at, a in enumerate(numbers):
                for b in numbers[at + 1 :]:
                    pairs[a, b] += weight
    found: dict[Key, list[tuple[float, Key, str]]] = defaultdict(list)
    for (a, b), shared in pairs.items():
        one, other = named[a], named[b]
        like = LIKE_LONG if min(len(one.folded.core), len(other.folded.core)) > LONG else LIKE
        likeness = fuzz.ratio(one.folded.core, other.folded.core, score_cutoff=like) if shared > 1 else 0.0
        if likeness and (why := explain(one, other)):
            found[one.key].append((likeness, other.key, why))
            found[other.key].append((likeness, one.key, explain(other, one)))
    return {
        key: [(other, why) for _, other, why in sorted(near, key=lambda one: (-one[0], str(one[1])))[:MOST]]
        for key, near in found.items()
    }


def _runs(text: str, run: int) -> Iterable[str]:
    return {text[at : at + run] for at in range(max(1, len(text) - run + 1))}


def difference(one: Named, other: Named, lexicon: Lexicon) -> str:
    """What differs between two titles, and of what kind it is: ``differs in 粮食/能源: a topic``.

    Empty where the difference is known to make another document: other years, ordinals, countries or places, or a document
    made for the other one (〈战略〉行动计划).
    """
    a, b = one.folded, other.folded
    if (a.years and b.years and a.years != b.years) or (a.numbers != b.numbers):
        return ""
    if _states(a.core, lexicon) != _states(b.core, lexicon) or _is_derived(a, b) or _is_derived(b, a):
        return ""
    if (a.years != b.years and a.core != b.core) or _disjoint(a.organisations, b.organisations):
        return ""
    if a.years != b.years:
        return f"differs in {_list(a.years)}/{_list(b.years)}: years"
    if a.core == b.core:
        if a.organisations != b.organisations:
            return f"differs in {_list(a.organisations)}/{_list(b.organisations)}: an organisation"
        both = one.date is not None and other.date is not None
        return "" if both else "the same title, and nothing says whether it is the same document"
    left, right = _differing(a.core, b.core)
    kind = "a topic" if left and right else "words that may or may not matter"
    kind = kind if a.head == b.head else "a kind of document"
    return f"differs in {left or 'nothing'}/{right or 'nothing'}: {kind}"


def _disjoint(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return bool(one and other and not set(one) & set(other))


def _is_derived(one: Folded, other: Folded) -> bool:
    """Whether the other title is that of a document made for the one: its title with another head noun behind."""
    return (
        bool(one.core)
        and other.core != one.core
        and one.core in other.core
        and other.core.endswith(other.head)
        and (not other.core.endswith(one.core))
    )


def _states(core: str, lexicon: Lexicon) -> set[str]:
    return set(_places(lexicon).findall(core))


@cache
def _places(lexicon: Lexicon) -> re.Pattern[str]:
    """Names of countries and of places; one of one character would be found in other words."""
    names = {comparable(name) for known in (lexicon.countries, lexicon.places) for name in known if len(name) > 1}
    return re.compile(alternation(names))


def _list(values: Iterable[object]) -> str:
    return ", ".join(map(str, values)) or "nothing"


def _differing(one: str, other: str) -> tuple[str, str]:
    """The parts of the two that are not in the other, joined by … ."""
    edits = [edit for edit in Levenshtein.opcodes(one, other) if edit.tag != "equal"]
    return _joined(one[edit.src_start : edit.src_end] for edit in edits), _joined(
        other[edit.dest_start : edit.dest_end] for edit in edits
    )


def _joined(parts: Iterable[str]) -> str:
    return "…".join(part for part in parts if part)


def spelling(one: Named, other: Named) -> str:
    """What differs between two names of people of one country; nothing for people of two."""
    if one.folded.organisations != other.folded.organisations or one.folded.core == other.folded.core:
        return ""
    a, b = _differing(one.folded.core, other.folded.core)
    return f"differs in {a or 'nothing'}/{b or 'nothing'}: perhaps another spelling of the name"
