"""The Word file read back: measures after GB/T 9704-2012, notes, comments, contents, tables, templates, same bytes."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from docx.document import Document as Word
from lxml import etree
from ooxml_order import W, problems, w
from report_draft import HOSTILE, LONG, annexes, citation, draft, matrix, timeline

from sco_extract.model.diagnostics import WriteError
from sco_extract.model.draft import Annex, Draft, Paragraph, Part, Section, Sentence
from sco_extract.write.report_docx import form, write_docx
from sco_extract.write.timeline import draw
from sco_extract.write.wording import clean, width

NS = {"w": W, "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"}
DRAFT = draft()
DATA = write_docx(DRAFT)


def part(name: str, data: bytes = DATA) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return etree.fromstring(archive.read(name))


def opened(data: bytes = DATA) -> Word:
    return docx.Document(io.BytesIO(data))


def find(path: str, tree: etree._Element | None = None) -> list[etree._Element]:
    return (part("word/document.xml") if tree is None else tree).xpath(path, namespaces=NS)


def style(name: str) -> etree._Element:
    return find(f"//w:style[w:name/@w:val='{name}']", part("word/styles.xml"))[0]


def value(element: etree._Element, path: str) -> str:
    return etree.XPath(path, namespaces=NS)(element)[0]


def text(element: etree._Element) -> str:
    return "".join(etree.XPath(".//w:t/text()", namespaces=NS)(element))


def millimetres(twips: str) -> float:
    return int(twips) * 25.4 / 1440


# --- The form -----------------------------------------------------------------------------------------------------------


def test_a_strict_reader_has_nothing_to_say() -> None:
    assert problems(DATA) == []


def test_the_checker_sees_what_is_wrong() -> None:
    breaks = {
        "word/document.xml": (b'<w:pStyle w:val="Title"/>', b'<w:jc w:val="left"/><w:pStyle w:val="Title"/>'),
        "word/footnotes.xml": (b'<w:footnote w:id="2">', b'<w:footnote w:id="999">'),
        "word/styles.xml": (b'w:styleId="Title"', b'w:styleId="Tittle"'),
        "[Content_Types].xml": (b'PartName="/word/comments.xml"', b'PartName="/word/coments.xml"'),
    }
    for name, (old, new) in breaks.items():
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(DATA)) as source, zipfile.ZipFile(out, "w") as target:
            for one in source.namelist():
                blob = source.read(one)
                assert one != name or old in blob
                target.writestr(one, blob.replace(old, new, 1) if one == name else blob)
        assert problems(out.getvalue()), name


@pytest.mark.parametrize(
    ("name", "expected"), [("top", 37), ("left", 28), ("right", 26), ("bottom", 35), ("footer", 25.5)]
)
def test_margins(name: str, expected: float) -> None:
    margins = [millimetres(value(section, f"./w:pgMar/@w:{name}")) for section in find("//w:sectPr")]
    assert margins[0] == pytest.approx(expected, abs=0.02)
    assert margins[-1] == margins[0]


def test_paper_type_area_and_lines() -> None:
    section = find("//w:sectPr")[0]
    assert millimetres(value(section, "./w:pgSz/@w:w")) == pytest.approx(210, abs=0.02)
    assert millimetres(value(section, "./w:pgSz/@w:h")) == pytest.approx(297, abs=0.02)
    assert (form.PAGE.text_width, form.PAGE.text_height) == (156, 225)
    assert value(section, "./w:docGrid/@w:linePitch") == "579"
    assert 22 * 28.95 <= 225 / 25.4 * 72 < 23 * 28.95


def test_twenty_eight_characters_fit_a_line_and_no_more() -> None:
    normal = style("Normal")
    pitch = int(value(normal, "./w:rPr/w:sz/@w:val")) / 2 + int(value(normal, "./w:rPr/w:spacing/@w:val")) / 20
    assert int(156 / 25.4 * 72 / pitch) == 28


@pytest.mark.parametrize(
    ("name", "font", "points"),
    [
        ("Title", "方正小标宋简体", 22),
        ("heading 1", "黑体", 16),
        ("heading 2", "楷体_GB2312", 16),
        ("heading 3", "仿宋_GB2312", 16),
        ("heading 4", "仿宋_GB2312", 16),
        ("Normal", "仿宋_GB2312", 16),
        ("footer", "宋体", 14),
    ],
)
def test_fonts_and_sizes(name: str, font: str, points: float) -> None:
    properties = style(name)
    assert value(properties, "./w:rPr/w:rFonts/@w:eastAsia") == font
    assert value(properties, "./w:rPr/w:rFonts/@w:ascii") == "Times New Roman"
    assert int(value(properties, "./w:rPr/w:sz/@w:val")) / 2 == points


def test_every_font_has_others_that_may_stand_in() -> None:
    table = part("word/fontTable.xml")
    faces = set(find("//@w:eastAsia[contains(., '_') or true()]", part("word/styles.xml"))) - {"zh-CN"}
    assert faces == {"方正小标宋简体", "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体"}
    assert faces <= {one.get(w("name")) for one in table if value(one, "./w:altName/@w:val")}


def test_body_lines_and_indents() -> None:
    assert value(style("Normal"), "./w:pPr/w:spacing/@w:line") == "579"
    assert value(style("Normal"), "./w:pPr/w:spacing/@w:lineRule") == "exact"
    assert value(style("Normal"), "./w:pPr/w:jc/@w:val") == "both"
    assert style("Normal").find(f"{w('pPr')}/{w('widowControl')}") is not None
    for name in ("Body Text First Indent", "heading 1", "heading 2", "heading 3", "heading 4"):
        assert value(style(name), "./w:pPr/w:ind/@w:firstLineChars") == "200"
        assert int(value(style(name), "./w:pPr/w:ind/@w:firstLine")) / 20 == pytest.approx(31.5)


def test_title_is_centred_and_broken_by_meaning() -> None:
    assert value(style("Title"), "./w:pPr/w:jc/@w:val") == "center"
    titles = [one.text for one in opened().paragraphs if one.style and one.style.name == "Title"]
    assert tuple(titles) == DRAFT.title


def test_page_numbers_stand_outside_with_dashes() -> None:
    first = opened().sections[0]
    assert opened().settings.odd_and_even_pages_header_footer
    for footer, side, edge in ((first.footer, "right", "right"), (first.even_page_footer, "left", "left")):
        paragraph = footer.paragraphs[0]
        assert paragraph.text == "— 1 —"
        assert paragraph._p.xpath(".//w:instrText")[0].text.strip() == "PAGE"
        own = paragraph.style
        assert own is not None
        assert value(own.element, "./w:pPr/w:jc/@w:val") == side
        assert value(own.element, f"./w:pPr/w:ind/@w:{edge}Chars") == "100"
    assert all(section.footer.is_linked_to_previous for section in list(opened().sections)[1:])


def test_headings_are_numbered_and_real() -> None:
    headings = [
        (one.style.name, one.text) for one in opened().paragraphs if one.style and one.style.name.startswith("Heading")
    ]
    assert headings[0] == ("Heading 1", "引言")
    assert headings[1:4] == [
        ("Heading 1", "一、贸易和投资领域合作"),
        ("Heading 2", "（一）会议和活动"),
        ("Heading 2", "（二）通过和签署的文件"),
    ]
    assert value(style("heading 1"), "./w:pPr/w:outlineLvl/@w:val") == "0"


def test_contents_are_there_before_they_are_updated() -> None:
    control = find("//w:sdt")[0]
    entries = [text(one) for one in control.xpath(".//w:p[w:hyperlink]", namespaces=NS)]
    assert len(entries) == 1 + len(DRAFT.sections) + len(DRAFT.annexes)
    assert entries[1] == "一、贸易和投资领域合作2"
    assert re.fullmatch(r"附件2　会议日程表\d+", entries[-5])
    assert value(control, ".//w:instrText/text()").strip() == r'TOC \o "1-1" \f \h \z'
    assert [one.text.strip() for one in find("//w:instrText") if "TC " in (one.text or "")][
        1
    ] == r'TC "附件2　会议日程表" \l 1'
    pages = [int(re.findall(r"\d+$", one)[0]) for one in entries]
    assert pages == sorted(pages)


def test_attachments_signature_and_date_close_the_text() -> None:
    paragraphs = [one for one in opened().paragraphs if one.style]
    names = [one.style.name if one.style else "" for one in paragraphs]
    first = names.index("Report Attachment First")
    assert [one.text for one in paragraphs[first : first + 2]] == ["附件：1.行动计划落实情况对照表", "2.会议日程表"]
    day = paragraphs[names.index("Report Date")]
    assert day.text == "2024年11月5日"
    sign = paragraphs[names.index("Report Signature")]
    right = {one.text: float(one._p.pPr.ind.get(w("rightChars"))) / 100 for one in (sign, day)}  # type: ignore[union-attr]
    begins = {one: -width(one) - room for one, room in right.items()}
    assert begins[day.text] - begins[sign.text] == pytest.approx(2)  # two characters right of the name
    assert min(right.values()) >= 2
    # never alone: everything before it stays with what follows
    assert paragraphs[first - 1].paragraph_format.keep_with_next
    for name in ("Report Attachment First", "Report Attachment", "Report Signature"):
        assert style(name).find(f"{w('pPr')}/{w('keepNext')}") is not None


# --- Notes and comments ---------------------------------------------------------------------------------------------------


def sentences() -> list[Sentence]:
    sections = (DRAFT.introduction, *DRAFT.sections)
    return [s for one in sections for group in one.parts for paragraph in group.paragraphs for s in paragraph.sentences]


def test_one_footnote_a_sentence() -> None:
    notes = [text(one) for one in find("//w:footnote[not(@w:type)]", part("word/footnotes.xml"))]
    cited = [one for one in sentences() if one.citations]
    assert len(notes) == len(cited)
    for note, sentence in zip(notes, cited, strict=True):
        assert note.startswith(" 来源：《")
        assert all(f"第{one.paragraph}段：“" in note for one in sentence.citations)
        assert all(clean(one.quote) in note for one in sentence.citations if len(one.quote) <= 120)
    assert (
        " 来源：《上海合作组织成员国第21次部长会议纪要》（2024年7月4日），第2段：“第1次磋商以视频方式举行，各方通报了工作进展”。"
        in notes
    )


def test_a_footnote_follows_its_sentence() -> None:
    paragraph = next(one for one in find("//w:p[.//w:footnoteReference]") if text(one).startswith("2024年3月12日"))
    pieces = ["#" if one.find(w("footnoteReference")) is not None else text(one) for one in paragraph.iter(w("r"))]
    assert [piece for piece in pieces if piece][:4:2] == [
        one.text for one in DRAFT.sections[0].parts[0].paragraphs[0].sentences[:2]
    ]
    assert pieces[1] == "#"


def test_separators_are_declared() -> None:
    kinds = {one.get(w("type")): one.get(w("id")) for one in find("//w:footnote[@w:type]", part("word/footnotes.xml"))}
    assert kinds == {"separator": "-1", "continuationSeparator": "0"}
    assert find("//w:footnotePr/w:footnote/@w:id", part("word/settings.xml")) == ["-1", "0"]


def test_a_long_quotation_loses_its_middle() -> None:
    notes = " ".join(text(one) for one in find("//w:footnote", part("word/footnotes.xml")))
    assert LONG not in notes
    quotes = [one for one in re.findall("：“(.*?)”", notes) if "……" in one]
    assert quotes
    assert all(len(one) == 120 for one in quotes)
    assert all(LONG.startswith(one.split("……")[0]) and LONG.endswith(one.split("……")[1]) for one in quotes)


def test_no_footnote_stands_in_a_table() -> None:
    assert find("//w:tbl//w:footnoteReference") == []


def test_doubts_are_comments_at_their_sentence() -> None:
    comments = list(opened().comments)
    expected = [doubt for one in sentences() for doubt in one.doubts]
    expected += [doubt for row in matrix().rows for cell in row for doubt in cell.doubts]
    assert [one.text for one in comments] == [clean(one) for one in expected]
    assert {one.author for one in comments} == {"sco-extract"}
    assert {str(one.timestamp) for one in comments} == {"2024-11-05 00:00:00+00:00"}
    start = find("//w:commentRangeStart[@w:id='0']")[0]
    assert text(start.getnext()) == next(one.text for one in sentences() if one.doubts)


# --- Annexes ----------------------------------------------------------------------------------------------------------------


def test_the_matrix_lies_on_its_side() -> None:
    sizes = [(one.get(w("orient")), round(millimetres(one.get(w("w"))))) for one in find("//w:sectPr/w:pgSz")]
    assert [wide for _, wide in sizes] == [210, 297, 210]
    assert sizes[1][0] == "landscape"
    margins = {
        name: round(millimetres(find(f"//w:sectPr/w:pgMar/@w:{name}")[1]))
        for name in ("top", "right", "bottom", "left")
    }
    assert margins == {"top": 28, "right": 37, "bottom": 26, "left": 35}  # the page turned, its binding edge on top


def test_tables_repeat_their_head_and_keep_rows_whole() -> None:
    tables = find("//w:tbl")
    assert len(tables) == 6
    for table in tables:
        rows = table.findall(w("tr"))
        assert rows[0].find(f"{w('trPr')}/{w('tblHeader')}") is not None
        assert all(row.find(f"{w('trPr')}/{w('cantSplit')}") is not None for row in rows)
        assert all(row.find(f"{w('trPr')}/{w('tblHeader')}") is None for row in rows[1:])
    total = sum(int(one.get(w("w"), "0")) for one in tables[0].iter(w("gridCol")))
    assert millimetres(str(total)) == pytest.approx(225, abs=0.05)
    assert int(value(style("Report Table Text"), "./w:rPr/w:sz/@w:val")) / 2 == 10.5


def test_cells_are_merged_downwards() -> None:
    rows = find("//w:tbl")[0].findall(w("tr"))[1:]
    first = [(row[1].find(f"{w('tcPr')}/{w('vMerge')}")) for row in rows]
    kinds = [one.get(w("val"), "continue") for one in first if one is not None]
    assert len(kinds) == 60
    assert kinds.count("restart") == 6


def test_numbers_in_a_table_lead_to_the_list_of_sources() -> None:
    table = opened().tables[0]
    cell = table._tbl.tr_lst[2].tc_lst[-1]
    assert text(cell).endswith("[1–2]")
    anchor = cell.xpath(".//w:hyperlink/@w:anchor")[0]
    entry = find(f"//w:p[w:bookmarkStart/@w:name='{anchor}']")[0]
    assert text(entry).startswith("[1] 第2段：“")
    assert text(entry.getprevious()) == "《上海合作组织成员国第21次部长会议纪要》（2024年7月4日）"


def test_an_empty_annex_says_so() -> None:
    assert "本报告期未发现待核实事项。" in [one.text for one in opened().paragraphs]


def test_the_picture_has_a_text() -> None:
    properties = find("//wp:docPr")[0]
    assert properties.get("descr") == "时间轴：三个领域共40次会议，集中在2024年春季和秋季。"
    assert int(value(find("//wp:inline")[0], "./wp:extent/@cx")) / 36000 <= 156


def test_many_events_get_numbers_and_a_table() -> None:
    data = write_docx(replace(DRAFT, annexes=(Annex("calendar", "会议日程表", (), (), timeline(160), "无"),)))
    assert problems(data) == []
    table = opened(data).tables[0]
    assert len(table._tbl.tr_lst) == 161
    assert [one.text for one in table.rows[0].cells] == ["序号", "日期", "事项", "领域"]


# --- The file -----------------------------------------------------------------------------------------------------------------


def test_the_same_draft_gives_the_same_bytes() -> None:
    assert write_docx(draft()) == DATA
    with zipfile.ZipFile(io.BytesIO(DATA)) as archive:
        names = archive.namelist()
        assert names == sorted(names)
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"rsid" not in b"".join(archive.read(name) for name in names if name.endswith(".xml"))


def test_properties() -> None:
    properties = opened().core_properties
    assert properties.title == "上海合作组织成员国多边经贸合作纲要落实情况报告"
    assert properties.language == "zh-CN"
    assert str(properties.created) == str(properties.modified) == "2024-11-05 00:00:00+00:00"
    assert find("//w:rPrDefault//w:lang/@w:eastAsia", part("word/styles.xml")) == ["zh-CN"]
    assert "created" not in etree.tostring(part("docProps/core.xml", write_docx(replace(DRAFT, made_on="")))).decode()


def test_hostile_text_is_only_text() -> None:
    section = DRAFT.sections[-1]
    assert HOSTILE in section.heading
    shown = [one.text for one in opened().paragraphs]
    assert clean(HOSTILE) in "".join(shown)
    assert "\u202e" not in "".join(shown)
    codes = {(one.text or "").split()[0] for one in find("//w:instrText")}
    assert codes == {"TOC", "PAGEREF", "TC"}


def test_annexes_alone_have_no_contents() -> None:
    request = replace(DRAFT, introduction=Section("introduction", "引言", ()), sections=(), annexes=(annexes()[4],))
    data = write_docx(request)
    assert problems(data) == []
    assert part("word/document.xml", data).xpath("//w:sdt", namespaces=NS) == []
    assert [one.text for one in opened(data).paragraphs][-2:] == ["上海合作组织秘书处", "2024年11月5日"]


def test_a_draft_of_one_sentence() -> None:
    said = Section("introduction", "引言", (Part("", (Paragraph((Sentence("本报告期没有记录。", ()),)),)),))
    data = write_docx(Draft(("报告",), "", "", "", "", "", said, (), ()))
    assert problems(data) == []
    assert "本报告期没有记录。" in [one.text for one in opened(data).paragraphs]


# --- Templates ----------------------------------------------------------------------------------------------------------------


def template(**renamed: str) -> bytes:
    word = docx.Document()
    word.add_paragraph("旧的正文")
    word.sections[0].header.paragraphs[0].text = "信头"
    for old, new in renamed.items():
        word.styles[old.replace("_", " ")].element.name_val = new
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def test_a_template_gives_styles_page_and_letterhead() -> None:
    data = write_docx(DRAFT, template=template())
    assert problems(data) == []
    assert data == write_docx(DRAFT, template=template())
    word = opened(data)
    assert "旧的正文" not in [one.text for one in word.paragraphs]
    assert word.sections[0].header.paragraphs[0].text == "信头"
    assert word.paragraphs[0].style is not None
    assert word.paragraphs[0].style.name == "Title"
    assert find("//w:style[@w:styleId='ReportTableText']//w:rFonts", part("word/styles.xml", data)) == []
    assert len(list(word.comments)) == len(list(opened().comments))


def test_a_template_may_call_its_styles_otherwise() -> None:
    data = write_docx(DRAFT, template=template(Title="公文标题", Heading_1="一级标题"))
    names = [one.style.name for one in opened(data).paragraphs if one.style]
    assert "公文标题" in names
    assert "一级标题" in names


def test_a_heading_style_that_numbers_is_not_numbered_twice() -> None:
    word = docx.Document()
    properties = word.styles["Heading 1"].element.get_or_add_pPr()
    properties.get_or_add_numPr().get_or_add_numId().val = 1
    out = io.BytesIO()
    word.save(out)
    shown = [one.text for one in opened(write_docx(DRAFT, template=out.getvalue())).paragraphs]
    assert "贸易和投资领域合作" in shown
    assert "（一）会议和活动" in shown


def test_a_report_can_be_the_template_of_the_next() -> None:
    data = write_docx(DRAFT, template=DATA)
    assert problems(data) == []
    assert len(opened(data).paragraphs) == len(opened().paragraphs)


def test_nothing_of_a_templates_text_is_left_in_the_file() -> None:
    word = docx.Document()
    paragraph = word.add_paragraph("机密")
    paragraph.add_run().add_picture(io.BytesIO(draw(timeline(3))))
    word.add_comment(paragraph.runs, "机密", "x", "x")
    out = io.BytesIO()
    word.save(out)
    data = write_docx(replace(DRAFT, annexes=()), template=out.getvalue())
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert not [name for name in archive.namelist() if "media" in name]
        assert "机密".encode() not in b"".join(archive.read(name) for name in archive.namelist())
    assert problems(data) == []


def test_missing_styles_are_named() -> None:
    with pytest.raises(WriteError, match=r"Title / 标题.*heading 2 / 标题 2"):
        write_docx(DRAFT, template=template(Title="Foo", Heading_2="Bar"))


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"text", b"%PDF-1.7"])
def test_what_is_no_word_file_is_no_template(data: bytes) -> None:
    with pytest.raises(WriteError, match="not a Word file"):
        write_docx(DRAFT, template=data)


def test_an_unknown_style_is_an_error() -> None:
    with pytest.raises(WriteError, match="gbt9704"):
        write_docx(DRAFT, style="foo")


# --- Seen by another program ---------------------------------------------------------------------------------------------------


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_shows_pages_notes_and_contents(tmp_path: Path) -> None:
    pdfium = pytest.importorskip("pypdfium2")
    (tmp_path / "report.docx").write_bytes(DATA)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(tmp_path),
        str(tmp_path / "report.docx"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    pdf = pdfium.PdfDocument(tmp_path / "report.pdf")
    pages = [page.get_textpage().get_text_range() for page in pdf]
    sizes = [tuple(round(points / 72 * 25.4) for points in page.get_size()) for page in pdf]
    pdf.close()
    assert set(sizes) == {(210, 297), (297, 210)}
    spaceless = [re.sub(r"\s", "", page) for page in pages]
    assert all(f"—{number}—" in page for number, page in enumerate(spaceless, 1))
    assert "来源：《上海合作组织成员国第21次部长会议纪要》" in spaceless[1]
    # contents are at most a page off where the standard's fonts are not installed
    for number, annex in enumerate(DRAFT.annexes, 1):
        stated = int(re.findall(rf"附件{number}{annex.heading}\.*(\d+)", spaceless[0])[0])
        real = next(
            at for at, page in enumerate(spaceless, 1) if at > 1 and page.startswith(f"附件{number}{annex.heading}")
        )
        assert abs(stated - real) <= 1


def test_citation_without_date_or_title() -> None:
    from sco_extract.write.wording import cite

    assert cite(replace(citation(1), date=None, title="")).startswith("无标题材料protocol_1，第2段")
    called = replace(citation(1), date=None, title="", called="“各方通报了工作进展”")
    assert cite(called).startswith("无标题材料“各方通报了工作进展”，第2段")
