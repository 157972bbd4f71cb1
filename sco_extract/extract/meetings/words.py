"""Where words start: asked of jieba, and only where a character could be a word of its own."""

from __future__ import annotations

from functools import cache

from sco_extract.lexicon.jieba_words import tokenizer
from sco_extract.lexicon.load import Lexicon

KNOWN_END = 4  # code points by which known names are filed, and so of the shortest that is looked for


class Words:
    """Word starts of short stretches of text, and known names; the tokenizer is loaded at the first question."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def lengths(self, ending: str) -> tuple[int, ...]:
        """The lengths of the known names that end in these ``KNOWN_END`` characters, longest first."""
        return _lengths(self._lexicon).get(ending, ())

    def knows(self, name: str) -> bool:
        """Whether the lexicon has a body of this name."""
        return name in self._lexicon.bodies

    def starts(self, text: str) -> set[int]:
        """Offsets in ``text`` at which a word starts, its end included."""
        starts = {0}
        at = 0
        for word in tokenizer(self._lexicon).cut(text):
            at += len(word)
            starts.add(at)
        return starts


@cache
def _lengths(lexicon: Lexicon) -> dict[str, tuple[int, ...]]:
    found: dict[str, set[int]] = {}
    for name in lexicon.bodies:
        if len(name) >= KNOWN_END:
            found.setdefault(name[-KNOWN_END:], set()).add(len(name))
    return {ending: tuple(sorted(lengths, reverse=True)) for ending, lengths in found.items()}
