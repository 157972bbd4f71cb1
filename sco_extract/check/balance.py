"""Pairs of marks: each opened, each closed, in the right order."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from sco_extract.check.marks import HAN, passage, running
from sco_extract.check.sheet import Fault, Sheet, SheetCheck

_PAIRS = {"》": "《", "〉": "〈", "）": "（", ")": "（", "”": "“", "’": "‘", "」": "「", "』": "『", "】": "【"}
_OPENS = {**{opened: opened for opened in _PAIRS.values()}, "(": "（"}
_MARK = re.compile("[《〈（(“‘「『【》〉）)”’」』】]")
_CLOSES = {"“": "”", "「": "」"}
# 1） a) 一） ① before a bracket: the number of an item, at the start or behind a mark
_ITEM = re.compile(
    r"(?:^|[\s，。；：、（(:;,])(?:[0-9]{1,3}|[a-zA-Z]|[ivxIVX]{1,4}|[一二三四五六七八九十]{1,3}|[①-⑳])$"
)
_APOSTROPHE = re.compile(r"[A-Za-zА-Яа-я]$")
PARAGRAPHS = 12  # a quotation over several paragraphs is closed within so many


@dataclass(frozen=True, slots=True)
class _Open:
    mark: str
    at: int


@dataclass(frozen=True, slots=True)
class _Problem:
    kind: str
    at: int
    line: int
    mark: str
    pair: int = -1  # where the other mark of a pair stands that does not match


def unbalanced(sheet: Sheet) -> Iterable[Fault]:
    """A bracket, quotation or title mark is not closed or not opened, or the same marks stand inside each other.

    GB/T 15834-2011 (4.8, 4.9, 4.15): the marks come in pairs; inside 《》 stands 〈〉, inside “” stands ‘’.

    Bad: ``《〈纲要〉落实计划``, ``《《纲要》落实计划》``, ``“上海精神"``, ``《构想〉``  Good: ``《〈纲要〉落实计划》``

    Limitation: numbers of items such as 1） and a) and apostrophes of other languages are no pairs; a quotation over several
    paragraphs may open in each of them and close once. A paragraph is judged as a whole, so that one missing mark gives
    one finding.
    """
    text = sheet.written.text
    if not _MARK.search(text):
        return
    problems = [
        problem for number, (line, part) in enumerate(running(sheet)) for problem in _line(part, line.start, number)
    ]
    again = {number: part[:1] for number, (_, part) in enumerate(running(sheet)) if part[:1] in _CLOSES}
    for problem in _without_long_quotations(problems, again):
        others = (passage(sheet, sheet.span(problem.pair, problem.pair + 1)),) if problem.pair >= 0 else ()
        yield Fault(sheet.span(problem.at, problem.at + 1), {"kind": f"@{problem.kind}", "mark": problem.mark}, others)


def _line(text: str, offset: int, number: int) -> list[_Problem]:
    found: list[_Problem] = []
    open_: list[_Open] = []
    count: Counter[str] = Counter()
    for match in _MARK.finditer(text):
        mark, at = match.group(), match.start()
        if mark in _OPENS:
            open_.append(_Open(_OPENS[mark], at))
            count[_OPENS[mark]] += 1
        elif not count[_PAIRS[mark]]:
            if open_ and _family(open_[-1].mark) == _family(mark) and not _is_apostrophe(text, mark, at):  # 《构想〉
                count[open_[-1].mark] -= 1
                found.append(_mismatched(text, open_.pop(), at, number, outside=not open_))
            elif not _is_plain(text, mark, at):
                found.append(_Problem("unopened", at, number, mark))
        else:
            found.extend(_Problem("unclosed", one.at, number, text[one.at]) for one in _close(mark, open_, count))
    found.extend(_Problem("unclosed", one.at, number, text[one.at]) for one in open_)
    found = _straight(text, number, _turned(text, found))
    if not found:
        found = [_Problem("nested", at, number, text[at]) for at in _nested(text)]
    return [
        _Problem(one.kind, one.at + offset, one.line, one.mark, one.pair + offset if one.pair >= 0 else -1)
        for one in _single(found)
    ]


_FAMILIES = ("《〈》〉", "“‘”’「『」』", "（()）", "【】")


@cache
def _family(mark: str) -> str:
    return next(family for family in _FAMILIES if mark in family)


_INNER = "〈‘『"  # inside another pair


def _mismatched(text: str, opened: _Open, at: int, number: int, *, outside: bool) -> _Problem:
    """The wrong mark of a pair that does not match: the inner one of two opening marks, else the closing one."""
    if outside and opened.mark in _INNER and text[at] in "》”」":
        return _Problem("mismatched", opened.at, number, text[opened.at], at)
    return _Problem("mismatched", at, number, text[at], opened.at)


def _is_apostrophe(text: str, mark: str, at: int) -> bool:
    return mark == "’" and _APOSTROPHE.search(text[max(0, at - 1) : at]) is not None


_QUOTES = "“”‘’"
_STRAIGHT = {"“": '"', "”": '"', "‘": "'", "’": "'", "「": '"', "」": '"'}
_BESIDE_HAN = re.compile(f"[{HAN}，。；：、！？》）]")


def _turned(text: str, found: list[_Problem]) -> list[_Problem]:
    """The problems with “精神“ and ”精神” as one each: the mark that looks the wrong way."""
    left: list[_Problem] = []
    for one in sorted(found, key=lambda problem: problem.at):
        before = left[-1] if left else None
        if before and before.kind == one.kind != "mismatched" and before.mark == one.mark and one.mark in _QUOTES:
            first, second = (before, one) if one.kind == "unclosed" else (one, before)
            left[-1] = _Problem("mismatched", second.at, one.line, one.mark, first.at)
        else:
            left.append(one)
    return left


def _straight(text: str, number: int, found: list[_Problem]) -> list[_Problem]:
    """The problems with a straight mark as one half of a pair, “精神", as one each, at the straight one."""
    if '"' not in text and "'" not in text:
        return found
    left = []
    for one in found:
        straight = _STRAIGHT.get(one.mark, "") if one.kind != "mismatched" else ""
        at = -1
        if straight and text.count(straight) % 2:
            at = text.find(straight, one.at) if one.kind == "unclosed" else text.rfind(straight, 0, one.at)
        beside = _BESIDE_HAN.search(text[max(0, at - 1) : at + 2]) if at >= 0 else None
        left.append(_Problem("mismatched", at, number, straight, one.at) if beside else one)
    return left


