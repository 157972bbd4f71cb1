"""Where a measure stands on a day, and whether what a passage tells falls into a period."""

from __future__ import annotations

from collections.abc import Sequence

from sco_extract.model.records import DeadlineRecord, Evidence, ProgressStatus
from sco_extract.values.edtf import Value, parse


def status_of(deadline: DeadlineRecord | None, evidence: Sequence[Evidence], as_of: str) -> ProgressStatus:
    """The status of a measure with ``evidence`` (within the period) on the ISO day ``as_of``.

    Evidence goes before the deadline. Without any, a deadline with a date (X年前, a range, a bare year) is past or to come;
    定期, 每年, 根据协商情况 and no deadline have none that could pass.
    """
    if any(one.strength == "direct" for one in evidence):
        return "有直接依据"
    if evidence:
        return "有相关依据"
    last = last_day(deadline)
    if last is None:
        return "暂无依据"
    return "已逾期" if last < as_of else "未到期"


def last_day(deadline: DeadlineRecord | None) -> str | None:
    """The last ISO day of a deadline that has one; None for one that recurs or depends on consultation."""
    if deadline is None or deadline.edtf is None or deadline.kind in ("regular", "annual", "consultation"):
        return None
    value = parse(deadline.edtf)
    return value.latest if value else None


def is_overdue(deadline: DeadlineRecord | None, evidence: Sequence[Evidence], as_of: str) -> bool:
    """Has the deadline passed on ``as_of`` without direct evidence?"""
    last = last_day(deadline)
    return last is not None and last < as_of and not any(one.strength == "direct" for one in evidence)


def first_within(when: Sequence[Value], period: Value) -> Value | None:
    """The first of the dates ``when`` of which a day lies in ``period``; 2023年 touches 2023-11/2024-10."""
    inside = [one for one in when if _touches(one, period)]
    return min(inside, key=lambda one: (one.earliest or "", one.latest or "")) if inside else None


def _touches(one: Value, period: Value) -> bool:
    first, last = one.earliest or "0000", one.latest or "9999"
    return first <= (period.latest or "9999") and (period.earliest or "0000") <= last
