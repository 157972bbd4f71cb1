"""Runs every case of ``tests/cases/*.toml`` through the whole path: bytes, document, normalized document, records."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import zip_longest

import pytest
from casefile import Case, Value, load_cases, strip_marks, variants_of

from sco_extract.extract import RULES
from sco_extract.model.records import SourceFile
from sco_extract.model.rule import Rule
from sco_extract.normalize import normalize
from sco_extract.pipeline import extract
from sco_extract.read import read


def run(case: Case) -> SourceFile:
    document = normalize(read(case.text.encode(), "case.txt"))
    return extract(document, document_date=case.date or None)


def parameters() -> Iterator[object]:
    for case in load_cases():
        marks = [pytest.mark.xfail(strict=True, reason=case.comment)] if case.status else []
        yield pytest.param(case, id=case.id, marks=marks)
        for variant in variants_of(case):
            yield pytest.param(variant, id=variant.id)


@pytest.mark.parametrize("case", list(parameters()))
def test_case(case: Case) -> None:
    result = run(case)
    assert result.text == case.text
    records = [record.model_dump() for record in getattr(result, case.type)]
    found = [_subset(record, wanted) for record, wanted in zip_longest(records, case.expect)]
    assert found == case.expect
    spans = [(record["span"]["start"], record["span"]["end"]) for record in records]
    if case.spans:
        assert [case.text[a:b] for a, b in spans] == [case.text[a:b] for a, b in case.spans]
        assert spans == list(case.spans)
    for record in records:
        span = record["span"]
        assert case.text[span["start"] : span["end"]] == span["quote"]
    if case.rule and records:
        assert records[0]["rule"] == case.rule


def _subset(value: Value | None, wanted: Value | None) -> Value:
    """``value`` reduced to the keys that ``wanted`` names; null reads as ``""``, since TOML has no null."""
    if value is None:
        return ""
    if isinstance(wanted, dict) and isinstance(value, dict):
        return {key: _subset(value[key], item) for key, item in wanted.items()}
    return value


def test_labels_are_unique() -> None:
    count = Counter(case.id for case in load_cases())
    assert [label for label, times in count.items() if times > 1] == []


def test_marks() -> None:
    assert strip_marks("⟦ab⟧c⟦d⟦e⟧⟧") == ("abcde", ((0, 2), (3, 5), (4, 5)))
    with pytest.raises(ValueError, match="without"):
        strip_marks("a⟧")
    with pytest.raises(ValueError, match="without"):
        strip_marks("⟦a")


def test_variants_shift_spans() -> None:
    case = Case("x", "synthetic", "在2024年7月\n会", [{}], spans=((1, 8),))
    texts = {variant.variant: (variant.text, variant.spans) for variant in variants_of(case)}
    assert texts == {
        "spaces around digits": ("在 2024 年 7 月\n会", ((2, 12),)),
        "traditional script": ("在2024年7月\n會", ((1, 8),)),
        "full-width digits": ("在２０２４年７月\n会", ((1, 8),)),
        "CRLF": ("在2024年7月\r\n会", ((1, 8),)),
    }


@cache
def _firing() -> dict[str, set[str]]:
    """Rule id → labels of the passing cases in which it fires."""
    fired: dict[str, set[str]] = defaultdict(set)
    for case in load_cases():
        if not case.status:
            for record in getattr(run(case), case.type):
                fired[record.rule].add(case.id)
    return fired


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_rule_has_three_cases(rule: Rule) -> None:
    assert len(_firing()[rule.id]) >= 3


@pytest.mark.parametrize("type_", sorted({case.type for case in load_cases()}))
def test_every_family_has_negatives_and_real_cases(type_: str) -> None:
    cases = [case for case in load_cases() if case.type == type_]
    assert sum(not case.expect for case in cases) >= 2
    assert any(case.origin != "synthetic" for case in cases)
