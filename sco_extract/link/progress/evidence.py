"""How far a passage reports what a measure asks for, and the reasons in words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sco_extract.link.progress.index import Index
from sco_extract.link.progress.measure import Ask, Term
from sco_extract.link.progress.names import Thing, heads, same_title
from sco_extract.link.progress.passages import Passage
from sco_extract.link.progress.words import Words
from sco_extract.model.records import Strength

_TITLE = re.compile(r"《(?:[^《》]|《[^《》]*》)*》")
_SITE_KINDS = frozenset(("base", "center"))
_BODY_KINDS = frozenset(("group", "council", "ministers"))
_FORUM = "forum"


@dataclass(frozen=True, slots=True)
class Weights:
    """The parameters of the decision; each measured on the links made by hand, see ``scripts/score_links.py``.

    ``own``, ``event``, ``heading``: how much of a word's weight a passage has that names it itself, in the sentence whose
    event it goes on about, in the headings above it. ``field``: of that, for another word of the same field. ``body``: what
    a sitting of a standing body of the field adds, ``executor`` one of a body among the executors. ``related``, ``direct``:
    shares of the weight of the measure's words from which on a passage is evidence; ``enough``: the weight, in parts of
    that of a word which only one text has, that is evidence whatever its share; ``least``: below it a share tells nothing,
    because the measure's words are in every second text. ``rare``: from this part on a word stands for itself.
    """

    own: float = 1.0
    event: float = 0.8
    heading: float = 0.4
    field: float = 0.45
    body: float = 0.15
    executor: float = 0.2
    related: float = 0.5
    enough: float = 0.75
    least: float = 0.35
    direct: float = 0.75
    direct_least: float = 0.6
    rare: float = 0.7
    topical: float = 0.3


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
        bonus, bodies = self.bodies(ask, number) if weight else (0.0, ())
        reasons = (*bodies, *reasons)
        share = min(1.0, share + bonus)
        if not (ask.only_titles or ask.only_things) and self.does(ask, passage):
            if share >= self.by.direct and weight >= self.by.direct_least:
                return Judgment("direct", share, reasons)
            topic = self.dedicated(ask, passage, matches)
            if topic and share >= self.by.topical:
                return Judgment("direct", share, (f"event on {topic}", *reasons))
        place = next((name for thing in ask.things if (name := self.has_thing(thing, number))), "")
        if place:
            return Judgment("related", share, (f"place {place}", *reasons))
        kind = self.same_kind(ask, number, matches)
        if kind:
            return Judgment("related", share, (f"event of the kind {kind}", *reasons))
        if (share >= self.by.related and weight + bonus >= self.by.least) or weight >= self.by.enough:
            return Judgment("related", share, reasons)
        return Judgment(None, share, reasons)

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
                if factor > best.part and term.word in text:
                    best = Match(term, best.weight, factor, term.word)
                elif factor * self.by.field > best.part and (word := self.of_field(term, text)):
                    best = Match(term, best.weight, factor * self.by.field, word)
            found.append(best)
        return found

    def of_field(self, term: Term, text: str) -> str:
        """The first word of ``text`` that belongs to a field of ``term``."""
        return (
            next((word for field in term.fields for word in self.words.fields[field] if word in text), "")
            if text
            else ""
        )

    def measured(self, matches: Sequence[Match]) -> tuple[float, float]:
        """Share of the measure's words that the passage has, and their weight in parts of the greatest one there is.

        Words of one field are one demand, told in several words: its weight is that of the heaviest and a quarter for
        each further one.
        """
        groups: dict[str, list[Match]] = {}
        for match in matches:
            groups.setdefault(match.term.fields[0] if match.term.fields else match.term.word, []).append(match)
        whole = had = 0.0
        for members in groups.values():
            weights = [match.weight for match in members]
            weight = max(weights) * (1 + 0.25 * (len(members) - 1))
            whole += weight
            had += weight * sum(match.weight * match.part for match in members) / (sum(weights) or 1.0)
        return (had / whole if whole else 0.0), had / self.index.greatest

    def shared_titles(self, ask: Ask, passage: Passage) -> Iterator[str]:
        """Documents that both name: in the passage by title, or by the words of the title and its kind."""
        for title in ask.titles:
            same = next((other for other in passage.titles if same_title(title, other, self.words)), "")
            if same:
                yield f"same document 《{same}》"

    def shared_things(self, ask: Ask, number: int) -> Iterator[str]:
        """Bodies, platforms and places of work that both name, but for a place that is only where something took place."""
        for thing in ask.things:
            name = self.has_thing(thing, number)
            if name and not (thing.kind in _SITE_KINDS and name.startswith("在")):
                yield f"same body {name}"
        text = self.passages[number].text
        for partner in ask.partners:
            for match in self.words.organisation.finditer(text):
                if self.words.organisations[match[0]] == partner and not ask.only_titles:
                    yield f"same organisation {match[0]}"
                    break

    def reviewed(self, ask: Ask, passage: Passage, share: float) -> Iterator[str]:
        """A report on how a thing is carried out is what a measure of monitoring asks for."""
        if ask.reviews and share and (match := self.words.reviewed.search(passage.text)):
            yield f"review: {match[0]}"

    def bodies(self, ask: Ask, number: int) -> tuple[float, tuple[str, ...]]:
        """What standing bodies add that the passage names: an executor, or one of the measure's field."""
        bonus, reasons = 0.0, []
        for thing in ask.executors:
            if name := self.has_thing(thing, number):
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

    def dedicated(self, ask: Ask, passage: Passage, matches: Sequence[Match]) -> str:
        """A rare word of the topic in the name of an event, where the measure asks for exchange or events."""
        if not (ask.exchanges or ask.holds):
            return ""
        names = "\n".join(f"{one.name} {one.theme or ''}" for one in passage.meetings if one.status == "held")
        for match in matches:
            if match.term.word in names and match.weight >= self.by.rare * self.index.greatest:
                return match.term.word
        return ""

    def same_kind(self, ask: Ask, number: int, matches: Sequence[Match]) -> str:
        """The kind of event that the measure asks for, held in a field of the measure."""
        if not ask.holds or not any(match.part for match in matches):
            return ""
        if not any(thing.kind == _FORUM for thing in ask.things) or not self.passages[number].meetings:
            return ""
        return next((noun for kind, noun, _ in self.heads(number) if kind == _FORUM), "")

    def has_thing(self, thing: Thing, number: int) -> str:
        """The name in the passage of the same kind that has all that tells ``thing`` from others; else nothing."""
        for kind, noun, before in self.heads(number):
            name = before + noun
            if kind == thing.kind and all(word in name for word in thing.core):
                return name
        return ""

    def heads(self, number: int) -> list[tuple[str, str, str]]:
        """Named things of the passage ``number``: kind, noun, and the words before it."""
        if number not in self._heads:
            self._heads[number] = list(heads(self.passages[number].text, self.words))
        return self._heads[number]


def _words_in_words(matches: Sequence[Match]) -> Iterator[str]:
    for match in matches:
        if match.part:
            other = f"≈{match.word}" if match.word != match.term.word else ""
            yield f"{match.term.word}{other} {match.weight * match.part:.1f}"
