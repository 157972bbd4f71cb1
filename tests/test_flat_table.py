"""Flattened tables are found again, and nothing else is taken for one."""

from __future__ import annotations

import pytest
from growth import assert_linear

from sco_extract.model.document import Block
from sco_extract.read.flat_table import find_flat_tables

STACKED = (
    "某组织落实行动计划\n"
    "\t领域\n\t措施\n\t期限\n\t机构\n\n"
    "\t一、农业\n\n"
    "\t（一）种业\n\t1、交换种子。\n\t每年\n\t农业部门\n\n"
    "\t\n\t2、 建立种子库。\n\n\n\t2030年前\n\t农业部门、\n秘书处\n\n"
    "\t\n \t3、举办展览。\n\t定期\n\t秘书处\n\n\n"
    "正文继续。\n"
)


def texts(source: str, block: Block) -> list[list[str]]:
    return [[source[cell.span.start : cell.span.end] for cell in row] for row in block.rows]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_stacked_cells(newline: str) -> None:
    source = STACKED.replace("\n", newline)
    (table,) = find_flat_tables(source)
    assert texts(source, table) == [
        ["领域", "措施", "期限", "机构"],
        ["一、农业"],
        ["（一）种业", "1、交换种子。", "每年", "农业部门"],
        ["", "2、 建立种子库。", "2030年前", f"农业部门、{newline}秘书处"],
        ["", "3、举办展览。", "定期", "秘书处"],
    ]
    assert table.rows[1][0].column_span == 4
    assert [cell.column for cell in table.rows[2]] == [0, 1, 2, 3]
    after = source[table.span.end :]
    assert after.strip() == "正文继续。"


def test_an_empty_paragraph_that_looks_like_the_end_of_a_row() -> None:
    source = (
        "\t领域\n\t措施\n\t期限\n\t机构\n\n"
        "\t（一）种业\n\n\t1、交换种子。\n\t每年\n\t农业部门\n\n"
        "\t\n\t2、建立种子库。\n\t定期\n\t农业部门\n\n"
        "\t\n\t3、举办展览。\n\t定期\n\t秘书处\n\n"
        "\t\n\t4、举办论坛。\n\t定期\n\t秘书处\n"
    )
    (table,) = find_flat_tables(source)
    assert texts(source, table)[1] == ["（一）种业", "1、交换种子。", "每年", "农业部门"]


def test_tab_separated_rows() -> None:
    source = "表1 贸易额\n国别\t2023年\t2024年\n蒙古国\t3.1\t3.3\n二、其他\n中国\t5.2\t5.0\n来源：统计部门"
    (table,) = find_flat_tables(source)
    assert texts(source, table) == [
        ["国别", "2023年", "2024年"],
        ["蒙古国", "3.1", "3.3"],
        ["二、其他"],
        ["中国", "5.2", "5.0"],
    ]


def test_two_columns_need_a_header_and_telling_cells() -> None:
    source = "国别\t占比\n蒙古国\t3.1\n中国\t5.2\n"
    (table,) = find_flat_tables(source)
    assert len(table.rows) == 3


def test_two_tables_in_order() -> None:
    table = "国别\t出口\t进口\n蒙古国\t3.1\t3.3\n中国\t5.2\t5.0\n"
    blocks = find_flat_tables(f"{table}\n\n正文。\n\n{table}")
    assert len(blocks) == 2
    assert blocks[0].span.end < blocks[1].span.start


@pytest.mark.parametrize(
    "source",
    [
        "没有制表符的正文。\n第二段。",
        "\t第一段，各方商定继续合作。\n\t第二段，会议富有成果。\n\n\t第三段。\n\t第四段。\n\n\t第五段。\n\t第六段。",
        "\t甲方\n\t乙方\n\t丙方\n",  # a block of signatures
        "蒙古国总理\t甲某\n中国总理\t乙某\n印度总理\t丙某\n",
        "一、\t总则\n二、\t合作\n三、\t附则\n",
        "1.\t举办论坛\n2.\t举办展览\n3.\t召开会议2次\n",
        "总则\t3\n合作领域\t5\n附则\t9\n",  # contents with page numbers
        "甲\t乙\t丙\n",  # one row
        "\t\t\t\n\t\t\n",
        "甲\t乙\n甲\t乙\t丙\t丁\n甲\n甲\t乙\t丙\n",  # rows that do not agree
    ],
)
def test_no_table(source: str) -> None:
    assert find_flat_tables(source) == ()


@pytest.mark.parametrize(
    "source",
    [
        "\t甲\n" * 20_000,
        "甲\t" * 50_000,
        "\t甲\n\n\n\n" * 10_000,
        "".join("甲" + "\t乙" * (n % 7 + 1) + "\n" for n in range(10_000)),
        "\t甲\n乙\n" * 10_000,
        "\t\n" * 30_000,
    ],
)
def test_hostile_text_is_linear(source: str) -> None:
    assert_linear(lambda size: find_flat_tables(source[:size]), len(source))
