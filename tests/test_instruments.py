"""Instruments beyond the case files: order, bodies, hostile texts, and the seeds where they are at hand."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from growth import assert_linear

from sco_extract.extract.dates import find_dates
from sco_extract.extract.instruments import RULES, find_instruments
from sco_extract.extract.unit import Unit
from sco_extract.lexicon.load import load
from sco_extract.model.mentions import InstrumentMention
from sco_extract.normalize import normalize
from sco_extract.read import read

SHARED = Path(__file__).parents[2] / "shared"


def find(text: str, name: str = "sample.txt") -> tuple[InstrumentMention, ...]:
    document = normalize(read(text.encode(), name))
    return find_instruments(Unit(document, load(), None, find_dates(document.text.text, load()).dates))


def test_rules_are_numbered_and_documented() -> None:
    assert [rule.id for rule in RULES] == [f"T{number:03}" for number in range(1, len(RULES) + 1)]
    assert all(rule.doc.strip() for rule in RULES)


def test_mentions_are_in_order_and_apart() -> None:
    found = find("根据安理会第2231号决议和《联合国宪章》，各方落实《〈东盟宪章〉行动计划》、第1540号决议。")
    assert all(left.end <= right.start for left, right in pairwise(found))
    assert [mention.title for mention in found] == ["安理会第2231号决议", "联合国宪章", "〈东盟宪章〉行动计划"]


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("2024年9月5日，中非合作论坛北京峰会通过《北京行动计划》。", "中非合作论坛北京峰会"),
        ("独联体国家元首理事会批准了《青年合作战略》。", "独联体国家元首理事会"),
        ("由东盟经济部长会议通过的《电子商务工作计划》已实施。", "东盟经济部长会议"),
        ("他们通过了《宣言》。", None),
        ("此次会议发布了《德里宣言》。", None),
    ],
)
def test_body(text: str, body: str | None) -> None:
    assert find(text)[0].body == body


def test_a_cell_over_several_rows_dates_each_of_them() -> None:
    found = find(
        "<h1>经贸合作</h1><p>各方签署的主要文件见下表，各项文件已经落实。</p>"
        "<table><tr><td colspan=2>主要文件</td></tr><tr><th>名称</th><th>签署时间和地点</th></tr>"
        "<tr><td>《贸易协定》</td><td rowspan=2>2016年1月16日，北京</td></tr><tr><td>《投资协定》</td></tr>"
        "<tr><td>《税收协定》</td><td></td></tr></table>",
        "sample.html",
    )
    assert [(one.date, one.place) for one in found] == [("2016-01-16", "北京"), ("2016-01-16", "北京"), (None, None)]


def test_a_table_of_shows_dates_none() -> None:
    found = find("| 名称 | 时间 | 地点 |\n|---|---|---|\n| 《丝路花雨》 | 2015年12月12日 | 巴黎 |\n", "sample.md")
    assert [(one.date, one.place) for one in found] == [(None, None)]


@pytest.mark.parametrize(
    "text",
    [
        "(2024年7月4日，阿斯塔纳)会议上通过的《宣言》，" * 2_000,
        "2024年7月4日，《宣言》在阿斯塔纳签署" * 2_000,
        "《" * 20_000,
        "〈《" * 10_000,
        "《上合组织" * 8_000,
        "「宣言" * 10_000,
        "（" * 20_000 + "《宣言》（" * 2_000,
        "第1号、" * 8_000 + "决议",
        "落实、" * 10_000 + "《宣言》",
        "<" * 20_000 + "宣言>",
        "《宣言》、" * 8_000,
        "通过的" * 10_000,
    ],
    ids=lambda text: text[:6],
)
def test_hostile_texts_take_linear_time(text: str) -> None:
    document = normalize(read("合作。".encode(), "sample.txt"))

    def find_in(size: int) -> None:
        mapped = document.text.of(text[:size])
        dates = find_dates(mapped.text, load()).dates
        find_instruments(Unit(_with_text(document, mapped), load(), None, dates))

    assert_linear(find_in, len(text))


def _with_text(document, mapped):
    return replace(document, source=mapped.text, text=mapped, lines=(), blocks=())


@pytest.mark.skipif(not SHARED.exists(), reason="the seeds are not at hand")
@pytest.mark.parametrize("number", ["001", "003"])
def test_all_titles_of_the_seeds(number: str) -> None:
    path = next((SHARED / "seeds").glob(f"{number}_*.txt"))
    document = normalize(read(path.read_bytes(), path.name))
    unit = Unit(document, load(), None, find_dates(document.text.text, load()).dates)
    starts = {document.text.span(mention.start, mention.end).start for mention in find_instruments(unit)}
    rows = [json.loads(line) for line in (SHARED / "eval/gold" / f"{number}.jsonl").read_text("utf-8").splitlines()]
    wanted = [row for row in rows if row["type"] == "document" and not row.get("optional")]
    assert [row for row in wanted if not starts & {row["start"], *(row.get("alt") or {}).get("start", [])}] == []
