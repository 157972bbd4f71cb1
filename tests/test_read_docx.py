"""The Word reader, one phenomenon a test; the files are made here."""

from __future__ import annotations

import io
import re
import zipfile
from itertools import pairwise

import docx_builder as w

from sco_extract.model.document import Block
from sco_extract.read.docx import read_docx
from sco_extract.read.layout import Layout
from sco_extract.read.limits import LIMITS


def read(*body: str, **parts: object) -> Layout:
    return check(read_docx(w.Builder(body=list(w.Builder().add(*body).body), **parts).build(), "a.docx", LIMITS))


def check(layout: Layout) -> Layout:
    """What holds for every layout: spans inside the text, in order, apart; cells in their table; references before."""
    for before, after in pairwise(layout.blocks):
        assert before.span.end < after.span.start
    for block in layout.blocks:
        assert block.span.end <= len(layout.source)
        assert block.anchor is not None
        assert block.reference is None or block.reference <= block.span.start
        cells = [cell for row in block.rows for cell in row]
        assert not cells or (cells[0].span.start, cells[-1].span.end) == (block.span.start, block.span.end)
        assert all(a.span.end < b.span.start for a, b in pairwise(cells))
    return layout


def shown(layout: Layout, *, furniture: bool = True) -> list[tuple[str, str]]:
    blocks = [block for block in layout.blocks if furniture or block.kind != "furniture"]
    return [(block.role or block.kind, layout.source[block.span.start : block.span.end]) for block in blocks]


def texts(layout: Layout) -> list[str]:
    return [text for _, text in shown(layout)]


def grid(layout: Layout, block: Block) -> list[list[tuple[str, int, int, int]]]:
    """Text, column, row span and column span of each cell."""
    return [
        [(layout.source[c.span.start : c.span.end], c.column, c.row_span, c.column_span) for c in row]
        for row in block.rows
    ]


def codes(layout: Layout) -> dict[str, str]:
    return {diagnostic.code: diagnostic.message for diagnostic in layout.diagnostics}


def test_paragraphs_and_tables_in_order() -> None:
    layout = read("会议开始。", w.table(w.row("国家", "代表")), "会议结束。")
    assert shown(layout) == [("paragraph", "会议开始。"), ("table", "国家\n代表"), ("paragraph", "会议结束。")]
    assert layout.source == "会议开始。\n国家\n代表\n会议结束。\n"


def test_anchor_is_the_index_of_the_paragraph() -> None:
    layout = read("一", w.paragraph(), w.table(w.row("二")), "三")
    assert [(block.anchor.part, block.anchor.paragraph) for block in layout.blocks] == [
        ("word/document.xml", 0), ("word/document.xml", 2), ("word/document.xml", 3)]  # fmt: skip


def test_empty_paragraphs_give_no_block() -> None:
    assert texts(read(w.paragraph(), "有字", w.paragraph("　 "))) == ["有字"]


def test_tab_breaks_and_special_characters() -> None:
    layout = read(
        w.paragraph(
            "甲", "<w:r><w:tab/><w:br/></w:r>", "乙", '<w:r><w:br w:type="page"/></w:r>', "丙",
            "<w:r><w:noBreakHyphen/><w:softHyphen/></w:r>", '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>',
            '<w:r><w:sym w:font="Symbol" w:char="F061"/></w:r>', "<w:r><w:t>一\n二</w:t></w:r>",
            properties='<w:tabs><w:tab w:val="left" w:pos="5"/></w:tabs>',
        )
    )  # fmt: skip
    assert texts(layout) == ["甲\t\n乙丙\u2011✓α一 二"]


def test_merged_cells_down_and_across() -> None:
    layout = read(
        w.table(
            w.row(w.cell("领域", span=3)),
            w.row(w.cell("能源", merge="restart"), "措施一", "定期"),
            w.row(w.cell(merge="continue"), "措施二", "每年"),
            w.row("交通", w.cell("措施三", span=2)),
        )
    )
    assert grid(layout, layout.blocks[0]) == [
        [("领域", 0, 1, 3)],
        [("能源", 0, 2, 1), ("措施一", 1, 1, 1), ("定期", 2, 1, 1)],
        [("措施二", 1, 1, 1), ("每年", 2, 1, 1)],
        [("交通", 0, 1, 1), ("措施三", 1, 1, 2)],
    ]


