"""On which page each heading will probably stand: the numbers that contents show until Word counts them itself (F9).

Nobody but a word processor knows the pages. This counts lines by the width of their characters and heights by the styles of
``gbt9704``; after sixty pages it is about one page off, and with a template it may be more.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from lxml import etree

from sco_extract.write.report_docx import form
from sco_extract.write.report_docx.house import House
from sco_extract.write.wording import width

# English Metric Units of a picture's size in a point.
_EMU_PER_POINT = 12700
_NOTE_RULE = 12.0  # points of the rule above the footnotes of a page, and of the space around it
_CELL_PADDING = 170  # twips: left and right margin of a cell
_ROW_PADDING = 1.0  # points: the rule between two rows
_NEXT_LINES = 2  # lines that a heading keeps with itself
_KEPT = frozenset({"attachment_first", "attachment", "signature"})


@dataclass(frozen=True, slots=True)
class _Type:
    """How a style is set, in points: line, space before and after, character; ``first`` characters of indent."""

    line: float
    edges: float
    size: float
    first: int = 0
    left: float = 0.0
    heading: bool = False


_TEXT = form.CHARACTER / form.TWIPS_PER_POINT
_BODY = _Type(form.LINE, 0, _TEXT, 2)
_TYPES: Mapping[str, _Type] = {
    "title": _Type(form.TITLE_LINE, 0, form.TITLE),
    "heading1": _Type(form.LINE, 0, _TEXT, 2, heading=True),
    "heading2": _Type(form.LINE, 0, _TEXT, 2, heading=True),
    "attachment_first": _Type(form.LINE, form.LINE, _TEXT, left=90),
    "attachment": _Type(form.LINE, 0, _TEXT, left=90),
    "signature": _Type(form.LINE, form.LINE, _TEXT),
    "annex": _Type(form.LINE, 14, _TEXT, heading=True),
    "annex_title": _Type(form.TITLE_LINE, 14, form.TITLE, heading=True),
    "caption": _Type(18, 10, 12, heading=True),
    "figure_note": _Type(form.TABLE_LINE, 6, form.TABLE),
    "sources": _Type(form.LINE, 12, 12, heading=True),
    "source": _Type(form.NOTE_LINE, 0, form.NOTE, left=21),
    "table_head": _Type(form.TABLE_LINE, 4, form.TABLE),
    "table_text": _Type(form.TABLE_LINE, 0, form.TABLE),
    "toc1": _Type(form.CONTENTS_LINE, 0, form.NUMBER),
    "contents": _Type(form.LINE, 20, _TEXT),
    "spacer": _Type(6, 0, 1),
}


@dataclass(slots=True)
class _Run:
    """Where the writing stands: page, points used on it, points a page holds, points of a line."""

    high: float
    wide: float
    page: int = 1
    used: float = 0.0
    anchors: dict[str, int] = field(default_factory=dict)

    noted: bool = False  # the page has footnotes
    kept: float = 0.0  # points that wait for what they are kept with
    waiting: list[str] = field(default_factory=list)  # bookmarks in them

    def new_page(self) -> None:
        """Go on at the top of the next page; one that is empty stays."""
        self._settle(0.0)
        if self.used:
            self._turn_page()

    def keep(self, points: float, marks: Iterable[str]) -> None:
        """Something that stays with what follows it."""
        self.kept += points
        self.waiting += marks

    def flow(self, lines: Sequence[float], notes: Mapping[int, float], marks: Iterable[str] = ()) -> None:
        """Lines that may be parted, but for the first two and the last two; a line brings its notes to its page."""
        heights = [line + notes.get(index, 0.0) for index, line in enumerate(lines)]
        ends = _NEXT_LINES if len(heights) > _NEXT_LINES + 1 else len(heights)
        groups = [
            heights[:ends],
            *([height] for height in heights[ends:-_NEXT_LINES]),
            heights[max(ends, len(heights) - _NEXT_LINES) :],
        ]
        self._settle(sum(groups[0]))
        self.anchors |= dict.fromkeys(marks, self.page)
        for group in groups:
            rule = _NOTE_RULE if notes and not self.noted else 0.0
            if self.used and self.used + sum(group) + rule > self.high:
                self._turn_page()
            self.used += sum(group) + rule
            self.noted = self.noted or bool(notes)

    def whole(self, points: float, again: float = 0.0, room: float = 0.0) -> None:
        """Something that is not cut and wants ``room`` after itself; on a new page ``again`` stands before it."""
        self._settle(points + room)
        if self.used and self.used + points + room > self.high:
            self._turn_page(again)
        self.used += points

    def _turn_page(self, used: float = 0.0) -> None:
        self.page, self.used, self.noted = self.page + 1, used, False

    def _settle(self, room: float) -> None:
        """Place what waited, with ``room`` after it on the same page."""
        if self.kept and self.used and self.used + self.kept + room > self.high:
            self._turn_page()
        self.used += self.kept
        self.anchors |= dict.fromkeys(self.waiting, self.page)
        self.kept, self.waiting = 0.0, []


def estimate(house: House, notes: Sequence[str], entries: Iterable[str], before: BaseOxmlElement) -> dict[str, int]:
    """Pages by bookmark; ``entries`` of the contents will stand in front of the paragraph ``before``."""
    roles = {style: role for role, style in reversed(tuple(house.styles.items()))}
    page = house.page
    run = _Run(_points(page.text_height), _points(page.text_width))
    for element in house.word.element.body:
        if element is before:
            _contents(run, entries)
        if element.tag == qn("w:tbl"):
            _table(run, element)
        elif element.tag == qn("w:p"):
            _paragraph(run, element, roles, notes)
            if (turned := element.find(f"{qn('w:pPr')}/{qn('w:sectPr')}")) is not None:
                _turn(run, house, turned)
    run.new_page()
    return run.anchors


def _points(millimetres: float) -> float:
    return millimetres / 25.4 * 72


def _turn(run: _Run, house: House, ended: BaseOxmlElement) -> None:
    """A section ended: the next one lies the other way."""
    size = ended.find(qn("w:pgSz"))
    lies = size is not None and size.get(qn("w:orient")) == "landscape"
    page = house.page if lies else house.landscape
    run.new_page()
    run.high, run.wide = _points(page.text_height), _points(page.text_width)


def _contents(run: _Run, entries: Iterable[str]) -> None:
    run.whole(_TYPES["contents"].line + _TYPES["contents"].edges)
    for entry in entries:
        run.whole(_lines(entry, _TYPES["toc1"], run.wide - 2 * form.NUMBER) * form.CONTENTS_LINE)


def _paragraph(run: _Run, element: BaseOxmlElement, roles: Mapping[str, str], texts: Sequence[str]) -> None:
    properties = element.find(qn("w:pPr"))
    style = None if properties is None else properties.find(qn("w:pStyle"))
    role = "body" if style is None else roles.get(style.get(qn("w:val"), ""), "body")
    if role == "annex" or (properties is not None and properties.find(qn("w:pageBreakBefore")) is not None):
        run.new_page()
    kind = _TYPES.get(role, _BODY if role == "body" else _Type(form.LINE, 0, _TEXT))
    count = _lines(_text(element), kind, run.wide)
    notes = _notes_by_line(element, kind, run.wide, texts)
    points = count * kind.line + kind.edges + sum(notes.values())
    points += sum(int(extent.get("cy", "0")) / _EMU_PER_POINT for extent in element.iter(qn("wp:extent")))
    marks = [mark.get(qn("w:name"), "") for mark in element.iter(qn("w:bookmarkStart"))]
    if kind.heading or role in _KEPT or (properties is not None and properties.find(qn("w:keepNext")) is not None):
        run.keep(points, marks)
    elif role == "figure":
        run.whole(points)
    else:
        run.flow([kind.line + kind.edges, *[kind.line] * (count - 1)], notes, marks)


def _notes_by_line(element: BaseOxmlElement, kind: _Type, wide: float, texts: Sequence[str]) -> dict[int, float]:
    """Points of the footnotes that each line of a paragraph calls."""
    small = _Type(form.NOTE_LINE, 0, form.NOTE)
    before, heights = "", dict[int, float]()
    for piece in element.iter(qn("w:t"), qn("w:footnoteReference")):
        if piece.tag == qn("w:t"):
            before += piece.text or ""
            continue
        line = _lines(before, kind, wide) - 1
        note = texts[int(piece.get(qn("w:id"), "1")) - 1]
        heights[line] = heights.get(line, 0.0) + _lines(note, small, wide) * form.NOTE_LINE
    return heights


def _table(run: _Run, element: BaseOxmlElement) -> None:
    wide = [int(column.get(qn("w:w"), "0")) for column in element.iter(qn("w:gridCol"))]
    head = 0.0
    for index, row in enumerate(element.iterchildren(qn("w:tr"))):
        kind = _TYPES["table_text" if index else "table_head"]
        cells = zip(row.iterchildren(qn("w:tc")), wide, strict=False)
        height = max((_cell(cell, kind, twips) for cell, twips in cells), default=0.0)
        head = head or height
        run.whole(height, again=head, room=0.0 if index else 2 * kind.line)


def _cell(cell: etree._Element, kind: _Type, twips: int) -> float:
    room = (twips - _CELL_PADDING) / form.TWIPS_PER_POINT - kind.size / 2  # marks and numbers that may not be parted
    lines = sum(_lines(_text(paragraph), kind, room) for paragraph in cell.iterchildren(qn("w:p")))
    return lines * kind.line + kind.edges + _ROW_PADDING


def _text(element: etree._Element) -> str:
    return "".join(text.text or "" for text in element.iter(qn("w:t")))


def _lines(text: str, kind: _Type, wide: float) -> int:
    """Lines of a paragraph; at least one."""
    characters = max((wide - kind.left) / kind.size, 1.0)
    return max(math.ceil((width(text) + kind.first) / characters), 1)
