"""Errors that the lexicon lists, with what must stand around them: ``(before)wrong(after)>right``."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from sco_extract.lexicon.load import Lexicon
from sco_extract.model.diagnostics import LexiconError


@dataclass(frozen=True, slots=True)
class Listed:
    """What is right for a wrong text, and the words that must (or with ``!`` must not) stand before and behind it."""

    right: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    not_before: bool
    not_after: bool

    def holds(self, text: str, start: int, end: int) -> bool:
        """Whether the surroundings of ``text[start:end]`` make it an error."""
        if self.before and text.endswith(self.before, 0, start) is self.not_before:
            return False
        return not self.after or text.startswith(self.after, end) is not self.not_after


@dataclass(frozen=True, slots=True)
class Errors:
    """Wrong texts, and for each of them what makes it wrong."""

    finder: AhoCorasick
    entries: tuple[tuple[Listed, ...], ...]

    @classmethod
    def of(cls, errors: Mapping[str, Sequence[Listed]]) -> Errors:
        """The finder of ``errors``, which are keyed by their wrong texts."""
        ordered = sorted(errors)
        finder = AhoCorasick(ordered, matchkind=MatchKind.Standard)
        return cls(finder, tuple(tuple(errors[word]) for word in ordered))

    def find(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Where an error stands in ``text``, with what is right; places may overlap."""
        for number, start, end in self.finder.find_matches_as_indexes(text, overlapping=True):
            for one in self.entries[number]:
                if one.holds(text, start, end):
                    yield start, end, one.right
                    break


@cache
def listed(lexicon: Lexicon, *groups: str) -> Errors:
    """The errors of the lexicon's groups."""
    errors: dict[str, list[Listed]] = defaultdict(list)
    for entry in lexicon.words(*groups):
        match = _ENTRY.fullmatch(entry)
        if match is None:
            raise LexiconError(f"not of the form (before)wrong(after)>right: {entry}")
        before, after = match["before"] or "", match["after"] or ""
        error = Listed(match["right"], _words_of(before), _words_of(after), before[:1] == "!", after[:1] == "!")
        errors[match["wrong"]].append(error)
    return Errors.of(errors)


_ENTRY = re.compile(r"(?:\((?P<before>[^()]+)\))?(?P<wrong>[^()>]+)(?:\((?P<after>[^()]+)\))?>(?P<right>[^()>]+)")


def _words_of(condition: str) -> tuple[str, ...]:
    """The words of ``a|b`` or ``!a|b``; ``#`` stands for every digit."""
    words = condition.lstrip("!").split("|") if condition else ()
    return tuple(
        each
        for word in words
        for each in ([word.replace("#", digit) for digit in "0123456789"] if "#" in word else [word])
    )
