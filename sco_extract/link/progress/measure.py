"""What a measure asks for: documents, bodies, partners and the words of its topic."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sco_extract.lexicon.jieba_words import tokenizer
from sco_extract.lexicon.load import Lexicon, alternation
from sco_extract.link.progress.names import Thing, heads, ordinals
from sco_extract.link.progress.words import NEAR, Words, sectors_in, words_of
from sco_extract.model.records import Action

_TITLE = re.compile(r"《(?:[^《》]|《[^《》]*》)*》")
_CLAUSE = re.compile(r"[，,。；;！？]")
_INCLUSIVE = re.compile(r"在内")  # 在包括贸易融资在内的经贸活动中: what is included is no example
# 在…经贸活动中扩大本币使用: where it is done, not what is done; not 在…中国, 中心, 中亚.
_SETTING = re.compile(
    r"在[^，。；在]{2,30}?(?:在内的)?[^，。；在]{1,12}?中(?=[\u4e00-\u9fff])(?![国心央亚小东非医期型])"
)
_HAN = re.compile(r"[\u4e00-\u9fff]{2,}|[A-Za-z]{2,}")
# A word behind 特别是 or 包括 is an example of what is asked for, one in 在…中 its setting: half the weight of the topic.
EXAMPLE_WEIGHT = 0.5
# A word that no field holds may be officialese that the stop words miss.
UNKNOWN_WEIGHT = 0.6


@dataclass(frozen=True, slots=True)
class Term:
    """A word of a measure's topic, the fields that it belongs to, its share (1, or less for an example) and its clause."""

    word: str
    fields: tuple[str, ...]
    share: float
    clause: int = 0
    is_object: bool = True  # no example, no place, no word that tells an activity


@dataclass(frozen=True, slots=True)
class Ask:
    """A measure, read.

    ``titles`` are the documents it names; ``things`` the bodies, platforms and places of work named in the measure itself,
    ``executors`` those among its executors that are specific; ``partners`` ids of other organisations; ``only_titles``
    and ``only_things``: beside these it asks for nothing with a topic of its own.
    """

    action: Action
    terms: tuple[Term, ...]
    titles: tuple[str, ...]
    things: tuple[Thing, ...]
    executors: tuple[Thing, ...]
    partners: tuple[str, ...]
    sectors: frozenset[str]  # of the measure, else of its sub-area, else of its area
    only_titles: bool
    only_things: bool
    ordinals: frozenset[int]  # of the sittings that it asks for
    shares: bool  # it asks for an exchange of experience or views
    exchanges: bool  # it asks for that, or for a question to be looked into
    holds: bool
    reviews: bool
    tops: frozenset[str]  # ids of the organisations that the plan is of
    products: tuple[str, ...]  # what it asks to be made, with what stands for it
    acts: tuple[frozenset[str], ...]  # classes of activity that it asks for, by clause


