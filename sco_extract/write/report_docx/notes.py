"""Real footnotes: ``word/footnotes.xml`` with its separators, which python-docx has no way to make; and comments."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import cast
from xml.sax.saxutils import escape

from docx.document import Document as Word
from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.oxml.text.run import CT_R
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from sco_extract.model.draft import Citation
from sco_extract.write.report_docx.house import House
from sco_extract.write.report_docx.styles import W
from sco_extract.write.wording import clean, footnote

AUTHOR = "sco-extract"
INITIALS = "SE"


class Footnotes:
    """The footnotes of one document, numbered from 1 in the order of their calls."""

    def __init__(self, house: House) -> None:
        self._house = house
        self.texts: list[str] = []

    def call(self, paragraph: Paragraph, citations: Sequence[Citation]) -> Run:
        """Put a note's call at the end of ``paragraph``."""
        self.texts.append(footnote(citations))
        mark = self._house.styles["footnote_mark"]
        run = parse_xml(
            f'<w:r xmlns:w="{W}"><w:rPr><w:rStyle w:val="{mark}"/></w:rPr>'
            f'<w:footnoteReference w:id="{len(self.texts)}"/></w:r>'
        )
        paragraph._p.append(run)
        return Run(cast("CT_R", run), paragraph)

    def save(self) -> None:
        """Add the part with all notes to the document."""
        part = Part(PackURI("/word/footnotes.xml"), CT.WML_FOOTNOTES, self._xml(), self._house.word.part.package)
        self._house.word.part.relate_to(part, RT.FOOTNOTES)

    def _xml(self) -> bytes:
        styles = self._house.styles
        separators = (
            _separator(-1, "separator", styles["footnote_text"])
            + _separator(0, "continuationSeparator", styles["footnote_text"])
        )  # fmt: skip
        notes = "".join(
            f'<w:footnote w:id="{number}"><w:p><w:pPr><w:pStyle w:val="{styles["footnote_text"]}"/></w:pPr>'
            f'<w:r><w:rPr><w:rStyle w:val="{styles["footnote_mark"]}"/></w:rPr><w:footnoteRef/></w:r>'
            '<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>'
            f'<w:t xml:space="preserve"> {escape(text)}</w:t></w:r></w:p></w:footnote>'
            for number, text in enumerate(self.texts, 1)
        )
        head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        return f'{head}<w:footnotes xmlns:w="{W}">{separators}{notes}</w:footnotes>'.encode()


def _separator(number: int, kind: str, style: str) -> str:
    return (
        f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:pPr><w:pStyle w:val="{style}"/>'
        f"</w:pPr><w:r><w:{kind}/></w:r></w:p></w:footnote>"
    )


def comment(word: Word, runs: Sequence[Run], doubts: Sequence[str], made: date | None) -> None:
    """A comment for each doubt on ``runs``, all dated ``made`` (undated without it)."""
    for doubt in doubts:
        added = word.add_comment(list(runs), text=clean(doubt), author=AUTHOR, initials=INITIALS)
        element = added._comment_elm
        element.attrib.pop(qn("w:date"), "")
        if made:
            element.set(qn("w:date"), f"{made.isoformat()}T00:00:00Z")
