"""The thread of a series (link/series.py) and of a document (link/lifecycle.py), from small texts of several sources."""

from __future__ import annotations

import pytest

from sco_extract.lexicon.load import load
from sco_extract.link.entities import link
from sco_extract.link.linked import Linked
from sco_extract.link.series import Coverage, thread
from sco_extract.model.records import InstrumentEntity, LifecycleStep, Sitting
from sco_extract.normalize import normalize
from sco_extract.pipeline import extract
from sco_extract.read import read

ANNOUNCED = ("2022-12-01", "各方支持于2023年3月举办上合组织成员国文化部长会议。")
REPORT = """
2023年3月14日，上合组织成员国能源部长会议以视频方式举行。
2023年3月15日，上合组织成员国体育部门负责人会议在新德里举行。
2023年3月17日，上合组织成员国旅游部门负责人会议在瓦拉纳西举行。
"""


def linked(*texts: tuple[str, str]) -> Linked:
    sources = [
        extract(normalize(read(text.encode(), f"{number}.txt")), document_date=date, source_id=f"s{number}")
        for number, (date, text) in enumerate(texts)
    ]
    return link(sources, load())


def sittings(corpus: Linked, series: str) -> list[Sitting]:
    clusters = [cluster for cluster in corpus.meetings if cluster.entity.series == series]
    return thread(clusters, Coverage.of(corpus.sources, corpus.meetings))


def steps(corpus: Linked, title: str) -> list[LifecycleStep]:
    return next(cluster.entity.lifecycle for cluster in corpus.documents if cluster.entity.title == title)


@pytest.mark.parametrize(
    ("later", "outcomes"),
    [
        (("2023-01-01", "本组织感谢各方。"), ["announced"]),
        (("2023-04-10", "2023年3月30日，上合组织成员国文化部长会议在新德里举行。"), ["held"]),
        (("2023-07-01", "2023年5月18日，上合组织成员国文化部长会议在新德里举行。"), ["held_later", "held"]),
        (("2023-12-01", REPORT), ["no_trace"]),
        (("2023-12-01", "2023年3月14日，金砖国家能源部长会议在开普敦举行。"), ["announced"]),
    ],
)
def test_what_became_of_an_announced_sitting(later: tuple[str, str], outcomes: list[str]) -> None:
    assert [one.outcome for one in sittings(linked(ANNOUNCED, later), "sco.culture-ministers")] == outcomes


def test_not_held() -> None:
    corpus = linked(("2023-12-01", "由于组织原因，2023年上合组织成员国文化部长会议未举行。"))
    assert [one.outcome for one in sittings(corpus, "sco.culture-ministers")] == ["not_held"]


def test_sittings_stand_in_order_of_time_whatever_the_order_of_sources() -> None:
    texts = [
        ("2024-12-01", "2024年10月9日，第四十四届东盟峰会在万象举行。"),
        ("2023-06-01", "2023年5月9日至11日，第四十二届东盟峰会在纳闽巴霍举行。"),
        ("2023-12-01", "第四十三届东盟峰会于2023年9月5日至7日在雅加达举行。"),
    ]
    corpus, back = linked(*texts), linked(*texts[::-1])
    series = next(cluster.entity.series for cluster in corpus.meetings)
    assert series is not None
    assert [one.ordinal for one in sittings(corpus, series)] == [42, 43, 44]
    assert [one.ordinal for one in sittings(back, series)] == [42, 43, 44]


def test_a_document_from_draft_to_report() -> None:
    title = "上合组织成员国2030年前能源合作发展战略"
    corpus = linked(
        ("2025-03-01", f"各方继续落实《{title}》。"),
        ("2024-07-05", f"2024年7月4日，上合组织成员国元首理事会会议在阿斯塔纳举行，会议批准了《{title}》。"),
        ("2023-10-26", f"各方支持制定《{title}》。"),
    )
    found = steps(corpus, title)
    assert [one.step for one in found] == ["drafting", "approved", "reported"]
    assert [one.date for one in found] == [None, "2024-07-04", None]
    assert all(one.span.quote == f"《{title}》" for one in found)


