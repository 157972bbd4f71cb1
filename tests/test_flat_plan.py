"""Plans whose cells stand one below the other, as paragraphs of any format."""

from __future__ import annotations

import pytest

from sco_extract.model.records import Action
from sco_extract.normalize import normalize
from sco_extract.pipeline import extract
from sco_extract.read import read


def actions(lines: str) -> list[Action]:
    body = "".join(f"<p>{line}</p>" for line in lines.split())
    return extract(normalize(read(f"<html><body>{body}</body></html>".encode(), "plan.html"))).actions


def brief(lines: str) -> list[tuple[object, ...]]:
    return [
        (one.area, one.subarea, one.number, one.measure, one.deadline and one.deadline.text, tuple(one.executors))
        for one in actions(lines)
    ]


def test_deadline_in_the_last_column_and_numbers_in_the_first() -> None:
    plan = """东盟—中国合作任务分工表 序号 重点任务 责任单位 完成时限
        1 建立跨境电商合作机制 商务部门、海关部门 2026年底前 2 举办数字经济论坛 工业和信息化部门 每年
        3 联合培训旅游人才，扩大人员往来。 文化和旅游部门 2025年第三季度 会后各方发表了声明。 2025年10月10日"""
    assert brief(plan) == [
        (None, None, 1, "建立跨境电商合作机制", "2026年底前", ("商务部门", "海关部门")),
        (None, None, 2, "举办数字经济论坛", "每年", ("工业和信息化部门",)),
        (None, None, 3, "联合培训旅游人才，扩大人员往来。", "2025年第三季度", ("文化和旅游部门",)),
    ]


def test_areas_without_numbers_stand_above_their_first_measure() -> None:
    plan = """领域 措施 时间 负责方 贸易 举行博览会 每年 贸促机构 签署检验检疫议定书 2027年前 海关部门
        人文 互派留学生 定期 教育部门"""
    assert brief(plan) == [
        ("贸易", None, None, "举行博览会", "每年", ("贸促机构",)),
        ("贸易", None, None, "签署检验检疫议定书", "2027年前", ("海关部门",)),
        ("人文", None, None, "互派留学生", "定期", ("教育部门",)),
    ]


def test_numbered_areas_and_executors_of_several_lines() -> None:
    plan = """领域 子领域 措施 期限 执行机构 一、经贸 （一）投资 1.设立投资基金。 2028年前 财政部门 银行
        2.举办投资峰会。 定期 投资主管部门 （二）贸易 1.简化通关。 根据协商情况 海关"""
    assert brief(plan) == [
        ("经贸", "投资", 1, "设立投资基金。", "2028年前", ("财政部门", "银行")),
        ("经贸", "投资", 2, "举办投资峰会。", "定期", ("投资主管部门",)),
        ("经贸", "贸易", 1, "简化通关。", "根据协商情况", ("海关",)),
    ]


def test_a_row_without_deadline_keeps_its_measure_only() -> None:
    plan = """措施 期限 执行机构 1、举办论坛。 每年 秘书处 2、编写报告。 — 专家组 3、召开会议。 定期 秘书处、专家组
        4、出版文集。 2026年前 出版机构"""
    assert brief(plan) == [
        (None, None, 1, "举办论坛。", "每年", ("秘书处",)),
        (None, None, 2, "编写报告。", None, ()),
        (None, None, 3, "召开会议。", "定期", ("秘书处", "专家组")),
        (None, None, 4, "出版文集。", "2026年前", ("出版机构",)),
    ]


def test_a_header_repeated_on_each_page_is_no_row() -> None:
    plan = """措施 期限 执行机构 1、举办论坛。 每年 秘书处 2、编写报告。 2026年前 专家组
        措施 期限 执行机构 3、召开会议。 定期 秘书处"""
    assert [one.number for one in actions(plan)] == [1, 2, 3]


@pytest.mark.parametrize(
    "lines",
    [
        "会议议程 时间 内容 地点 2024年5月1日 开幕式 北京 2024年5月2日 闭幕式 上海",
        "措施 期限 执行机构 各方商定上述要素由秘书处另行拟定，提交下次会议审议。 2024年7月4日 阿斯塔纳",
        "措施 期限 1、举办论坛。 每年 2、编写报告。 定期",
        "姓名 职务 联系方式 张某 主任 每年 李某 秘书 定期",
        "各方商定，措施、期限、执行机构由各国自行确定。 每年 秘书处 定期 专家组",
    ],
)
def test_what_is_no_plan(lines: str) -> None:
    assert actions(lines) == []
