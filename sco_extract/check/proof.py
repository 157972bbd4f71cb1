"""Proof-read one document: every rule that is asked for, and what reading it noticed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from sco_extract.check import CHECKS, DEFECT, check_corpus, failure
from sco_extract.check.registry import BY_ID, SHEET_CHECKS
from sco_extract.check.rule import Language, has_message, message
from sco_extract.check.sheet import Profile, Sheet
from sco_extract.lexicon.load import Lexicon
from sco_extract.link.entities import link
from sco_extract.model.records import Finding, SourceFile

_NUMBER = re.compile(r"[0-9]+")


@dataclass(frozen=True, slots=True)
class Proof:
    """What is asked of a document: ids of ``rules``, ``language`` of messages, what the user sets.

    ``linked``: the document is linked and checked with others later, so that it need not be alone; ``whole``: then its text
    and blocks are needed, too.
    """

    rules: frozenset[str] = frozenset(BY_ID)
    language: Language = "en"
    profile: Profile = field(default_factory=Profile)
    linked: bool = False
    whole: bool = False


def proofread(record: SourceFile, lexicon: Lexicon, proof: Proof) -> tuple[Finding, ...]:
    """Findings of the rules of ``proof`` in one source, in the order of the text.

    A rule that fails gives a finding RUN005 with its id, whatever rules are asked for; the others go on.
    """
    found = [translated(one, proof.language) for one in record.findings if one.rule in proof.rules]
    found += _by_sheet(record, lexicon, proof)
    checks = [check for check in CHECKS if check.id in proof.rules]
    if checks and not proof.linked:
        found += check_corpus(link([record], lexicon), lexicon, checks, proof.language)
    return tuple(sorted(found, key=in_text))


def in_text(one: Finding) -> tuple[int, int, str, str]:
    """The order of the findings of one source."""
    span = one.span
    return (span.start, -span.end, one.rule, one.message) if span else (-1, 0, one.rule, one.message)


def translated(finding: Finding, language: Language) -> Finding:
    """A finding of reading or dating with its message in ``language``, where the catalogue has it."""
    if language == "en" or not has_message(finding.rule, language):
        return finding
    number = _NUMBER.search(finding.message)
    values = {"quote": finding.span.quote if finding.span else "", "count": number[0] if number else ""}
    return finding.model_copy(update={"message": message(finding.rule, values, language=language)})


def _is_term(finding: Finding, text: str, profile: Profile) -> bool:
    """Whether the passage is, or lies in, a word that the user says is right as it is."""
    span = finding.span
    if span is None:
        return False
    return any(
        text.find(term, max(0, span.end - len(term)), span.start + len(term)) >= 0
        for term in profile.terms
        if len(term) >= span.end - span.start
    )


def _by_sheet(record: SourceFile, lexicon: Lexicon, proof: Proof) -> Iterable[Finding]:
    checks = [check for check in SHEET_CHECKS if check.id in proof.rules]
    if not checks:
        return
    source = record.source.id
    try:
        sheet = Sheet.of(record, lexicon, proof.profile)
    except Exception as problem:  # what the rules read could not be made: said once, not by every rule
        yield failure(DEFECT, problem, source, proof.language)
        return
    for check in checks:
        try:
            yield from (
                one for one in check.run(sheet, proof.language) if not _is_term(one, record.text, proof.profile)
            )
        except Exception as problem:  # a defect of one rule must not cost the reader the others
            yield failure(check.id, problem, source, proof.language)
