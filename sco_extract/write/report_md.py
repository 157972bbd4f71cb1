"""Write a draft as Markdown (CommonMark with the tables and footnotes of GitHub)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sco_extract.model.draft import Annex, Cell, Draft, Paragraph, Section, Table
from sco_extract.write.tables import Sources, key_table, mark, merges, needs_key
from sco_extract.write.wording import chinese, clean, footnote, label

# Whatever begins markup inside a line; a backslash before punctuation is never shown.
_MARKUP = re.compile(r"[\\`*_{}\[\]<>#|~&$!^]")
_LINE_START = re.compile(r"(\d+)([.)])|([-+=:])")
_ADDRESS = re.compile(r":(?=//)|(?<=www)\.")  # else readers make links of them


def write_md(draft: Draft) -> str:
    """``draft`` as Markdown text with a final line end; passages and doubts are footnotes, below tables a list."""
    notes: list[str] = []
    blocks = [f"# {'<br>'.join(map(_inline, draft.title))}"]
    blocks += [_text(line) for line in (f"（{draft.period}）" if draft.period else "", draft.status) if line]
    blocks += [_text(f"{draft.submitted_to}：")] if draft.submitted_to else []
    if draft.introduction.parts:
        blocks += _section(draft.introduction, None, notes)
    for number, section in enumerate(draft.sections, 1):
        blocks += _section(section, number, notes)
    blocks += [_text(line) for line in (draft.submitted_by, draft.made_on) if line]
    for number, annex in enumerate(draft.annexes, 1):
        blocks += _annex(annex, number, notes)
    blocks += [f"[^{number}]: {note}" for number, note in enumerate(notes, 1)]
    return "\n\n".join(blocks) + "\n"


def _section(section: Section, number: int | None, notes: list[str]) -> Iterator[str]:
    yield f"## {_text(f'{chinese(number)}、' if number else '')}{_text(section.heading)}"
    named = 0
    for part in section.parts:
        if part.heading:
            named += 1
            yield f"### （{chinese(named)}）{_text(part.heading)}"
        for paragraph in part.paragraphs:
            yield _paragraph(paragraph, notes)


def _paragraph(paragraph: Paragraph, notes: list[str]) -> str:
    pieces = []
    for sentence in paragraph.sentences:
        own = [_inline(footnote(sentence.citations))] if sentence.citations else []
        own += [_doubt(doubt) for doubt in sentence.doubts]
        calls = "".join(f"[^{len(notes) + index}]" for index in range(1, len(own) + 1))
        notes += own
        pieces.append(_inline(sentence.text) + calls)
    return _guard("".join(pieces))


def _annex(annex: Annex, number: int, notes: list[str]) -> Iterator[str]:
    yield f"## {label('report_annex')}{number}　{_text(annex.heading)}"
    for paragraph in annex.intro:
        yield _paragraph(paragraph, notes)
    if annex.timeline and annex.timeline.marks:
        yield f"**{_text(label('report_figure').format(number=1, title=annex.timeline.title))}**"
        yield _text(annex.timeline.alt)
        if needs_key(annex.timeline):
            yield _table(key_table(annex.timeline), Sources(""))
    sources = Sources(f"annex_{number}")
    filled = [table for table in annex.tables if table.rows]
    for table in filled:
        if table.caption:
            yield f"**{_text(table.caption)}**"
        yield _table(table, sources)
    if not filled and annex.empty:
        yield _text(annex.empty)
    if sources.numbers:
        yield f"**{label('report_sources')}**"
        for source, passages in sources.by_source().items():
            yield _text(source)
            yield "\n".join(f"- \\[{number}\\] {_inline(words)}" for number, words in passages)


def _table(table: Table, sources: Sources) -> str:
    lines = [_row([_inline(column.heading) for column in table.columns]), _row(["---"] * len(table.columns))]
    for row, plan in zip(table.rows, merges(table.rows), strict=True):
        lines.append(
            _row(["" if merge == "continue" else _cell(cell, sources) for cell, merge in zip(row, plan, strict=True)])
        )
    return "\n".join(lines)


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(cell: Cell, sources: Sources) -> str:
    text = "<br>".join(_inline(line) for line in cell.lines)
    numbers = "".join(_inline(mark(first, last)) for first, last in sources.ranges(cell.citations))
    return text + numbers + "".join(f"<br>{_doubt(doubt)}" for doubt in cell.doubts)


def _doubt(doubt: str) -> str:
    return f"{label('report_doubt')}：{_inline(doubt)}"


def _text(text: str) -> str:
    return _guard(_inline(text))


def _inline(text: str) -> str:
    """``text`` without meaning for Markdown inside a line."""
    return _ADDRESS.sub(r"\\\g<0>", _MARKUP.sub(r"\\\g<0>", clean(text).strip()))


def _guard(line: str) -> str:
    """An escaped line that no longer begins a list or an underlined heading."""
    found = _LINE_START.match(line)
    if not found:
        return line
    at = found.start(2) if found[1] else found.start(3)
    return f"{line[:at]}\\{line[at:]}"
