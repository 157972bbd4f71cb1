"""Take a title or a name apart into what tells it from others and what does not.

What is *the same thing said otherwise* is folded away (width, quotes, connectors, fillers, the long or short name of an
organisation, head nouns of one family); what *makes another thing* becomes a component of its own (years, ordinals,
organisations) or stays in the core (topic, country). All words stand in ``words_linking.toml``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from ahocorasick_rs import AhoCorasick, MatchKind

from sco_extract.lexicon.load import Lexicon, alternation
from sco_extract.values.numerals import NUMERAL, to_int

# A title whose core has at most so many characters besides its head noun says no topic (谅解备忘录, 联合声明, 德里宣言).
GENERIC_EXTRA = 2
# A main title before —— of so many characters names the document without its subtitle (…家园——在…峰会上的讲话).
MAIN_TITLE = 8

_QUOTES = re.compile(r"[\s“”\"'‘’「」『』《》〈〉<>]+")
_DASH = re.compile(r"[—–－~～−‐-]")
_SUBTITLE = re.compile(r"(?:——|--|──).*$", re.DOTALL)
_NOTE = re.compile(r"\([^()]*[0-9]{4}年[0-9]{1,2}月[^()]*\)")
_LATIN_GLOSS = re.compile(r"\([a-z0-9 .&/-]+\)")
_GLOSS = re.compile(r"\(([^()]*)\)")
_YEARS = re.compile(
    r"""
      (?P<day>[12][0-9]{3}年[0-9]{1,2}月[0-9]{1,2}日)                              # 2006年11月9日
    | (?P<first>[12][0-9]{3})年?(?:[-—–－~～−]|至|到|和|、)(?P<last>[12][0-9]{3})年?         # 2021—2025年, 2023年和2024年
    | (?:截至|[至到])(?P<until>[12][0-9]{3})年?(?:[底末]?前)?                        # 至2030年
    | (?P<before>[12][0-9]{3})年[底末]?[之以]?前(?![景沿瞻])                         # 2030年前
    | (?P<month>[12][0-9]{3}年[0-9]{1,2}月)                                      # 2024年7月
    | (?<![0-9])(?P<year>(?:19|20)[0-9]{2})(?![0-9])年?                         # 2030年, 2030
    """,
    re.VERBOSE,
)
_ORDINAL = re.compile(
    rf"""
      第(?P<number>[{NUMERAL}]+)(?:/(?P<part>[0-9]+))?[次届号轮期个版章条批]     # 第十届, 第10号, 第70/1号
    | (?P<first>首)[次届轮批]                          # 首届
    """,
    re.VERBOSE,
)
# The year of a numbered decision, which the number alone tells, too: 第2231（2015）号.
_NUMBER_YEAR = re.compile(r"(?<=[0-9])\([12][0-9]{3}\)(?=号)")
_MARKS = re.compile(r"[^\w+]+")
_PLUS_BETWEEN = re.compile(r"(?<=\w)\+(?=\w)")
_DIGITS = re.compile(r"[^0-9]+")
_LETTER = re.compile(r"[^\W\d_]|\+")


@dataclass(frozen=True, slots=True)
class Folded:
    """A name taken apart. ``core`` ends with ``head``, the head noun of its family ('' where none is known).

    ``organisations`` and ``years`` are sorted; ``years`` holds ISO days, years, ranges and ``..2030``; ``numbers`` are the
    ordinals as written.
    """

    core: str
    head: str
    organisations: tuple[str, ...]
    years: tuple[str, ...]
    numbers: tuple[int, ...]

    @property
    def extra(self) -> str:
        """The core without its head noun: topic, country, place."""
        return self.core.removesuffix(self.head) if self.head else self.core


@dataclass(frozen=True, slots=True)
class _Words:
    """The lexicon made ready: ``actions`` says for each pattern of ``finder`` what it becomes."""

    finder: AhoCorasick
    actions: tuple[tuple[str, str], ...]  # (text that stays, organisation id)
    heads: Mapping[str, str]
    longest_head: int
    before_head: re.Pattern[str]
    carrying_out: re.Pattern[str]


def comparable(name: str | None) -> str:
    """A name without what writers vary freely: width, spaces, quotes, the form of a dash, letter case."""
    folded = unicodedata.normalize("NFKC", name or "")
    return _DASH.sub("-", _QUOTES.sub("", folded)).casefold()


@lru_cache(maxsize=65536)
def fold_title(title: str, lexicon: Lexicon) -> Folded:
    """The title of a document taken apart."""
    return _fold(title, _title_words(lexicon))


def title_key(title: str, lexicon: Lexicon) -> str:
    """A text that is equal for titles that nothing tells apart."""
    folded = fold_title(title, lexicon)
    return "|".join((folded.core, *folded.organisations, *folded.years, *map(str, folded.numbers)))


@lru_cache(maxsize=65536)
def fold_event(name: str, lexicon: Lexicon) -> Folded:
    """The name of an event taken apart; of ``X：Y`` the part that ends with an event's head noun, else the whole."""
    words = _event_words(lexicon)
    text = unicodedata.normalize("NFKC", name)
    parts = [part for part in text.split(":") if _head(_QUOTES.sub("", part).casefold(), words)[0]]
    folded = _fold(parts[-1] if len(parts) == 1 else text, words)
    summit = _families(lexicon, "link_alone_").get(folded.core) if folded.organisations else None
    return replace(folded, core=summit, head=summit) if summit else folded


@cache
def _title_words(lexicon: Lexicon) -> _Words:
    heads = {kind.name: kind.name for kind in lexicon.kind} | _families(lexicon, "link_genre_")
    same = _families(lexicon, "link_same_")
    drop = lexicon.words("link_fillers")
    return _prepare(lexicon, same, drop, heads)


