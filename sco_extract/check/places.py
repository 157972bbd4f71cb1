"""Where a span stands, as people look for it: line and column, paragraph, page, row of a table."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from sco_extract.model.records import BlockRecord, SourceFile, Span
from sco_extract.model.validation import Place

# Formats whose lines are those of the file; elsewhere people count paragraphs.
WRITTEN = ("txt", "md")
_LINE_END = re.compile(r"\r\n|[\r\n]")
_PAGE = re.compile(r"page ([0-9]+)")


@dataclass(frozen=True, slots=True)
class Spot:
    """A block or a row of a table: the offset at which it begins, its number and what else is known of it."""

    start: int
    paragraph: int
    page: int | None = None
    row: int | None = None


@dataclass(frozen=True, slots=True)
class Ruler:
    """A text with the beginnings of its lines and, where people count paragraphs, its spots in order."""

    text: str
    lines: tuple[int, ...]
    spots: tuple[Spot, ...] = ()

    @classmethod
    def of_text(cls, text: str) -> Ruler:
        """The ruler of a file whose lines people count."""
        return cls(text, (0, *(match.end() for match in _LINE_END.finditer(text))))

    @classmethod
    def of(cls, record: SourceFile) -> Ruler:
        """The ruler of a source."""
        ruler = cls.of_text(record.text)
        if record.source.format in WRITTEN:
            return ruler
        return cls(ruler.text, ruler.lines, _spots(record.blocks))

    def place(self, span: Span) -> Place:
        """Where ``span`` stands."""
        line, column = self._at(span.start)
        end_line, end_column = self._at(span.end)
        index = bisect_right(self.spots, span.start, key=lambda spot: spot.start) - 1
        spot = self.spots[index] if index >= 0 else None
        return Place(
            line=line,
            column=column,
            end_line=end_line,
            end_column=end_column,
            paragraph=spot.paragraph if spot else None,
            page=spot.page if spot else None,
            row=spot.row if spot else None,
        )

    def _at(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self.lines, offset)
        return line, offset - self.lines[line - 1] + 1


def _spots(blocks: Sequence[BlockRecord]) -> tuple[Spot, ...]:
    found = []
    number = 0
    for block in blocks:
        if block.kind == "furniture":
            continue
        number += 1
        match = _PAGE.fullmatch(block.anchor.part) if block.anchor else None
        page = int(match[1]) if match else None
        found.append(Spot(block.span.start, number, page, 1 if block.rows else None))
        found.extend(
            Spot(cells[0].span.start, number, page, cells[0].row + 1) for cells in (block.rows or [])[1:] if cells
        )
    return tuple(sorted(found, key=lambda spot: (spot.start, spot.row or 0)))
