"""The words by which events are found and read, compiled once for a lexicon, in parts by what they are read for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from sco_extract.extract.meetings.vocab.attributes import (
    ModeWords,
    PartyWords,
    PlaceWords,
    ThemeWords,
    mode_words,
    party_words,
    place_words,
    theme_words,
)
from sco_extract.extract.meetings.vocab.clauses import ClauseWords, EventWords, clause_words, event_words
from sco_extract.extract.meetings.vocab.names import NameWords, name_words
from sco_extract.extract.meetings.vocab.nouns import Nouns, nouns
from sco_extract.extract.meetings.vocab.phrases import phrases_of
from sco_extract.extract.meetings.vocab.told import (
    FollowWords,
    ListWords,
    StatusWords,
    follow_words,
    list_words,
    status_words,
)
from sco_extract.lexicon.load import Lexicon


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Compiled patterns; each is named for what it finds."""

    nouns: Nouns
    names: NameWords
    clauses: ClauseWords
    events: EventWords
    modes: ModeWords
    places: PlaceWords
    parties: PartyWords
    themes: ThemeWords
    status: StatusWords
    follow: FollowWords
    lists: ListWords


@cache
def vocabulary(lexicon: Lexicon) -> Vocabulary:
    """The patterns for ``lexicon``; ``LexiconError`` where a group they need is missing."""
    phrases = phrases_of(lexicon)
    return Vocabulary(
        nouns=nouns(phrases),
        names=name_words(phrases),
        clauses=clause_words(phrases),
        events=event_words(phrases),
        modes=mode_words(phrases),
        places=place_words(phrases),
        parties=party_words(phrases),
        themes=theme_words(phrases),
        status=status_words(phrases),
        follow=follow_words(phrases),
        lists=list_words(phrases),
    )
