"""Participants: persons with office, state or organisation and role (rules P001 to P004)."""

from __future__ import annotations

from sco_extract.extract.participants.found import Found, settle
from sco_extract.extract.participants.lines import find_in_line_pairs, find_in_lines
from sco_extract.extract.participants.name_first import find_name_first
from sco_extract.extract.participants.sentences import find_in_sentences
from sco_extract.extract.participants.vocabulary import Vocabulary, vocabulary
from sco_extract.extract.unit import Unit
from sco_extract.model.mentions import ParticipantMention
from sco_extract.model.rule import Rule

RULES = (
    Rule("P001", "person-in-sentence", find_in_sentences.__doc__ or ""),
    Rule("P002", "person-on-line", find_in_lines.__doc__ or ""),
    Rule("P003", "person-on-two-lines", find_in_line_pairs.__doc__ or ""),
    Rule("P004", "person-name-first", find_name_first.__doc__ or ""),
)


def find_participants(unit: Unit) -> tuple[ParticipantMention, ...]:
    """The persons of ``unit``, one record each with all passages, in the order of the text."""
    words = vocabulary(unit.lexicon)
    text, lines = unit.text, unit.document.lines
    found = [
        *find_in_sentences(text, words),
        *find_name_first(text, words),
        *find_in_lines(text, lines, words),
        *find_in_line_pairs(text, lines, words),
    ]
    own = _own_organisation(text, {one.affiliation.start for one in found}, words)
    people: dict[str, list[Found]] = {}
    for one in sorted(found, key=lambda one: (one.start, one.end, one.rule)):
        people.setdefault(one.name, []).append(one)
    return tuple(_mention(passages, own, words) for passages in people.values())


def _own_organisation(text: str, parties: set[int], words: Vocabulary) -> tuple[str, ...]:
    """All names of the organisation whose document this is: the first one named, other than as a person's party."""
    for match in words.organisations.finditer(text):
        if match.start() not in parties:
            return words.organisation_names[match[0]]
    return ()


def _mention(passages: list[Found], own: tuple[str, ...], words: Vocabulary) -> ParticipantMention:
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
        settle(best, own, words),
        tuple(spans),
    )
