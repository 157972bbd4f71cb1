"""Tables of annexes: repeated header rows, whole rows, merged cells, and numbers that lead to the annex' list of sources.

Passages of a table are numbered, not footnoted: a footnote called in a repeated or merged row is counted wrong by
LibreOffice 7.4, and sixty rows of notes would leave no page for the table.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT as VERTICAL
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.oxml.table import CT_Row, CT_Tc
from docx.shared import Twips
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from sco_extract.model.draft import Cell, Citation, Column, Table
from sco_extract.write.report_docx.notes import comment
from sco_extract.write.report_docx.runs import Writing, add_text, link_xml, run_xml
from sco_extract.write.report_docx.styles import W
from sco_extract.write.wording import cite, clean, label

Merge = Literal["restart", "continue"]


@dataclass(slots=True)
class Sources:
    """The numbered passages of one annex; each passage has one number, its entry a bookmark of this name."""

    prefix: str
    numbers: dict[str, int] = field(default_factory=dict)

    def number(self, citation: Citation) -> int:
        """The number of a passage, from 1 in the order of first use."""
        return self.numbers.setdefault(cite(citation), len(self.numbers) + 1)

    def anchor(self, number: int) -> str:
        """The bookmark of an entry."""
        return f"{self.prefix}_source_{number}"

    def ranges(self, citations: Iterable[Citation]) -> list[tuple[int, int]]:
        """The numbers of ``citations``, ascending, neighbours joined: 1 2 3 7 → (1, 3), (7, 7)."""
        joined: list[tuple[int, int]] = []
        for number in sorted({self.number(citation) for citation in citations}):
            if joined and joined[-1][1] == number - 1:
                joined[-1] = (joined[-1][0], number)
            else:
                joined.append((number, number))
        return joined


def mark(first: int, last: int) -> str:
    """[3], [3–5]; two neighbours too are a range."""
    return f"[{first}]" if first == last else f"[{first}–{last}]"


def widths(columns: Sequence[Column], total: int) -> list[int]:
    """Twips of each column by its share, together exactly ``total``."""
    shares = [max(column.share, 0.01) for column in columns]
    edges = [round(total * sum(shares[:index]) / sum(shares)) for index in range(len(shares) + 1)]
    return [right - left for left, right in pairwise(edges)]


def merges(rows: Sequence[Sequence[Cell]]) -> list[list[Merge | None]]:
    """What each cell is in a vertical merge; a cell merged into nothing is an ordinary one."""
    left = [0] * max((len(row) for row in rows), default=0)
    plan: list[list[Merge | None]] = []
    for row in rows:
        line: list[Merge | None] = []
        for index, cell in enumerate(row):
            continued = cell.span_rows == 0 and left[index] > 0
            left[index] = left[index] - 1 if continued else max(cell.span_rows - 1, 0)
            line.append("continue" if continued else "restart" if cell.span_rows > 1 else None)
        plan.append(line)
    return plan


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
    for text, number in sources.numbers.items():
        paragraph = writing.paragraph("source", f"[{number}] {text}")
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
