"""Findings as annotations of GitHub Actions (workflow commands), and as the summary of a step."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from sco_extract.model.validation import SeverityName, Validated, ValidatedFile, ValidatedFinding
from sco_extract.write.report import Report, all_files, counted, place_words, ranked, shown_path

_COMMANDS: Mapping[SeverityName, str] = {"error": "error", "warning": "warning", "info": "notice"}
# GitHub shows so many of each kind a step, and so many a job, and drops the rest without a word (actions/toolkit,
# docs/problem-matchers.md). Three kinds stay below the limit of a job, if no other step says much.
PER_LEVEL = 10
PER_JOB = 50
# A summary of more than 1 MiB is refused as a whole (docs.github.com, "Job summaries").
SUMMARY_BYTES = 1_000_000
_MESSAGE = 1_000  # code points of an annotation's message

_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
# Everything that means something to Markdown or to the HTML in it.
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>()#+!|~&@:-])")


def to_github(run: Validated) -> Report:
    """Workflow commands, one a line, the most severe first and no more than GitHub shows; the report says what is left out."""
    files = all_files(run.validation)
    failed = [file for file in run.validation.files if file.status == "error"]
    total = Counter(finding.severity for finding in run.validation.findings)
    total["error"] += len(failed)
    shown: Counter[SeverityName] = Counter()
    lines: list[str] = []
    for file in failed[:PER_LEVEL]:
        shown["error"] += 1
        title = file.error_code or "error"
        lines.append(_command("error", {"file": shown_path(file), "title": title}, file.error or title))
    for finding in ranked(run.validation.findings):
        if shown[finding.severity] < PER_LEVEL and sum(shown.values()) < PER_JOB:
            shown[finding.severity] += 1
            lines.append(_annotation(run, files[finding.source], finding))
    levels = [level for level in _COMMANDS if total[level] > shown[level]]
    cut = [f"{total[level] - shown[level]:,} of {_amount(total[level], level)}" for level in levels]
    said = (
        f"GitHub shows {PER_LEVEL} annotations of each level a step; not shown: {', '.join(cut)}; "
        "see the step's summary, or --format sarif"
    )
    return Report("".join(f"{line}\n" for line in lines), (said,) if cut else ())


def step_summary(run: Validated, limit: int = SUMMARY_BYTES) -> Report:
    """All findings as Markdown for ``$GITHUB_STEP_SUMMARY``, the most severe first, cut at ``limit`` bytes with a word on it."""
    files = all_files(run.validation)
    failed = [file for file in run.validation.files if file.status == "error"]
    counts = Counter(finding.severity for finding in run.validation.findings)
    head = f"### sco-extract validate\n\n{counted(len(run.validation.files), 'file')}: "
    head += ", ".join(_amount(counts[level], level) for level in _COMMANDS)
    head += (f", {counted(len(failed), 'unreadable file')}" if failed else "") + "\n"
    rows = [_row(shown_path(file), "", "error", file.error_code or "", file.error or "") for file in failed]
    for finding in ranked(run.validation.findings):
        where = place_words(finding.place, run.language)
        rows.append(_row(shown_path(files[finding.source]), where, finding.severity, finding.rule, finding.message))
    table = "\n| file | place | severity | rule | finding |\n| --- | --- | --- | --- | --- |\n" if rows else ""
    # 200 bytes are for the sentence that says what is missing.
    kept = _fitting(rows, limit - len((head + table).encode()) - 200)
    text = head + table + "".join(rows[:kept])
    if kept == len(rows):
        return Report(text)
    said = f"{counted(len(rows) - kept, 'row')} of {len(rows):,} left out of the step's summary, which takes 1 MiB"
    return Report(f"{text}\n{said}.\n", (said,))


def _amount(number: int, level: SeverityName) -> str:
    return f"{number:,} info" if level == "info" else counted(number, level)


def _row(*cells: str) -> str:
    return f"| {' | '.join(_cell(cell) for cell in cells)} |\n"


def _fitting(rows: Sequence[str], room: int) -> int:
    """How many of the first ``rows`` have no more than ``room`` bytes."""
    for number, row in enumerate(rows):
        room -= len(row.encode("utf-8", "replace"))
        if room < 0:
            return number
    return len(rows)


def _annotation(run: Validated, file: ValidatedFile, finding: ValidatedFinding) -> str:
    properties = {"file": shown_path(file)}
    message = finding.message[:_MESSAGE]
    place = finding.place
    if place and finding.source in run.written:
        properties |= {"line": str(place.line), "endLine": str(place.end_line)}
        if place.line == place.end_line:  # GitHub ignores columns over several lines; its last column is inside
            properties |= {"col": str(place.column), "endColumn": str(max(place.column, place.end_column - 1))}
    elif place and finding.span:
        message += f" ({place_words(place, run.language)})\n{finding.span.quote[:_MESSAGE]}"
    properties["title"] = f"{finding.rule} {finding.severity}"
    return _command(_COMMANDS[finding.severity], properties, message)


def _command(name: str, properties: Mapping[str, str], message: str) -> str:
    """``::name key=value,…::message`` on one line, whatever stands in the values."""
    listed = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{name} {listed}::{_data(message)}"


def _data(text: str) -> str:
    """Escaped as the runner's own toolkit does; control characters and changes of direction become U+FFFD."""
    plain = _CONTROLS.sub("\ufffd", text)
    return plain.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _cell(text: str) -> str:
    flat = " ".join(_CONTROLS.sub("\ufffd", text).split())
    return _MARKDOWN.sub(r"\\\1", flat)
