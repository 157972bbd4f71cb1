"""Word files (.docx, .docm, .dotx), read by our own walk over the OOXML.

python-docx, which is kept for writing, loses footnotes, Word's own numbering, tracked insertions, text boxes and content
controls; and it trusts its input.
"""

from __future__ import annotations

from lxml.etree import _Element

from sco_extract.model.diagnostics import Diagnostic, ReadError, Severity
from sco_extract.read.docx.emit import Emitter, NoteText
from sco_extract.read.docx.names import R_ID, SECT_PR, W
from sco_extract.read.docx.notes import NoteCalls, note_elements
from sco_extract.read.docx.numbering import Numbering
from sco_extract.read.docx.package import Package
from sco_extract.read.docx.story import Item, MarkKind, paragraphs
from sco_extract.read.docx.styles import Styles
from sco_extract.read.docx.trace import Piece, trace
from sco_extract.read.docx.walk import Walker
from sco_extract.read.layout import Layout
from sco_extract.read.limits import LIMITS, Limits

_DC_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_NOTE_PARTS: dict[MarkKind, str] = {"footnote": "footnotes", "endnote": "endnotes", "comment": "comments"}


def read_docx(data: bytes, name: str, limits: Limits) -> Layout:
    """The linear text and blocks of a Word file; ``name`` is used in messages only.

    Raises ``ReadError``: DOCX001 another format, DOCX002 damaged container, DOCX003 password, DOCX004 too large or a zip
    bomb, DOCX005 DOCTYPE or entities, DOCX006 no document inside, DOCX007 too many elements, DOCX008 malformed XML,
    DOCX009 nested too deep, DOCX010 too much text, DOCX011 no text at all. Diagnostics DOCX101 to DOCX109 say what the
    reader decided about tracked changes, hidden text, merged cells, and what it could not read.
    """
    return _Reader(Package(data, name, limits), name, limits).layout()


def trace_docx(data: bytes, name: str, limits: Limits = LIMITS) -> tuple[str, tuple[Piece, ...]]:
    """The linear text of a Word file, and the elements it came from, for who writes corrections back; raises as the reader."""
    package = Package(data, name, limits)
    reader = _Reader(package, name, limits)
    layout = reader.layout()
    return layout.source, trace(reader.origins, package.parsed(), layout.source)


class _Reader:
    """Reads one file: the optional parts once, then the stories."""

    def __init__(self, package: Package, name: str, limits: Limits) -> None:
        self._package = package
        self._name = name
        self._notices: list[Diagnostic] = []
        self._main = package.main_part()
        root = package.xml(self._main)
        body = root.find(f"{W}body") if root is not None else None
        if root is None or body is None:
            raise ReadError(
                "DOCX006", f"{name}: {self._main} is no Word document (no w:body); check that the file is a .docx"
            )
        self._root, self._body = root, body
        self._styles = Styles(self._optional("styles"))
        self._side_calls = NoteCalls(None, [])  # calls inside notes and headers have no numbers
        self._emitter = Emitter(self._note, name, limits)
        self._notes = {kind: self._note_part(kind) for kind in _NOTE_PARTS}

    @property
    def origins(self) -> tuple[tuple[int, _Element], ...]:
        """Where the text of each element begins in the layout's source."""
        return self._emitter.origins

    def layout(self) -> Layout:
        """Headers first, then the body with its notes, then footers."""
        calls = NoteCalls(self._optional("settings"), list(self._root.iter(SECT_PR)))
        walker = Walker(self._root, self._styles, self._numbering(), calls)
        body = walker.story(self._body)
        self._furniture("header")
        self._emitter.body(body, self._main)
        self._furniture("footer")
        self._emitter.count("del", walker.deleted_rows)
        self._emitter.count("object", walker.foreign_parts)
        if not self._emitter.blocks:
            raise ReadError(
                "DOCX011",
                f"{self._name}: no text inside; if its pages are pictures, make a PDF of it and run OCR first",
            )
        return Layout(
            source=self._emitter.source,
            blocks=self._emitter.blocks,
            title_hint=self._title(),
            diagnostics=(*self._notices, *self._emitter.diagnostics()),
        )

    def _numbering(self) -> Numbering:
        return Numbering(self._optional("numbering"), self._styles)

    def _optional(self, kind: str) -> _Element | None:
        """A part that a document can be read without; where it is malformed, a warning takes its place."""
        part = self._package.related(self._main, kind)
        return None if part is None else self._lenient(part)

    def _lenient(self, part: str) -> _Element | None:
        try:
            return self._package.xml(part)
        except ReadError as error:
            if error.code not in ("DOCX002", "DOCX008"):
                raise
            notice = Diagnostic("DOCX108", Severity.WARNING, f"a part was left out: {error}")
            if notice not in self._notices:
                self._notices.append(notice)
            return None

    def _note_part(self, kind: MarkKind) -> tuple[str, Walker, dict[str, _Element]] | None:
        part = self._package.related(self._main, _NOTE_PARTS[kind])
        root = self._lenient(part) if part is not None else None
        if part is None or root is None:
            return None
        walker = Walker(root, self._styles, self._numbering(), self._side_calls)
        return part, walker, note_elements(root, kind)

    def _note(self, kind: MarkKind, ref: str) -> NoteText | None:
        found = self._notes.get(kind)
        if found is None or ref not in found[2]:
            return None
        part, walker, elements = found
        return NoteText(part, walker.story(elements[ref]))

    def _furniture(self, role: str) -> None:
        """Each header or footer that a section uses, once; parts that say the same are one."""
        targets = {relation.id: relation.target for relation in self._package.relations(self._main)}
        seen_parts: set[str] = set()
        seen_texts: set[str] = set()
        for reference in self._root.iter(f"{W}{role}Reference"):
            part = targets.get(reference.get(R_ID, ""))
            if part is None or part in seen_parts:
                continue
            seen_parts.add(part)
            items = self._story(part)
            text = "\n".join(paragraph.text for paragraph in paragraphs(items))
            if text not in seen_texts:
                seen_texts.add(text)
                self._emitter.furniture(items, part, role)

    def _story(self, part: str) -> list[Item]:
        root = self._lenient(part)
        if root is None:
            return []
        return Walker(root, self._styles, self._numbering(), self._side_calls).story(root)

    def _title(self) -> str:
        part = self._package.related("", "core-properties") or "docProps/core.xml"
        root = self._lenient(part)
        title = next(root.iter(_DC_TITLE), None) if root is not None else None
        return " ".join((title.text or "").split()) if title is not None else ""
