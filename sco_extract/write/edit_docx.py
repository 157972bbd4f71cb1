"""Correct a Word file: the text of runs is replaced in place; formatting and every other part stay as they are."""

from __future__ import annotations

import zipfile
import zlib
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from copy import copy
from io import BytesIO

from lxml import etree
from lxml.etree import _Element

from sco_extract.read.docx import trace_docx
from sco_extract.read.docx.names import T
from sco_extract.read.docx.trace import Piece
from sco_extract.write.edits import Applied, Edit, Refusal, refuse_all

_STRICT_T = "{http://purl.oclc.org/ooxml/wordprocessingml/main}t"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_SIGNATURES = "_xmlsignatures/"

# A part that the reader does not need may be damaged; it would have to be copied.
_DAMAGE = (
    zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError, etree.XMLSyntaxError,
)  # fmt: skip

Patch = tuple[Piece, int, int, str]  # a range of one piece, in code points of its text, and what replaces it


def edit_docx(data: bytes, source: str, edits: Sequence[Edit]) -> Applied:
    """``data``, whose linear text is ``source``, with ``edits`` in order and apart.

    An edit goes into the runs that its text stands in; where they are several, each keeps its formatting, and what is added
    takes that of the first. Refused, with the reason: what touches tracked changes, fields, formulas, text that is stored
    twice or filled from elsewhere, and whatever is not one paragraph.
    """
    text, pieces = trace_docx(data, "document.docx")
    if text != source:
        return refuse_all(data, edits, "@fix_changed")
    with zipfile.ZipFile(BytesIO(data)) as package:
        names = package.namelist()
    if len({name.lower() for name in names}) != len(names):
        return refuse_all(data, edits, "@fix_part_twice")
    if any(name.startswith(_SIGNATURES) for name in names):
        return refuse_all(data, edits, "@fix_signed")
    starts = [piece.start for piece in pieces]
    patches: list[Patch] = []
    done, refused = [], []
    for edit in edits:
        found = _patches(edit, pieces, starts)
        if isinstance(found, str):
            refused.append(Refusal(edit.finding, found))
        else:
            patches += found
            done.append(edit)
    if not done:
        return Applied(data, (), tuple(refused))
    try:
        return Applied(_rewritten(data, patches), tuple(done), tuple(refused))
    except _DAMAGE:
        return refuse_all(data, edits, "@fix_damaged")


def _patches(edit: Edit, pieces: Sequence[Piece], starts: Sequence[int]) -> list[Patch] | str:
    """The ranges of pieces that the edit replaces, or why it cannot be made."""
    if any(not mark.isprintable() and mark != "\u3000" for mark in edit.text):
        return "@fix_break"
    covered = _covered(edit, pieces, starts)
    if not covered:
        return "@fix_paragraph"
    obstacle = next((piece.obstacle for piece in covered if piece.obstacle), "")
    if obstacle:
        return f"@fix_touches_{obstacle}"
    first = covered[0]
    if any((piece.part, piece.stretch) != (first.part, first.stretch) for piece in covered):
        return "@fix_crosses"
    return _spread(edit, covered)


def _covered(edit: Edit, pieces: Sequence[Piece], starts: Sequence[int]) -> list[Piece]:
    """The pieces that the edit's range is made of; none where there is a gap. An insertion belongs to what is before it."""
    index = bisect_right(starts, edit.start) - 1
    if edit.start == edit.end:
        before = [piece for piece in pieces[max(0, index - 1) : index + 1] if piece.start < edit.start <= piece.end]
        behind = [piece for piece in pieces[max(0, index) : index + 1] if piece.start == edit.start]
        return before[-1:] or behind
    covered: list[Piece] = []
    at, index = edit.start, max(0, index)
    while index < len(pieces) and at < edit.end and pieces[index].start <= at:
        if pieces[index].end > at:
            covered.append(pieces[index])
            at = pieces[index].end
        index += 1
    return covered if at >= edit.end else []


def _spread(edit: Edit, covered: Sequence[Piece]) -> list[Patch]:
    same = len(edit.text) == edit.end - edit.start
    patches: list[Patch] = []
    for number, piece in enumerate(covered):
        low, high = max(edit.start, piece.start), min(edit.end, piece.end)
        whole = "" if number else edit.text
        text = edit.text[low - edit.start : high - edit.start] if same else whole
        patches.append((piece, low - piece.start, high - piece.start, text))
    return patches


def _rewritten(data: bytes, patches: Iterable[Patch]) -> bytes:
    by_part: dict[str, list[Patch]] = {}
    for patch in patches:
        by_part.setdefault(patch[0].part, []).append(patch)
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        new.comment = old.comment
        for info in old.infolist():
            content = old.read(info)
            part = info.filename.replace("\\", "/").lstrip("/").lower()
            if part in by_part:
                content = _patched(content, by_part[part])
            new.writestr(copy(info), content, compress_type=info.compress_type)
    return out.getvalue()


def _patched(content: bytes, patches: Sequence[Patch]) -> bytes:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, strip_cdata=False)
    root = etree.fromstring(content, parser)
    texts = list(root.iter(T, _STRICT_T))
    # From the end, so that the places of the others hold.
    for piece, start, end, text in sorted(patches, key=lambda patch: (patch[0].start, patch[1]), reverse=True):
        _replace(texts[piece.index], start, end, text)
    alone = b"yes" if root.getroottree().docinfo.standalone else b"no"
    return b'<?xml version="1.0" encoding="UTF-8" standalone="%s"?>\n' % alone + etree.tostring(root, encoding="utf-8")


def _replace(element: _Element, start: int, end: int, text: str) -> None:
    old = element.text or ""
    new = old[:start] + text + old[end:]
    element.text = new
    if new != new.strip():
        element.set(_SPACE, "preserve")
