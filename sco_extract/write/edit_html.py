"""Correct a web page: only where its text stands in the file as it is read, and only the bytes of that text."""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from sco_extract.model.records import BlockRecord
from sco_extract.write.edits import Edit

# What holds no text of the page: comments, declarations, scripts, styles, the head's title; then tags.
# The lengths keep a hostile page from costing more than linear time; a tag with more in it is taken for text, and what
# stands around it is then not found, which is safe.
_MARKUP = re.compile(
    r"""
      <!--.*?(?:-->|\Z)
    | <(?P<raw>script|style|title|template|noscript|textarea)\b[^>]{0,2000}>.*?(?:</(?P=raw)[ ]?>|\Z)   # <style>…</style>
    | <[!?][^>]{0,2000}>
    | </?[A-Za-z][^>]{0,4000}>                                                                    # <p class="a">
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_CHARACTER = re.compile(r"&(?:\#[0-9]{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?")


@dataclass(frozen=True, slots=True)
class Flat:
    """The characters of a page's text without white space, and the range of the page that each one came from."""

    text: str
    origins: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, page: str) -> Flat:
        """Of the decoded page."""
        letters: list[str] = []
        origins: list[tuple[int, int]] = []
        at = 0
        for match in (*_MARKUP.finditer(page), None):
            _add(page, at, match.start() if match else len(page), letters, origins)
            at = match.end() if match else at
        return cls("".join(letters), tuple(origins))


def _add(page: str, start: int, end: int, letters: list[str], origins: list[tuple[int, int]]) -> None:
    at = start
    while at < end:
        match = _CHARACTER.match(page, at, end) if page[at] == "&" else None
        shown = html.unescape(match.group()) if match else page[at]
        stop = match.end() if match else at + 1
        for letter in shown:
            if not letter.isspace():
                letters.append(letter)
                origins.append((at, stop))
        at = stop


@dataclass(frozen=True, slots=True)
class Located:
    """An edit as a range of the decoded page, with what is written there."""

    edit: Edit
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Lines:
    """The linear text of a page beside the page itself, and where its lines were found so far."""

    page: str
    source: str
    flat: Flat
    blocks: tuple[tuple[int, int], ...]
    found: dict[str, int | str] = field(default_factory=dict)

    @classmethod
    def of(cls, page: str, source: str, blocks: Sequence[BlockRecord]) -> Lines:
        """Of a decoded page and what was read of it."""
        return cls(page, source, Flat.of(page), tuple((block.span.start, block.span.end) for block in blocks))

    def find(self, line: str) -> int | str:
        """Where ``line``, without its white space, stands in the flat text; why not, where that cannot be said for certain."""
        if line not in self.found:
            at = self.flat.text.find(line)
            again = at >= 0 and self.flat.text.find(line, at + 1) >= 0
            self.found[line] = "@fix_not_there" if at < 0 else "@fix_more_than_once" if again else at
        return self.found[line]


def locate(edit: Edit, lines: Lines) -> Located | str:
    """Where ``edit`` stands in the page, or why that cannot be said for certain."""
    source = lines.source
    low, high = _line(edit, source)
    index = bisect_right(lines.blocks, edit.start, key=lambda one: one[0]) - 1
    if index < 0 or edit.end > lines.blocks[index][1]:
        return "@fix_paragraph"
    before = "".join(source[low : edit.start].split())
    inside = "".join(source[edit.start : edit.end].split())
    at = lines.find(before + inside + "".join(source[edit.end : high].split()))
    if isinstance(at, str):
        return at
    found = _range(edit, source, lines.flat, at + len(before), len(inside))
    if found is None or lines.page[found[0] : found[1]] != source[edit.start : edit.end]:
        return "@fix_markup"
    return Located(edit, *found, html.escape(edit.text, quote=False))


def _range(edit: Edit, source: str, flat: Flat, first: int, length: int) -> tuple[int, int] | None:
    """The range of the page: its letters, and the white space around them that the edit has as well."""
    old = source[edit.start : edit.end]
    lead = len(old) - len(old.lstrip())
    if length:
        start = flat.origins[first][0] - lead
        tail = len(old) - len(old.rstrip())
        return start, flat.origins[first + length - 1][1] + tail
    if first == 0:
        return None
    start = flat.origins[first - 1][1]
    return start, start + len(old)


def _line(edit: Edit, source: str) -> tuple[int, int]:
    low = source.rfind("\n", 0, edit.start) + 1
    high = source.find("\n", edit.end)
    return low, high if high >= 0 else len(source)


def encoded_edits(data: bytes, page: str, encoding: str, mark: bytes, found: Sequence[Located]) -> bytes | None:
    """The bytes of the page with the edits; None where the page does not come back to its own bytes."""
    try:
        if mark + page.encode(encoding) != data:
            return None
        parts, at = [mark], 0
        for one in sorted(found, key=lambda one: one.start):
            parts += [page[at : one.start].encode(encoding), one.text.encode(encoding)]
            at = one.end
        return b"".join((*parts, page[at:].encode(encoding)))
    except UnicodeEncodeError:
        return None
