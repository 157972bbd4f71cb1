"""Figures that a case cannot hold: what depends on the source's date, and two records of one passage."""

from __future__ import annotations

import pytest

from sco_extract.model.records import SourceFile
from sco_extract.normalize import normalize
from sco_extract.pipeline import extract
from sco_extract.read import read


def source(text: str, date: str | None = None) -> SourceFile:
    return extract(normalize(read(text.encode(), "a.txt")), source_id="a", document_date=date)


def test_growth_behind_an_amount_is_a_figure_of_its_own() -> None:
    found = source("2023年中国与非洲贸易额达2821亿美元，比上年下降0.1%。").figures
    assert [(one.measure, one.value) for one in found] == [("amount", 2821e8), ("growth", -0.1)]


@pytest.mark.parametrize(("date", "count"), [("2024-08-21", 0), ("2025-01-10", 1), (None, 1)])
def test_a_source_may_speak_of_a_part_of_its_own_year(date: str | None, count: int) -> None:
    assert len(source("2024年中欧班列开行1.2万列。", date).figures) == count
