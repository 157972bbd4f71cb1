"""Marks of official Chinese: full width, no spaces around them, 、 only where GB/T 15834-2011 has it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from sco_extract.check.marks import CLOSING, HAN, OPENING, PAUSES, addresses, line_at, mended, protected
from sco_extract.check.sheet import Fault, Sheet, SheetCheck
from sco_extract.lexicon.load import Lexicon, alternation
from sco_extract.normalize.script import simplify

_CJK = f"{HAN}{OPENING}{CLOSING}{PAUSES}·"
_WIDE = str.maketrans(",;:?!()", "，；：？！（）")
_HALF = re.compile(r"[ ]?(?:[,;:]|[?!]{1,3})[ ]{0,2}|[()]|\"|(?<=.{15})\.(?=\n|$)")
_PINYIN = re.compile(r"\([a-zü]{0,5}[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ][a-zü]{0,4}[ ]?\)")  # 領(lǐng): SRC101's
_CHINESE = re.compile(f"[{_CJK}]")
_HAN = re.compile(f"[{HAN}]")
_BACK = re.compile(f"[{re.escape(CLOSING)})%0-9０-９]")
LOOK_BACK = 12  # characters from a mark back over a figure or brackets to the Chinese before it: （2024年）, 2.6%,


def half_width(sheet: Sheet) -> Iterable[Fault]:
    """A half-width mark (, ; : ? ! ( ) ") stands next to Chinese.

    In Chinese text marks take the width of a character (GB/T 15834-2011, 5.1); half-width ones come from keyboards and
    conversions.

    Bad: ``2024年6月25日, 理事会(视频方式)``  Good: ``2024年6月25日，理事会（视频方式）``

    Limitation: numbers (1,000), times (9:30), addresses and phrases in Latin letters keep their marks; marks in a title or
    a quotation are reported, but nothing is changed there.
    """
    text = sheet.written.text
    if not _HALF.search(text):
        return
    skip, zones = addresses(text), protected(text)
    pairs, quotes = _pairs(text), _quotes(text) if '"' in text else {}
    for match in _HALF.finditer(text):
        mark = match.group().strip(" ")
        at = match.start() + match.group().index(mark)
        if at in skip or (mark in "()" and _PINYIN.match(text, pairs.get(at, at) if mark == ")" else at)):
            continue
        found = _bracket(text, at, pairs) if mark in "()" else quotes.get(at) if mark == '"' else _pause(text, match)
        if found is None:
            continue
        start, end, new = found
        if end - start > 1 and sheet.span(start, end).quote != text[start:end]:
            start, end = at, at + len(mark)  # the reader left something out beside the mark
        fix = None if at in zones else new
        yield mended(sheet, (start, end), {"mark": mark, "wide": new}, fix)


def _pause(text: str, match: re.Match[str]) -> tuple[int, int, str] | None:
    start, end = match.span()
    mark = match.group().strip(" ")
    after = text[end : end + 1]
    if mark == ".":
        return (start, end, "。") if _HAN.match(text[start - 1]) else None
    left = _chinese_before(text, start)
    if not left and not (_CHINESE.match(after) and after not in CLOSING):
        return None
    if after in ("\n", "") or not (_CHINESE.match(after) or after.isalnum()):
        end -= len(match.group()) - len(match.group().rstrip(" "))
    if _entity(text, start, mark):
        return None
    return start, end, mark.translate(_WIDE)


def _entity(text: str, at: int, mark: str) -> bool:
    return mark == ";" and re.search(r"&#?\w{2,8}$", text[max(0, at - 10) : at]) is not None


def _chinese_before(text: str, at: int) -> bool:
    """Whether Chinese stands before the mark, with a figure in % or closing marks between them at most."""
    if at == 0 or text[at - 1].isdigit():
        return False
    for back in range(at - 1, max(-1, at - LOOK_BACK), -1):
        if _HAN.match(text[back]):
            return True
        if not _BACK.match(text[back]):
            return False
    return False


def _pairs(text: str) -> dict[int, int]:
    """For each bracket its partner in the line; brackets without one are left out."""
    partner: dict[int, int] = {}
    open_: list[int] = []
    for match in re.finditer(r"[()（）\n]", text):
        if match.group() == "\n":
            open_.clear()
        elif match.group() in "(（":
            open_.append(match.start())
        elif open_:
            partner[match.start()] = open_[-1]
            partner[open_.pop()] = match.start()
    return partner


def _bracket(text: str, at: int, pairs: dict[int, int]) -> tuple[int, int, str] | None:
    other = pairs.get(at)
    if other is None:
        return None
    first, last = min(at, other), max(at, other)
    if not (_CHINESE.match(text[first - 1 : first]) or _HAN.search(text, first, last)):
        return None
    start, end = at, at + 1
    if at == first and text[at - 1 : at] == " " and _CHINESE.match(text[max(0, at - 2) : at - 1]):
        start -= 1
    label = text.rfind("\n", 0, first) + 1 >= first  # (一) 机遇: what follows a number is its own matter
    if at == last and not label and text[at + 1 : at + 2] == " " and _CHINESE.match(text[at + 2 : at + 3]):
        end += 1
    return start, end, text[at].translate(_WIDE)


def _quotes(text: str) -> dict[int, tuple[int, int, str]]:
    """What is right for the straight quotation marks around Chinese, and for one that makes a pair with “ or ”."""
    found: dict[int, tuple[int, int, str]] = {}
    start = 0
    for line in text.split("\n"):
        places = [match.start() for match in re.finditer('"', line)]
        if len(places) % 2 == 0:
            for opens, closes in zip(places[::2], places[1::2], strict=True):
                if _HAN.search(line, opens, closes):
                    found[start + opens] = (start + opens, start + opens + 1, "“")
                    found[start + closes] = (start + closes, start + closes + 1, "”")
        else:
            for at in places:
                if _CHINESE.search(line, max(0, at - 1), at + 2):
                    opened = line.count("“", 0, at) > line.count("”", 0, at)
                    found[start + at] = (start + at, start + at + 1, "”" if opened else "“")
        start += len(line) + 1
    return found


_PART = r"[ \u00a0]{0,2}"
_NUMBER = rf"[0-9]{{1,4}}(?:\.[0-9]{{1,3}})?%?(?:{_PART}[年月日])?"
_SPACED = re.compile(
    rf"""
    (?<![0-9.A-Za-z])(?:
      (?P<apart>   [12](?=[0-9]{{0,2}}[ ][0-9])[ ]?[0-9][ ]?[0-9][ ]?[0-9][ ]?年 )    # 2 0 0 3年
    | (?P<range>   [0-9]{{1,4}}(?:{_PART}[年月日])?[ ]{{0,2}}[-–—~～至][ ]{{0,2}}{_NUMBER}(?=[^0-9\n]|\n|$) )   # 2023 — 2025年
    | (?P<date>    [0-9]{{4}}{_PART}年(?:{_PART}[0-9]{{1,2}}{_PART}月(?:{_PART}[0-9]{{1,2}}{_PART}日)?)?        # 2024 年 7 月
                 | [0-9]{{1,2}}{_PART}月(?:{_PART}[0-9]{{1,2}}{_PART}日)? | [0-9]{{1,2}}{_PART}日 )             # 30 日
    | (?P<large>   [0-9]+(?:\.[0-9]+)?[ ]{{1,2}}(?:万亿|萬億|[万亿萬億%％]) )                                          # 1.3 万亿
    )
  | (?P<ordinal> 第[ ]{{0,2}}[0-9]+[ ]{{0,2}}[届屆次号號条條章轮輪] )                                           # 第 16 次
    """,
    re.VERBOSE,
)
_AROUND = re.compile(
    rf"(?<=[，。；：！？、）》”’」』])[ ](?=[{HAN}《“「（0-9])"  # 会议。 哈萨克斯坦
    rf"|(?<=[{HAN}])[ ](?=[《“「，。；：、！？）》”」])"  # 主题为 “合作”
    rf"|(?<=[《“「（])[ ](?=[{HAN}0-9])"
)
_APART = re.compile(rf"[{HAN}][ ][{HAN}“《]")
LABEL = 20  # characters: no number of an item, nor the date of an entry, is longer
COLUMNS = 3  # spaces between words of a line from which they separate its items (keywords, names)
_HEAD = re.compile(
    r"(?:[0-9〇一二三四五六七八九十年月日至、—–～~-]{1,16}|[上中下月年]?[旬底初])[ ]"
)  # 14—15日 《公约》常委会: the date of an entry
_LABEL = re.compile(
    r"(?:[（(]?[一二三四五六七八九十0-9]{1,3}[）)]?[、.．]?|第\S{1,4}[章节節条條]|【[^】\n]*】|[图圖表]\s?[0-9]+)[ ]$"
)


def spaced(sheet: Sheet) -> Iterable[Fault]:
    """A space stands inside a Chinese date or number, or beside a Chinese mark.

    Chinese sets no spaces between characters and figures; GB/T 15834-2011 (5.1) has marks take up one position and
    nothing more, GB/T 9704-2012 writes 2012年7月1日.

    Bad: ``2024 年 9 月 12 日， 会议在…``  Good: ``2024年9月12日，会议在…``

    Limitation: spaces that separate keywords, names, columns or the date of an entry are left alone, as is the one behind
    a list number, except behind 、 and ） where most of the document's numbers have none. Spaces in titles and quotations are
    reported only.
    """
    text = sheet.written.text
    if " " not in text and "\u00a0" not in text:
        return
    zones = protected(text)
    found = [*_in_numbers(text), *_beside_marks(sheet, text)]
    taken = {at for start, end, _ in found for at in range(start, end)}
    found += [one for one in _beside_figures(sheet, text) if one[0] not in taken and one[1] - 1 not in taken]
    for start, end, new in sorted(found):
        kind = "@in_number" if end - start > 1 else "@beside_mark"
        fix = None if start in zones else new
        yield mended(sheet, (start, end), {"kind": kind, "good": new}, fix)


def _in_numbers(text: str) -> Iterator[tuple[int, int, str]]:
    for match in _SPACED.finditer(text):
        found = match.group()
        new = re.sub(r"[ \u00a0]", "", found)
        if new != found and not (match.lastgroup == "range" and not _is_range(text, match)):
            yield match.start(), match.end(), new


_SET_APART = re.compile(rf"[{HAN}][ ][0-9]|[0-9][ ][{HAN}]")
_SET_CLOSE = re.compile(rf"[{HAN}][0-9]|[0-9][{HAN}]")
USUAL = 0.3  # share of figures set apart from Chinese from which the document does so on purpose


def _beside_figures(sheet: Sheet, text: str) -> Iterator[tuple[int, int, str]]:
    """10 个, 培训 1500: a figure set apart from its measure word or from the word before it, where most are not."""
    apart, close = len(_SET_APART.findall(text)), len(_SET_CLOSE.findall(text))
    if not apart or apart > USUAL * (apart + close):
        return
    for match in _figure_apart(sheet.lexicon).finditer(simplify(text)):
        line = line_at(sheet, match.start())
        if (
            line.cell is None
            and _SENTENCE_END.search(text[line.start : line.end])
            and match.start() > line.start + LABEL // 2
        ):
            yield match.start(), match.end(), text[match.start() : match.end()].replace(" ", "")


@cache
def _figure_apart(lexicon: Lexicon) -> re.Pattern[str]:
    measure, labels = alternation(lexicon.words("measure_words")), lexicon.words("before_numbers_apart")
    none = "".join(f"(?<!{word})" for word in labels)
    number = "[0-9]+(?:[.,][0-9]+)*"
    return re.compile(
        rf"(?<![0-9.,A-Za-z-]){number}[ ](?:{measure})"  # 10 个
        rf"|(?<=[{HAN}]){none}[ ]{number}(?:[ ](?:{measure}))?(?=[{HAN}%％，。；、）])"  # 培训 1500人次
    )


def _is_range(text: str, match: re.Match[str]) -> bool:
    """Whether the figures are years, or a unit follows: not 4 - 3, not a telephone number."""
    tail = match.group()[-1] + text[match.end() : match.end() + 1]
    return (
        re.search(r"[年月日%]", tail) is not None
        or re.fullmatch(r"(?:19|20)\d\d\D+(?:19|20)\d\d", match.group()) is not None
    )


def _beside_marks(sheet: Sheet, text: str) -> Iterator[tuple[int, int, str]]:
    ends = sheet.lexicon.words("ends_without_mark")
    usual: dict[str, bool] = {}
    apart: dict[int, bool] = {}
    for match in _AROUND.finditer(text):
        line = line_at(sheet, match.start())
        if line.start not in apart:
            apart[line.start] = len(_APART.findall(text, line.start, line.end)) >= COLUMNS
        before = text[line.start : match.end()] if match.end() - line.start <= LABEL else ""
        if _LABEL.fullmatch(before):
            mark = before[-2]
            if not usual.setdefault(mark, _close_usual(text, mark)):
                continue
        elif apart[line.start] or _HEAD.fullmatch(before) or text.endswith(ends, 0, match.start()):
            continue
        yield match.start(), match.end(), ""


def _close_usual(text: str, mark: str) -> bool:
    """Whether most numbers of items that end with ``mark`` have no space behind them."""
    if mark not in "、）":
        return False
    label = rf"^[（(]?[0-9一二三四五六七八九十]{{1,3}}{mark}"
    close, open_ = (len(re.findall(label + after, text, re.MULTILINE)) for after in (r"(?=\S)", " "))
    return close > open_


_BETWEEN = re.compile(r"(?<=[》”])、(?=[《“])")
_NOTED = re.compile(r"(?<=[》”])[（(][^（）()《》“”\n]{1,40}[）)](?=[《“])")


def enumeration(sheet: Sheet) -> Iterable[Fault]:
    """、 stands between titles or quotations that follow each other, or is missing behind a note between them.

    GB/T 15834-2011, 4.5.3.5: items in 《》 or “” usually take no 、 between them; where something else stands between them,
    such as a note in brackets, 、 is better.

    Bad: ``《合作纲要》、《行动计划》``, ``《合作纲要》（2023年）《行动计划》``
    Good: ``《合作纲要》《行动计划》``, ``《合作纲要》（2023年）、《行动计划》``

    Limitation: in an enumeration where one item has a note, 、 between all of them is accepted; texts in traditional
    script follow other standards and are left alone; nothing is changed inside a quotation.
    """
    text = sheet.written.text
    if sheet.record.source.script != "hans":
        return
    between = list(_BETWEEN.finditer(text))
    noted = list(_NOTED.finditer(text))
    if not between and not noted:
        return
    zones = protected(text)
    for match in between:
        if not _has_note(text, match.start()):
            fix = None if match.start() in zones else ""
            yield mended(sheet, match.span(), {"kind": "@needless"}, fix)
    for match in noted:
        at = match.end() - 1
        yield mended(sheet, (at, at + 1), {"kind": "@missing"}, None if at in zones else f"{text[at]}、")


_SENTENCE_END = re.compile(r"[。；;\n]")
CHAIN = 400  # characters around a mark in which the rest of its enumeration is looked for


def _has_note(text: str, at: int) -> bool:
    """Whether an item of the enumeration around ``at`` has a note and 、 behind it."""
    low = max((m.end() for m in _SENTENCE_END.finditer(text, max(0, at - CHAIN), at)), default=max(0, at - CHAIN))
    stop = _SENTENCE_END.search(text, at, at + CHAIN)
    high = stop.start() if stop else min(len(text), at + CHAIN)
    return re.search(r"[》”][（(][^（）()\n]{1,60}[）)]、|[》”][^《》“”、，（(\n]{1,20}、", text[low:high]) is not None


CHECKS = (
    SheetCheck("PUN101", "half-width-mark", "warning", "safe", half_width),
    SheetCheck("PUN102", "needless-space", "warning", "safe", spaced),
    SheetCheck("PUN104", "enumeration-comma", "warning", "safe", enumeration),
)
