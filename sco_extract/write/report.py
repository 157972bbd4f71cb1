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


def shown_path(file: ValidatedFile) -> str:
    """The path as given, which servers count from where the program was run; from the project's root where it is absolute."""
    return file.id if file.path.startswith("/") else PurePosixPath(file.path).as_posix()


def by_file(validation: Validation) -> list[tuple[ValidatedFile, list[ValidatedFinding]]]:
    """Every file of the run with its findings, then what else findings are about: suppressions, sources of the corpus."""
    found: dict[str, list[ValidatedFinding]] = {file.id: [] for file in validation.files}
    for finding in validation.findings:
        found.setdefault(finding.source, []).append(finding)
    files = {file.id: file for file in validation.files}
    return [(files.get(source) or _beside(source), findings) for source, findings in found.items()]


def all_files(validation: Validation) -> dict[str, ValidatedFile]:
    """The same files by their ids."""
    return {file.id: file for file, _ in by_file(validation)}


def _beside(source: str) -> ValidatedFile:
    return ValidatedFile(id=source, path=source, format=None, sha256=None, status="ok")


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
