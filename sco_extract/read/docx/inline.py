"""The inside of a paragraph: runs, fields, tracked changes, notes and text boxes, as visible text and marks."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml.etree import _Element

from sco_extract.read.docx.names import (
    ALTERNATE,
    DEL,
    INS,
    MATH_TEXT,
    MOVE_FROM,
    MOVE_TO,
    P_PR,
    R_PR,
    TXBX_CONTENT,
    W_ID,
    R,
    T,
    W,
    chosen_branch,
    toggle,
)
from sco_extract.read.docx.notes import NoteCalls
from sco_extract.read.docx.story import Mark, MarkKind
from sco_extract.read.docx.styles import Style, Styles, style_id
from sco_extract.read.docx.symbols import symbol

_TAKEN: dict[str, MarkKind] = {INS: "ins", MOVE_TO: "move_to"}
_LEFT_OUT: dict[str, MarkKind] = {DEL: "del", MOVE_FROM: "move_from"}
_NOTES: dict[str, MarkKind] = {
    f"{W}footnoteReference": "footnote",
    f"{W}endnoteReference": "endnote",
    f"{W}commentReference": "comment",
}
_SIGNS = {
    f"{W}tab": "\t",
    f"{W}ptab": "\t",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "\u2011",
    f"{W}softHyphen": "",  # seen only where a line ends at it
}
_BREAK, _SYMBOL, _FIELD = f"{W}br", f"{W}sym", f"{W}fldChar"
_INSTRUCTION, _PAGE = f"{W}instrText", f"{W}lastRenderedPageBreak"
_UNREAD = frozenset({P_PR, R_PR, *(W + name for name in ("delText", "delInstrText", "rt", "rubyPr", "sdtPr", "tblPr"))})
# Text that lies in other parts, in languages of its own: charts, SmartArt, embedded documents.
_OBJECTS = frozenset(
    {
        "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart",
        "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds",
        f"{W}subDoc",
    }
)
_LINE_ENDS = str.maketrans("\r\n", "  ")  # inside w:t they are white space, not line breaks
_MAX_INSTRUCTION = 200  # code points of a field's code; only its first word is looked at


@dataclass(slots=True)
class Field:
    """A complex field that is open: ``code`` until its result begins; ``toc`` is its number where it is a contents list."""

    code: bool = True
    instruction: str = ""
    toc: int = 0


class Fields:
    """The open fields of one story (they may span paragraphs) and the contents lists that came to an end.

    What is asked for each piece of text is kept as counts, so that a hostile pile of open fields costs nothing.
    """

    def __init__(self) -> None:
        self._stack: list[Field] = []
        self._codes = 0  # open fields whose result has not begun
        self._tocs: list[int] = []  # open contents lists
        self._last_toc = 0
        self.closed_tocs: set[int] = set()

    def mark(self, kind: str) -> None:
        """A ``w:fldChar``: begin, separate or end."""
        if kind == "begin":
            self._stack.append(Field())
            self._codes += 1
        elif kind == "separate" and self._stack:
            self._begin_result(self._stack[-1])
        elif kind == "end" and self._stack:
            ended = self._stack.pop()
            self._codes -= ended.code
            if ended.toc:
                self._tocs.pop()
                self.closed_tocs.add(ended.toc)

    def _begin_result(self, top: Field) -> None:
        self._codes -= top.code
        top.code = False
        if not top.toc and top.instruction.split(maxsplit=1)[:1] == ["TOC"]:
            self._last_toc += 1
            top.toc = self._last_toc
            self._tocs.append(top.toc)

    def instruct(self, text: str) -> None:
        """A piece of the code of the innermost field."""
        if self._stack and len(self._stack[-1].instruction) < _MAX_INSTRUCTION:
            self._stack[-1].instruction += text[:_MAX_INSTRUCTION]

    def end_paragraph(self) -> None:
        """A code does not run on into the next paragraph: the result of a broken field would be lost with it."""
        while self._codes:
            dropped = self._stack.pop()
            self._codes -= dropped.code
            if dropped.toc:
                self._tocs.pop()

    @property
    def in_code(self) -> bool:
        """Whether what comes now is code of a field, not its result."""
        return self._codes > 0

    @property
    def toc(self) -> int:
        """The contents list that what comes now stands in, 0 for none."""
        return self._tocs[0] if self._tocs else 0


@dataclass(slots=True)
class Content:
    """What was read of a paragraph so far; a paragraph whose mark is deleted goes on in the next one's content."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    marks: list[Mark] = field(default_factory=list)
    boxes: list[_Element] = field(default_factory=list)
    toc: int = 0
    origins: list[tuple[int, _Element]] = field(default_factory=list)

    def add(self, text: str, element: _Element) -> None:
        """Append the visible text of ``element``."""
        self.origins.append((self.length, element))
        self.parts.append(text)
        self.length += len(text)


