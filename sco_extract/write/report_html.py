"""Write a draft as one HTML page: nothing to load, no scripts, notes linked both ways, ready to print on A4."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from sco_extract.lexicon.load import load
from sco_extract.model.draft import Annex, Cell, Draft, Paragraph, Section, Table, Timeline
from sco_extract.write.tables import Sources, key_table, mark, merges, needs_key
from sco_extract.write.timeline_svg import draw_svg
from sco_extract.write.wording import chinese, clean, footnote, label

# Measures as in the Word file (report_docx/form.py); on the screen the page is as wide as the type area.
_CSS = """
@page { size: A4; margin: 37mm 26mm 35mm 28mm; }
body { max-width: 156mm; margin: 2rem auto; padding: 0 1rem; font: 16pt/28.95pt "Times New Roman", %(body)s, serif; }
h1 { font: normal 22pt/36pt %(title)s, serif; text-align: center; }
h2 { font: normal 16pt/28.95pt %(hei)s, sans-serif; text-indent: 2em; margin: 0; }
h3 { font: normal 16pt/28.95pt %(kai)s, serif; text-indent: 2em; margin: 0; }
p { text-indent: 2em; text-align: justify; margin: 0; overflow-wrap: anywhere; }
.centre, figcaption, caption { text-align: center; text-indent: 0; }
.flush { text-indent: 0; }
.end { text-align: right; text-indent: 0; padding-right: 2em; }
.annex { break-before: page; margin-top: 3rem; }
.annex h2 { text-indent: 0; }
.doubt { font-size: 10.5pt; border-bottom: 1pt dotted; margin: 0 .3em; }
nav ol { list-style: none; padding: 0; }
sup a, a { color: inherit; text-decoration: none; }
a:hover, a:focus { text-decoration: underline; }
:target { background: #eee; }
table { border-collapse: collapse; width: 100%%; font-size: 10.5pt; line-height: 15pt; margin: .6em 0; }
th, td { border: .5pt solid; padding: 1pt 4pt; vertical-align: top; text-align: left; overflow-wrap: anywhere; }
th { font-family: %(hei)s, sans-serif; font-weight: normal; text-align: center; }
tr { break-inside: avoid; }
thead { display: table-header-group; }
figure { margin: 1em 0; }
figcaption { font-size: 12pt; }
svg { width: 100%%; height: auto; font-family: %(hei)s, sans-serif; }
.notes { font-size: 9pt; line-height: 13pt; }
.sources { font-size: 9pt; line-height: 12pt; list-style: none; padding: 0; text-indent: 0; }
@media print { body { margin: 0; padding: 0; max-width: none; } }
"""


def write_html(draft: Draft) -> str:
    """``draft`` as a page; the same draft gives the same text."""
    notes: list[str] = []
    body = "".join(_body(draft, notes))
    title = _text("".join(draft.title))
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title><style>{_style()}</style></head>\n<body>\n{body}{_notes(notes)}</body></html>\n"
    )


def _style() -> str:
    roles = ("body", "title", "hei", "kai")
    return _CSS % {role: ", ".join(f'"{name}"' for name in load().words(f"report_font_{role}")) for role in roles}


def _body(draft: Draft, notes: list[str]) -> Iterator[str]:
    yield f"<header><h1>{'<br>'.join(_text(line) for line in draft.title)}</h1>\n"
    for line in (f"（{draft.period}）" if draft.period else "", draft.status):
        if line:
            yield f'<p class="centre">{_text(line)}</p>\n'
    yield "</header>\n"
    headings = [(f"section-{number}", text) for number, text in enumerate(_headings(draft))]
    named = label("report_annex")
    annexes = [
        (f"annex-{number}", f"{named}{number}　{annex.heading}") for number, annex in enumerate(draft.annexes, 1)
    ]
    yield f'<nav aria-label="{label("report_contents")}"><ol>'
    yield from (f'<li><a href="#{anchor}">{_text(text)}</a></li>' for anchor, text in headings + annexes if text)
    yield "</ol></nav>\n<main>\n"
    if draft.submitted_to:
        yield f'<p class="flush">{_text(draft.submitted_to)}：</p>\n'
    for (anchor, text), section in zip(headings, (draft.introduction, *draft.sections), strict=True):
        if text:
            yield from _section(section, anchor, text, notes)
    yield from (f'<p class="end">{_text(line)}</p>\n' for line in (draft.submitted_by, draft.made_on) if line)
    for number, ((anchor, text), annex) in enumerate(zip(annexes, draft.annexes, strict=True), 1):
        yield from _annex(annex, anchor, text, Sources(f"annex-{number}"), notes)
    yield "</main>\n"


def _headings(draft: Draft) -> Iterator[str]:
    """The headings with their numbers; '' for an introduction without parts."""
    yield draft.introduction.heading if draft.introduction.parts else ""
    for number, section in enumerate(draft.sections, 1):
        yield f"{chinese(number)}、{section.heading}"


def _section(section: Section, anchor: str, heading: str, notes: list[str]) -> Iterator[str]:
    yield f'<section id="{anchor}"><h2>{_text(heading)}</h2>\n'
    named = 0
    for part in section.parts:
        if part.heading:
            named += 1
            yield f"<h3>（{chinese(named)}）{_text(part.heading)}</h3>\n"
        for paragraph in part.paragraphs:
            yield _paragraph(paragraph, notes)
    yield "</section>\n"


def _paragraph(paragraph: Paragraph, notes: list[str]) -> str:
    pieces = []
    for sentence in paragraph.sentences:
        pieces.append(_text(sentence.text))
        if sentence.citations:
            notes.append(footnote(sentence.citations))
            number = len(notes)
            pieces.append(f'<sup><a id="call-{number}" href="#note-{number}">{number}</a></sup>')
        pieces += [_doubt(doubt) for doubt in sentence.doubts]
    return f"<p>{''.join(pieces)}</p>\n"


def _annex(annex: Annex, anchor: str, heading: str, sources: Sources, notes: list[str]) -> Iterator[str]:
    yield f'<section class="annex" id="{anchor}"><h2>{_text(heading)}</h2>\n'
    for paragraph in annex.intro:
        yield _paragraph(paragraph, notes)
    if annex.timeline and annex.timeline.marks:
        yield from _figure(annex.timeline)
    filled = [table for table in annex.tables if table.rows]
    for table in filled:
        yield from _table(table, sources)
    if not filled and annex.empty:
        yield f"<p>{_text(annex.empty)}</p>\n"
    if sources.numbers:
        yield f'<p class="flush">{label("report_sources")}</p>'
        for source, passages in sources.by_source().items():
            yield f'<p class="sources">{_text(source)}</p><ol class="sources">'
            for number, words in passages:
                yield f'<li id="{sources.anchor(number)}">[{number}] {_text(words)}</li>\n'
            yield "</ol>\n"
    yield "</section>\n"


def _figure(timeline: Timeline) -> Iterator[str]:
    svg, numbered = draw_svg(timeline)
    note = label("report_numbered") if numbered else ""
    title = label("report_figure").format(number=1, title=clean(timeline.title))
    yield f"<figure>{svg}<figcaption>{_text(title)}{note}</figcaption></figure>\n"
    if numbered and needs_key(timeline):
        yield from _table(key_table(timeline), Sources(""))


def _table(table: Table, sources: Sources) -> Iterator[str]:
    yield "<table>"
    if table.caption:
        yield f"<caption>{_text(table.caption)}</caption>"
    total = sum(column.share for column in table.columns) or 1
    widths = "".join(f'<col style="width:{column.share / total:.1%}">' for column in table.columns)
    heads = "".join(f'<th scope="col">{_text(column.heading)}</th>' for column in table.columns)
    yield f"<colgroup>{widths}</colgroup><thead><tr>{heads}</tr></thead>\n<tbody>"
    plans = merges(table.rows)
    for index, row in enumerate(table.rows):
        yield "<tr>"
        for column, cell in enumerate(row):
            if plans[index][column] != "continue":
                below = (plan[column] == "continue" for plan in plans[index + 1 :])
                yield _cell(
                    cell,
                    1 + next((count for count, same in enumerate(below) if not same), len(plans) - index - 1),
                    sources,
                )
        yield "</tr>\n"
    yield "</tbody></table>\n"


def _cell(cell: Cell, rows: int, sources: Sources) -> str:
    text = "<br>".join(_text(line) for line in cell.lines)
    numbers = "".join(
        f'<sup><a href="#{sources.anchor(first)}">{mark(first, last)}</a></sup>'
        for first, last in sources.ranges(cell.citations)
    )
    doubts = "".join(f"<br>{_doubt(doubt)}" for doubt in cell.doubts)
    span = f' rowspan="{rows}"' if rows > 1 else ""
    return f"<td{span}>{text}{numbers}{doubts}</td>"


def _doubt(doubt: str) -> str:
    return f'<span class="doubt" role="note">{label("report_doubt")}：{_text(doubt)}</span>'


def _notes(notes: list[str]) -> str:
    if not notes:
        return ""
    back = label("report_back")
    rows = "".join(
        f'<li id="note-{number}">{_text(note)} <a href="#call-{number}" aria-label="{back}">↩</a></li>\n'
        for number, note in enumerate(notes, 1)
    )
    return f'<footer class="notes"><h2>{label("report_notes")}</h2><ol>\n{rows}</ol></footer>\n'


def _text(text: str) -> str:
    return escape(clean(text))
