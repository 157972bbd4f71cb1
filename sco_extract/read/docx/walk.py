"""The walk over a Word part: block-level elements in document order, with merged cells and deleted paragraph marks."""

from __future__ import annotations

from dataclasses import dataclass, replace

from lxml.etree import _Element

from sco_extract.model.document import BlockKind
from sco_extract.read.docx.inline import Content, Fields, InlineReader
from sco_extract.read.docx.names import (
    P_PR,
    R_PR,
    SDT,
    SECT_PR,
    TBL,
    TC,
    TC_PR,
    TR,
    TR_PR,
    P,
    T,
    W,
    children,
    number,
    value,
)
from sco_extract.read.docx.notes import NoteCalls
from sco_extract.read.docx.numbering import Label, Numbering
from sco_extract.read.docx.story import GridCell, Item, Mark, Paragraph, Table, paragraphs
from sco_extract.read.docx.styles import Style, Styles, style_id

_MAX_SPAN = 1_000  # columns of a merged cell; Word allows 63 in a row


@dataclass(frozen=True, slots=True)
class _Open:
    """A paragraph that goes on because its mark is deleted: what it says, and the ``w:p`` it began with."""

    content: Content
    first: _Element


class Walker:
    """Walks the stories of one part; labels and note numbers are counted in the order of the calls."""

    def __init__(self, root: _Element, styles: Styles, numbering: Numbering, calls: NoteCalls) -> None:
        self._styles = styles
        self._numbering = numbering
        self._calls = calls
        self._index = {element: at for at, element in enumerate(root.iter(P))}
        self._in_toc = _contents_lists(root)
        self.deleted_rows = 0
        self.foreign_parts = sum(1 for _ in root.iter(f"{W}altChunk"))

    def story(self, container: _Element) -> list[Item]:
        """The paragraphs and tables of a body, header, note or text box, with fields of their own."""
        fields = Fields()
        items = self._items(container, fields)
        return _settle(items, fields.closed_tocs)

    def _items(self, container: _Element, fields: Fields) -> list[Item]:
        items: list[Item] = []
        reader = InlineReader(self._styles, self._calls, fields)
        pending: _Open | None = None
        for element in children(container, (P, TBL)):
            if element.tag == TBL:
                if pending is not None:
                    items.append(self._paragraph(pending.first, pending))
                    pending = None
                items.append(self._table(element, fields))
                continue
            current = pending or _Open(Content(), element)
            before = current.content.length
            properties = element.find(P_PR)
            reader.read(element, self._styles.get(style_id(properties, "pStyle")), current.content)
            if _mark_deleted(properties):
                pending = current
            else:
                kept = element if current.content.length > before or not before else current.first
                items.append(self._paragraph(kept, current))
                pending = None
            if properties is not None and properties.find(SECT_PR) is not None:
                self._calls.next_section()
        if pending is not None:
            items.append(self._paragraph(pending.first, pending))
        return items

    def _paragraph(self, element: _Element, read: _Open) -> Paragraph:
        """``element`` gives the properties; where paragraphs were merged that is the last one with text, as in Word."""
        properties = element.find(P_PR)
        style = self._styles.get(style_id(properties, "pStyle"))
        label = self._numbering.label(properties, style)
        kind, level, role = _classify(properties, style, label)
        if style.toc or read.first in self._in_toc:
            kind, level, role = "furniture", 0, "toc"
        content = read.content
        return Paragraph(
            text="".join(content.parts),
            marks=tuple(content.marks),
            boxes=tuple(tuple(self.story(box)) for box in content.boxes),
            kind=kind,
            level=level,
            label=label.text if label is not None else "",
            role=role,
            index=self._index.get(read.first, 0),
            toc_field=content.toc,
            origins=tuple(content.origins),
        )

    def _table(self, table: _Element, fields: Fields) -> Table:
        rows: list[tuple[GridCell, ...]] = []
        merging: dict[int, GridCell] = {}
        for row in children(table, (TR,)):
            properties = row.find(TR_PR)
            if properties is not None and properties.find(f"{W}del") is not None:
                self.deleted_rows += 1
                continue
            column = number(value(properties, "gridBefore"), 0, low=0, high=_MAX_SPAN)
            cells, merging = self._row(row, (len(rows), column), merging, fields)
            rows.append(cells)
        first = next(table.iter(P), None)
        return Table(tuple(rows), self._index.get(first, 0) if first is not None else 0)

    def _row(
        self, row: _Element, place: tuple[int, int], merging: dict[int, GridCell], fields: Fields
    ) -> tuple[tuple[GridCell, ...], dict[int, GridCell]]:
        """The cells that start in this row, and the vertical merges that may go on below, by their first column."""
        at, column = place
        cells: list[GridCell] = []
        going_on: dict[int, GridCell] = {}
        for element in children(row, (TC,)):
            properties = element.find(TC_PR)
            width = number(value(properties, "gridSpan"), 1, low=1, high=_MAX_SPAN)
            vertical = _merge(properties, "vMerge")
            owner = merging.get(column) if vertical == "continue" else None
            if _merge(properties, "hMerge") == "continue" and cells:
                cells[-1].column_span += width
                self._absorb(cells[-1], element, fields)
            elif owner is not None:
                owner.row_span = at - owner.row + 1
                going_on[column] = owner
                self._absorb(owner, element, fields)
            else:
                cell = GridCell(at, column, 1, width, self._items(element, fields))
                cells.append(cell)
                if vertical:
                    going_on[column] = cell
            column += width
        return tuple(cells), going_on

    def _absorb(self, owner: GridCell, part: _Element, fields: Fields) -> None:
        """A merged-away cell is empty when Word wrote it; what another program left there is kept once, and said."""
        if not any(text.text and text.text.strip() for text in part.iter(T)):
            return
        if not owner.texts:
            owner.texts.add(_text_of(owner.items))
        items = self._items(part, fields)
        text = _text_of(items)
        if text in owner.texts:
            return
        owner.texts.add(text)
        at = next((i for i, item in enumerate(items) if isinstance(item, Paragraph)), None)
        if at is not None:
            first = items[at]
            assert isinstance(first, Paragraph)
            items[at] = replace(first, marks=(*first.marks, Mark("merged", 0, len(first.text))))
        owner.items.extend(items)


