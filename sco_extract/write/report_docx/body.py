"""The text: head, sections with their sentences, and what stands at the end of a letter (attachments, signature, date)."""

from __future__ import annotations

from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph as WordParagraph
from docx.text.run import Run

from sco_extract.model.draft import Draft, Paragraph, Section
from sco_extract.write.report_docx.form import CHARACTER, CHARACTERS
from sco_extract.write.report_docx.notes import comment
from sco_extract.write.report_docx.runs import Writing, add_text
from sco_extract.write.wording import chinese, clean, label, width

# Characters of a last paragraph that is kept with the signature (half a page): LibreOffice moves a kept paragraph as a whole.
LONGEST_KEPT = 11 * CHARACTERS


def add_head(writing: Writing, draft: Draft) -> None:
    """Title, period and status, each centred."""
    for index, line in enumerate(draft.title):
        paragraph = writing.paragraph("title", line)
        if not index:
            writing.bookmark(paragraph, "report_title")
    for line in (f"（{draft.period}）" if draft.period else "", draft.status):
        if line:
            writing.paragraph("subtitle", line)


def add_section(writing: Writing, section: Section, number: int | None) -> tuple[str, str]:
    """A section with its heading; the heading's text and its bookmark come back. ``number`` None: no number."""
    prefix = f"{chinese(number)}、" if number and "heading1" not in writing.house.numbered else ""
    text = clean(f"{prefix}{section.heading}")
    heading = writing.paragraph("heading1", text)
    anchor = writing.bookmark(heading, f"section_{section.key}")
    named = 0
    for part in section.parts:
        if part.heading:
            named += 1
            own = "" if "heading2" in writing.house.numbered else f"（{chinese(named)}）"
            writing.paragraph("heading2", f"{own}{part.heading}")
        for paragraph in part.paragraphs:
            add_paragraph(writing, paragraph)
    return text, anchor


def add_paragraph(writing: Writing, paragraph: Paragraph) -> WordParagraph:
    """Sentences one after the other, each with its note and its comments."""
    added = writing.paragraph("body")
    for sentence in paragraph.sentences:
        runs: list[Run] = [add_text(added, sentence.text)]
        if sentence.citations:
            runs.append(writing.notes.call(added, sentence.citations))
        comment(writing.house.word, runs, sentence.doubts, writing.made)
    return added


def add_close(writing: Writing, draft: Draft) -> None:
    """The list of attachments, who submits the report, and the day; all kept on the page of the last paragraph."""
    last = writing.house.word.paragraphs[-1]
    last.paragraph_format.keep_with_next = width(last.text) <= LONGEST_KEPT
    for number, annex in enumerate(draft.annexes, 1):
        first = number == 1
        lead = f"{label('report_annex')}：" if first else ""
        alone = "" if len(draft.annexes) == 1 else f"{number}."
        writing.paragraph("attachment_first" if first else "attachment", f"{lead}{alone}{annex.heading}")
    add_signature(writing, draft)


def add_signature(writing: Writing, draft: Draft) -> None:
    """Who submits, and the day: the day begins two characters right of the name, both end two from the edge at least.

    GB/T 9704-2012, 7.3.5.2 (documents without a seal).
    """
    name, day = clean(draft.submitted_by), clean(draft.made_on)
    wide, narrow = width(name), width(day)
    name_right, day_right = (2.0, wide - narrow) if wide - narrow >= 2 else (narrow + 4 - wide, 2.0)
    if name:
        _inset(writing.paragraph("signature", name), name_right)
    if day:
        _inset(writing.paragraph("date", day), day_right)


def _inset(paragraph: WordParagraph, characters: float) -> None:
    indent = paragraph._p.get_or_add_pPr().get_or_add_ind()
    indent.set(qn("w:rightChars"), str(round(characters * 100)))
    indent.set(qn("w:right"), str(round(characters * CHARACTER)))
