"""Small pieces of WordprocessingML that all parts of the writer put together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import cast
from xml.sax.saxutils import escape, quoteattr

from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.oxml.text.run import CT_R
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from sco_extract.write.report_docx.house import House
from sco_extract.write.report_docx.notes import Footnotes
from sco_extract.write.report_docx.styles import W
from sco_extract.write.wording import clean

_NOT_IN_A_NAME = re.compile(r"[^0-9A-Za-z_]+")


@dataclass(slots=True)
class Writing:
    """A document being written: its house, its notes, its bookmarks (name → id), the day of its comments."""

    house: House
    notes: Footnotes
    made: date | None
    bookmarks: dict[str, int] = field(default_factory=dict)

    def paragraph(self, role: str, text: str = "") -> Paragraph:
        """A new paragraph at the end, in the style of ``role``."""
        paragraph = self.house.word.add_paragraph()
        paragraph._p.style = self.house.styles[role]
        if text:
            add_text(paragraph, text)
        return paragraph

    def bookmark(self, paragraph: Paragraph, name: str) -> str:
        """Bookmark what ``paragraph`` holds; the name, made unique and legal (letters, digits, _; 40 at most), comes back."""
        wanted = _NOT_IN_A_NAME.sub("_", name)[:32] or "_"
        legal, times = wanted, 1
        while legal in self.bookmarks:
            times += 1
            legal = f"{wanted}_{times}"
        number = self.bookmarks[legal] = len(self.bookmarks) + 1
        start = parse_xml(f'<w:bookmarkStart xmlns:w="{W}" w:id="{number}" w:name="{legal}"/>')
        content = next((child for child in paragraph._p if child.tag != qn("w:pPr")), None)
        if content is None:
            paragraph._p.append(start)
        else:
            content.addprevious(start)
        paragraph._p.append(parse_xml(f'<w:bookmarkEnd xmlns:w="{W}" w:id="{number}"/>'))
        return legal


def run_xml(text: str, properties: str = "") -> str:
    """A run as XML; the hint gives quotation marks and dashes the Chinese face, which Word else takes for Latin."""
    style, _, rest = properties.partition("|")
    named = f'<w:rStyle w:val="{style}"/>' if style else ""
    return (
        f'<w:r xmlns:w="{W}"><w:rPr>{named}<w:rFonts w:hint="eastAsia"/>{rest}</w:rPr>'
        f'<w:t xml:space="preserve">{escape(clean(text))}</w:t></w:r>'
    )


def add_text(paragraph: Paragraph, text: str) -> Run:
    """A run of ``text`` at the end of ``paragraph``."""
    run = parse_xml(run_xml(text))
    paragraph._p.append(run)
    return Run(cast("CT_R", run), paragraph)


def link_xml(anchor: str, *content: str) -> str:
    """A link to a bookmark of the document around runs in XML."""
    return f'<w:hyperlink xmlns:w="{W}" w:anchor={quoteattr(anchor)} w:history="1">{"".join(content)}</w:hyperlink>'


def field_xml(code: str, result: str, properties: str = "") -> Iterator[str]:
    """The runs of a complex field with its result (runs in XML)."""
    yield mark_xml("begin", properties)
    yield (
        f'<w:r xmlns:w="{W}"><w:rPr>{properties}</w:rPr>'
        f'<w:instrText xml:space="preserve"> {escape(clean(code))} </w:instrText></w:r>'
    )
    if result:
        yield mark_xml("separate", properties)
        yield result
    yield mark_xml("end", properties)


def mark_xml(kind: str, properties: str = "") -> str:
    """The begin, separator or end of a field."""
    return f'<w:r xmlns:w="{W}"><w:rPr>{properties}</w:rPr><w:fldChar w:fldCharType="{kind}"/></w:r>'
