"""Where a passage stands, as people and other programs say it: line and column, or paragraph, page and cell."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import quote

from sco_extract.model.records import BlockRecord, CellRecord, SourceFile, Span

# Formats whose published offsets are those of the file, so that its lines and columns can be named.
LINED = frozenset({"txt", "md"})


@dataclass(frozen=True, slots=True)
class Place:
    """Lines and columns from 1, in code points, the end exclusive; ``paragraph`` is 0 where the format has lines."""

    line: int
    column: int
    end_line: int
    end_column: int
    part: str = ""
    paragraph: int = 0
    row: int = 0
    cell: int = 0

    @property
    def words(self) -> str:
        """``paragraph 12``, ``page 3, paragraph 2``, ``paragraph 4, row 2, cell 1``; empty where lines say it."""
        if not self.paragraph:
            return ""
        page = f"{self.part}, " if self.part.startswith("page ") else ""
        return f"{page}paragraph {self.paragraph}" + (f", row {self.row}, cell {self.cell}" if self.row else "")


class Places:
    """Finds places in one source; lines end with ``\\n``."""

    def __init__(self, record: SourceFile) -> None:
        self._text = record.text
        self._lined = record.source.format in LINED
        self._starts = _line_starts(record.text)
        self._blocks = sorted((block for block in record.blocks), key=lambda block: block.span.start)
        self._block_starts = [block.span.start for block in self._blocks]

    def of(self, span: Span | None) -> Place:
        """The place of ``span``; the beginning of the source for a finding about all of it."""
        if span is None:
            return Place(1, 1, 1, 1)
        line, column = self._at(span.start)
        end_line, end_column = self._at(span.end)
        if self._lined:
            return Place(line, column, end_line, end_column)
        block = self._block(span.start)
        if block is None or block.anchor is None:
            return Place(line, column, end_line, end_column, paragraph=line)
        cell = _cell(block, span.start)
        row, number = (cell.row + 1, cell.column + 1) if cell else (0, 0)
        anchor = block.anchor
        return Place(line, column, end_line, end_column, anchor.part, anchor.paragraph + 1, row, number)

    def _at(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def _block(self, offset: int) -> BlockRecord | None:
        index = bisect_right(self._block_starts, offset) - 1
        return self._blocks[index] if index >= 0 else None


def uri_of(path: str) -> str:
    """The path as a relative URI reference, or as a ``file:`` URI where it is absolute; percent-encoded as UTF-8."""
    encoded = quote(PurePosixPath(path).as_posix(), safe="/~", errors="replace")
    return f"file://{encoded}" if path.startswith("/") else encoded


def _line_starts(text: str) -> Sequence[int]:
    starts = [0]
    at = text.find("\n")
    while at >= 0:
        starts.append(at + 1)
        at = text.find("\n", at + 1)
    return starts


def _cell(block: BlockRecord, offset: int) -> CellRecord | None:
    cells = (cell for row in block.rows or () for cell in row)
    return next((cell for cell in cells if cell.span.start <= offset < max(cell.span.end, cell.span.start + 1)), None)
