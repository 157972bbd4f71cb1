"""Documents, bodies, places of work and organisations that a measure and a passage both name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sco_extract.link.progress.index import Index
from sco_extract.link.progress.measure import Ask, Term
from sco_extract.link.progress.names import Thing, heads, ordinals, same_title
from sco_extract.link.progress.passages import Passage
from sco_extract.link.progress.reasons import Reasons
from sco_extract.link.progress.weights import Weights
from sco_extract.link.progress.words import Words

_TITLE = re.compile(r"《(?:[^《》]|《[^《》]*》)*》")
_INNER = re.compile(r"〈([^〈〉]{4,})〉")  # the document that 《〈…〉落实行动计划》 carries out
_NAME = re.compile(r"[\u4e00-\u9fff]{2}")
_PLACED = re.compile(r"在[\u4e00-\u9fff—–-]{0,9}$")
SITE_KINDS = frozenset(("base", "center"))
_WORKING_KINDS = frozenset(("group", "council", "union"))


@dataclass(frozen=True, slots=True)
class Match:
    """A term of the measure in a passage: its weight, the part of it that counts, and the word of the passage."""

    term: Term
    weight: float
    part: float
    word: str


class Anchors:
    """Finds what both name; one for each corpus."""

    def __init__(
        self, passages: Sequence[Passage], index: Index, words: Words, reasons: Reasons, weights: Weights
    ) -> None:
        self.passages = passages
        self.index = index
        self.words = words
        self.say = reasons.say
        self.by = weights
        self._heads: dict[int, list[tuple[str, str, str]]] = {}

    def shared_titles(self, ask: Ask, passage: Passage) -> Iterator[str]:
        """Documents that both name: in the passage by title, or by all words of the title and its kind."""
        outside = _TITLE.sub("", passage.text)
        for title in ask.titles:
            named = [one for other in passage.titles for one in (other, *_INNER.findall(other))]
            same = next((other for other in named if same_title(title, other, self.words)), "")
            if same:
                yield self.say("same_document", f"《{same}》")
                continue
            terms = [term.word for term in ask.terms if term.word in title]
            kind = self.words.long_genre.search(title)
            if terms and kind and kind[0] in outside and all(self.index.found(word, outside) for word in terms):
                yield self.say("same_document", kind[0])

    def shared_things(self, ask: Ask, number: int, matches: Sequence[Match]) -> Iterator[str]:
        """Bodies, platforms and places of work that both name, but for a place that is only where something took place."""
        passage = self.passages[number]
        said = ordinals(passage.text)
        if ask.ordinals and said and not ask.ordinals & said:
            return  # the eighth sitting, where the ninth is asked for
        for thing in ask.things:
            name = self.has_thing(thing, self.heads(number), ask) or self.has_site(thing, number)
            if name and not self.is_location(thing, name, passage.text) and self.does_more(ask, thing, matches):
                yield self.say("same_body", name)
            elif not name and thing.noun in passage.text and passage.event:
                name = self.has_thing(thing, list(heads(passage.event, self.words)), ask)
                if name and any(kind == thing.kind for kind, _, _ in self.heads(number)):
                    yield self.say("same_body", name)
        for match in self.words.organisation.finditer(passage.text):
            identity = self.words.organisations[match[0]]
            if identity in ask.partners and identity.partition(".")[0] in ask.tops and not ask.only_titles:
                yield self.say("same_body", match[0])

    def does_more(self, ask: Ask, thing: Thing, matches: Sequence[Match]) -> bool:
        """Does the passage tell anything of what the body is asked to do, where the measure says what?"""
        if ask.only_things or ask.holds or thing.kind not in _WORKING_KINDS:
            return True
        outside = [one for one in matches if one.term.is_object and one.term.word not in thing.text]
        return not outside or any(one.part >= self.by.strong for one in outside)

    def has_site(self, thing: Thing, number: int) -> str:
        """A place of work told by its rare noun alone: 中国—上合组织示范区 for the 地方经贸合作示范区; else nothing."""
        if thing.kind not in SITE_KINDS or self.index.weight(thing.noun) < self.by.rare * self.index.greatest:
            return ""
        for kind, noun, before in self.heads(number):
            bare = self.words.country.sub("", self.words.organisation.sub("", before))
            if kind == thing.kind and noun == thing.noun and not _NAME.search(self.words.done.sub("", bare)):
                return before + noun
        return ""

    def is_location(self, thing: Thing, name: str, text: str) -> bool:
        """Is a place of work only where something took place (在…示范区揭牌), not what it is about (在…框架内)?"""
        if thing.kind not in SITE_KINDS or not name:
            return False
        at = text.find(name)
        return name.startswith("在") or (at > 0 and bool(_PLACED.search(text, max(0, at - 10), at)))

    def related_things(self, ask: Ask, number: int) -> Iterator[str]:
        """Named things that are only a place, or that the sentence before names; other organisations that both name."""
        passage = self.passages[number]
        around = [*self.heads(number), *(heads(passage.event, self.words) if passage.event else ())]
        for thing in ask.things:
            if name := self.has_thing(thing, around, ask):
                yield self.say("about", name)
        if not ask.only_titles:
            for match in self.words.organisation.finditer(passage.text):
                if self.words.organisations[match[0]] in ask.partners:
                    yield self.say("same_organisation", match[0])

    def reviewed(self, ask: Ask, passage: Passage, share: float) -> Iterator[str]:
        """A report on how a thing is carried out is what a measure of monitoring asks for."""
        if ask.reviews and share and (match := self.words.reviewed.search(passage.text)):
            yield self.say("review", match[0])

    def has_thing(self, thing: Thing, found: Sequence[tuple[str, str, str]], ask: Ask) -> str:
        """The first name of the same kind that has all that tells ``thing`` from others; else nothing.

        A name with an organisation that is not of the plan (联合国…工作组) is another body's.
        """
        for kind, noun, before in found:
            name = before + noun
            if kind == thing.kind and all(self.index.found(word, name) for word in thing.core):
                others = {self.top(match) for match in self.words.organisation.finditer(name)} - ask.tops
                if not others or any(word in thing.text for word in self.words.organisation.findall(name)):
                    return self.shown(thing, name)
        return ""

    def top(self, organisation: re.Match[str]) -> str:
        """The organisation that a name belongs to: the one whose body it is."""
        return self.words.organisations[organisation[0]].partition(".")[0]

    def shown(self, thing: Thing, name: str) -> str:
        """``name`` from the organisation or the first word that tells it from others, for people; 在 stays before a place."""
        starts = [match.start() for match in self.words.organisation.finditer(name)]
        starts += [at for word in thing.core if (at := name.find(self.index.found(word, name))) >= 0]
        return ("在" if name.startswith("在") else "") + name[min(starts, default=0) :]

    def heads(self, number: int) -> list[tuple[str, str, str]]:
        """Named things of the passage ``number``: kind, noun, and the words before it."""
        if number not in self._heads:
            self._heads[number] = list(heads(self.passages[number].text, self.words))
        return self._heads[number]
