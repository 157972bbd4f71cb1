"""HTML reader: the article without its site, tables, lists, notes, charsets, hostile pages."""

from __future__ import annotations

import dataclasses
import html
from pathlib import Path

import pytest

from sco_extract.model.diagnostics import ReadError
from sco_extract.model.document import Block
from sco_extract.read.assemble import assemble
from sco_extract.read.html import read_html
from sco_extract.read.html.body import iso_day
from sco_extract.read.layout import Layout
from sco_extract.read.limits import LIMITS

ARTICLE = [
    "第二十七次中国—东盟领导人会议10月10日在万象举行，各方就自贸区升级谈判交换意见。",
    "会议通过了《关于推动建立可持续和包容性的数字生态合作联合声明》。",
    "各方商定2025年完成升级谈判，并支持老挝办好2024年的各项会议。",
]
RELATED = """<div class="related"><h3>相关新闻</h3><ul>
<li><a href="1">外长会议于2024年7月26日举行</a> 2024-07-26</li><li><a href="2">高官会议筹备工作</a> 2024-06-20</li>
</ul></div>"""
SITE = """<!DOCTYPE html><html><head><meta charset="{charset}"><title>{title}_示例通讯网</title>
<meta name="PubDate" content="2024-10-11 09:30:00"></head><body class="page nav-open">
<div class="top-nav"><a href="/">首页</a><a href="/a">要闻</a><a href="/b">国际</a><a href="/c">2024年专题</a></div>
<div class="crumbs">当前位置：<a href="/">首页</a> &gt; <a href="/b">国际</a></div>
<div class="left">{body}</div>
<div class="right"><h2>热点</h2><ul><li><a href="3">峰会将于2025年5月举行</a></li><li><a href="4">论坛开幕</a></li>
<li><a href="5">代表团访问</a></li></ul></div>
<div id="foot"><p>版权所有，未经书面授权，不得转载。Copyright 2010-2024</p></div>
<script>var day = "2020年1月1日";</script></body></html>"""
TITLE = "中国—东盟领导人会议在万象举行"
HANT_TITLE = "中國—東盟領導人會議在永珍舉行"
HANT = [
    "第二十七次中國—東盟領導人會議10月10日在永珍舉行，各方就自貿區升級談判交換意見。",
    "會議通過了《關於推動建立可持續和包容性的數字生態合作聯合聲明》。",
]


def page(body: str, title: str = TITLE, charset: str = "utf-8") -> str:
    return SITE.format(body=body, title=title, charset=charset)


def press_release(paragraphs=ARTICLE, title=TITLE, charset="utf-8") -> str:
    text = "".join(f"<p>　　{paragraph}</p>" for paragraph in paragraphs)
    info = '<div class="info"><span>2024-10-11 09:30</span>&nbsp;<span>来源：示例社</span></div>'
    share = '<div class="share"><a href="#">微信</a><a href="#">微博</a></div>'
    return page(f"<h1>{title}</h1>{info}{share}<div id='zoom'>{text}</div>{RELATED}", title, charset)


def read(html: str | bytes, **limits) -> Layout:
    data = html if isinstance(html, bytes) else html.encode()
    return read_html(data, "page.html", dataclasses.replace(LIMITS, **limits))


def text_of(layout: Layout, block: Block) -> str:
    return layout.source[block.span.start : block.span.end]


def body(layout: Layout) -> list[tuple[str, str]]:
    return [(block.kind, text_of(layout, block)) for block in layout.blocks if block.kind != "furniture"]


def grids(layout: Layout) -> list[list[list[tuple[str, int, int, int, int]]]]:
    return [
        [
            [
                (layout.source[cell.span.start : cell.span.end], cell.row, cell.column, cell.row_span, cell.column_span)
                for cell in row
            ]
            for row in block.rows
        ]
        for block in layout.blocks
        if block.kind == "table"
    ]


def expected(paragraphs=ARTICLE, title=TITLE):
    return [
        ("heading", title),
        ("paragraph", "2024-10-11 09:30 来源：示例社"),
        *[("paragraph", paragraph) for paragraph in paragraphs],
    ]


