"""What conversions leave in a document: markup, doubled passages, hard breaks, unusual white space."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from sco_extract.check.marks import HAN, OPENING, line_at, passage, protected, running, source_span
from sco_extract.check.sheet import Fault, Sheet, SheetCheck
from sco_extract.model.document import Block, Line
from sco_extract.normalize.script import simplify

_RESIDUE = re.compile(
    r"""
    (?P<note>    \[footnoteRef:[0-9]+\] )                                # 战略》[footnoteRef:1]
  | (?P<body>    (?m:^|(?<=[ \n]))\[[0-9]+:[ ](?=\S) )                    # [1: 印度共和国……]
  | (?P<entity>  &(?:nbsp|amp|lt|gt|quot|ldquo|rdquo|mdash|middot|hellip|\#[0-9]{2,5}); )   # 成员国&nbsp;主管部门
  | (?P<broken>  [\ufffd\uffff]+ | 锟斤拷 | 烫烫烫 | Ã[\x80-\xbf]|â€[œ™“”¦] )     # 上合\ufffd织
  | (?P<markup>  <(?P<tag>sup|sub|b|i|u|em|strong|font|span)(?:[ ][^<>\n]{0,80})?>(?P<inner>[^<>\n]{0,60})</(?P=tag)>
      | <br[ ]?/?> | </?(?:p|div|span|font|o:p|b|i|u|sup|sub)(?:[ ][^<>\n]{0,80})?> )  # <sup>①</sup>
  | (?P<bold>    \*\*(?P<strong>[^*\n]{1,200})\*\* | \*\*(?=\S) )        # **关键词**
  | (?P<pinyin>  (?<=[\u4e00-\u9fff])\((?=[^()\n]{0,8}[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ])[a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]{1,7}[ ]?\) )   # 領(lǐng)域
  | (?P<escape>  \\{1,4}[_*\[\]\#] )                                          # art\_f853
    """,
    re.VERBOSE,
)
_ANY = re.compile(r"footnoteRef|\[[0-9]+: |&[a-z#]|[\ufffd\uffff锟烫Ãâ]|</?[a-z]|\*\*|\\|[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]")
_MARKDOWN = ("markup", "bold", "escape")  # right in a Markdown file


def residue(sheet: Sheet) -> Iterable[Fault]:
    r"""Marks of another format stand in the text: ``[footnoteRef:1]``, ``<sup>①</sup>``, ``**``, ``\_``, ``&nbsp;``.

    They come from a conversion that was not finished; a reader of the printed document sees them.

    Bad: ``《发展战略》[footnoteRef:1]。``  Good: the note as a note, ``《发展战略》。``

    Limitation: in a file named .md the marks of Markdown are right and are not reported.
    """
    text = sheet.record.text
    if not _ANY.search(text):
        return
    markdown = sheet.record.source.path.lower().endswith((".md", ".markdown"))
    for match in _RESIDUE.finditer(text):
        kind = match.lastgroup or ""
        kind = next(name for name in ("note", "body", "entity", "broken", "pinyin", *_MARKDOWN) if match[name])
        if markdown and kind in _MARKDOWN:
            continue
        yield Fault(source_span(sheet, *match.span()), {"text": match.group()}, fix=_cleaned(kind, match))


_ENTITIES = {"nbsp": " ", "amp": "&", "lt": "<", "gt": ">", "quot": '"', "ldquo": "“", "rdquo": "”", "mdash": "—"}
_ENTITIES |= {"middot": "·", "hellip": "…"}


def _cleaned(kind: str, match: re.Match[str]) -> str | None:
    found = match.group()
    if kind == "entity":
        return _ENTITIES.get(found[1:-1])
    if kind in ("broken", "body"):
        return None
    return {"note": "", "pinyin": "", "markup": match["inner"], "bold": match["strong"], "escape": found[-1:]}[
        kind
    ] or ""


LEAST = 20  # characters: a shorter line that stands twice may be a formula
_FURNITURE = re.compile(r"https?://|^(?:资料来源|資料來源|注[:：]|来源|來源|责任编辑|責任編輯)")


def duplicated(sheet: Sheet) -> Iterable[Fault]:
    """A paragraph, or a run of paragraphs, stands twice.

    Texts put together from several copies repeat whole passages.

    Bad: the same paragraph of an article twice on one page.  Good: once.

    Limitation: paragraphs of at least 20 characters that are equal but for white space; headings, table cells, notes,
    sources of figures and attendance formulas (the lexicon's ``attendance``) may stand again.
    """
    formulas = sheet.lexicon.words("attendance")
    first: dict[str, int] = {}
    copies: list[tuple[int, int]] = []
    for number, (line, text) in enumerate(running(sheet)):
        if not _can_repeat(sheet.document.blocks[line.block], line, text):
            continue
        key = simplify("".join(text.split()))
        if len(key) < LEAST or any(word in key for word in formulas):
            continue
        if key in first:
            copies.append((number, first[key]))
        else:
            first[key] = number
    for here, there in _runs(sheet, copies):
        spans = [sheet.span(lines[0].start, lines[-1].end) for lines in (here, there)]
        yield Fault(spans[0], {"text": _short(spans[0].quote)}, (passage(sheet, spans[1]),))


def _can_repeat(block: Block, line: Line, text: str) -> bool:
    plain = block.kind in ("paragraph", "list_item") and line.cell is None and block.role != "caption"
    return plain and not _FURNITURE.search(text)


def _runs(sheet: Sheet, copies: list[tuple[int, int]]) -> Iterator[tuple[list[Line], list[Line]]]:
    """Copies one after the other are one run; a line between two of them that is short belongs to it."""
    lines = sheet.lines
    run: list[tuple[int, int]] = []
    for pair in [*copies, (-10, -10)]:
        if run and pair[0] - run[-1][0] == pair[1] - run[-1][1] and 0 < pair[0] - run[-1][0] <= 2:
            run.append(pair)
            continue
        if run:
            yield [lines[here] for here, _ in run], [lines[there] for _, there in run]
        run = [pair]


def _short(text: str, limit: int = 24) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= limit else f"{flat[:limit]}…"


# A broken line is longer than this; shorter ones are set in lines on purpose (signatures, titles, verse).
LINE = 20
_BREAK = re.compile(rf"(?<=[{HAN}，、])[ \t\r]*\n[ \t　]*(?=[{HAN}0-9《“（])")
SHARE = 0.15  # of the paragraphs: where more are broken, the file is wrapped at a width, which is layout


def hard_break(sheet: Sheet) -> Iterable[Fault]:
    """A line ends in the middle of a sentence.

    A break copied from a page's layout cuts a sentence in two paragraphs, and often a word.

    Bad: ``就当前问题⏎和合作前景交换意见。``  Good: ``就当前问题和合作前景交换意见。``

    Limitation: files that are wrapped at a width throughout, PDF files, and lines shorter than 20 characters are left
    alone, as are credits (the lexicon's ``ends_without_mark``). Where notes or a table stand between the halves, the other
    half is shown and no fix is offered.
    """
    if sheet.record.source.format == "pdf":
        return
    paragraphs = [block for block in sheet.document.blocks if block.kind in ("paragraph", "list_item")]
    broken = [(block, found) for block in paragraphs for found in _breaks(sheet, block)]
    if len({block.span.start for block, _ in broken}) <= max(2, SHARE * len(paragraphs)):
        for _, (start, end) in broken:
            before, after = sheet.record.text[max(0, start - 8) : start], sheet.record.text[end : end + 8]
            yield Fault(source_span(sheet, start, end), {"before": before.strip(), "after": after.strip()}, fix="")
    yield from _halves(sheet)


def _breaks(sheet: Sheet, block: Block) -> Iterator[tuple[int, int]]:
    source, ends = sheet.record.text, sheet.lexicon.words("ends_without_mark")
    if source.find("\n", block.span.start, block.span.end) < 0:
        return
    for match in _BREAK.finditer(source, block.span.start, block.span.end):
        begin = max(block.span.start, source.rfind("\n", 0, match.start()) + 1)
        if match.start() - begin >= LINE and not simplify(source[match.start() - 4 : match.start()]).endswith(ends):
            yield match.span()


def _halves(sheet: Sheet) -> Iterator[Fault]:
    source, blocks = sheet.record.text, sheet.document.blocks
    ends = sheet.lexicon.words("ends_without_mark")
    for later, earlier in sheet.document.continues:
        one, two = blocks[earlier].span, blocks[later].span
        if simplify(source[max(one.start, one.end - 4) : one.end]).endswith(ends):
            continue
        values = {"before": source[max(one.start, one.end - 8) : one.end], "after": source[two.start : two.start + 8]}
        if later == earlier + 1 and not source[one.end : two.start].strip():
            yield Fault(source_span(sheet, one.end, two.start), values, fix="")
        elif len(values["before"]) >= 1:
            other = source_span(sheet, two.start, min(two.end, two.start + 8))
            yield Fault(source_span(sheet, max(one.start, one.end - 8), one.end), values, (passage(sheet, other),))


_SPACE = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_WHITE = re.compile(rf"(?<=[^\s])(?:[ ]*[{_SPACE}][ {_SPACE}]*|[ ]{{2,}})(?=[^\s])|[\u200b\ufeff\u00ad\u2060]+")
_SENTENCE = re.compile(r"[，。；,;]")
_NEAR = re.compile(f"[{HAN}，。；：！？、》）”{OPENING}]")
_DATE_SIGN = "年月日"


def white_space(sheet: Sheet) -> Iterable[Fault]:
    """A no-break, ideographic, doubled or invisible space stands inside a sentence.

    Nobody sees it in print, but it breaks searching, matching and line breaking.

    Bad: ``会议　在塔什干举行，``  Good: ``会议在塔什干举行，``

    Limitation: lines without a comma or full stop (headings, signatures, columns set with spaces), tabs, bylines, table cells
    and the space in a name of two characters (李　明) are left alone; in a title or a quotation nothing is changed.
    """
    text = sheet.written.text
    if not _WHITE.search(text):
        return
    zones = protected(text)
    sentences = {line.start for line, part in running(sheet) if _SENTENCE.search(part)}
    for match in _WHITE.finditer(text):
        line = line_at(sheet, match.start())
        block = sheet.document.blocks[line.block]
        if line.cell or block.kind == "heading" or block.role or line.start not in sentences:
            continue
        before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
        if not (_NEAR.match(before) or _NEAR.match(after)) or _in_name(text, match) or after in _DATE_SIGN:
            continue
        close = bool(_NEAR.match(before) and (_NEAR.match(after) or after.isdigit())) or before.isdigit()
        fix = "" if close or not match.group().strip("\u200b\ufeff\u00ad\u2060") else " "
        span = sheet.span(*match.span())
        if span.quote == match.group():  # not the spaces on both sides of what the reader left out
            yield Fault(span, {"code": _codes(match.group())}, fix=None if match.start() in zones else fix)


def _codes(space: str) -> str:
    return " ".join(dict.fromkeys(f"U+{ord(char):04X}" for char in space))


_ALONE = re.compile(f"[{HAN}]")


def _in_name(text: str, match: re.Match[str]) -> bool:
    """Whether a single character stands on one side, as in 李　明."""
    start, end = match.span()
    sides = text[start - 2 : start], text[end : end + 2]
    return any(
        _ALONE.match(near) is not None and _ALONE.match(far) is None
        for near, far in ((sides[0][-1:], sides[0][:-1]), (sides[1][:1], sides[1][1:]))
    )


CHECKS = (
    SheetCheck("SRC101", "conversion-residue", "warning", "unsafe", residue),
    SheetCheck("SRC102", "duplicated-passage", "warning", "none", duplicated),
    SheetCheck("SRC103", "hard-break", "warning", "unsafe", hard_break),
    SheetCheck("SRC104", "unusual-white-space", "info", "safe", white_space),
)
