"""PDF reader: order, paragraphs, tables, notes and furniture, on files made here."""

from __future__ import annotations

import dataclasses
import io
import time
from pathlib import Path

import pypdfium2
import pytest

from sco_extract.model.diagnostics import ReadError
from sco_extract.model.document import Block
from sco_extract.read.layout import Layout
from sco_extract.read.limits import LIMITS
from sco_extract.read.pdf import read_pdf
from sco_extract.read.pdf.fold import fold_forms

pytest.importorskip("reportlab")

import reportlab
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    FrameBreak,
    NextPageTemplate,
    PageTemplate,
    Paragraph,
    SimpleDocTemplate,
    Table,
)
from reportlab.platypus.frames import Frame

SONG, MING = "STSong-Light", "MSung-Light"
SHARED = Path(__file__).parents[2] / "shared" / "seeds"


@pytest.fixture(autouse=True, scope="module")
def _fonts():
    for name in (SONG, MING):
        pdfmetrics.registerFont(UnicodeCIDFont(name))


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


@pytest.mark.parametrize("count", [1, 2, 3])
def test_columns_are_read_one_after_the_other(count):
    paragraphs = HANT * 12
    layout = read(columns(count, "第三屆「一帶一路」國際合作高峰論壇簡介", paragraphs, MING))
    assert texts(layout, "heading") == ["第三屆「一帶一路」國際合作高峰論壇簡介"]
    assert layout.blocks[0].kind == "heading"
    assert texts(layout, "paragraph") == paragraphs


def test_a_short_second_column_below_a_full_width_heading():
    out = io.BytesIO()
    document = BaseDocTemplate(out, pagesize=A4, invariant=1)
    frames = [Frame(57, 720, 480, 70), Frame(57, 300, 226, 400, 0, 0, 0, 0), Frame(311, 300, 226, 400, 0, 0, 0, 0)]
    document.addPageTemplates([PageTemplate("page", frames)])
    body = style(MING, 10.5, alignment=4)
    heading = style(MING, 12.5, indent=0, spaceBefore=8, spaceAfter=4)
    story = [Paragraph("論壇簡介", style(MING, **TITLE)), Paragraph("主辦方新聞中心", heading), FrameBreak()]
    for label in ("一、", "二、"):
        story += [Paragraph(f"{label}論壇的議程與成果", heading), *[Paragraph(text, body) for text in HANT]]
    document.build(story)
    layout = read(out.getvalue())
    assert texts(layout, "paragraph") == HANT * 2
    headings = ["論壇簡介", "主辦方新聞中心", "一、論壇的議程與成果", "二、論壇的議程與成果"]
    assert texts(layout, "heading") == headings


def test_a_large_drawing_is_no_table():
    def paint(canvas, _page):
        canvas.setFont(SONG, 12)
        canvas.drawString(72, 700, SENTENCES[0][:30])
        for at in range(5_000):
            canvas.line(72, 100 + at / 100, 300, 100 + at / 50)

    started = time.perf_counter()
    layout = read(drawn(paint))
    assert [note.code for note in layout.diagnostics] == ["PDF101"]
    assert texts(layout, "paragraph") == [SENTENCES[0][:30]]
    assert time.perf_counter() - started < 10


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


def test_values_side_by_side_are_read_row_by_row():
    offices = [
        ("蒙古国", "总理"),
        ("老挝", "副总理"),
        ("越南", "外交部长"),
        ("柬埔寨", "商务大臣"),
        ("泰国", "教育部长"),
    ]

    def paint(canvas, _page):
        canvas.setFont(SONG, 12)
        for at, (country, office) in enumerate(offices):
            canvas.drawString(72, 700 - 24 * at, country)
            canvas.drawString(300, 700 - 24 * at, office)

    assert texts(read(drawn(paint)), "paragraph", "heading") == [country + office for country, office in offices]


def test_headings_have_levels_and_labels():
    story = [
        Paragraph("中国—阿拉伯国家合作论坛行动执行计划", style(**TITLE)),
        Paragraph("第一章 政治合作", style(size=14, indent=0)),
        Paragraph("一、高级别往来", style()),
        Paragraph(SENTENCES[0], style()),
        Paragraph("（二）专业领域往来", style()),
        Paragraph("1、双方每两年举行一次能源合作大会。", style()),
        Paragraph("第三条 本计划自签署之日起生效，有效期两年，期满后由双方商定是否延长。", style()),
    ]
    blocks = read(build(story)).blocks
    assert [(block.kind, block.level, block.label) for block in blocks] == [
        ("heading", 1, ""),
        ("heading", 1, "第一章"),
        ("heading", 2, "一、"),
        ("paragraph", 0, ""),
        ("heading", 3, "（二）"),
        ("list_item", 1, "1、"),
        ("paragraph", 0, "第三条"),
    ]


def test_paragraphs_set_apart_without_indent():
    story = [Paragraph(text, style(indent=0, spaceAfter=10)) for text in SENTENCES * 5]
    assert texts(read(build(story)), "paragraph") == SENTENCES * 5


