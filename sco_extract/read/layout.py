"""What every reader returns: linear text and the blocks in it, before normalizing."""

from __future__ import annotations

from dataclasses import dataclass

from sco_extract.model.diagnostics import Diagnostic
from sco_extract.model.document import Block
from sco_extract.model.span import Span


@dataclass(frozen=True, slots=True)
class Layout:
    """A file as text: ``blocks`` are in reading order, do not overlap, and point into ``source``.

    ``encoding`` and ``encoding_confidence`` (0 to 1) are set where bytes were decoded; the hints are what the format's own
    metadata says (HTML title, Word core properties), never what the text says.

    ``skipped`` are ranges of ``source``, sorted and apart, that the reading text leaves out although they stand in a block:
    marks of a markup language, link targets, calls of footnotes. ``continues`` are pairs (later, earlier) of indexes in
    ``blocks``: a page break or a note cut one paragraph in two, and the reading text puts the later half directly behind
    the earlier one, before whatever stands between them.
    """

    source: str
    blocks: tuple[Block, ...]
    encoding: str | None = None
    encoding_confidence: float | None = None
    title_hint: str = ""
    date_hint: str = ""
    diagnostics: tuple[Diagnostic, ...] = ()
    skipped: tuple[Span, ...] = ()
    continues: tuple[tuple[int, int], ...] = ()


class LinearText:
    """Collects the linear text of a format that has none of its own (Word, PDF, HTML): one piece a line."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0

    @property
    def length(self) -> int:
        """Code points so far."""
        return self._length

    def add(self, text: str, end: str = "\n") -> Span:
        """Append ``text`` and then ``end``; the span of ``text``."""
        span = Span(self._length, self._length + len(text))
        self._parts.append(text + end)
        self._length += len(text) + len(end)
        return span

    def text(self) -> str:
        """All pieces joined."""
        return "".join(self._parts)
