"""Pages become one sequence of paragraphs, tables, notes and furniture."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from sco_extract.read.pdf.columns import Column, Item, in_reading_order
from sco_extract.read.pdf.footnotes import Note, take_notes
from sco_extract.read.pdf.furniture import find_furniture
from sco_extract.read.pdf.geometry import CellText, PageText, TableText
from sco_extract.read.pdf.labels import begins_with_label
from sco_extract.read.pdf.lines import join_texts
from sco_extract.read.pdf.paragraphs import Edges, Paragraph, column_paragraphs, file_edges, goes_on

_ROW_END = re.compile("[。！？；]$")
Part = Paragraph | TableText


@dataclass(frozen=True, slots=True)
class Furniture:
    """A running header, a footer, a page number or a watermark."""

    page: int
    text: str
    role: str


@dataclass(slots=True)
class PagePart:
    """A paragraph or table with the page on which it begins."""

    page: int
    part: Part


@dataclass(slots=True)
class Story:
    """A whole file: the body in order, the notes and the furniture, and the size of body text."""

    parts: list[PagePart]
    notes: list[Note]
    furniture: list[Furniture]
    body_size: float


def tell(pages: list[PageText]) -> Story:
    """Put the pages of a file together."""
    body_size = usual_size(pages)
    roles = find_furniture(pages)
    notes: list[Note] = []
    furniture: list[Furniture] = []
    bodies: list[list[Item]] = []
    for page in pages:
        own, used = take_notes(page, body_size, roles)
        notes += own
        furniture += [
            Furniture(page.number, line.text, roles[id(line)])
            for line in sorted(page.lines, key=lambda line: (line.box.top, line.box.x0))
            if id(line) in roles
        ]
        if page.slanted:
            furniture.append(Furniture(page.number, page.slanted, "watermark"))
        rest = [line for line in page.lines if id(line) not in roles and id(line) not in used]
        bodies.append([*rest, *page.tables])
    columns = list(zip((page.number for page in pages), in_reading_order(bodies), strict=True))
    edges = file_edges(column for _, page_columns in columns for column in page_columns)
    return Story(_join(columns, edges, body_size), notes, furniture, body_size)


def usual_size(pages: list[PageText]) -> float:
    """The size that most characters are set in, to half a point."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            sizes[round(line.size * 2) / 2] += len(line.text)
    return max(sizes, key=lambda size: (sizes[size], size), default=10.5)


def _join(columns: list[tuple[int, list[Column]]], edges: Edges, body_size: float) -> list[PagePart]:
    joined: list[PagePart] = []
    for page, page_columns in columns:
        for column in page_columns:
            parts = column_paragraphs(column, page, edges, body_size)
            if parts and joined and _merged(joined[-1], parts[0], page):
                parts = parts[1:]
            joined += [PagePart(page, part) for part in parts]
    return joined


def _merged(last: PagePart, part: Part, page: int) -> bool:
    before = last.part
    if isinstance(before, Paragraph) and isinstance(part, Paragraph):
        if not goes_on(before, part):
            return False
        before.append(part.text, part.raised)
        before.full, before.lines = part.full, before.lines + part.lines
        return True
    if isinstance(before, TableText) and isinstance(part, TableText):
        return part.columns == before.columns and page > last.page and _extend(before, part)
    return False


def _extend(table: TableText, more: TableText) -> bool:
    """Put the rows of ``more`` below ``table``, without a repeated head; whether they belong together."""
    wide = max(1.0, table.box.width)
    if abs(table.box.x0 - more.box.x0) > 0.05 * wide or abs(table.box.width - more.box.width) > 0.05 * wide:
        return False
    head = [cell.text for cell in table.rows[0]]
    rows = more.rows[1:] if [cell.text for cell in more.rows[0]] == head else more.rows
    rows = rows[1:] if rows and _finish_row(table.rows[-1], rows[0]) else rows
    if not rows:
        return True
    shift = max(cell.row + cell.row_span for row in table.rows for cell in row) - rows[0][0].row
    for row in rows:
        table.rows.append(
            [CellText(cell.text, cell.row + shift, cell.column, cell.row_span, cell.column_span) for cell in row]
        )
    return True


def _finish_row(last: list[CellText], rest: list[CellText]) -> bool:
    """Put the texts of ``rest`` behind those of ``last`` if the page cut one row in two.

    A cut row has empty cells where the text had ended, and the others go on in the middle of a sentence. A row without
    an area of its own has empty cells too, but its measure begins with a number or after a full stop.
    """
    before = {cell.column: cell for cell in last}
    going = [cell for cell in rest if cell.text]
    if len(going) in (0, len(rest)):
        return False
    for cell in going:
        above = before.get(cell.column)
        if above is None or not above.text or _ROW_END.search(above.text) or begins_with_label(cell.text):
            return False
    for cell in going:
        before[cell.column].text = join_texts(before[cell.column].text, cell.text)
    return True


def count_characters(pages: list[PageText]) -> int:
    """Characters on all pages, those in tables too."""
    lines = sum(len(line.text) for page in pages for line in page.lines)
    return lines + sum(len(cell.text) for page in pages for table in page.tables for row in table.rows for cell in row)


def has_text(page: PageText) -> bool:
    """Whether the page holds any text."""
    return bool(page.lines or page.tables)