def _is_plain(text: str, mark: str, at: int) -> bool:
    """Whether a closing mark without its pair belongs to none: an item's number, an apostrophe."""
    return _is_apostrophe(text, mark, at) or (mark in "）)" and _ITEM.search(text[max(0, at - 6) : at]) is not None)


def _close(mark: str, open_: list[_Open], count: Counter[str]) -> Iterator[_Open]:
    """Takes the pair of ``mark`` from the open ones; those opened later that are still open were never closed."""
    while True:
        inner = open_.pop()
        count[inner.mark] -= 1
        if inner.mark == _PAIRS[mark]:
            return
        yield inner


def _single(problems: list[_Problem]) -> Iterator[_Problem]:
    """One finding for one wrong mark: 《构想〉 opens and closes, with marks that are no pair."""
    waiting: Counter[str] = Counter()
    for one in sorted(problems, key=lambda problem: problem.at):
        family = _family(one.mark) if one.kind != "mismatched" else ""
        if one.kind == "unclosed":
            waiting[family] += 1
        elif one.kind == "unopened" and waiting[family]:
            waiting[family] -= 1
            continue
        yield one


_TWICE = re.compile(r"《[^《》\n]*(?P<inner>《)|“[^“”‘’\n]*(?P<quote>“)")


def _nested(text: str) -> list[int]:
    """Where in a balanced paragraph the mark of a pair stands directly inside the same pair."""
    found = []
    for match in _TWICE.finditer(text):
        found.append(match.start(match.lastgroup or 0))
    return found


def _without_long_quotations(problems: list[_Problem], again: Mapping[int, str]) -> Iterator[_Problem]:
    """The problems without quotations that open in one paragraph, or ``again`` at the start of each, and close later."""
    settled: set[int] = set()
    waiting: dict[str, deque[int]] = {mark: deque() for mark in _CLOSES.values()}
    for number, problem in enumerate(problems):
        if problem.kind == "unclosed" and problem.mark in _CLOSES:
            waiting[_CLOSES[problem.mark]].append(number)
            if again.get(problem.line + 1) == problem.mark:
                settled.add(number)
        elif problem.kind == "unopened" and problem.mark in waiting:
            before = waiting[problem.mark]
            while before and problem.line - problems[before[0]].line > PARAGRAPHS:
                before.popleft()
            if before:
                settled.update(before, (number,))
                before.clear()
    yield from (problem for number, problem in enumerate(problems) if number not in settled)


CHECKS = (SheetCheck("PUN103", "unbalanced-marks", "error", "none", unbalanced),)