class Reader:
    """Reads measures; one for each plan, because the organisation that the plan is of says nothing in its measures."""

    def __init__(self, lexicon: Lexicon, own: frozenset[str]) -> None:
        self.words: Words = words_of(lexicon)
        self.cut = tokenizer(lexicon).cut
        self.own = own
        self.own_names = re.compile(
            alternation([name for name, id_ in self.words.organisations.items() if id_ in own] or ["\0"])
        )
        self.by_word: dict[str, tuple[str, ...]] = {}
        for field, members in self.words.fields.items():
            for word in members:
                self.by_word[word] = (*self.by_word.get(word, ()), field)
        for word, fields in self.by_word.items():
            parents = (field.partition(NEAR)[0] for field in fields if NEAR in field)
            coarse = [field for field in fields if NEAR not in field]
            wider = (field for part in self.words.general_in(word) for field in self.by_word.get(part, ()))
            heads_fields = (field for field in wider if NEAR not in field)
            self.by_word[word] = tuple(dict.fromkeys((*coarse, *parents, *heads_fields, *fields)))
        for word, others in self.words.same.items():
            self.by_word.setdefault(word, next((self.by_word[one] for one in others if one in self.by_word), ()))
        self.field_words = re.compile(alternation(self.by_word))

    def read(self, action: Action) -> Ask:
        """The measure of ``action``."""
        measure = action.measure
        titles = tuple(match[0][1:-1] for match in _TITLE.finditer(measure))
        bare = _TITLE.sub("", measure)
        things = tuple(self.things(bare))
        terms = self.terms(measure)
        outside = {term.word for term in self.terms(bare)}
        named = {word for thing in things for word in thing.core}
        levels = (f"{measure}{action.subarea or ''}", action.area)
        return Ask(
            action=action,
            terms=terms,
            titles=titles,
            things=things,
            executors=tuple(
                thing for name in action.executors if not self.words.anybody.search(name) for thing in self.things(name)
            ),
            partners=tuple(
                dict.fromkeys(
                    self.words.organisations[match[0]]
                    for match in self.words.organisation.finditer(measure)
                    if self.words.organisations[match[0]] not in self.own
                    and not self.words.anybody.search(match[0])
                    and not self.words.longer_name.match(measure, match.end())
                )
            ),
            sectors=next((found for text in levels if text and (found := sectors_in(text, self.words))), frozenset()),
            only_titles=bool(titles) and not outside,
            only_things=bool(things) and outside <= named,
            ordinals=ordinals(bare),
            shares=bool(self.words.exchange.search(bare)),
            exchanges=bool(self.words.exchange.search(bare) or self.words.study.match(bare)),
            holds=bool(self.words.hold.search(self.words.organisation.sub("\n", bare))),
            tops=frozenset(one.partition(".")[0] for one in self.own),
            reviews=bool(self.words.review.search(bare)),
            products=self.products(bare),
            acts=self.acts(measure, terms),
        )

    def acts(self, measure: str, terms: Sequence[Term]) -> tuple[frozenset[str], ...]:
        """Classes of activity asked for, by clause; words of the topic tell none (货币互换 is no exchange of views)."""
        topic = re.compile(alternation([term.word for term in terms if term.is_object] or ["\0"]))
        clauses = _CLAUSE.split(_TITLE.sub("", measure))
        return tuple(acts_in(topic.sub("\n", clause), self.words) for clause in clauses)

    def products(self, bare: str) -> tuple[str, ...]:
        """Products that the measure asks to be made, and those that stand for one of them."""
        if not self.words.make.search(bare):
            return ()
        named = self.words.product.findall(bare)
        alike = [word for one in named for like in self.words.likes if one in like for word in like]
        return tuple(dict.fromkeys([*named, *alike]))

    def terms(self, text: str) -> tuple[Term, ...]:
        """Words of the topic, each once, in the order of the text."""
        found: dict[str, tuple[float, int]] = {}
        for number, clause in enumerate(_CLAUSE.split(self.words.organisation.sub(self.not_own, text))):
            start, end = self.minor(clause)
            for word in self.topic(clause[:start] + "\n" + clause[end:]):
                found[word] = (1.0, found.get(word, (0, number))[1])
            for word in self.topic(clause[start:end]):
                found.setdefault(word, (EXAMPLE_WEIGHT, number))
        return tuple(
            Term(
                word,
                self.by_word.get(word, ()),
                share if word in self.by_word else share * UNKNOWN_WEIGHT,
                number,
                is_object=share > EXAMPLE_WEIGHT and not self.is_about(word),
            )
            for word, (share, number) in found.items()
        )

    def is_about(self, word: str) -> bool:
        """Does ``word`` tell where or what kind of thing is done, not what it is done to?"""
        if self.words.region.fullmatch(word) or self.words.train.search(word):
            return True
        return word not in self.by_word and any(act.fullmatch(word) for act in self.words.acts.values())

    def minor(self, clause: str) -> tuple[int, int]:
        """The range of ``clause`` that holds examples or the setting; an empty one at its end where there is none."""
        if setting := _SETTING.search(clause):
            return setting.span()
        lead = None if _INCLUSIVE.search(clause) else self.words.example_lead.search(clause)
        return (lead.start(), len(clause)) if lead else (len(clause), len(clause))

    def not_own(self, match: re.Match[str]) -> str:
        """An organisation's name in the text: its own says nothing, another one stays."""
        identity = self.words.organisations[match[0]]
        return "\n" if identity in self.own else self.own_names.sub("\n", match[0])

    def topic(self, text: str) -> Iterator[str]:
        """Words of fields, longest first, and between them what jieba cuts, without the words that name no topic."""
        at = 0
        for match in self.field_words.finditer(text):
            yield from self.rest(text[at : match.start()])
            yield match[0]
            at = match.end()
        yield from self.rest(text[at:])

    def rest(self, text: str) -> Iterator[str]:
        """What jieba cuts from ``text``, without words of officialese."""
        for run in _HAN.finditer(text):
            for word in self.cut(run[0]):
                if len(word) > 1 and not self.is_empty(word):
                    yield word

    def is_empty(self, word: str) -> bool:
        """Is it officialese or a kind of document, or two such words in one (领域专家, 交流经验)?"""
        stop = self.words.stop
        parts = ((word[:at], word[at:]) for at in range(2, len(word) - 1))
        return (
            word in stop
            or self.words.genre.fullmatch(word) is not None
            or any(one in stop and other in stop for one, other in parts)
        )

    def things(self, text: str) -> Iterator[Thing]:
        """Named things of ``text`` that something tells from others of their kind."""
        for kind, noun, before in heads(text, self.words):
            name = before + noun
            if any(match.end() == len(name) for match in self.own_names.finditer(name)):
                continue  # 欧亚经济联盟 itself is no body of its own
            core = tuple(dict.fromkeys(term.word for term in self.terms(before)))
            if core:
                yield Thing(kind, noun, core, name)


def acts_in(text: str, words: Words) -> frozenset[str]:
    """Classes of activity that ``text`` names."""
    return frozenset(name for name, pattern in words.acts.items() if pattern.search(text))


def own_organisations(texts: Sequence[str], words: Words) -> frozenset[str]:
    """The organisations that many of ``texts`` (title and measures of a plan, sentences of a report) name: whose it is.

    At least a fifth of them and at least three: in the action plan of a dialogue both sides are named everywhere.
    """
    counts: dict[str, int] = {}
    for text in texts:
        for name in {words.organisations[match[0]] for match in words.organisation.finditer(text)}:
            counts[name] = counts.get(name, 0) + 1
    least = max(3, len(texts) / 5)
    return frozenset(name for name, count in counts.items() if count >= least)
