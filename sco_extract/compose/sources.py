"""Sources as the composition reads them: paragraphs by number, sentences, headings, and what is quoted from them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath

from sco_extract.model.draft import Citation
from sco_extract.model.records import BlockRecord, SourceFile

_END = re.compile(r"[。！？!?][”’」』）)]*|\n")
_CELL_END = re.compile(r"\n")
# A digest in a file's name, and how many characters of a text stand for a source that has no other name.
_MACHINE = re.compile(r"(?<![0-9a-f])(?=[a-f]*[0-9])[0-9a-f]{6,}(?![0-9a-z])", re.IGNORECASE)
_CALLED = 16
_ASIDE = re.compile(r"[（(][^（）()]*[）)]")
_MARKUP = re.compile(r"[*#`]+")


def opening(text: str, length: int) -> str:
    """The first ``length`` characters of ``text`` in “”, without spaces, asides and markup; quotation marks inside are turned."""
    plain = _ASIDE.sub("", _MARKUP.sub("", "".join(text.split()))).translate(_INNER)
    return f"“{plain if len(plain) <= length else plain[: length - 1] + '…'}”"


_INNER = str.maketrans("“”「」", "‘’‘’")


@dataclass(frozen=True, order=True)
class Place:
    """A range of a source's text, in code points."""

    start: int
    end: int


class Source:
    """A source with its records; places are offsets in its text."""

    def __init__(self, record: SourceFile) -> None:
        self.record = record
        self.id = record.source.id
        self.text = record.text
        self._blocks = [block for block in record.blocks if block.kind != "furniture"]
        self._starts = [block.span.start for block in self._blocks]

    @cached_property
    def headings(self) -> list[tuple[int, str]]:
        """Where each heading starts, and its words."""
        return [(block.span.start, block.span.quote) for block in self._blocks if block.kind == "heading"]

    @cached_property
    def called(self) -> str:
        """The name of its file; one that was made by a machine (six hexadecimal digits with a digit) says nothing: its first words."""
        name = PurePosixPath(self.record.source.path).name
        if not _MACHINE.search(name):
            return name
        first = next((block.span.quote for block in self._blocks if block.kind == "paragraph"), self.text)
        return opening(first, _CALLED)

    def number_at(self, start: int) -> int:
        """The number of the paragraph at ``start`` among the blocks of text, from 1."""
        return max(bisect_right(self._starts, start), 1)

    def block_at(self, start: int) -> BlockRecord | None:
        """The block that holds ``start``."""
        index = bisect_right(self._starts, start) - 1
        return self._blocks[index] if index >= 0 and start < self._blocks[index].span.end else None

    def paragraph_before(self, start: int) -> int:
        """Where the paragraph before that of ``start`` begins; a heading is none."""
        index = max(bisect_right(self._starts, start) - 1, 0)
        if index and self._blocks[index].kind == self._blocks[index - 1].kind == "paragraph":
            index -= 1
        return self._starts[index] if self._starts else 0

    def heading_above(self, start: int) -> str:
        """The words of the nearest heading above ``start``, '' for none."""
        index = bisect_right([at for at, _ in self.headings], start) - 1
        return self.headings[index][1] if index >= 0 else ""

    def sentence_at(self, start: int, end: int) -> Place:
        """The sentences (in a table: the lines) that ``start`` to ``end`` lies in, inside their paragraph."""
        block = self.block_at(start)
        if block is None:
            return Place(start, end)
        low, high = block.span.start, max(block.span.end, end)
        mark = _CELL_END if block.kind == "table" else _END
        first = low
        for match in mark.finditer(self.text, low, start):
            first = match.end()
        after = mark.search(self.text, max(end - 1, start), high)
        return self._trim(first, after.end() if after else high)

    def sentences_before(self, start: int, limit: int) -> Iterator[Place]:
        """Up to ``limit`` sentences that end before ``start``, the nearest first, across paragraphs."""
        at = start
        for _ in range(limit):
            while at > 0 and self.text[at - 1].isspace():
                at -= 1
            if at <= 0:
                return
            place = self.sentence_at(at - 1, at)
            if place.start >= at:
                return
            yield place
            at = place.start

    def sentences_after(self, end: int) -> Iterator[Place]:
        """The sentences of the same paragraph that follow ``end``."""
        block = self.block_at(end - 1)
        at = end
        while block is not None and at < block.span.end:
            place = self.sentence_at(at, at + 1)
            if place.end <= at:
                return
            yield place
            at = place.end

    def cite(self, place: Place) -> Citation:
        """The passage as a citation."""
        facts = self.record.source
        place = self._trim(place.start, place.end)
        return Citation(
            source=self.id,
            title=facts.title or "",
            date=facts.date,
            paragraph=self.number_at(place.start),
            quote=self.text[place.start : place.end],
            called="" if facts.title else self.called,
        )

    def _trim(self, start: int, end: int) -> Place:
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        return Place(start, end)