def test_a_step_has_no_date_that_no_source_says() -> None:
    corpus = linked(("2023-08-25", "各方通过了《金砖国家经济伙伴战略2025》。"))
    assert [(one.step, one.date) for one in steps(corpus, "金砖国家经济伙伴战略2025")] == [("adopted", None)]


def test_a_measure_of_a_plan_plans() -> None:
    corpus = linked(
        (
            "2024-07-04",
            "行动计划\n合作领域\t措施\t期限\t执行机构\n一、贸易\n"
            "\t1、落实《东盟数字经济框架协定》。\t2026年前\t成员国有关部门\n"
            "\t2、交流经验。\t定期\t秘书处\n",
        )
    )
    assert [one.step for one in steps(corpus, "东盟数字经济框架协定")] == ["planned"]


def by_title(corpus: Linked) -> dict[str, InstrumentEntity]:
    return {cluster.entity.title: cluster.entity for cluster in corpus.documents}


def test_a_plan_for_a_document_is_a_step_of_its_life() -> None:
    title, plan = "中国—东盟蓝色经济伙伴关系构想", "〈中国—东盟蓝色经济伙伴关系构想〉2026—2030年行动计划"
    corpus = linked(
        ("2024-10-12", f"2024年10月10日，第二十七次中国—东盟领导人会议在万象举行，会议通过《{title}》。"),
        ("2025-11-01", f"会议通过《{plan}》（2025年10月28日，吉隆坡）。"),
    )
    found = by_title(corpus)
    assert found[plan].implements == found[title].id
    assert found[title].implements is None
    assert [(one.step, one.date, one.source) for one in found[title].lifecycle] == [
        ("adopted", "2024-10-10", "s0"),
        ("planned", "2025-10-28", "s1"),
    ]
    assert [one.span.quote for one in found[title].mentions] == [f"《{title}》", f"〈{title}〉"]
    assert [one.record.title for cluster in corpus.documents for one in cluster.members] == [title, plan]


@pytest.mark.parametrize(
    ("texts", "entities"),
    [
        (["会议通过《〈金砖国家农业合作构想〉2025—2028年行动计划》。"], 2),  # a plan for it was adopted
        (["各方支持制定《〈金砖国家农业合作构想〉2025—2028年行动计划》。"], 1),  # it may never be
        (
            ["制定《〈金砖国家农业合作构想〉行动计划》。", "落实《〈金砖国家农业合作构想〉实施细则》。"],
            3,
        ),  # two sources name it
        (["会议通过《〈战略〉行动计划》。"], 1),  # any strategy
    ],
)
def test_a_document_that_is_only_named_inside_titles(texts: list[str], entities: int) -> None:
    corpus = linked(*(("2025-01-01", text) for text in texts))
    assert len(corpus.documents) == entities
    known = {cluster.entity.id for cluster in corpus.documents}
    assert {cluster.entity.implements for cluster in corpus.documents} <= {None, *known}


@pytest.mark.parametrize(
    "title",
    [
        "关于修改〈亚信活动章程〉的议定书",
        "关于制定〈亚信活动章程〉的工作计划",
        "〈亚信活动章程〉落实情况报告",
        "关于〈亚信活动章程〉的声明",
    ],
)
def test_a_change_of_a_document_does_not_carry_it_out(title: str) -> None:
    corpus = linked(("2024-01-01", "会议通过《亚信活动章程》。"), ("2025-01-01", f"会议通过《{title}》。"))
    assert [cluster.entity.implements for cluster in corpus.documents] == [None, None]
    assert len(by_title(corpus)["亚信活动章程"].mentions) == 2


def test_measures_about_a_bare_title_are_not_those_of_every_such_document() -> None:
    plan = "1、签署《谅解备忘录》。\n期限：2026年前\n执行机构：秘书处\n2、举办论坛。\n期限：每年\n执行机构：秘书处\n"
    corpus = linked(("2024-01-01", "双方签署了《谅解备忘录》。"), ("2024-07-05", plan))
    found = {cluster.entity.source: cluster.entity.lifecycle for cluster in corpus.documents}
    assert [one.step for one in found["s0"]] == ["signed"]
    assert [one.step for one in found["s1"]] == ["planned"]
