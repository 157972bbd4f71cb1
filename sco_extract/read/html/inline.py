"""Collect the inline text of a page and cut it into lines as a browser would show them."""

from __future__ import annotations

import re
from dataclasses import dataclass

# Marks inside collected text; the page's own control characters are removed first, so they cannot be forged.
BREAK = "\x0b"  # <br>, or a line end in <pre>
CALL = "\x01"  # a footnote is called here
HARD_SPACE = "\xa0"

_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ufeff\u200b\u2060]")
_CJK = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef"
# A line end of the file between two Chinese characters is not a space (CSS Text 4, segment break transformation).
_SOFT_BREAK = re.compile(f"(?<=[{_CJK}])[ \t\r\f]*\n[ \t\r\n\f]*(?=[{_CJK}])")
_SPACES = re.compile("[ \t\r\n\f]+")
_BREAK_GROUP = re.compile(f"(?:[ {HARD_SPACE}\u3000]*{BREAK})+")
_INDENTED = re.compile(f"[{HARD_SPACE}\u3000]{{2}}")
_EDGE = f" \t{HARD_SPACE}\u3000"
# A line that stops short of a sentence's end, this long, was cut by its author's screen (half of a line of 40).
_WRAPPED_LENGTH = 20
_LINE_END = re.compile("[。！？；：…”」』）!?;:.]$")


@dataclass(frozen=True, slots=True)
class Inline:
    """A line of text and the offsets in it at which footnotes are called."""

    text: str
    calls: tuple[int, ...] = ()


def clean(text: str) -> str:
    """A text node of the page without control characters and zero-width marks."""
    return _CONTROL.sub("", text)


def preformatted(text: str) -> str:
    """A text node of a ``<pre>``: its line ends are breaks, its spaces stay."""
    return clean(text).replace("\r\n", "\n").replace("\n", BREAK).replace(" ", HARD_SPACE)


def cut_lines(collected: str, *, whole: bool) -> list[Inline]:
    """Collected inline text as lines without indentation, empty ones left out.

    A ``<br>`` ends a paragraph, unless it only wraps a long line in the middle of a sentence; then, and always with
    ``whole`` (a heading, a table cell), it is a ``\\n`` inside the line.
    """
    text = _SPACES.sub(" ", _SOFT_BREAK.sub("", collected))
    lines: list[str] = []
    joins = False
    at = 0
    for match in _BREAK_GROUP.finditer(text):
        line = text[at : match.start()]
        joins = _add(lines, line, joins=joins or whole)
        joins = match.group().count(BREAK) == 1 and _is_wrapped(line, text[match.end() : match.end() + 2])
        at = match.end()
    _add(lines, text[at:], joins=joins or whole)
    return [_with_calls(line) for line in lines if line.replace(CALL, "").strip(_EDGE)]


def _add(lines: list[str], line: str, *, joins: bool) -> bool:
    line = line.strip(_EDGE)
    if joins and lines and lines[-1]:
        lines[-1] = f"{lines[-1]}\n{line}" if line else lines[-1]
    else:
        lines.append(line)
    return False


def _is_wrapped(line: str, following: str) -> bool:
    line = line.strip(_EDGE)
    return len(line) >= _WRAPPED_LENGTH and not _LINE_END.search(line) and not _INDENTED.match(following)


def _with_calls(line: str) -> Inline:
    parts = line.replace(HARD_SPACE, " ").split(CALL)
    calls: list[int] = []
    length = 0
    for part in parts[:-1]:
        length += len(part)
        calls.append(length)
    return Inline("".join(parts), tuple(calls))
