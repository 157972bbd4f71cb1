"""When two names of bodies or two titles of documents mean one thing: by what differs, not by how much."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sco_extract.link.progress.words import Words

_MARKS = re.compile(r"[\s“”\"'‘’「」『』《》〈〉（）()，,、—–－~～−-]+|和|与|及|的|在|关于")
_ORDINAL = re.compile(r"第[一二三四五六七八九十百零0-9]{1,6}[次届轮]|首[次届]|[0-9]{4}年?")
_YEARS = re.compile(r"[12][0-9]{3}")
_TITLE_FILLER = re.compile(r"合作$|^发展")
_NOTES = re.compile(r"[（(][^（）()]{0,40}[）)]")
# What ends the words in front of a head noun that belong to its name.
_NAME_START = re.compile(r"[，,。；;：:、！？\s“”「」《》〈〉（）()\n]")
BODY_KINDS = frozenset(("group", "council", "union"))
NAME_REACH = 24  # characters in front of a head noun in which its name stands; 科技园区和创新集群管理委员会 has 12


@dataclass(frozen=True, slots=True)
class Thing:
    """A named body, platform or place of work: its kind of head noun, the noun, and what tells it from others."""

    kind: str
    noun: str
    core: tuple[str, ...]  # words that must stand before the noun
    text: str


def plain(text: str, words: Words) -> str:
    """``text`` without organisations, ordinals, fillers and marks; what remains tells it from others."""
    text = _ORDINAL.sub("", text)
    text = words.organisation.sub("", text)
    return words.filler.sub("", _MARKS.sub("", text))


def same_title(one: str, other: str, words: Words) -> bool:
    """Do two titles name one document? Years must not contradict; plans, programmes and schemes stand for each other."""
    years, others = set(_YEARS.findall(one)), set(_YEARS.findall(other))
    if years and others and years != others:
        return False
    first, second = _title(one, words), _title(other, words)
    return len(first) >= 4 and first == second


def _title(text: str, words: Words) -> str:
    core = plain(_YEARS.sub("", text).replace("年", ""), words)
    for genre in sorted(words.plan_genres, key=lambda word: (-len(word), word)):
        if core.endswith(genre):
            return _TITLE_FILLER.sub("", core.removesuffix(genre))
    return core


def heads(text: str, words: Words) -> Iterator[tuple[str, str, str]]:
    """Head nouns of named things in ``text``: kind, noun, and the words before it that may be its name."""
    clean = _ORDINAL.sub("", _NOTES.sub("", text))
    for kind, pattern in words.things.items():
        for match in pattern.finditer(clean):
            start = max(0, match.start() - NAME_REACH)
            before = clean[start : match.start()]
            cuts = [cut.end() for cut in _NAME_START.finditer(before)]
            yield kind, match[0], before[cuts[-1] :] if cuts else before
