"""Where in a text a mark may not be touched: inside a title, a quotation, an address; and what counts as Chinese."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sco_extract.check.rule import Passage
from sco_extract.check.sheet import Fault, Sheet
from sco_extract.model.document import Line
from sco_extract.model.records import Span

HAN = "\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"  # inside a character class
OPENING = "《〈（“‘「『【〔"
CLOSING = "》〉）”’」』】〕"
PAUSES = "，。；：！？、"
IS_HAN = re.compile(f"[{HAN}]")
_TITLE = r"《[^《》\n]*(?:《[^《》\n]*》[^《》\n]*)*》"  # 《〈纲要〉落实计划》
_QUOTED = r"“[^“”\n]*”|「[^「」\n]*」|『[^『』\n]*』"  # “上海精神”
_PROTECTED = re.compile(rf"{_TITLE}|{_QUOTED}")
_TITLES = re.compile(_TITLE)
_ADDRESS = re.compile(r"(?:https?://|www\.)[!-~]+|[\w.+-]+@[\w.-]+")


@dataclass(frozen=True, slots=True)
class Zones:
    """Ranges of a text, in order and apart."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]

    @classmethod
    def of(cls, matches: Iterable[re.Match[str]]) -> Zones:
        """The ranges of ``matches``."""
        spans = [match.span() for match in matches]
        return cls(tuple(start for start, _ in spans), tuple(end for _, end in spans))

    def __contains__(self, at: object) -> bool:
        """Whether the character at the offset ``at`` lies in one of the ranges."""
        return self.holding(at) is not None if isinstance(at, int) else False

    def holding(self, at: int) -> tuple[int, int] | None:
        """The range that holds the character at ``at``."""
        number = bisect_right(self.starts, at) - 1
        if number >= 0 and at < self.ends[number]:
            return self.starts[number], self.ends[number]
        return None


def protected(text: str) -> Zones:
    """Titles and quotations of ``text``: what stands there was written by others."""
    return Zones.of(_PROTECTED.finditer(text))


def titles(text: str) -> Zones:
    """Titles in 《》 of ``text``."""
    return Zones.of(_TITLES.finditer(text))


def addresses(text: str) -> Zones:
    """Addresses of the web and of mail in ``text``."""
    if "http" not in text and "www" not in text and "@" not in text:
        return Zones((), ())
    return Zones.of(_ADDRESS.finditer(text))


def running(sheet: Sheet) -> Iterable[tuple[Line, str]]:
    """The lines of ``sheet`` with their text, as it was written."""
    text = sheet.written.text
    for line in sheet.lines:
        yield line, text[line.start : line.end]


def line_at(sheet: Sheet, at: int) -> Line:
    """The line that holds the offset ``at`` of the written text."""
    return sheet.lines[max(0, bisect_right(sheet.lines, at, key=lambda line: line.start) - 1)]


def source_span(sheet: Sheet, start: int, end: int) -> Span:
    """The span of ``sheet.record.text[start:end]``."""
    return Span(start=start, end=end, quote=sheet.record.text[start:end])


def passage(sheet: Sheet, span: Span) -> Passage:
    """A place in the sheet's own source."""
    return Passage(sheet.record.source.id, span)


def mended(sheet: Sheet, place: tuple[int, int], values: Mapping[str, str], fix: str | None) -> Fault:
    """A fault at ``written.text[start:end]``, with its fix only where the source has just these characters there.

    Between two characters of the written text the source may hold what the reader left out, such as an address.
    """
    span = sheet.span(*place)
    return Fault(span, values, fix=fix if span.quote == sheet.written.text[place[0] : place[1]] else None)