def test_grid_before_and_legacy_horizontal_merge() -> None:
    merged = '<w:tc><w:tcPr><w:hMerge w:val="{}"/></w:tcPr><w:p>{}</w:p></w:tc>'
    layout = read(
        w.table(
            w.row("乙", properties='<w:gridBefore w:val="1"/>'),
            w.row(merged.format("restart", w.run("合")), merged.format("continue", "")),
        )
    )
    assert grid(layout, layout.blocks[0]) == [[("乙", 1, 1, 1)], [("合", 0, 1, 2)]]


def test_text_left_in_a_merged_away_cell_is_kept_once_and_said() -> None:
    layout = read(
        w.table(
            w.row(w.cell("能源", merge="restart"), "一"),
            w.row(w.cell("能源", merge="continue"), "二"),
            w.row(w.cell("电力", merge="continue"), "三"),
        )
    )
    assert grid(layout, layout.blocks[0])[0][0] == ("能源\n电力", 0, 3, 1)
    assert codes(layout)["DOCX106"].endswith("1, first here")


def test_cell_of_several_paragraphs_is_one_span() -> None:
    layout = read(w.table(w.row(w.cell("外交部", "", "商务部"), "定期")))
    assert grid(layout, layout.blocks[0])[0][0][0] == "外交部\n商务部"


def test_nested_table_follows_its_table() -> None:
    inner = w.table(w.row("内一", "内二"))
    layout = read(w.table(w.row(w.cell("外前", inner, "外后"), "旁")), "尾")
    assert shown(layout) == [("table", "外前\n外后\n旁"), ("table", "内一\n内二"), ("paragraph", "尾")]


def test_nested_table_in_a_table_without_text_of_its_own() -> None:
    assert shown(read(w.table(w.row(w.cell(w.table(w.row("内")), "<w:p/>"))))) == [("table", "内")]


def test_headings_by_style_inheritance_and_outline() -> None:
    styles = (
        w.style("1", "heading 1") + w.style("a5", "Title") + w.style("x", "公报一级", based_on="1")
        + w.style("wps", "标题 3") + w.style("o", "自定", paragraph_properties='<w:outlineLvl w:val="3"/>')
        + w.style("b", "小节", based_on="1", paragraph_properties='<w:outlineLvl w:val="9"/>')
        + w.style("s", "Subtitle", based_on="a5")
    )  # fmt: skip
    layout = read(
        *(w.paragraph(name, style=name) for name in ("a5", "1", "x", "wps", "o", "b", "s")),
        w.paragraph("直接", properties='<w:outlineLvl w:val="1"/>'),
        styles=styles,
    )
    assert [(block.kind, block.level, block.role) for block in layout.blocks] == [
        ("heading", 1, "title"), ("heading", 1, ""), ("heading", 1, ""), ("heading", 3, ""), ("heading", 4, ""),
        ("paragraph", 0, ""), ("paragraph", 0, ""), ("heading", 2, ""),
    ]  # fmt: skip


def test_a_style_based_on_itself_does_not_hang() -> None:
    styles = w.style("a", "甲", based_on="b") + w.style("b", "乙", based_on="a")
    assert shown(read(w.paragraph("字", style="a"), styles=styles)) == [("paragraph", "字")]


