"""How far a passage reports what a measure asks for, and the reasons in words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sco_extract.link.progress.index import Index
from sco_extract.link.progress.measure import Ask, Term
from sco_extract.link.progress.names import Thing, heads, ordinals, same_title
from sco_extract.link.progress.passages import Passage
from sco_extract.link.progress.weights import Weights
from sco_extract.link.progress.words import Words, sectors_in
from sco_extract.model.records import Meeting, Strength

_TITLE = re.compile(r"《(?:[^《》]|《[^《》]*》)*》")
_INNER = re.compile(r"〈([^〈〉]{4,})〉")  # the document that 《〈…〉落实行动计划》 carries out
_NAME = re.compile(r"[\u4e00-\u9fff]{2}")
_PLACED = re.compile(r"在[\u4e00-\u9fff—–-]{0,9}$")
_SITE_KINDS = frozenset(("base", "center"))
_BODY_KINDS = frozenset(("group", "council", "ministers"))
_NAMED_KINDS = frozenset(("group", "council", "union", "platform", "ministers", "fund"))
_FORUM = "forum"


@dataclass(frozen=True, slots=True)
class Match:
    """A term of the measure in a passage: its weight, the part of it that counts, and the word of the passage."""

    term: Term
    weight: float
    part: float
    word: str


@dataclass(frozen=True, slots=True)
class Judgment:
    """What links a passage to a measure: ``strength`` None where it is too little."""

    strength: Strength | None
    score: float
    reasons: tuple[str, ...]


class Judge:
    """Decides on pairs of measures and passages."""

    def __init__(self, passages: Sequence[Passage], index: Index, words: Words, weights: Weights | None = None) -> None:
        self.passages = passages
        self.index = index
        self.words = words
        self.by = weights or Weights()
        self._heads: dict[int, list[tuple[str, str, str]]] = {}

    def judge(self, ask: Ask, number: int) -> Judgment:
        """What links the passage ``number`` to ``ask``."""
        passage = self.passages[number]
        matches = self.matches(ask, passage)
        share, weight = self.measured(matches)
        reasons = tuple(_words_in_words(matches))
        anchors = [
            *self.shared_titles(ask, passage),
            *self.shared_things(ask, number),
            *self.reviewed(ask, passage, share),
        ]
        if anchors:
            return Judgment("direct", 1.0 + share, (*anchors, *reasons))
        bonus, bodies = self.bodies(ask, number) if share >= self.by.topical_body else (0.0, ())
        reasons = (*bodies, *reasons)
        if said := self.direct_in_words(ask, number, matches, (share, weight)):
            return Judgment("direct", share, (*said, *reasons))
        for found in (*self.related_things(ask, number), *self.same_kind(ask, number, matches)):
            return Judgment("related", share, (found, *reasons))
        strict = self.strictness(ask, number)
        bonus += self.by.aligned * self.is_aligned(ask, number)
        share, weight = min(1.0, share + bonus) / strict, weight / strict
        enough = weight >= self.by.enough or (share >= self.by.related and weight + bonus >= self.by.least)
        return Judgment("related" if enough else None, share, reasons)

    def direct_in_words(
        self, ask: Ask, number: int, matches: Sequence[Match], measured: tuple[float, float]
    ) -> tuple[str, ...]:
        """Why words alone make a passage direct evidence; nothing where they do not.

        They never do for a measure that asks for a document or for the work of a named body, nor where the place of work
        that it asks for is only where something else took place, nor where the product that it asks for is not named.
        """
        passage = self.passages[number]
        share, weight = measured
        sites = ((thing, self.has_thing(thing, self.heads(number), ask)) for thing in ask.things)
        located = any(self.is_location(thing, name, passage.text) for thing, name in sites)
        if ask.only_titles or self.is_of_thing(ask) or located or not self.does(ask, passage):
            return ()
        if share >= self.by.direct and weight >= self.by.direct_least and self.is_named(matches, passage):
            return ("same activity",)
        if self.has_clause(matches):
            return ("one of the activities",)
        topic = self.dedicated(ask, passage, matches, share)
        return (f"devoted to {topic}",) if topic else ()

    def strictness(self, ask: Ask, number: int) -> float:
        """By how much more a passage must have: of another section, or for a measure that names what it asks for."""
        strict = self.by.strange if self.is_strange(ask, number) else 1.0
        return strict * self.by.named if ask.only_titles or ask.only_things else strict

    def sectors(self, number: int) -> frozenset[str]:
        """Sectors of the headings above a passage, of the lowest that names one."""
        levels = reversed(self.passages[number].headings)
        return next((found for text in levels if (found := sectors_in(text, self.words))), frozenset())

    def is_strange(self, ask: Ask, number: int) -> bool:
        """Does the passage stand in a section on something else?"""
        return bool(ask.sectors and (under := self.sectors(number)) and not under & ask.sectors)

    def is_aligned(self, ask: Ask, number: int) -> bool:
        """Does it stand in the section of the measure's field?"""
        return bool(ask.sectors & self.sectors(number))

    def candidates(self, ask: Ask) -> list[int]:
        """Passages that share a word, a field, a document or an organisation with ``ask``, in order."""
        words = [term.word for term in ask.terms] + [
            word for thing in (*ask.things, *ask.executors) for word in thing.core
        ]
        fields = {field for term in ask.terms for field in term.fields}
        found = set(self.index.candidates(words, fields))
        if ask.titles or ask.partners or ask.reviews:
            found.update(at for at, one in enumerate(self.passages) if one.titles or ask.partners)
        return sorted(found)

    def matches(self, ask: Ask, passage: Passage) -> list[Match]:
        """Each term of the measure with the best place that has it."""
        zones = (
            (passage.text, self.by.own),
            (passage.event, self.by.event),
            ("\n".join(passage.headings), self.by.heading),
        )
        found: list[Match] = []
        for term in ask.terms:
            best = Match(term, term.share * self.index.weight(term.word), 0.0, "")
            for text, factor in zones:
                if factor > best.part and (word := self.index.found(term.word, text)):
                    best = Match(term, best.weight, factor, word)
                else:
                    for field in term.fields:
                        part = factor * self.field_part(field)
                        if part > best.part and (word := self.of_field(field, text)):
                            best = Match(term, best.weight, part, word)
            found.append(best)
        return found

    def field_part(self, field: str) -> float:
        """What another word of the field counts: the more, the fewer passages speak of the field."""
        return self.by.field + self.by.narrow * self.index.field_weight(field) / self.index.greatest

    def of_field(self, field: str, text: str) -> str:
        """The first word of ``field`` that ``text`` holds."""
        return next((word for word in self.words.fields[field] if word in text), "") if text else ""

    def measured(self, matches: Sequence[Match]) -> tuple[float, float]:
        """Share of the measure's words that the passage has, and their weight in parts of the greatest one there is.

        Words of one field are one demand, told in several words: its weight is that of the heaviest and a quarter for
        each further one.
        """
        groups: dict[str, list[Match]] = {}
        for match in matches:
            groups.setdefault(_field(match.term), []).append(match)
        whole = had = 0.0
        for members in groups.values():
            weights = [match.weight for match in members]
            weight = max(weights) * (1 + 0.25 * (len(members) - 1))
            whole += weight
            had += weight * sum(match.weight * match.part for match in members) / (sum(weights) or 1.0)
        return (had / whole if whole else 0.0), had / self.index.greatest

    def shared_titles(self, ask: Ask, passage: Passage) -> Iterator[str]:
        """Documents that both name: in the passage by title, or by all words of the title and its kind."""
        outside = _TITLE.sub("", passage.text)
        for title in ask.titles:
            named = [one for other in passage.titles for one in (other, *_INNER.findall(other))]
            same = next((other for other in named if same_title(title, other, self.words)), "")
            if same:
                yield f"same document 《{same}》"
                continue
            terms = [term.word for term in ask.terms if term.word in title]
            kind = self.words.long_genre.search(title)
            if terms and kind and kind[0] in outside and all(self.index.found(word, outside) for word in terms):
                yield f"same document: {kind[0]}"

    def shared_things(self, ask: Ask, number: int) -> Iterator[str]:
        """Bodies, platforms and places of work that both name, but for a place that is only where something took place."""
        passage = self.passages[number]
        said = ordinals(passage.text)
        if ask.ordinals and said and not ask.ordinals & said:
            return  # the eighth sitting, where the ninth is asked for
        for thing in ask.things:
            name = self.has_thing(thing, self.heads(number), ask) or self.has_site(thing, number)
            if name and not self.is_location(thing, name, passage.text):
                yield f"same body {name}"
            elif not name and thing.noun in passage.text and passage.event:
                name = self.has_thing(thing, list(heads(passage.event, self.words)), ask)
                if name and any(kind == thing.kind for kind, _, _ in self.heads(number)):
                    yield f"same body {name}"
        for match in self.words.organisation.finditer(passage.text):
            identity = self.words.organisations[match[0]]
            if identity in ask.partners and identity.partition(".")[0] in ask.tops and not ask.only_titles:
                yield f"same body {match[0]}"

    def has_site(self, thing: Thing, number: int) -> str:
        """A place of work told by its rare noun alone: 中国—上合组织示范区 for the 地方经贸合作示范区; else nothing."""
        if thing.kind not in _SITE_KINDS or self.index.weight(thing.noun) < self.by.rare * self.index.greatest:
            return ""
        for kind, noun, before in self.heads(number):
            bare = self.words.country.sub("", self.words.organisation.sub("", before))
            if kind == thing.kind and noun == thing.noun and not _NAME.search(self.words.done.sub("", bare)):
                return before + noun
        return ""

    def is_location(self, thing: Thing, name: str, text: str) -> bool:
        """Is a place of work only where something took place (在…示范区揭牌), not what it is about (在…框架内)?"""
        if thing.kind not in _SITE_KINDS or not name:
            return False
        at = text.find(name)
        return name.startswith("在") or (at > 0 and bool(_PLACED.search(text, max(0, at - 10), at)))

    def related_things(self, ask: Ask, number: int) -> Iterator[str]:
        """Named things that are only a place, or that the sentence before names; other organisations that both name."""
        passage = self.passages[number]
        around = [*self.heads(number), *(heads(passage.event, self.words) if passage.event else ())]
        for thing in ask.things:
            if name := self.has_thing(thing, around, ask):
                yield f"about {name}"
        if not ask.only_titles:
            for match in self.words.organisation.finditer(passage.text):
                if self.words.organisations[match[0]] in ask.partners:
                    yield f"same organisation {match[0]}"

    def reviewed(self, ask: Ask, passage: Passage, share: float) -> Iterator[str]:
        """A report on how a thing is carried out is what a measure of monitoring asks for."""
        if ask.reviews and share and (match := self.words.reviewed.search(passage.text)):
            yield f"review: {match[0]}"

    def bodies(self, ask: Ask, number: int) -> tuple[float, tuple[str, ...]]:
        """What standing bodies add that the passage names: an executor, or one of the measure's field."""
        bonus, reasons = 0.0, []
        for thing in ask.executors:
            if name := self.has_thing(thing, self.heads(number), ask):
                bonus = self.by.executor
                reasons.append(f"executor {name}")
                break
        fields = {field for term in ask.terms for field in term.fields}
        for kind, noun, before in self.heads(number):
            if kind in _BODY_KINDS and any(word in before for field in fields for word in self.words.fields[field]):
                bonus += self.by.body
                reasons.append(f"body of the field {before + noun}")
                break
        return bonus, tuple(reasons)

    def does(self, ask: Ask, passage: Passage) -> bool:
        """Has the passage the product that the measure asks to be made, if it asks for one?"""
        return not ask.products or any(product in passage.text for product in ask.products)

    def is_named(self, matches: Sequence[Match], passage: Passage) -> bool:
        """Does the passage itself, not only what stands around it, name the topic or its field?"""
        return any(
            self.index.found(match.term.word, passage.text)
            or any(self.of_field(field, passage.text) for field in match.term.fields)
            for match in matches
        )

    def has_clause(self, matches: Sequence[Match]) -> bool:
        """Has the passage itself all words of a clause of the measure, which is one of several things that it asks for?"""
        for clause in {match.term.clause for match in matches}:
            members = [match for match in matches if match.term.clause == clause]
            weight = sum(match.weight for match in members) / self.index.greatest
            if len(members) > 1 and weight >= self.by.clause and all(match.part == self.by.own for match in members):
                return True
        return False

    def is_of_thing(self, ask: Ask) -> bool:
        """Does the measure ask for the work of a named body? Then words alone are no direct evidence."""
        return ask.only_things or any(thing.kind in _NAMED_KINDS for thing in ask.things)

    def dedicated(self, ask: Ask, passage: Passage, matches: Sequence[Match], share: float) -> str:
        """A word of the topic in the title of a document, or, where exchange or events are asked for, in the name of an event.

        A rare word stands for the topic even of a long measure. Another one does where no demand of the measure is missing.
        """
        rare = [one for one in matches if one.weight >= self.by.rare * self.index.greatest and one.part]
        titles = "\n".join(passage.titles)
        for match in rare:
            if not ask.shares and share >= self.by.titled and self.index.found(match.term.word, titles):
                return match.term.word
        if not (ask.exchanges or ask.holds):
            return ""
        names = _names(passage.meetings)
        for match in rare:
            if share >= self.by.topical and self.index.found(match.term.word, names):
                return match.term.word
        names += _names(passage.event_meetings)
        named = [match for match in matches if match.part and self.index.found(match.term.word, names)]
        exact = [match for match in matches if match.part == self.by.own]
        complete = {_field(match.term) for match in exact} == {_field(match.term) for match in matches}
        weight, whole = (sum(match.weight for match in group) for group in (exact, matches))
        return named[0].term.word if named and complete and weight >= self.by.mostly * whole else ""

    def same_kind(self, ask: Ask, number: int, matches: Sequence[Match]) -> Iterator[str]:
        """The kind of event that the measure asks for, held in a field of the measure."""
        if not ask.holds or not self.passages[number].meetings or not any(match.part for match in matches):
            return
        if any(thing.kind == _FORUM for thing in ask.things):
            for kind, noun, _ in self.heads(number):
                if kind == _FORUM:
                    yield f"event of the kind {noun}"

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


def _names(meetings: Sequence[Meeting]) -> str:
    """Names and themes of the events that were held."""
    return "".join(f"{one.name} {one.theme or ''}\n" for one in meetings if one.status == "held")


def _field(term: Term) -> str:
    """The demand that a term belongs to: its first field, or itself."""
    return term.fields[0] if term.fields else term.word


def _words_in_words(matches: Sequence[Match]) -> Iterator[str]:
    for match in matches:
        if match.part:
            other = f"≈{match.word}" if match.word != match.term.word else ""
            yield f"{match.term.word}{other} {match.weight * match.part:.1f}"
