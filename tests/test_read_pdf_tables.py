"""PDF reader: tables, notes and furniture, on files made here."""

from __future__ import annotations

import pytest
from pdf_builder import SENTENCES, SONG, TITLE, build, drawn, grid, read, style, text_of, texts
from reportlab.lib import colors
from reportlab.pdfbase import pdfmetrics
from reportlab.platypus import Paragraph, Table


def test_a_large_drawing_is_no_table():
    def paint(canvas, _page):
        canvas.setFont(SONG, 12)
        canvas.drawString(72, 700, SENTENCES[0][:30])
        for at in range(5_000):
            canvas.line(72, 100 + at / 100, 300, 100 + at / 50)

    layout = read(drawn(paint))
    assert [note.code for note in layout.diagnostics] == ["PDF101"]
    assert texts(layout, "paragraph") == [SENTENCES[0][:30]]


def test_headers_and_page_numbers_are_furniture_and_paragraphs_cross_pages():
    def mark(canvas, document):
        canvas.setFont(SONG, 9)
        canvas.drawString(72, 805, "金砖国家合作文件汇编（2024年）")
        canvas.drawCentredString(297, 35, f"第{document.page}页 共3页")

    paragraphs = SENTENCES * 9
    story = [Paragraph("喀山会晤情况介绍", style(**TITLE)), *[Paragraph(text, style()) for text in paragraphs]]
    layout = read(build(story, onFirstPage=mark, onLaterPages=mark))
    assert texts(layout, "paragraph") == paragraphs
    roles = [block.role for block in layout.blocks if block.kind == "furniture"]
    assert roles == ["header", "page_number"] * 3
    assert "第1页共3页" in texts(layout, "furniture")


@pytest.mark.parametrize("number", ["- {} -", "— {} —", "{}", "第{}页", "{}/3", "第 {} 頁，共 3 頁", "Page {}"])
def test_page_numbers(number):
    def paint(canvas, page):
        canvas.setFont(SONG, 12)
        for at, line in enumerate(SENTENCES):
            canvas.drawString(72, 700 - 20 * at, line[page * 5 : page * 5 + 30])
        canvas.drawCentredString(297, 40, number.format(page + 1))

    layout = read(drawn(paint, 3))
    assert [block.role for block in layout.blocks if block.kind == "furniture"] == ["page_number"] * 3


ROWS = [
    ["合作领域", "措施", "期限", "执行机构"],
    ["互联互通", "1、编制铁路运输能力的\n联合评估报告。", "2026年前", "各国交通部门"],
    ["", "2、举办口岸管理人员研修班。", "每年", "海关部门"],
    ["绿色发展", "3、交换节水灌溉经验。", "定期", "农业部门、\n水利部门"],
]


