"""Figures: what one clause says of a quantity, from many kinds of sources, and what is left alone."""

from __future__ import annotations

import pytest

from sco_extract.model.records import Figure, SourceFile
from sco_extract.normalize import normalize
from sco_extract.pipeline import extract
from sco_extract.read import read


def source(text: str, date: str | None = None) -> SourceFile:
    return extract(normalize(read(text.encode(), "a.txt")), source_id="a", document_date=date)


def short(one: Figure) -> tuple[str, str, str, str, float, str]:
    return one.subject, one.quantity, one.measure, one.edtf, one.value, one.unit


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2023年中国与中亚五国贸易额达894亿美元。", ("中国与中亚五国", "贸易额", "amount", "2023", 894e8, "美元")),
        ("2021年，我国与东盟贸易总额为8782亿美元。", ("我国与东盟", "贸易额", "amount", "2021", 8782e8, "美元")),
        ("中国2023年国内生产总值（GDP）达126万亿元。", ("中国", "国内生产总值", "amount", "2023", 126e12, "元")),
        ("中国与巴西贸易额2023年达1,815.3亿美元。", ("中国与巴西", "贸易额", "amount", "2023", 1815.3e8, "美元")),
        ("2024年老撾GDP增長4.6%。", ("老挝", "国内生产总值", "growth", "2024", 4.6, "%")),
        ("2024 年 中欧班列 开行 1.9 万列。", ("中欧班列", "开行", "amount", "2024", 19000, "列")),
        ("2025年前5个月，中国与中亚贸易额为2864亿元人民币。", ("中国与中亚", "贸易额", "amount", "2025-01/2025-05", 2864e8, "元")),
        ("2024年上半年独联体国家经济增速为4.4%。", ("独联体国家", "经济增长率", "growth", "2024-40", 4.4, "%")),
        ("2023年，世界经济低迷，中国对非洲出口额下降7.5%。", ("中国对非洲", "出口额", "growth", "2023", -7.5, "%")),
        ("２０２３年東盟人口達６.８億。", ("东盟", "人口", "amount", "2023", 6.8e8, "人")),
    ],
)  # fmt: skip
def test_figure(text: str, expected: tuple[str, str, str, str, float, str]) -> None:
    record = source(text)
    assert [short(one) for one in record.figures] == [expected]
    span = record.figures[0].span
    assert record.text[span.start : span.end] == span.quote


@pytest.mark.parametrize(
    ("text", "basis", "bound", "step", "forecast"),
    [
        ("截至2024年5月底，中国对中亚五国投资存量超过170亿美元。", "as_of", "over", 1e8, False),
        ("截至2024年底，中欧班列累计开行11.05万列。", "total", "exact", 100, False),
        ("2023年上合组织成员国进出口额约8.1万亿美元。", "period", "about", 1e11, False),
        ("2023年中国与阿拉伯国家贸易额近4000亿美元。", "period", "under", 1e8, False),
        ("2023年阿克套港货物吞吐量达400余万吨。", "period", "over", 1e4, False),
        ("预计2030年中国与东盟贸易额将达1.5万亿美元。", "period", "exact", 1e11, True),
        ("2030年中国与海合会贸易额达到5000亿美元的目标不变。", "period", "exact", 1e8, True),
    ],
)
def test_how_it_is_said(text: str, basis: str, bound: str, step: float, forecast: bool) -> None:
    (one,) = source(text).figures
    assert (one.basis, one.bound, one.step, one.forecast) == (basis, bound, step, forecast)


@pytest.mark.parametrize(
    "text",
    [
        "2023年双边贸易额达894亿美元。",
        "中国与中亚国家贸易额达894亿美元。",
        "2022年和2023年中俄贸易额分别达1903亿美元和2401亿美元。",
        "与2022年相比，中国与东盟贸易额增长2%。",
        "2013年以来，中国与中亚国家贸易额达894亿美元。",
        "2023年金砖国家人口达33至34亿人。",
        "2023年中国与东盟贸易额占全球的12%。",
        "2023年东盟贸易额增长3个百分点。",
        "2023年中国与越南关系进一步发展。双边贸易额达1719亿美元。",
        "2024年中欧班列累计开行1万列。",
        "2024年中欧班列已开行1万列。",
        "2008年中国的投资额为204亿美元。",
        "2022年至2024年中国与蒙古国贸易额达500亿美元。",
    ],
)
def test_what_one_clause_does_not_say(text: str) -> None:
    assert source(text).figures == []


def test_growth_behind_an_amount_is_a_figure_of_its_own() -> None:
    found = source("2023年中国与非洲贸易额达2821亿美元，比上年下降0.1%。").figures
    assert [(one.measure, one.value) for one in found] == [("amount", 2821e8), ("growth", -0.1)]


@pytest.mark.parametrize(("date", "count"), [("2024-08-21", 0), ("2025-01-10", 1), (None, 1)])
def test_a_source_may_speak_of_a_part_of_its_own_year(date: str | None, count: int) -> None:
    assert len(source("2024年中欧班列开行1.2万列。", date).figures) == count
