"""Characters become runs, and runs that stand side by side become lines."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from sco_extract.read.pdf.chars import Char
from sco_extract.read.pdf.geometry import Line, Run, union

# In ems. Below the first a gap is nothing; up to the second it is a space within a line. A wider one may be the gutter of
# two columns (one em at least, of which a mark set outside the column takes up to half), so it parts lines until the
# columns are known; up to the third it is then a space (a typed ideographic one is one em), beyond it parts values.
_SPACE_GAP = 0.25
_LINE_GAP = 0.6
_VALUE_GAP = 2.6
_SAME_BASELINE = 0.15
# A superscript has at most this share of the size around it and stands this much of it above the baseline.
_RAISED_SIZE = 0.8
_RAISED_BY = 0.12
_WORD = re.compile("[A-Za-z0-9\u00c0-\u024f\u0400-\u04ff]")


def make_lines(chars: list[Char]) -> list[Line]:
    """The lines on a page or in a cell, from top to bottom; two columns give two lines at the same height."""
    rows = _rows(_runs(chars))
    return [line for row in rows for line in _row_lines(row)]


def _runs(chars: list[Char]) -> list[Run]:
    runs: list[Run] = []
    group: list[Char] = []
    for char in chars:
        if group and not _continues(group[-1], char):
            runs.append(_run(group))
            group = []
        group.append(char)
    if group:
        runs.append(_run(group))
    return runs


def _continues(last: Char, char: Char) -> bool:
    size = last.size
    if abs(char.baseline - last.baseline) > _SAME_BASELINE * size or abs(char.size - size) > 0.1 * size:
        return False
    gap = char.box.x0 - last.box.x1
    return -0.6 * size < gap < _LINE_GAP * size


def _run(group: list[Char]) -> Run:
    text = group[0].text
    for last, char in pairwise(group):
        wide = char.box.x0 - last.box.x1 > _SPACE_GAP * char.size
        text += (" " if char.space or wide else "") + char.text
    bold = sum(char.bold for char in group) * 2 > len(group)
    return Run(text, union([char.box for char in group]), group[0].baseline, group[0].size, bold)


def _rows(runs: list[Run]) -> list[list[Run]]:
    """Runs by the height at which they stand; small raised ones go with the line they belong to."""
    rows: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: (run.baseline, run.box.x0)):
        if rows and abs(run.baseline - rows[-1][0].baseline) <= _SAME_BASELINE * max(run.size, rows[-1][0].size):
            rows[-1].append(run)
        else:
            rows.append([run])
    return _with_raised(rows)


def _with_raised(rows: list[list[Run]]) -> list[list[Run]]:
    kept: list[list[Run]] = []
    for at, row in enumerate(rows):
        # The line that a superscript belongs to has its baseline below it.
        below = rows[at + 1] if at + 1 < len(rows) else []
        stays = [run for run in row if not any(_is_raised(run, base) for base in below)]
        below += [run for run in row if run not in stays]
        if stays:
            kept.append(stays)
    return kept


def _is_raised(run: Run, base: Run) -> bool:
    rise = base.baseline - run.baseline
    beside = run.box.x0 - base.box.x1 < base.size and base.box.x0 - run.box.x1 < base.size
    return run.size <= _RAISED_SIZE * base.size and _RAISED_BY * base.size <= rise <= 0.7 * base.size and beside


def _row_lines(row: list[Run]) -> Iterable[Line]:
    group: list[Run] = []
    right = 0.0
    for run in sorted(row, key=lambda run: run.box.x0):
        if group and run.box.x0 - right > _LINE_GAP * max(run.size, group[-1].size):
            yield _line(group)
            group = []
        group.append(run)
        right = run.box.x1 if len(group) == 1 else max(right, run.box.x1)
    if group:
        yield _line(group)


def _line(group: list[Run]) -> Line:
    main = max(group, key=lambda run: (run.box.width, -run.box.x0))
    text = ""
    raised: list[tuple[int, int]] = []
    last: Run | None = None
    for run in group:
        if last is not None and run.box.x0 - last.box.x1 > _SPACE_GAP * run.size:
            text += " "
        start = len(text)
        text += run.text
        if run.size <= _RAISED_SIZE * main.size and main.baseline - run.baseline >= _RAISED_BY * main.size:
            raised.append((start, len(text)))
        last = run
    return Line(text, union([run.box for run in group]), main.size, main.bold, tuple(raised))


def join_row(lines: list[Line]) -> Line:
    """Lines of one height that are one line after all; a name and an office far apart get three spaces between them."""
    lines = sorted(lines, key=lambda line: line.box.x0)
    text = lines[0].text
    raised = list(lines[0].raised)
    for last, line in pairwise(lines):
        text += "   " if line.box.x0 - last.box.x1 > _VALUE_GAP * line.size else " "
        raised += [(start + len(text), end + len(text)) for start, end in line.raised]
        text += line.text
    widest = max(lines, key=lambda line: line.box.width)
    return Line(text, union([line.box for line in lines]), widest.size, widest.bold, tuple(raised))


def join_texts(before: str, after: str) -> str:
    """Two lines as running text: nothing between Chinese, a space between words, a broken word made whole."""
    if before.endswith("\x02"):
        whole = before[:-1]
        return whole + after if after[:1].isalpha() and after[:1].isascii() else f"{whole}-{after}"
    if before and after and _WORD.match(before[-1]) and _WORD.match(after[0]):
        # A number or a date may be cut anywhere by a Chinese line break; words may not.
        return before + after if before[-1].isdigit() and after[0].isdigit() else f"{before} {after}"
    if before.endswith((",", ";", ":", ".", ")")) and after[:1].isascii() and after[:1].isalpha():
        return f"{before} {after}"
    return before + after
