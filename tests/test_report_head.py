"""The composed report around its sentences: title, bodies, names of sources, numbers of the calendar."""

from __future__ import annotations

import pytest
from test_report_compose import LEXICON, PLAN, options, records, source

from sco_extract.compose.report import compose
from sco_extract.compose.title_lines import title_lines
from sco_extract.compose.verify import sentences_of
from sco_extract.model.draft import Draft


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("东盟经济合作年度报告", ("东盟经济合作年度报告",)),
        ("关于《东盟经济共同体2025年蓝图》执行情况的报告", ("关于《东盟经济共同体2025年蓝图》", "执行情况的报告")),
        (
            "关于《〈上海合作组织至2030年经济发展战略〉落实行动计划》执行情况的报告",
            ("关于《〈上海合作组织", "至2030年经济发展战略〉", "落实行动计划》执行情况的报告"),
        ),
        (
            "关于《中非合作论坛—北京行动计划（2025—2027）》执行情况的报告",
            ("关于《中非合作论坛—北京", "行动计划（2025—2027）》执行情况的报告"),
        ),
    ],
)
def test_a_title_is_broken_by_meaning(title: str, lines: tuple[str, ...]) -> None:
    assert title_lines(title, LEXICON) == lines


@pytest.mark.parametrize("title", ["甲" * 50, "》" * 50, "《" * 50, "abcdefgh" * 12, "关于合作" * 60])
def test_any_title_is_broken(title: str) -> None:
    lines = title_lines(title, LEXICON)
    assert "".join(lines) == title
    assert max(map(len, lines)) <= 40


def _of(organisation: str, text: str, name: str = "r") -> Draft:
    plan = source(PLAN.format(name=organisation), "plan", "md")
    return compose(records(plan, source(text, name), period="2024"), options("2024"), LEXICON)


def test_who_submits_is_taken_from_the_lexicon_where_it_has_the_organisation() -> None:
    made = _of("上合组织", "2024年6月1日，上合组织旅游论坛在青岛举行。")
    assert made.submitted_by == "上海合作组织秘书处"
    assert made.submitted_to.endswith("理事会")
    other = _of("东盟", "2024年6月1日，东盟旅游论坛在河内举行。")
    assert (other.submitted_by, other.submitted_to) == ("", "")


@pytest.mark.parametrize(
    ("name", "called"), [("海关通讯", "海关通讯.txt"), ("000_f9f79095d3dbd967", "“2024年6月1日，东盟旅游论…”")]
)
def test_a_source_without_a_title_is_not_called_by_a_digest(name: str, called: str) -> None:
    made = _of("东盟", "2024年6月1日，东盟旅游论坛在河内举行。\n2024年6月2日，东盟海关论坛在河内举行。", name)
    found = {
        one.called
        for section in made.sections
        for sentence in sentences_of(section)
        for one in sentence.citations
        if not one.title
    }
    assert found == {called}


def test_a_meeting_called_after_its_place_is_the_one_of_that_day() -> None:
    made = _of(
        "上合组织",
        "2024年7月4日，上合组织成员国元首理事会会议在阿斯塔纳举行。\n"
        "能源领域合作\n成员国元首在阿斯塔纳会议（2024年7月4日）上通过了《上合组织能源合作发展战略》。",
    )
    names = [row[2].lines[0] for row in next(a for a in made.annexes if a.kind == "calendar").tables[0].rows]
    assert names == ["上合组织成员国元首理事会会议"]


def test_marks_of_the_calendar_have_the_numbers_of_its_rows_and_lanes_the_order_of_the_sections() -> None:
    made = _of(
        "东盟",
        "旅游合作\n2024年3月1日，东盟旅游论坛在河内举行。\n贸易和投资领域合作\n2024年6月1日，东盟贸易便利化论坛在万象举行。",
    )
    calendar = next(one for one in made.annexes if one.kind == "calendar")
    assert calendar.timeline is not None
    assert [(one.label, one.number) for one in calendar.timeline.marks] == [
        ("东盟贸易便利化论坛", 2),
        ("东盟旅游论坛", 1),
    ]
    assert [row[0].lines[0] for row in calendar.tables[0].rows] == ["1", "2"]