def action_table(rows, spans, **more):
    ruled = [("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("FONT", (0, 0), (-1, -1), SONG, 10.5), *spans]
    return Table(rows, colWidths=[80, 190, 70, 110], style=ruled, **more)


def test_a_ruled_table_with_a_merged_cell():
    table = action_table(ROWS, [("SPAN", (0, 1), (0, 2))])
    story = [Paragraph(SENTENCES[0], style(spaceAfter=12)), table, Paragraph(SENTENCES[1], style(spaceBefore=12))]
    layout = read(build(story))
    assert [block.kind for block in layout.blocks] == ["paragraph", "table", "paragraph"]
    assert grid(layout, layout.blocks[1]) == [
        [("合作领域", 0, 0, 1, 1), ("措施", 0, 1, 1, 1), ("期限", 0, 2, 1, 1), ("执行机构", 0, 3, 1, 1)],
        [
            ("互联互通", 1, 0, 2, 1),
            ("1、编制铁路运输能力的联合评估报告。", 1, 1, 1, 1),
            ("2026年前", 1, 2, 1, 1),
            ("各国交通部门", 1, 3, 1, 1),
        ],
        [("2、举办口岸管理人员研修班。", 2, 1, 1, 1), ("每年", 2, 2, 1, 1), ("海关部门", 2, 3, 1, 1)],
        [
            ("绿色发展", 3, 0, 1, 1),
            ("3、交换节水灌溉经验。", 3, 1, 1, 1),
            ("定期", 3, 2, 1, 1),
            ("农业部门、水利部门", 3, 3, 1, 1),
        ],
    ]


@pytest.mark.parametrize("repeat", [0, 1])
def test_a_table_over_two_pages_is_one_table(repeat):
    rows = [ROWS[0], *[["贸易便利化", f"{at}、交流经验。", "定期", "经贸部门"] for at in range(1, 61)]]
    layout = read(build([action_table(rows, [], repeatRows=repeat)]))
    (table,) = [block for block in layout.blocks if block.kind == "table"]
    cells = grid(layout, table)
    assert [row[1][0] for row in cells] == ["措施", *[f"{at}、交流经验。" for at in range(1, 61)]]
    assert [row[0][1] for row in cells] == list(range(61))


def test_a_row_cut_by_a_page_is_one_row():
    def paint(canvas, page):
        cut = [["贸易便利化", "1、编制边境口岸设施的联合评", "2026年前", "海关"]]
        rest = [["", "估报告并提交各国审议。", "", ""], ["", "2、举办研修班。", "每年", "海关"]]
        table = action_table(rest if page else [ROWS[0], *cut], [])
        table.wrapOn(canvas, 500, 700)
        table.drawOn(canvas, 72, 700 if page else 60)

    layout = read(drawn(paint, 2))
    (table,) = [block for block in layout.blocks if block.kind == "table"]
    assert [[cell[0] for cell in row] for row in grid(layout, table)] == [
        ROWS[0],
        ["贸易便利化", "1、编制边境口岸设施的联合评估报告并提交各国审议。", "2026年前", "海关"],
        ["", "2、举办研修班。", "每年", "海关"],
    ]


def test_footnotes_are_blocks_and_their_calls_no_text():
    def paint(canvas, _page):
        canvas.setFont(SONG, 12)
        canvas.drawString(96, 700, "两国元首2023年5月18日在西安会见")
        width = pdfmetrics.stringWidth("两国元首2023年5月18日在西安会见", SONG, 12)
        canvas.setFont(SONG, 7)
        canvas.drawString(96 + width, 705, "1")
        canvas.setFont(SONG, 12)
        canvas.drawString(100 + width, 700, "，商定扩大农产品贸易②和旅游往来。")
        for at, sentence in enumerate(SENTENCES):
            canvas.drawString(96, 660 - 20 * at, sentence[:25] + "。")
        canvas.line(72, 110, 200, 110)
        canvas.setFont(SONG, 9)
        canvas.drawString(72, 95, "1 会见在首届峰会期间进行，由双方外交部门筹备，双方代表团的")
        canvas.drawString(72, 83, "主要成员在座。")
        canvas.drawString(72, 71, "② 指小麦、棉花和水果。")

    layout = read(drawn(paint))
    body = layout.blocks[0]
    notes = [block for block in layout.blocks if block.kind == "footnote"]
    assert [(note.label, text_of(layout, note)) for note in notes] == [
        ("1", "会见在首届峰会期间进行，由双方外交部门筹备，双方代表团的主要成员在座。"),
        ("②", "指小麦、棉花和水果。"),
    ]
    assert [layout.source[note.reference :][:1] for note in notes] == ["1", "②"]
    assert [layout.source[skip.start : skip.end] for skip in layout.skipped] == ["1", "②"]
    assert all(body.span.start < note.reference < body.span.end for note in notes)


def test_watermarks_are_furniture():
    def paint(canvas, _page):
        canvas.setFont(SONG, 12)
        for at, sentence in enumerate(SENTENCES):
            canvas.drawString(72, 700 - 20 * at, sentence[:30])
        canvas.translate(200, 400)
        canvas.rotate(45)
        canvas.drawString(0, 0, "内部资料")

    (mark,) = [block for block in read(drawn(paint)).blocks if block.kind == "furniture"]
    assert mark.role == "watermark"
