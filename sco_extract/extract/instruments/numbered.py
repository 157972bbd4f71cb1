"""Decisions that are named by body and number, or by body and date, without marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sco_extract.extract.instruments.context import Facts, Surroundings, bracket_at, usable
from sco_extract.model.mentions import DateMention

_DIGITS = r"(?:\d{1,5}(?:/\d{1,4}|[（(](?:\d{4}|[A-Z]{1,6})[）)])?|[一二三四五六七八九十百]{1,5})"
_NUMBER = re.compile(rf"第?\s?({_DIGITS})号?")
_EARLIER = re.compile(rf"(?:第\s?{_DIGITS}号?[、和及与，,]){{1,8}}\Z")
_ANCHOR = re.compile(r"号(?=[决法命令指政主总建公通条文、和与及，,])")
_RUN = re.compile(r"[一-鿿“”·（）()]{2,40}\Z")
_BRACKET_END = re.compile(r"[（(][^（）()\n]{1,40}[）)]\Z")
_LONGEST_NUMBER = 60
_ENUMERATOR = re.compile(r"[（(][一二三四五六七八九十\d]{1,3}[）)]")


@dataclass(frozen=True, slots=True)
class Decision:
    """A numbered decision; ``body`` is "" where the text does not say whose it is."""

    start: int
    end: int
    number: str
    kind: str
    body: str
    facts: Facts
    rule: str = "T005"

    @property
    def title(self) -> str:
        """Body, number and kind, without the date that stands between them."""
        return f"{self.body}{self.number}{self.kind}"


def find_decisions(around: Surroundings) -> Iterator[Decision]:
    """Numbered decisions, one for each number of a list, and 决议 of a body with its date in brackets."""
    done = 0
    for anchor in _ANCHOR.finditer(around.text):
        low = max(done, around.text.rfind("第", max(0, anchor.start() - 14), anchor.start()))
        earlier = _EARLIER.search(around.text, max(done, low - _LONGEST_NUMBER), low)
        low = earlier.start() if earlier else low
        found = around.words.decision.match(around.text, low, anchor.end() + _LONGEST_NUMBER)
        if found:
            yield from _decisions(around, found)
            done = found.end()
    for found in around.words.dated_decision.finditer(around.text):
        yield from _dated(around, found)


def _decisions(around: Surroundings, found: re.Match[str]) -> Iterator[Decision]:
    start, body, facts = _owner(around, found.start())
    numbers = list(_NUMBER.finditer(around.text, found.start(), found.start("kind")))
    for place, number in enumerate(numbers):
        first, last = place == 0, place == len(numbers) - 1
        begin = start if first else number.start()
        end = found.end() if last else number.end()
        yield Decision(begin, end, f"第{number[1]}号", found["kind"], body, facts)


def _dated(around: Surroundings, found: re.Match[str]) -> Iterator[Decision]:
    bracket = bracket_at(around, found.end())
    start, body = _body_before(around, found.start("kind"))
    if body and bracket and bracket.facts.date:
        yield Decision(start, found.end(), "", found["kind"], body, bracket.facts, "T006")


def _owner(around: Surroundings, at: int) -> tuple[int, str, Facts]:
    """Whose decision begins at ``at``: start of the mention, body, and the date beside or between them."""
    date = _date_ending(around, at)
    bracket = _BRACKET_END.search(around.text, max(0, at - 44), at)
    if date:
        start, body = _body_before(around, date.start)
        if not body:
            start, body = date.start, _body_line_before(around, date.start)
        return start, body, Facts(usable(date))
    if bracket and (facts := _facts(around, bracket.start())).date:
        start, body = _body_before(around, bracket.start())
        return (start, body, facts) if body else (at, "", Facts())
    start, body = _body_before(around, at)
    if not body:
        return at, _body_line_before(around, at), Facts()
    led = _date_ending(around, start)
    return start, body, Facts(usable(led)) if led else Facts()


def _facts(around: Surroundings, at: int) -> Facts:
    bracket = bracket_at(around, at)
    return bracket.facts if bracket else Facts()


def _date_ending(around: Surroundings, at: int) -> DateMention | None:
    """The date that ends at ``at``, a 的 or comma between them allowed."""
    while at > 0 and around.text[at - 1] in "的，, ":
        at -= 1
    before = around.dates_in(max(0, at - 24), at)
    return before[-1] if before and before[-1].end == at else None


def _body_before(around: Surroundings, at: int) -> tuple[int, str]:
    """Start and name of the body that ends at ``at``; its name begins behind the last verb, particle or date before it."""
    while at > 0 and around.text[at - 1] in "的 ":
        at -= 1
    run = _RUN.search(around.text, max(0, at - 40), at)
    if not run or not around.words.deciding_body.search(run[0]):
        return at, ""
    low = run.start()
    for date in around.dates_in(max(0, low - 24), at):
        low = max(low, date.end)
    for cut in around.words.boundary.finditer(around.text, low, at - 2):
        low = low if cut["name"] else cut.end()
    name = around.text[low:at]
    opened = name.rfind("（") > name.rfind("）") or name.rfind("(") > name.rfind(")")
    if opened:
        low += max(name.rfind("（"), name.rfind("(")) + 1
    low += len(around.text[low:at]) - len(around.text[low:at].lstrip("”）)"))
    if listed := _ENUMERATOR.match(around.text, low, at):
        low = listed.end()
    body = around.text[low:at]
    return (low, body) if len(body) >= 2 else (at, "")


def _body_line_before(around: Surroundings, at: int) -> str:
    """The body that stands alone on the line before, where the mention begins its own line."""
    text = around.text
    begin = text.rfind("\n", max(0, at - 40), at) + 1
    if begin == 0 or text[begin:at].strip():
        return ""
    line = text[text.rfind("\n", max(0, begin - 60), begin - 1) + 1 : begin - 1].strip()
    return line if _RUN.fullmatch(line) and around.words.deciding_body.search(line) else ""
