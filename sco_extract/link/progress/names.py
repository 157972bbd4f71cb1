"""When two names of bodies or two titles of documents mean one thing: by what differs, not by how much."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sco_extract.link.progress.words import Words
from sco_extract.values.numerals import to_int

_MARKS = re.compile(r"[\s“”\"'‘’「」『』《》〈〉（）()，,、—–－~～−-]+|和|与|及|的|在|关于")
_ORDINAL = re.compile(r"第[一二三四五六七八九十百零0-9]{1,6}[次届轮]|首[次届]|[0-9]{4}年?")
_ORDER = re.compile(r"第([一二三四五六七八九十百零0-9]{1,6})[次届轮]|首[次届]")
_PARTNER = re.compile(r"在?(?:[\u4e00-\u9fff]{2,4}[—–-])?$")  # 在|中国—|上合组织…示范区
_YEARS = re.compile(r"[12][0-9]{3}")
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


def ordinals(text: str) -> frozenset[int]:
    """Ordinals of events that ``text`` names: 第九届, 第25次, 首次."""
    found = (to_int(match[1]) if match[1] else 1 for match in _ORDER.finditer(text))
    return frozenset(number for number in found if number is not None)


def plain(text: str, words: Words) -> str:
    """``text`` without organisations, ordinals, fillers and marks; what remains tells it from others."""
    text = _ORDINAL.sub("", text)
    text = words.organisation.sub("", text)
    return words.filler.sub("", _MARKS.sub("", text))


def organisations_in(text: str, words: Words) -> frozenset[str]:
    """Ids of the organisations that ``text`` names, those of bodies as the organisation that they are of."""
    found = words.organisation.finditer(text)
    return frozenset(words.organisations[match[0]].partition(".")[0] for match in found)


def same_title(one: str, other: str, words: Words) -> bool:
    """Do two titles name one document?

    Years and organisations must not contradict. 计划, 规划 and 方案 stand for each other; so do 纲要, 构想 and 路线图, which
    drafts change, where what is left is told in four characters or more (新经济对话).
    """
    years, others = set(_YEARS.findall(one)), set(_YEARS.findall(other))
    bodies, strangers = organisations_in(one, words), organisations_in(other, words)
    if (years and others and years != others) or (bodies and strangers and not bodies & strangers):
        return False
    first, second = (plain(_YEARS.sub("", text).replace("年", ""), words) for text in (one, other))
    if len(first) >= 3 and first == second:
        return True
    (bare, kind), (rest, sort) = _parted(first, words), _parted(second, words)
    return bool(kind and sort) and bare == rest and len(bare) >= (2 if kind == sort == "plan" else 4)


def _parted(core: str, words: Words) -> tuple[str, str]:
    """A title without its genre, and the class of the genre; nothing for one whose genre stands for itself."""
    for kind, genres in words.genres.items():
        for genre in genres:
            if core.endswith(genre):
                return words.title_filler.sub("", core.removesuffix(genre)), kind
    return core, ""


def heads(text: str, words: Words) -> Iterator[tuple[str, str, str]]:
    """Head nouns of named things in ``text``: kind, noun, and the words before it that may be its name."""
    clean = _ORDINAL.sub("", _NOTES.sub("", text))
    for kind, pattern in words.things.items():
        for match in pattern.finditer(clean):
            start = max(0, match.start() - NAME_REACH)
            before = clean[start : match.start()]
            cuts = [cut.end() for cut in _NAME_START.finditer(before)]
            before = before[cuts[-1] :] if cuts else before
            # A name begins with the last organisation in front of it: 西北工业大学依托|上合组织大数据合作|中心.
            leads = [one.start() for one in words.organisation.finditer(before) if one.end() < len(before)]
            yield kind, match[0], _lead(before, leads)


def _lead(before: str, leads: list[int]) -> str:
    """``before`` from the last of ``leads``, with 在 or a partner (中国—) that stands right in front of it."""
    if not leads:
        return before
    partner = _PARTNER.search(before, 0, leads[-1])
    return before[partner.start() if partner else leads[-1] :]
