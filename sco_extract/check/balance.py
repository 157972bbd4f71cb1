"""Pairs of marks: each opened, each closed, in the right order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sco_extract.check.marks import running
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


def unbalanced(sheet: Sheet) -> Iterable[Fault]:
    """A bracket, quotation or title mark is not closed or not opened, or the same marks stand inside each other.

    GB/T 15834-2011 (4.8, 4.9, 4.15): the marks come in pairs; inside 《》 stands 〈〉, inside “” stands ‘’.

    Bad: ``《〈纲要〉落实计划``, ``《《纲要》落实计划》``  Good: ``《〈纲要〉落实计划》``

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
        yield Fault(sheet.span(problem.at, problem.at + 1), {"kind": f"@{problem.kind}", "mark": problem.mark})


def _line(text: str, offset: int, number: int) -> list[_Problem]:
    found: list[_Problem] = []
    open_: list[_Open] = []
    for match in _MARK.finditer(text):
        mark, at = match.group(), match.start()
        if mark in _OPENS:
            open_.append(_Open(_OPENS[mark], at))
        elif not _is_plain(text, mark, at, open_):
            found.extend(_Problem(kind, place, number, said) for kind, place, said in _close(mark, at, open_))
    found.extend(_Problem("unclosed", one.at, number, text[one.at]) for one in open_)
    nested = [] if found else _nested(text)
    found.extend(_Problem("nested", at, number, text[at]) for at in nested)
    return [_Problem(one.kind, one.at + offset, one.line, one.mark) for one in found]


def _is_plain(text: str, mark: str, at: int, open_: list[_Open]) -> bool:
    """Whether a closing mark belongs to no pair: an item's number, an apostrophe."""
    if mark == "’":
        return not any(one.mark == "‘" for one in open_)
    if mark in "）)" and not any(one.mark == "（" for one in open_):
        return _ITEM.search(text[max(0, at - 6) : at]) is not None
    return False


def _close(mark: str, at: int, open_: list[_Open]) -> Iterator[tuple[str, int, str]]:
    wanted = _PAIRS[mark]
    if not any(one.mark == wanted for one in open_):
        yield "unopened", at, mark
        return
    while open_[-1].mark != wanted:
        inner = open_.pop()
        yield "unclosed", inner.at, inner.mark
    open_.pop()


_TWICE = re.compile(r"《[^《》\n]*(?P<inner>《)|“[^“”‘’\n]*(?P<quote>“)")


def _nested(text: str) -> list[int]:
    """Where in a balanced paragraph the mark of a pair stands directly inside the same pair."""
    found = []
    for match in _TWICE.finditer(text):
        found.append(match.start(match.lastgroup or 0))
    return found


def _without_long_quotations(problems: list[_Problem], again: Mapping[int, str]) -> Iterator[_Problem]:
    """The problems without quotations that open in one paragraph, or ``again`` at the start of each, and close later."""
    settled = {
        number
        for number, problem in enumerate(problems)
        if problem.kind == "unclosed" and again.get(problem.line + 1) == problem.mark
    }
    for number, problem in enumerate(problems):
        if problem.kind != "unopened" or problem.mark not in _CLOSES.values():
            continue
        before = [
            earlier
            for earlier in range(number)
            if problems[earlier].kind == "unclosed"
            and _CLOSES.get(problems[earlier].mark) == problem.mark
            and 0 < problem.line - problems[earlier].line <= PARAGRAPHS
            and earlier not in settled
        ]
        if before:
            settled.update(before, (number,))
    yield from (problem for number, problem in enumerate(problems) if number not in settled)


CHECKS = (SheetCheck("PUN103", "unbalanced-marks", "error", "none", unbalanced),)
