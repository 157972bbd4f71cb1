"""Head nouns of events, found in a whole text at once."""

from __future__ import annotations

import re

from ahocorasick_rs import AhoCorasick

from sco_extract.extract.alternatives import alternatives
from sco_extract.extract.meetings.vocab.marks import BRACKET, QUOTE
from sco_extract.lexicon.load import Event, Lexicon

_BEHIND_WEAK = rf"[{BRACKET}{QUOTE}，。、；：:,;\n于在将和与及的成举召开期拉闭圆0-9]|$"


class Heads:
    """Finds head nouns: an automaton for the words, then a look at the character behind them.

    高官会 is none before 议, 展 none before 览, 周 none before 边; a body (理事会) only with a bracket behind it:
    元首理事会（2024年7月4日，阿斯塔纳）.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        bodies = lexicon.words("sitting_body")
        nouns = {entry.name: _behind(entry) for entry in lexicon.event if entry.name not in bodies}
        nouns |= dict.fromkeys(bodies, re.compile(BRACKET))
        self._words = list(nouns)
        self._behind = list(nouns.values())
        self._automaton = AhoCorasick(self._words)
        # the same nouns for short stretches of text
        self.pattern = alternatives(nouns, {word: behind.pattern for word, behind in nouns.items()})

    def find(self, text: str) -> list[tuple[int, int]]:
        """Start and end of each head noun of ``text``, in order: the leftmost, and of those the longest."""
        hits = [
            (start, -end)
            for word, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True)
            if self._behind[word].match(text, end)
        ]
        found: list[tuple[int, int]] = []
        for start, end in sorted(hits):
            if not found or start >= found[-1][1]:
                found.append((start, -end))
        return found


def _behind(entry: Event) -> re.Pattern[str]:
    if not entry.bare:
        return re.compile(_BEHIND_WEAK)
    if entry.name.endswith("会"):
        return re.compile(r"(?![议晤谈见])")
    return re.compile(r"(?![览会])" if entry.name.endswith("展") else "")
