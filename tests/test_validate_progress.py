"""The rules that compare a plan with what the sources report for it: PLN505 and PLN506."""

from __future__ import annotations

from sco_extract.check.plans import progress_checks
from sco_extract.check.sheet import Sheet
from sco_extract.lexicon.load import load
from sco_extract.model.records import Action, Evidence, MeasureProgress, Progress
from sco_extract.normalize import normalize
from sco_extract.pipeline import extract
from sco_extract.read import read

PLAN = """# 落实行动计划

| 措施 | 期限 | 执行机构 |
|---|---|---|
| 1、举办旅游论坛。 | 每年 | 旅游部门 |
| 2、编制线路手册。 | 2026年前 | 旅游部门、秘书处 |
| 3、开展人员培训。 | 定期 | 秘书处 |
"""


def sheet() -> Sheet:
    return Sheet.of(extract(normalize(read(PLAN.encode(), "plan.md"))), load())


def measure(action: Action, source: str, evidence: list[Evidence]) -> MeasureProgress:
    return MeasureProgress(
        action=f"a{action.number}",
        area=None,
        subarea=None,
        number=action.number,
        measure=action.measure,
        deadline=action.deadline,
        executors=action.executors,
        source=source,
        span=action.span,
        status="有直接依据" if evidence else "暂无依据",
        overdue=False,
        evidence=evidence,
        pending=[],
        context=[],
    )


def evidence(action: Action, *, old: bool) -> Evidence:
    return Evidence(
        source="report",
        span=action.span,
        strength="direct",
        reason="shared document",
        date="2023-05-01" if old else "2024-09-01",
        score=1.0,
        before_approval=old,
    )


def progress(of: Sheet) -> Progress:
    first, second, third = of.record.actions
    name = of.record.source.id
    found = [(first, [evidence(first, old=False)]), (second, [evidence(second, old=True)]), (third, [])]
    return Progress(
        plan=name,
        title=None,
        approved="2024-07-04",
        period="2023-11/2024-10",
        as_of="2024-11-01",
        measures=[measure(action, name, passages) for action, passages in found],
    )


def test_measure_without_evidence() -> None:
    plan = sheet()
    unproven, _ = progress_checks(progress(plan))
    assert [one.message for one in unproven.run(plan)] == ["Measure 3: no evidence in 2023-11/2024-10"]
    assert "Limitation:" in unproven.rule.doc


def test_only_old_evidence() -> None:
    plan = sheet()
    _, stale = progress_checks(progress(plan))
    findings = stale.run(plan)
    assert [one.span for one in findings] == [plan.record.actions[1].span]
    assert findings[0].related[0].message == "evidence of 2023-05-01"


def test_another_plan_is_left_alone() -> None:
    plan = sheet()
    other = plan.record.model_copy(update={"source": plan.record.source.model_copy(update={"id": "other"})})
    checks = progress_checks(progress(plan))
    assert [one.run(Sheet.of(other, load())) for one in checks] == [[], []]