def test_fake_bold_is_read_once():
    def paint(canvas, _page):
        canvas.setFont(SONG, 16)
        for shift in (0, 0.3, 0.6):
            canvas.drawString(200 + shift, 700, "二二得四与一一对应")
        canvas.setFont(SONG, 12)
        for at, sentence in enumerate(SENTENCES):
            canvas.drawString(72, 650 - 20 * at, sentence[:30])

    assert texts(read(drawn(paint)), "heading") == ["二二得四与一一对应"]


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_rotated_pages(angle):
    def paint(canvas, _page):
        moves = {90: (A4[0], 0), 180: A4, 270: (0, A4[1])}
        canvas.translate(*moves[angle])
        canvas.rotate(angle)
        canvas.setFont(SONG, 12)
        for at, sentence in enumerate(SENTENCES):
            # A digit each: pdfium leaves out a turned text all of whose glyphs are missing on this machine.
            canvas.drawString(96, 500 - 20 * at, f"{at + 1}、{sentence[:28]}")

    pdf = pypdfium2.PdfDocument(drawn(paint))
    pdf[0].set_rotation(angle)
    out = io.BytesIO()
    pdf.save(out)
    expected = [f"{at + 1}、{sentence[:28]}" for at, sentence in enumerate(SENTENCES)]
    assert texts(read(out.getvalue()), "list_item") == expected


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


def test_radicals_and_ligatures_are_folded():
    assert fold_forms("⼀带⼀路⻓期⺠⽣ﬁ") == "一带一路长期民生fi"
    assert fold_forms("⻋⻅⻉⻔⻚⻛⻜⻢⻥⻦⻨⻩⻬⻰") == "车见贝门页风飞马鱼鸟麦黄齐龙"


def test_a_scan_needs_ocr():
    from PIL import Image

    picture = ImageReader(Image.new("L", (60, 80), 200))
    data = drawn(lambda canvas, _page: canvas.drawImage(picture, 0, 0, *A4), 3)
    with pytest.raises(ReadError, match="OCR") as caught:
        read(data)
    assert caught.value.code == "PDF002"


def latin(text: str) -> bytes:
    font = Path(reportlab.__file__).parent / "fonts" / "Vera.ttf"
    pdfmetrics.registerFont(TTFont("Vera", str(font)))

    def paint(canvas, _page):
        canvas.setFont("Vera", 12)
        for at in range(10):
            canvas.drawString(72, 700 - 20 * at, text)

    # The same length: the file's table of offsets stays right.
    return drawn(paint).replace(b"/ToUnicode", b"/ToUnicodX")


def test_unreadable_characters_are_said_and_kept_apart():
    layout = read(latin("Joint declaration of 10 leaders, 2024Ž5"))
    assert layout.source.startswith("Joint declaration of 10 leaders, 2024\ufffd5")
    assert [note.code for note in layout.diagnostics] == ["PDF102"]


def test_fonts_without_unicode_need_ocr():
    with pytest.raises(ReadError, match="Unicode") as caught:
        read(latin("ŽŠšžŁł ŽŠšžŁł"))
    assert caught.value.code == "PDF002"


def plain(pages=1, **more) -> bytes:
    def paint(canvas, _page):
        canvas.setFont(SONG, 12)
        canvas.drawString(72, 700, SENTENCES[0][:30])

    return drawn(paint, pages, **more)


def test_a_password_is_said():
    from reportlab.lib.pdfencrypt import StandardEncryption

    with pytest.raises(ReadError, match="password") as caught:
        read(plain(encrypt=StandardEncryption("secret", canPrint=0)))
    assert caught.value.code == "PDF003"


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", b"%PDF-1.4\n" + bytes(range(256)) * 20])
def test_damaged_files(data):
    with pytest.raises(ReadError) as caught:
        read(data)
    assert caught.value.code == "PDF001"


def test_cut_files_end_in_an_error_or_their_rest():
    data = build([Paragraph(text, style()) for text in SENTENCES * 10])
    for part in range(1, 20):
        try:
            assert read(data[: len(data) * part // 20]).blocks
        except ReadError as error:
            assert error.code in ("PDF001", "PDF002")


@pytest.mark.parametrize("limits", [{"max_pages": 2}, {"max_characters": 40}, {"max_seconds": -1.0}])
def test_limits(limits):
    with pytest.raises(ReadError) as caught:
        read(plain(3), **limits)
    assert caught.value.code == "READ002"


def test_every_character_is_in_one_block():
    layout = read(columns(2, "論壇簡介", HANT * 6, MING))
    at = 0
    for block in layout.blocks:
        assert not layout.source[at : block.span.start].strip()
        at = block.span.end
    assert not layout.source[at:].strip()


@pytest.mark.parametrize("seed", ["000", "003", "004"])
@pytest.mark.parametrize("alignment", [0, 4])
def test_a_text_set_as_pdf_comes_back(seed, alignment):
    paths = sorted(SHARED.glob(f"{seed}*.txt"))
    if not paths:
        pytest.skip("no seeds")
    lines = [line.strip() for line in paths[0].read_text(encoding="utf-8").splitlines() if line.strip()]
    escaped = [line.replace("&", "&amp;").replace("<", "&lt;") for line in lines]
    story = [Paragraph(text, style(alignment=alignment) if at else style(**TITLE)) for at, text in enumerate(escaped)]
    layout = read(build(story))
    assert texts(layout, "heading", "paragraph", "list_item") == ["".join(line.split()) for line in lines]
