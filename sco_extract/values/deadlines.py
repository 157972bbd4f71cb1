"""The time limit of a measure: typed where the words say so, never guessed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from sco_extract.lexicon.load import Lexicon, alternation
from sco_extract.model.mentions import DateMention, Deadline, DeadlineKind

_NOTHING = re.compile(r"[\s\-—–―/／\\…·.*※无　]*")
_OPEN_START = "../"


@dataclass(frozen=True, slots=True)
class _Words:
    regular: re.Pattern[str]
    annual: re.Pattern[str]
    before: re.Pattern[str]
    consultation: re.Pattern[str]


@cache
def _words(lexicon: Lexicon) -> _Words:
    def pattern(group: str, unless_after: str = "") -> re.Pattern[str]:
        return re.compile(unless_after + f"(?:{alternation(lexicon.words(group))})")

    return _Words(
        pattern("deadline_regular", unless_after="(?<!不)"),  # not in 不定期
        pattern("deadline_annual", unless_after="(?<![0-9本上下该])"),  # not in 2024年度, 本年度
        pattern("deadline_before"),
        pattern("deadline_consultation"),
    )


def parse_deadline(text: str, dates: Sequence[DateMention], lexicon: Lexicon) -> Deadline | None:
    """The deadline that ``text`` (a table cell, the words after a label) states; None where it states nothing.

    ``dates`` are the dates found inside the text, in order. ``kind`` is ``consultation`` (根据协商情况), ``annual``
    (每年), ``regular`` (定期, 长期, 每两年一次), ``by`` (2026年前, 不迟于2026年) or ``range`` (2024—2026年); a bare day,
    quarter or year (2024年第四季度) fits none of them: its kind stays None beside its EDTF. A recurring deadline with a
    limit (2030年前每年) keeps both, the kind of the recurrence and the EDTF of the limit. Two separate dates give no EDTF.
    """
    text = text.strip()
    if _NOTHING.fullmatch(text):
        return None
    words = _words(lexicon)
    edtf = _edtf(text, dates, words)
    return Deadline(text, _kind(text, edtf, words), edtf)


def _edtf(text: str, dates: Sequence[DateMention], words: _Words) -> str | None:
    values = list(dict.fromkeys(date.edtf for date in dates if date.edtf))
    if len(values) != 1:
        return None
    if "/" not in values[0] and words.before.search(text):
        return _OPEN_START + values[0]
    return values[0]


def _kind(text: str, edtf: str | None, words: _Words) -> DeadlineKind | None:
    if words.consultation.search(text):
        return "consultation"
    if words.annual.search(text):
        return "annual"
    if words.regular.search(text):
        return "regular"
    if edtf is None:
        return None
    if edtf.startswith(_OPEN_START):
        return "by"
    start, slash, end = edtf.partition("/")
    return "range" if slash and start != ".." and end != ".." else None