@dataclass(frozen=True, slots=True)
class _Close:
    """On the stack of the walk: here an element that began at ``start`` ends."""

    kind: MarkKind
    start: int


class InlineReader:
    """Reads the content of one paragraph after the other of a story."""

    def __init__(self, styles: Styles, calls: NoteCalls, fields: Fields) -> None:
        self._styles = styles
        self._calls = calls
        self._fields = fields
        self._content = Content()
        self._hidden = False
        self._style_hides = False

    def read(self, paragraph: _Element, style: Style, content: Content) -> None:
        """Add what ``paragraph`` shows to ``content``."""
        self._content, self._hidden, self._style_hides = content, False, style.hidden is True
        content.toc = content.toc or self._fields.toc
        stack: list[_Element | _Close] = list(reversed(paragraph))
        while stack:
            item = stack.pop()
            if isinstance(item, _Close):
                self._close(item)
            elif isinstance(item.tag, str) and item.tag not in _UNREAD:
                self._element(item, item.tag, stack)
        self._fields.end_paragraph()

    def _close(self, item: _Close) -> None:
        if item.kind == "hidden":
            self._hidden = False
        else:
            self._content.marks.append(Mark(item.kind, item.start, self._content.length))

    def _element(self, element: _Element, tag: str, stack: list[_Element | _Close]) -> None:
        if tag in (T, MATH_TEXT):
            self._text((element.text or "").translate(_LINE_ENDS), element)
        elif tag in _SIGNS or tag in (_BREAK, _SYMBOL):
            self._text(_sign(element, tag), element)
        elif tag in _NOTES:
            self._note(element, _NOTES[tag])
        elif tag in (_FIELD, _INSTRUCTION):
            self._field(element, tag)
        elif tag in _LEFT_OUT:
            self._mark(_LEFT_OUT[tag])
        elif tag == TXBX_CONTENT:
            if not self._hidden:
                self._content.boxes.append(element)
        elif tag == _PAGE:
            self._calls.next_page()
        elif tag == ALTERNATE:
            branch = chosen_branch(element)
            stack.extend(reversed(branch) if branch is not None else ())
        else:
            self._open(element, tag, stack)

    def _open(self, element: _Element, tag: str, stack: list[_Element | _Close]) -> None:
        """An element with content of its own, or a wrapper that only holds some."""
        if tag in _TAKEN:
            stack.append(_Close(_TAKEN[tag], self._content.length))
        elif tag == R and not self._hidden and self._run_hidden(element):
            self._hidden = True
            stack.append(_Close("hidden", self._content.length))
        elif tag in _OBJECTS:
            self._mark("object")
        stack.extend(reversed(element))

    def _text(self, text: str, element: _Element) -> None:
        if not text or self._fields.in_code:
            return
        if self._hidden:
            self._mark("hidden")
            return
        self._content.add(text, element)
        self._content.toc = self._content.toc or self._fields.toc

    def _mark(self, kind: MarkKind, ref: str = "", label: str = "") -> None:
        at = self._content.length
        self._content.marks.append(Mark(kind, at, at, ref, label))

    def _note(self, element: _Element, kind: MarkKind) -> None:
        if self._hidden or self._fields.in_code:
            return
        self._mark(kind, element.get(W_ID, ""), self._calls.label(kind, element))

    def _field(self, element: _Element, tag: str) -> None:
        if tag == _FIELD:
            self._fields.mark(element.get(f"{W}fldCharType", ""))
        else:
            self._fields.instruct(element.text or "")

    def _run_hidden(self, run: _Element) -> bool:
        """Whether a run is hidden: by itself, else by its character style, else by its paragraph's style."""
        properties = run.find(R_PR)
        if properties is None:
            return self._style_hides
        own = toggle(properties, "vanish")
        if own is not None:
            return own
        named = style_id(properties, "rStyle")
        by_style = self._styles.get(named).hidden if named is not None else None
        return self._style_hides if by_style is None else by_style


def _sign(element: _Element, tag: str) -> str:
    if tag == _BREAK:
        return "\n" if element.get(f"{W}type", "textWrapping") == "textWrapping" else ""
    if tag == _SYMBOL:
        return symbol(element.get(f"{W}char", ""), element.get(f"{W}font", ""))
    parent = element.getparent()
    if parent is not None and parent.tag != R:  # w:tab is also a tab stop, in properties
        return ""
    return _SIGNS[tag]
