"""Turn the elements of a page into pieces of text, in the order of the page."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

from sco_extract.model.document import BlockKind
from sco_extract.read.html.dom import Survey, walk
from sco_extract.read.html.grid import Grid, GridCell, is_data_table
from sco_extract.read.html.inline import BREAK, CALL, Inline, clean, cut_lines, preformatted
from sco_extract.read.html.lists import OpenList, open_list
from sco_extract.read.html.notes import Notes

_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "div",
    "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
    "hgroup", "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "table",
    "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
))  # fmt: skip
_HEADING = re.compile("h[1-6]")
_LISTS = frozenset(("ol", "ul", "menu"))
_BOLD = frozenset(("b", "strong"))
# A list or box of links inside the article leads to other articles: at least so many links, with this share of its text.
_LINK_BOX = frozenset(("ul", "ol", "div", "dl", "section", "p", "table"))
_LINK_BOX_COUNT = 3
_LINK_BOX_SHARE = 0.6


@dataclass(slots=True)
class Piece:
    """One block of the page to be: its text, what it is, and where it stands (``inside`` the article or not)."""

    kind: BlockKind
    text: str
    level: int = 0
    label: str = ""
    role: str = ""
    rows: list[list[GridCell]] = field(default_factory=list)
    calls: list[tuple[int, str]] = field(default_factory=list)
    note: str = ""
    inside: bool = False
    furniture: bool = False
    bold: bool = False


@dataclass(slots=True)
class _Context:
    """What the element being walked is inside of."""

    article: int = 0
    furniture: int = 0
    pre: int = 0
    bold: int = 0
    heading: int = 0
    caption: int = 0
    call: int = 0  # the mark that calls a footnote is an offset, not text
    note: list[tuple[str, str]] = field(default_factory=list)
    lists: list[OpenList] = field(default_factory=list)
    items: list[str | None] = field(default_factory=list)  # label of each open item, None once it was given


class Builder:
    """Walks one page once. ``pieces`` holds the result after :meth:`build`."""

    def __init__(self, survey: Survey, notes: Notes, article: LexborNode) -> None:
        self.pieces: list[Piece] = []
        self._survey = survey
        self._notes = notes
        self._article = article.mem_id
        self._in = _Context()
        self._text: list[str] = []
        self._calls: list[str] = []
        self._plain = 0  # characters outside bold since the last block
        self._grids: list[Grid] = []
        self._inner_tables: list[Piece] = []
        self._data_tables: set[int] = set()

    def build(self, page: LexborNode) -> list[Piece]:
        """All pieces of the page below ``page``."""
        dropped = self._survey.dropped | self._notes.backlinks
        for entering, node in walk(page, lambda node: node.mem_id in dropped):
            tag = node.tag or ""
            if tag == "-text":
                if entering and not self._in.call:
                    self._add_text(node.text_content or "")
                continue
            if tag in _BLOCKS:
                self._flush()
            if entering:
                self._enter(node, tag)
            else:
                self._leave(node, tag)
        self._flush()
        return self.pieces

    def _add_text(self, text: str) -> None:
        self._text.append(preformatted(text) if self._in.pre else clean(text))
        if not self._in.bold:
            self._plain += len(text.strip())

    def _enter(self, node: LexborNode, tag: str) -> None:
        key = node.mem_id
        self._count(node, tag, 1)
        if key in self._notes.bodies:
            self._in.note.append(self._notes.bodies[key])
        if tag == "br":
            self._text.append(BREAK)
        elif key in self._notes.calls:
            self._text.append(CALL)
            self._calls.append(self._notes.calls[key])
        elif tag in _LISTS:
            self._in.lists.append(open_list(node))
        elif tag == "li":
            self._in.items.append(self._in.lists[-1].label(node) if self._in.lists else "•")
        else:
            self._enter_table_part(node, tag)

    def _leave(self, node: LexborNode, tag: str) -> None:
        key = node.mem_id
        if tag in _LISTS:
            self._in.lists.pop()
        elif tag == "li":
            self._in.items.pop()
        else:
            self._leave_table_part(node, tag)
        if key in self._notes.bodies:
            self._in.note.pop()
        self._count(node, tag, -1)

    def _count(self, node: LexborNode, tag: str, change: int) -> None:
        inside = self._in
        inside.article += change * (node.mem_id == self._article)
        inside.furniture += change * self._is_furniture(node, tag)
        inside.pre += change * (tag == "pre")
        inside.bold += change * (tag in _BOLD)
        inside.call += change * (node.mem_id in self._notes.calls)
        inside.caption += change * (tag in ("caption", "figcaption"))
        if _HEADING.fullmatch(tag):
            inside.heading = int(tag[1]) if change > 0 else 0

    def _is_furniture(self, node: LexborNode, tag: str) -> bool:
        if node.mem_id in self._survey.furniture:
            return True
        if tag not in _LINK_BOX or node.mem_id == self._article:
            return False
        measure = self._survey.measure(node)
        return measure.links >= _LINK_BOX_COUNT and measure.linked >= _LINK_BOX_SHARE * measure.text

    def _enter_table_part(self, node: LexborNode, tag: str) -> None:
        if tag == "table" and is_data_table(node, self._survey.measure(node)):
            self._data_tables.add(node.mem_id)
            self._grids.append(Grid())
        elif self._grids and self._own_part(node, tag):
            if tag == "tr":
                self._grids[-1].start_row()
            else:
                self._grids[-1].start_cell(node)

    def _leave_table_part(self, node: LexborNode, tag: str) -> None:
        if tag == "table" and node.mem_id in self._data_tables:
            grid = self._grids.pop()
            piece = self._piece("table", Inline(""))
            piece.rows = grid.finished()
            if self._grids:
                self._inner_tables.append(piece)
            else:
                self.pieces += [piece, *self._inner_tables]
                self._inner_tables = []
        elif tag in ("td", "th") and self._grids and self._own_part(node, tag):
            self._grids[-1].cell = None

    def _own_part(self, node: LexborNode, tag: str) -> bool:
        # Rows and cells of a table that only places things belong to no grid, even inside a cell of one that does.
        if tag not in ("tr", "td", "th"):
            return False
        here = node.parent
        while here is not None and here.tag != "table":
            here = here.parent
        return here is not None and here.mem_id in self._data_tables

    def _flush(self) -> None:
        text, self._text = "".join(self._text), []
        calls, self._calls = self._calls, []
        bold, self._plain = self._plain == 0, 0
        if not text:
            return
        cell = self._grids[-1].cell if self._grids else None
        for line in cut_lines(text, whole=bool(self._in.heading) or cell is not None):
            keys, calls = calls[: len(line.calls)], calls[len(line.calls) :]
            if cell is not None:
                cell.calls += [(len(cell.lines), at, key) for at, key in zip(line.calls, keys, strict=True)]
                cell.lines.append(line.text)
                continue
            piece = self._piece("paragraph", line)
            piece.calls = list(zip(line.calls, keys, strict=True))
            piece.bold = bold
            self.pieces.append(piece)

    def _piece(self, kind: BlockKind, line: Inline) -> Piece:
        inside = self._in
        piece = Piece(kind, line.text, inside=inside.article > 0, furniture=inside.furniture > 0)
        if kind == "table":
            return piece
        if inside.note:
            piece.note, piece.label = inside.note[-1]
            piece.kind = "footnote"
            piece.text = _without_mark(line.text, piece.label) if not line.calls else line.text
        elif inside.heading:
            piece.kind, piece.level = "heading", inside.heading
        elif inside.items:
            piece.kind, piece.level = "list_item", max(1, len(inside.lists))
            piece.label, inside.items[-1] = inside.items[-1] or "", None
        if inside.caption:
            piece.role = "caption"
        return piece


def _without_mark(text: str, label: str) -> str:
    # A note that repeats its mark: [1] 见…, ①见…
    match = re.match(r"[\[［〔（(【]?\s*" + re.escape(label) + r"\s*[\]］〕）)】.．、]?\s*", text)
    return text[match.end() :] if match and match.end() < len(text) else text
