"""Contents: a field that Word brings up to date (F9), with its entries already in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from docx.oxml import parse_xml

from sco_extract.write.report_docx.runs import Writing, field_xml, link_xml, mark_xml, run_xml
from sco_extract.write.report_docx.styles import W
from sco_extract.write.wording import label

# Headings of the first level, and the entries that annexes bring along (TC fields), as links.
_CODE = r'TOC \o "1-1" \f \h \z'


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents: its text, the bookmark it leads to, the page it is expected on."""

    text: str
    anchor: str
    page: int


def contents_xml(writing: Writing, entries: Sequence[Entry]) -> str:
    """The heading and the field as one content control, so that Word offers to update it."""
    styles = writing.house.styles
    head = f'<w:p><w:pPr><w:pStyle w:val="{styles["contents"]}"/></w:pPr>{run_xml(label("report_contents"))}</w:p>'
    opening = [mark_xml("begin"), _code(), mark_xml("separate")]
    lines = []
    for index, entry in enumerate(entries):
        before = "".join(opening) if index == 0 else ""
        after = mark_xml("end") if index == len(entries) - 1 else ""
        number = "".join(field_xml(rf"PAGEREF {entry.anchor} \h", run_xml(str(entry.page))))
        tab = f'<w:r xmlns:w="{W}"><w:tab/></w:r>'
        link = link_xml(entry.anchor, run_xml(entry.text), tab, number)
        lines.append(f'<w:p><w:pPr><w:pStyle w:val="{styles["toc1"]}"/></w:pPr>{before}{link}{after}</w:p>')
    return (
        f'<w:sdt xmlns:w="{W}"><w:sdtPr><w:id w:val="1"/><w:docPartObj><w:docPartGallery w:val="Table of Contents"/>'
        f"<w:docPartUnique/></w:docPartObj></w:sdtPr><w:sdtContent>{head}{''.join(lines)}</w:sdtContent></w:sdt>"
    )


def _code() -> str:
    return f'<w:r xmlns:w="{W}"><w:instrText xml:space="preserve"> {_CODE} </w:instrText></w:r>'


def entry_xml(text: str) -> str:
    """A hidden TC field: what contents say of a heading whose number stands in another paragraph."""
    plain = text.replace("\\", "＼").replace('"', "”")  # both mean something to a field
    return "".join(field_xml(rf'TC "{plain}" \l 1', "", "<w:vanish/>"))


def insert_contents(writing: Writing, entries: Sequence[Entry], before: object) -> None:
    """Put the contents in front of the paragraph element ``before``."""
    before.addprevious(parse_xml(contents_xml(writing, entries)))  # type: ignore[attr-defined]
