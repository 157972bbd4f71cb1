"""What people write for ``sco-extract validate``: settings and suppressions; and the baseline, which the program writes.

The schemas ``settings``, ``suppressions`` and ``baseline`` are generated from here; field descriptions are the published
documentation.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from sco_extract.model.decisions import MAX_QUOTE
from sco_extract.model.records import SCHEMA_VERSION, Edtf
from sco_extract.model.validation import SeverityName


def _real_day(value: str) -> str:
    if len(value) != len("2026-11-21"):
        raise ValueError("a day is written 2026-11-21")
    date.fromisoformat(value)
    return value


Day = Annotated[str, Field(json_schema_extra={"format": "date"}), AfterValidator(_real_day)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class _Entry(BaseModel):
    model_config = ConfigDict(
        extra="forbid", frozen=True, alias_generator=lambda name: name.replace("_", "-"), populate_by_name=True
    )


class Settings(_Entry):
    """``sco-extract.toml``, or ``[tool.sco-extract]`` of ``pyproject.toml``; paths count from the folder of the file."""

    select: list[str] = Field(
        ["ALL"], description="rules that are asked for: ids, their beginnings (DAT, MTG3), or ALL"
    )
    ignore: list[str] = Field([], description="rules that are left out; the narrower of select and ignore decides")
    per_file_ignores: dict[str, list[str]] = Field({}, description="rules left out in files that fit a pattern")
    severity: dict[str, SeverityName] = Field({}, description="another severity for a rule, or for those that begin so")
    terms: list[str] = Field([], description="words of the house that are right as they are")
    members: list[str] = Field([], description="the member states in their official order")
    due_within: int = Field(90, ge=0, description="days before a deadline from which PLN503 speaks")
    fail_on: SeverityName | None = Field(None, description="exit with 1 at a finding of this severity or above")
    lang: Literal["en", "zh"] | None = Field(None, description="language of the messages")
    as_of: Day | None = Field(None, description="the day that counts as today")
    period: Edtf | None = Field(
        None, description="months or years of which PLN505 and PLN506 ask for evidence (--corpus)"
    )
    lexicon: list[str] = Field([], description="folders with *.toml files that add to the lexicon")
    baseline: str | None = Field(None, description="file of known findings, which are hidden")
    suppressions: str | None = Field(
        None, description="file of suppressions, in place of sco-extract.suppressions.toml"
    )


class Suppression(_Entry):
    """A finding that is to stay hidden: adopted texts cannot be edited."""

    file: str = Field(
        min_length=1, description="path of the document from the folder of this file, or a pattern (*.docx)"
    )
    rule: str = Field(min_length=1, description="id of the rule, or its beginning")
    quote: Text = Field(max_length=MAX_QUOTE, description="words of the document that hold the passage, or lie in it")
    before: str = Field("", max_length=MAX_QUOTE, description="words that stand right before the quotation")
    after: str = Field("", max_length=MAX_QUOTE, description="words that stand right behind the quotation")
    nth: int | None = Field(None, ge=1, description="which one of several such quotations, from 1; without it all")
    reason: Text = Field(description="why, for those who come later")
    expires: Day | None = Field(None, description="the last day on which it holds; compared with --as-of only")


class SuppressionsFile(_Entry):
    """``sco-extract.suppressions.toml``."""

    suppress: list[Suppression] = []


class BaselineEntry(BaseModel):
    """A known finding; ``fingerprint`` decides, the rest is for people."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    fingerprint: str
    rule: str
    source: str
    quote: str


class Baseline(BaseModel):
    """The file that ``sco-extract validate --write-baseline`` writes."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    schema_version: str = SCHEMA_VERSION
    findings: list[BaselineEntry]
