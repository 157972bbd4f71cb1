"""Layout -> Document: the reading text with its lines, the script, the file's digest."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from sco_extract.model.document import Cell, Document, Format, Line
from sco_extract.model.mapped import MappedText
from sco_extract.model.span import Span
from sco_extract.normalize.script import script_of
from sco_extract.read.layout import Layout

# A hard break inside a block with the white space around it; U+2028 and U+2029 come out of some PDF and Word files.
BREAK = re.compile(r"[ \t\u00a0\u3000]*(?:\r\n|[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029])\s*")
# Characters of a script that puts spaces between words; a break after 会议 or before 2024 stands for nothing.
WORD = re.compile(r"[0-9A-Za-z\u00c0-\u024f\u0370-\u052f%)\].,;:?!]")

Part = tuple[str, int, bool]  # text, offset of its first character in the source, inserted


def assemble(layout: Layout, data: bytes, name: str, kind: Format) -> Document:
    """The document of a file whose ``layout`` was read from ``data``; not yet normalized."""
    text, lines = reading_text(layout)
    return Document(
        name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        format=kind,
        source=layout.source,
        blocks=layout.blocks,
        text=text,
        lines=lines,
        script=script_of(layout.source),
        encoding=layout.encoding,
        encoding_confidence=layout.encoding_confidence,
        diagnostics=layout.diagnostics,
        skipped=layout.skipped,
        continues=layout.continues,
        title_hint=layout.title_hint,
        date_hint=layout.date_hint,
    )


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of the reading text to be: its block, its cell, and the ranges of the source it is made of."""

    block: int
    cell: Cell | None
    spans: tuple[Span, ...]


def reading_text(layout: Layout) -> tuple[MappedText, tuple[Line, ...]]:
    """The text that rules read, not yet normalized, and its lines."""
    skips = _Skips(layout.skipped)
    parts: list[Part] = []
    lines: list[Line] = []
    at = origin = 0
    for row in _rows(layout):
        if lines:
            parts.append(("\n", origin, True))
            at += 1
        start = at
        for part in _line_parts(layout.source, row.spans, skips):
            parts.append(part)
            at += len(part[0])
        lines.append(Line(start, at, row.block, row.cell))
        origin = row.spans[-1].end
    return MappedText.of_parts(parts), tuple(lines)


def _rows(layout: Layout) -> Iterator[_Row]:
    later = dict(layout.continues)
    halves: dict[int, list[int]] = {}
    first: dict[int, int] = {}
    for index, earlier in sorted(later.items()):
        first[index] = first.get(earlier, earlier)
        halves.setdefault(first[index], []).append(index)
    for index, block in enumerate(layout.blocks):
        if block.kind == "furniture" or index in later:
            continue
        if block.rows:
            yield from (_Row(index, cell, (cell.span,)) for row in block.rows for cell in row)
        else:
            spans = (block.span, *(layout.blocks[half].span for half in halves.get(index, ())))
            yield _Row(index, None, spans)


class _Skips:
    """The ranges that the reading text leaves out, for quick look-up."""

    def __init__(self, skipped: tuple[Span, ...]) -> None:
        self._skipped = skipped
        self._ends = [span.end for span in skipped]

    def rest(self, span: Span) -> Iterator[Span]:
        """What is left of ``span``."""
        at = span.start
        for index in range(bisect_right(self._ends, at), len(self._skipped)):
            skip = self._skipped[index]
            if skip.start >= span.end:
                break
            if at < skip.start:
                yield Span(at, skip.start)
            at = max(at, skip.end)
        if at < span.end:
            yield Span(at, span.end)


def _line_parts(source: str, spans: tuple[Span, ...], skips: _Skips) -> Iterator[Part]:
    """The pieces of one line, without its hard breaks: gone in Chinese, one space between words of other scripts.

    Every break of the source becomes nothing or a space, so that a line of the reading text is one line.
    """
    before = ""
    pending: Part | None = None  # the space that a break may become, once it is known what follows
    for span in spans:
        if before:
            pending = (" ", span.start, True)
        for piece in _trimmed(source, list(skips.rest(span))):
            at = piece.start
            for match in (*BREAK.finditer(source, piece.start, piece.end), None):
                end = match.start() if match else piece.end
                if at < end:
                    if pending and _is_gap(before, source[at]):
                        yield pending
                    pending = None
                    yield source[at:end], at, False
                    before = source[end - 1]
                if match:
                    pending = (" ", match.start(), False)
                    at = match.end()


def _trimmed(source: str, pieces: list[Span]) -> list[Span]:
    """``pieces`` without white space at the very beginning and end, as marks at the edge leave it behind."""
    filled = [at for at, piece in enumerate(pieces) if not source[piece.start : piece.end].isspace()]
    if not filled:
        return []
    kept = pieces[filled[0] : filled[-1] + 1]
    first = kept[0]
    kept[0] = Span(first.end - len(source[first.start : first.end].lstrip()), first.end)
    last = kept[-1]
    kept[-1] = Span(last.start, last.start + len(source[last.start : last.end].rstrip()))
    return kept


def _is_gap(before: str, after: str) -> bool:
    return bool(WORD.match(before) and WORD.match(after))
