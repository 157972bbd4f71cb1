"""Plain text -> layout: paragraphs, headings, lists, notes, tables and page furniture from lines alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from sco_extract.model.document import Block, BlockKind, Span
from sco_extract.read.encoding import decode
from sco_extract.read.flat_table import find_flat_tables
from sco_extract.read.labels import ALONE_STYLES, HEADING_STYLES, SERIAL_STYLES, Label, find_label
from sco_extract.read.layout import Layout
from sco_extract.read.limits import Limits
from sco_extract.read.notes import carve_notes, find_references
from sco_extract.read.paragraphs import (
    CAPTION,
    DATELINE,
    MARGIN,
    PAIRS,
    Setting,
    TextLine,
    find_continuations,
    find_setting,
    is_final,
    is_left_open,
    is_prose,
    joins,
    split_lines,
    width,
)

HEADING_WIDTH = 45  # columns; two lines of a page of 28 columns hold the longest numbered headings seen
PLAIN_HEADING_WIDTH = 30  # columns of a heading without a number: one line
TITLE_WIDTH = 90  # columns of a title: full titles of agreements run to 80
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
WIDE_GAP = re.compile(r"[\u3000\u00a0 ]{2}|\t")  # a name and an office, columns
CIRCLES = re.compile("[①-⑳㉑-㉟]")
INNER_MARK = re.compile(r"[，。；：！？,;:!?]")


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
    blocks = _mark_headings(_group(typed), source)
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
            heading = _is_numbered_heading(line, label, near, setting)
            typed.append(_Typed(line, "heading" if heading else "list_item", label, plain=not heading))
        elif CAPTION.match(line.text):
            typed.append(_Typed(line, "paragraph", role="caption"))
        else:
            typed.append(_Typed(line, "paragraph", plain=True))
    return typed


def _is_numbered_heading(line: TextLine, label: Label, near: Sequence[Label | None], setting: Setting) -> bool:
    text = line.text[label.end :]
    if label.style not in HEADING_STYLES or width(line.text) > HEADING_WIDTH or INNER_MARK.search(text):
        return False
    if setting.wrap and width(line.text) >= setting.wrap - MARGIN:
        return False
    if any(is_left_open(text, pair) for pair in PAIRS):
        return False
    serial = label.style in SERIAL_STYLES
    return not (serial and any(other is not None and other.style == label.style for other in near))


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


def _mark_headings(blocks: Sequence[Block], source: str) -> list[Block]:
    """Levels of the numbered headings by the styles that occur; the title; headings without a number."""
    ranks = sorted({block.level for block in blocks if block.kind == "heading"})
    marked = [
        replace(block, level=ranks.index(block.level) + 1) if block.kind == "heading" else block for block in blocks
    ]
    texts = [source[block.span.start : block.span.end] for block in marked]
    top = next((index for index, block in enumerate(marked) if block.kind != "furniture"), 0)
    above = top  # the last of the single lines, at most four, that follow a title: its other lines, a date, a place
    while above < min(top + 4, len(marked) - 1) and _is_above_text(texts[above + 1]) and _is_first_heading(texts[top]):
        above += 1
    for index, block in enumerate(marked):
        if block.kind != "paragraph" or block.role:
            continue
        if top < index <= above and _is_title_line(texts[index]):
            marked[index] = replace(block, kind="heading", level=1, role="title")
        if index == top and len(marked) > index + 2 and _is_first_heading(texts[index]):
            role = "title" if width(texts[index]) >= 5 else ""
            marked[index] = replace(block, kind="heading", level=1, role=role)
        elif index > top and _is_plain_heading(index, marked, texts):
            marked[index] = replace(block, kind="heading", level=1)
    return marked


def _is_above_text(text: str) -> bool:
    return "\n" not in text and width(text) <= TITLE_WIDTH and not is_final(text) and not INNER_MARK.search(text)


def _is_title_line(text: str) -> bool:
    """A further line of a title that was broken by hand, or the title below the name of the body."""
    single = "\n" not in text and not WIDE_GAP.search(text)
    return single and 10 <= width(text) <= TITLE_WIDTH and not INNER_MARK.search(text) and not DATELINE.match(text)


def _is_first_heading(text: str) -> bool:
    """The first line of a text: its title, or its first heading."""
    return _is_single(text) and width(text) <= TITLE_WIDTH and not is_prose(text)


def _is_single(text: str) -> bool:
    """One line that does not end like a sentence, is no date, and does not begin with a bracket, quote or dash."""
    return not ("\n" in text or is_final(text) or DATELINE.match(text) or text[0] in '（(“"—–-')


def _is_plain_heading(index: int, blocks: Sequence[Block], texts: Sequence[str]) -> bool:
    """A short line without marks between the end of a paragraph and a long paragraph."""
    text = texts[index]
    if index + 1 >= len(blocks) or width(text) > PLAIN_HEADING_WIDTH or not _is_single(text):
        return False
    if INNER_MARK.search(text) or WIDE_GAP.search(text):
        return False
    follower = texts[index + 1]
    if blocks[index + 1].kind != "paragraph" or not is_prose(follower) or not is_final(follower):
        return False
    return blocks[index - 1].kind in ("heading", "table", "furniture", "footnote") or is_final(texts[index - 1])
