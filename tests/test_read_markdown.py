"""Markdown: structure is found, the source stays as it is, and markup is no part of the reading text."""

from __future__ import annotations

import pytest

from sco_extract.model.document import Document
from sco_extract.normalize import normalize
from sco_extract.read import LIMITS, read
from sco_extract.read.assemble import assemble
from sco_extract.read.markdown import read_markdown

ARTICLE = """# 中国—东盟自由贸易区的新发展

**【摘要】** 本文分析*区域*合作的__新趋势__，见[统计公报](https://example.org/2023/01/05/a_(b).html "公报")[^1]。

## 一、进展

2024 年贸易额增长<sup>①</sup>，各方继续推进升级谈判，取得了实质性进展，并为下一步合作奠

---

① 《东盟统计年鉴》, <https://example.org/2024-06-17>

定了基础。

| 国家 | 时间<br>地点 | 文件 |
|:-----|-----:|:----:|
| 越南 | 2024年8月\\|河内 | 《**联合**声明》 |
| 泰国 | 曼谷 |

1. 第一项
2. 第二项
- 第三项

> 各方同意继续落实，
> 并定期评估。

![图1](https://example.org/2022.png)

<!-- 2019年1月1日的草稿 -->

[^1]: 国家统计局2024年2月公布的数据。
"""


def _read(text: str, name: str = "a.md") -> Document:
    return normalize(read(text.encode(), name))


def test_article() -> None:
    document = _read(ARTICLE)
    assert document.format == "md"
    assert document.source == ARTICLE
    assert document.text.text.split("\n") == [
        "中国—东盟自由贸易区的新发展",
        "【摘要】本文分析区域合作的新趋势，见统计公报。",
        "一、进展",
        "2024年贸易额增长，各方继续推进升级谈判，取得了实质性进展，并为下一步合作奠定了基础。",
        "《东盟统计年鉴》,",
        "国家",
        "时间地点",
        "文件",
        "越南",
        "2024年8月|河内",
        "《联合声明》",
        "泰国",
        "曼谷",
        "",
        "1. 第一项",
        "2. 第二项",
        "第三项",
        "各方同意继续落实，并定期评估。",
        "国家统计局2024年2月公布的数据。",
    ]


def test_kinds_levels_and_labels() -> None:
    blocks = [block for block in _read(ARTICLE).blocks if block.kind != "furniture"]
    assert [(block.kind, block.level, block.label, block.role) for block in blocks] == [
        ("heading", 1, "", "title"),
        ("paragraph", 0, "", ""),
        ("heading", 2, "一、", ""),
        ("paragraph", 0, "", ""),
        ("footnote", 0, "①", ""),
        ("paragraph", 0, "", ""),
        ("table", 0, "", ""),
        ("list_item", 1, "1.", ""),
        ("list_item", 1, "2.", ""),
        ("list_item", 1, "-", ""),
        ("paragraph", 0, "", "quote"),
        ("footnote", 0, "1", ""),
    ]
    notes = [block for block in blocks if block.kind == "footnote"]
    assert [block.reference for block in notes] == [ARTICLE.index("<sup>①") + 5, ARTICLE.index("[^1]")]


def test_cells_point_into_the_source() -> None:
    (table,) = [block for block in _read(ARTICLE).blocks if block.kind == "table"]
    assert [[ARTICLE[cell.span.start : cell.span.end] for cell in row] for row in table.rows] == [
        ["国家", "时间<br>地点", "文件"],
        ["越南", "2024年8月\\|河内", "《**联合**声明》"],
        ["泰国", "曼谷", ""],
    ]


@pytest.mark.parametrize(
    ("source", "reading"),
    [
        ("标题\n====\n\n正文。", "标题\n正文。"),
        ("参见C5\\_1与a_b_c。", "参见C5_1与a_b_c。"),
        ("2*3*4等于24。", "2*3*4等于24。"),
        ("见<https://example.org/2024/06/17>。", "见。"),
        ("见[https://example.org/2024/06/17](https://example.org/2024/06/17)。", "见。"),
        ("<p>会议&nbsp;于<b>2024年</b>举行。</p>", "会议于2024年举行。"),
        ("## （一）目标 ##", "（一）目标"),
        ("#没有空格的标签", "#没有空格的标签"),
        ("人数<500且>100。", "人数<500且>100。"),
        ("《公报》[注]与(说明)。", "《公报》[注]与(说明)。"),
        ("the first\n> second", "the first\nsecond"),
        ("> the first part of the text\n> and the second", "the first part of the text and the second"),
    ],
)
def test_markup(source: str, reading: str) -> None:
    assert _read(source).text.text == reading


def test_markdown_is_known_by_its_marks_without_a_suffix() -> None:
    assert _read("# 题目\n\n**要点** 正文。\n", "a.txt").format == "md"
    assert _read("# 题目\n\n正文。\n", "a.txt").format == "txt"


def test_paragraph_that_ends_is_not_joined_over_a_note() -> None:
    text = "各方一致同意继续深化务实合作，推动地区发展。\n\n---\n\n① 见公报。\n\n会议还讨论了其他问题。\n"
    assert _read(text).text.text.count("\n") == 2


PIECES = ("<!--", "[", "![](", "](", "*a ", "**", "** ", "<a ", "| a ", "`", "\\", "> ", "[^1]", "<sup>", "- ")


@pytest.mark.parametrize("piece", PIECES)
def test_hostile_markdown_is_read_in_linear_time(piece: str) -> None:
    for end in ("", "\n"):
        layout = read_markdown(((piece + end) * 20_000 + "。\n# a\n").encode(), "a.md", LIMITS)
        assert assemble(layout, b"", "a.md", "md").blocks


def test_bold_sentence_does_not_run_into_the_next_line() -> None:
    assert (
        _read("**各方一致同意，继续深化互利合作，推动地区发展。**\n会议还讨论了其他问题。\n").text.text.count("\n") == 1
    )