@cache
def _event_words(lexicon: Lexicon) -> _Words:
    families = _families(lexicon, "link_event_", but=("filler", "plain"))
    heads = {event.name: _with_family(event.name, families) for event in lexicon.event} | families
    same = _families(lexicon, "link_same_")
    drop = lexicon.words("link_fillers", "link_event_filler")
    return _prepare(lexicon, same, drop, heads)


def _with_family(head: str, families: Mapping[str, str]) -> str:
    """A longer head noun with its end in the form of its family: 负责人会晤 as 负责人会议."""
    tail = next((head[at:] for at in range(1, len(head)) if head[at:] in families), "")
    return head.removesuffix(tail) + families[tail] if tail else head


@cache
def _families(lexicon: Lexicon, prefix: str, but: tuple[str, ...] = ()) -> dict[str, str]:
    """First word of its family for each word of the groups whose name begins with ``prefix``."""
    skipped = {prefix + name for name in but}
    return {
        word: group.words[0]
        for group in lexicon.group
        if group.name.startswith(prefix) and group.name not in skipped
        for word in group.words
    }


def _prepare(lexicon: Lexicon, same: Mapping[str, str], drop: Iterable[str], heads: Mapping[str, str]) -> _Words:
    members = lexicon.words("link_members")
    patterns: dict[str, tuple[str, str]] = {_bare(word): ("", "") for word in drop}
    patterns.update({_bare(word): (_bare(first), "") for word, first in same.items()})
    for organisation in lexicon.organisation:
        for name in (organisation.name, *organisation.aliases):
            for form in (name, *(name + member for member in members)):
                patterns[_bare(form)] = ("", organisation.id)
    ordered = sorted(pattern for pattern in patterns if pattern)
    finder = AhoCorasick(ordered, matchkind=MatchKind.LeftmostLongest)
    actions = tuple(patterns[pattern] for pattern in ordered)
    heads = {
        _replace(_bare(head), finder, actions)[0]: _replace(_bare(to), finder, actions)[0] for head, to in heads.items()
    }
    heads.pop("", None)
    return _Words(
        finder=finder,
        actions=actions,
        heads=heads,
        longest_head=max(map(len, heads)),
        before_head=re.compile(rf"(?:{alternation(lexicon.words('link_before_head'))})+$"),
        carrying_out=re.compile(alternation(lexicon.words("link_carrying_out"))),
    )


def _bare(text: str) -> str:
    """Letters and digits of a word as they stand in a text that is being folded."""
    return _MARKS.sub("", _QUOTES.sub("", unicodedata.normalize("NFKC", text)).casefold())


def _fold(text: str, words: _Words) -> Folded:
    text = unicodedata.normalize("NFKC", text).casefold()
    main = _SUBTITLE.sub("", text)
    text = main if len(main) >= MAIN_TITLE else text
    nested = any(mark in text for mark in "〈《<")
    text = _NUMBER_YEAR.sub("", _NOTE.sub("", _PLUS_BETWEEN.sub("", text)))
    text = _QUOTES.sub("", text)
    years: list[str] = []
    numbers: list[int] = []
    text = _YEARS.sub(lambda match: _take_year(match, years), text)
    text = _ORDINAL.sub(lambda match: _take_number(match, numbers), text)
    text = _GLOSS.sub(_gloss, _LATIN_GLOSS.sub("", text))
    if nested:
        text = words.carrying_out.sub("", text)
    text, organisations = _replace(_MARKS.sub("", text), words.finder, words.actions)
    core, head = _fold_head(text, words)
    return Folded(core, head, tuple(sorted(organisations)), tuple(sorted(years)), tuple(numbers))


def _take_year(match: re.Match[str], years: list[str]) -> str:
    if match["first"]:
        years.append(f"{match['first']}-{match['last']}")
    elif match["until"] or match["before"]:
        years.append(f"..{match['until'] or match['before']}")
    else:
        found = match["day"] or match["month"] or match["year"]
        years.append("-".join(part.zfill(2) for part in _DIGITS.split(found) if part))
    return ""


def _take_number(match: re.Match[str], numbers: list[int]) -> str:
    value = 1 if match["first"] else to_int(match["number"])
    if value is None:
        return match[0]
    numbers.append(value)
    if match["part"]:
        numbers.append(int(match["part"]))
    return ""


def _gloss(match: re.Match[str]) -> str:
    """What stands in brackets, but for a repetition of the words before them: 铁路部门（铁路）."""
    return "" if match[1] in match.string[: match.start()] else match[1]


def _replace(text: str, finder: AhoCorasick, actions: Sequence[tuple[str, str]]) -> tuple[str, set[str]]:
    """``text`` with its words folded, and the organisations it names."""
    pieces: list[str] = []
    organisations: set[str] = set()
    at = 0
    for number, start, end in finder.find_matches_as_indexes(text):
        stays, organisation = actions[number]
        pieces += (text[at:start], stays)
        if organisation:
            organisations.add(organisation)
        at = end
    pieces.append(text[at:])
    return "".join(pieces), organisations


def _head(text: str, words: _Words) -> tuple[str, str]:
    """The longest head noun at the end of ``text``, as written and in its family's form; two empty strings for none."""
    for length in range(min(words.longest_head, len(text)), 0, -1):
        if (family := words.heads.get(text[-length:])) is not None:
            return text[-length:], family
    return "", ""


def _fold_head(text: str, words: _Words) -> tuple[str, str]:
    written, family = _head(text, words)
    if not written:
        return text, ""
    extra = words.before_head.sub("", text.removesuffix(written))
    if not _LETTER.search(extra):
        extra = ""
    return extra + family, family
