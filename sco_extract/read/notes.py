"""Notes in plain text and Markdown: residue of converters taken out of the sentence, and notes tied to their call."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from sco_extract.model.document import Block
from sco_extract.model.span import Span

# What converters of Word files leave at the place of a note: [footnoteRef:1], and its text at the end: [1: 见附件。]
CALL = re.compile(r"\[footnoteRef:[0-9]{1,3}\]")
INLINE = re.compile(r"\[(?P<number>[0-9]{1,3})[:：][ \u00a0]?(?P<text>[^\[\]\r\n]{1,2000})\]")
REFERENCE = re.compile(r"\[(?:\^|footnoteRef:)?(?P<number>[^\]\[\s]{1,20})\](?!\()|(?P<circle>[①-⑳㉑-㉟])")


def carve_notes(source: str, blocks: Sequence[Block]) -> tuple[list[Block], tuple[Span, ...]]:
    """``blocks`` with every inline note as a block of its own, and the calls that the reading text leaves out.

    A paragraph with a note in its middle becomes two blocks around it; the reading text joins them again only where the
    first half breaks off within the sentence, like a paragraph that a page break split.
    """
    skipped = tuple(Span(*match.span()) for match in CALL.finditer(source))
    notes = list(INLINE.finditer(source)) if skipped else []
    carved: list[Block] = []
    starts = [note.start() for note in notes]
    for block in blocks:
        near = notes[bisect_left(starts, block.span.start) : bisect_left(starts, block.span.end)]
        inside = [note for note in near if note.end() <= block.span.end]
        if block.rows or not inside:
            carved.append(block)
            continue
        at = block.span.start
        for note in inside:
            carved.extend(_piece(source, block, at, note.start()))
            carved.append(Block("footnote", Span(*note.span()), label=note["number"]))
            at = note.end()
        carved.extend(_piece(source, block, at, block.span.end))
    marks = [Span(note.start(), note.start("text")) for note in notes] + [Span(n.end() - 1, n.end()) for n in notes]
    return carved, tuple(sorted((*skipped, *marks)))


def _piece(source: str, block: Block, start: int, end: int) -> list[Block]:
    text = source[start:end]
    left = start + len(text) - len(text.lstrip())
    right = start + len(text.rstrip())
    return [replace(block, span=Span(left, right))] if left < right else []


def find_references(source: str, blocks: Sequence[Block]) -> tuple[Block, ...]:
    """``blocks`` whose footnotes know the offset of their call: the nearest one before the note that no other note took."""
    notes = [block for block in blocks if block.kind == "footnote"]
    if not notes:
        return tuple(blocks)
    starts = {block.span.start for block in notes}
    calls: dict[str, list[int]] = {}
    for match in REFERENCE.finditer(source):
        label = match["number"] or match["circle"]
        if match.start() not in starts:
            calls.setdefault(label, []).append(match.start())
    taken: dict[str, int] = {}
    placed: list[Block] = []
    for block in blocks:
        reference = block.reference
        if block.kind == "footnote" and reference is None:
            places = calls.get(block.label, [])
            nearest = bisect_left(places, block.span.start) - 1
            if nearest >= taken.get(block.label, 0):
                reference = places[nearest]
                taken[block.label] = nearest + 1
        placed.append(replace(block, reference=reference))
    return tuple(placed)
