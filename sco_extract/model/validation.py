"""What ``sco-extract validate`` finds, as one object; ``schemas/validation.schema.json`` is generated from here.

Field descriptions are the published documentation.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from sco_extract.model.records import SCHEMA_VERSION, Span

FixSafety = Literal["safe", "unsafe"]
SeverityName = Literal["error", "warning", "info"]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Place(_Part):
    """A span as people look for it: lines and columns count from 1, columns in code points; the end is the first column behind."""

    line: int = Field(ge=1, description="line of the source's text; a carriage return, a line feed or both end a line")
    column: int = Field(ge=1)
    end_line: int = Field(ge=1)
    end_column: int = Field(ge=1)
    paragraph: int | None = Field(None, description="number of the block in Word, PDF and HTML files, from 1")
    page: int | None = Field(None, description="page of a PDF, from 1")
    row: int | None = Field(None, description="row of the table that the block is, from 1")


class ValidatedPassage(_Part):
    """A passage elsewhere that a finding rests on."""

    source: str
    span: Span
    message: str
    place: Place | None = Field(None, description="null where the text of the source is not at hand")


class ValidatedFinding(_Part):
    """A finding as in ``findings.jsonl``, with its place, its fingerprint and what mends it."""

    rule: str
    severity: SeverityName
    message: str
    source: str
    span: Span | None
    related: list[ValidatedPassage] = []
    fix: str | None = Field(None, description="replacement for exactly the span")
    fix_safety: FixSafety | None = Field(None, description="safe: the meaning cannot change; null without fix")
    help: str | None = Field(None, description="what to do")
    place: Place | None = None
    fingerprint: str = Field(
        description="the same as long as rule, source and passage are, whatever is edited elsewhere"
    )


class ValidatedFile(_Part):
    """A file that was looked at: a document, or the file of suppressions where a finding is about it."""

    id: str = Field(description="the path from the root of the project, with /; ``source`` of the findings")
    path: str = Field(description="the path as given")
    format: str | None
    sha256: str | None
    status: Literal["ok", "error"]
    error: str | None = None
    error_code: str | None = None


class Summary(_Part):
    """Counts. Findings that are hidden (suppressed, in the baseline) are counted there only."""

    files: int
    failed: int = Field(description="files that could not be read")
    errors: int
    warnings: int
    infos: int
    fixable: int = Field(description="findings with a safe fix")
    fixable_unsafe: int = Field(description="findings with another fix")
    suppressed: int
    baseline: int


class Validation(_Part):
    """What ``sco-extract validate --format json`` prints."""

    schema_version: str = SCHEMA_VERSION
    tool_version: str
    lexicon_version: str
    findings: list[ValidatedFinding]
    summary: Summary
    files: list[ValidatedFile]


@dataclass(frozen=True, slots=True)
class Validated:
    """A run of ``validate`` for those who write it down.

    ``texts`` has the text that spans point into for every source with a finding or a passage, by its id. ``written`` are the
    ids whose text is the file's own, character for character: only there lines and columns are those of the file.
    ``language`` is that of the messages.
    """

    validation: Validation
    texts: Mapping[str, str] = field(default_factory=dict)
    written: frozenset[str] = frozenset()
    language: Literal["en", "zh"] = "en"
