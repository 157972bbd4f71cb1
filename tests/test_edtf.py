"""EDTF values and their ISO bounds, against the standard library's calendar and an EDTF parser."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sco_extract.values import edtf


@given(st.dates(min_value=date(1, 1, 1)))
def test_days_are_those_of_the_calendar(day: date) -> None:
    value = edtf.date_value(day.year, day.month, day.day)
    assert value == (day.isoformat(), day.isoformat(), day.isoformat(), "day")


@given(st.integers(1, 9999), st.integers(-1, 14), st.integers(-1, 33))
def test_no_other_days(year: int, month: int, day: int) -> None:
    try:
        date(year, month, day)
    except ValueError:
        assert edtf.date_value(year, month, day) is None
    else:
        assert edtf.date_value(year, month, day) is not None


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "kind"),
    [
        ("2024", "2024-01-01", "2024-12-31", "year"),
        ("2024-02", "2024-02-01", "2024-02-29", "month"),
        ("2023-02", "2023-02-01", "2023-02-28", "month"),
        ("2100-02", "2100-02-01", "2100-02-28", "month"),
        ("2024-33", "2024-01-01", "2024-03-31", "quarter"),
        ("2024-36", "2024-10-01", "2024-12-31", "quarter"),
        ("2024-40", "2024-01-01", "2024-06-30", "half_year"),
        ("2024-41", "2024-07-01", "2024-12-31", "half_year"),
        ("199X", "1990-01-01", "1999-12-31", "decade"),
        ("20XX", "2000-01-01", "2099-12-31", "century"),
        ("XXXX-03-21", None, None, "day"),
        ("2023-11/2024-10", "2023-11-01", "2024-10-31", "range"),
        ("../2026", None, "2026-12-31", "range"),
        ("../2025-01-01", None, "2025-01-01", "range"),
        ("2021/..", "2021-01-01", None, "range"),
    ],
)
def test_bounds(text: str, earliest: str | None, latest: str | None, kind: str) -> None:
    assert edtf.parse(text) == (text, earliest, latest, kind)


@pytest.mark.parametrize(
    "text",
    ["", "24", "2024-13", "2023-02-29", "2024-7-4", "2024/2023", "2024/2024", "../..", "2024-37", "x", "2024//2025"],
)
def test_not_well_formed(text: str) -> None:
    assert edtf.parse(text) is None


def test_part_of_year_before_is_a_month() -> None:
    half = edtf.half_value(2025, 1)
    assert half is not None
    assert edtf.before(half).edtf == "../2025-06"


def test_before_christ() -> None:
    value = edtf.before_christ_value(221)
    assert value is not None
    assert value.edtf == "-0220"


@pytest.mark.parametrize(
    "text",
    ["2024-07-04", "2024-07", "2024", "2023-11/2024-10", "../2026", "../2025-06", "2024-33", "2024-40", "199X", "20XX"],
)
def test_others_read_our_edtf(text: str) -> None:
    parser = pytest.importorskip("edtf")
    assert parser.parse_edtf(text) is not None
