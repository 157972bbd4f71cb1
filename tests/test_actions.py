"""Actions from tables of every format, and the deadlines of measures."""

from __future__ import annotations

import io

import docx
import pytest
from growth import assert_linear

from sco_extract.lexicon.load import load
from sco_extract.model.records import Action
from sco_extract.normalize import normalize
from sco_extract.pipeline import extract
from sco_extract.read import read
from sco_extract.values.deadlines import parse_deadline


def actions(data: bytes | str, name: str) -> list[Action]:
    document = normalize(read(data.encode() if isinstance(data, str) else data, name))
    return extract(document).actions


def brief(found: list[Action]) -> list[tuple[object, ...]]:
    return [
        (one.area, one.subarea, one.number, one.measure, one.deadline and one.deadline.kind, tuple(one.executors))
        for one in found
    ]


EXPECTED = [
    ("经贸合作", "投资", 1, "建立投资者联盟。", "regular", ("投资机构", "秘书处")),
    ("经贸合作", "投资", 2, "举办投资论坛。", "annual", ("投资机构",)),
    ("人文合作", None, 1, "互设文化中心。", "by", ("文化部门（牵头、协调）",)),
]


def test_markdown_table() -> None:
    text = """# 落实行动计划

| 领域 | 分领域 | 措施 | 期限 | 执行机构 |
|---|---|---|---|---|
| 经贸合作 | 投资 | 1、建立投资者联盟。 | 定期 | 投资机构、秘书处 |
|  |  | 2、举办投资论坛。 | 每年 | 投资机构 |
| 人文合作 |  | 1、互设文化中心。 | 2027年前 | 文化部门（牵头、协调） |
"""
    assert brief(actions(text, "plan.md")) == EXPECTED


def test_html_table_with_merged_cells() -> None:
    text = """<html><body><article><h1>落实行动计划</h1><p>各方商定以下措施，由各部门落实，秘书处每年报告情况。</p><table>
<tr><th>领域</th><th>分领域</th><th>措施</th><th>期限</th><th>执行机构</th></tr>
<tr><td rowspan="2">经贸合作</td><td rowspan="2">投资</td><td>1、建立投资者联盟。</td><td>定期</td><td>投资机构<br>秘书处</td></tr>
<tr><td>2、举办投资论坛。</td><td>每年</td><td>投资机构</td></tr>
<tr><td colspan="5">二、人文合作</td></tr>
<tr><td></td><td></td><td>1、互设文化中心。</td><td>2027年前</td><td>文化部门（牵头、协调）</td></tr>
</table></article></body></html>"""
    assert brief(actions(text, "plan.html")) == EXPECTED


def test_word_table_with_merged_cells() -> None:
    paper = docx.Document()
    paper.add_heading("落实行动计划", 1)
    rows = [
        ["合作领域", "措施", "期限", "执行机构"],
        ["一、经贸合作", "", "", ""],
        ["（一）投资", "1、建立投资者联盟。", "定期", "投资机构、秘书处"],
        ["", "2、举办投资论坛。", "每年", "投资机构"],
        ["二、人文合作", "", "", ""],
        ["", "1、互设文化中心。", "2027年前", "文化部门（牵头、协调）"],
    ]
    table = paper.add_table(len(rows), 4)
    for cells, row in zip(rows, table.rows, strict=True):
        for text, cell in zip(cells, row.cells, strict=True):
            cell.text = text
    for number in (1, 4):
        table.cell(number, 0).merge(table.cell(number, 3))
    table.cell(2, 0).merge(table.cell(3, 0))
    data = io.BytesIO()
    paper.save(data)
    assert brief(actions(data.getvalue(), "plan.docx")) == EXPECTED


