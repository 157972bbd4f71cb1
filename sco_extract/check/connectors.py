"""Connectors of ranges: one document, one form."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sco_extract.check.marks import addresses, mended, protected
from sco_extract.check.sheet import Fault, Sheet, SheetCheck

_C = r"[ ]?(?P<{}>[-‐‑–—―－~～〜至])[ ]?"
_RANGE = re.compile(
    rf"""
    (?<![0-9.\-/A-Za-z])(?:
      (?P<year>    (?:19|20)[0-9]{{2}}{_C.format("y")}(?:19|20)[0-9]{{2}}(?![0-9]) )                    # 2021—2025年
    | (?P<day>     [0-9]{{1,2}}[ ]?日{_C.format("d")}[0-9]{{1,2}}[ ]?日                                  # 4日至5日
                 | (?<=月)[ ]?[0-9]{{1,2}}{_C.format("e")}[0-9]{{1,2}}[ ]?日                             # 9月4—5日
                 | [0-9]{{1,2}}{_C.format("m")}[0-9]{{1,2}}[ ]?月(?![0-9]) )                             # 1-7月
    | (?P<number>  [0-9]+(?:\.[0-9]+)?[%％万亿萬億]{_C.format("n")}[0-9]+(?:\.[0-9]+)?[%％万亿萬億]      # 2%～3%
                 | [0-9]+(?:\.[0-9]+)?{_C.format("p")}[0-9]+(?:\.[0-9]+)?[ ]?[%％万亿萬億个個倍人家项項] ) # 50～60个
    )
    """,
    re.VERBOSE,
)
_SAME = str.maketrans("‐‑－―〜", "---—～")
# GB/T 15834-2011, 4.13.3.2 and 4.13.3.3: 一字线 for times, 浪纹线 for figures.
_STANDARD = {"year": "—", "day": "—", "number": "～"}
CLEAR = 3  # 至 is right everywhere: only where one form is so many times the other do they count as mixed


@dataclass(frozen=True, slots=True)
class _Found:
    kind: str
    start: int
    end: int
    at: int
    sign: str


def connectors(sheet: Sheet) -> Iterable[Fault]:
    """Ranges of one kind (years; days and months; figures) are written with different connectors in one document.

    GB/T 15834-2011 (4.13.3.2, 4.13.3.3) has — for times and ～ for figures; official texts also use 至. One document
    keeps to one form for one kind. The form of most ranges is taken for the document's, of equals the standard's.

    Bad: ``2021—2025年行动计划和2023-2025年规划``  Good: ``2021—2025年行动计划和2023—2025年规划``

    Limitation: 2022年至2023年 in a sentence stands beside 2021—2025年 by right; 至 and — for days count as mixed only where
    one is three times the other. A range in a title or a quotation is reported for information and never changed.
    """
    text = sheet.written.text
    found = list(_ranges(text))
    zones = protected(text)
    for kind, standard in _STANDARD.items():
        members = [one for one in found if one.kind == kind]
        counts = Counter(one.sign for one in members)
        if len(counts) < 2:
            continue
        usual = max(counts, key=lambda sign: (counts[sign], sign == standard, sign == "至", sign))
        for one in members:
            if one.sign == usual or (_both_right(one.sign, usual) and counts[usual] < CLEAR * counts[one.sign]):
                continue
            yield _fault(sheet, one, usual, inside=one.start in zones)


def _fault(sheet: Sheet, one: _Found, usual: str, *, inside: bool) -> Fault:
    text = sheet.written.text
    fixed = text[one.start : one.at] + usual + text[one.at + 1 : one.end]
    values = {"here": one.sign, "usual": usual}
    if inside:
        return Fault(sheet.span(one.start, one.end), values, severity="info")
    return mended(sheet, (one.start, one.end), values, fixed)


def _both_right(one: str, other: str) -> bool:
    return {one, other} <= {"至", "—"}


def _ranges(text: str) -> Iterator[_Found]:
    skip = addresses(text)
    for match in _RANGE.finditer(text):
        group = next(name for name in "ydemnp" if match[name])
        if match.start() in skip:
            continue
        kind = next(name for name in _STANDARD if match[name])
        yield _Found(kind, *match.span(), match.start(group), match[group].translate(_SAME))


CHECKS = (SheetCheck("PUN105", "mixed-connectors", "warning", "safe", connectors),)
