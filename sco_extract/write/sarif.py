"""Findings as SARIF 2.1.0, for code scanning and editors.

Columns and offsets are code points (``columnKind`` says so). Plain text and Markdown have lines; in Word, PDF and HTML a
passage is named by paragraph, and its region is the first line, because no line of such a file means anything to a reader.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sco_extract.check.registry import RuleEntry
from sco_extract.model.records import Span
from sco_extract.model.validation import (
    Place,
    SeverityName,
    Validated,
    ValidatedFile,
    ValidatedFinding,
    ValidatedPassage,
)
from sco_extract.model.version import TOOL_VERSION
from sco_extract.write.report import Report, all_files, counted, place_words, ranked, shown_path, uri_of

Value = str | int | bool | Sequence["Value"] | Mapping[str, "Value"]
Object = dict[str, Value]

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS: Mapping[SeverityName, str] = {"error": "error", "warning": "warning", "info": "note"}
# GitHub's word for levels of findings that are no matter of security.
_PROBLEM: Mapping[SeverityName, str] = {"error": "error", "warning": "warning", "info": "recommendation"}
_MIME = {
    "txt": "text/plain",
    "md": "text/markdown",
    "html": "text/html",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
_FINGERPRINT = "scoExtractFinding/v1"
# GitHub's own, made from the line: the upload fills it in for files with lines, and warns where another is there. Files
# without lines would have one fingerprint for all findings of a rule, so that only one of them would be shown.
_GITHUB_FINGERPRINT = "primaryLocationLineHash"
_SNIPPET = 1_000  # code points; a longer passage is cut in the snippet, never in the region


@dataclass(frozen=True, slots=True)
class Limits:
    """What code scanning takes (docs.github.com, "SARIF results exceed limits", read 2026-11).

    Of 25,000 results a run 5,000 are stored, and which ones is not dependable (github/docs#38085): so the most severe 5,000
    are chosen here. Of 1,000 locations a result 100 are shown; a file of more than 10 MB, packed, is refused.
    """

    results: int = 5_000
    related: int = 99  # and the result's own place
    packed_bytes: int = 10_000_000


LIMITS = Limits()


def to_sarif(run: Validated, rules: Sequence[RuleEntry], limits: Limits = LIMITS) -> Report:
    """The log of a run; what a limit leaves out is said in a notification of the log and in the report.

    ``rules`` are those that ran: each that found something is explained in the log.
    """
    found = ranked(run.validation.findings)
    kept = min(len(found), limits.results)
    while True:
        report = _Log(run, rules, limits).report(found[:kept])
        packed = len(gzip.compress(report.text.encode("utf-8", "replace"), mtime=0))
        if packed <= limits.packed_bytes or not kept:
            return report
        kept = min(kept - 1, int(kept * 0.9 * limits.packed_bytes / packed))


class _Log:
    """Writes one log."""

    def __init__(self, run: Validated, rules: Sequence[RuleEntry], limits: Limits) -> None:
        self._run = run
        self._limits = limits
        used = {finding.rule for finding in run.validation.findings}
        self._rules = [entry for entry in rules if entry.id in used]
        self._rule_index = {entry.id: index for index, entry in enumerate(self._rules)}
        self._files = {id_: (index, file) for index, (id_, file) in enumerate(all_files(run.validation).items())}
        self._cut_related = 0

    def report(self, found: Sequence[ValidatedFinding]) -> Report:
        """The log of ``found``, the others left out."""
        results = [self._result(finding) for finding in found]
        left_out = self._left_out(len(found))
        run: Object = {
            "tool": {"driver": self._driver()},
            "invocations": [self._invocation(left_out)],
            "artifacts": [_artifact(file) for _, file in self._files.values()],
            "columnKind": "unicodeCodePoints",
            "newlineSequences": ["\r\n", "\r", "\n"],
            "results": results,
        }
        log: Object = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
        return Report(json.dumps(log, ensure_ascii=False, indent=1).translate(_UNSAFE) + "\n", left_out)

    def _left_out(self, kept: int) -> tuple[str, ...]:
        said = []
        total = len(self._run.validation.findings)
        if kept < total:
            said.append(
                f"SARIF: {counted(total - kept, 'finding')} of {total:,} left out, the least severe: code scanning stores "
                f"{self._limits.results:,} a run and takes files of {self._limits.packed_bytes // 1_000_000} MB, packed"
            )
        if self._cut_related:
            said.append(
                f"SARIF: {counted(self._cut_related, 'related passage')} left out: "
                f"code scanning shows {self._limits.related + 1} locations a result"
            )
        return tuple(said)

    def _driver(self) -> Object:
        return {
            "name": "sco-extract",
            "version": TOOL_VERSION,
            "semanticVersion": TOOL_VERSION,
            "language": "en-US" if self._run.language == "en" else "zh-CN",
            "rules": [_rule(entry) for entry in self._rules],
        }

    def _invocation(self, left_out: Sequence[str]) -> Object:
        notes: list[Value] = [{"level": "warning", "message": {"text": text}} for text in left_out]
        failed = [file for _, file in self._files.values() if file.status == "error"]
        for file in failed:
            where: Object = {"physicalLocation": {"artifactLocation": _location(shown_path(file))}}
            text = _clean(f"{file.error_code}: {file.error}")
            notes.append({"level": "error", "message": {"text": text}, "locations": [where]})
        invocation: Object = {"executionSuccessful": not failed}
        return {**invocation, "toolExecutionNotifications": notes} if notes else invocation

    def _result(self, finding: ValidatedFinding) -> Object:
        result: Object = {"ruleId": finding.rule}
        if finding.rule in self._rule_index:
            result["ruleIndex"] = self._rule_index[finding.rule]
        lined = finding.source in self._run.written
        words = "" if lined else place_words(finding.place, self._run.language)
        result |= {
            "level": _LEVELS[finding.severity],
            "message": {"text": _clean(finding.message) + (f" ({words})" if words else "")},
            "locations": [self._place(finding.source, finding.span, finding.place)],
            "partialFingerprints": {_FINGERPRINT: finding.fingerprint},
        }
        if not lined:
            result["partialFingerprints"] = {
                _FINGERPRINT: finding.fingerprint,
                _GITHUB_FINGERPRINT: f"{finding.fingerprint}:1",
            }
        shown = finding.related[: self._limits.related]
        self._cut_related += len(finding.related) - len(shown)
        if shown:
            result["relatedLocations"] = [self._related(number, other) for number, other in enumerate(shown, 1)]
        if finding.fix is not None and finding.span and finding.place and lined:
            result["fixes"] = [self._fix(finding, finding.span, finding.place, finding.fix)]
        return result

    def _place(self, source: str, span: Span | None, place: Place | None) -> Object:
        index, file = self._files[source]
        physical: Object = {"artifactLocation": _location(shown_path(file), index)}
        if span is None or place is None:
            return {"physicalLocation": physical | {"region": {"startLine": 1}}}
        snippet: Object = {"snippet": {"text": _clean(span.quote[:_SNIPPET])}}
        if source in self._run.written:
            return {"physicalLocation": physical | {"region": _region(span, place) | snippet}}
        words = place_words(place, self._run.language)
        logical: Object = {
            "name": words,
            "fullyQualifiedName": _clean(f"{shown_path(file)}: {words}"),
            "kind": "element",
        }
        return {
            "physicalLocation": physical | {"region": {"startLine": 1, **snippet}},
            "logicalLocations": [logical],
        }

    def _related(self, number: int, other: ValidatedPassage) -> Object:
        said = _clean(other.message) or ("the other passage" if self._run.language == "en" else "另一处")
        if other.source in self._files:
            where = self._place(other.source, other.span, other.place)
        else:  # a document of the corpus that was not itself checked
            where = {"logicalLocations": [{"name": _clean(other.source), "kind": "module"}]}
        return {"id": number, "message": {"text": said}, **where}

    def _fix(self, finding: ValidatedFinding, span: Span, place: Place, text: str) -> Object:
        index, file = self._files[finding.source]
        replacement: Object = {"deletedRegion": _region(span, place), "insertedContent": {"text": text}}
        change: Object = {"artifactLocation": _location(shown_path(file), index), "replacements": [replacement]}
        said = _clean(finding.help or (f"write “{text}”" if text else "leave it out"))
        return {"description": {"text": said}, "artifactChanges": [change]}


def _rule(entry: RuleEntry) -> Object:
    summary, _, rest = entry.doc.partition("\n")
    return {
        "id": entry.id,
        "name": "".join(part.capitalize() for part in entry.name.split("-")),
        "shortDescription": {"text": summary},
        "fullDescription": {"text": " ".join(entry.doc.split("\n\n")[0].split())},
        "help": {"text": entry.doc, "markdown": f"**{entry.id} {entry.name}**\n\n{summary}\n{rest}".strip()},
        "defaultConfiguration": {"level": _LEVELS[entry.severity]},
        "properties": {
            "tags": ["proof-reading", entry.prefix],
            "problem.severity": _PROBLEM[entry.severity],
            "fix": entry.fix,
        },
    }


def _artifact(file: ValidatedFile) -> Object:
    described: Object = {"location": _location(shown_path(file)), "roles": ["analysisTarget"]}
    if file.format in _MIME:
        described["mimeType"] = _MIME[file.format]
    if file.sha256:
        described["hashes"] = {"sha-256": file.sha256}
    return described


def _location(path: str, index: int | None = None) -> Object:
    place: Object = {"uri": uri_of(path)}
    if not path.startswith("/"):
        place["uriBaseId"] = "%SRCROOT%"
    return place if index is None else place | {"index": index}


def _region(span: Span, place: Place) -> Object:
    return {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
        "charOffset": span.start,
        "charLength": span.end - span.start,
    }


# A log is read by programs that take some characters for line ends, and shown by others: visible signs for the rest.
_UNSAFE = str.maketrans({"\x85": "\\u0085", "\u2028": "\\u2028", "\u2029": "\\u2029", "\x7f": "\\u007f"})
_CONTROLS = {code: 0x2400 + code for code in range(32) if code not in (9, 10, 13)} | {127: 0x2421}
_CONTROLS |= dict.fromkeys(range(0xD800, 0xE000), 0xFFFD)


def _clean(text: str) -> str:
    return text.translate(_CONTROLS)