def test_footnote_and_endnote_follow_the_block_that_calls_them() -> None:
    layout = read(
        w.paragraph("会议通过了声明", w.note_call("footnote", 2), "，并", w.note_call("endnote", 5), "闭幕。"),
        w.paragraph("后文", w.note_call("footnote", 3)),
        footnotes={2: w.paragraph("<w:r><w:footnoteRef/></w:r>", " 见附件。") + w.paragraph("第二段。"), 3: w.paragraph("又见。")},
        endnotes={5: w.paragraph("尾注。")},
    )  # fmt: skip
    notes = [(b.label, b.role, layout.source[b.span.start : b.span.end], b.reference) for b in layout.blocks]
    assert notes == [
        ("", "", "会议通过了声明，并闭幕。", None),
        ("1", "", "见附件。\n第二段。", 7),
        ("i", "endnote", "尾注。", 9),
        ("", "", "后文", None),
        ("2", "", "又见。", layout.source.index("后文") + 2),
    ]
    assert [b.kind for b in layout.blocks] == ["paragraph", "footnote", "footnote", "paragraph", "footnote"]
    assert layout.blocks[1].anchor.part == "word/footnotes.xml"


def test_note_numbers_as_shown() -> None:
    body = [w.paragraph(f"甲{i}", w.note_call("footnote", i)) for i in (1, 2)]
    new_section = '<w:sectPr><w:footnotePr><w:numFmt w:val="lowerLetter"/><w:numRestart w:val="eachSect"/></w:footnotePr></w:sectPr>'
    layout = read(
        *body,
        w.paragraph("节末", properties=new_section.replace("lowerLetter", "decimalEnclosedCircle")),
        w.paragraph("乙", w.note_call("footnote", 3), w.note_call("footnote", 4, custom_mark="*")),
        footnotes={i: w.paragraph(f"注{i}") for i in (1, 2, 3, 4)},
        section=new_section[len("<w:sectPr>") : -len("</w:sectPr>")],
    )
    assert [block.label for block in layout.blocks if block.kind == "footnote"] == ["①", "②", "a", "*"]


def test_footnote_in_a_table_cell_follows_the_table() -> None:
    layout = read(
        w.table(w.row("甲", w.cell(w.paragraph("乙", w.note_call("footnote", 1)))), w.row("丙", "丁")), "尾",
        footnotes={1: w.paragraph("注")},
    )  # fmt: skip
    assert [text for _, text in shown(layout)] == ["甲\n乙\n丙\n丁", "注", "尾"]
    assert layout.blocks[1].reference == layout.source.index("乙") + 1


def test_comment_is_furniture_behind_its_block() -> None:
    layout = read(
        w.paragraph("正文", w.note_call("comment", 0)), comments={0: w.paragraph("请核对") + w.paragraph("日期")}
    )
    assert [(b.kind, b.role) for b in layout.blocks] == [("paragraph", ""), ("furniture", "comment")]
    assert texts(layout)[1] == "请核对\n日期"


def test_a_note_that_calls_itself_is_written_once() -> None:
    note = w.paragraph("注", w.note_call("footnote", 1))
    assert texts(read(w.paragraph("文", w.note_call("footnote", 1)), footnotes={1: note})) == ["文", "注"]


def test_headers_and_footers_are_furniture_once() -> None:
    layout = read(
        "正文",
        headers=[w.paragraph("页眉"), w.paragraph("页眉"), w.table(w.row("甲", "乙"))],
        footers=[w.paragraph("第", w.field_parts("PAGE", w.run("1")), "页")],
    )
    assert shown(layout) == [
        ("header", "页眉"), ("header", "甲"), ("header", "乙"), ("paragraph", "正文"), ("footer", "第1页"),
    ]  # fmt: skip
    assert {block.kind for block in layout.blocks if block.role} == {"furniture"}


def test_text_box_is_read_once_after_its_paragraph() -> None:
    box = w.text_box(w.paragraph("框内一"), w.table(w.row("框内表")))
    layout = read(w.paragraph("前", box, "后"), "尾")
    assert shown(layout) == [("paragraph", "前后"), ("text_box", "框内一"), ("text_box", "框内表"), ("paragraph", "尾")]


