"""Numbers of headings and items: their form, their series, and the final marks of the items."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from sco_extract.check.marks import HAN, mended, passage
from sco_extract.check.sheet import Fault, Sheet, SheetCheck
from sco_extract.model.document import Line
from sco_extract.read.labels import HEADING_STYLES, Label, find_label
from sco_extract.values.numerals import to_int

_FIGURE = re.compile("[0-9０-９]+|[一二三四五六七八九十百〇零○]+")
_NO_SERIES = ("footnote", "furniture")
_COUNTED = HEADING_STYLES - {"decimal"}


@dataclass(frozen=True, slots=True)
class _Item:
    """A numbered line: ``start`` to ``end`` is the number in the written text (empty where the file generates it)."""

    line: Line
    style: str
    number: int
    label: str
    start: int
    end: int


def _items(sheet: Sheet) -> Iterator[_Item]:
    text = sheet.written.text
    for line in sheet.lines:
        block = sheet.document.blocks[line.block]
        if block.kind in _NO_SERIES or block.role in ("caption", "toc"):
            continue
        first = _PREFIX.match(text, line.start, line.end)
        start = first.end() if first else line.start
        content = text[start : line.end]
        generated = line.cell.label if line.cell else block.label
        label = find_label(content) or _before_figure(content)
        written = label is not None
        if label is None and generated:
            label = find_label(f"{generated} {content}")
        if label is None or label.style not in _COUNTED:
            continue
        figure = _FIGURE.search(label.text)
        number = to_int(figure.group()) if figure else None
        if number is not None:
            end = start + (len(label.text) if written else 0)
            yield _Item(line, label.style, number, label.text, start, end)


_PREFIX = re.compile(r"[\u4e00-\u9fff]{1,4}[：:][ ]?(?=[0-9]{1,2}[.．、])")  # 附件：1.项目清单
# 2．2022年工商论坛, 三、3.0版: with a figure behind it the reader takes a number for a decimal; a proof-reader sees a series
_BEFORE_FIGURE = re.compile(
    r"(?P<chinese>[一二三四五六七八九十]{1,3}、)(?=[0-9])|(?P<arabic>[0-9]{1,2}(?:[．、]|\.(?=(?:19|20)[0-9]{2}[年—-])))(?=[0-9])"
)


def _before_figure(content: str) -> Label | None:
    match = _BEFORE_FIGURE.match(content)
    return Label(match.group(), match.end(), match.lastgroup or "", 0) if match else None


_DOUBLE = re.compile(
    r"""
    ^(?: (?P<figure>  [0-9]{1,2}、 )                                  # 1、 -> 1.
       | (?P<stop>    [一二三四五六七八九十]{1,3}[.．][ ]? (?=[\u4e00-\u9fff]) )   # 一. -> 一、
       | (?P<bracket> [（(](?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})[）)][、.，．][ ]? )   # （一）、 -> （一）
       | (?P<circle>  [①-⑳][、.．][ ]? ) )                            # ①、 -> ①
    """,
    re.VERBOSE | re.MULTILINE,
)


def number_form(sheet: Sheet) -> Iterable[Fault]:
    """The number of an item has the wrong mark: ``1、`` for ``1.``, ``一.`` for ``一、``, ``（一）、`` for ``（一）``.

    GB/T 15834-2011, annex B.3.2 (GB/T 9704-2012, 7.3.3 shows the same): Chinese numerals take 、, Arabic figures and Latin
    letters a dot, numbers in brackets nothing.

    Bad: ``1、举行会议。``, ``（一）、贸易``  Good: ``1. 举行会议。``, ``（一）贸易``

    Limitation: only at the start of a line, and only numbers that are written, not those that a file generates.
    """
    text = sheet.written.text
    for match in _DOUBLE.finditer(text):
        kind = match.lastgroup or ""
        found = match.group()
        bare = found.rstrip(" ")[:-1]
        new = {"figure": f"{bare}.", "stop": f"{bare}、"}.get(kind, bare)
        yield mended(sheet, match.span(), {"here": found.strip(), "good": new}, new)


@dataclass(frozen=True, slots=True)
class _Break:
    kind: str
    before: _Item


AHEAD = 40  # items behind one in another style that tell whether it begins a list of its own
MISSED = 2  # numbers; where more are missing, the document is an excerpt
_LIKE = ({"chinese_bracket", "arabic_bracket", "arabic_half"}, {"chinese", "arabic"})


def series(sheet: Sheet) -> Iterable[Fault]:
    """A number breaks its series: one is left out, stands twice, comes out of order or is written in another style.

    Levels are counted apart; under a new heading of a higher level, and in a new list, counting begins again at 1.

    Bad: ``（一）…（三）…``, ``（一）…（2）…``  Good: ``（一）…（二）…``

    Limitation: a series may begin with any number, and where more than two numbers are missing at once the document is
    taken for an excerpt. Decimal numbers (1.2.3) and marks without order are not counted. A fix is offered for the style
    only, since what is missing may be the paragraph.
    """
    items = list(_items(sheet))
    open_: list[_Item] = []
    for place, item in enumerate(items):
        problem = _problem(item, open_, items[place + 1 : place + 1 + AHEAD])
        level = next((at for at, one in enumerate(open_) if one.style == item.style), None)
        if problem and problem.kind == "style":
            level = open_.index(problem.before)
        open_[level if level is not None else len(open_) :] = [_as_counted(item, problem)]
        if problem:
            yield _broken(sheet, item, problem)


def _as_counted(item: _Item, problem: _Break | None) -> _Item:
    """The item in the style of its series."""
    if problem is None or problem.kind != "style":
        return item
    return _Item(item.line, problem.before.style, item.number, item.label, item.start, item.end)


def _problem(item: _Item, open_: Sequence[_Item], rest: Sequence[_Item]) -> _Break | None:
    before = next((one for one in open_ if one.style == item.style), None)
    if before is None:
        return _other_style(item, open_, rest)
    step = item.number - before.number
    if step == 1 or item.number == 1:
        return None
    if step == 0:
        return _Break("repeated", before)
    if step < 0:
        return _Break("order", before) if -step <= MISSED else None
    return _Break("gap", before) if step <= MISSED + 1 else None


def _other_style(item: _Item, open_: Sequence[_Item], rest: Sequence[_Item]) -> _Break | None:
    """``（2）`` after ``（一）``: the first of its style is no 1, and a series of a like style waits for this number."""
    if item.number == 1:
        return None
    for one in reversed(open_):
        alike = any({one.style, item.style} <= styles for styles in _LIKE)
        if alike and one.number + 1 == item.number:
            goes_on = next((other for other in rest if other.style == item.style), None)
            return None if goes_on and goes_on.number == item.number + 1 else _Break("style", one)
    return None


def _broken(sheet: Sheet, item: _Item, problem: _Break) -> Fault:
    span = sheet.span(item.start, item.end if item.end > item.start else min(item.line.end, item.start + 8))
    first = problem.before
    other = sheet.span(first.start, first.end if first.end > first.start else min(first.line.end, first.start + 8))
    values = {"here": item.label.strip(), "before": first.label.strip(), "why": f"@series_{problem.kind}"}
    fix = _in_style(first.label, item.number) if problem.kind == "style" and item.end > item.start else None
    return Fault(span, values, (passage(sheet, other),), fix)


def _in_style(label: str, number: int) -> str:
    """``number`` written as ``label`` is: 2 as （二） after （一）."""
    figure = _FIGURE.search(label)
    arabic = figure is not None and figure.group().isdecimal()
    tens, ones = divmod(number, 10)
    chinese = ("" if tens == 0 else "十" if tens == 1 else _DIGITS[tens] + "十") + (_DIGITS[ones] if ones else "")
    return _FIGURE.sub(str(number) if arabic or number > 99 else chinese, label, count=1)


_DIGITS = "〇一二三四五六七八九"
_FINAL = "。；！？…：;!?:.，、,"
_ENDS = re.compile(f"[{HAN}》）”0-9]")
# Items of a list, and the share of them with a final mark, from which the rest are missing theirs.
SIBLINGS, MOST = 4, 0.75
FEW, OF_FEW = 3, 0.6  # a list of three counts where its items are sentences
SENTENCE = 6  # characters: an item of fewer may be a name
CELL = 8  # characters: a cell of fewer is a word


def final_marks(sheet: Sheet) -> Iterable[Fault]:
    """An item of a list, or a cell of a column, has no final mark while the others have one.

    GB/T 15834-2011 (4.6.3.1, annex B.3): the items of a list end alike, with ； or 。.

    Bad: ``1. 发展贸易。2. 扩大投资``  Good: ``1. 发展贸易。2. 扩大投资。``

    Limitation: lists of at least three numbered items that follow each other, or columns of four cells, most of which end with a
    mark; headings with text under them are no items.
    """
    seen: set[int] = set()
    for group in [*_lists(list(_items(sheet))), *_columns(sheet)]:
        for fault in _without_mark(sheet, group):
            if fault.span.start not in seen:
                seen.add(fault.span.start)
                yield fault


def _lists(items: Sequence[_Item]) -> Iterator[list[_Item]]:
    """Items of one style and of one kind of place; in a table those of one column, over its groups."""

    def key(item: _Item) -> tuple[str, int, int]:
        return item.style, item.line.cell.column if item.line.cell else -1, item.line.block if item.line.cell else -1

    numbered = [item for item in items if item.style in _ITEMS]
    for _, run in groupby(sorted(numbered, key=key), key=key):
        group = list(run)
        if group[0].line.cell:
            yield group
        else:
            yield from _consecutive(group)


_ITEMS = ("article", "chinese", "arabic", "arabic_bracket", "arabic_half", "chinese_bracket")


def _consecutive(items: Sequence[_Item]) -> Iterator[list[_Item]]:
    run: list[_Item] = []
    for item in items:
        if run and (item.number != run[-1].number + 1 or item.line.block - run[-1].line.block > 1):
            yield run
            run = []
        run.append(item)
    if run:
        yield run


def _columns(sheet: Sheet) -> Iterator[list[_Item]]:
    """The cells of each column of a table that hold more than a word, in rows that are filled."""
    columns: dict[tuple[int, int], list[Line]] = {}
    filled = Counter((line.block, line.cell.row) for line in sheet.lines if line.cell and line.end > line.start)
    for line in sheet.lines:
        if line.cell and line.cell.row and line.end - line.start >= CELL and filled[line.block, line.cell.row] > 1:
            columns.setdefault((line.block, line.cell.column), []).append(line)
    for lines in columns.values():
        last = {line.cell.row: line for line in lines if line.cell}  # of a cell with paragraphs, the last one
        yield [_Item(line, "cell", row, str(row), line.start, line.start) for row, line in last.items()]


def _without_mark(sheet: Sheet, group: Sequence[_Item]) -> Iterator[Fault]:
    text = sheet.written.text
    ends = [text[item.line.start : item.line.end].rstrip()[-1:] for item in group]
    marks = Counter(end for end in ends if end in "。；;")
    few = len(group) == FEW and not group[0].line.cell and group[-1].number == FEW
    if (
        not marks
        or sum(marks.values()) < (OF_FEW if few else MOST) * len(group)
        or len(group) < (FEW if few else SIBLINGS)
    ):
        return
    usual = marks.most_common(1)[0][0]
    for place, (item, end) in enumerate(zip(group, ends, strict=True)):
        if end in _FINAL or not _ENDS.match(end) or item.line.end - item.end < SENTENCE:
            continue
        if place == len(group) - 1 and _opens(sheet, item):
            continue
        at = item.line.start + len(text[item.line.start : item.line.end].rstrip()) - 1
        mark = "。" if item is group[-1] and not item.line.cell else usual
        yield mended(sheet, (at, at + 1), {"mark": mark, "number": item.label.strip()}, end + mark)


def _opens(sheet: Sheet, item: _Item) -> bool:
    """Whether the last item of a run is a heading, with text of its own under it."""
    blocks, number = sheet.document.blocks, item.line.block
    under = blocks[number + 1].kind if number + 1 < len(blocks) else ""
    return item.line.cell is None and (blocks[number].kind == "heading" or under == "paragraph")


CHECKS = (
    SheetCheck("PUN106", "list-number-form", "info", "unsafe", number_form),
    SheetCheck("PUN107", "broken-numbering", "warning", "unsafe", series),
    SheetCheck("PUN108", "item-without-final-mark", "warning", "safe", final_marks),
)
