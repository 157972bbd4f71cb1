"""Headings that nothing but a number, a place and a length show; for plain text, and for files without heading styles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from sco_extract.model.document import Block
from sco_extract.read.labels import HEADING_STYLES, SERIAL_STYLES, Label, find_label
from sco_extract.read.layout import Layout
from sco_extract.read.paragraphs import (
    DATELINE,
    MARGIN,
    PAIRS,
    PROSE,
    SENTENCE,
    is_final,
    is_left_open,
    is_prose,
    width,
)

HEADING_WIDTH = 45  # columns; two lines of a page of 28 columns hold the longest numbered headings seen
PLAIN_HEADING_WIDTH = 30  # columns of a heading without a number: one line
TITLE_WIDTH = 90  # columns of a title: full titles of agreements run to 80
WIDE_GAP = re.compile(r"[\u3000\u00a0 ]{2}|\t")  # a name and an office, columns
INNER_MARK = re.compile(r"[，。；：！？,;:!?]")


def is_numbered_heading(text: str, label: Label, near: Iterable[Label | None], wrap: float = 0.0) -> bool:
    """Whether ``text``, which begins with ``label``, is a heading: short, without marks inside, no item of a series.

    ``near`` are the labels of the texts before and after it; ``wrap`` is the width at which lines are broken (0: not).
    """
    inner = text[label.end :]
    if not inner or label.style not in HEADING_STYLES or width(text) > HEADING_WIDTH or INNER_MARK.search(inner):
        return False
    if wrap and width(text) >= wrap - MARGIN:
        return False
    if any(is_left_open(inner, pair) for pair in PAIRS):
        return False
    serial = label.style in SERIAL_STYLES
    return not (serial and any(other is not None and other.style == label.style for other in near))


def find_headings(layout: Layout) -> Layout:
    """``layout`` with the headings that its format leaves unmarked, for readers whose blocks are whole paragraphs.

    Many Word files and pages have headings without a style for them. Where a file has headings in its body, they
    are taken as all there are, except numbered ones in styles that none of them has.
    """
    blocks = list(layout.blocks)
    own = _own_headings(blocks)
    styles = {label.style for block in own if (label := _label(layout.source, block)[1])}
    if own and not styles:
        return layout
    numbered = _numbered(layout, styles)
    base = max((block.level for block in own), default=1 if _is_titled(blocks) else 0)
    ranks = sorted({label.rank for label in numbered.values()})
    for index, label in numbered.items():
        level = base + 1 + ranks.index(label.rank)
        blocks[index] = replace(blocks[index], kind="heading", level=level, label=blocks[index].label or label.text)
    if not own:
        blocks = mark_plain_headings(blocks, layout.source)
    return replace(layout, blocks=tuple(blocks))


def _own_headings(blocks: Sequence[Block]) -> list[Block]:
    """The headings that the file marks, without its title: one or more lines at its top."""
    found = [block for block in blocks if block.kind == "heading" and block.role != "title"]
    body = [block for block in blocks if block.kind != "furniture"]
    titles = 0
    while titles < len(body) and body[titles].kind == "heading" and body[titles].level == body[0].level:
        titles += 1
    lines = {id(block) for block in body[:titles] if block.role == body[0].role}
    return [block for block in found if id(block) not in lines]


def _is_titled(blocks: Sequence[Block]) -> bool:
    return any(block.kind == "heading" and block.level == 1 for block in blocks)


def _label(source: str, block: Block) -> tuple[str, Label | None]:
    """The text of a block with the number that the format generates for it, and its label."""
    text = source[block.span.start : block.span.end]
    if block.label and not text.startswith(block.label):
        text = f"{block.label} {text}" if block.label[-1].isalnum() else block.label + text
    return text, find_label(text)


def _numbered(layout: Layout, taken: set[str]) -> dict[int, Label]:
    """The numbered headings by the index of their block; ``taken`` are styles whose headings the file marks itself."""
    body = [index for index, block in enumerate(layout.blocks) if block.kind not in ("furniture", "footnote")]
    labeled = [_label(layout.source, layout.blocks[index]) for index in body]
    found: dict[int, Label] = {}
    for place, index in enumerate(body):
        block = layout.blocks[index]
        text, label = labeled[place]
        if block.kind not in ("paragraph", "list_item") or block.role or label is None or label.style in taken:
            continue
        near = [labeled[at][1] for at in (place - 1, place + 1) if 0 <= at < len(body)]
        if is_numbered_heading(text, label, near):
            found[index] = label
    return found


def rank_levels(blocks: Sequence[Block]) -> list[Block]:
    """``blocks`` whose headings have the rank of their label as level, with levels from 1 by the ranks that occur."""
    ranks = sorted({block.level for block in blocks if block.kind == "heading"})
    return [
        replace(block, level=ranks.index(block.level) + 1) if block.kind == "heading" else block for block in blocks
    ]


def mark_plain_headings(blocks: Sequence[Block], source: str) -> list[Block]:
    """The title, where none is marked, and headings without a number."""
    marked = list(blocks)
    texts = [source[block.span.start : block.span.end] for block in marked]
    top = next((index for index, block in enumerate(marked) if block.kind != "furniture"), 0)
    above = top  # the last of the single lines, at most four, that follow a title: its other lines, a date, a place
    while above < min(top + 4, len(marked) - 1) and _is_above_text(texts[above + 1]) and _is_first_heading(texts[top]):
        above += 1
    for index, block in enumerate(marked):
        if block.kind != "paragraph" or block.role or find_label(texts[index]):
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
    """The first line of a text: its title, or its first heading; titles list states (中国、塔吉克斯坦…联合声明)."""
    return _is_single(text) and width(text) <= TITLE_WIDTH and not (width(text) >= PROSE and SENTENCE.search(text))


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
