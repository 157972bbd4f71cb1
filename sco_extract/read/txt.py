"""Plain text -> layout: paragraphs, headings, lists, notes, tables and page furniture from lines alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from sco_extract.model.document import Block, BlockKind
from sco_extract.model.span import Span
from sco_extract.read.encoding import decode
from sco_extract.read.flat_table import find_flat_tables
from sco_extract.read.headings import is_numbered_heading, mark_plain_headings, rank_levels
from sco_extract.read.labels import ALONE_STYLES, Label, find_label
from sco_extract.read.layout import Layout
from sco_extract.read.limits import Limits
from sco_extract.read.notes import carve_notes, find_references
from sco_extract.read.paragraphs import (
    CAPTION,
    TextLine,
    find_continuations,
    find_setting,
    is_final,
    joins,
    split_lines,
    width,
)

HEADER_WIDTH = 40  # columns of a line repeated on each page
REPEATS = 3  # times a page header must stand at a page's edge; twice may be a table of contents and its heading

RULE = re.compile(r"(?:[-–—_*=~]\s?){3,}\Z")
PAGE_NUMBER = re.compile(
    r"""(?: [-–—·]\s?[0-9]{1,4}\s?[-–—·]                     # — 3 —
          | 第\s?[0-9]{1,4}\s?[页頁](?:[，,\s]*共\s?[0-9]{1,4}\s?[页頁])?  # 第3页 共10页
          | [0-9]{1,4}\s?/\s?[0-9]{1,4}                      # 3/10
          | [Pp]age\s[0-9]{1,4}(?:\sof\s[0-9]{1,4})? )\Z""",
    re.VERBOSE,
)
BARE_NUMBER = re.compile(r"[0-9]{1,4}\Z")
NOTE_LINE = re.compile(r"\[(?:\^|footnoteRef:)?(?P<number>[0-9]{1,3})\](?!\()[:：]?\s*|(?P<circle>[①-⑳㉑-㉟])\s*")
CIRCLES = re.compile("[①-⑳㉑-㉟]")


@dataclass(frozen=True, slots=True)
class _Typed:
    """A line with what it is by itself: ``plain`` lines may join others."""

    line: TextLine
    kind: BlockKind
    label: Label | None = None
    role: str = ""
    plain: bool = False


def read_txt(data: bytes, name: str, limits: Limits) -> Layout:
    """The layout of a plain text file; ``name`` and ``limits`` are not needed beyond what :func:`read` checks.

    Raises ``ReadError`` where the bytes are no text.
    """
    decoded = decode(data)
    source = decoded.text
    tables = find_flat_tables(source)
    typed = _type_lines(split_lines(source, (table.span for table in tables)))
    blocks = mark_plain_headings(rank_levels(_group(typed)), source)
    blocks, skipped = carve_notes(source, sorted([*blocks, *tables], key=lambda block: block.span))
    return Layout(
        source,
        find_references(source, blocks),
        decoded.encoding,
        decoded.confidence,
        diagnostics=decoded.diagnostics,
        skipped=skipped,
        continues=tuple(find_continuations(source, blocks)),
    )


def _type_lines(lines: Sequence[TextLine]) -> list[_Typed]:
    furniture = _page_furniture(lines)
    setting = find_setting(lines)
    labels = [find_label(line.text) for line in lines]
    circles = {character for line in lines for character in CIRCLES.findall(line.text, 1)}
    typed: list[_Typed] = []
    for index, line in enumerate(lines):
        label = labels[index]
        note = NOTE_LINE.match(line.text)
        if index in furniture:
            typed.append(_Typed(line, "furniture", role=furniture[index]))
        elif note and note.end() < len(line.text) and (note["number"] or note["circle"] in circles):
            number = Label(note["number"] or note["circle"], note.end(), "note", 0)
            typed.append(_Typed(line, "footnote", number, plain=True))
        elif label and label.end == len(line.text) and label.style in ALONE_STYLES:
            typed.append(_Typed(line, "heading", label))
        elif label and label.end < len(line.text):
            near = [labels[at] for at in (index - 1, index + 1) if 0 <= at < len(lines)]
            heading = is_numbered_heading(line.text, label, near, setting.wrap)
            typed.append(_Typed(line, "heading" if heading else "list_item", label, plain=not heading))
        elif CAPTION.match(line.text):
            typed.append(_Typed(line, "paragraph", role="caption"))
        else:
            typed.append(_Typed(line, "paragraph", plain=True))
    return typed


def _page_furniture(lines: Sequence[TextLine]) -> dict[int, str]:
    """Rules, page numbers, and short lines that stand again and again beside page numbers and page breaks."""
    found: dict[int, str] = {}
    bare: list[int] = []
    for index, line in enumerate(lines):
        if RULE.match(line.text):
            found[index] = "rule"
        elif PAGE_NUMBER.match(line.text):
            found[index] = "page_number"
        elif BARE_NUMBER.match(line.text):
            bare.append(index)
    numbers = [int(lines[index].text) for index in bare]
    # A number alone on its line counts pages only where such lines count on by one through the text.
    if len(bare) >= REPEATS and all(after - before == 1 for before, after in pairwise(numbers)):
        found.update(dict.fromkeys(bare, "page_number"))
    edges = {at for at, role in found.items() if role == "page_number"}
    edges |= {index for index, line in enumerate(lines) if line.page}
    beside = {at + step for at in edges for step in (-1, 0, 1)} - found.keys()
    counts = Counter(lines[at].text for at in beside if 0 <= at < len(lines) and width(lines[at].text) <= HEADER_WIDTH)
    repeated = {text for text, count in counts.items() if count >= REPEATS and not is_final(text)}
    found.update({at: "header" for at in beside if 0 <= at < len(lines) and lines[at].text in repeated})
    return found


def _group(typed: Sequence[_Typed]) -> list[Block]:
    setting = find_setting([item.line for item in typed if item.kind != "furniture"])
    least = min((item.line.indent for item in typed if item.kind != "furniture"), default=0)
    blocks: list[Block] = []
    before: _Typed | None = None
    for item in typed:
        goes_on = (
            before is not None
            and before.plain
            and item.plain
            and item.label is None
            and joins(before.line, item.line, setting, least)
        )
        if goes_on and before is not None:
            blocks[-1] = replace(blocks[-1], span=Span(blocks[-1].span.start, item.line.end))
            before = replace(before, line=item.line)
        else:
            label = item.label.text if item.label else ""
            level = item.label.rank if item.label and item.kind == "heading" else int(item.kind == "list_item")
            blocks.append(Block(item.kind, Span(item.line.start, item.line.end), level, label, item.role))
            before = item
    return blocks
