"""The timeline in the Word file: picture with alt text, caption, and the table that explains numbers."""

from __future__ import annotations

import io

from docx.shared import Mm
from docx.text.run import Run

from sco_extract.model.draft import Timeline
from sco_extract.write.report_docx.runs import Writing
from sco_extract.write.report_docx.tables import add_table
from sco_extract.write.tables import Sources, key_table, needs_key
from sco_extract.write.timeline import Picture, picture
from sco_extract.write.wording import clean, label


def add_figure(writing: Writing, timeline: Timeline, number: int, total: int) -> None:
    """Write the picture of ``timeline``, ``total`` twips wide at most."""
    drawn = picture(timeline)
    paragraph = writing.paragraph("figure")
    run = paragraph.add_run()
    _insert(run, drawn, timeline, writing.house.page.text_height - 40)
    title = label("report_figure").format(number=number, title=timeline.title)
    caption = writing.paragraph("caption", title)
    caption.paragraph_format.keep_with_next = bool(drawn.note)
    if drawn.note:
        writing.paragraph("figure_note", drawn.note)
    if drawn.numbered and needs_key(timeline):
        add_table(writing, key_table(timeline), Sources("key"), total)


def _insert(run: Run, drawn: Picture, timeline: Timeline, tallest: float) -> None:
    """The picture as wide as it was drawn for, but never taller than a page has room for."""
    width = min(drawn.width, drawn.width * tallest / drawn.height)
    shape = run.add_picture(io.BytesIO(drawn.png), width=Mm(width))
    for side in ("T", "B", "L", "R"):  # without them LibreOffice takes an eighth of an inch
        shape._inline.set(f"dist{side}", "0")
    properties = shape._inline.docPr
    properties.set("name", clean(timeline.title)[:60])
    properties.set("descr", clean(timeline.alt))
