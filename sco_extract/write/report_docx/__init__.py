"""Write a draft as a Word file after GB/T 9704-2012, or in the styles of another house's template."""

from __future__ import annotations

from datetime import date, datetime
from typing import cast

from docx.oxml import parse_xml
from docx.oxml.text.paragraph import CT_P
from docx.oxml.xmlchemy import BaseOxmlElement

from sco_extract.model.draft import Annex, Draft
from sco_extract.write.report_docx import form, page
from sco_extract.write.report_docx.body import add_close, add_head, add_paragraph, add_section, add_signature
from sco_extract.write.report_docx.estimate import estimate
from sco_extract.write.report_docx.figure import add_figure
from sco_extract.write.report_docx.house import House, open_house
from sco_extract.write.report_docx.notes import AUTHOR, Footnotes
from sco_extract.write.report_docx.package import save
from sco_extract.write.report_docx.runs import Writing
from sco_extract.write.report_docx.tables import add_sources, add_table
from sco_extract.write.report_docx.toc import Entry, entry_xml, insert_contents
from sco_extract.write.tables import Sources
from sco_extract.write.wording import clean, day_of, label

# Annexes whose tables need the width of a page on its side.
_WIDE = frozenset({"matrix"})


def write_docx(draft: Draft, style: str = "gbt9704", template: bytes | None = None) -> bytes:
    """``draft`` as the bytes of a .docx; the same draft gives the same bytes.

    ``template`` is a .docx whose styles, page and letterhead are taken instead of those of ``style``. Raises
    ``WriteError`` for an unknown style, and for a template that is no .docx or lacks a required style.
    """
    house = open_house(style, template)
    writing = Writing(house, Footnotes(house), day_of(draft.made_on))
    page.set_up(house)
    add_head(writing, draft)
    if draft.introduction.parts or draft.sections:
        _report(writing, draft)
    else:
        _annexes_alone(writing, draft)
    writing.notes.save()
    _describe(house, draft, writing.made)
    return save(house.word)


def _report(writing: Writing, draft: Draft) -> None:
    head = writing.house.word.paragraphs[-1]._p
    if draft.submitted_to:
        writing.paragraph("addressee", f"{draft.submitted_to}：")
    headings = []
    if draft.introduction.parts:
        headings.append(add_section(writing, draft.introduction, None))
    headings += [add_section(writing, section, number) for number, section in enumerate(draft.sections, 1)]
    first = cast("CT_P", head.getnext())
    first.get_or_add_pPr().pageBreakBefore_val = True
    add_close(writing, draft)
    upright = True
    for number, annex in enumerate(draft.annexes, 1):
        wide = annex.kind in _WIDE
        if wide is upright:
            page.turn(writing.house, landscape=wide)
            upright = not wide
        headings.append(_annex(writing, annex, f"{label('report_annex')}{number}", number))
    pages = estimate(writing.house, writing.notes.texts, (text for text, _ in headings), first)
    entries = [Entry(text, anchor, pages[anchor]) for text, anchor in headings]
    insert_contents(writing, entries, first)


def _annexes_alone(writing: Writing, draft: Draft) -> None:
    """A draft of annexes only (a request list): the first stands under the title, without number or page of its own."""
    if draft.submitted_to:
        writing.paragraph("addressee", f"{draft.submitted_to}：")
    for number, annex in enumerate(draft.annexes, 1):
        _annex(writing, annex, "", number)
    add_signature(writing, draft)


def _annex(writing: Writing, annex: Annex, name: str, number: int) -> tuple[str, str]:
    """Write an annex; its text for the contents and its bookmark come back."""
    entry = clean(f"{name}　{annex.heading}")
    if name:
        labelled = writing.paragraph("annex", name)
        for piece in parse_xml(f'<w:p xmlns:w="{_W}">{entry_xml(entry)}</w:p>'):
            labelled._p.append(piece)
    title = writing.paragraph("annex_title", annex.heading)
    anchor = writing.bookmark(title, f"annex_{number}_{annex.kind}")
    for paragraph in annex.intro:
        add_paragraph(writing, paragraph)
    wide = bool(name) and annex.kind in _WIDE
    total = form.twips((writing.house.landscape if wide else writing.house.page).text_width)
    if annex.timeline and annex.timeline.marks:
        add_figure(writing, annex.timeline, 1, total)
    sources = Sources(f"annex_{number}")
    filled = [table for table in annex.tables if table.rows]
    for table in filled:
        add_table(writing, table, sources, total)
    if not filled and annex.empty:
        writing.paragraph("body", annex.empty)
    add_sources(writing, sources)
    return entry, anchor


_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def _describe(house: House, draft: Draft, made: date | None) -> None:
    """Document properties; without a day in ``made_on`` the file has none either."""
    properties = house.word.core_properties
    properties.title = clean("".join(draft.title))
    properties.subject = clean(draft.period)
    properties.author = properties.last_modified_by = AUTHOR
    properties.language = "zh-CN"
    properties.comments = properties.keywords = properties.category = ""
    properties.revision = 1
    element: BaseOxmlElement = properties._element
    for old in [child for child in element if child.tag.endswith(("}created", "}modified", "}lastPrinted"))]:
        element.remove(old)
    if made:
        properties.created = properties.modified = datetime(made.year, made.month, made.day)  # noqa: DTZ001 (a day, written as UTC)
