"""The sentences' grammar as data: templates of lexicon/data/phrases.toml, filled and chosen without chance."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from sco_extract.lexicon.load import Lexicon

# Groups of templates, and of words that the composition looks for (which are no template and prove nothing).
PREFIX = "say_"
VOCABULARY = "phrase_"
NOTES = "note_"  # what stands in annexes and comments, never in a sentence
_SLOT = re.compile(r"\{[a-z_]+\}")
# A comma before a full stop, two marks of one kind: what empty slots leave behind.
_DOUBLED = re.compile(r"([，。；：、])[，、]+|[，、；：]+(?=[。；])|(?<=。)。+")


class Phrases:
    """Templates by group; a template names its slots in braces: {date}，{name}{way}{held}."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def say(self, group: str, slots: Mapping[str, str] | None = None, turn: int = 0) -> str:
        """The ``turn``-th template of ``say_<group>`` (counted round) with ``slots`` filled in."""
        templates = self._lexicon.words(PREFIX + group)
        return tidy(_fill(templates[turn % len(templates)], slots or {}))

    def variants(self, group: str) -> int:
        """How many templates ``say_<group>`` has."""
        return len(self._lexicon.words(PREFIX + group))

    def note(self, group: str, slots: Mapping[str, str] | None = None) -> str:
        """The template of ``note_<group>`` with ``slots`` filled in: headings, doubts, requests."""
        return _fill(self._lexicon.words(NOTES + group)[0], slots or {})

    def notes(self, group: str) -> tuple[str, ...]:
        """All words of ``note_<group>``; none where the lexicon has no such group."""
        return self._lexicon.groups.get(NOTES + group, ())

    def words(self, group: str) -> tuple[str, ...]:
        """The words of ``phrase_<group>``: vocabulary, no templates."""
        return self._lexicon.words(VOCABULARY + group)

    def dates(self, dates: Sequence[str], year: str = "") -> str:
        """EDTF days, months, years and ranges in words; the year, and in a range the month, are said once.

        ``year`` is one that was said before: 2024年6月26日、7月11日、9月4日至5日.
        """
        said: list[str] = []
        for date in dates:
            first, _, last = date.partition("/")
            text = self._date(first, year)
            year = first[:4]
            if last:
                text += "至" + self._date(last, year, first[5:7] if len(first) > 7 else "")
                year = last[:4]
            said.append(text)
        return "、".join(said)

    def _date(self, date: str, year: str, month: str = "") -> str:
        """A day, month, part of a year or year, without what was said before."""
        parts = date.split("-")
        if not all(part.isdecimal() for part in parts):
            return date
        text = "" if parts[0] == year and len(parts) > 1 else f"{int(parts[0])}年"
        if len(parts) > 1 and int(parts[1]) > 12:  # quarters are 33 to 36, halves 40 and 41 (EDTF level 2)
            number = int(parts[1])
            names = self.words("parts_of_year")
            return f"{int(parts[0])}年" + names[number - 33 if number < 40 else number - 36]
        if len(parts) > 1 and not (text == "" and month == parts[1]):
            text += f"{int(parts[1])}月"
        return text + f"{int(parts[2])}日" if len(parts) > 2 else text

    @property
    def literals(self) -> tuple[str, ...]:
        """All pieces of text between slots, the longest first: what a sentence says that is no fact."""
        return _literals(self._lexicon)


def tidy(text: str) -> str:
    """``text`` without the marks that an empty slot leaves doubled: ，。 → 。"""
    return _DOUBLED.sub(lambda match: match[1] or "", text)


def _fill(template: str, slots: Mapping[str, str]) -> str:
    return _SLOT.sub(lambda match: slots.get(match[0][1:-1], ""), template)


@cache
def _literals(lexicon: Lexicon) -> tuple[str, ...]:
    found = {
        piece
        for name, words in lexicon.groups.items()
        if name.startswith(PREFIX)
        for word in words
        for piece in _SLOT.split(word)
        if piece
    }
    return tuple(sorted(found, key=lambda piece: (-len(piece), piece)))


@cache
def phrases_of(lexicon: Lexicon) -> Phrases:
    """The phrases of ``lexicon``."""
    return Phrases(lexicon)
