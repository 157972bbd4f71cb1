"""From the linear text of a Word file back to the elements it came from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lxml.etree import _Element

from sco_extract.read.docx.names import ALTERNATE, DEL, INS, MATH_TEXT, MOVE_FROM, MOVE_TO, SDT, P, T, W

_FIELD, _SIMPLE_FIELD = f"{W}fldChar", f"{W}fldSimple"
_TRACKED = (INS, MOVE_TO, DEL, MOVE_FROM)
_BARRIERS = frozenset({P, _FIELD, _SIMPLE_FIELD, *_TRACKED})
_INSIDE = {
    **dict.fromkeys(_TRACKED, "tracked"),
    _SIMPLE_FIELD: "field",
    ALTERNATE: "twice",  # a shape, for new and for old programs
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A range of the linear text that came from one element.

    ``index`` is that of the ``w:t`` among those of its ``part`` (the name in small letters). Text may be written back over
    neighboring pieces of the same ``stretch``: no paragraph, field or tracked change begins or ends between them.
    ``obstacle`` says why this piece must be left alone: ``tracked`` change, ``field``, ``formula``, ``sign`` (a tab, a break, a
    symbol), stored ``twice``, ``bound`` (filled from elsewhere), not shown as it is ``stored``; empty where it need not be.
    """

    start: int
    end: int
    part: str
    index: int
    stretch: int
    obstacle: str


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of an element by its place in its part."""

    part: str
    index: int
    stretch: int
    in_field: bool


def trace(origins: Sequence[tuple[int, _Element]], parts: Mapping[str, _Element], source: str) -> tuple[Piece, ...]:
    """The pieces of ``source``, in its order; where its text is not that of the element, the obstacle says so."""
    known = _survey(parts)
    pieces = []
    for start, element in sorted(origins, key=lambda pair: pair[0]):
        at = known.get(element)
        if at is None:
            continue
        text = element.text or "" if element.tag in (T, MATH_TEXT) else ""
        end = start + max(len(text), 1)
        obstacle = _obstacle(element, at)
        if not obstacle and (start < 0 or "".join(source[start:end].split()) != "".join(text.split())):
            obstacle = "stored"
        pieces.append(Piece(max(start, 0), end, at.part, at.index, at.stretch, obstacle))
    return tuple(pieces)


def _survey(parts: Mapping[str, _Element]) -> dict[_Element, _Known]:
    """Every element that can hold text, with the number of barriers before it."""
    known: dict[_Element, _Known] = {}
    for part, root in parts.items():
        texts = stretch = depth = 0
        for element in root.iter():
            tag = element.tag
            if tag in _BARRIERS:
                stretch += 1
                if tag == _FIELD:
                    depth += {"begin": 1, "end": -1}.get(element.get(f"{W}fldCharType", ""), 0)
            known[element] = _Known(part, texts if tag == T else -1, stretch, depth > 0)
            texts += tag == T
    return known


def _obstacle(element: _Element, at: _Known) -> str:
    if element.tag != T:
        return "formula" if element.tag == MATH_TEXT else "sign"
    if at.in_field:
        return "field"
    for ancestor in element.iterancestors():
        if ancestor.tag in _INSIDE:
            return _INSIDE[ancestor.tag]
        if ancestor.tag == SDT and ancestor.find(f"{W}sdtPr/{W}dataBinding") is not None:
            return "bound"
    return ""