TWO_LEVELS = [
    ("能源", "石油", 1),
    ("能源", "石油", 2),
    ("能源", "电力", 1),
    ("教育", "大学", 1),
    ("教育", "中学", 2),
]
REST = "<td>{0}. 举办第{0}号论坛。</td><td>每年</td><td>秘书处</td>"
AREA_COLUMNS = {
    "both merged": [
        '<td rowspan="3">一、能源</td><td rowspan="2">（一）石油</td>',
        "",
        "<td>（二）电力</td>",
        '<td rowspan="2">二、教育</td><td>（一）大学</td>',
        "<td>（二）中学</td>",
    ],
    "both merged, no numbers": [
        '<td rowspan="3">能源</td><td rowspan="2">石油</td>',
        "",
        "<td>电力</td>",
        '<td rowspan="2">教育</td><td>大学</td>',
        "<td>中学</td>",
    ],
    "area merged": [
        '<td rowspan="3">能源</td><td>石油</td>',
        "<td>石油</td>",
        "<td>电力</td>",
        '<td rowspan="2">教育</td><td>大学</td>',
        "<td>中学</td>",
    ],
    "text repeated": [
        "<td>能源</td><td>石油</td>",
        "<td>能源</td><td>石油</td>",
        "<td>能源</td><td>电力</td>",
        "<td>教育</td><td>大学</td>",
        "<td>教育</td><td>中学</td>",
    ],
    "empty below": [
        "<td>一、能源</td><td>石油</td>",
        "<td></td><td></td>",
        "<td></td><td>电力</td>",
        "<td>二、教育</td><td>大学</td>",
        "<td></td><td>中学</td>",
    ],
    "rows over the whole width": [
        '<td colspan="5">一、能源</td></tr><tr><td></td><td rowspan="2">（一）石油</td>',
        "<td></td>",
        "<td></td><td>（二）电力</td>",
        '<td colspan="5">二、教育</td></tr><tr><td></td><td>（一）大学</td>',
        "<td></td><td>（二）中学</td>",
    ],
}
AREA_HEADERS = {
    "two areas": "<th>领域</th><th>方向</th>",
    "area and sub-area": "<th>合作领域</th><th>具体方向</th>",
    "one header over both": '<th colspan="2">合作领域</th>',
}


@pytest.mark.parametrize("header", AREA_HEADERS.values(), ids=AREA_HEADERS)
@pytest.mark.parametrize("columns", AREA_COLUMNS.values(), ids=AREA_COLUMNS)
def test_two_columns_of_areas(columns: list[str], header: str) -> None:
    rows = [f"<tr>{header}<th>措施</th><th>期限</th><th>执行机构</th></tr>"]
    rows += [f"<tr>{cells}{REST.format(row[2])}</tr>" for cells, row in zip(columns, TWO_LEVELS, strict=True)]
    text = "<html><body><article><p>各方商定以下措施，由各部门落实，秘书处每年报告情况。</p><table>"
    found = actions(f"{text}{''.join(rows)}</table></article></body></html>", "plan.html")
    assert [(one.area, one.subarea, one.number) for one in found] == TWO_LEVELS


def test_an_area_written_again_beside_an_empty_sub_area_has_none() -> None:
    text = """| 领域 | 方向 | 措施 | 期限 | 执行机构 |
|---|---|---|---|---|
| 能源 | 石油 | 1、建立数据库。 | 定期 | 秘书处 |
| 能源 | | 2、举办论坛。 | 每年 | |
"""
    assert [(one.area, one.subarea, one.executors) for one in actions(text, "plan.md")] == [
        ("能源", "石油", ["秘书处"]),
        ("能源", None, []),
    ]


def test_a_number_in_the_first_column_of_areas_is_no_area() -> None:
    text = """<html><body><article><p>各方商定以下措施，由各部门落实，秘书处每年报告情况。</p><table>
<tr><th colspan="2">合作领域</th><th>措施</th><th>期限</th><th>执行机构</th></tr>
<tr><td>一</td><td>能源</td><td>1、举办论坛。</td><td>每年</td><td>秘书处</td></tr>
<tr><td>二</td><td>教育</td><td>1、互派留学生。</td><td>每年</td><td>秘书处</td></tr>
</table></article></body></html>"""
    assert [(one.area, one.subarea) for one in actions(text, "plan.html")] == [("能源", None), ("教育", None)]


