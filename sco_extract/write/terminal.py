"""Findings as a screen shows them: where, what, the line with the passage underlined, passages elsewhere, what to do."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from sco_extract.check.registry import BY_ID
from sco_extract.check.rule import Language, message
from sco_extract.model.records import Span
from sco_extract.model.validation import Place, Summary, Validated, ValidatedFinding

# Columns of a line of text that are shown; a paragraph of a Word file is one line and may have thousands.
WIDTH = 96
# Of these as many before the passage, for its context.
LEAD = 24
# Passages elsewhere that are shown of a finding, and characters of a message and a fix.
RELATED = 5
LONG = 400
# Of a rule with more than MANY findings in a file FIRST are shown: a text with half-width marks throughout has a thousand.
MANY, FIRST = 10, 5
_LINE_END = re.compile(r"\r\n|[\r\n]")
_BREAKS = re.compile(r"[\r\n\t\v\f\x1c-\x1e\x85\u2028\u2029]")
# What would change how everything after it is shown: marks of direction, and what has no width of its own.
_STEERING = dict.fromkeys(
    [*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C, 0xFEFF, 0x200B], 0xFFFD
)
_CONTROLS = {code: 0x2400 + code for code in range(32)} | {127: 0x2421} | dict.fromkeys(range(0x80, 0xA0), 0xFFFD)
_TABLE = {**_CONTROLS, **_STEERING, **dict.fromkeys(range(0xD800, 0xE000), 0xFFFD), 0x2028: 0xFFFD, 0x2029: 0xFFFD}

_STYLES = {"error": "1;31", "warning": "1;33", "info": "1;36", "path": "1", "rule": "1", "frame": "34", "help": "1;32"}
_LETTERS = {"error": "E", "warning": "W", "info": "I"}


@dataclass(frozen=True, slots=True)
class _Style:
    color: bool

    def __call__(self, text: str, name: str) -> str:
        return f"\x1b[{_STYLES[name]}m{text}\x1b[0m" if self.color and text else text


def to_terminal(validated: Validated, *, color: bool = False, everything: bool = False) -> Iterator[str]:
    """The findings one after another, each as lines without a final line end, then the summary.

    Of a rule with many findings in a file the first are shown and the others counted behind the last finding of the file,
    unless ``everything`` is asked for.
    """
    screen = _Screen(validated, _Style(color))
    for _, found in groupby(validated.validation.findings, attrgetter("source")):
        findings = list(found)
        counts = Counter(one.rule for one in findings)
        cut = set() if everything else {rule for rule, number in counts.items() if number > MANY}
        shown: Counter[str] = Counter()
        for one in findings:
            shown[one.rule] += 1
            if one.rule not in cut or shown[one.rule] <= FIRST:
                yield screen.finding(one)
        if cut:
            yield "\n".join([*(screen.left_out(rule, counts[rule] - FIRST) for rule in sorted(cut)), ""])
    yield from _summary(validated.validation.summary, validated.language)


def to_statistics(validated: Validated, *, color: bool = False) -> Iterator[str]:
    """A line for each rule with how often it found something, the most frequent first, then the summary."""
    style = _Style(color)
    counts = Counter((one.rule, one.severity) for one in validated.validation.findings)
    digits = len(str(max(counts.values(), default=0)))
    for (rule, severity), number in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        name = BY_ID[rule].name if rule in BY_ID else ""
        yield f"{number:>{digits}} {style(_LETTERS[severity], severity)} {style(f'{rule:<7}', 'rule')} {name}".rstrip()
    if counts:
        yield ""
    yield from _summary(validated.validation.summary, validated.language)


class _Screen:
    def __init__(self, validated: Validated, style: _Style) -> None:
        self._validated = validated
        self._style = style
        self._language = validated.language
        self._paths = {file.id: file.path for file in validated.validation.files}
        self._lines: dict[str, tuple[int, ...]] = {}

    def finding(self, one: ValidatedFinding) -> str:
        """The lines of one finding."""
        style, rank = self._style, one.severity
        where = style(self._where(one.source, one.place) + ":", "path")
        lines = [f"{where} {style(_LETTERS[rank], rank)} {style(one.rule, 'rule')} {_inline(one.message, LONG)}"]
        if one.span:
            lines += self._excerpt(one.source, one.span, rank)
        for other in one.related[:RELATED]:
            label = style(self._say("ui_note", {}), "frame")
            where = self._where(other.source, other.place)
            lines.append(f"  {label}{where}: {_inline(other.message, LONG)}")
            lines += self._excerpt(other.source, other.span, "frame")
        if len(one.related) > RELATED:
            lines.append(f"  {self._say('ui_more_passages', {'number': str(len(one.related) - RELATED)})}")
        if said := self._help(one):
            lines.append(f"  {style(self._say('ui_help', {}), 'help')}{said}")
        return "\n".join([*lines, ""])

    def left_out(self, rule: str, number: int) -> str:
        """The line that stands for findings of ``rule`` that are not shown."""
        return self._say("ui_left_out", {"rule": self._style(rule, "rule"), "number": str(number)})

    def _help(self, one: ValidatedFinding) -> str:
        """The replacement and how it is made, else the advice."""
        if one.fix is None or one.fix_safety is None:
            return _inline(one.help or "", LONG)
        how = self._say(f"ui_{one.fix_safety}", {})
        return (
            self._say("ui_replace", {"fix": _inline(one.fix, LONG)}) if one.fix else self._say("ui_delete", {})
        ) + how

    def _where(self, source: str, place: Place | None) -> str:
        path = _inline(self._paths.get(source, source), LONG)
        if place is None:
            return path
        if source in self._validated.written:
            return f"{path}:{place.line}:{place.column}"
        numbers = {"ui_page": place.page, "ui_paragraph": place.paragraph, "ui_row": place.row}
        said = [self._say(name, {"number": str(number)}) for name, number in numbers.items() if number is not None]
        return f"{path}:{self._say('ui_join', {}).join(said)}" if said else f"{path}:{place.line}:{place.column}"

    def _excerpt(self, source: str, span: Span, rank: str) -> list[str]:
        """The line of the text at which ``span`` begins, around it, and the mark beneath."""
        text = self._validated.texts.get(source)
        if text is None or span.end > len(text):
            return [f"    {self._style('|', 'frame')} {_inline(span.quote, WIDTH // 2)}"]
        begins = self._begins(source, text)
        number = bisect_right(begins, span.start) - 1
        start = begins[number]
        end = _end_of_line(text, span.start)
        shown, mark = _window(text, start, end, span.start, max(min(span.end, end), span.start))
        bar = self._style("|", "frame")
        lines = [f"    {bar} {shown}", f"    {bar} {mark[0]}{self._style(mark[1], rank)}"]
        more = bisect_right(begins, max(span.start, span.end - 1)) - 1 - number
        if more:
            lines.append(f"    {bar} {self._say('ui_more_lines', {'number': str(more)})}")
        return lines

    def _begins(self, source: str, text: str) -> tuple[int, ...]:
        if source not in self._lines:
            self._lines[source] = (0, *(match.end() for match in _LINE_END.finditer(text)))
        return self._lines[source]

    def _say(self, name: str, values: Mapping[str, str]) -> str:
        return message(name, values, language=self._language)


def _end_of_line(text: str, at: int) -> int:
    match = _LINE_END.search(text, at)
    return match.start() if match else len(text)


def width(text: str) -> int:
    """The columns that ``text`` takes on a terminal: two for wide and full-width characters, none for combining marks."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _window(text: str, start: int, end: int, low: int, high: int) -> tuple[str, tuple[str, str]]:
    """The part of the line ``text[start:end]`` around ``text[low:high]``, harmless, and the blanks and marks beneath it."""
    left = _cut_left(text, start, low)
    marked = _cut_right(text, low, high, WIDTH)
    right = _cut_right(text, marked, end, WIDTH - width(_inline(text[left:marked])))
    lead = ("…" if left > start else "") + _inline(text[left:low])
    passage = _inline(text[low:marked])
    tail = _inline(text[marked:right]) + ("…" if right < end else "")
    return f"{lead}{passage}{tail}", (" " * width(lead), "^" * max(1, width(passage)))


