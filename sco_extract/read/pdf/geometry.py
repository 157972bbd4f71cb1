"""Pieces of a page with their places. All lengths are PDF points; ``top`` grows downwards from the page's upper edge."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def width(self) -> float:
        """Horizontal extent."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """Vertical extent."""
        return self.bottom - self.top


@dataclass(slots=True)
class Run:
    """Characters written one after the other on one baseline with one size; ``box`` is that of its visible characters."""

    text: str
    box: Box
    baseline: float
    size: float
    bold: bool = False


@dataclass(slots=True)
class Line:
    """Runs side by side. ``raised`` are the ranges of ``text`` that are set as superscript."""

    text: str
    box: Box
    size: float
    bold: bool = False
    raised: tuple[tuple[int, int], ...] = ()


@dataclass(slots=True)
class CellText:
    """A cell of a ruled table: its text and the grid positions it covers."""

    text: str
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1


@dataclass(slots=True)
class TableText:
    """A ruled table on one page."""

    box: Box
    rows: list[list[CellText]]
    columns: int


@dataclass(slots=True)
class PageText:
    """What stands on one page: lines (not yet in order), ruled tables, slanted text (watermarks)."""

    number: int  # from 1, as people count
    width: float
    height: float
    lines: list[Line]
    tables: list[TableText] = field(default_factory=list)
    slanted: str = ""


def union(boxes: list[Box]) -> Box:
    """The smallest rectangle around all of ``boxes`` (at least one)."""
    return Box(
        min(box.x0 for box in boxes),
        min(box.top for box in boxes),
        max(box.x1 for box in boxes),
        max(box.bottom for box in boxes),
    )
