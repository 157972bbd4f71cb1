"""Write the sequence of a PDF's parts as linear text with blocks."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sco_extract.model.diagnostics import Diagnostic
from sco_extract.model.document import Anchor, Block, Cell
from sco_extract.model.span import Span
from sco_extract.read.layout import Layout, LinearText
from sco_extract.read.pdf.assemble import PagePart, Story
from sco_extract.read.pdf.footnotes import find_calls
from sco_extract.read.pdf.geometry import TableText
from sco_extract.read.pdf.labels import article_label, heading_label, item_label
from sco_extract.read.pdf.paragraphs import Paragraph

# A heading is set larger than the text by this, or bold, or numbered, and is short: the longest title known to us, with
# the body's full name and the ordinal of its meeting, has 60 characters.
_LARGER = 1.12
_TITLE_LENGTH = 100
_HEADING_LENGTH = 45
_BOLD_LENGTH = 30
_NO_HEADING_END = re.compile("[。；;，,、：:]$")


@dataclass(slots=True)
class _Writer:
    """Collects blocks; ``numbers`` counts the paragraphs of each page, ``called`` says where each note is called."""

    linear: LinearText
    blocks: list[Block]
    skipped: list[Span]
    numbers: dict[int, int]
    called: dict[tuple[int, str], int]

    def anchor(self, page: int) -> Anchor:
        """The place of the next block of ``page``."""
        number = self.numbers.get(page, 0)
        self.numbers[page] = number + 1
        return Anchor(f"page {page}", number)


def layout_of(story: Story, title: str, diagnostics: tuple[Diagnostic, ...]) -> Layout:
    """One line a block and a table cell. Notes and furniture of a page come after the parts that begin on it."""
    writer = _Writer(LinearText(), [], [], {}, {})
    levels = _heading_levels(story)
    labels: dict[int, set[str]] = {}
    for note in story.notes:
        labels.setdefault(note.page, set()).add(note.label)
    pages = sorted(
        {part.page for part in story.parts} | {note.page for note in story.notes} | {f.page for f in story.furniture}
    )
    at = 0
    for page in pages:
        while at < len(story.parts) and story.parts[at].page <= page:
            _write_part(writer, story.parts[at], levels, labels)
            at += 1
        _write_rest(writer, story, page)
    return Layout(
        source=writer.linear.text(),
        blocks=tuple(writer.blocks),
        title_hint=title,
        diagnostics=diagnostics,
        skipped=tuple(sorted(writer.skipped)),
    )


def _heading_levels(story: Story) -> dict[float, int]:
    """Level 1 for the largest size of headings, 2 for the next, at most 4."""
    sizes = {
        round(entry.part.size, 1)
        for entry in story.parts
        if isinstance(entry.part, Paragraph) and _is_large(entry.part, story.body_size)
    }
    ranked = sorted(sizes, reverse=True)
    return {size: min(4, rank + 1) for rank, size in enumerate(ranked)}


def _is_large(part: Paragraph, body_size: float) -> bool:
    return part.size >= _LARGER * body_size and len(part.text) <= _TITLE_LENGTH and not part.text.endswith("。")


def _write_part(writer: _Writer, entry: PagePart, levels: dict[float, int], labels: dict[int, set[str]]) -> None:
    anchor = writer.anchor(entry.page)
    if isinstance(entry.part, TableText):
        writer.blocks.append(_table(writer, entry.part, anchor))
        return
    part = entry.part
    part.text = part.text.replace("\x02", "-")
    span = writer.linear.add(part.text)
    # A paragraph that goes on over the page may call the notes of the next one too.
    for page in (entry.page, entry.page + 1):
        for start, end, label in find_calls(part.text, part.raised, labels.get(page, set())):
            if (page, label) in writer.called or (start == 0 and label != part.text[:end]):
                continue
            if any(skip.overlaps(Span(span.start + start, span.start + end)) for skip in writer.skipped[-20:]):
                continue
            writer.called[page, label] = span.start + start
            writer.skipped.append(Span(span.start + start, span.start + end))
    writer.blocks.append(_block(part, span, anchor, levels))


def _block(part: Paragraph, span: Span, anchor: Anchor, levels: dict[float, int]) -> Block:
    level, label = heading_label(part.text)
    short = len(part.text) <= _HEADING_LENGTH and not _NO_HEADING_END.search(part.text)
    large = levels.get(round(part.size, 1)) if len(part.text) <= _TITLE_LENGTH else None
    if large is not None and not part.text.endswith("。"):
        return Block("heading", span, level=level or large, label=label, anchor=anchor)
    if label and short:
        return Block("heading", span, level=level, label=label, anchor=anchor)
    item = item_label(part.text)
    if part.bold and len(part.text) <= _BOLD_LENGTH and short and not item:
        return Block("heading", span, level=len(levels) + 1, anchor=anchor)
    if item:
        return Block("list_item", span, level=1, label=item, anchor=anchor)
    return Block("paragraph", span, label=label or article_label(part.text), anchor=anchor)


def _table(writer: _Writer, table: TableText, anchor: Anchor) -> Block:
    start = writer.linear.length
    rows = tuple(
        tuple(
            Cell(
                writer.linear.add(cell.text.replace("\x02", "-")),
                cell.row,
                cell.column,
                cell.row_span,
                cell.column_span,
            )
            for cell in row
        )
        for row in table.rows
    )
    return Block("table", Span(start, max(start, writer.linear.length - 1)), rows=rows, anchor=anchor)


def _write_rest(writer: _Writer, story: Story, page: int) -> None:
    for note in story.notes:
        if note.page != page:
            continue
        span = writer.linear.add(note.text.replace("\x02", "-"))
        called = writer.called.get((page, note.label))
        writer.blocks.append(Block("footnote", span, label=note.label, anchor=writer.anchor(page), reference=called))
    for piece in story.furniture:
        if piece.page == page:
            span = writer.linear.add(piece.text.replace("\x02", "-"))
            writer.blocks.append(Block("furniture", span, role=piece.role, anchor=writer.anchor(page)))
