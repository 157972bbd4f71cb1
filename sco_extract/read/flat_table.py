"""Tables that a conversion to plain text has flattened: found again by their tabs, as blocks with rows and cells.

Two layouts are known. *Stacked*: every cell on a line of its own that starts with a tab, a blank line after each row
(what an office program writes when it saves a table as text). *Tab-separated*: one row a line. A wrong table would
tear paragraphs apart, so a layout is accepted only where its rows agree with each other; all else stays text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sco_extract.model.document import Block, Cell
from sco_extract.model.span import Span

_LINE = re.compile(r"[^\n]*\n?")
_SPACE = " \t\r\n\u00a0\u3000"
# Column counts of a stacked table: two columns look like any pair of indented lines, and official plans seen have three
# to six columns; nine short indented lines are rather a block of signatures.
_MIN_STACKED, _MAX_STACKED = 3, 8
_MAX_BLANKS = 3  # empty paragraphs in a cell: two at most in the plans seen
_MAX_CELL_LINES = 40
_HEADER_LENGTH = 15  # the longest header cell of the plans seen has 10 characters
_SENTENCE_END = re.compile(r"[。！？；：，]")
_CHAPTER = re.compile(r"\s*[一二三四五六七八九十]{1,3}、")  # 一、经贸合作
_SECTION = re.compile(r"\s*[（(][一二三四五六七八九十\d]{1,3}[）)]")  # （一）促进贸易
_LABEL = re.compile(
    r"""(?: [（(]? [0-9一二三四五六七八九十]{1,3} [）)、.．]*  # 1. （一）
          | 第[0-9一二三四五六七八九十]{1,3}[条章节]          # 第三条
          | [•·\-*—] ) \Z""",
    re.VERBOSE,
)
_DIGIT = re.compile(r"[0-9]")


@dataclass(frozen=True, slots=True)
class _Row:
    """Cell texts as spans of the source; ``wide`` rows cover all columns."""

    cells: tuple[Span, ...]
    wide: bool = False


@dataclass(frozen=True, slots=True)
class _StackedCell:
    """A cell on lines of its own, and how many blank lines follow it."""

    span: Span
    blanks: int


def find_flat_tables(source: str) -> tuple[Block, ...]:
    r"""The flattened tables of ``source``, in order, as blocks of kind ``table``.

    Spans are code points of ``source`` as it is; lines end with ``\n`` or ``\r\n``. A cell's span leaves out the white
    space around its text; an empty cell has an empty span. A row that covers all columns has one cell with that
    ``column_span``. A text without tabs costs one search.
    """
    if "\t" not in source:
        return ()
    lines = [Span(m.start(), m.end()) for m in _LINE.finditer(source) if m.end() > m.start()]
    found: list[Block] = []
    at = 0
    while at < len(lines):
        if source.find("\t", lines[at].start, lines[at].end) < 0:
            at += 1
            continue
        block, after = _tab_separated(source, lines, at)
        if after == at:  # no row of several cells: cells may stand on lines of their own
            block, after = _stacked(source, lines, at)
        if block is not None:
            found.append(block)
        at = max(after, at + 1)
    return tuple(found)


def _trim(source: str, start: int, end: int) -> Span:
    """The range without white space at its ends; empty at its own start where nothing else is left."""
    text = source[start:end]
    kept = text.strip(_SPACE)
    if not kept:
        return Span(start, start)
    lead = len(text) - len(text.lstrip(_SPACE))
    return Span(start + lead, start + lead + len(kept))


def _text(source: str, span: Span) -> str:
    return source[span.start : span.end]


def _block(rows: Sequence[_Row], columns: int, start: int) -> Block:
    """A table block; rows that lack cells keep the ones they have, counted from the first column."""
    table: list[tuple[Cell, ...]] = []
    for number, row in enumerate(rows):
        if row.wide:
            table.append((Cell(row.cells[0], number, 0, column_span=columns),))
        else:
            table.append(tuple(Cell(span, number, column) for column, span in enumerate(row.cells)))
    end = max((cell.span.end for cell in table[-1]), default=start)
    return Block("table", Span(start, max(start, end)), rows=tuple(table))


# --- one row a line -------------------------------------------------------------------------------------------------


def _fields(source: str, line: Span) -> list[Span]:
    """The tab-separated fields of a line, empty ones included."""
    fields: list[Span] = []
    start = line.start
    while (tab := source.find("\t", start, line.end)) >= 0:
        fields.append(_trim(source, start, tab))
        start = tab + 1
    fields.append(_trim(source, start, line.end))
    return fields


def _tab_separated(source: str, lines: Sequence[Span], first: int) -> tuple[Block | None, int]:
    """The table of tab-separated lines that starts at line ``first``, if any, and the line after them."""
    rows: list[_Row] = []
    at = after = first
    while at < len(lines):
        fields = _fields(source, lines[at])
        filled = [span for span in fields if span.start < span.end]
        if not filled:
            if at > after or not rows:  # two blank lines end a table
                break
            at += 1
            continue
        if len(fields) < 2 or (len(fields) == 2 and fields[0].start == fields[0].end):
            if not (rows and len(fields) == 1 and _is_heading(_text(source, filled[0]))):
                break
            rows.append(_Row((filled[0],), wide=True))
        else:
            rows.append(_Row(tuple(fields), wide=False))
            after = at + 1
        at += 1
    while rows and rows[-1].wide:
        rows.pop()
    columns = _column_count(source, rows)
    if columns is None:
        return None, after
    # One filled field among empty ones is a heading over all columns; in the last columns it is a cell.
    shaped = [_widen(row) for row in rows]
    return _block(shaped, columns, lines[first].start), after


def _is_heading(text: str) -> bool:
    return len(text) <= 60 and bool(_CHAPTER.match(text) or _SECTION.match(text)) and not text.endswith("。")


def _widen(row: _Row) -> _Row:
    filled = [index for index, span in enumerate(row.cells) if span.start < span.end]
    if not row.wide and len(row.cells) > 2 and filled == [0]:
        return _Row((row.cells[0],), wide=True)
    return row


def _column_count(source: str, rows: Sequence[_Row]) -> int | None:
    """The number of columns on which the rows agree, or None where they make no table."""
    counts = Counter(len(row.cells) for row in rows if not row.wide)
    if not counts:
        return None
    columns, agreeing = counts.most_common(1)[0]
    # Rows may lack cells (一 | 贸易便利化), rows of two columns may not; a row with more cells than others is no table.
    share = 7 if columns == 2 else 5
    if agreeing < 2 or agreeing * 10 < sum(counts.values()) * share or any(size > columns for size in counts):
        return None
    if columns == 2 and not _is_pair_table(source, [row for row in rows if len(row.cells) == 2]):
        return None
    return columns


def _is_pair_table(source: str, rows: Sequence[_Row]) -> bool:
    """Whether two-column lines are a table, and no numbered list, contents list or block of signatures."""
    header = [_text(source, span) for span in rows[0].cells]
    if len(rows) < 3 or not all(header) or any(_DIGIT.search(text) or len(text) > _HEADER_LENGTH for text in header):
        return False
    body = [[_text(source, span) for span in row.cells] for row in rows[1:]]
    if any(_LABEL.match(left) for left, _ in body):
        return False
    telling = sum(1 for _, right in body if _DIGIT.search(right) or len(right) > _HEADER_LENGTH)
    return telling * 2 >= len(body)


# --- one cell a line ------------------------------------------------------------------------------------------------


def _stacked(source: str, lines: Sequence[Span], first: int) -> tuple[Block | None, int]:
    """The table whose cells stand on lines of their own from line ``first`` on, and the line after it."""
    cells, after = _stacked_cells(source, lines, first)
    groups = _groups(cells)
    columns = len(groups[0])
    if not _MIN_STACKED <= columns <= _MAX_STACKED or not _is_header(source, groups[0]):
        columns = 0
    rows = _stacked_rows(source, groups, columns) if columns else []
    full = sum(1 for row in rows if len(row.cells) == columns)
    fitting = full + sum(1 for row in rows if row.wide)
    if full < 3 or fitting * 10 < len(rows) * 8:
        return None, after
    return _block(rows, columns, lines[first].start), after


def _stacked_cells(source: str, lines: Sequence[Span], first: int) -> tuple[list[_StackedCell], int]:
    """The cells from line ``first`` on, and the line after the last one that starts with a tab."""
    cells: list[_StackedCell] = []
    at = first
    while True:
        follower = _next_cell(source, lines, at)
        start = source.index("\t", lines[at].start) + 1
        if follower is None:
            cells.append(_StackedCell(_trim(source, start, lines[at].end), 1))
            return cells, at + 1
        texts = [number for number in range(at + 1, follower) if _text(source, lines[number]).strip(_SPACE)]
        last = texts[-1] if texts else at
        cells.append(_StackedCell(_trim(source, start, lines[last].end), follower - last - 1))
        at = follower


def _next_cell(source: str, lines: Sequence[Span], at: int) -> int | None:
    """The line of the cell after the one at line ``at``; lines of text between them belong to the cell at ``at``."""
    blanks = 0
    for number in range(at + 1, min(len(lines), at + 1 + _MAX_CELL_LINES)):
        text = _text(source, lines[number])
        inner = text.strip(_SPACE)
        if "\t" in inner:
            return None
        if "\t" in text:
            return number
        ends_row = inner and blanks == 1  # text after a single blank line stands below the table
        if ends_row or blanks > _MAX_BLANKS:
            return None
        blanks = 0 if inner else blanks + 1
    return None


def _groups(cells: Iterable[_StackedCell]) -> list[list[Span]]:
    """Cells up to each single blank line; several blank lines are empty paragraphs inside a cell."""
    groups: list[list[Span]] = [[]]
    for cell in cells:
        groups[-1].append(cell.span)
        if cell.blanks == 1:
            groups.append([])
    return [group for group in groups if group] or [[]]


def _is_header(source: str, cells: Sequence[Span]) -> bool:
    texts = [_text(source, span) for span in cells]
    return all(0 < len(text) <= _HEADER_LENGTH and not _SENTENCE_END.search(text) for text in texts)


def _stacked_rows(source: str, groups: Sequence[Sequence[Span]], columns: int) -> list[_Row]:
    sizes = Counter(len(group) for group in groups)
    rows: list[_Row] = []
    at = 0
    while at < len(groups):
        group = list(groups[at])
        rest = columns - len(group)
        # One empty paragraph in a cell looks like the end of the row: join parts that make a row together, unless
        # rows of the second part's size are common in this table.
        if rest > 0 and at + 1 < len(groups) and len(groups[at + 1]) == rest and sizes[rest] * 4 <= sizes[columns]:
            at += 1
            group.extend(groups[at])
        rows.extend(_split_rows(source, group, columns))
        at += 1
    return rows


def _split_rows(source: str, group: Sequence[Span], columns: int) -> list[_Row]:
    """Rows of a group that no blank line divides."""
    if len(group) == 1:
        return [_Row((group[0],), wide=group[0].start < group[0].end)]
    rows: list[_Row] = []
    at = 0
    while at < len(group):
        chapter = len(group) - at > columns and _CHAPTER.match(_text(source, group[at]))
        if chapter and _is_heading(_text(source, group[at + 1])):
            rows.append(_Row((group[at],), wide=True))
            at += 1
            continue
        rows.append(_Row(tuple(group[at : at + columns])))
        at += columns
    return rows