def test_fallback_is_read_where_the_choice_says_nothing() -> None:
    alternate = (
        '<mc:AlternateContent><mc:Choice Requires="w14"><w:r/></mc:Choice>'
        f"<mc:Fallback>{w.run('备用')}</mc:Fallback></mc:AlternateContent>"
    )
    assert texts(read(w.paragraph("甲", alternate))) == ["甲备用"]


def test_wrappers_are_transparent() -> None:
    layout = read(
        w.control(w.paragraph("控", w.control(w.run("件")), f'<w:hyperlink r:id="x">{w.run("链接")}</w:hyperlink>')),
        f'<w:customXml w:element="x">{w.paragraph("<w:smartTag>" + w.run("标签") + "</w:smartTag>")}</w:customXml>',
        w.paragraph(f'<w:fldSimple w:instr="DATE">{w.run("2024年")}</w:fldSimple>', "<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>"),
        w.table(w.control(w.row(w.control(w.cell("格"))))),
    )  # fmt: skip
    assert texts(layout) == ["控件链接", "标签", "2024年x=1", "格"]


def test_field_results_are_read_and_codes_are_not() -> None:
    nested = w.field_parts("HYPERLINK " + "x" * 300, w.run("上合"), w.field_parts("PAGEREF _Toc", w.run("3")))
    in_code = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + w.field_parts("DATE", w.run("代码")) + w.field_begin("IF")
    )
    layout = read(
        w.paragraph(nested, "尾"), w.paragraph(in_code, "不见"), w.paragraph("又见", w.field_end(), w.field_end())
    )
    assert texts(layout) == ["上合3尾", "又见"]


def test_contents_list_is_furniture() -> None:
    layout = read(
        w.paragraph(w.field_begin(' TOC \\o "1-3" '), "第一章\t1"), "第二章\t5", w.paragraph(w.field_end()), "正文",
        w.control(w.paragraph("目录"), w.paragraph("第三章\t9"), gallery="Table of Contents"), "又正文",
    )  # fmt: skip
    assert shown(layout) == [
        ("toc", "第一章\t1"), ("toc", "第二章\t5"), ("paragraph", "正文"),
        ("toc", "目录"), ("toc", "第三章\t9"), ("paragraph", "又正文"),
    ]  # fmt: skip


def test_a_contents_list_that_never_ends_hides_nothing() -> None:
    assert shown(read(w.paragraph(w.field_begin("TOC"), "一"), "二")) == [("paragraph", "一"), ("paragraph", "二")]


def test_tracked_changes() -> None:
    layout = read(
        w.paragraph("会议", w.inserted(w.run("于北京")), w.deleted("于上海"), "举行。", w.inserted(w.run("完。"))),
        w.paragraph(w.moved_away("移走的话")),
        w.paragraph(w.inserted(w.run("移来的话"), move=True)),
    )
    assert texts(layout) == ["会议于北京举行。完。", "移来的话"]
    spans = {d.code: (layout.source[d.span.start : d.span.end], d.span.start) for d in layout.diagnostics if d.span}
    assert spans == {
        "DOCX101": ("于北京", 2), "DOCX102": ("", 5), "DOCX103": ("移来的话", 11), "DOCX104": ("", 11),
    }  # fmt: skip
    assert "2, first here" in codes(layout)["DOCX101"]


def test_deleted_rows_are_left_out_and_counted() -> None:
    gone = w.row("删", properties='<w:del w:id="1" w:author="a"/>')
    layout = read(w.table(gone, w.row("留")), w.paragraph(w.deleted("又删"), "尾"))
    assert texts(layout) == ["留", "尾"]
    assert "left out: 2" in codes(layout)["DOCX102"]


def test_deleted_paragraph_marks_merge_paragraphs() -> None:
    layout = read(
        w.paragraph("本次会议", properties=w.MARK_DELETED),
        w.paragraph(w.inserted(w.run("在北京")), properties=w.MARK_DELETED),
        w.paragraph("举行。", properties='<w:outlineLvl w:val="0"/>'),
        w.paragraph("悬着", properties=w.MARK_DELETED),
        w.table(w.row("表")),
    )
    assert shown(layout) == [("heading", "本次会议在北京举行。"), ("paragraph", "悬着"), ("table", "表")]
    assert layout.blocks[0].anchor.paragraph == 0
    assert layout.diagnostics[0].span is not None
    assert layout.diagnostics[0].span.start == 4


