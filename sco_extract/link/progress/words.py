"""The vocabulary of linking measures and passages, compiled once for each lexicon."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from sco_extract.lexicon.load import Lexicon, alternation

_FIELD = "progress_field_"
_THING = "progress_thing_"
_SAME = "progress_same_"
_NEAR = "progress_near_"
_ACT = "progress_act_"
_LIKE = "progress_like_"
NEAR = "__"  # stands in the name of a sub-field: health__epidemic


@dataclass(frozen=True, slots=True)
class Words:
    """Compiled groups of ``words_progress.toml`` and names of ``organisations.toml``."""

    hold: re.Pattern[str]
    exchange: re.Pattern[str]
    study: re.Pattern[str]
    make: re.Pattern[str]
    product: re.Pattern[str]
    review: re.Pattern[str]
    reviewed: re.Pattern[str]
    done: re.Pattern[str]
    need: re.Pattern[str]
    need_after: re.Pattern[str]
    wish: re.Pattern[str]
    purpose: re.Pattern[str]
    perfective: re.Pattern[str]
    proposal: re.Pattern[str]
    proposals: tuple[str, ...]
    future: re.Pattern[str]
    not_done: re.Pattern[str]
    open: re.Pattern[str]  # opens a clause of what is not done, behind one of a deed
    stance: re.Pattern[str]
    speakers: re.Pattern[str]
    talk: re.Pattern[str]
    anaphor: re.Pattern[str]
    continues: re.Pattern[str]
    continues_far: re.Pattern[str]
    period: re.Pattern[str]
    example_lead: re.Pattern[str]
    filler: re.Pattern[str]
    title_filler: re.Pattern[str]
    longer_name: re.Pattern[str]  # what makes the name of an organisation the beginning of another's
    anybody: re.Pattern[str]
    genre: re.Pattern[str]
    long_genre: re.Pattern[str]  # a kind told in four characters or more: 联合行动计划, not 计划
    organisation: re.Pattern[str]
    country: re.Pattern[str]
    region: re.Pattern[str]
    event: re.Pattern[str]
    genres: Mapping[str, tuple[str, ...]]  # classes of genres that stand for each other, longest first
    stop: frozenset[str]
    fields: Mapping[str, tuple[str, ...]]  # words by field and by sub-field
    attribute: re.Pattern[str]  # a verb that only tells what the noun behind it is of
    general: frozenset[str]  # names of whole fields
    train: re.Pattern[str]
    likes: tuple[tuple[str, ...], ...]  # products that stand for one another
    acts: Mapping[str, re.Pattern[str]]  # words that tell a class of activity
    same: Mapping[str, tuple[str, ...]]  # other words for a word
    sectors: Mapping[str, re.Pattern[str]]  # words by sector, as sectors.toml has them
    things: Mapping[str, re.Pattern[str]]  # class of named things -> head nouns
    organisations: Mapping[str, str]  # id by name

    def general_in(self, word: str) -> tuple[str, ...]:
        """Names of whole fields inside a longer ``word``."""
        return tuple(
            part
            for size in (2, 3)
            for at in range(len(word) - size + 1)
            if (part := word[at : at + size]) in self.general and part != word
        )


@cache
def words_of(lexicon: Lexicon) -> Words:
    """The compiled vocabulary; ``LexiconError`` for a lexicon without one of the groups."""

    def pattern(*groups: str) -> re.Pattern[str]:
        return re.compile(alternation(lexicon.words(*groups)))

    organisations = {name: entry.id for entry in lexicon.organisation for name in (*entry.aliases, entry.name)}
    return Words(
        hold=pattern("progress_ask_hold"),
        exchange=pattern("progress_ask_exchange"),
        study=pattern("progress_ask_study"),
        make=pattern("progress_ask_make"),
        product=pattern("progress_product"),
        review=pattern("progress_ask_review"),
        reviewed=pattern("progress_reviewed"),
        done=pattern("progress_done"),
        need=pattern("progress_need"),
        need_after=pattern("progress_need_after"),
        wish=pattern("progress_wish"),
        purpose=pattern("progress_purpose"),
        perfective=_perfective(lexicon),
        proposal=re.compile(
            f"(?:{alternation(lexicon.words('progress_propose'))})[^，。；]{{0,80}}(?:{alternation(lexicon.words('progress_proposal'))})[。；]?$"
        ),
        proposals=lexicon.words("progress_proposal"),
        future=pattern("progress_future"),
        not_done=_not_done(lexicon),
        open=re.compile(
            f"(?:{alternation(lexicon.words('progress_need', 'progress_future', 'progress_not_done', 'progress_turn'))})"
        ),
        stance=pattern("progress_stance"),
        speakers=pattern("progress_speakers"),
        talk=pattern("progress_talk"),
        anaphor=pattern("progress_anaphor"),
        continues=pattern("progress_continues"),
        continues_far=pattern("progress_continues_far"),
        period=pattern("progress_period_words"),
        example_lead=pattern("progress_example_lead"),
        title_filler=re.compile(
            f"(?:{alternation(lexicon.words('progress_title_tail'))})$|^(?:{alternation(lexicon.words('progress_title_lead'))})"
        ),
        longer_name=re.compile(rf"[\u4e00-\u9fff]{{1,8}}?(?:{alternation(lexicon.words('progress_institution'))})"),
        filler=pattern("progress_filler"),
        anybody=pattern("progress_anybody"),
        genre=re.compile(alternation(kind.name for kind in lexicon.kind)),
        long_genre=re.compile(f"(?:{alternation(one for one in _long_kinds(lexicon))})$"),
        organisation=re.compile(alternation(organisations)),
        country=re.compile(alternation(lexicon.countries)),
        region=re.compile(
            f"(?:{alternation((*lexicon.words('progress_region'), *lexicon.countries))})(?:国家|地区|各国|沿线)?"
        ),
        event=re.compile(alternation(entry.name for entry in lexicon.event if entry.bare)),
        genres={
            kind: tuple(sorted(lexicon.words(f"progress_genre_{kind}"), key=lambda word: (-len(word), word)))
            for kind in ("plan", "outline")
        },
        stop=frozenset(lexicon.words("progress_stop", "progress_filler")),
        fields=_fields(lexicon),
        attribute=re.compile(
            f"(?:{alternation(lexicon.words('progress_attributive'))})(?:{alternation(lexicon.words('progress_noun_after'))})"
        ),
        general=frozenset(lexicon.words("progress_general")),
        train=pattern("progress_ask_train"),
        likes=tuple(words for name, words in sorted(lexicon.groups.items()) if name.startswith(_LIKE)),
        acts={
            name.removeprefix(_ACT): re.compile(alternation(words))
            for name, words in sorted(lexicon.groups.items())
            if name.startswith(_ACT)
        },
        same=_same(lexicon),
        sectors={entry.id: re.compile(alternation(entry.words)) for entry in lexicon.sector},
        things={
            name.removeprefix(_THING): re.compile(alternation(words))
            for name, words in sorted(lexicon.groups.items())
            if name.startswith(_THING)
        },
        organisations=organisations,
    )


def _perfective(lexicon: Lexicon) -> re.Pattern[str]:
    """A deed that is over: 通过了, 翻译出版了, 已经启动, 获得通过, 破获12起; not 为了, 了解, 强调了."""
    stance, done = (alternation(lexicon.words(name)) for name in ("progress_stance", "progress_done"))
    return re.compile(
        rf"""
          (?<!为)(?<!除) (?:(?!(?:{stance})了)[\u4e00-\u9fff]{{2}}|^.) (?<!为) 了 (?![解不])   # 翻译出版了
        | (?<!业) 已 [^，。；]{{0,8}}? (?:{done})                                              # 已经启动
        | 获得? [^，。；]{{0,4}} 通过                                                          # 获得通过
        | [0-9]+ (?:\.[0-9]+)? [余多]? [万亿]? (?:{alternation(lexicon.words("progress_counters"))})   # 12起
        """,
        re.VERBOSE,
    )


def _not_done(lexicon: Lexicon) -> re.Pattern[str]:
    """What was not done: a failure word, a negation with a verb of deeds, or an event that was put off."""
    words, called_off, negation, done, put_off = (
        alternation(lexicon.words(f"progress_{name}"))
        for name in ("not_done", "called_off", "negation", "done", "put_off")
    )
    return re.compile(
        rf"""
          (?:{words})
        | (?:{called_off}) (?![\u4e00-\u9fff“《])                                  # 论坛取消。
        | (?:{negation}) [^，。；的]{{0,8}}? (?:{done}|到位|定稿|落实|办成)            # 至今未到位, 没有开展
        | (?:因|原定|一再|再次) [^，。；]{{0,24}}? (?:{put_off})                      # 因故延期
        """,
        re.VERBOSE,
    )


def sectors_in(text: str, words: Words) -> frozenset[str]:
    """Sectors that a text names a word of."""
    return frozenset(name for name, pattern in words.sectors.items() if pattern.search(text))


def _fields(lexicon: Lexicon) -> dict[str, tuple[str, ...]]:
    """Words by field and by sub-field; a field that only has sub-fields has all their words."""
    fields: dict[str, tuple[str, ...]] = {}
    subfields: dict[str, tuple[str, ...]] = {}
    parents: dict[str, tuple[str, ...]] = {}
    for name, words in sorted(lexicon.groups.items()):
        if name.startswith(_FIELD):
            fields[name.removeprefix(_FIELD)] = words
        elif name.startswith(_NEAR):
            subfield = name.removeprefix(_NEAR)
            parent = subfield.partition(NEAR)[0]
            subfields[subfield] = words
            parents[parent] = tuple(dict.fromkeys((*parents.get(parent, ()), *words)))
    own = {name: words for name, words in parents.items() if name not in fields}
    return {**fields, **own, **subfields}


def _same(lexicon: Lexicon) -> dict[str, tuple[str, ...]]:
    """For each word of the groups of equal words the others."""
    same: dict[str, tuple[str, ...]] = {}
    for name, words in sorted(lexicon.groups.items()):
        if name.startswith(_SAME):
            for word in words:
                same[word] = (*same.get(word, ()), *(other for other in words if other != word))
    return same


def _long_kinds(lexicon: Lexicon) -> tuple[str, ...]:
    """Kinds of documents told in four characters or more."""
    names = (*lexicon.words("progress_genre_plan", "progress_genre_outline"), *(kind.name for kind in lexicon.kind))
    return tuple(name for name in names if len(name) >= 4)
