"""Meetings in one document: where and how they were held, and the words for how."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from sco_extract.check.reading import Reading, enclosed, word_pattern
from sco_extract.check.sheet import Fault, Sheet, SheetCheck
from sco_extract.lexicon.load import Lexicon, alternation

# Only a document that says place or mode of most of its events leaves one out by mistake.
FEWEST, MOST = 5, 0.8


@dataclass(frozen=True, slots=True)
class _Slots:
    """Patterns of the places where a text says how a meeting was held; group ``form`` is the word."""

    patterns: tuple[re.Pattern[str], ...]
    said: re.Pattern[str]  # words in a sentence that say mode, or that the event was not held


def _names_place(text: str, lexicon: Lexicon) -> bool:
    """Whether a sentence names a city."""
    return bool(_places(lexicon).find_matches_as_indexes(text))


@cache
def _places(lexicon: Lexicon) -> AhoCorasick:
    names = sorted(name for name in lexicon.places if len(name) > 1)
    return AhoCorasick(names, matchkind=MatchKind.LeftmostLongest)


@cache
def _slots(lexicon: Lexicon) -> _Slots:
    lead = alternation(lexicon.words("proof_mode_lead"))

    def running(group: str) -> re.Pattern[str]:
        return re.compile(rf"(?:{lead})(?P<form>{alternation(lexicon.words(group))})")

    bracket = alternation(lexicon.words("proof_video_bracket"))
    return _Slots(
        (
            running("proof_video_running"),  # 以视频方式
            running("proof_hybrid_running"),  # 以线上线下相结合的方式
            re.compile(rf"[，,（(][ ]?(?P<form>{bracket})(?=[）)；;])"),  # （2023年3月14日，视频方式）
        ),
        word_pattern(lexicon, "proof_mode_said"),
    )


def no_place(sheet: Sheet) -> Iterator[Fault]:
    """An event was held, but the text says neither where nor how.

    Only in documents that say it of most of their events.

    Good: 2024年6月21日，能源部长第四次会议在阿斯塔纳举行; ……以视频方式举行. Bad: 2024年5月29日，哈萨克斯坦主持召开了农业部长会议.

    Limitation: a place that is said further away than in the next sentence may be missed.
    """
    held = [one for one in sheet.record.meetings if one.status == "held" and one.dates]
    silent = [one for one in held if one.place is None and one.mode is None and one.country is None]
    if len(held) < FEWEST or len(held) - len(silent) < MOST * len(held):
        return
    reading, words = Reading.of(sheet.document.text), _slots(sheet.lexicon)
    for one in silent:
        place = reading.place(one.span)
        if place is None or any(len(date) <= len("2024") for date in one.dates):
            continue
        first, last = reading.sentence(place[0])
        last = reading.sentence(min(last + 1, len(reading.text) - 1))[1]  # ……会议。会议在北京举行。
        told = one.name + reading.text[first:last]
        if not words.said.search(told) and not _names_place(told, sheet.lexicon):
            yield Fault(one.span, {"name": one.name, "when": ", ".join(one.dates)})


def mixed_modes(sheet: Sheet) -> Iterator[Fault]:
    """One way of holding a meeting has several names in the document.

    The form that the document uses most is kept; of two used equally often, the first.

    Good: 以视频方式 throughout. Bad: 以视频方式举行 beside 以线上形式举行, （2023年3月2日，视频会议） beside （2023年4月4日，视频方式）.

    Limitation: words in sentences and in brackets are compared each among themselves; 视频会议 as the name of an event is none.
    """
    text = sheet.document.text.text
    for pattern in _slots(sheet.lexicon).patterns:
        found = [match for match in pattern.finditer(text) if not enclosed(text, match.start())]
        forms = Counter(match["form"] for match in found)
        if len(forms) < 2:
            continue
        best, count = forms.most_common(1)[0]
        model = next(match for match in found if match["form"] == best)
        fix = sheet.read_span(model.start("form"), model.end("form")).quote
        for match in found:
            if match["form"] != best:
                span = sheet.read_span(match.start("form"), match.end("form"))
                values = {"here": match["form"], "there": best, "count": str(count)}
                yield Fault(span, values, fix=fix if _same_means(match["form"], best, sheet.lexicon) else None)


def _same_means(one: str, two: str, lexicon: Lexicon) -> bool:
    """Whether one form may stand for the other at every event: a festival online is no 视频会议."""
    conference = lexicon.words("proof_sittings")[0]
    return (conference in one) == (conference in two) or one[:2] == two[:2]


CHECKS = (
    SheetCheck("MTG304", "no-place", "info", "none", no_place),
    SheetCheck("MTG305", "mixed-modes", "info", "safe", mixed_modes),
)
