"""What the sources report for the measures of a plan: cases, spans, status, and the words that decide."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import NamedTuple

import pytest

from sco_extract.lexicon.load import load
from sco_extract.link.progress.find import Asked, collect, find_progress
from sco_extract.link.progress.modality import modality
from sco_extract.link.progress.names import same_title
from sco_extract.link.progress.passages import passages
from sco_extract.link.progress.status import first_within, is_overdue, status_of
from sco_extract.link.progress.words import words_of
from sco_extract.model.mentions import DeadlineKind
from sco_extract.model.records import (
    Action,
    DeadlineRecord,
    Evidence,
    MeasureProgress,
    Progress,
    SourceFile,
    Span,
    Strength,
)
from sco_extract.normalize import normalize
from sco_extract.pipeline import extract
from sco_extract.read import read
from sco_extract.values.edtf import parse

CASES = Path(__file__).parent / "cases" / "progress"
CORPUS = Path(__file__).parent.parent / "corpus"


class Case(NamedTuple):
    """A plan of a few measures and a report on it."""

    label: str
    title: str
    area: str
    period: str
    measures: list[str]
    report: str
    expect: list[dict[str, str | int | bool]]


def _cases() -> list[Case]:
    found: list[Case] = []
    for path in sorted(CASES.glob("*.toml")):
        for row in tomllib.loads(path.read_text(encoding="utf-8"))["case"]:
            assert row.pop("origin")
            found.append(Case(**row))
    return found


def source(text: str, identity: str) -> SourceFile:
    """The record of a text file."""
    document = normalize(read(text.encode(), f"{identity}.txt"))
    return extract(document, source_id=identity, path=f"{identity}.txt")


def action_of(number: int, measure: str, area: str, span: Span) -> Action:
    """A row of a plan without deadline and executors."""
    return Action(
        span=span,
        rule="A000",
        area=area,
        subarea=None,
        number=number,
        measure=measure,
        deadline=None,
        executors=[],
        documents=[],
    )


def plan_of(title: str, area: str, measures: list[str]) -> SourceFile:
    """A plan with the measures as its actions, each at its place in the text."""
    text = "\n".join([title, *measures])
    record = source(text, "plan")
    actions = []
    for number, measure in enumerate(measures, 1):
        start = text.index(measure)
        span = Span(start=start, end=start + len(measure), quote=measure)
        actions.append(action_of(number, _simplified(measure), area, span))
    facts = record.source.model_copy(update={"title": _simplified(title), "date": None})
    return record.model_copy(update={"actions": actions, "source": facts})


def _simplified(text: str) -> str:
    return normalize(read(text.encode(), "line.txt")).text.text


def progress_of(case: Case) -> tuple[Progress, SourceFile]:
    """What the report of ``case`` tells of its plan."""
    period = parse(case.period)
    assert period is not None and period.latest is not None
    report = source(case.report.strip(), "report")
    asked = Asked(plan_of(case.title, case.area, case.measures), period, period.latest)
    return find_progress(asked, collect([report], load()), load()), report


def outcome(one: MeasureProgress, at: str) -> str:
    """What the progress of a measure says of the passage that begins with ``at``."""
    for proof in one.evidence:
        if proof.span.quote.startswith(at):
            return proof.strength
    return "pending" if any(open_.span.quote.startswith(at) for open_ in one.pending) else "nothing"


MEANS = {
    "direct": {"direct"},
    "related": {"related"},
    "evidence": {"direct", "related"},
    "pending": {"pending"},
    "nothing": {"nothing"},
    "no evidence": {"pending", "nothing"},
    "no direct": {"related", "pending", "nothing"},
}


@pytest.mark.parametrize("case", _cases(), ids=lambda case: case.label)
def test_case(case: Case) -> None:
    progress, report = progress_of(case)
    wrong = []
    for row in case.expect:
        at = str(row["at"])
        assert at in report.text, at
        got = outcome(progress.measures[int(row["measure"]) - 1], at)
        right = got in MEANS[str(row["is"])]
        if right is bool(row.get("fails")):
            wrong.append(f"measure {row['measure']}, {at}: {row['is']} expected, {got} found")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("case", _cases(), ids=lambda case: case.label)
def test_spans_quote_the_source(case: Case) -> None:
    progress, report = progress_of(case)
    for one in progress.measures:
        spans = [proof.span for proof in (*one.evidence, *one.context)] + [open_.span for open_ in one.pending]
        assert all(report.text[span.start : span.end] == span.quote for span in spans)


@pytest.mark.parametrize("case", _cases(), ids=lambda case: case.label)
def test_order_and_repetition(case: Case) -> None:
    progress, _ = progress_of(case)
    again, _ = progress_of(case)
    assert progress == again
    for one in progress.measures:
        strengths = [proof.strength for proof in one.evidence]
        assert strengths == sorted(strengths)


def deadline(text: str, kind: DeadlineKind | None, edtf: str | None) -> DeadlineRecord:
    return DeadlineRecord(text=text, kind=kind, edtf=edtf)


STATUSES = [
    (None, "2024-10-31", "暂无依据", False),
    (deadline("定期", "regular", None), "2024-10-31", "暂无依据", False),
    (deadline("根据协商情况", "consultation", None), "2024-10-31", "暂无依据", False),
    (deadline("2030年前每年", "annual", "../2030"), "2031-01-01", "暂无依据", False),
    (deadline("2026年前", "by", "../2026"), "2024-10-31", "未到期", False),
    (deadline("2026年前", "by", "../2026"), "2026-12-31", "未到期", False),
    (deadline("2026年前", "by", "../2026"), "2027-01-01", "已逾期", True),
    (deadline("2023—2025年", "range", "2023/2025"), "2026-01-01", "已逾期", True),
    (deadline("2024年第四季度", None, "2024-36"), "2025-01-01", "已逾期", True),
    (deadline("2024年第四季度", None, "2024-36"), "2024-12-31", "未到期", False),
]


@pytest.mark.parametrize(("due", "as_of", "status", "overdue"), STATUSES)
def test_status_without_evidence(due: DeadlineRecord | None, as_of: str, status: str, overdue: bool) -> None:
    assert status_of(due, [], as_of) == status
    assert is_overdue(due, [], as_of) is overdue


@pytest.mark.parametrize(
    ("strength", "status", "overdue"), [("direct", "有直接依据", False), ("related", "有相关依据", True)]
)
def test_status_with_evidence(strength: Strength, status: str, overdue: bool) -> None:
    proof = Evidence(
        source="s",
        span=Span(start=0, end=1, quote="x"),
        strength=strength,
        reason="",
        date=None,
        score=1.0,
        before_approval=False,
    )
    due = deadline("2023年前", "by", "../2023")
    assert status_of(due, [proof], "2024-10-31") == status
    assert is_overdue(due, [proof], "2024-10-31") is overdue


@pytest.mark.parametrize(
    ("when", "inside"),
    [("2023", True), ("2023-10-31", False), ("2023-10-30/2023-11-02", True), ("2024-11", False), ("2024-10-31", True)],
)
def test_period(when: str, inside: bool) -> None:
    period, value = parse("2023-11/2024-10"), parse(when)
    assert period and value
    assert (first_within([value], period) is not None) is inside


SENTENCES = [
    ("会议通过了行动计划。", "done"),
    ("有关路线图按计划实施。", "done"),
    ("谅解备忘录的延期程序已启动。", "done"),
    ("全年培训农业技术人员2100人次。", "done"),
    ("双方翻译出版了25部经典作品。", "done"),
    ("有必要召开委员会例行会议。", "need"),
    ("为落实有关决议，召开专家会议尤为重要。", "need"),
    ("各方呼吁尽快启动谈判。", "wish"),
    ("秘书处建议整合统计数据。", "wish"),
    ("第三届论坛将于2026年举行。", "future"),
    ("由于技术原因，工业部长会议在报告期间未举行。", "not_done"),
    ("原定五月举行的论坛取消。", "not_done"),
    ("全年取消内部市场障碍17项。", "done"),
    ("俄方提出了在中央银行间建立对话的建议。", "said"),
    ("各方强调了发展绿色金融的重要性。", "stance"),
    ("运输合作是最有前景的领域之一。", "none"),
]


@pytest.mark.parametrize(("sentence", "mood"), SENTENCES)
def test_modality(sentence: str, mood: str) -> None:
    lexicon = load()
    (passage,) = passages(source(f"2024年工作情况\n\n{sentence}", "report"), lexicon)[-1:]
    assert passage.text == sentence
    assert modality(passage, words_of(lexicon)) == mood


@pytest.mark.parametrize(
    "path", sorted(one for one in CORPUS.iterdir() if one.suffix != ".toml"), ids=lambda path: path.name
)
def test_passages_of_every_format_stand_in_their_source(path: Path) -> None:
    document = normalize(read(path.read_bytes(), path.name))
    record = extract(document, source_id=path.stem, path=path.name)
    found = passages(record, load())
    rows = [(action.span.start, action.span.end) for action in record.actions]
    for passage in found:
        quote = record.text[passage.span.start : passage.span.end]
        assert quote.strip()
        assert passage.text[:1] == _simplified(quote)[:1]
        assert not any(start < passage.span.end and passage.span.start < end for start, end in rows)


TITLES = [
    ("上合组织成员国农作物育种和种业合作计划", "上海合作组织成员国农作物育种和种业合作规划", True),
    ("中国—东盟旅游合作联合行动计划", "中国—东盟旅游合作联合行动规划", True),
    ("金砖国家经济伙伴战略2025", "金砖国家经济伙伴战略2030", False),
    ("关于维护国际粮食安全的声明", "关于维护国际能源安全的声明", False),
    ("东盟关于加强公共卫生合作的声明", "非洲联盟关于加强公共卫生合作的声明", False),
    ("上合组织成员国环保合作构想", "上合组织成员国环保合作宣言", False),
    ("上合组织成员国新经济对话合作纲要", "上合组织成员国发展“新经济对话”构想", True),
]


@pytest.mark.parametrize(("one", "other", "same"), TITLES)
def test_same_title(one: str, other: str, same: bool) -> None:
    assert same_title(one, other, words_of(load())) is same
    assert same_title(other, one, words_of(load())) is same
