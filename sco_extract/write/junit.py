"""Findings as JUnit XML, which most CI servers show: a suite a file, a failure for each error and warning."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.etree import ElementTree as ET

from sco_extract.check.rule import Language
from sco_extract.model.validation import Validated, ValidatedFile, ValidatedFinding
from sco_extract.write.report import Report, by_file, place_words, shown_path

# XML 1.0 has no way to write these characters, not even as references.
_NO_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SIGN = "\ufffd"


def to_junit(run: Validated) -> Report:
    """The report; findings of severity info are in ``system-out``, a file without errors and warnings is one passed test.

    A file that could not be read is an error. There are no times in it: the same files give the same bytes.
    """
    suites = [_suite(file, found, run.language) for file, found in by_file(run.validation)]
    root = ET.Element("testsuites", name="sco-extract")
    for name in ("tests", "failures", "errors"):
        root.set(name, str(sum(int(suite.get(name, "0")) for suite in suites)))
    root.extend(suites)
    ET.indent(root)
    text = ET.tostring(root, encoding="unicode")
    return Report(f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n')


def _suite(file: ValidatedFile, found: Sequence[ValidatedFinding], language: Language) -> ET.Element:
    failed = [finding for finding in found if finding.severity != "info"]
    unread = file.status == "error"
    suite = ET.Element("testsuite", name=_xml(shown_path(file)), tests=str(max(1, len(failed) + unread)))
    for name, number in (("failures", len(failed)), ("errors", int(unread)), ("skipped", 0)):
        suite.set(name, str(number))
    if unread:
        case = ET.SubElement(suite, "testcase", classname=_xml(shown_path(file)), name=_xml(file.error_code or "error"))
        ET.SubElement(case, "error", type=_xml(file.error_code or ""), message=_xml(file.error or ""))
    for finding in failed:
        _failure(suite, file, finding, language)
    if not failed and not unread:
        ET.SubElement(suite, "testcase", classname=_xml(shown_path(file)), name="no errors or warnings")
    told = [_details(shown_path(file), finding, language) for finding in found if finding.severity == "info"]
    if told:
        ET.SubElement(suite, "system-out").text = _xml("\n".join(told))
    return suite


def _failure(suite: ET.Element, file: ValidatedFile, finding: ValidatedFinding, language: Language) -> None:
    where = place_words(finding.place, language)
    case = ET.SubElement(suite, "testcase", classname=_xml(shown_path(file)), name=f"{finding.rule} {where}".strip())
    case.set("file", _xml(shown_path(file)))
    if finding.place and finding.place.paragraph is None:
        case.set("line", str(finding.place.line))
    failure = ET.SubElement(case, "failure", type=finding.severity, message=_xml(finding.message))
    failure.text = _xml(_details(shown_path(file), finding, language))


def _details(path: str, finding: ValidatedFinding, language: Language) -> str:
    where = f"{path}:{place_words(finding.place, language)}"
    lines = [f"{where}: {finding.severity} {finding.rule}: {finding.message}"]
    if finding.span and finding.span.quote:
        lines.append(f"  {finding.span.quote}")
    lines.extend(f"  {other.source}: {other.message}: {other.span.quote}" for other in finding.related)
    if finding.help:
        lines.append(f"  {finding.help}")
    return "\n".join(lines)


def _xml(text: str) -> str:
    return _NO_XML.sub(_SIGN, text)