def test_the_article_without_its_site():
    layout = read(press_release())
    assert body(layout) == expected()
    assert [block.role for block in layout.blocks if block.kind == "paragraph"] == ["byline", "", "", ""]
    assert (layout.title_hint, layout.date_hint) == (TITLE, "2024-10-11")
    furniture = "".join(text_of(layout, block) for block in layout.blocks if block.kind == "furniture")
    for text in ("外长会议于2024年7月26日举行", "要闻", "版权所有", "微信", "2025年5月", "高官会议筹备工作"):
        assert text in furniture
    assert "2020年1月1日" not in layout.source


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [("utf-8", "utf-8"), ("gb18030", "gb2312"), ("gb18030", "utf-8"), ("utf-8", "gb2312"), ("utf-16", "utf-8")],
)
def test_charsets_simplified(encoding, declared):
    layout = read(press_release(charset=declared).encode(encoding))
    assert body(layout) == expected()
    assert layout.encoding is not None
    assert layout.encoding.startswith(encoding)


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [("utf-8", "big5"), ("big5hkscs", "big5"), ("big5hkscs", "utf-8"), ("big5hkscs", "gb2312")],
)
def test_charsets_traditional(encoding, declared):
    text = press_release(HANT, HANT_TITLE, declared).replace("来源：示例社", "來源：示例社")
    text = text.encode(encoding, "xmlcharrefreplace")
    layout = read(text)
    wanted = expected(HANT, HANT_TITLE)
    assert body(layout) == [wanted[0], ("paragraph", "2024-10-11 09:30 來源：示例社"), *wanted[2:]]


@pytest.mark.parametrize(
    "wrap",
    [
        "<article>{}</article>",
        "<main><div>{}</div></main>",
        "<div class='TRS_Editor'>{}</div>",
        "<div class='x1'><div class='y2'>{}</div></div>",
        "<div class='main search-page'>{}</div>",
        "<table><tr><td width=20%><a href=1>首页</a></td><td>{}</td></tr></table>",
        "<form><center>{}</center></form>",
    ],
)
def test_templates(wrap):
    text = f"<h1>{TITLE}</h1>" + "".join(f"<p>{paragraph}</p>" for paragraph in ARTICLE)
    wanted = [("heading", TITLE), *[("paragraph", paragraph) for paragraph in ARTICLE]]
    assert body(read(page(wrap.format(text)))) == wanted


def test_a_page_of_tables_with_the_site_in_its_title():
    html = """<html><head><title>示例部网站</title></head><body><table width=100%><tr><td><a href=/>首页</a> <a href=/1>新闻</a>
    <a href=/2>部长</a></td></tr></table><table><tr><td><a href=1>外交动态</a><br><a href=2>声明公报</a><br><a href=3>机构</a></td>
    <td><table><tr><td align=center><font size=5><b>亚信第六次峰会阿斯塔纳声明</b></font></td></tr>
    <tr><td>（2022年10月13日，阿斯塔纳）</td></tr><tr><td>2022-10-14 08:00</td></tr><tr><td><div id=content>
    　　亚信成员国元首和政府首脑在阿斯塔纳举行第六次峰会，讨论了亚信转型的问题。<br>
    　　一、各方欢迎哈萨克斯坦担任主席国以来所做的工作，期待下一任主席国接任。<br></div></td></tr></table></td></tr></table>
    <p align=center>版权所有 示例网站</p></body></html>"""
    layout = read(html)
    assert layout.title_hint == "亚信第六次峰会阿斯塔纳声明"
    assert body(layout) == [
        ("heading", "亚信第六次峰会阿斯塔纳声明"),
        ("paragraph", "（2022年10月13日，阿斯塔纳）"),
        ("paragraph", "2022-10-14 08:00"),
        ("paragraph", "亚信成员国元首和政府首脑在阿斯塔纳举行第六次峰会，讨论了亚信转型的问题。"),
        ("paragraph", "一、各方欢迎哈萨克斯坦担任主席国以来所做的工作，期待下一任主席国接任。"),
    ]


def test_a_page_without_site_or_title():
    html = "<p>亚信第六次峰会2022年10月13日在阿斯塔纳举行。</p><p>会议通过了一份声明。</p>"
    assert [text for _, text in body(read(html))] == [
        "亚信第六次峰会2022年10月13日在阿斯塔纳举行。",
        "会议通过了一份声明。",
    ]


def test_the_title_comes_from_the_head_where_the_body_has_none():
    layout = read(page("<div id=zoom>" + "".join(f"<p>{text}</p>" for text in ARTICLE) + "</div>"))
    assert body(layout)[0] == ("heading", TITLE)
    bold = "".join(f"<p>{text}</p>" for text in (f"<b>{TITLE}</b>", *ARTICLE))
    assert [kind for kind, text in body(read(page(f"<div id=zoom>{bold}</div>"))) if text == TITLE] == ["heading"]


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("<title>中国-中亚峰会西安宣言</title>", "中国-中亚峰会西安宣言"),
        ("<title>中国—中亚峰会西安宣言_某某网</title>", "中国—中亚峰会西安宣言"),
        ("<title>中非合作论坛北京行动计划（2025-2027）-某某网</title>", "中非合作论坛北京行动计划（2025-2027）"),
        ("<title>某某网 | 亚太经合组织领导人马丘比丘宣言</title>", "亚太经合组织领导人马丘比丘宣言"),
        ("<meta property=og:title content='独联体国家元首声明'><title>x</title>", "独联体国家元首声明"),
    ],
)
def test_title_hint(head, title):
    assert read(f"<html><head>{head}</head><body><p>会议2024年在莫斯科举行。</p></body></html>").title_hint == title


