"""What the walk makes of a Word part before it becomes linear text: paragraphs and tables in document order.

A *story* is a run of text of its own: the body, a header, a footnote, a text box.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from lxml.etree import _Element

from sco_extract.model.document import BlockKind

MarkKind = Literal["footnote", "endnote", "comment", "ins", "del", "move_to", "move_from", "hidden", "merged", "object"]
NOTE_KINDS: tuple[MarkKind, ...] = ("footnote", "endnote", "comment")


@dataclass(frozen=True, slots=True)
class Mark:
    """Something at ``start..end`` (code points of the paragraph's text) that is not text itself.

    For notes ``ref`` is their id and ``label`` the number shown.
    """

    kind: MarkKind
    start: int
    end: int
    ref: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph as a reader sees it; ``index`` is that of its ``w:p`` in the part."""

    text: str
    marks: tuple[Mark, ...]
    boxes: tuple[tuple[Item, ...], ...]
    kind: BlockKind
    level: int
    label: str
    role: str
    index: int
    toc_field: int = 0  # which TOC field it stands in, 0 for none; a field that never ends is none
    origins: tuple[tuple[int, _Element], ...] = ()  # where the text of each ``w:t`` begins, for who writes it back

    @property
    def blank(self) -> bool:
        """Whether nothing but white space is to be seen."""
        return not self.text.strip()


@dataclass(slots=True)
class GridCell:
    """A table cell under construction: merged parts are added to it as they come."""

    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    items: list[Item] = field(default_factory=list)
    texts: set[str] = field(default_factory=set)  # what its merged parts say, so that a repetition is seen


@dataclass(frozen=True, slots=True)
class Table:
    """A table; each row holds the cells that start in it."""

    rows: tuple[tuple[GridCell, ...], ...]
    index: int


Item = Paragraph | Table


def paragraphs(items: Iterable[Item]) -> Iterator[Paragraph]:
    """All paragraphs of a story in order, those of its tables included, text boxes not."""
    for item in items:
        if isinstance(item, Paragraph):
            yield item
        else:
            for row in item.rows:
                for cell in row:
                    yield from paragraphs(cell.items)
