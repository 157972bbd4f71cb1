"""PDF files made for the tests, and how their layouts are looked at."""

from __future__ import annotations

import dataclasses
import io

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, FrameBreak, NextPageTemplate, PageTemplate, Paragraph, SimpleDocTemplate
from reportlab.platypus.frames import Frame

from sco_extract.model.document import Block
from sco_extract.read.layout import Layout
from sco_extract.read.limits import LIMITS
from sco_extract.read.pdf import read_pdf

SONG, MING = "STSong-Light", "MSung-Light"


for _name in (SONG, MING):
    pdfmetrics.registerFont(UnicodeCIDFont(_name))


def style(font=SONG, size=12, indent=2, **more):
    more = {"leading": size * 1.6, "firstLineIndent": indent * size, "wordWrap": "CJK"} | more
    return ParagraphStyle("s", fontName=font, fontSize=size, **more)


TITLE = {"size": 18, "indent": 0, "alignment": 1}


SENTENCES = [
    "2024年10月22日至24日，金砖国家领导人第十六次会晤在喀山举行，与会各方就全球治理、经贸合作和人文交流交换了看法。",
    "各方商定在2025年前完成本币结算合作路线图的起草工作，由各国财政部门和中央银行共同负责，并向下一次会晤报告进展情况。",
    "会晤期间举办了工商论坛和青年论坛，来自四十多个国家的代表参加，论坛通过了有关数字经济与粮食安全的建议。",
    "轮值主席国介绍了2024年开展的二百余项活动，感谢各方给予支持，并祝愿下一任轮值主席国工作顺利、取得成功。",
    "与会代表参观了当地博物馆和大学，认为扩大教育、旅游、体育领域往来有助于增进各国人民之间的相互了解与友谊。",
]
HANT = [
    "2023年10月17日至18日，第三屆「一帶一路」國際合作高峰論壇在北京舉行，來自一百五十多個國家的代表出席。",
    "論壇設有三場高級別論壇，分別討論數字經濟、綠色發展和互聯互通，並就今後的合作重點達成多項共識。",
    "主辦方介紹，十年來各方簽署了二百多份合作文件，合作範圍由亞歐大陸延伸到非洲和拉丁美洲。",
    "論壇結束時，主席國發表聲明，列出四百五十八項成果，並表示將繼續舉辦高峰論壇，歡迎各方參與。",
]


def read(data: bytes, **limits) -> Layout:
    return read_pdf(data, "sample.pdf", dataclasses.replace(LIMITS, **limits))


def build(story, **more) -> bytes:
    out = io.BytesIO()
    SimpleDocTemplate(out, pagesize=A4, invariant=1).build(story, **more)
    return out.getvalue()


def drawn(paint, pages=1, **more) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1, **more)
    for page in range(pages):
        paint(canvas, page)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def text_of(layout: Layout, block: Block) -> str:
    return "".join(layout.source[block.span.start : block.span.end].split())


def texts(layout: Layout, *kinds: str) -> list[str]:
    return [text_of(layout, block) for block in layout.blocks if block.kind in kinds]


def grid(layout: Layout, block: Block) -> list[list[tuple[str, int, int, int, int]]]:
    return [
        [
            (layout.source[cell.span.start : cell.span.end], cell.row, cell.column, cell.row_span, cell.column_span)
            for cell in row
        ]
        for row in block.rows
    ]


def columns(count: int, title: str, paragraphs: list[str], font: str) -> bytes:
    out = io.BytesIO()
    document = BaseDocTemplate(out, pagesize=A4, invariant=1)
    width = 480 / count
    head = Frame(57, 740, 480, 60)
    top = [Frame(57 + at * width, 430, width - 14, 300, 0, 0, 0, 0) for at in range(count)]
    rest = [Frame(57 + at * width, 60, width - 14, 740, 0, 0, 0, 0) for at in range(count)]
    document.addPageTemplates([PageTemplate("first", [head, *top]), PageTemplate("later", rest)])
    body = style(font, 10.5, alignment=4)
    document.build(
        [
            Paragraph(title, style(font, **TITLE)),
            FrameBreak(),
            NextPageTemplate("later"),
            *[Paragraph(text, body) for text in paragraphs],
        ]
    )
    return out.getvalue()
