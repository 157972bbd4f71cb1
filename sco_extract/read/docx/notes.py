"""Footnotes, endnotes and comments: how a call is numbered, and where the text of a note stands."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import takewhile

from lxml.etree import _Element

from sco_extract.read.docx.formats import format_number
from sco_extract.read.docx.names import W_ID, T, W, number, value
from sco_extract.read.docx.story import MarkKind


@dataclass(frozen=True, slots=True)
class NoteStyle:
    """How one kind of note is numbered: format, first number, and where it starts anew (``eachSect``, ``eachPage``)."""

    kind: str
    start: int
    restart: str


def note_style(parents: tuple[_Element | None, ...], name: str, default: str) -> NoteStyle:
    """The numbering of ``w:footnotePr`` or ``w:endnotePr``: of the section, else of the document's settings."""
    found = [parent.find(W + name) if parent is not None else None for parent in parents]

    def first(child: str) -> str | None:
        return next((text for one in found if (text := value(one, child)) is not None), None)

    start = number(first("numStart"), 1)
    return NoteStyle(first("numFmt") or default, start, first("numRestart") or "continuous")


class NoteCalls:
    """Numbers the calls of the body in document order; sections and pages are told to it as they pass.

    A page ends where Word saw one end when it last saved the file (``w:lastRenderedPageBreak``).
    """

    def __init__(self, settings: _Element | None, sections: list[_Element]) -> None:
        self._settings = settings
        self._sections = sections
        self._section = 0
        self._counts: dict[MarkKind, int] = {}
        self._styles = self._section_styles()

    def _section_styles(self) -> dict[MarkKind, NoteStyle]:
        section = self._sections[self._section] if self._section < len(self._sections) else None
        parents = (section, self._settings)
        return {
            "footnote": note_style(parents, "footnotePr", "decimal"),
            "endnote": note_style(parents, "endnotePr", "lowerRoman"),
        }

    def next_section(self) -> None:
        """The section that was being read has ended."""
        self._section += 1
        self._styles = self._section_styles()
        self._restart("eachSect")

    def next_page(self) -> None:
        """A page has ended."""
        self._restart("eachPage")

    def _restart(self, when: str) -> None:
        for kind, style in self._styles.items():
            if style.restart == when or (when == "eachSect" and style.restart == "eachPage"):
                self._counts.pop(kind, None)

    def label(self, kind: MarkKind, call: _Element) -> str:
        """The mark shown for this call: its number, or the text that follows where the author gave a mark of his own."""
        if kind not in self._styles:
            return ""
        if call.get(f"{W}customMarkFollows", "0") in ("1", "true", "on"):
            return "".join(text.text or "" for text in takewhile(_is_text, call.itersiblings())).strip()
        style = self._styles[kind]
        self._counts[kind] = self._counts.get(kind, style.start - 1) + 1
        return format_number(self._counts[kind], style.kind)


def _is_text(element: _Element) -> bool:
    return element.tag == T


def note_elements(root: _Element | None, name: str) -> dict[str, _Element]:
    """The notes of a part by id (``w:footnote``, ``w:endnote`` or ``w:comment``), without Word's separators."""
    found: dict[str, _Element] = {}
    for element in root.iterchildren(W + name) if root is not None else ():
        if element.get(f"{W}type", "normal") == "normal":
            found.setdefault(element.get(W_ID, ""), element)
    return found