def test_hidden_text_is_left_out_and_said() -> None:
    styles = w.style("h", "隐", kind="character", run_properties="<w:vanish/>") + w.style(
        "p", "隐段", run_properties="<w:vanish/>"
    )
    layout = read(
        w.paragraph("见", w.run("不见", "<w:vanish/>"), w.run("不见", '<w:rStyle w:val="h"/>'), w.run("也见", '<w:vanish w:val="0"/>')),
        w.paragraph("不见", w.run("见", '<w:vanish w:val="false"/>'), style="p"),
        styles=styles,
    )  # fmt: skip
    assert texts(layout) == ["见也见", "见"]
    assert "left out: 3" in codes(layout)["DOCX105"]


def test_ruby_gives_its_base() -> None:
    ruby = f"<w:r><w:ruby><w:rubyPr/><w:rt>{w.run('hán')}</w:rt><w:rubyBase>{w.run('函')}</w:rubyBase></w:ruby></w:r>"
    assert texts(read(w.paragraph("信", ruby))) == ["信函"]


def test_title_hint_without_date() -> None:
    layout = read("文", title=" 联合 \n公报 ")
    assert (layout.title_hint, layout.date_hint) == ("联合 公报", "")


def test_what_is_not_read_is_said() -> None:
    chart = (
        '<w:r><w:drawing><c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"/></w:drawing></w:r>'
    )
    assert "not read: 2" in codes(read(w.paragraph("图", chart), '<w:altChunk r:id="x"/>'))["DOCX107"]


def test_every_visible_text_exactly_once() -> None:
    """All features in one document; each ``w:t`` holds a word of its own, and it comes out once or must not come out."""
    words = (f"词{i}号" for i in range(1000))

    def p(*more: str, **kwargs: object) -> str:
        return w.paragraph(next(words), *more, next(words), **kwargs)

    inner = w.table(w.row(w.cell(p()), w.cell(p(w.note_call("footnote", 2)))))
    body = [
        p(), p(w.note_call("footnote", 1), w.inserted(w.run(next(words)))), p(w.text_box(p(), inner, p(w.note_call("comment", 7)))),
        w.table(w.row(w.cell(p(), inner.replace("词", "内"), p(), merge="restart"), w.cell(p(w.text_box(p())), span=2)),
                w.row(w.cell(p(), merge="continue"), w.control(w.cell(p())), w.cell(p(style="1")))),
        w.control(p(), p(), gallery="Table of Contents"), p(properties=w.MARK_DELETED), p(w.note_call("endnote", 1)),
        w.paragraph(w.field_begin("HYPERLINK"), w.run(next(words)), w.field_end(), f"<w:hyperlink>{w.run(next(words))}</w:hyperlink>"),
    ]  # fmt: skip
    builder = w.Builder(
        body=[*body, w.paragraph("删", w.moved_away("走"))], footnotes={1: p(w.text_box(p())), 2: p() + w.table(w.row(w.cell(p())))},
        endnotes={1: p() + p()}, comments={7: p()}, headers=[p(), w.table(w.row(w.cell(p())))], footers=[p(w.text_box(p()))],
    )  # fmt: skip
    layout = check(read_docx(builder.build(), "all.docx", LIMITS))
    with zipfile.ZipFile(io.BytesIO(builder.build())) as archive:
        xml = "".join(archive.read(name).decode() for name in archive.namelist())
    once = re.sub(r"<mc:Fallback>.*?</mc:Fallback>", "", xml)
    expected = sorted(re.findall(r"[词内]\d+号", once))
    assert len(expected) == len(set(expected)) > 60
    assert sorted(re.findall(r"[词内]\d+号", layout.source)) == expected
    assert "走" not in layout.source
