"""What cases cannot say of the date rules: impossible dates, order, the document's period, cost."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from growth import assert_linear
from hypothesis import given, settings
from hypothesis import strategies as st

from sco_extract.extract.dates import RULES, find_dates
from sco_extract.extract.dates.patterns import Parts, patterns
from sco_extract.lexicon.load import load
from sco_extract.values import edtf

LEXICON = load()
IMPOSSIBLE = Path(__file__).parent / "cases" / "dates_impossible.toml"
PIECES = [
    *patterns(LEXICON).words,
    *"0 1 2 9 12 20 31 2024 2023 1999 2000 年 月 日 号 至 到 - — ~ 、 和 ， 。 （ ） 《 》 前 底 初 中旬 上半年 季度".split(),  # noqa: SIM905 -- readable as a list of words
    *"第 世纪 年代 每年 民国 公元 公元前 农历 二 〇 十 廿 千 两 . / 起 次年 期间 报告 电 在 以来 （星期一） 议程 愿景".split(),  # noqa: SIM905 -- readable as a list of words
    *"是 看起来 年份 ： 八月 十五 二十一 中秋 元年 令和 主体 789 7 13 07 从 之后 之前".split(),  # noqa: SIM905 -- readable as a list of words
    " ",
    "\n",
]


@pytest.mark.parametrize("case", tomllib.loads(IMPOSSIBLE.read_text("utf-8"))["case"], ids=lambda case: case["label"])
def test_impossible_dates_are_problems(case: dict) -> None:
    text = case["text"].replace("⟦", "").replace("⟧", "")
    found = find_dates(text, LEXICON)
    assert [problem.code for problem in found.diagnostics] == ["DAT201"]
    problem = found.diagnostics[0]
    assert text[problem.start : problem.end] in problem.message
    assert all(problem.end <= date.start or date.end <= problem.start for date in found.dates)


def test_period_given() -> None:
    found = find_dates("本报告期间，贸易增长。会议于3月5日举行。", LEXICON, period="2023-11/2024-10")
    assert [date.edtf for date in found.dates] == ["2023-11/2024-10", "2024-03-05"]


def test_period_that_gives_the_year() -> None:
    found = find_dates("12月8日，工作组开会。", LEXICON, period="2023-11/2024-10")
    assert [(date.edtf, date.anchor) for date in found.dates] == [("2023-12-08", "inherited")]


def test_groups_stand_in_the_order_in_which_they_are_read() -> None:
    groups = patterns(LEXICON).number.groupindex
    assert tuple(sorted(groups, key=groups.__getitem__)) == Parts._fields


def test_rule_ids_are_unique() -> None:
    assert len({rule.id for rule in RULES}) == len(RULES)


@settings(max_examples=400, deadline=None)
@given(
    st.lists(st.sampled_from(PIECES), max_size=30).map("".join),
    st.sampled_from([None, "2024-02-29", "2024-12", "2024", "199X", "nonsense"]),
    st.sampled_from([None, "2023-11/2024-10", "../2024", "nonsense"]),
)
def test_any_text(text: str, document_date: str | None, period: str | None) -> None:
    at = 0
    for date in find_dates(text, LEXICON, document_date=document_date, period=period).dates:
        assert at <= date.start < date.end <= len(text)
        at = date.end
        if date.edtf is None:
            assert date.unresolved
        elif not date.edtf.startswith("-"):
            value = edtf.parse(date.edtf)
            assert value is not None
            assert (value.earliest, value.latest, value.kind) == (date.earliest, date.latest, date.kind)


@pytest.mark.parametrize(
    "piece",
    [
        "2001、",
        "1月1日、",
        "7月3",
        "1",
        "一",
        "7月1、2、3、4、",
        "2024年1月1日至",
        "同年7月，",
        "1-",
        "7月4日\n",
        "《7月4日",
        "（2024—",
        "3/4/2024、",
        "24/10/2024、10/24/2024、4/11/2024、",
        "3-4-2024至",
        "从2016到2018，",
        "2016\n",
        "年份：2016、",
        "2024是",
        "八月十五",
        "《2024：",
        "2024 01 ",
    ],
)
def test_hostile_text_costs_no_more_than_its_length(piece: str) -> None:
    assert_linear(lambda length: find_dates(piece * (length // len(piece)), LEXICON), 100_000)
