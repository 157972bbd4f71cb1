"""The composed report: sentences by cases, the gate for what no passage holds, options, commands."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner

from sco_extract.cli import main
from sco_extract.compose.facts import is_covered
from sco_extract.compose.material import Records
from sco_extract.compose.occasions import as_written, in_chinese
from sco_extract.compose.options import Options, Sections, read_sections
from sco_extract.compose.phrases import phrases_of, tidy
from sco_extract.compose.report import compose, compose_requests
from sco_extract.compose.verify import faults, sentences_of, unsupported
from sco_extract.lexicon.load import load
from sco_extract.link.entities import link
from sco_extract.link.progress.find import Asked, Collected, find_progress
from sco_extract.model.diagnostics import LexiconError
from sco_extract.model.draft import Citation, Draft, Sentence
from sco_extract.model.records import SourceFile
from sco_extract.normalize import normalize
from sco_extract.pipeline import extract
from sco_extract.read import read
from sco_extract.values.edtf import Value, parse

ROOT = Path(__file__).parent.parent
CASES = Path(__file__).parent / "cases" / "compose"
LEXICON = load()
PLAN = """{name}经济合作行动计划
2021年1月1日批准

| 合作领域 | 措施 | 期限 | 执行机构 |
|---|---|---|---|
| 经贸合作 | 1、举行{name}经贸部长会议。 | 每年 | {name}经贸部门、秘书处 |
| 经贸合作 | 2、举行{name}海关合作工作组会议。 | 定期 | {name}海关部门 |
| 经贸合作 | 3、制定{name}数字合作路线图。 | 2030年前 | {name}数字合作工作组 |
"""


class Case(NamedTuple):
    """A report of a body, and what the composed one must and must not say."""

    label: str
    origin: str
    organisation: str
    period: str
    text: str
    expect: list[str]
    never: Sequence[str] = ()


def _cases() -> list[Case]:
    found: list[Case] = []
    for path in sorted(CASES.glob("*.toml")):
        found += [Case(**row) for row in tomllib.loads(path.read_text(encoding="utf-8"))["case"]]
    return found


def source(text: str, identity: str, suffix: str = "txt") -> SourceFile:
    """The record of a file with ``text``."""
    document = normalize(read(text.encode(), f"{identity}.{suffix}"))
    return extract(document, LEXICON)


def value(text: str) -> Value:
    found = parse(text)
    assert found is not None
    return found


def records(plan: SourceFile, *others: SourceFile, period: str) -> Records:
    """What a run would have made of the sources, without files."""
    linked = link([plan, *others], LEXICON)
    found = Collected()
    for one in others:
        found.add(one, LEXICON)
    span = value(period)
    return Records(
        plan=plan,
        sources={one.source.id: one for one in (plan, *others)},
        meetings=[one.entity for one in linked.meetings],
        documents=[one.entity for one in linked.documents],
        bodies=list(linked.bodies),
        findings=[],
        progress=find_progress(Asked(plan, span, span.latest or ""), found, LEXICON),
        organisations=found.organisations,
    )


def options(period: str, sections: Sections | None = None) -> Options:
    span = value(period)
    return Options(span, span.latest or "", sections or Sections())


@cache
def draft_of(case_text: str, organisation: str, period: str) -> Draft:
    plan = source(PLAN.format(name=organisation), "plan", "md")
    title = f"{organisation}秘书处关于落实合作计划情况的报告\n"
    return compose(records(plan, source(title + case_text, "report"), period=period), options(period), LEXICON)


def said(draft: Draft) -> list[str]:
    return [one.text for section in (draft.introduction, *draft.sections) for one in sentences_of(section)]


@pytest.mark.parametrize("case", _cases(), ids=lambda case: case.label)
def test_sentences(case: Case) -> None:
    draft = draft_of(case.text, case.organisation, case.period)
    text = "\n".join(said(draft))
    assert [one for one in case.expect if one not in text] == [], text
    assert [one for one in case.never if one in text] == [], text
    assert unsupported(draft, LEXICON) == []


@pytest.mark.parametrize("case", _cases(), ids=lambda case: case.label)
def test_marks_are_balanced_and_not_doubled(case: Case) -> None:
    for sentence in said(draft_of(case.text, case.organisation, case.period)):
        assert sentence.endswith("。")
        assert all(sentence.count(pair[0]) == sentence.count(pair[1]) for pair in ("《》", "“”", "（）"))
        assert not any(mark in sentence for mark in ("，，", "。。", "，。", "、、", "{", "}", "  "))


def test_the_same_records_give_the_same_draft() -> None:
    case = _cases()[0]
    draft_of.cache_clear()
    first = draft_of(case.text, case.organisation, case.period)
    draft_of.cache_clear()
    assert draft_of(case.text, case.organisation, case.period) == first


QUOTE = "2024年4月30日，上合组织成员国贸易便利化专门工作组第六次会议在哈方主持下在阿拉木图召开，通过《合作规划》。"


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("2024年4月30日，上合组织成员国贸易便利化专门工作组第6次会议在阿拉木图举行。", ()),
        ("在哈萨克斯坦主持下，上海合作组织成员国贸易便利化专门工作组第6次会议于2024年4月30日在阿拉木图召开。", ()),
        ("上合组织成员国贸易便利化专门工作组会议于2024年4月30日在阿拉木图召开，会议通过《合作规划》。", ()),
        ("2024年4月29日，上合组织成员国贸易便利化专门工作组第6次会议在阿拉木图举行。", ("2024年4月29日",)),
        ("2024年4月30日，上合组织成员国贸易便利化专门工作组第7次会议在阿拉木图举行。", ("第7次",)),
        ("2024年4月30日，上合组织成员国贸易便利化专门工作组第6次会议在阿斯塔纳举行。", ("阿斯塔纳",)),
        ("2024年4月30日，上合组织成员国海关专门工作组第6次会议在阿拉木图举行。", ("上合组织成员国海关专门工作组",)),
        ("会上通过《合作纲要》。", ("《合作纲要》",)),
        ("会上通过《合作规划》等3份文件。", ("等3份文件",)),
        ("会上签署《合作规划》。", ("签署",)),
    ],
)
def test_gate(text: str, wrong: tuple[str, ...]) -> None:
    cited = Sentence(text, (Citation("s", "t", "2024-10-31", 3, QUOTE),))
    found = faults(cited, LEXICON)
    assert (found == ()) if not wrong else set(wrong) <= set(found) or any(w in f for w in wrong for f in found)


def _changed(text: str) -> list[str]:
    """``text`` with one fact changed: a day, an ordinal, a place, a title."""
    found = [re.sub(r"(\d+)日", lambda m: f"{(int(m[1]) + 1) % 27 + 1}日", text, count=1)]
    found.append(re.sub(r"第(\d+)", lambda m: f"第{int(m[1]) + 1}", text, count=1))
    found.append(
        re.sub(
            r"(?<=在)(莫斯科|北京|三宝垄|新德里|西雅图|杜尚别|阿斯塔纳|明斯克|河内|曼谷)", "里约热内卢", text, count=1
        )
    )
    found.append(text.replace("《", "《补充", 1))
    found.append(text.replace("会议", "委员会例会", 1) if "专家组会议" not in text else text)
    return [one for one in found if one != text]


@pytest.mark.parametrize("case", _cases(), ids=lambda case: case.label)
def test_gate_sees_every_changed_fact(case: Case) -> None:
    draft = draft_of(case.text, case.organisation, case.period)
    cited = [one for section in draft.sections for one in sentences_of(section) if one.citations]
    changed = [(text, one) for one in cited for text in _changed(one.text)]
    assert changed
    assert [text for text, one in changed if not faults(replace(one, text=text), LEXICON)] == []


def test_a_year_that_is_inherited_needs_the_passage_that_has_it() -> None:
    text = "东盟海关署长会议于2024年3月28日在河内召开。"
    child = Citation("s", "t", None, 3, "东盟海关署长会议于3月28日在河内召开。")
    parent = Citation("s", "t", None, 2, "2024年3月1日，东盟举行了海关论坛。")
    assert faults(Sentence(text, (child,)), LEXICON)
    assert not faults(Sentence(text, (parent, child)), LEXICON)


def test_a_sentence_without_citations_says_nothing_but_counts() -> None:
    phrases = phrases_of(LEXICON)
    assert not faults(Sentence(phrases.say("counts", {"meetings": "52", "papers": "30"}), ()), LEXICON)
    assert faults(Sentence("2024年4月30日，东盟经贸部长会议在河内举行。", ()), LEXICON)


def test_unsupported_sentences_go_to_the_annex(monkeypatch: pytest.MonkeyPatch) -> None:
    """A template that adds a fact of its own is caught for every sentence."""
    case = _cases()[0]
    monkeypatch.setattr(
        "sco_extract.compose.say.Speaker._one", lambda self, group: f"{group[0].name}于2019年1月1日在北京举行。"
    )
    draft_of.cache_clear()
    draft = draft_of(case.text, case.organisation, case.period)
    draft_of.cache_clear()
    assert not any("2019" in one for one in said(draft))
    listed = [line for table in draft.annexes[3].tables for row in table.rows for cell in row for line in cell.lines]
    assert any("2019年1月1日" in line for line in listed)


@pytest.mark.parametrize(
    ("name", "ordinal", "text", "written"),
    [
        ("东盟经贸部长会议", 55, "第五十五届东盟经贸部长会议在三宝垄举行", "第五十五届东盟经贸部长会议"),
        ("上合组织成员国经贸部长会议", 23, "上合组织成员国第23次经贸部长会议", "上合组织成员国第二十三次经贸部长会议"),
        ("数字经济赋能青年主题会议", None, "举行“数字经济赋能青年”主题会议", "“数字经济赋能青年”主题会议"),
        ("金砖国家领导人会晤", 16, "金砖国家领导人第15次会晤", None),
    ],
)
def test_names_as_written(name: str, ordinal: int | None, text: str, written: str | None) -> None:
    assert as_written(name, ordinal, [text]) == written


def test_small_parts() -> None:
    phrases = phrases_of(LEXICON)
    assert in_chinese("第23次、第8届、第10号和首次") == "第二十三次、第八届、第10号和首次"
    assert tidy("会议举行，。") == "会议举行。"
    assert phrases.dates(["2024-06-26", "2024-07-11", "2024-09-04/2024-09-05"]) == "2024年6月26日、7月11日、9月4日至5日"
    assert phrases.dates(["2023-12-30/2024-01-02"]) == "2023年12月30日至2024年1月2日"
    assert phrases.dates(["2023-11/2024-10", "2024-40"]) == "2023年11月至2024年10月、2024年上半年"
    assert is_covered("甲乙丙丁", "甲乙在先，丙丁在后")
    assert not is_covered("甲丙乙丁", "甲乙丙丁")


def test_sections_of_another_house() -> None:
    data = """
