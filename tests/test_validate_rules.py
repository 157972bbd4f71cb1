"""Runs ``tests/cases/validate_*.toml``: what a rule of the proof-reader finds in a text, and what its fixes leave."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from casefile import strip_marks

from sco_extract.check.registry import SHEET_CHECKS
from sco_extract.check.rule import message
from sco_extract.check.sheet import Profile, Sheet, SheetCheck
from sco_extract.lexicon.load import load
from sco_extract.model.records import Finding
from sco_extract.normalize import normalize
from sco_extract.pipeline import extract
from sco_extract.read import read

FOLDER = Path(__file__).parent / "cases"
BY_ID = {check.id: check for check in SHEET_CHECKS}
KEYS = {"rule", "label", "text", "fix", "name", "severity", "as_of", "date", "others", "comment", "members", "terms"}


@dataclass(frozen=True)
class Case:
    """A text with the findings of ``rule`` marked in it; ``fix`` lists their replacements ("-": none)."""

    rule: str
    label: str
    text: str
    spans: tuple[tuple[int, int], ...]
    fix: tuple[str, ...] | None = None
    name: str = "case.txt"
    severity: str = ""
    as_of: str | None = None
    date: str | None = None
    others: tuple[str, ...] | None = None
    members: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """How pytest names the case."""
        return f"{self.rule}-{self.label}"


@cache
def load_cases() -> tuple[Case, ...]:
    """All cases; ``ValueError`` names what breaks the format."""
    found = []
    for path in sorted(FOLDER.glob("validate_*.toml")):
        for entry in tomllib.loads(path.read_text(encoding="utf-8"))["case"]:
            if set(entry) - KEYS or {"rule", "label", "text"} - set(entry):
                raise ValueError(f"{path.name}: {entry.get('label')}: keys {sorted(entry)}")
            text, spans = strip_marks(entry.pop("text"))
            entry.pop("comment", None)
            lists = {key: tuple(entry.pop(key)) for key in ("fix", "others", "members", "terms") if key in entry}
            found.append(Case(text=text, spans=spans, **entry, **lists))
    return tuple(found)


def check(case: Case, text: str) -> list[Finding]:
    document = normalize(read(text.encode(), case.name))
    record = extract(document, document_date=case.date)
    sheet = Sheet.of(record, load(), Profile(as_of=case.as_of, terms=frozenset(case.terms), members=case.members))
    return sorted(BY_ID[case.rule].run(sheet), key=lambda one: one.span.start if one.span else -1)


def fixed(text: str, findings: list[Finding]) -> str:
    """``text`` with every fix put in, from behind; of two that overlap, the later one stays out."""
    edits, end = [], -1
    for one in findings:
        if one.fix is not None and one.span and one.span.start >= end:
            edits.append(one)
            end = one.span.end
    for one in reversed(edits):
        text = text[: one.span.start] + one.fix + text[one.span.end :]
    return text


@pytest.mark.parametrize("case", load_cases(), ids=lambda case: case.id)
def test_case(case: Case) -> None:
    findings = check(case, case.text)
    spans = [(one.span.start, one.span.end) for one in findings]
    assert [case.text[a:b] for a, b in spans] == [case.text[a:b] for a, b in case.spans], [o.message for o in findings]
    assert spans == list(case.spans)
    assert all(case.text[one.span.start : one.span.end] == one.span.quote for one in findings)
    if case.fix is not None:
        assert tuple("-" if one.fix is None else one.fix for one in findings) == case.fix
    if case.severity:
        assert {one.severity for one in findings} == {case.severity}
    if case.others is not None:
        assert tuple(other.span.quote for one in findings for other in one.related) == case.others


@pytest.mark.parametrize("case", [case for case in load_cases() if case.spans], ids=lambda case: case.id)
def test_fixes_leave_nothing_to_fix(case: Case) -> None:
    findings = check(case, case.text)
    if BY_ID[case.rule].fix == "none":
        assert all(one.fix is None for one in findings)
        return
    mended = fixed(case.text, findings)
    assert [one.fix for one in check(case, mended) if one.fix is not None] == []


def test_every_rule_has_cases() -> None:
    good = Counter(case.rule for case in load_cases() if case.spans)
    none = Counter(case.rule for case in load_cases() if not case.spans)
    missing = {one.id: (good[one.id], none[one.id]) for one in SHEET_CHECKS if good[one.id] < 2 or none[one.id] < 3}
    assert missing == {}


@pytest.mark.parametrize("rule", SHEET_CHECKS, ids=lambda rule: rule.id)
def test_docstring_shows_good_and_bad(rule: SheetCheck) -> None:
    text = rule.rule.doc
    assert "Bad:" in text
    assert "Good:" in text
    assert "Limitation:" in text


def test_ids_are_unique() -> None:
    assert len(BY_ID) == len(SHEET_CHECKS)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_rule_has_messages(language: str) -> None:
    values = dict.fromkeys(_names(), "甲")
    assert all(message(rule.id, values, language=language) for rule in SHEET_CHECKS)


def _names() -> set[str]:
    folder = Path(message.__code__.co_filename).parent
    texts = "".join(path.read_text(encoding="utf-8") for path in folder.glob("messages*.toml"))
    return set(re.findall(r"\{([a-z_]+)\}", texts))
