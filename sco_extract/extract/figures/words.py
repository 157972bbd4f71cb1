"""The vocabulary of figures, compiled once for each lexicon."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from sco_extract.lexicon.load import Lexicon, alternation
from sco_extract.model.mentions import FigureBound

SCALES: Mapping[str, int] = {
    "": 0, "千": 3, "万": 4, "十万": 5, "百万": 6, "千万": 7, "亿": 8, "十亿": 9, "百亿": 10, "千亿": 11, "万亿": 12,
}  # fmt: skip
_PREFIX, _UNIT = "figure_quantity_", "figure_unit_"
# Words between a quantity and its number: 首次突破, 已增至约; five are more than any text known has.
_VERBS = 5


@dataclass(frozen=True, slots=True)
class Words:
    """Patterns and tables; ``quantities`` gives for each pattern of ``finder`` the name of its quantity."""

    finder: AhoCorasick
    quantities: tuple[str, ...]
    people: str
    person: str
    units: Mapping[str, str]
    growths: frozenset[str]
    number: re.Pattern[str]
    growth: re.Pattern[str]
    more: re.Pattern[str]
    bounds: Mapping[str, FigureBound]
    falls: frozenset[str]
    forecast: re.Pattern[str]
    as_of: re.Pattern[str]
    total: re.Pattern[str]
    so_far: re.Pattern[str]
    period: re.Pattern[str]
    joins: tuple[str, ...]
    placed: frozenset[str]
    join: re.Pattern[str]
    adverbs: re.Pattern[str]
    nobody: re.Pattern[str]
    expected: re.Pattern[str]
    somebody: re.Pattern[str]


@cache
def words_of(lexicon: Lexicon) -> Words:
    """The groups of ``words_figures.toml`` and the names of states, places and organisations made ready."""
    groups = {name: words for name, words in lexicon.groups.items() if name.startswith(_PREFIX)}
    quantities = {word: words[0] for words in groups.values() for word in words}
    ordered = sorted(quantities)
    bounds: dict[str, FigureBound] = dict.fromkeys(lexicon.words("figure_about"), "about")
    bounds |= dict.fromkeys(lexicon.words("figure_over"), "over")
    bounds |= dict.fromkeys(lexicon.words("figure_under"), "under")
    falls = lexicon.words("figure_fall")
    changes = alternation((*lexicon.words("figure_rise"), *falls))
    units = {unit: unit for unit in lexicon.words("figure_units")}
    for name, same in lexicon.groups.items():
        if name.startswith(_UNIT):
            units |= dict.fromkeys(same, same[0])
    since = alternation(lexicon.words("figure_growth"))
    # The words of a bound are not words of the verb, so that they are found: 达｜约｜23.
    verb = alternation(word for word in lexicon.words("figure_verbs") if word not in bounds)
    bound = alternation(bounds)
    amount = r"(?P<number>[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]{1,9}(?:\.[0-9]{1,6})?)"  # 1,728, 894.1
    percent = rf"(?P<change>{changes})(?:了)?(?P<bound>{bound})?\ ?{amount}\ ?%"  # 增长约27.2%
    return Words(
        finder=AhoCorasick(ordered, matchkind=MatchKind.LeftmostLongest),
        quantities=tuple(quantities[word] for word in ordered),
        people=groups[_PREFIX + "population"][0],
        units=units,
        person=lexicon.words("figure_unit_people")[0],
        growths=frozenset(groups[_PREFIX + "growth"]),
        number=re.compile(
            rf"""
            (?:[（(][^（）()\n]{{1,12}}[）)])?                     # 国内生产总值（GDP）
            (?P<date>[，,]?(?:于|在)?(?P<at>[12][0-9]{{3}}年))?     # 贸易额2023年达
            (?:[，,：:]|{verb}){{0,{_VERBS}}}                      # 达到, 首次突破, ：
            (?P<bound>{bound})?(?:为)?\ ?                          # 约
            {amount}
            (?P<more>[余多])?
            (?P<scale>{alternation(word for word in SCALES if word)})?
            (?P<again>[余多])?
            (?P<unit>{alternation(units)}|%)?
            (?P<around>以上|以下|以内|左右|上下)?
            """,
            re.VERBOSE,
        ),
        growth=re.compile(rf"(?:{since})?{percent}"),  # GDP增长5.2%, 进出口额同比增长3%
        more=re.compile(rf"[，,（(](?:{since}){percent}"),  # 达894亿美元，较上一年增长27.2%
        bounds=bounds,
        falls=frozenset(falls),
        expected=re.compile(rf"(?:{alternation(lexicon.words('figure_forecast'))})?[在于到至据]?"),
        forecast=re.compile(alternation(lexicon.words("figure_forecast"))),
        as_of=re.compile(rf"(?:{alternation(lexicon.words('figure_as_of'))})$"),
        so_far=re.compile(alternation(lexicon.words("figure_so_far"))),
        total=re.compile(alternation(lexicon.words("figure_total"))),
        period=re.compile(rf"(?:{alternation(lexicon.words('figure_of_period'))})*"),
        joins=lexicon.words("figure_joins"),
        placed=frozenset(lexicon.words("figure_placed")),
        join=re.compile(alternation(lexicon.words("figure_joins"))),
        adverbs=re.compile(rf"(?:{alternation(lexicon.words('figure_adverbs'))})+$"),
        nobody=re.compile(
            rf"{alternation(lexicon.words('figure_nobody'))}|^(?:{alternation(lexicon.words('figure_pronouns'))})"
        ),
        somebody=re.compile(alternation(_names(lexicon))),
    )


def _names(lexicon: Lexicon) -> Iterable[str]:
    """Names that say whose a quantity is; of states also two side by side in one character each: 中哈."""
    yield from (name for known in (lexicon.countries, lexicon.places) for name in known if len(name) > 1)
    for organisation in lexicon.organisation:
        yield from (organisation.name, *organisation.aliases)
    yield from lexicon.words("figure_whole", "figure_own", "link_parties")
    sides = [country.side for country in lexicon.country if country.side]
    yield from (one + other for one in sides for other in sides if one != other)
