"""Checks over a corpus: cases of several small texts each (tests/cases/checks/*.toml), and what every finding must be."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from sco_extract.check import CHECKS, DEFECT, RULES, check_corpus
from sco_extract.check.rule import Check, Contradiction, message
from sco_extract.check.view import View
from sco_extract.lexicon.load import load
from sco_extract.link.entities import link
from sco_extract.link.linked import Linked
from sco_extract.model.records import Finding, SourceFile
from sco_extract.normalize import normalize
from sco_extract.pipeline import extract
from sco_extract.read import read

FOLDER = Path(__file__).parent / "cases" / "checks"
NAMES = ["name", "what", "here", "there", "source", "time", "place", "title", "body", "why", "when", "then"]


@dataclass(frozen=True)
class CheckCase:
    label: str
    rule: str
    sources: tuple[tuple[str, str, str], ...]  # id, text, date
    expect: tuple[dict[str, str], ...]
    status: str = ""
    comment: str = ""


def cases() -> Iterator[CheckCase]:
    for path in sorted(FOLDER.glob("*.toml")):
        for entry in tomllib.loads(path.read_text(encoding="utf-8"))["case"]:
            yield CheckCase(
                f"{entry['rule']}-{entry['label']}",
                entry["rule"],
                tuple((one["id"], one["text"], one.get("date", "")) for one in entry["source"]),
                tuple(entry["expect"]),
                entry.get("status", ""),
                entry.get("comment", ""),
            )


def corpus(sources: tuple[tuple[str, str, str], ...]) -> list[SourceFile]:
    return [
        extract(normalize(read(text.encode(), f"{name}.txt")), document_date=date or None, source_id=name)
        for name, text, date in sources
    ]


def linked(sources: list[SourceFile]) -> Linked:
    return link(sources, load())


def parameters() -> Iterator[object]:
    for case in cases():
        marks = [pytest.mark.xfail(strict=True, reason=case.comment)] if case.status else []
        yield pytest.param(case, id=case.label, marks=marks)


@pytest.mark.parametrize("case", list(parameters()))
def test_case(case: CheckCase) -> None:
    records = corpus(case.sources)
    found = check_corpus(linked(records), load())
    texts = {record.source.id: record.text for record in records}
    said = [f"{one.rule} {one.source} {one.message}" for one in found]
    assert len(found) == len(case.expect), said
    for finding, wanted in zip(found, case.expect, strict=True):
        assert (finding.rule, finding.source) == (wanted["rule"], wanted["source"]), said
        assert finding.span is not None
        assert wanted["quote"] in _around(texts[finding.source], finding.span.start, finding.span.end), finding
        _check_spans(finding, texts)
        if "other" in wanted:
            assert any(
                one.source == wanted["other"]
                and wanted["related"] in _around(texts[one.source], one.span.start, one.span.end)
                for one in finding.related
            ), finding.related


def _around(text: str, start: int, end: int) -> str:
    """The passage with the rest of its line."""
    begin = text.rfind("\n", 0, start) + 1
    stop = text.find("\n", end)
    return text[begin : stop if stop >= 0 else len(text)]


def _check_spans(finding: Finding, texts: dict[str, str]) -> None:
    assert finding.span is not None
    assert texts[finding.source][finding.span.start : finding.span.end] == finding.span.quote
    for one in finding.related:
        assert texts[one.source][one.span.start : one.span.end] == one.span.quote
        assert one.message


def test_every_rule_has_cases() -> None:
    positive, negative = Counter[str](), Counter[str]()
    for case in cases():
        (positive if case.expect else negative)[case.rule] += 1
    for check in CHECKS:
        assert positive[check.id] >= 2, check.id
        assert negative[check.id] >= 3, check.id


def test_rules_explain_themselves() -> None:
    for rule in RULES:
        assert re.search(r"^Good: .*\bBad: ", rule.doc, re.DOTALL | re.MULTILINE), rule.id
        assert "Limitation: " in rule.doc, rule.id


def test_messages_in_both_languages() -> None:
    values = dict.fromkeys(NAMES, "X")
    for check in CHECKS:
        for language in ("en", "zh"):
            assert "X" in message(check.id, values, language=language)
            assert "X" in message(check.id, values, part="other_", language=language)


def test_a_failing_check_costs_no_other() -> None:
    def fail(view: View) -> Iterator[Contradiction]:
        """Fails."""
        raise ValueError("broken")
        yield

    case = next(case for case in cases() if case.rule == "REF701" and case.expect)
    checks = (Check("TST001", "fails", "info", fail), *CHECKS)
    found = check_corpus(linked(corpus(case.sources)), load(), checks)
    assert [one.rule for one in found] == [DEFECT, "REF701"]
    assert "TST001" in found[0].message


def test_order_of_sources_does_not_change_what_is_found() -> None:
    case = next(case for case in cases() if case.label.endswith("two sources against one"))
    there = check_corpus(linked(corpus(case.sources)), load())
    back = check_corpus(linked(corpus(replace(case, sources=case.sources[::-1]).sources)), load())
    assert [(one.rule, one.source, one.span) for one in there] == [(one.rule, one.source, one.span) for one in back]


def test_no_sources() -> None:
    assert check_corpus(linked([]), load()) == ()