def _text_of(items: list[Item]) -> str:
    return "\n".join(one.text.strip() for one in paragraphs(items))


def _merge(properties: _Element | None, name: str) -> str:
    """``restart``, ``continue`` (also where no value is given) or ``""`` for a cell that is not merged."""
    if properties is None or properties.find(W + name) is None:
        return ""
    return "restart" if value(properties, name) == "restart" else "continue"


def _mark_deleted(properties: _Element | None) -> bool:
    """Whether a tracked change removes the paragraph mark, so that the next paragraph goes on here."""
    run = properties.find(R_PR) if properties is not None else None
    return run is not None and (run.find(f"{W}del") is not None or run.find(f"{W}moveFrom") is not None)


def _classify(properties: _Element | None, style: Style, label: Label | None) -> tuple[BlockKind, int, str]:
    """Kind, level and role of a paragraph by its outline level, its style and its label."""
    own = value(properties, "outlineLvl")
    outline = number(own, 9)
    level = style.level if own is None else outline + 1 if 0 <= outline < 9 else 0
    if style.title:
        return "heading", 1, "title"
    if level:
        return "heading", level, ""
    if label is not None and label.text:
        return "list_item", label.level + 1, ""
    return "paragraph", 0, "caption" if style.caption else ""


def _contents_lists(root: _Element) -> set[_Element]:
    """The paragraphs inside content controls that Word made for a table of contents."""
    found: set[_Element] = set()
    for control in root.iter(SDT):
        if control in found:
            continue
        gallery = control.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
        if gallery is not None and gallery.get(f"{W}val", "").lower() == "table of contents":
            found.update(control.iter(SDT, P))
    return found


def _settle(items: list[Item], closed: set[int]) -> list[Item]:
    """With the paragraphs of contents-list fields that came to an end as furniture; an endless field is a broken file."""
    settled: list[Item] = []
    for item in items:
        if isinstance(item, Paragraph) and item.toc_field in closed:
            settled.append(replace(item, kind="furniture", level=0, role="toc"))
        else:
            settled.append(item)
    return settled
