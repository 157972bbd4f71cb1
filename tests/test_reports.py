"""Findings for other programs: SARIF, JUnit, GitHub; whatever stands in a text, and within the limits of who reads them."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from sco_extract.check.registry import RULES
from sco_extract.model.records import Span
from sco_extract.model.validation import (
    Place,
    SeverityName,
    Summary,
    Validated,
    ValidatedFile,
    ValidatedFinding,
    ValidatedPassage,
    Validation,
)
from sco_extract.run.settings import find_project
from sco_extract.run.validate import Options, validate
from sco_extract.write.github import PER_LEVEL, step_summary, to_github
from sco_extract.write.junit import to_junit
from sco_extract.write.sarif import Limits, to_sarif

ROOT = Path(__file__).parent.parent
OFFICIAL = Draft202012Validator(json.loads((ROOT / "tests/official/sarif-2.1.0.json").read_text(encoding="utf-8")))
HOSTILE = "坏\x00\x1b[31m\r\n::error::x ]]> %25 <script>\u202e\x85\u2028|`**\ud800 & \"'"


def finding(number: int = 0, severity: SeverityName = "error", *, text: str = "2024年2月30日") -> ValidatedFinding:
    span = Span(start=3, end=3 + len(text), quote=text)
    place = Place(line=1, column=4, end_line=1, end_column=4 + len(text))
    return ValidatedFinding(
        rule="DAT201", severity=severity, message=f"{text}: no such date", source="a.md", span=span, fix=None,
        related=[ValidatedPassage(source="b.md", span=span, message=f"there: {text}")],
        place=place, fingerprint=f"{number:020x}",
    )  # fmt: skip


def run_of(*findings: ValidatedFinding, files: tuple[ValidatedFile, ...] = ()) -> Validated:
    known = files or (ValidatedFile(id="a.md", path="a.md", format="md", sha256="0" * 64, status="ok"),)
    empty = dict.fromkeys(Summary.model_fields, 0)
    validation = Validation(
        tool_version="0", lexicon_version="0", findings=list(findings), summary=Summary(**empty), files=list(known)
    )
    return Validated(validation, {}, frozenset({"a.md"}))


@pytest.fixture(scope="module")
def corpus() -> Validated:
    """The samples, which have findings in every format of file."""
    files = [str(path) for path in sorted((ROOT / "corpus").iterdir()) if path.suffix != ".toml"]
    return validate(files, Options(root=find_project(ROOT).root, jobs=1)).validated


def log_of(run: Validated, limits: Limits | None = None) -> dict[str, list[dict[str, list[dict[str, object]]]]]:
    report = to_sarif(run, RULES, limits or Limits())
    log = json.loads(report.text)
    assert [error.message for error in OFFICIAL.iter_errors(log)] == []
    return log


def test_the_log_of_the_samples_is_valid_and_its_regions_are_the_quotations(corpus: Validated) -> None:
    log = log_of(corpus)["runs"][0]
    assert log["columnKind"] == "unicodeCodePoints"
    assert len(log["results"]) == len(corpus.validation.findings) > 5
    for result in log["results"]:
        place = result["locations"][0]["physicalLocation"]
        rule = log["tool"]["driver"]["rules"][result["ruleIndex"]]
        assert rule["id"] == result["ruleId"]
        assert rule["help"]["text"] and rule["help"]["markdown"].startswith(f"**{rule['id']}")
        if "logicalLocations" in result["locations"][0]:
            assert result["locations"][0]["logicalLocations"][0]["name"].startswith(("paragraph", "page"))
            assert result["partialFingerprints"]["primaryLocationLineHash"]
            assert place["region"]["startLine"] == 1


def test_lines_columns_and_offsets_are_code_points(tmp_path: Path) -> None:
    text = "𠮷\r\n会议于2024年2月30日举行。\r\n"
    path = tmp_path / "名 字#.txt"
    path.write_bytes(text.encode())
    run = validate([str(path)], Options(root=tmp_path, jobs=1)).validated
    result = next(one for one in log_of(run)["runs"][0]["results"] if one["ruleId"] == "DAT201")
    place = result["locations"][0]["physicalLocation"]
    region = place["region"]
    assert (region["startLine"], region["startColumn"], region["endColumn"]) == (2, 4, 14)
    start = region["charOffset"]
    assert text[start : start + region["charLength"]] == "2024年2月30日"
    assert re.fullmatch(r"[!-~]+", place["artifactLocation"]["uri"])


def test_fixes_replace_exactly_their_region(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    text = "各方同意,加强合作。\n"
    path.write_bytes(text.encode())
    run = validate([str(path)], Options(root=tmp_path, jobs=1)).validated
    result = next(one for one in log_of(run)["runs"][0]["results"] if one["ruleId"] == "PUN101")
    replacement = result["fixes"][0]["artifactChanges"][0]["replacements"][0]
    region = replacement["deletedRegion"]
    end = region["charOffset"] + region["charLength"]
    mended = text[: region["charOffset"]] + replacement["insertedContent"]["text"] + text[end:]
    assert mended == "各方同意，加强合作。\n"


def test_contradictions_have_the_other_passage() -> None:
    two = tuple(ValidatedFile(id=name, path=name, format="md", sha256=None, status="ok") for name in ("a.md", "b.md"))
    other = log_of(run_of(finding(), files=two))["runs"][0]["results"][0]["relatedLocations"][0]
    assert other["message"]["text"] == "there: 2024年2月30日"
    assert other["physicalLocation"]["artifactLocation"]["uri"] == "b.md"
    beside = log_of(run_of(finding()))["runs"][0]["results"][0]["relatedLocations"][0]  # a source of the corpus only
    assert beside["logicalLocations"][0]["name"] == "b.md"


def test_what_a_limit_leaves_out_is_the_least_severe_and_is_said() -> None:
    run = run_of(*(finding(n, "info") for n in range(8)), *(finding(n, "error") for n in range(8, 12)))
    report = to_sarif(run, RULES, Limits(results=5))
    log = json.loads(report.text)["runs"][0]
    assert [one["level"] for one in log["results"]] == ["error"] * 4 + ["note"]
    assert len(report.left_out) == 1 and report.left_out[0].startswith("SARIF: 7 findings of 12 left out")
    notes = [one["message"]["text"] for one in log["invocations"][0]["toolExecutionNotifications"]]
    assert notes == list(report.left_out)


def test_a_log_fits_into_what_is_taken_packed() -> None:
    run = run_of(*(finding(n, text=f"第{n * 7919}号{n**3}") for n in range(400)))
    report = to_sarif(run, RULES, Limits(packed_bytes=5_000))
    assert len(gzip.compress(report.text.encode())) <= 5_000
    assert "left out" in report.left_out[0]


def test_related_passages_beyond_what_is_shown_are_counted() -> None:
    one = finding()
    many = one.model_copy(update={"related": one.related * 150})
    report = to_sarif(run_of(many), RULES)
    assert len(json.loads(report.text)["runs"][0]["results"][0]["relatedLocations"]) == 99
    assert report.left_out == ("SARIF: 51 related passages left out: code scanning shows 100 locations a result",)


def test_a_file_that_cannot_be_read_is_in_every_report() -> None:
    bad = ValidatedFile(
        id="x.docx", path="x.docx", format=None, sha256=None, status="error", error=HOSTILE, error_code="DOCX002"
    )
    run = run_of(files=(bad,))
    log = log_of(run)["runs"][0]
    assert log["invocations"][0]["executionSuccessful"] is False
    assert ET.fromstring(to_junit(run).text).get("errors") == "1"
    assert to_github(run).text.startswith("::error file=x.docx,title=DOCX002::")
    assert "DOCX002" in step_summary(run).text


def test_hostile_text_stays_text() -> None:
    run = run_of(finding(text=HOSTILE), finding(1, "info", text=HOSTILE))
    log_of(run)
    root = ET.fromstring(to_junit(run).text)
    assert root.get("failures") == "1"
    assert "]]>" in root.findtext(".//failure", "")
    lines = to_github(run).text.split("\n")
    assert len(lines) == 3 and lines[0].startswith("::error file=a.md,line=1,") and lines[2] == ""
    assert "%250" not in lines[0] and "%2525" in lines[0] and "\x1b" not in lines[0] and "\r" not in lines[0]
    summary = step_summary(run).text
    assert "<script>" not in summary and all(line.count(" | ") == 4 for line in summary.splitlines() if "DAT" in line)


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(codec=None), max_size=40), st.text(min_size=1, max_size=12))
def test_reports_hold_whatever_texts_and_paths_hold(text: str, path: str) -> None:
    file = ValidatedFile(id="a.md", path=path, format="md", sha256=None, status="ok")
    run = run_of(finding(text=text), files=(file,))
    log_of(run)
    ET.fromstring(to_junit(run).text)
    report = to_github(run).text
    assert re.fullmatch(r"::error file=[^:,\r\n]*,[^:\r\n]*::[^\r\n]*\n", report)
    to_sarif(run, RULES).text.encode()


def test_paths_cannot_add_properties_to_a_command() -> None:
    file = ValidatedFile(id="a.md", path="a,line=9::x\n.md", format="md", sha256=None, status="ok")
    line = to_github(run_of(finding(), files=(file,))).text
    assert line.startswith("::error file=a%2Cline=9%3A%3Ax%0A.md,line=1,")


def test_github_gets_no_more_than_it_shows_and_the_rest_is_said() -> None:
    run = run_of(*(finding(n, "warning") for n in range(30)), *(finding(n, "error") for n in range(12)))
    report = to_github(run)
    lines = report.text.splitlines()
    assert [line.split()[0] for line in lines] == ["::error"] * PER_LEVEL + ["::warning"] * PER_LEVEL
    assert "2 of 12 errors, 20 of 30 warnings" in report.left_out[0]
    assert step_summary(run).text.count("| DAT201 |") == 42


def test_the_summary_stays_below_its_limit() -> None:
    run = run_of(*(finding(n) for n in range(100)))
    report = step_summary(run, limit=3_000)
    assert len(report.text.encode()) <= 3_000
    assert "left out of the step's summary" in report.left_out[0] and report.left_out[0] in report.text


def test_junit_counts_and_places(corpus: Validated) -> None:
    root = ET.fromstring(to_junit(corpus).text)
    levels = [one.severity for one in corpus.validation.findings]
    assert int(root.get("failures", "")) == levels.count("error") + levels.count("warning")
    assert len(root) == len(corpus.validation.files)
    clean = [suite for suite in root if suite.get("failures") == "0"]
    assert clean and all(suite.find("testcase") is not None for suite in clean)


def test_fingerprints_hold_when_the_text_is_edited_elsewhere(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    prints = []
    for before in ("", "新的一段，与此无关。\n\n"):
        path.write_text(f"{before}会议于2024年2月30日举行。\n", encoding="utf-8")
        run = validate([str(path)], Options(root=tmp_path, jobs=1)).validated
        results = log_of(run)["runs"][0]["results"]
        prints.append([one["partialFingerprints"] for one in results if one["ruleId"] == "DAT201"])
    assert prints[0] == prints[1] != []
