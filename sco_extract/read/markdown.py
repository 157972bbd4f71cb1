"""Markdown -> layout: the file stays as it is, character for character; what is only markup is left out of the reading text.

The subset is what converters and authors of official papers write: headings, pipe and tab tables, notes, lists, quotes,
rules, emphasis, links and a little HTML. Blocks are found by line; no construct makes the rest of a file unreadable.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from sco_extract.model.document import Block, BlockKind, Cell
from sco_extract.model.span import Span
from sco_extract.read.encoding import decode
from sco_extract.read.flat_table import find_flat_tables
from sco_extract.read.labels import find_label
from sco_extract.read.layout import Layout
from sco_extract.read.limits import Limits
from sco_extract.read.notes import find_references
from sco_extract.read.paragraphs import CAPTION, TextLine, find_continuations, is_final, is_prose, split_lines, width

ATX = re.compile(r"(?P<mark>#{1,6})[ \t\u3000]+(?P<text>\S.*?)(?P<close>[ \t]+#+)?\Z")
RULE = re.compile(r"(?:[-*_] ?){3,}\Z")
SETEXT = re.compile(r"(?:=+|-+)\Z")
FENCE = re.compile(r"(?:```|~~~)")
QUOTE = re.compile(r"(?:>[ \t]?)+")
ITEM = re.compile(r"(?P<label>[-*+]|[0-9]{1,3}[.)])[ \t]+(?=\S)")
NOTE = re.compile(r"\[\^(?P<id>[^\]\s]{1,40})\]:[ \t]*")
CIRCLED = re.compile(r"(?:<sup>)?\s*(?P<id>[①-⑳㉑-㉟]|\[[0-9]{1,3}\])\s*(?:</sup>)?(?!\()[ \t]*(?=\S)")
DELIMITER = re.compile(r"\|?(?:[ \t]*:?-{1,}:?[ \t]*\|)+(?:[ \t]*:?-{1,}:?[ \t]*)?\Z")
PIPE = re.compile(r"(?<!\\)\|")

TAIL = 200  # characters; more than a line of a wrapped text has

# What the reading text leaves out. Every part begins with its own character and ends within the line, so that a search
# is linear; the lengths are those of the longest link targets seen, doubled.
MARKUP = re.compile(
    r"""
      <sup>[ ]?\[?[\^①-⑳㉑-㉟0-9*]{1,4}\]?[ ]?</sup>         # a call of a note: <sup>①</sup>
    | \[\^[^\]\s]{1,40}\]                                   # a call of a note: [^1]
    | <(?:https?|ftp|mailto):[^<>\s]{1,1000}>               # a bare link: <https://example.org/2024/0617>
    | !\[[^\[\]\n]{0,300}\]\([^()\n]{0,1000}\)              # a picture
    | \[(?:https?:[^\[\]\s]{1,1000})\]\((?:[^()\n]|\([^()\n]{0,100}\)){0,1000}\)   # a link shown as its target
    | \[(?=[^\[\]\n]{1,300}\]\([^\s()]{0,1000}(?:\([^\s()]{0,100}\)[^\s()]{0,1000})?(?:[ ]"[^"\n]{0,200}")?\))
    | \]\([^\s()]{0,1000}(?:\([^\s()]{0,100}\)[^\s()]{0,1000})?(?:[ ]"[^"\n]{0,200}")?\)          # ](target "title")
    | </?[A-Za-z][A-Za-z0-9]{0,15}(?:[ ][^<>\n]{0,300})?/?>    # a tag: <br>, <u>, <span style="…">
    | &(?:nbsp|ensp|emsp|thinsp|zwj|zwnj|shy|\#160|\#12288);   # a space of HTML
    | \\(?=[!-/:-@\[-`{-~])                                 # a backslash before a mark: \_, \*, \|
    | (?<!\\)\*{2,3} | (?<!\\)~~                            # **bold**
    | (?<![\\0-9A-Za-z])__(?=[^\s_]) | (?<=[^\s\\])__(?![0-9A-Za-z])   # __bold__; a__b is none
    | (?<![\\*0-9A-Za-z])\*(?=[^\s*][^*\n]{0,300}\*)        # *italics*, opening; 2*3 is none
    | (?<=[^\s*\\])\*(?![*0-9A-Za-z])                       # closing
    | `{1,3}
    """,
    re.VERBOSE,
)


@dataclass(slots=True)
class _Builder:
    """Blocks and skipped ranges while the lines are read."""

    source: str
    blocks: list[Block] = field(default_factory=list)
    skipped: list[Span] = field(default_factory=list)

    def add(self, kind: BlockKind, line: TextLine, *, level: int = 0, label: str = "", role: str = "") -> None:
        """A block that is one line, so far."""
        self.blocks.append(Block(kind, Span(line.start, line.end), level, label, role))

    def extend(self, line: TextLine) -> None:
        """The last block goes on to the end of ``line``."""
        last = self.blocks[-1]
        self.blocks[-1] = replace(last, span=Span(last.span.start, line.end))

    def skip(self, start: int, end: int) -> None:
        """Leave a range of the source out of the reading text."""
        if start < end:
            self.skipped.append(Span(start, end))


def read_markdown(data: bytes, name: str, limits: Limits) -> Layout:
    """The layout of a Markdown file; ``name`` and ``limits`` are not needed beyond what :func:`read` checks.

    Raises ``ReadError`` where the bytes are no text.
    """
    decoded = decode(data)
    source = decoded.text
    tables = find_flat_tables(source)
    lines = split_lines(source, (table.span for table in tables))
    builder = _Builder(source)
    _read_lines(builder, lines)
    marks = (Span(*match.span()) for match in MARKUP.finditer(source))
    skipped = _merge([*builder.skipped, *marks, *_comments(source)])
    covered = set(skipped)
    shown = (
        replace(block, kind="furniture", role="markup") if block.span in covered else block for block in builder.blocks
    )
    blocks = sorted([*shown, *tables], key=lambda block: block.span)
    return Layout(
        source,
        find_references(source, blocks),
        decoded.encoding,
        decoded.confidence,
        diagnostics=decoded.diagnostics,
        skipped=skipped,
        continues=tuple(find_continuations(source, blocks)),
    )


def _comments(source: str) -> Iterator[Span]:
    """HTML comments; searched one after the other, so that many open ones cost no more than one."""
    at = source.find("<!--")
    while at >= 0:
        end = source.find("-->", at)
        if end < 0:
            return
        yield Span(at, end + 3)
        at = source.find("<!--", end)


def _merge(spans: Iterable[Span]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)


def _read_lines(builder: _Builder, lines: Sequence[TextLine]) -> None:
    at = 0
    fenced = False
    open_block = False  # whether a plain line may go on with the last block
    while at < len(lines):
        line = lines[at]
        if FENCE.match(line.text):
            fenced = not fenced
            builder.add("furniture", line, role="fence")
            open_block = False
        elif fenced:
            builder.add("paragraph", line)
        elif at + 1 < len(lines) and "|" in line.text and _starts_table(line, lines[at + 1]):
            at = _read_table(builder, lines, at)
            open_block = False
            continue
        elif open_block and not line.gap and SETEXT.match(line.text) and builder.blocks[-1].kind == "paragraph":
            last = builder.blocks.pop()
            builder.blocks.append(replace(last, kind="heading", level=1 if line.text[0] == "=" else 2))
            builder.add("furniture", line, role="rule")
            open_block = False
        else:
            open_block = _read_line(builder, line, open_block=open_block)
        at += 1


def _read_line(builder: _Builder, line: TextLine, *, open_block: bool) -> bool:
    """Add ``line`` as a block or to the last one; whether a next line may go on with it."""
    heading = ATX.match(line.text)
    if RULE.match(line.text):
        builder.add("furniture", line, role="rule")
        return False
    if heading:
        inner = re.sub(r"^\*+", "", heading["text"])
        label = find_label(inner)
        title = len(heading["mark"]) == 1 and all(block.kind == "furniture" for block in builder.blocks)
        text, role = label.text if label else "", "title" if title else ""
        builder.add("heading", line, level=len(heading["mark"]), label=text, role=role)
        builder.skip(line.start, line.start + heading.start("text"))
        if heading["close"]:
            builder.skip(line.start + heading.start("close"), line.end)
        return False
    marked = _read_marked(builder, line)
    if marked:
        return True
    if open_block and _goes_on(builder, line):
        builder.extend(line)
        return True
    plain = MARKUP.sub("", line.text)
    builder.add("paragraph", line, role="caption" if CAPTION.match(plain) else "")
    return not builder.blocks[-1].role


def _read_marked(builder: _Builder, line: TextLine) -> bool:
    """A note, a list item or a quotation: a line that a mark opens."""
    note = NOTE.match(line.text)
    circled = CIRCLED.match(line.text)
    item = ITEM.match(line.text)
    quote = QUOTE.match(line.text)
    if note:
        builder.add("footnote", line, label=note["id"])
        builder.skip(line.start, line.start + note.end())
    elif circled and (line.gap or not builder.blocks or builder.blocks[-1].kind != "paragraph"):
        builder.add("footnote", line, label=circled["id"].strip("[]"))
        builder.skip(line.start, line.start + circled.end())
    elif item:
        builder.add("list_item", line, level=1 + line.indent // 2, label=item["label"])
        if not item["label"][0].isdigit():
            builder.skip(line.start, line.start + item.end())
    elif quote:
        builder.skip(line.start, line.start + quote.end())
        if builder.blocks and builder.blocks[-1].role == "quote" and not line.gap:
            builder.extend(line)
        else:
            empty = quote.end() == len(line.text)
            builder.add("furniture" if empty else "paragraph", line, role="markup" if empty else "quote")
    else:
        label = find_label(line.text)
        if label is None or label.end >= len(line.text) or label.style in ("bullet", "letter", "circled"):
            return False
        builder.add("list_item", line, level=1, label=label.text)
    return True


def _goes_on(builder: _Builder, line: TextLine) -> bool:
    """A soft break: the line before is long and does not end like a paragraph, and asks for no hard break."""
    last = builder.blocks[-1]
    text = _tail(builder, last)
    if last.kind in ("footnote", "list_item") and line.indent >= 2 and not is_final(text):
        return True
    if line.gap:
        return False
    tail = builder.source[last.span.end : line.start]
    if is_final(text) or tail.startswith("  ") or text.endswith("\\"):
        return False
    before = text.rsplit("\n", 1)[-1]
    return width(before) >= 15 and (is_prose(before) or width(before) >= 30) and "\t" not in before + line.text


def _tail(builder: _Builder, block: Block) -> str:
    """The end of a block, which is all that matters for its going on."""
    return builder.source[max(block.span.start, block.span.end - TAIL) : block.span.end]


def _starts_table(line: TextLine, delimiter: TextLine) -> bool:
    if delimiter.gap or not DELIMITER.match(delimiter.text) or "|" not in delimiter.text:
        return False
    return len(list(_cells(line))) == len(list(_cells(delimiter)))


def _read_table(builder: _Builder, lines: Sequence[TextLine], at: int) -> int:
    """A pipe table whose header is ``lines[at]``; the index of the line behind it."""
    first, delimiter = lines[at], lines[at + 1]
    columns = len(list(_cells(first)))
    builder.skip(delimiter.start, delimiter.end)
    rows = [_row(first, 0, columns)]
    last = delimiter
    at += 2
    while at < len(lines) and not lines[at].gap and PIPE.search(lines[at].text):
        last = lines[at]
        rows.append(_row(last, len(rows), columns))
        at += 1
    builder.blocks.append(Block("table", Span(first.start, last.end), rows=tuple(rows)))
    return at


def _row(line: TextLine, number: int, columns: int) -> tuple[Cell, ...]:
    spans = list(_cells(line))[:columns]
    spans += [Span(line.end, line.end)] * (columns - len(spans))
    return tuple(Cell(span, number, column) for column, span in enumerate(spans))


def _cells(line: TextLine) -> Iterator[Span]:
    """The cells of a pipe row as spans of the source without the white space around them."""
    start = 1 if line.text.startswith("|") else 0
    ends = [match.start() for match in PIPE.finditer(line.text, start)]
    if not ends or ends[-1] != len(line.text) - 1:
        ends.append(len(line.text))
    for end in ends:
        text = line.text[start:end]
        left = line.start + start + len(text) - len(text.lstrip())
        right = max(left, line.start + start + len(text.rstrip()))
        yield Span(left, right)
        start = end + 1