def _cut_left(text: str, start: int, low: int) -> int:
    """Where the window begins: the whole of a short beginning, else LEAD columns before the passage."""
    begin = max(start, low - WIDTH)
    if begin == start and width(_inline(text[start:low])) <= WIDTH // 2:
        return start
    at, columns = low, 0
    while at > begin and columns < LEAD:
        at -= 1
        columns += width(_inline(text[at]))
    return at


def _cut_right(text: str, low: int, high: int, room: int) -> int:
    at = low
    while at < high and room > 0:
        room -= width(_inline(text[at]))
        at += 1
    return at if room >= 0 else max(low, at - 1)


def _inline(text: str, most: int = 0) -> str:
    """``text`` on one line, with visible signs for what could steer a terminal; its first ``most`` characters, where given."""
    if most and len(text) > most:
        text = text[: most - 1] + "…"
    return _BREAKS.sub(" ", text).translate(_TABLE)


def _summary(summary: Summary, language: Language) -> Iterable[str]:
    def say(name: str, **values: str) -> str:
        return message(name, values, language=language)

    read = summary.files - summary.failed
    files = say("ui_file") if read == 1 else say("ui_files", number=str(read))
    numbers = {"error": summary.errors, "warning": summary.warnings, "info": summary.infos}
    counts = [
        say(f"ui_{name}" if number == 1 else f"ui_{name}s", number=str(number))
        for name, number in numbers.items()
        if number
    ]
    if not counts and read:
        yield say("ui_clean", files=files)
    elif counts:
        yield say("ui_found", files=files, counts=say("ui_join").join(counts))
    if summary.fixable_unsafe and not summary.fixable:
        yield say("ui_fixable_unsafe", number=str(summary.fixable_unsafe))
    elif summary.fixable_unsafe:
        yield say("ui_fixable_more", number=str(summary.fixable), unsafe=str(summary.fixable_unsafe))
    elif summary.fixable:
        yield say("ui_fixable", number=str(summary.fixable))
    if summary.suppressed or summary.baseline:
        yield say("ui_hidden", suppressed=str(summary.suppressed), baseline=str(summary.baseline))
