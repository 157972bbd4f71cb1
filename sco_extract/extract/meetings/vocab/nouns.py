"""Nouns that name events."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sco_extract.extract.meetings.vocab.heads import Heads
from sco_extract.extract.meetings.vocab.marks import FIRST, ORDINAL, ORDINALS
from sco_extract.extract.meetings.vocab.phrases import Phrases


@dataclass(frozen=True, slots=True)
class Nouns:
    """What names an event: its head noun, and how its ordinals are written."""

    event: re.Pattern[str]  # head noun of an event
    heads: Heads  # every head noun of a text, quickly
    weak_events: frozenset[str]  # head nouns that are events only with their own date, ordinal or verb
    generic: re.Pattern[str]  # a name that names nothing: 会议, 例行会议
    elliptic: re.Pattern[str]  # 其中第二届于…: an ordinal without its noun
    ordinal: re.Pattern[str]
    ordinals: re.Pattern[str]  # 第四、五、六次
    ordinal_before: re.Pattern[str]
    summits: frozenset[str]
    summit_ends: frozenset[str]  # the last two characters of the meetings that are called after their city
    assemblies: tuple[str, ...]  # 大会: as often a body as a sitting


def nouns(phrases: Phrases) -> Nouns:
    """The patterns made of ``phrases``; ``LexiconError`` where a group is missing."""
    heads = phrases.heads
    return Nouns(
        event=re.compile(phrases.event),
        heads=heads,
        weak_events=frozenset(entry.name for entry in phrases.lexicon.event if not entry.bare),
        generic=re.compile(rf"{phrases.any('generic_modifier')}*{phrases.event}"),
        elliptic=re.compile(rf"(?:{ORDINAL}|{FIRST})(?=[于将在拟已定])"),
        ordinal=re.compile(rf"{ORDINAL}|{FIRST}"),
        ordinals=re.compile(ORDINALS),
        ordinal_before=re.compile(rf"(?:{ORDINAL}|{FIRST})$"),
        summits=frozenset(phrases.words("summit")),
        summit_ends=frozenset(word[-2:] for word in phrases.words("summit")),
        assemblies=phrases.words("assembly"),
    )
