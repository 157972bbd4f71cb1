"""Tables of annexes: repeated header rows, whole rows, merged cells, and numbers that lead to the annex' list of sources.

Passages of a table are numbered, not footnoted: a footnote called in a repeated or merged row is counted wrong by
LibreOffice 7.4, and sixty rows of notes would leave no page for the table.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT as VERTICAL
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.oxml.table import CT_Row, CT_Tc
from docx.shared import Twips
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from sco_extract.model.draft import Cell, Column, Table
from sco_extract.write.report_docx.notes import comment
from sco_extract.write.report_docx.runs import Writing, add_text, link_xml, run_xml
from sco_extract.write.report_docx.styles import W
from sco_extract.write.tables import Merge, Sources, mark, merges
from sco_extract.write.wording import clean, label


def widths(columns: Sequence[Column], total: int) -> list[int]:
    """Twips of each column by its share, together exactly ``total``."""
    shares = [max(column.share, 0.01) for column in columns]
    edges = [round(total * sum(shares[:index]) / sum(shares)) for index in range(len(shares) + 1)]
    return [right - left for left, right in pairwise(edges)]


def add_table(writing: Writing, table: Table, sources: Sources, total: int) -> None:
    """Write caption and table, ``total`` twips wide, at the end of the document."""
    if table.caption:
        writing.paragraph("caption", table.caption)
    columns = widths(table.columns, total)
    word = writing.house.word.add_table(rows=1, cols=len(columns))
    _frame(word, columns, writing.house.styles["table"], table.caption)
    _header(writing, word, table.columns)
    for row, plan in zip(table.rows, merges(table.rows), strict=True):
        _row(writing, word, row, plan, sources)
    writing.paragraph("spacer")  # two tables would run together, and a body may not end with one


def _frame(word: WordTable, columns: Sequence[int], style: str, caption: str) -> None:
    element = word._tbl
    element.tblStyle_val = style
    word.autofit = False
    properties = element.tblPr
    for width in properties.iterchildren(qn("w:tblW")):
        width.set(qn("w:type"), "dxa")
        width.set(qn("w:w"), str(sum(columns)))
    if caption:
        named = parse_xml(f'<w:tblCaption xmlns:w="{W}"/>')
        named.set(qn("w:val"), clean(caption))
        properties.append(named)
    for grid, cell, twips in zip(element.tblGrid.gridCol_lst, element.tr_lst[0].tc_lst, columns, strict=True):
        grid.w = Twips(twips)
        cell.width = Twips(twips)


def _header(writing: Writing, word: WordTable, columns: Sequence[Column]) -> None:
    row = word._tbl.tr_lst[0]
    _whole(row, header=True)
    for tc, column in zip(row.tc_lst, columns, strict=True):
        paragraph = _first(tc, word)
        paragraph._p.style = writing.house.styles["table_head"]
        add_text(paragraph, column.heading)
        _middle(tc)


def _row(
    writing: Writing, word: WordTable, row: Sequence[Cell], plan: Sequence[Merge | None], sources: Sources
) -> None:
    element = word.add_row()._tr  # type: ignore[no-untyped-call]
    _whole(element, header=False)
    for tc, cell, merge in zip(element.tc_lst, row, plan, strict=True):
        if merge:
            tc.vMerge = merge
        _fill(writing, word, tc, Cell(()) if merge == "continue" else cell, sources)


def _fill(writing: Writing, word: WordTable, tc: CT_Tc, cell: Cell, sources: Sources) -> None:
    style = writing.house.styles["table_text"]
    runs: list[Run] = []
    paragraph = _first(tc, word)
    for index, line in enumerate(cell.lines or ("",)):
        if index:
            paragraph = Paragraph(tc.add_p(), paragraph._parent)
        paragraph._p.style = style
        if line or (cell.doubts and not index):
            runs.append(add_text(paragraph, line or label("report_doubt")))
    for first, last in sources.ranges(cell.citations):
        number = run_xml(mark(first, last), writing.house.styles["source_mark"])
        paragraph._p.append(parse_xml(link_xml(sources.anchor(first), number)))
    if cell.doubts:
        comment(writing.house.word, runs[:1], cell.doubts, writing.made)


def add_sources(writing: Writing, sources: Sources) -> None:
    """The list that the numbers of an annex lead to."""
    if not sources.numbers:
        return
    writing.paragraph("sources", label("report_sources"))
    for source, passages in sources.by_source().items():
        writing.paragraph("source", source).paragraph_format.keep_with_next = True
        for number, words in passages:
            paragraph = writing.paragraph("source", f"[{number}] {words}")
            writing.bookmark(paragraph, sources.anchor(number))


def _whole(row: CT_Row, *, header: bool) -> None:
    """A row that no page break cuts; a ``header`` is repeated on every page."""
    properties = row.get_or_add_trPr()
    for tag in ("cantSplit", "tblHeader") if header else ("cantSplit",):
        properties.append(parse_xml(f'<w:{tag} xmlns:w="{W}"/>'))


def _first(tc: CT_Tc, word: WordTable) -> Paragraph:
    return Paragraph(tc.p_lst[0], word)


def _middle(tc: CT_Tc) -> None:
    tc.get_or_add_tcPr().vAlign_val = VERTICAL.CENTER
