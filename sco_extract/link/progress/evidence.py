"""How far a passage reports what a measure asks for, and the reasons in words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sco_extract.link.progress.anchors import SITE_KINDS, Anchors, Match
from sco_extract.link.progress.index import Index
from sco_extract.link.progress.measure import Ask, Term, acts_in
from sco_extract.link.progress.passages import Passage
from sco_extract.link.progress.reasons import Reasons
from sco_extract.link.progress.weights import Weights
from sco_extract.link.progress.words import NEAR, Words, sectors_in
from sco_extract.model.records import Meeting, Strength

_BODY_KINDS = frozenset(("group", "council", "ministers"))
_NAMED_KINDS = frozenset(("group", "council", "union", "platform", "ministers", "fund"))
_FORUM = "forum"
# Of events in a field of the measure that share no word with it, a third were links in the development samples where the
# measure is of one or two fields, a tenth where it is of more.
MAIN_FIELD = 0.5
# What tells that an activity of a class took place: what is exchanged is exchanged at a seminar, too.
ACCEPTS: dict[str, frozenset[str]] = {
    "train": frozenset(("train",)),
    "exchange": frozenset(("exchange", "hold", "study", "train")),
    "build": frozenset(("build", "draft")),
    "draft": frozenset(("draft", "build")),
    "hold": frozenset(("hold", "train")),
    "study": frozenset(("study", "draft", "exchange", "hold")),
}


# What parts the topics of a list, and how many make it one.
_LISTED = re.compile(r"[、；]|[，,]?以及")
SEVERAL = 3


@dataclass(frozen=True, slots=True)
class Judgment:
    """What links a passage to a measure: ``strength`` None where it is too little."""

    strength: Strength | None
    score: float
    reasons: tuple[str, ...]
    share: float = 0.0  # of the measure's words that the passage has
    literal: float = 0.0  # weight of what the measure is about that the passage or its event names itself
    firm: bool = False  # they share a document, or the body whose work is all that the measure asks for


class Judge:
    """Decides on pairs of measures and passages."""

    def __init__(self, passages: Sequence[Passage], index: Index, words: Words, reasons: Reasons | None = None) -> None:
        self.passages = passages
        self.index = index
        self.words = words
        self.by = Weights()
        self.say = (reasons or Reasons()).say
        self.anchors = Anchors(passages, index, words, reasons or Reasons(), self.by)

    def judge(self, ask: Ask, number: int) -> Judgment:
        """What links the passage ``number`` to ``ask``."""
        passage = self.passages[number]
        matches = self.matches(ask, passage)
        share, weight = self.measured(matches)
        reasons = tuple(_words_in_words(matches))
        titles = [*self.anchors.shared_titles(ask, passage), *self.anchors.reviewed(ask, passage, share)]
        things = [*self.anchors.shared_things(ask, number, matches)]
        if titles or things:
            firm = bool(titles) or ask.only_things
            return Judgment("direct", 1.0 + share, (*titles, *things, *reasons), share, firm=firm)
        bonus, bodies = self.bodies(ask, number) if share >= self.by.topical_body else (0.0, ())
        reasons = (*bodies, *reasons)
        if said := self.direct_in_words(ask, number, matches, (share, weight)):
            return Judgment("direct", share, (*said, *reasons), share, literal=self.verbatim(number, matches))
        for found in self.anchors.related_things(ask, number):
            return Judgment("related", share, (found, *reasons))
        literal = self.literal(matches)
        if passage.basis == "event" and share < self.by.followed and self.told(matches) < self.by.told:
            return Judgment(None, share, reasons)
        for found in self.same_kind(ask, number, matches):
            return Judgment("related", share, (found, *reasons), share, literal=literal)
        if event := self.field_event(ask, number):
            return Judgment("related", share, (self.say("field_event", event), *reasons), share, literal=literal)
        if max((one.part for one in matches), default=0.0) < self.by.strong:
            return Judgment(None, share, reasons)
        strict = self.strictness(ask, number)
        if self.is_aligned(ask, number):
            bonus += self.by.aligned
        share, weight = min(1.0, share + bonus) / strict, weight / strict
        enough = weight >= self.by.enough or (share >= self.by.related and weight + bonus >= self.by.least)
        return Judgment("related" if enough else None, share, reasons, literal=literal)

    def direct_in_words(
        self, ask: Ask, number: int, matches: Sequence[Match], measured: tuple[float, float]
    ) -> tuple[str, ...]:
        """Why words alone make a passage direct evidence; nothing where they do not.

        They never do for a measure that asks for a document or for the work of a named body, nor where the place of work
        that it asks for is only where something else took place, nor where the product that it asks for is not named.
        """
        passage = self.passages[number]
        share, weight = measured
        sites = ((thing, self.anchors.has_thing(thing, self.anchors.heads(number), ask)) for thing in ask.things)
        located = any(self.anchors.is_location(thing, name, passage.text) for thing, name in sites)
        if ask.only_titles or self.is_of_thing(ask) or located or not self.does(ask, passage):
            return ()
        if self.is_aside(ask, number, matches):
            return ()
        if self.meets(ask, matches, passage):
            return (self.say("same_activity"),)
        events = passage.meetings or passage.event_meetings or passage.event
        if (
            ask.exchanges
            and events
            and not self.is_strange(ask, number)
            and share >= self.by.whole
            and weight >= self.by.direct_least
        ):
            return (self.say("same_activity"),)
        topic = self.dedicated(ask, passage, matches, share)
        return (self.say("devoted", topic),) if topic else ()

    def is_aside(self, ask: Ask, number: int, matches: Sequence[Match]) -> bool:
        """Is the topic one among several that were talked about, or one at an event in another field?"""
        passage = self.passages[number]
        if passage.basis != "event" or not self.words.talk.search(passage.text):
            return False
        if any(one.part and self.index.found(one.term.word, passage.event) for one in matches):
            return False
        several = len(_LISTED.findall(passage.text)) >= SEVERAL - 1
        return self.is_strange(ask, number) or (several and not ask.exchanges)

    def meets(self, ask: Ask, matches: Sequence[Match], passage: Passage, *, anyhow: bool = False) -> bool:
        """Has the passage the object of a demand of the measure, and tells an activity of the kind asked for?

        ``anyhow``: whatever the activity.
        """
        told = acts_in(passage.text, self.words)
        for clause in sorted({match.term.clause for match in matches}):
            asked = ask.acts[clause] if clause < len(ask.acts) else frozenset()
            if not anyhow and asked and not told & frozenset[str]().union(*(ACCEPTS.get(one, {one}) for one in asked)):
                continue
            of_clause = [one for one in matches if one.term.clause == clause]
            if len(of_clause) > 1 and all(one.part == self.by.own for one in of_clause):
                whole = sum(one.weight for one in of_clause) / self.index.greatest
                if whole >= self.by.clause:
                    return True
            members = [one for one in of_clause if one.term.is_object]
            if anyhow:
                members = [
                    one for one in members if not any(one.term.word in thing.text for thing in ask.things)
                ] or members
            members = [one if one.part >= self.by.strong else replace(one, part=0.0) for one in members]
            if not self.is_particular(members, passage, anyhow=anyhow):
                continue
            share, weight = self.measured(members)
            least = self.by.concerned if anyhow else self.by.direct
            if share >= least and weight >= self.by.direct_least and self.is_named(members, passage):
                return True
        return False

    def is_particular(self, members: Sequence[Match], passage: Passage, *, anyhow: bool) -> bool:
        """Do the words that the passage has tell a topic within its field?

        One that the measure names itself does, and so do two words of its sub-field; names of whole fields do not.
        """
        found = [one for one in members if one.part and one.term.word not in self.words.general]
        if any(one.part >= self.by.event for one in found) or (found and anyhow):
            return True
        near = {field for one in found for field in one.term.fields if NEAR in field}
        words = {word for field in near for word in self.words.fields[field] if word in passage.text}
        return sum(not any(word in other for other in words - {word}) for word in words) > 1

    def concern(self, ask: Ask, number: int, *, strict: bool = False) -> float:
        """How far the passage is about what the measure asks for, be it done or not; 0 where it is about something else.

        One rare word of the measure's object is enough unless ``strict``: such sentences are short.
        """
        passage = self.passages[number]
        matches = self.matches(ask, passage)
        share = self.measured(matches)[0]
        if any(self.anchors.shared_titles(ask, passage)) or any(self.anchors.shared_things(ask, number, matches)):
            return 1.0 + share
        named = not strict and self.literal([one for one in matches if one.part == self.by.own]) >= self.by.rare
        concerned = not ask.only_titles and (named or self.meets(ask, matches, passage, anyhow=True))
        return share if concerned else 0.0

    def field_event(self, ask: Ask, number: int) -> str:
        """The word by which the name of an event says that it is of a field of the measure, in the section of its sector.

        Only of fields that few passages speak of: in a report on trade every second event is of trade. Not for a measure of
        many fields, of which the event has one.
        """
        topics = [term for term in ask.terms if not self.words.train.search(term.word)]
        names = _names(self.passages[number].meetings)
        if ask.only_things or not names or not self.is_aligned(ask, number):
            return ""
        for field in dict.fromkeys(field for term in topics for field in term.fields):
            main = sum(field in term.fields for term in topics) >= MAIN_FIELD * len(topics)
            telling = self.index.field_weight(field) >= self.by.telling * self.index.greatest
            if main and telling and (word := self.of_field(field, names)):
                return word
        return ""

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
                elif factor * self.by.compound > best.part and self.index.has_parts(term.word, text):
                    best = Match(term, best.weight, factor * self.by.compound, term.word)
                else:
                    if factor * self.by.head > best.part and (word := self.head_word(term.word, text)):
                        best = Match(term, best.weight, factor * self.by.head, word)
                    for field in term.fields:
                        part = factor * self.field_part(field)
                        if part > best.part and (word := self.of_field(field, text, particular=NEAR in field)):
                            best = Match(term, best.weight, part, word)
            found.append(best)
        return found

    def head_word(self, word: str, text: str) -> str:
        """The name of the field that ``word`` holds itself (生态旅游, 智慧海关), where ``text`` has it."""
        return next((one for one in self.words.general_in(word) if one in text), "")

    def field_part(self, field: str) -> float:
        """What another word of the field counts: the more, the fewer passages speak of the field."""
        if NEAR in field:
            return self.by.near
        return self.by.field + self.by.narrow * self.index.field_weight(field) / self.index.greatest

    def of_field(self, field: str, text: str, *, particular: bool = False) -> str:
        """The first word of ``field`` that ``text`` holds; ``particular``: one that does not name a whole field."""
        found = (word for word in self.words.fields[field] if word in text)
        return next((word for word in found if not (particular and word in self.words.general)), "") if text else ""

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

    def told(self, matches: Sequence[Match]) -> float:
        """Weight of the words of a measure's object that the passage or the event it goes on about tells, in parts as above."""
        told = (one.weight for one in matches if one.term.is_object and one.part >= self.by.strong)
        return sum(told) / self.index.greatest

    def literal(self, matches: Sequence[Match]) -> float:
        """Weight of those words, but names of whole fields, that the passage has itself, a compound also in its parts."""
        least, general = self.by.own * self.by.compound, self.words.general
        had = (one for one in matches if one.term.is_object and one.part >= least and one.term.word not in general)
        return sum(one.weight for one in had) / self.index.greatest

    def verbatim(self, number: int, matches: Sequence[Match]) -> float:
        """Weight of those that the passage has itself, not in other words for them nor in the name of a place of work."""
        sites = (before + noun for kind, noun, before in self.anchors.heads(number) if kind in SITE_KINDS)
        text = re.sub("|".join(map(re.escape, sites)) or "$", "\n", self.passages[number].text)
        return self.literal([one for one in matches if one.term.word in text])

    def bodies(self, ask: Ask, number: int) -> tuple[float, tuple[str, ...]]:
        """What standing bodies add that the passage names: an executor, or one of the measure's field."""
        bonus, reasons = 0.0, []
        for thing in ask.executors:
            if name := self.anchors.has_thing(thing, self.anchors.heads(number), ask):
                bonus = self.by.executor
                reasons.append(self.say("executor", name))
                break
        fields = {field for term in ask.terms for field in term.fields}
        for kind, noun, before in self.anchors.heads(number):
            if kind in _BODY_KINDS and any(word in before for field in fields for word in self.words.fields[field]):
                reasons.append(self.say("field_body", before + noun))
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

    def is_of_thing(self, ask: Ask) -> bool:
        """Does the measure ask for the work of a named body? Then words alone are no direct evidence."""
        return any(thing.kind in _NAMED_KINDS for thing in ask.things)

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
            if share >= self.by.topical and (word := self.index.found(match.term.word, names)):
                return word
            if share >= self.by.related and (word := self.near_word(match, names)):
                return word
        names += _names(passage.event_meetings)
        named = [match for match in matches if match.part and self.index.found(match.term.word, names)]
        exact = [match for match in matches if match.part == self.by.own]
        complete = {_field(match.term) for match in exact} == {_field(match.term) for match in matches}
        weight, whole = (sum(match.weight for match in group) for group in (exact, matches))
        return named[0].term.word if named and complete and weight >= self.by.mostly * whole else ""

    def near_word(self, match: Match, names: str) -> str:
        """A word of the sub-field of what the measure names that ``names`` hold; none that names a whole field."""
        general = self.words.general
        if match.term.word in general:
            return ""
        near = (word for field in match.term.fields if NEAR in field for word in self.words.fields[field])
        return next((word for word in near if word not in general and word in names), "")

    def same_kind(self, ask: Ask, number: int, matches: Sequence[Match]) -> Iterator[str]:
        """The kind of event that the measure asks for, held in a field of the measure."""
        if not ask.holds or not self.passages[number].meetings or not any(match.part for match in matches):
            return
        if any(thing.kind == _FORUM for thing in ask.things):
            for kind, noun, _ in self.anchors.heads(number):
                if kind == _FORUM:
                    yield self.say("event_kind", noun)


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
