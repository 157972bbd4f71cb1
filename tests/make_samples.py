"""Write the binary samples of corpus/ anew from the readable sources in tests/samples_src/.

usage: python tests/make_samples.py [FOLDER]

Same sources, same bytes. Marks in the sources of Word files, at the start of a line: ``#`` title, ``##`` and ``###`` headings
that Word numbers, ``^`` centered, ``/`` item that Word numbers, ``>`` signature, ``@table`` a table with its heads (cells apart
by ``|``; an empty cell goes on with the one above; ``=`` a row over the whole width; a measure in ``#`` is numbered by Word),
``@`` a heading without number. Inside a line: ``{fn:…}`` footnote, ``{cm:…|author}`` comment, ``{+…+}`` tracked insertion,
``{-…-}`` tracked deletion.
"""

from __future__ import annotations

import io
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import escape

from docx_builder import (
    NAMESPACES,
    Builder,
    abstract,
    deleted,
    inserted,
    level,
    note_call,
    num,
    paragraph,
    run,
    style,
)
from opencc import OpenCC
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import A5
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph

ROOT = Path(__file__).parent.parent
SOURCES = ROOT / "tests/samples_src"
SEPARATORS = "".join(
    f'<w:footnote w:id="{at}" w:type="{kind}"><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>'
    for at, kind in ((-1, "separator"), (0, "continuationSeparator"))
)
INLINE = re.compile(r"\{(?P<kind>fn:|cm:|\+|-)(?P<words>[^{}]*)\}")
HEADINGS, ITEMS, FIRST_OF_CELLS = 1, 2, 10  # numbers of Word's lists; the measures of each cell count from 1 anew

FONT = '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="{}"/>'
BODY, BLACK, KAI = FONT.format("仿宋_GB2312"), FONT.format("黑体"), FONT.format("楷体_GB2312")
STYLES = (
    style(
        "Normal",
        "Normal",
        run_properties=f'{BODY}<w:sz w:val="28"/><w:lang w:eastAsia="zh-CN"/>',
        paragraph_properties='<w:spacing w:line="480" w:lineRule="exact"/>',
    ).replace("w:styleId", 'w:default="1" w:styleId')
    + style(
        "Title",
        "Title",
        based_on="Normal",
        run_properties=f'{BLACK}<w:sz w:val="32"/>',
        paragraph_properties='<w:spacing w:before="240" w:after="240"/><w:jc w:val="center"/>',
    )
    + style("Heading1", "heading 1", based_on="Normal", run_properties=BLACK)
    + style("Heading2", "heading 2", based_on="Normal", run_properties=KAI)
    + style("Cell", "Cell", based_on="Normal", run_properties='<w:sz w:val="21"/>',
            paragraph_properties='<w:spacing w:line="320" w:lineRule="exact"/>')
)  # fmt: skip
CLOSE = '<w:suff w:val="nothing"/>'  # no tab after a number
NUMBERING = (
    abstract(
        1,
        level(0, "chineseCountingThousand", "%1、", CLOSE),
        level(1, "chineseCountingThousand", "（%2）", CLOSE),
    )
    + abstract(2, level(0, "decimal", "%1.", CLOSE.replace("nothing", "space")))
    + num(HEADINGS, 1)
    + num(ITEMS, 2)
)
PAGE = (
    '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1588" '
    'w:header="851" w:footer="992" w:gutter="0"/>'
)
INDENT = '<w:ind w:firstLineChars="200" w:firstLine="560"/>'
RESTART = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'


