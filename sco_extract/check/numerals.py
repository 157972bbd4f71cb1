"""Numerals: grouping of digits, and one system for the ordinals of one series."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sco_extract.check.marks import Zones, addresses, source_span, titles
from sco_extract.check.sheet import Fault, Sheet, SheetCheck
from sco_extract.model.records import Meeting
from sco_extract.values.numerals import to_int

_NUMBER = re.compile(
    r"""
    (?<![0-9A-Za-z.,/_\-])(?:
        (?P<comma> [1-9][0-9]{0,2}(?:,[0-9]{3})+ )                      # 12,345
      | (?P<space> [1-9][0-9]{0,2}(?:[ \u2009\u202f][0-9]{3})+ )        # 12 345
      | (?P<plain> [1-9][0-9]{3,8} )                                    # 12345
    )(?![0-9A-Za-z\-/_])
    """,
    re.VERBOSE,
)
_MIXED = re.compile(
    r"[0-9]{1,4}亿[0-9]{1,4}千(?:[0-9]{1,3}百)?万|[0-9]{1,4}[万萬][0-9]{1,4}千|[0-9]{1,4}千[0-9]{1,3}百"
)
_WIDE = re.compile(r"[０-９]+(?:[年月日．][０-９]+)*")
_THIN = 4  # digits: a number of so many is written without grouping by right


def grouping(sheet: Sheet) -> Iterable[Fault]:
    """Large numbers are grouped in one place and not in another, or figures and units are mixed, or figures have two widths.

    GB/T 15835-2011 (5.1.1): digits are grouped by thin spaces or commas, in one way in one document; figures take only 万
    and 亿 as units (3.45亿, not 3亿4千5百万).

    Bad: ``12,345家企业和23456名代表``, ``3万5千人``  Good: ``12345家企业和23456名代表``, ``3.5万人``

    Ordinals of meetings count too: 第25次会议 beside 第八次会议 (4.3: one form within one document).

    三十个 beside 25个 and 五月三十日 beside 5月3日 are reported, too.

    Limitation: numbers of four digits may stay without grouping, except beside grouped ones of the same unit; 第13届 may belong to a
    formal name; addresses, titles and names with figures are no numbers.
    """
    text = sheet.written.text
    yield from _mixed(sheet, text)
    skip, named = addresses(text), titles(text)
    yield from _ordinal_styles(sheet, text, named)
    found = [match for match in _NUMBER.finditer(text) if match.start() not in skip and match.start() not in named]
    found = _counted(text, found)
    yield from _numerals(sheet, text, named)
    kinds = Counter(match.lastgroup or "" for match in found)
    if len(kinds) < 2:
        return
    usual = max(kinds, key=lambda kind: (kinds[kind], kind))
    for match in found:
        if match.lastgroup != usual and len(kinds) > 1:
            yield Fault(sheet.span(*match.span()), {"here": match.group(), "kind": f"@grouped_{usual}"})


def _counted(text: str, found: Sequence[re.Match[str]]) -> list[re.Match[str]]:
    """Numbers that are grouped or could be: those of four digits only beside grouped ones of the same unit."""
    units = {text[one.end() : one.end() + _UNIT] for one in found if one.lastgroup != "plain"}
    return [
        one
        for one in found
        if len(one.group()) > _THIN + (one.lastgroup != "plain")
        or text[one.end() : one.end() + _UNIT] in units - {"年"}
    ]


_UNIT = 2  # characters behind a number that tell its unit: 亿美, 人次


def _mixed(sheet: Sheet, text: str) -> Iterator[Fault]:
    for match in _MIXED.finditer(text):
        yield Fault(sheet.span(*match.span()), {"here": match.group(), "kind": "@units_mixed"})
    wide = list(_WIDE.finditer(text))
    if wide and len(re.findall("[0-9]+", text)) >= len(wide):
        for match in wide:
            yield Fault(sheet.span(*match.span()), {"here": match.group(), "kind": "@figures_wide"})


_MEASURED = r"名|家|项|項|人次|人|场|場|份|条|條|种|種|公里|吨|[个個](?!月|世纪|百分点)"
_COUNT = re.compile(
    r"(?<![第几数十百千万零〇一二两三四五六七八九])"
    rf"(?P<n>[一二三四五六七八九]?[十百][一二三四五六七八九十零]*)(?P<unit>{_MEASURED})"
)
_FIGURED = re.compile(rf"[0-9](?P<unit>{_MEASURED})")
_NUMERAL_DATE = re.compile(
    r"(?:[〇零一二三四五六七八九]{4}年)?[一二三四五六七八九十]{1,2}月[一二三四五六七八九十廿卅]{1,3}日"
    r"|(?<=[日至—–])[一二三四五六七八九十]{1,3}日(?=[，在，举召])"
)
_FIGURE_DATE = re.compile(r"[0-9]{1,2}月[0-9]{1,2}日")


def _numerals(sheet: Sheet, text: str, named: Zones) -> Iterator[Fault]:
    """三十个 beside 25个, 五月三十日 beside 5月3日: numerals for what the document writes in figures more often."""
    for pattern, other, least in ((_COUNT, _FIGURED, 2), (_NUMERAL_DATE, _FIGURE_DATE, 1)):
        found = [match for match in pattern.finditer(text) if match.start() not in named]
        if not found:
            continue
        usual = Counter(match["unit"] if pattern is _COUNT else "" for match in other.finditer(text))
        for match in found:
            unit = match["unit"] if pattern is _COUNT else ""
            if len(match.group()) > 2 and usual[unit] >= max(least, len(found) + 1):
                span = sheet.span(*match.span())
                yield Fault(span, {"here": span.quote, "kind": "@counts_in_figures"})


def _ordinal_styles(sheet: Sheet, text: str, named: Zones) -> Iterator[Fault]:
    """Sittings numbered in the system that the document uses less often; those of one series are NUM102's."""
    found = [match for match in _SITTING.finditer(text) if match.start() not in named]
    counts = Counter(match["n"].isdecimal() for match in found)
    if len(counts) < 2:
        return
    usual = counts[True] > counts[False]
    known = {(fault.span.start, fault.span.end) for fault in ordinals(sheet)}
    for match in found:
        span = sheet.span(match.start(), match.end("n") + 1)
        if match["n"].isdecimal() != usual and (span.start, span.end) not in known:
            yield Fault(
                span, {"here": span.quote, "kind": "@ordinals_in_figures" if usual else "@ordinals_in_numerals"}
            )


