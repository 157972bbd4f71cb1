"""Lines become paragraphs, over the breaks of columns and pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median_high, median_low

from sco_extract.read.pdf.columns import Column
from sco_extract.read.pdf.geometry import Line, TableText
from sco_extract.read.pdf.labels import begins_with_label, follows
from sco_extract.read.pdf.lines import join_texts

# In ems of the line. A Chinese first line is indented by two; marks that may not begin a line carry one or two
# characters to the next, and half-width marks make an end ragged by less than one.
_INDENT = 1.2
_MOST_INDENT = 6.0
_FIRST_INDENT = 2.6  # two characters, in fonts whose characters are a little wider than their size
_RAGGED = 2.3
_SAME_SIZE = 0.08
_TITLE_SIZE = 1.12  # lines this much larger than the text are one title, wherever they begin and end
# The distance of two lines against the usual one of their column; paragraphs set apart have half a line more.
_APART = 1.35
_SENTENCE_END = re.compile("[。！？!?；;：:…][”’」』）)]*$|[.][”’\"')]*$")
_TITLE_PITCH = 2.0  # ems; lines of a title stand closer than title and text
_VALUES = "   "  # a gap between values in a row: such a line stands for itself
_UNBREAKABLE = re.compile("[0-9A-Za-z.,:/&%—–-]{3,}|(?:——|……)")
_EDGE_LINES = 0.25  # of a column's lines, those that end at its right edge; the rest end paragraphs
_EDGE_SHARE = 0.04  # an indent or margin that this share of a file's lines has is one of its edges


@dataclass(slots=True)
class Paragraph:
    """Joined lines. ``raised`` are ranges of ``text``; ``full`` says that the last line reaches the right edge."""

    page: int
    text: str
    size: float
    bold: bool
    indented: bool
    full: bool
    centered: bool = False
    lines: int = 1
    raised: list[tuple[int, int]] = field(default_factory=list)

    def append(self, text: str, raised: Iterable[tuple[int, int]]) -> None:
        """Join another line or another part of the paragraph."""
        joined = join_texts(self.text, text)
        shift = len(joined) - len(text)
        self.raised += [(start + shift, end + shift) for start, end in raised]
        self.text = joined


@dataclass(frozen=True, slots=True)
class Edges:
    """Left and right edges at which the lines of a file often begin and end, in whole points; its columns."""

    left: tuple[int, ...]
    right: tuple[int, ...]
    columns: tuple[Column, ...] = ()
    starts: frozenset[int] = frozenset()  # where two lines or more begin, in whole points

    def left_of(self, column: Column, size: float) -> float:
        """The left edge of a column that may hold indented lines only."""
        if len(column.items) < 4:
            near = [edge for edge in self.left if column.left - _MOST_INDENT / 2 * size <= edge <= column.left + 1]
            return min([*near, column.left])
        others = [other.left for other in self.columns if _is_first_indent(column.left - other.left, size)]
        return median_low(others) if len(others) >= 2 else column.left

    def right_of(self, column: Column, left: float, size: float) -> float:
        """The right edge of a column whose lines may all end early; ``left`` is its left edge."""
        if len(column.items) < 4:
            near = [edge for edge in self.right if column.right - 1 <= edge]
            return max(column.right, near[0]) if near else column.right
        together = sum(item.box.x1 > column.right - 1.2 * size for item in column.items)
        if together >= max(2, _EDGE_LINES * len(column.items)):
            return column.right
        alike = [other.right for other in self.columns if len(other.items) >= 4 and -1 <= other.left - left <= 3 * size]
        return max([column.right, median_high(alike)] if alike else [column.right])

    def indents(self, left: float, size: float) -> bool:
        """Whether the file indents first lines: lines often begin two ems right of ``left``."""
        return round(left) in self.starts and any(_is_first_indent(edge - left, size) for edge in self.left)


@dataclass(frozen=True, slots=True)
class _Frame:
    """What the lines of a column are measured by; lengths in points."""

    left: float
    right: float
    pitch: float
    body_size: float
    indents: bool


def _is_first_indent(shift: float, size: float) -> bool:
    return _INDENT * size < shift < _FIRST_INDENT * size


def file_edges(columns: Iterable[Column]) -> Edges:
    """The edges of all pages together."""
    every = tuple(columns)
    lines = [item for column in every for item in column.items if isinstance(item, Line)]
    left = Counter(round(line.box.x0) for line in lines)
    right = Counter(round(line.box.x1) for line in lines)
    return Edges(_common(left), _common(right), every, frozenset(edge for edge, count in left.items() if count > 1))


def _common(edges: Counter[int]) -> tuple[int, ...]:
    least = max(2.0, _EDGE_SHARE * edges.total())
    return tuple(sorted(edge for edge, count in edges.items() if count >= least))


def column_paragraphs(column: Column, page: int, edges: Edges, body_size: float) -> list[Paragraph | TableText]:
    """The paragraphs and tables of one column."""
    left = edges.left_of(column, body_size)
    right = edges.right_of(column, left, body_size)
    frame = _Frame(left, right, _usual_pitch(column), body_size, edges.indents(left, body_size))
    found: list[Paragraph | TableText] = []
    last: Line | None = None
    for item in column.items:
        if isinstance(item, TableText):
            found.append(item)
            last = None
            continue
        current = found[-1] if found and last is not None else None
        if isinstance(current, Paragraph) and last is not None and _belongs(current, last, item, frame):
            current.append(item.text, item.raised)
            current.lines += 1
            current.full = item.box.x1 >= right - _RAGGED * item.size
            current.centered = current.centered and _is_centered(item, left, right)
        else:
            found.append(_paragraph(item, page, left, right))
        last = item
    return found


def _usual_pitch(column: Column) -> float:
    lines = [item for item in column.items if isinstance(item, Line)]
    steps = [after.box.bottom - line.box.bottom for line, after in pairwise(lines)]
    steps = sorted(step for step in steps if step > 0)
    # The lower third: where every other line begins a paragraph set apart, the median would be their distance.
    return steps[len(steps) // 3] if steps else 0.0


def _paragraph(line: Line, page: int, left: float, right: float) -> Paragraph:
    indent = (line.box.x0 - left) / line.size
    full = line.box.x1 >= right - _RAGGED * line.size
    centered = _is_centered(line, left, right)
    raised = list(line.raised)
    return Paragraph(
        page, line.text, line.size, line.bold, indent > _INDENT and not centered, full, centered, 1, raised
    )


def _unbreakable(line: Line) -> float:
    # 2021—2025年 may not be parted: where it does not fit, the line before it ends early by as much.
    match = _UNBREAKABLE.match(line.text)
    return min(match.end() * line.size * 0.6, line.box.width) if match else 0.0


def _is_centered(line: Line, left: float, right: float) -> bool:
    before, after = line.box.x0 - left, right - line.box.x1
    return before > 2.5 * line.size and abs(before - after) < 1.5 * line.size


def _belongs(current: Paragraph, last: Line, line: Line, frame: _Frame) -> bool:
    left, right, pitch = frame.left, frame.right, frame.pitch
    if abs(line.size - last.size) > _SAME_SIZE * last.size or line.bold != last.bold:
        return False
    if _VALUES in line.text or _VALUES in last.text or follows(current.text, line.text):
        return False
    step = line.box.bottom - last.box.bottom
    if line.size > _TITLE_SIZE * frame.body_size:
        return step <= _TITLE_PITCH * line.size and not begins_with_label(line.text)
    if pitch and step > _APART * max(pitch, 1.1 * line.size):
        return False
    if current.centered:
        return _is_centered(line, left, right) and not begins_with_label(line.text)
    ended = bool(_SENTENCE_END.search(last.text))
    # Behind the end of a sentence an early end is rather the paragraph's than an unbreakable date's.
    if last.box.x1 < right - _RAGGED * last.size - (0.0 if ended else _unbreakable(line)):
        return False
    if ended and begins_with_label(line.text):
        return False
    hangs = line.box.x0 - last.box.x0
    indent = line.box.x0 - left
    # Indented against the line before: a new first line. A hanging indent has its second line indented, once.
    if indent > _INDENT * line.size and hangs > _INDENT * line.size:
        return current.lines == 1 and not ended and begins_with_label(current.text)
    if frame.indents and current.lines == 1 and current.indented and _is_first_indent(indent, line.size):
        return False  # two first lines: the paragraph before has filled its only line
    return not (ended and indent > _INDENT * line.size and current.lines == 1 and current.indented)


def goes_on(before: Paragraph, after: Paragraph) -> bool:
    """Whether ``after``, at the top of a column, is the rest of ``before``, at the bottom of the last one."""
    if abs(before.size - after.size) > _SAME_SIZE * before.size or before.bold != after.bold:
        return False
    if after.indented or after.centered or before.centered:
        return False
    if not _SENTENCE_END.search(before.text):
        return before.full and not begins_with_label(after.text)
    # A full line that ends with a sentence: the rest is not indented, where the file indents its first lines.
    return before.full and before.indented and not begins_with_label(after.text)