@dataclass
class WordFile:
    """A Word file in the making, from the lines of a source."""

    builder: Builder = field(default_factory=lambda: Builder(styles=STYLES, section=PAGE))
    comments: list[tuple[str, str]] = field(default_factory=list)  # words and author
    lists: int = 0  # lists of numbered cells so far

    def runs(self, line: str) -> list[str]:
        """The runs of a line, its marks resolved."""
        pieces, at = [], 0
        for match in INLINE.finditer(line):
            pieces += [run(line[at : match.start()])] if match.start() > at else []
            pieces.append(self._marked(match["kind"], match["words"]))
            at = match.end()
        return [*pieces, run(line[at:])] if at < len(line) else pieces

    def _marked(self, kind: str, words: str) -> str:
        if kind == "+":
            return inserted(run(words.removesuffix("+")))
        if kind == "-":
            return deleted(words.removesuffix("-"))
        if kind == "cm:":
            said, _, author = words.partition("|")
            self.comments.append((said, author))
            self.builder.comments[len(self.comments)] = paragraph(said)
            return note_call("comment", len(self.comments))
        number = len(self.builder.footnotes) + 1
        self.builder.footnotes[number] = paragraph("<w:r><w:footnoteRef/></w:r>", words)
        return f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="{number}"/></w:r>'

    def add(self, line: str) -> None:
        """Append one block."""
        mark, _, words = line.partition(" ")
        runs = self.runs(words)
        blocks = {
            "#": lambda: paragraph(*runs, style="Title"),
            "##": lambda: paragraph(*runs, style="Heading1", num=(HEADINGS, 0)),
            "###": lambda: paragraph(*runs, style="Heading2", num=(HEADINGS, 1)),
            "^": lambda: paragraph(*runs, properties='<w:jc w:val="center"/>'),
            "/": lambda: paragraph(*runs, num=(ITEMS, 0), properties=INDENT),
            ">": lambda: paragraph(*runs, properties='<w:jc w:val="right"/>'),
            "@": lambda: paragraph(*runs, style="Heading1"),
        }
        self.builder.add(blocks[mark]() if mark in blocks else paragraph(*self.runs(line), properties=INDENT))

    def add_table(self, heads: list[str], rows: list[str]) -> None:
        """Append a table; a row with fewer cells than heads lacks the cells of the merged columns."""
        widths = [1400, 3900, 1500, 2000] if len(heads) == 4 else [1200, 1300, 3200, 1300, 1800]
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        borders = "".join(
            f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
            for side in ("top", "left", "bottom", "right", "insideH", "insideV")
        )
        made = [self._row(widths, [(head, "", 1) for head in heads])]
        for line in rows:
            cells = line.split("|")
            missing = [""] * (len(heads) - len(cells))
            if line.startswith("= "):
                made.append(self._row([sum(widths)], [(line[2:], "", len(heads))]))
            else:
                made.append(self._row(widths, self._merged([*missing, *cells], len(heads) - 3)))
        self.builder.add(
            f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{borders}</w:tblBorders></w:tblPr>'
            f"<w:tblGrid>{grid}</w:tblGrid>{''.join(made)}</w:tbl>",
        )

    @staticmethod
    def _merged(cells: list[str], merging: int) -> list[tuple[str, str, int]]:
        """Words, vertical merge and width of each cell; the first ``merging`` columns merge downward."""
        return [
            (words, ("restart" if words else "continue") if at < merging else "", 1) for at, words in enumerate(cells)
        ]

    def _row(self, widths: list[int], cells: list[tuple[str, str, int]]) -> str:
        if any(merge == "restart" for _, merge, _ in cells):
            self.lists += 1
        inside = "".join(self._cell(width, *cell) for width, cell in zip(widths, cells, strict=True))
        return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{inside}</w:tr>"

    def _cell(self, width: int, words: str, merge: str, span: int) -> str:
        wide = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
        tall = f'<w:vMerge w:val="{merge}"/>' if merge else ""
        numbered = (FIRST_OF_CELLS + self.lists, 0) if words.startswith("#") else None
        content = paragraph(words.removeprefix("#"), style="Cell", num=numbered)
        return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{wide}{tall}</w:tcPr>{content}</w:tc>'

    def _replace(self, part: str, inside: str) -> None:
        content = f'<?xml version="1.0" encoding="UTF-8"?><w:{part} {NAMESPACES}>{inside}</w:{part}>'
        self.builder.extra[f"word/{part}.xml"] = content.encode()

    def build(self) -> bytes:
        """The bytes of the .docx."""
        cells = "".join(num(FIRST_OF_CELLS + at, 2, RESTART) for at in range(self.lists + 1))
        self.builder.numbering = NUMBERING + cells
        if self.comments:  # Word wants an author
            self._replace(
                "comments",
                "".join(
                    f'<w:comment w:id="{at}" w:author="{escape(author)}">{paragraph(said)}</w:comment>'
                    for at, (said, author) in enumerate(self.comments, 1)
                ),
            )
        if self.builder.footnotes:  # LibreOffice takes the first two for separators, whatever they are
            notes = self.builder.footnotes.items()
            inside = "".join(f'<w:footnote w:id="{ref}">{content}</w:footnote>' for ref, content in notes)
            self._replace("footnotes", SEPARATORS + inside)
        return self.builder.build()