@pytest.mark.parametrize(
    ("name", "content", "day"),
    [
        ("property='article:published_time'", "2024-07-04T16:00:00+08:00", "2024-07-04"),
        ("name='PubDate'", "2024/7/4 16:00", "2024-07-04"),
        ("name=firstpublishedtime", "2023-10-26-16:42:00", "2023-10-26"),
        ("name=publishdate", "20231026", "2023-10-26"),
        ("name=PubDate", "2024年7月4日", "2024-07-04"),
        ("name=PubDate", "2024-13-41", ""),
        ("name=viewport", "2024-07-04", ""),
    ],
)
def test_date_hint(name, content, day):
    html = f"<head><meta {name} content='{content}'></head><body><p>会议在塔什干举行。</p>"
    assert read(html).date_hint == day


def test_breaks_are_paragraphs_or_wraps():
    wrapped = "各方同意继续推动跨境运输便利化协定的谈判并在下一年度<br>完成案文的起草工作。"
    html = f"<div>　　会议讨论了能源合作。<br>　　会议讨论了贸易。<br><br>　　{wrapped}</div>"
    assert [text for _, text in body(read(html))] == [
        "会议讨论了能源合作。",
        "会议讨论了贸易。",
        "各方同意继续推动跨境运输便利化协定的谈判并在下一年度\n完成案文的起草工作。",
    ]


def test_spaces_and_entities():
    html = (
        "<p>&nbsp;&nbsp;　上海合作\n   组织 &amp;amp; 中国\r\n</p><pre>一  二\n三</pre><p>APEC\n  2024 &#8212; 利马</p>"
    )
    assert [text for _, text in body(read(html))] == ["上海合作组织 &amp; 中国", "一  二", "三", "APEC 2024 — 利马"]


def test_hidden_text_is_no_text():
    html = """<p>会议在阿拉木图举行。</p><p style="display: none">隐藏一</p><p hidden>隐藏二</p><noscript>隐藏三</noscript>
    <template><p>隐藏四</p></template><style>p{}</style><!-- 隐藏五 --><textarea>隐藏六</textarea>
    <p><ruby>磋<rt>cuō</rt></ruby>商</p>"""
    assert [text for _, text in body(read(html))] == ["会议在阿拉木图举行。", "磋商"]


def test_lists_have_their_numbers():
    html = """<ol start=3><li>贸易<ul><li>海关</li><li>检疫</li></ul></li><li><p>交通</p><p>铁路先行。</p></li></ol>
    <ol type=a><li>能源</li></ol><ol style="list-style-type: cjk-ideographic" start=11><li>文化</li></ol>
    <ol reversed><li>甲</li><li value=7>乙</li></ol><ol style='list-style:none'><li>（一）旅游</li></ol>"""
    layout = read(html)
    assert [(text_of(layout, block), block.level, block.label) for block in layout.blocks] == [
        ("贸易", 1, "3."),
        ("海关", 2, "•"),
        ("检疫", 2, "•"),
        ("交通", 1, "4."),
        ("铁路先行。", 1, ""),
        ("能源", 1, "a."),
        ("文化", 1, "十一、"),
        ("甲", 1, "2."),
        ("乙", 1, "7."),
        ("（一）旅游", 1, ""),
    ]


def test_headings_have_levels_and_labels():
    html = f"<h1>{TITLE}</h1><h2>一、贸易</h2><p>{ARTICLE[0]}</p><p><b>（二）投资</b></p><p>{ARTICLE[1]}</p>"
    layout = read(html)
    assert [(block.level, block.label) for block in layout.blocks if block.kind == "heading"] == [
        (1, ""),
        (2, "一、"),
        (3, "（二）"),
    ]


def test_tables_with_merged_cells():
    html = """<table><caption>行动计划</caption><tr><th colspan=2>合作领域<th>期限</tr>
    <tr><td rowspan=2>数字经济<td>1、举办<br>论坛。<td>每年</tr><tr><td><p>2、制定计划。</p><td>2026年前</tr></table>"""
    layout = read(html)
    assert layout.blocks[0].role == "caption"
    assert grids(layout) == [
        [
            [("合作领域", 0, 0, 1, 2), ("期限", 0, 2, 1, 1)],
            [("数字经济", 1, 0, 2, 1), ("1、举办\n论坛。", 1, 1, 1, 1), ("每年", 1, 2, 1, 1)],
            [("2、制定计划。", 2, 1, 1, 1), ("2026年前", 2, 2, 1, 1)],
        ]
    ]


