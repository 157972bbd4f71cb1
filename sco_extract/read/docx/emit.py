"""Stories as linear text and blocks: what is called (notes, text boxes, nested tables) comes after what calls it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from lxml.etree import _Element

from sco_extract.model.diagnostics import Diagnostic, ReadError, Severity
from sco_extract.model.document import Anchor, Block, BlockKind, Cell
from sco_extract.model.span import Span
from sco_extract.read.docx.story import NOTE_KINDS, GridCell, Item, Mark, MarkKind, Paragraph, Table, paragraphs
from sco_extract.read.layout import LinearText
from sco_extract.read.limits import Limits

_MESSAGES: dict[MarkKind, tuple[str, Severity, str]] = {
    "ins": ("DOCX101", Severity.INFO, "tracked insertions taken as text: {count}, first here"),
    "del": ("DOCX102", Severity.INFO, "tracked deletions left out: {count}, first here"),
    "move_to": ("DOCX103", Severity.INFO, "tracked moves read at their new place: {count}, first here"),
    "move_from": ("DOCX104", Severity.INFO, "tracked moves left out at their old place: {count}, first here"),
    "hidden": ("DOCX105", Severity.INFO, "pieces of hidden text left out: {count}, first here"),
    "merged": (
        "DOCX106",
        Severity.WARNING,
        "texts in merged-away cells, added to the merged cell: {count}, first here",
    ),
    "object": ("DOCX107", Severity.WARNING, "charts, diagrams or embedded documents not read: {count}, first here"),
}


@dataclass(frozen=True, slots=True)
class NoteText:
    """The content of a footnote, endnote or comment, and the part it stands in."""

    part: str
    items: list[Item]


@dataclass(slots=True)
class _Tally:
    count: int = 0
    first: Span | None = None


@dataclass(frozen=True, slots=True)
class _Place:
    """The story being written: its part, and the role that all its blocks share (``text_box``, ``header``)."""

    part: str
    role: str = ""
    furniture: bool = False


@dataclass(slots=True)
class _Calls:
    """What a block calls, to be written after it: marks of notes with their offset in the source, and text boxes."""

    notes: list[tuple[Mark, int]] = field(default_factory=list)
    boxes: list[tuple[Item, ...]] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)


class Emitter:
    """Writes items in reading order; each note once, however often it is called."""

    def __init__(self, notes: Callable[[MarkKind, str], NoteText | None], name: str, limits: Limits) -> None:
        self._notes = notes
        self._name = name
        self._limits = limits
        self._text = LinearText()
        self._blocks: list[Block] = []
        self._tallies: dict[MarkKind, _Tally] = {kind: _Tally() for kind in _MESSAGES}
        self._seen: set[tuple[MarkKind, str]] = set()
        self._origins: list[tuple[int, _Element]] = []

    @property
    def source(self) -> str:
        """The linear text so far."""
        return self._text.text()

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks so far, in reading order."""
        return tuple(self._blocks)

    @property
    def origins(self) -> tuple[tuple[int, _Element], ...]:
        """Where in the linear text the text of each element begins; in a note, that may be before the note's own text."""
        return tuple(self._origins)

    def count(self, kind: MarkKind, times: int) -> None:
        """Add what has no place in the text (deleted rows) to the tally of ``kind``."""
        self._tallies[kind].count += times

    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """One diagnostic for each kind of decision that was made, with its count and first place."""
        return tuple(
            Diagnostic(code, severity, message.format(count=self._tallies[kind].count), self._tallies[kind].first)
            for kind, (code, severity, message) in _MESSAGES.items()
            if self._tallies[kind].count
        )

    def body(self, items: list[Item], part: str) -> None:
        """Write the main story."""
        self._items(items, _Place(part))

    def furniture(self, items: list[Item], part: str, role: str) -> None:
        """Write a header or footer: each paragraph a block, those of its tables too."""
        self._items(list(paragraphs(items)), _Place(part, role, furniture=True))

    def _items(self, items: list[Item] | tuple[Item, ...], place: _Place) -> None:
        for item in items:
            if isinstance(item, Table):
                self._table(item, place)
            else:
                self._paragraph(item, place)

    def _paragraph(self, paragraph: Paragraph, place: _Place) -> None:
        span = Span(self._text.length, self._text.length) if paragraph.blank else self._add(paragraph.text)
        if not paragraph.blank:
            furniture = place.furniture or paragraph.kind == "furniture"
            kind: BlockKind = "furniture" if furniture else paragraph.kind
            level = 0 if furniture else paragraph.level
            role = place.role or paragraph.role
            anchor = Anchor(place.part, paragraph.index)
            self._blocks.append(Block(kind, span, level, paragraph.label, role, anchor=anchor))
        calls = _Calls()
        self._collect(paragraph, span.start, calls)
        self._follow(calls, place)

    def _table(self, table: Table, place: _Place) -> None:
        if place.furniture:
            self._items(list(paragraphs([table])), place)
            return
        calls = _Calls()
        if _holds_text(table):
            rows = tuple(tuple(self._cell(cell, calls) for cell in row) for row in table.rows)
            spans = [cell.span for row in rows for cell in row]
            span = Span(spans[0].start, spans[-1].end)
            self._blocks.append(
                Block("table", span, role=place.role, rows=rows, anchor=Anchor(place.part, table.index))
            )
        else:
            for paragraph in paragraphs([table]):
                self._collect(paragraph, self._text.length, calls)
            calls.tables.extend(_nested(table))
        self._follow(calls, place)

    def _cell(self, cell: GridCell, calls: _Calls) -> Cell:
        own = [item for item in cell.items if isinstance(item, Paragraph)]
        calls.tables.extend(item for item in cell.items if isinstance(item, Table))
        start, texts, labels = self._text.length, [], []
        at = start
        for paragraph in own:
            self._collect(paragraph, at, calls)
            if not paragraph.blank:
                texts.append(paragraph.text)
                at += len(paragraph.text) + 1
            if not paragraph.blank or paragraph.label:
                labels.append(paragraph.label)
        label = "\n".join(labels).rstrip("\n")
        return Cell(self._add("\n".join(texts)), cell.row, cell.column, cell.row_span, cell.column_span, label)

    def _add(self, text: str) -> Span:
        if self._text.length + len(text) > self._limits.max_characters:
            raise ReadError(
                "DOCX010",
                f"{self._name}: more than {self._limits.max_characters:,} characters; split the document or raise the limit",
            )
        return self._text.add(text)

    def _collect(self, paragraph: Paragraph, base: int, calls: _Calls) -> None:
        """Note what a paragraph calls and count what was decided in it; ``base`` is where its text begins."""
        for mark in paragraph.marks:
            start, end = (base, base) if paragraph.blank else (base + mark.start, base + mark.end)
            if mark.kind in NOTE_KINDS:
                calls.notes.append((mark, start))
                continue
            tally = self._tallies[mark.kind]
            tally.count += 1
            tally.first = tally.first or Span(start, end)
        calls.boxes.extend(paragraph.boxes)
        if not paragraph.blank:
            self._origins.extend((base + at, element) for at, element in paragraph.origins)

    def _follow(self, calls: _Calls, place: _Place) -> None:
        for mark, reference in calls.notes:
            self._note(mark, reference)
        for box in calls.boxes:
            self._items(box, place if place.furniture else _Place(place.part, "text_box"))
        for table in calls.tables:
            self._table(table, place)

    def _note(self, mark: Mark, reference: int) -> None:
        if (mark.kind, mark.ref) in self._seen:
            return
        self._seen.add((mark.kind, mark.ref))
        note = self._notes(mark.kind, mark.ref)
        if note is None:
            return
        own = list(paragraphs(note.items))
        calls = _Calls()
        texts: list[str] = []
        at = self._text.length
        for paragraph in own:
            stripped = paragraph.text.lstrip()
            self._collect(paragraph, at - len(paragraph.text) + len(stripped), calls)
            if stripped:
                texts.append(stripped)
                at += len(stripped) + 1
        if texts:
            comment = mark.kind == "comment"
            role = "" if mark.kind == "footnote" else mark.kind
            anchor = Anchor(note.part, own[0].index)
            span = self._add("\n".join(texts))
            kind: BlockKind = "furniture" if comment else "footnote"
            self._blocks.append(Block(kind, span, 0, mark.label, role, anchor=anchor, reference=reference))
        self._follow(calls, _Place(note.part, mark.kind, furniture=mark.kind == "comment"))


def _holds_text(table: Table) -> bool:
    """Whether a cell shows something; nested tables are written on their own."""
    return any(
        isinstance(item, Paragraph) and (not item.blank or item.label)
        for row in table.rows
        for cell in row
        for item in cell.items
    )


def _nested(table: Table) -> list[Table]:
    return [item for row in table.rows for cell in row for item in cell.items if isinstance(item, Table)]
