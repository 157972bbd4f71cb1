"""Drafts of reports: sentences without a source, and counts that differ from the annexes or from the titles named."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from sco_extract.check.rule import Passage
from sco_extract.check.sheet import Fault, Sheet, SheetCheck
from sco_extract.lexicon.load import Lexicon, alternation
from sco_extract.model.document import Block, Cell, Document, Line
from sco_extract.values.numerals import NUMERAL, to_int

# Lines at the top among which the status of a draft stands: below the title, its sender, its receiver and its period.
TOP = 12
# Sentences of the sections with a note, and their share, from which on the others should have one, too.
FEWEST, MOST = 5, 0.6
# Characters of the longest heading of an annex.
HEADING = 60

_SECTION = re.compile(r"[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]{1,3}[章节部]|[0-9]{1,2}[.．、]")
_ANNEX = re.compile(rf"附(?:件|录|表)(?P<number>[{NUMERAL}]{{1,3}})")
_ANNEX_LINE = re.compile(rf"{_ANNEX.pattern}(?![0-9])[^，。；,;]*$")
_PIECE = re.compile(r"[^。；！？\n]+")
_MARK = re.compile(r"[。！？《》“”（）「」]")
_DEPTH = {**dict.fromkeys("《“（「", 1), **dict.fromkeys("》”）」", -1)}
_TITLE = r"《[^《》\n]*(?:《[^《》\n]*》[^《》\n]*)*》"  # 《〈纲要〉落实计划》
# 《构想》（2024年7月4日，阿斯塔纳）, 元首理事会第9号决议
_NAMED = re.compile(rf"(?:{_TITLE}|第[{NUMERAL}]{{1,5}}号(?:决议|决定))(?:（[^（）\n]{{0,60}}）)?(?:草案)?")
_BETWEEN = re.compile(r"(?:以及|[、和及与])?")
_OWNER = re.compile(r"(?:(?:以及|[、和及与])[^《》、，。；\n]{0,40})?")  # before 第10号决议: whose it is
_TITLES = re.compile(_TITLE)
# Characters before 三份文件 in which the titles are looked for: a paragraph of a report is shorter.
LIST = 1500
_ENDS = "》）议定案"  # of a title, its note, 第9号决议, a draft
_FACT = re.compile(r"[0-9《]")  # stands in no head of a table


@dataclass(frozen=True, slots=True)
class _Words:
    status: re.Pattern[str]
    nothing: re.Pattern[str]
    counted: re.Pattern[str]
    part: re.Pattern[str]
    papers: re.Pattern[str]


@cache
def _words(lexicon: Lexicon) -> _Words:
    def any_of(group: str) -> str:
        return alternation(lexicon.words(group))

    status = any_of("draft_status")
    return _Words(
        # 征求意见稿, （征求意见稿）, ……的报告（征求意见稿）
        status=re.compile(rf"(?:^|.*[（(])(?:{status})[）)]?$"),
        nothing=re.compile(any_of("draft_nothing")),
        # 会议和活动31场; not 第3次
        counted=re.compile(
            rf"(?<![第{NUMERAL}])(?P<number>[{NUMERAL}]{{1,7}})(?P<unit>{any_of('draft_counted')})(?!会议)"
        ),
        part=re.compile(any_of("draft_part")),
        # 《构想》和《声明》两份文件, 《构想》《声明》等4份文件
        papers=re.compile(rf"(?P<open>等)?(?P<said>(?P<number>[{NUMERAL}]{{1,4}})(?:{any_of('draft_papers')}))"),
    )


@dataclass(frozen=True, slots=True)
class _Annex:
    """The line that heads an annex, its tables, and its lines that stand in none."""

    line: Line
    tables: tuple[Block, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class _Draft:
    """A draft in parts: the lines before the first numbered section, those of the sections, the annexes by number."""

    opening: tuple[Line, ...]
    sections: tuple[Line, ...]
    annexes: Mapping[int, _Annex]


def _draft(sheet: Sheet) -> _Draft | None:
    """The parts of ``sheet``; None where it is no draft of a report with annexes."""
    document = sheet.document
    text, lines = document.text.text, document.lines
    status = _words(sheet.lexicon).status
    if not any(status.match(text[line.start : line.end]) for line in lines[:TOP]):
        return None
    heads = [(at, number) for at, line in enumerate(lines) if (number := _annex_number(document, line)) is not None]
    if not heads:
        return None
    ends = [*(at for at, _ in heads[1:]), len(lines)]
    annexes: dict[int, _Annex] = {}
    for (at, number), end in zip(heads, ends, strict=True):
        annex = _annex(document, lines[at:end])
        if number not in annexes or annex.tables:  # 附件1：…… is first listed below the text
            annexes[number] = annex
    body = lines[: heads[0][0]]
    first = next((at for at, line in enumerate(body) if _begins_section(document, line)), len(body))
    return _Draft(tuple(body[:first]), tuple(body[first:]), annexes)


def _annex_number(document: Document, line: Line) -> int | None:
    block = document.blocks[line.block]
    if line.cell is not None or line.end - line.start > HEADING or block.kind not in ("heading", "paragraph"):
        return None
    match = _ANNEX_LINE.match(document.text.text, line.start, line.end)
    return to_int(match["number"]) if match else None


def _annex(document: Document, lines: Sequence[Line]) -> _Annex:
    blocks = dict.fromkeys(line.block for line in lines if line.cell is not None)
    texts = [one for one in lines[1:] if one.cell is None and document.blocks[one.block].kind == "paragraph"]
    return _Annex(lines[0], tuple(document.blocks[number] for number in blocks), tuple(texts))


def _begins_section(document: Document, line: Line) -> bool:
    block = document.blocks[line.block]
    if block.kind != "heading" or line.cell is not None:
        return False
    return bool(_SECTION.match(block.label) or _SECTION.match(document.text.text, line.start, line.end))


def without_source(sheet: Sheet) -> Iterator[Fault]:
    """A sentence in the sections of a report's draft has no note that names its source, though most others have.

    Each sentence of a draft carries what it rests on in a footnote: whoever answers for the report can look it up.

    Good: 投资促进专门工作组第8次会议于2024年2月在德黑兰举行。 with a footnote behind it
    Bad: the same sentence without one, where the others have theirs

    Limitation: looked at are documents with 征求意见稿 (送审稿, 讨论稿 …) at their top, numbered sections and annexes, in
    which six of ten sentences of the sections have a footnote. Whether a footnote supports its sentence is not
    judged. Introductions, headings, lines without a full stop, sentences that there is nothing to report and references
    to an annex need no note.
    """
    references = sorted(
        block.reference for block in sheet.document.blocks if block.kind == "footnote" and block.reference is not None
    )
    draft = _draft(sheet) if len(references) >= FEWEST else None
    if draft is None:
        return
    nothing = _words(sheet.lexicon).nothing
    bare: list[tuple[int, int]] = []
    said = 0
    for start, end, low, high in _sentences(sheet.document, draft.sections):
        text = sheet.document.text.text[start:end]
        if bisect_right(references, high) > bisect_right(references, low):
            said += 1
        elif not nothing.search(text) and not _ANNEX.search(text):
            bare.append((start, end))
    if said < FEWEST or said < MOST * (said + len(bare)):
        return
    for start, end in bare:
        yield Fault(sheet.read_span(start, end), {"said": str(said), "count": str(said + len(bare))})


def _sentences(document: Document, lines: Sequence[Line]) -> Iterator[tuple[int, int, int, int]]:
    """The sentences of ``lines``: start and end in the reading text, and where in the source their notes are called.

    That is behind the first and up to the second offset: a note is called before or behind the full stop.
    """
    for line in lines:
        block = document.blocks[line.block]
        if line.cell is not None or block.kind not in ("paragraph", "list_item") or block.role:
            continue
        cuts = [line.start, *_stops(document.text.text, line)]
        begins = [document.text.range(at, at + 1)[0] for at in cuts if at < line.end]
        highs = [*begins[1:], block.span.end]
        yield from zip(cuts, cuts[1:], begins, highs, strict=False)


def _stops(text: str, line: Line) -> Iterator[int]:
    """Where the sentences of a line end; full stops inside quotations, titles and brackets end none."""
    depth = 0
    for match in _MARK.finditer(text, line.start, line.end):
        depth = max(0, depth + _DEPTH.get(match.group(), 0))
        if depth == 0 and match.group() not in _DEPTH:
            yield match.end()


def other_number(sheet: Sheet) -> Iterator[Fault]:
    """A number in the draft of a report differs from the rows of the annex, or from the titles that it counts.

    Good: 会议和活动31场，详见附件2。 with 31 rows; 通过《构想》和《声明》两份文件
    Bad: 会议和活动32场，详见附件2。 with 31 rows; 通过《构想》和《声明》三份文件

    Limitation: looked at are documents with 征求意见稿 (送审稿, 讨论稿 …) at their top and annexes. A number is held
    against an annex that its clause names, in the introduction also against the one annex whose heading names what is
    counted, and in an annex 共31场 against its own tables; 已落实10项 and 其中10项 count a part and are left alone. Where an
    annex has tables of several kinds, one that fits is enough. 等 before a number may stand behind a list that is not
    complete: then only more titles than said are a fault, unless all other lists of the draft are complete.
    """
    draft = _draft(sheet)
    if draft is None:
        return
    yield from _against_annexes(sheet, draft)
    yield from _against_titles(sheet, (*draft.opening, *draft.sections))


def _against_annexes(sheet: Sheet, draft: _Draft) -> Iterator[Fault]:
    rows = {number: _counts(sheet.document, annex.tables) for number, annex in draft.annexes.items() if annex.tables}
    for line in (*draft.opening, *draft.sections):
        for one in _said(sheet, line):
            yield from _compare(sheet, draft, rows, one)
    for number, annex in draft.annexes.items():
        for line in annex.lines:
            for one in _said(sheet, line):
                if one.whole:
                    yield from _compare(sheet, draft, rows, replace(one, annexes=(number,)))


@dataclass(frozen=True, slots=True)
class _Said:
    """The numbers of a clause (start and end in the reading text, value), the annexes it names, whether 共 precedes."""

    numbers: tuple[tuple[int, int, int], ...]
    annexes: tuple[int, ...]
    whole: bool


def _said(sheet: Sheet, line: Line) -> Iterator[_Said]:
    """What the clauses of ``line`` count; nothing of one that counts a part."""
    text, words = sheet.document.text.text, _words(sheet.lexicon)
    if line.cell is not None or not words.counted.search(text, line.start, line.end):
        return
    for piece in _PIECE.finditer(text, line.start, line.end):
        found = [
            (match.start(), match.end(), value)
            for match in words.counted.finditer(text, *piece.span())
            if (value := to_int(match["number"])) is not None
        ]
        annexes = [to_int(match["number"]) for match in _ANNEX.finditer(text, *piece.span())]
        if found and not words.part.search(_TITLES.sub("", text[piece.start() : found[-1][0]])):
            whole = len(found) == 1 and text.endswith("共", piece.start(), found[0][0])
            yield _Said(tuple(found), tuple(one for one in annexes if one is not None), whole)


def _compare(sheet: Sheet, draft: _Draft, rows: Mapping[int, frozenset[int]], said: _Said) -> Iterator[Fault]:
    if len(said.numbers) != len(said.annexes):
        return
    for (start, end, value), annex in zip(said.numbers, said.annexes, strict=True):
        there = rows.get(annex)
        if there and value not in there:
            line = draft.annexes[annex].line
            other = Passage(sheet.record.source.id, sheet.read_span(line.start, line.end))
            values = {
                "said": sheet.document.text.text[start:end],
                "where": f"@rpt_annex:{annex}",
                "found": "/".join(map(str, sorted(there))),
            }
            yield Fault(sheet.read_span(start, end), values, (other,))


def _counts(document: Document, tables: Sequence[Block]) -> frozenset[int]:
    """How much the tables of an annex list: those with equal heads are one, split by headings; one number for each kind."""
    totals: dict[tuple[str, ...], int] = {}
    for table in tables:
        rows = [tuple(_cell(document, cell) for cell in row) for row in table.rows]
        head = rows[0] if rows and all(rows[0]) and not _FACT.search("".join(rows[0])) else ()
        listed = [row for row in rows if row != head and sum(map(bool, row)) > 1]
        totals[head] = totals.get(head, 0) + len(listed)
    return frozenset(totals.values()) - {0}


def _cell(document: Document, cell: Cell) -> str:
    return document.source[cell.span.start : cell.span.end].strip()


def _against_titles(sheet: Sheet, lines: Sequence[Line]) -> Iterator[Fault]:
    found = [one for line in lines for one in _lists(sheet, line)]
    complete = sum(one.open and one.said == one.named for one in found)
    partial = sum(one.open and one.said > one.named for one in found)
    for one in found:
        if one.said < one.named or (one.said > one.named and (not one.open or complete > 2 * partial)):
            text = sheet.document.text.text[one.start : one.end]
            values = {"said": text, "where": "@rpt_titles", "found": str(one.named)}
            yield Fault(sheet.read_span(one.start, one.end), values)


@dataclass(frozen=True, slots=True)
class _List:
    """Titles in a row and the number said behind them, which stands at ``start`` to ``end``; ``open`` means 等 between."""

    start: int
    end: int
    said: int
    named: int
    open: bool


def _lists(sheet: Sheet, line: Line) -> Iterator[_List]:
    text = sheet.document.text.text
    if line.cell is not None or sheet.document.blocks[line.block].kind == "footnote":
        return
    for match in _words(sheet.lexicon).papers.finditer(text, line.start, line.end):
        low, said = max(line.start, match.start() - LIST), to_int(match["number"])
        if said is None or match.start() == low or text[match.start() - 1] not in _ENDS:
            continue
        named, at, between = 0, match.start(), _BETWEEN
        for one in reversed(list(_NAMED.finditer(text, low, match.start()))):
            if not between.fullmatch(text, one.end(), at):
                break
            named, at = named + 1, one.start()
            between = _BETWEEN if text[at] == "《" else _OWNER
        clear = at > low and text[at - 1] not in "、和及与"  # else the list begins with something that is no title
        if named and clear:
            yield _List(*match.span("said"), said, named, bool(match["open"]))


CHECKS = (
    SheetCheck("RPT801", "no-source", "error", "none", without_source),
    SheetCheck("RPT802", "other-number", "error", "none", other_number),
)
