"""Participants: persons with office, state or organisation and role (rules P001 to P003)."""

from __future__ import annotations

from sco_extract.extract.participants.found import Found
from sco_extract.extract.participants.lines import find_in_line_pairs, find_in_lines
from sco_extract.extract.participants.sentences import find_in_sentences
from sco_extract.extract.participants.vocabulary import Vocabulary, vocabulary
from sco_extract.extract.unit import Unit
from sco_extract.model.mentions import ParticipantMention
from sco_extract.model.rule import Rule

RULES = (
    Rule("P001", "person-in-sentence", find_in_sentences.__doc__ or ""),
    Rule("P002", "person-on-line", find_in_lines.__doc__ or ""),
    Rule("P003", "person-on-two-lines", find_in_line_pairs.__doc__ or ""),
)


def find_participants(unit: Unit) -> tuple[ParticipantMention, ...]:
    """The persons of ``unit``, one record each with all passages, in the order of the text."""
    words = vocabulary(unit.lexicon)
    text, lines = unit.text, unit.document.lines
    own = _own_organisation(text, words)
    found = [*find_in_sentences(text, own, words), *find_in_lines(text, lines, own, words)]
    found.extend(find_in_line_pairs(text, lines, own, words))
    people: dict[str, list[Found]] = {}
    for one in sorted(found, key=lambda one: (one.start, one.end, one.rule)):
        people.setdefault(one.name, []).append(one)
    return tuple(_mention(passages) for passages in people.values())


def _own_organisation(text: str, words: Vocabulary) -> tuple[str, ...]:
    """All names of the organisation that the text names first: it is the one whose document this is."""
    first = words.organisations.search(text)
    return words.organisation_names[first[0]] if first else ()


def _mention(passages: list[Found]) -> ParticipantMention:
    """One person: the first passage that names the state or organisation says the rest."""
    first = passages[0]
    best = next((one for one in passages if one.affiliation.party), first)
    spans = dict.fromkeys((one.start, one.end) for one in passages)
    return ParticipantMention(
        first.start,
        first.end,
        best.rule,
        first.name,
        best.affiliation.title or None,
        best.affiliation.party,
        best.role or "member",
        tuple(spans),
    )