def test_a_measure_over_two_rows_collects_its_executors() -> None:
    text = """<html><body><article><p>各方商定以下措施，由各部门落实，秘书处每年报告情况。</p><table>
<tr><th>序号</th><th>任务</th><th>完成时限</th><th>责任单位</th></tr>
<tr><td rowspan="2">1</td><td rowspan="2">建设物流中心</td><td>2026年前</td><td>交通部门</td></tr>
<tr><td>2028年前</td><td>海关</td></tr>
<tr><td>2</td><td>举办论坛</td><td>每年</td><td>秘书处</td></tr>
</table></article></body></html>"""
    first, second = actions(text, "plan.html")
    assert first.executors == ["交通部门", "海关"]
    assert first.deadline is not None
    assert (first.deadline.text, first.deadline.kind) == ("2026年前；2028年前", None)
    assert second.number == 2


def test_spans_cover_measure_to_executors() -> None:
    text = "序号\t措施\t期限\t执行机构\n1\t办论坛\t每年\t秘书处\n2\t办展览\t定期\t秘书处\n"
    first, _ = actions(text, "plan.txt")
    assert first.span.quote == "办论坛\t每年\t秘书处"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("定期", "regular"),
        ("常态化推进", "regular"),
        ("每两年一次", "regular"),
        ("每年一次", "annual"),
        ("年度", "annual"),
        ("本年度", None),
        ("不定期", None),
        ("视协商情况而定", "consultation"),
        ("待定", None),
    ],
)
def test_deadlines_without_dates(text: str, kind: str | None) -> None:
    deadline = parse_deadline(text, (), load())
    assert deadline is not None
    assert (deadline.text, deadline.kind, deadline.edtf) == (text, kind, None)


@pytest.mark.parametrize("text", ["", " ", "—", "/", "-"])
def test_no_deadline(text: str) -> None:
    assert parse_deadline(text, (), load()) is None


@pytest.mark.parametrize(
    ("text", "kind", "edtf"),
    [
        ("2026年前", "by", "../2026"),
        ("2026年底前", "by", "../2026"),
        ("2025年1月1日之前", "by", "../2025-01-01"),
        ("截至2027年", "by", "../2027"),
        ("于2028年12月底前完成", "by", "../2028-12"),
        ("2023 — 2025年", "range", "2023/2025"),
        ("2024至2026年", "range", "2024/2026"),
        ("2024年", None, "2024"),
        ("2024年第四季度", None, "2024-36"),
        ("2024年度", None, "2024"),
        ("2024年、2026年", None, None),
        ("每年，至2030年前", "annual", "../2030"),
    ],
)
def test_deadlines_with_dates(text: str, kind: str | None, edtf: str | None) -> None:
    plan = f"序号\t措施\t期限\t执行机构\n1\t办论坛\t{text}\t秘书处\n2\t办展览\t定期\t秘书处\n"
    deadline = actions(plan, "plan.txt")[0].deadline
    assert deadline is not None
    assert (deadline.kind, deadline.edtf) == (kind, edtf)


@pytest.mark.parametrize(
    "text",
    [
        "责任单位：甲；期限：" * 5_000,
        "1、办会。责任单位：甲；期限：每年\n" * 3_000,
        "序号\t措施\t期限\t执行机构\n1\t办会\t每年\t" + "（" * 50_000 + "\n2\t办展\t每年\t丙\n",
        "序号\t措施\t期限\t执行机构\n" + "1\t办会\t每年\t甲、乙\n" * 3_000,
    ],
)
def test_hostile_plans_are_linear(text: str) -> None:
    assert_linear(lambda size: actions(text[:size], "plan.txt"), len(text))