def test_a_nested_table_follows_its_outer_one():
    inner = "<table><tr><td>铁路<td>2025年</tr><tr><td>公路<td>2026年</tr></table>"
    layout = read(f"<table border=1><tr><td>领域<td>期限</tr><tr><td>交通{inner}<td>定期</tr></table>")
    assert [[[cell[0] for cell in row] for row in grid] for grid in grids(layout)] == [
        [["领域", "期限"], ["交通", "定期"]],
        [["铁路", "2025年"], ["公路", "2026年"]],
    ]


def test_hostile_spans_end():
    cells = "<td rowspan=65534 colspan=1000>甲</td>" * 200
    layout = read(f"<table>{f'<tr>{cells}</tr>' * 20}</table>")
    assert layout.blocks


@pytest.mark.parametrize(
    ("call", "note"),
    [
        ('<sup><a href="#fn1" id="r1">[1]</a></sup>', '<ol><li id="fn1">指成员国。 <a href="#r1">↩</a></li></ol>'),
        ('<a href="#_ftn1" name="_ref1">[1]</a>', '<p><a href="#_ref1" name="_ftn1">[1]</a> 指成员国。</p>'),
        ('<a href="#n"><sup>1</sup></a>', '<div id="n"><p>1. 指成员国。</p></div>'),
    ],
)
def test_footnotes(call, note):
    paragraphs = "".join(f"<p>{text}</p>" for text in ARTICLE)
    layout = read(f"<p>会议由各方{call}共同举办。</p>{paragraphs}{note}")
    (found,) = [block for block in layout.blocks if block.kind == "footnote"]
    assert (found.label, text_of(layout, found).removesuffix("↩").strip()) == ("1", "指成员国。")
    assert layout.source[: found.reference] == "会议由各方"
    assert text_of(layout, layout.blocks[0]) == "会议由各方共同举办。"


def test_a_mark_that_calls_nothing_stays():
    assert body(read("<p>面积为10<sup>6</sup>平方米<sup>①</sup>。</p>")) == [("paragraph", "面积为106平方米①。")]


@pytest.mark.parametrize(
    "html", ["<html><body><script>x()</script></body></html>", "<frameset><frame src=a></frameset>", " "]
)
def test_a_page_without_text(html):
    with pytest.raises(ReadError) as caught:
        read(html)
    assert caught.value.code == "HTML002"


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 100_000 + "甲",
        "<table><tr><td>" * 50_000 + "甲",
        "<b><i>" * 50_000 + "甲",
        "<p><font>" * 50_000 + "甲",
    ],
)
def test_deep_pages_are_refused(html):
    with pytest.raises(ReadError) as caught:
        read(html)
    assert caught.value.code == "READ002"


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 900 + "会议在巴库举行。",
        "<p>会议在巴库举行。" * 20_000,
        "<li>" * 20_000 + "会议在巴库举行。",
        "<ul><li>" * 900 + "会",
    ],
)
def test_odd_pages_are_read(html):
    assert body(read(html))


def test_too_many_elements():
    with pytest.raises(ReadError) as caught:
        read("<p>会议</p>" * 100, max_elements=100)
    assert caught.value.code == "READ002"


def test_blocks_cover_the_source_and_the_document_can_be_made():
    html = press_release()
    layout = read(html)
    at = 0
    for block in layout.blocks:
        assert not layout.source[at : block.span.start].strip()
        at = block.span.end
    assert not layout.source[at:].strip()
    document = assemble(layout, html.encode(), "page.html", "html")
    assert document.text.text.split("\n") == [text for _, text in expected()]


def test_iso_day():
    assert [iso_day(text) for text in ("2024年7月4日", "于2024-7-4发布", "12024-07-04", "1924", "2023-02-30")] == [
        "2024-07-04",
        "2024-07-04",
        "",
        "",
        "",
    ]


@pytest.mark.parametrize("seed", ["000", "003", "004"])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_text_set_as_html_comes_back(seed, encoding):
    paths = sorted((Path(__file__).parents[2] / "shared" / "seeds").glob(f"{seed}*.txt"))
    if not paths:
        pytest.skip("no seeds")
    text = paths[0].read_text(encoding="utf-8").replace("\xa0", " ")
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    text = "".join(f"<p>　　{html.escape(line)}</p>" for line in lines[1:])
    source = page(f"<h1>{html.escape(lines[0])}</h1><div id=zoom>{text}</div>", lines[0], encoding)
    found = [" ".join(text.split()) for _, text in body(read(source.encode(encoding)))]
    assert found == [" ".join(line.split()) for line in lines]