_SITTING = re.compile(
    r"第(?P<n>[0-9]+|[一二三四五六七八九十百〇零廿]+)次(?=[^，。；、（）()《》\n]{0,14}(?:会议|會議|会晤|會晤|峰会|峰會|论坛|論壇|大会|大會))"
)
_ORDINAL = re.compile(r"第(?P<n>[0-9]+|[一二三四五六七八九十百〇零廿]+)(?=[次届屆轮輪])")


@dataclass(frozen=True, slots=True)
class _Ordinal:
    system: str
    start: int
    end: int


def ordinals(sheet: Sheet) -> Iterable[Fault]:
    """The sittings of one series are numbered in Chinese numerals in one place, in figures in another.

    GB/T 15835-2011 (4.3): one form within one document.

    Bad: ``第22次会议……第二十三次会议`` of one body  Good: ``第二十二次会议……第二十三次会议``

    Limitation: only sittings that belong to one body of the lexicon or have one name; the form used less often is reported;
    an ordinal in a title is left alone.
    """
    groups: dict[str, list[_Ordinal]] = defaultdict(list)
    for meeting in sheet.record.meetings:
        if meeting.ordinal is not None:
            groups[meeting.series or meeting.name].extend(_written(sheet, meeting))
    for found in groups.values():
        counts = Counter(one.system for one in found)
        if len(counts) < 2:
            continue
        usual = max(counts, key=lambda system: (counts[system], system))
        for one in dict.fromkeys(found):
            if one.system != usual:
                span = source_span(sheet, one.start, one.end)
                yield Fault(span, {"here": span.quote, "system": f"@{usual}"})


def _written(sheet: Sheet, meeting: Meeting) -> Iterator[_Ordinal]:
    """Where the passages of a meeting write its own ordinal."""
    source = sheet.record.text
    for span in meeting.mentions or [meeting.span]:
        inside = titles(span.quote)
        for match in _ORDINAL.finditer(source, span.start, span.end):
            if to_int(match["n"]) == meeting.ordinal and match.start() - span.start not in inside:
                system = "figures" if match["n"].isdecimal() else "numerals"
                yield _Ordinal(system, match.start(), match.end() + 1)


CHECKS = (
    SheetCheck("NUM101", "number-style", "info", "none", grouping),
    SheetCheck("NUM102", "ordinals-in-two-systems", "info", "none", ordinals),
)
