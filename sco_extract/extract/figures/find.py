"""Find figures: the noun of a quantity first, then its number behind it, then time and subject before it.

Whole-text work is one pass of an automaton over some fifty nouns; everything else looks at one sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from sco_extract.extract.figures.words import SCALES, Words, words_of
from sco_extract.extract.unit import Unit
from sco_extract.model.mentions import DateMention, FigureBasis, FigureBound, FigureMention
from sco_extract.model.rule import Rule

# Code points before a quantity in which its sentence begins, and the longest name of a subject: 中国与中亚国家农产品, twice.
SENTENCE, LONGEST = 120, 24
_STOP = re.compile(r"[。；;！？!?\n]")
_COMMA = re.compile(r"[，,：:、（）()]")
_LEFT_OPEN = re.compile(r"^(?:[以之]?[来后前起]|度?以来|同期|相比)")
_RANGE = re.compile(r"^(?:[-—–~～至到][0-9]|[0-9.]|个百分点)")
_AROUND: dict[str | None, FigureBound] = {
    "以上": "over", "以下": "under", "以内": "under", "左右": "about", "上下": "about", "余": "over", "多": "over",
}  # fmt: skip
_CLOSED = ("year", "half_year", "quarter", "month", "range")

RULES = (
    Rule(
        "F001",
        "figure",
        """
        A number for a quantity (贸易额, 投资存量, 开行…列) of a subject and a time, all said in one sentence.

        Found are amounts with their unit and growth in per cent (2023年中国与中亚国家贸易额达894亿美元，较上一年增长27.2%). The value
        is in single units; ``step`` is one of the last digit written, so that 894亿 and 894.1亿 can be told to agree. What is
        expected (预计, 目标) is marked; stocks up to a day (截至…底) and sums since a beginning (累计) have a basis of their own.

        Limitation: precision comes first. Without a named subject, with 分别, ranges, two times in one sentence or quantities
        that the lexicon does not know nothing is recorded.
        """,
    ),
)


@dataclass(frozen=True, slots=True)
class _Time:
    """When: a date, where the words about it begin and end, and whether it is one up to which was counted."""

    start: int
    end: int
    edtf: str
    as_of: bool
    whole_year: bool


def find_figures(unit: Unit) -> tuple[FigureMention, ...]:
    """All figures of a text, in order."""
    words = words_of(unit.lexicon)
    text = unit.text
    starts = [date.start for date in unit.dates]
    found: list[FigureMention] = []
    for number, begin, end in words.finder.find_matches_as_indexes(text):
        match = words.number.match(text, end) or words.growth.match(text, end)
        if match:
            noun = _Noun(text, words, begin, end, words.quantities[number])
            found += _figures(noun, match, unit, starts)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Noun:
    """Where the noun of a quantity stands."""

    text: str
    words: Words
    start: int
    end: int
    quantity: str


def _figures(noun: _Noun, match: re.Match[str], unit: Unit, starts: list[int]) -> Iterator[FigureMention]:
    growth = "change" in match.re.groupindex
    low = _sentence(noun)
    time = _time(noun, match, low, unit.dates, starts)
    if (
        time is None
        or _so_far(noun, match, time, unit.document_date)
        or _RANGE.match(noun.text, match.end())
        or not (growth or _fits(noun, match))
    ):
        return
    subject = _subject(noun, time, low)
    if not subject:
        return
    begin, name = subject
    before = noun.text[low : match.start("number")]
    after = noun.text[match.end() : match.end() + 6]
    first = FigureMention(
        start=min(begin, time.start),
        end=match.end(),
        rule="F001",
        subject=name,
        quantity=noun.quantity,
        measure="growth" if growth or noun.quantity in noun.words.growths else "amount",
        edtf=time.edtf,
        basis=_basis(noun, match, time),
        value=0.0,
        step=0.0,
        unit="%",
        bound=_bound(noun.words, match),
        forecast=bool(noun.words.forecast.search(before) or noun.words.forecast.search(after)),
    )
    yield _valued(first, match, noun.words)
    more = None if growth or time.as_of else noun.words.more.match(noun.text, match.end())
    if more:
        grown = replace(first, end=more.end(), measure="growth", unit="%", bound=_bound(noun.words, more))
        yield _valued(grown, more, noun.words)


def _sentence(noun: _Noun) -> int:
    """Where the sentence of the noun begins."""
    low = max(0, noun.start - SENTENCE)
    stops = list(_STOP.finditer(noun.text, low, noun.start))
    return stops[-1].end() if stops else low


def _fits(noun: _Noun, match: re.Match[str]) -> bool:
    """Whether a number has the unit that its quantity needs: per cent for a growth, anything else for the others."""
    unit = match["unit"]
    if noun.quantity in noun.words.growths:
        return unit == "%"
    return unit not in (None, "%") or (unit is None and noun.quantity == noun.words.people and bool(match["scale"]))


def _time(
    noun: _Noun, match: re.Match[str], low: int, dates: tuple[DateMention, ...], starts: list[int]
) -> _Time | None:
    """The only time that the sentence can mean: the last date before the noun, or the one right behind it."""
    at = bisect_right(starts, noun.start)
    inside = "date" in match.re.groupindex and match["date"] is not None
    if inside:
        date = next((one for one in dates[at : at + 3] if one.start == match.start("at")), None)
        behind = date is not None and date.end <= match.start("number")
        if date is None or not behind or (at and dates[at - 1].start >= low):
            return None
        return _known(noun, date, low=low, lead=True)
    date = dates[at - 1] if at else None
    if date is None or date.start < low or date.end > noun.start:
        return None
    earlier = dates[at - 2] if at > 1 else None
    if earlier is not None and earlier.start >= low:
        return None
    return _known(noun, date, low=low, lead=False)


def _known(noun: _Noun, date: DateMention, *, low: int, lead: bool) -> _Time | None:
    """A date as the time of a figure; None where it is one to compare with (较2022年), open or more than a year."""
    head = noun.text[low : date.start]
    said = noun.words.as_of.search(head)
    as_of = said is not None or date.modifier == "end"
    if date.edtf is None or ".." in date.edtf or (date.kind not in _CLOSED and not (as_of and date.kind == "day")):
        return None
    if date.kind == "range" and date.edtf[:4] != date.edtf.partition("/")[2][:4]:
        return None
    tail = noun.words.period.match(noun.text, date.end)
    end = tail.end() if tail else date.end
    if not lead and _LEFT_OPEN.match(noun.text, end):
        return None
    if date.kind == "month" and not as_of and noun.text[end : end + 1] in ("，", ","):
        return None  # 2024年10月，贸易额达…: news of that month, or the year up to it
    return _Time(date.start - (len(said[0]) if said else 0), end, date.edtf, as_of, date.kind == "year" and not as_of)


def _so_far(noun: _Noun, match: re.Match[str], time: _Time, today: str | None) -> bool:
    """Whether a number of a year may be that of its first months: 2024年中欧班列累计开行1万列, as news of July have it.

    A forecast is none, but what a source says of its own year before that is over may be any part of it.
    """
    if not time.whole_year:
        return False
    low = min(time.end, noun.start)
    own = today is not None and today[:4] == time.edtf[:4]
    return own or noun.words.so_far.search(noun.text, low, match.start("number")) is not None


def _subject(noun: _Noun, time: _Time, low: int) -> tuple[int, str] | None:
    """Whose quantity it is: what stands between time and noun, before the time (中国2023年…), or both."""
    text = noun.text
    if time.start > noun.start:
        begin = _clause(text, low, noun.start)
        return _checked(noun, begin, text[begin : noun.start])
    head_at = _clause(text, low, time.start)
    head = text[head_at : time.start]
    plain = noun.words.expected.fullmatch(head) is not None
    between = text[time.end : noun.start]
    commas = list(_COMMA.finditer(between))
    if commas:
        begin = time.end + commas[-1].end()
        goes_on = between[: commas[0].start()] == "" and commas[0][0] in "，,"
        return _checked(noun, begin, text[begin : noun.start]) if plain and goes_on else None
    if plain:
        return _checked(noun, time.end, between)
    if not between or between.startswith(noun.words.joins):
        return _checked(noun, head_at, head + between)
    return None


def _clause(text: str, low: int, end: int) -> int:
    """Where the clause that goes to ``end`` begins."""
    commas = list(_COMMA.finditer(text, low, end))
    return commas[-1].end() if commas else low


def _checked(noun: _Noun, begin: int, said: str) -> tuple[int, str] | None:
    """The subject where it is a name: one that the lexicon knows must stand in it, and nothing that is said of something."""
    name = noun.words.adverbs.sub("", noun.words.total.sub("", said)).strip()
    if not 1 < len(name) <= LONGEST or name.startswith(noun.words.joins) or noun.words.nobody.search(name):
        return None
    if any(character.isdecimal() for character in name) or not noun.words.somebody.search(name):
        return None
    if noun.quantity in noun.words.placed and not noun.words.join.search(name):
        return None
    return begin, name


def _basis(noun: _Noun, match: re.Match[str], time: _Time) -> FigureBasis:
    if not time.as_of:
        return "period"
    low = min(time.start, noun.start)
    return "total" if noun.words.total.search(noun.text, low, match.start("number")) else "as_of"


def _bound(words: Words, match: re.Match[str]) -> FigureBound:
    groups = match.groupdict()
    for name in ("around", "again", "more"):
        if found := _AROUND.get(groups.get(name)):
            return found
    return words.bounds.get(match["bound"] or "", "exact")


def _valued(figure: FigureMention, match: re.Match[str], words: Words) -> FigureMention:
    """The figure with value, step and unit as the match says; a fall is a growth below 0."""
    digits = match["number"].replace(",", "")
    decimals = len(digits.partition(".")[2])
    groups = match.groupdict()
    scale = Decimal(10) ** SCALES[groups.get("scale") or ""]
    sign = -1 if groups.get("change") in words.falls else 1
    return replace(
        figure,
        value=float(sign * Decimal(digits) * scale),
        step=float(scale / Decimal(10) ** decimals),
        unit="%" if figure.measure == "growth" else words.units[groups.get("unit") or words.person],
    )
