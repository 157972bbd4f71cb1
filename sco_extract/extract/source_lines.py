"""The lines at the beginning and the end of a source, which say what it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from sco_extract.extract.unit import Unit
from sco_extract.model.document import Line

OPENING = 12  # lines within which a title, its date line and a byline stand
CLOSING = 24  # lines of a signature block: ten states with two signatories each, and the date


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A line with text: its range, and the text without space around it."""

    start: int
    end: int
    text: str
    table: bool = False


@dataclass(frozen=True, slots=True)
class SourceLines:
    """The first lines and the last ones, in order; of a short source the same ones."""

    opening: tuple[SourceLine, ...]
    closing: tuple[SourceLine, ...]

    @classmethod
    def of(cls, unit: Unit) -> SourceLines:
        """The lines of the document of ``unit``."""
        last = tuple(islice(_read(unit, reversed(unit.document.lines)), CLOSING))
        return cls(tuple(islice(_read(unit, unit.document.lines), OPENING)), last[::-1])


def _read(unit: Unit, lines: Iterable[Line]) -> Iterator[SourceLine]:
    """Those of ``lines`` that say something of the source as a whole."""
    for line in lines:
        block = unit.document.blocks[line.block]
        text = unit.text[line.start : line.end].strip()
        if text and block.kind not in {"footnote", "furniture"}:
            yield SourceLine(line.start, line.end, text, line.cell is not None)
