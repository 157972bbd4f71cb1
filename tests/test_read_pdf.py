"""PDF reader: order, paragraphs, headings, and files that cannot be read, on files made here."""

from __future__ import annotations

import io
from pathlib import Path

import pypdfium2
import pytest
import reportlab
from pdf_builder import HANT, MING, SENTENCES, SONG, TITLE, build, columns, drawn, read, style, texts
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import BaseDocTemplate, FrameBreak, PageTemplate, Paragraph
from reportlab.platypus.frames import Frame

from sco_extract.model.diagnostics import ReadError
from sco_extract.read.pdf.fold import fold_forms

SHARED = Path(__file__).parents[2] / "shared" / "seeds"


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


@pytest.mark.parametrize("limits", [{"max_pages": 2}, {"max_characters": 40}])
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