[head]
title = "东盟经济合作年度报告"
submitted_by = "东盟秘书处"
[[section]]
id = "one"
heading = "经济"
sectors = ["trade", "customs"]
[[section]]
id = "two"
heading = "其他"
words = ["旅游"]
"""
    sections = read_sections(data.encode(), "own.toml")
    case = _cases()[0]
    plan = source(PLAN.format(name="东盟"), "plan", "md")
    draft = compose(records(plan, source("报告\n" + case.text, "r"), period="2023"), options("2023", sections), LEXICON)
    assert [one.heading for one in draft.sections] == ["经济", "其他"]
    assert draft.title == ("东盟经济合作年度报告",)
    assert draft.submitted_by == "东盟秘书处"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("x = ", "not a TOML file"),
        ("[[section]]\nid = 1\nheading = '甲'", "section 1: id is no text"),
        ("[[section]]\nid = 'a'\nheading = '甲'\ncolor = 1", "'color' is not known"),
        ("[[section]]\nid='a'\nheading='甲'\n[[section]]\nid='a'\nheading='乙'", "stands twice"),
    ],
)
def test_a_faulty_sections_file_is_named(data: str, message: str) -> None:
    with pytest.raises(LexiconError, match=f"own.toml.*{message}"):
        read_sections(data.encode(), "own.toml")


def test_requests_are_grouped_by_body() -> None:
    case = _cases()[0]
    plan = source(PLAN.format(name="东盟"), "plan", "md")
    found = records(plan, source("报告\n" + case.text, "r"), period="2023")
    draft = compose_requests(found, options("2023"), LEXICON)
    captions = [table.caption for table in draft.annexes[0].tables]
    assert captions == ["东盟经贸部门", "秘书处", "东盟海关部门", "东盟数字合作工作组"]
    assert draft.annexes[0].intro[0].sentences[0].citations
    assert all(row[1].lines and row[3].span_rows == 1 for table in draft.annexes[0].tables for row in table.rows)


def test_year_on_year() -> None:
    text = (
        "海关领域合作\n2023年5月3日，东盟海关论坛在万象举行。\n"
        "2024年6月1日，东盟海关研讨会在河内举行。\n2024年6月2日，东盟种子展在河内举行。"
    )
    plan = source(PLAN.format(name="东盟"), "plan", "md")
    made = records(plan, source("东盟报告\n" + text, "r"), period="2024")
    before = replace(made, before=made.progress)
    draft = compose(before, replace(options("2024"), against=value("2023")), LEXICON)
    changes = draft.annexes[-1]
    assert changes.kind == "changes"
    assert any("东盟海关论坛" in row[0].lines[0] for table in changes.tables for row in table.rows)


# --- Commands ---------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("run") / "output"
    files = [str(ROOT / "corpus" / name) for name in ("plan_economic_strategy_2030.docx", "report_2023_2024.docx")]
    result = CliRunner().invoke(main, ["ingest", *files, "-o", str(path), "--jobs", "1"])
    assert result.exit_code == 0, result.output
    return path


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, list(arguments))
    return result.exit_code, result.output


ASKED = ("--plan", "plan_economic_strategy_2030", "--period", "2023-11/2024-10")


@pytest.mark.parametrize("suffix", ["docx", "md", "html"])
def test_report_writes_the_same_bytes_twice(folder: Path, tmp_path: Path, suffix: str) -> None:
    files = [tmp_path / f"{name}.{suffix}" for name in ("one", "two")]
    for file in files:
        code, output = run("report", *ASKED, "-r", str(folder), "-o", str(file))
        assert code == 0, output
    assert files[0].read_bytes() == files[1].read_bytes()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--plan", "plan", "--period", "2024"), "no source 'plan'"),
        (("--plan", "report_2023_2024", "--period", "2024"), "no action plan"),
        (("--plan", "plan_economic_strategy_2030", "--period", "1999"), "reports anything within 1999"),
        (("--plan", "plan_economic_strategy_2030", "--period", "autumn"), "is no period"),
        ((*ASKED, "--as-of", "2024-13"), "is no day"),
    ],
)
@pytest.mark.parametrize("name", ["report", "requests"])
def test_errors_leave_no_file(
    folder: Path, tmp_path: Path, name: str, arguments: tuple[str, ...], message: str
) -> None:
    code, output = run(name, *arguments, "-r", str(folder), "-o", str(tmp_path / "x.docx"))
    assert code == 2
    assert message in output
    assert list(tmp_path.iterdir()) == []


def test_unwritable_path(folder: Path, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("x", encoding="utf-8")
    code, output = run("report", *ASKED, "-r", str(folder), "-o", str(blocked / "x.docx"))
    assert code == 2
    assert "cannot be written" in output
    assert list(tmp_path.iterdir()) == [blocked]


def test_requests_split(folder: Path, tmp_path: Path) -> None:
    code, output = run(
        "requests", *ASKED, "-r", str(folder), "--split", "--format", "md", "-o", str(tmp_path / "lists")
    )
    assert code == 0, output
    names = sorted(path.name for path in (tmp_path / "lists").iterdir())
    assert names[0] == "01_上合组织成员国有关部门.md"
    assert len(names) > 5


# --- The project's own material -----------------------------------------------------------------------------------------------

SEEDS = ROOT.parent / "shared" / "seeds"


@pytest.mark.skipif(not SEEDS.is_dir(), reason="needs the seed documents")
def test_no_sentence_of_a_real_report_is_unsupported() -> None:
    plan, report = (source(next(SEEDS.glob(f"{n}_*.txt")).read_text(encoding="utf-8"), n) for n in ("001", "000"))
    draft = compose(records(plan, report, period="2023-11/2024-10"), options("2023-11/2024-10"), LEXICON)
    assert unsupported(draft, LEXICON) == []
    assert all(one.citations for section in draft.sections for one in sentences_of(section))
