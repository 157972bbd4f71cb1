"""Does a quotation hold a fact? Dates are compared as values, names without marks and under every name of their organisation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from sco_extract.extract.dates.find import find_dates
from sco_extract.lexicon.load import Lexicon, alternation
from sco_extract.link.passages import loose
from sco_extract.model.draft import Citation
from sco_extract.model.mapped import MappedText
from sco_extract.normalize.steps import STEPS
from sco_extract.values.numerals import NUMERAL, to_int

# 第二十三次, 第8届, 第10号; 首次 and 首届 are 1.
ORDINAL = re.compile(rf"第\s*(?P<number>[{NUMERAL}]+)\s*(?P<unit>[次届轮期号回])|(?P<first>首[次届])")
_TITLE = re.compile(r"《[^《》]*》")
# Pieces of two characters say little; a name that is put together from more than three is not in the passage.
_LEAST, _MOST = 2, 3


@dataclass(frozen=True, slots=True)
class Held:
    """What quotations hold: dates (EDTF), ordinals, places (by the name of their entry) and their words, folded."""

    dates: frozenset[str]
    ordinals: frozenset[int]
    places: frozenset[str]
    words: str


@lru_cache(maxsize=16384)
def normal(text: str) -> str:
    """``text`` as the rules read it: simplified script, digits and spaces unified."""
    mapped = MappedText.of(text)
    for step in STEPS:
        mapped = step.run(mapped)
    return mapped.text


def fold_names(text: str, lexicon: Lexicon) -> str:
    """``text`` without marks and spaces, each organisation under its shortest name."""
    plain = loose(normal(text))
    pattern, short = _organisations(lexicon)
    return pattern.sub(lambda match: short[match[0]], plain) if pattern else plain


def dates_in(text: str, lexicon: Lexicon, document_date: str | None = None) -> list[tuple[str, str]]:
    """The dates of a normalized text: EDTF and the words."""
    found = find_dates(text, lexicon, document_date=document_date)
    return [(one.edtf, text[one.start : one.end]) for one in found.dates if one.edtf]


def ordinals_in(text: str) -> list[tuple[int, str]]:
    """The ordinals of a normalized text and their words."""
    found: list[tuple[int, str]] = []
    for match in ORDINAL.finditer(text):
        number = 1 if match["first"] else to_int(match["number"])
        if number is not None:
            found.append((number, match[0]))
    return found


def places_in(text: str, lexicon: Lexicon) -> list[str]:
    """The places and states that a normalized text names, each by the name of its entry; none inside an organisation's name."""
    pattern, known = _places(lexicon)
    return [known[match[0]] for match in pattern.finditer(text) if match[0] in known]


def held_by(citations: Sequence[Citation], lexicon: Lexicon) -> Held:
    """What the quotations hold; those of one source are read in the order of its text, so that years are inherited."""
    return _held(tuple(sorted({(c.source, c.paragraph, c.date, c.quote) for c in citations}, key=_order)), lexicon)


def is_covered(name: str, words: str) -> bool:
    """Is a folded ``name`` in folded ``words``, whole or in at most three pieces of two characters or more?"""
    if name in words:
        return True
    at = pieces = 0
    while at < len(name):
        end = len(name)
        while end > at + _LEAST - 1 and name[at:end] not in words:
            end -= 1
        if end <= at + _LEAST - 1 and name[at:end] not in words:
            return False
        at = end
        pieces += 1
        if pieces > _MOST:
            return False
    return True


def has_date(edtf: str, held: Held) -> bool:
    """Is the date among those of the passages?"""
    return edtf in held.dates


def has_title(title: str, held: Held, lexicon: Lexicon) -> bool:
    """Does a passage hold the title, or all of it but for marks?"""
    return fold_names(title, lexicon) in held.words


def has_name(name: str, held: Held, lexicon: Lexicon) -> bool:
    """Does a passage hold the name, in one piece or as its parts?

    Ordinals inside it (成员国第二十三次经贸部长会议) do not count.
    """
    return is_covered(fold_names(ORDINAL.sub("", normal(name)), lexicon), held.words)


def has_place(place: str, held: Held, lexicon: Lexicon) -> bool:
    """Does a passage hold the place: under any name that the lexicon knows, or in the same words?"""
    named = places_in(normal(place), lexicon)
    return all(one in held.places for one in named) if named else fold_names(place, lexicon) in held.words


def _order(one: tuple[str, int, str | None, str]) -> tuple[str, int, str]:
    return one[0], one[1], one[3]


@lru_cache(maxsize=32768)
def _held(quotes: tuple[tuple[str, int, str | None, str], ...], lexicon: Lexicon) -> Held:
    dates: set[str] = set()
    for source, when in dict.fromkeys((one[0], one[2]) for one in quotes):
        joined = "\n".join(normal(one[3]).replace("\n", " ") for one in quotes if one[0] == source)
        dates.update(edtf for edtf, _ in dates_in(joined, lexicon, when))
    texts = [normal(one[3]) for one in quotes]
    return Held(
        frozenset(dates),
        frozenset(number for text in texts for number, _ in ordinals_in(text)),
        frozenset(place for text in texts for place in places_in(text, lexicon)),
        "\n".join((*(fold_names(text, lexicon) for text in texts),
                   *(fold_names(ORDINAL.sub("", text), lexicon) for text in texts))),
    )  # fmt: skip


@cache
def _organisations(lexicon: Lexicon) -> tuple[re.Pattern[str] | None, dict[str, str]]:
    short: dict[str, str] = {}
    for entry in lexicon.organisation:
        names = sorted({loose(name) for name in (entry.name, *entry.aliases)}, key=lambda name: (len(name), name))
        short.update(dict.fromkeys(names, names[0]))
    return (re.compile(alternation(short)), short) if short else (None, {})


@cache
def _places(lexicon: Lexicon) -> tuple[re.Pattern[str], dict[str, str]]:
    known: dict[str, str] = {}
    for name, place in lexicon.places.items():
        known[name] = place.name
    for name, country in lexicon.countries.items():
        known[name] = country.name
    sides = lexicon.words("side")
    for country in lexicon.country:
        for word in sides if country.side else ():
            known[country.side + word] = country.name
    organisations = {name for entry in lexicon.organisation for name in (entry.name, *entry.aliases)}
    return re.compile(alternation({*known, *organisations})), known


def titles_in(text: str) -> list[str]:
    """The titles in 《》 of ``text``, without the marks."""
    return [match[0][1:-1] for match in _TITLE.finditer(text)]


def without_titles(text: str) -> str:
    """``text`` with an empty mark in the place of each title."""
    return _TITLE.sub("《》", text)


def first_in(words: Iterable[str], text: str) -> str | None:
    """The first of ``words`` that ``text`` holds."""
    return next((word for word in words if word in text), None)
