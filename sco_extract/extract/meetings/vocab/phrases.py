"""Parts of patterns that several modules of the vocabulary share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sco_extract.extract.alternatives import alternatives
from sco_extract.extract.meetings.vocab.heads import Heads
from sco_extract.lexicon.load import Lexicon


@dataclass(frozen=True, slots=True)
class Phrases:
    """Pattern sources made of the words of ``lexicon``; each stands in a group of its own."""

    lexicon: Lexicon
    heads: Heads
    event: str  # a head noun
    hold: str
    host: str
    manner: str  # 成功, 顺利, or nothing
    theme: str
    modes: str
    mode_lead: str
    mode_tail: str
    mode_combined: str
    mode_phrase: str  # 以视频会议方式
    same_time: str
    parent: str
    anaphor: str

    def words(self, group: str) -> tuple[str, ...]:
        """The words of a group; ``LexiconError`` where it is missing."""
        return self.lexicon.words(group)

    def any(self, *groups: str) -> str:
        """A word of the groups, the longest first."""
        return any_of(self.lexicon.words(*groups))


def any_of(words: Iterable[str]) -> str:
    """A group that matches the longest of ``words`` first."""
    return f"(?:{alternatives(words)})"


def phrases_of(lexicon: Lexicon) -> Phrases:
    """The shared parts for ``lexicon``."""

    def group(*names: str) -> str:
        return any_of(lexicon.words(*names))

    heads = Heads(lexicon)
    modes = group("hybrid", "video", "on_site")
    lead, tail, combined = group("mode_lead"), group("mode_tail"), group("mode_combined")
    return Phrases(
        lexicon=lexicon,
        heads=heads,
        event=f"(?:{heads.pattern})",
        hold=group("hold"),
        host=group("host"),
        manner=f"{group('manner')}?",
        theme=group("theme"),
        modes=modes,
        mode_lead=lead,
        mode_tail=tail,
        mode_combined=combined,
        mode_phrase=rf"(?:以|{lead})?{modes}{combined}?的?{tail}?",
        same_time=group("same_time"),
        parent=group("parent"),
        anaphor=group("anaphor"),
    )