def make_docx(name: str, *, header: str = "", footer: str = "") -> bytes:
    """A Word file from a source."""
    made = WordFile()
    made.builder.headers += [paragraph(header, properties='<w:jc w:val="right"/>')] if header else []
    made.builder.footers += [paragraph(footer, properties='<w:jc w:val="center"/>')] if footer else []
    heads: list[str] = []
    rows: list[str] = []
    for line in [*(SOURCES / name).read_text(encoding="utf-8").splitlines(), "@"]:
        if heads and not line.startswith("@"):
            rows.append(line)
            continue
        if heads:
            made.add_table(heads, rows)
            heads, rows = [], []
        if line.startswith("@table "):
            heads = line.removeprefix("@table ").split("|")
        elif line != "@":
            made.add(line)
        else:
            made.builder.add(paragraph())
    return made.build()


def _decorate(canvas: Canvas, document: BaseDocTemplate) -> None:
    """Header and page number of a page of the leaflet."""
    canvas.setFont("MSung-Light", 9)
    canvas.drawRightString(A5[0] - 40, A5[1] - 30, "區域合作宣傳資料　第三輯")
    canvas.drawCentredString(A5[0] / 2, 30, f"— {document.page} —")


def make_pdf(name: str) -> bytes:
    """The leaflet: two pages of two columns."""
    pdfmetrics.registerFont(UnicodeCIDFont("MSung-Light"))
    body = ParagraphStyle("body", fontName="MSung-Light", fontSize=12, leading=19, wordWrap="CJK", firstLineIndent=24)
    styles = {
        "#": ParagraphStyle("title", body, fontSize=16, leading=24, firstLineIndent=0, alignment=TA_CENTER),
        "##": ParagraphStyle("head", body, fontSize=14, leading=24, firstLineIndent=0, spaceBefore=6),
        "^": ParagraphStyle("motto", body, firstLineIndent=0, alignment=TA_CENTER, spaceAfter=8),
    }
    story = []
    for line in (SOURCES / name).read_text(encoding="utf-8").splitlines():
        mark, _, words = line.partition(" ")
        story.append(Paragraph(words, styles[mark]) if mark in styles else Paragraph(line, body))
    buffer = io.BytesIO()
    document = BaseDocTemplate(buffer, pagesize=A5, invariant=1, pageCompression=0, title="瀾湄合作簡介")
    frames = [Frame(left, 50, 170, 490, id=str(left)) for left in (35, 215)]
    document.addPageTemplates([PageTemplate(frames=frames, onPage=_decorate)])
    document.build(story)
    return buffer.getvalue()


def make_all() -> dict[str, bytes]:
    """Every generated sample by its file name."""
    press = (SOURCES / "press.html").read_text(encoding="utf-8")
    traditional = OpenCC("s2tw").convert(press).replace('lang="zh-CN"', 'lang="zh-TW"')
    news = (SOURCES / "brics_news.txt").read_text(encoding="utf-8")
    return {
        "communique_islamabad_2024.docx": make_docx("communique.txt", footer="联合公报（中文文本）"),
        "plan_economic_strategy_2030.docx": make_docx("plan.txt", header="附件"),
        "report_2023_2024.docx": make_docx("report.txt", header="内部材料　注意保存", footer="上海合作组织秘书处"),
        "press_africa_expo_hans.html": press.replace("@CHARSET@", "gb2312").encode("gb18030"),
        "press_africa_expo_hant.html": traditional.replace("@CHARSET@", "big5").encode("big5hkscs"),
        "leaflet_lancang_mekong.pdf": make_pdf("leaflet.txt"),
        "news_brics.txt": news.replace("\n", "\r\n").encode("gb18030"),
    }


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "corpus"
    for file_name, content in make_all().items():
        (folder / file_name).write_bytes(content)
