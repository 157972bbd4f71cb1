"""What the reports of findings for other programs share: their order, the words for a place, what they say they leave out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import quote

from sco_extract.check.rule import Language, message
from sco_extract.model.validation import Place, SeverityName, ValidatedFile, ValidatedFinding, Validation

# The most severe first; what a limit cuts off is the end.
_RANK: Mapping[SeverityName, int] = {"error": 0, "warning": 1, "info": 2}


@dataclass(frozen=True, slots=True)
class Report:
    """The text of a report, and in sentences what it leaves out (for standard error); nothing is left out in silence."""

    text: str
    left_out: tuple[str, ...] = ()


def ranked(findings: Sequence[ValidatedFinding]) -> list[ValidatedFinding]:
    """The findings, the most severe first, else in the given order."""
    return sorted(findings, key=lambda one: _RANK[one.severity])


def by_file(validation: Validation) -> list[tuple[ValidatedFile, list[ValidatedFinding]]]:
    """Every file of the run with its findings."""
    found: dict[str, list[ValidatedFinding]] = {file.id: [] for file in validation.files}
    for finding in validation.findings:
        found.setdefault(finding.source, []).append(finding)
    return [(file, found[file.id]) for file in validation.files]


def place_words(place: Place | None, language: Language = "en") -> str:
    """``paragraph 12, table row 2``, or line and column where there are no paragraphs; empty for the whole file."""
    if place is None:
        return ""
    if place.paragraph is None:
        return f"{place.line}:{place.column}"
    parts = (("ui_page", place.page), ("ui_paragraph", place.paragraph), ("ui_row", place.row))
    said = [message(name, {"number": str(number)}, language=language) for name, number in parts if number is not None]
    return ", ".join(said) if language == "en" else "".join(said)


def uri_of(path: str) -> str:
    """The path as a relative URI reference, or as a ``file:`` URI where it is absolute; percent-encoded as UTF-8."""
    encoded = quote(PurePosixPath(path).as_posix(), safe="/~", errors="replace")
    return f"file://{encoded}" if path.startswith("/") else encoded


def counted(number: int, noun: str) -> str:
    """``1 finding``, ``5,000 findings``."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")
