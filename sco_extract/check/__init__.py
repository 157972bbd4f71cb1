"""What a proof-reader should look at, between the sources of a corpus; each check is a function over linked records."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sco_extract.check import figures, instruments, meetings, references
from sco_extract.check.rule import Check, Language, message
from sco_extract.check.view import View
from sco_extract.lexicon.load import Lexicon
from sco_extract.link.linked import Linked
from sco_extract.model.records import Finding
from sco_extract.model.rule import Rule

CHECKS: tuple[Check, ...] = (*meetings.CHECKS, *instruments.CHECKS, *references.CHECKS, *figures.CHECKS)
RULES: tuple[Rule, ...] = tuple(check.rule for check in CHECKS)

# The code of a defect of the program (model/codes.py): a check that fails does not stop the others.
DEFECT = "RUN005"


def check_corpus(
    linked: Linked, lexicon: Lexicon, checks: Sequence[Check] = CHECKS, language: Language = "en"
) -> tuple[Finding, ...]:
    """Contradictions within and between the sources of ``linked``, in the order of sources and text.

    A check that fails gives a finding RUN005 with its id and what went wrong.
    """
    if not linked.sources:
        return ()
    view = View(linked, lexicon)
    found = [finding for check in checks for finding in _run(check, view, language)]
    place = {source: number for number, source in enumerate(linked.sources)}

    def order(one: Finding) -> tuple[int, int, str, str]:
        return place.get(one.source, len(place)), one.span.start if one.span else -1, one.rule, one.message

    return tuple(sorted(found, key=order))


def _run(check: Check, view: View, language: Language) -> Iterable[Finding]:
    try:
        return check.run(view, language)
    except Exception as problem:  # a defect of one check must not cost the reader the others
        return [failure(check.id, problem, next(iter(view.linked.sources)), language)]


def failure(rule: str, problem: Exception, source: str, language: Language = "en") -> Finding:
    """The finding that the rule with the id ``rule`` failed with ``problem`` and found nothing in ``source``."""
    values = {"id": rule, "why": f"{type(problem).__name__}: {problem}".rstrip(": ")}
    return Finding(
        rule=DEFECT, severity="error", message=message(DEFECT, values, language=language), source=source, span=None
    )
