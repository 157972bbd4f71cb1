"""Every rule and code that a finding can name, in one table; and which of them a user asks for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from sco_extract.check import (
    CHECKS,
    abbreviations,
    balance,
    bodies,
    characters,
    connectors,
    conversion,
    numbering,
    numerals,
    plans,
    punctuation,
    reports,
    sittings,
    states,
    time,
    titles,
    wording,
)
from sco_extract.check.rule import Check, Severity
from sco_extract.check.sheet import Fix, SheetCheck
from sco_extract.model.codes import CODES, Code
from sco_extract.model.records import Progress

Scope = Literal["document", "corpus", "reading"]

SHEET_CHECKS: tuple[SheetCheck, ...] = (
    *conversion.CHECKS,
    *characters.CHECKS,
    *wording.CHECKS,
    *punctuation.CHECKS,
    *balance.CHECKS,
    *connectors.CHECKS,
    *numbering.CHECKS,
    *numerals.CHECKS,
    *time.CHECKS,
    *sittings.CHECKS,
    *titles.CHECKS,
    *plans.CHECKS,
    *abbreviations.CHECKS,
    *bodies.CHECKS,
    *states.CHECKS,
    *reports.CHECKS,
)
# Rules that look at what a corpus reports for the measures of a plan; made anew for each plan (run/measures.py).
PROGRESS_CHECKS: tuple[SheetCheck, ...] = plans.progress_checks(
    Progress(plan="", title=None, approved=None, period="..", as_of="0001-01-01", measures=[])
)
FAMILIES: dict[str, str] = {
    "SRC": "Source and conversion",
    "CHR": "Characters",
    "TXT": "Wording",
    "PUN": "Punctuation",
    "NUM": "Numerals",
    "DAT": "Dates",
    "MTG": "Meetings",
    "INS": "Documents (titled instruments)",
    "PLN": "Action plans",
    "ORG": "Organisations, bodies and states",
    "REF": "References between documents",
    "RPT": "Drafts of reports",
    "ENC": "Encoding",
    "DOCX": "Reading of Word files",
    "PDF": "Reading of PDF files",
    "SUP": "Suppressions",
    "RUN": "The program itself",
}
# Codes that a finding of `validate` can name, and their severity (that of the reader where it says one).
_NOTICED: dict[str, Severity] = {
    "DAT201": "error",
    "ENC001": "warning",
    "DOCX101": "info",
    "DOCX102": "info",
    "DOCX103": "info",
    "DOCX104": "info",
    "DOCX105": "info",
    "DOCX106": "warning",
    "DOCX107": "warning",
    "DOCX108": "warning",
    "PDF101": "warning",
    "PDF102": "warning",
    "SUP001": "warning",
    "SUP002": "warning",
    "RUN005": "error",
}
# Rules that say nothing as long as nobody says what day it is.
NEEDS_DAY = frozenset({"PLN503"})
# And those that say nothing as long as nobody says of which period.
NEEDS_PERIOD = frozenset(check.id for check in PROGRESS_CHECKS)
EVERYTHING = "ALL"


@dataclass(frozen=True, slots=True)
class RuleEntry:
    """A rule of validation as people see it: what ``sco-extract rules``, ``docs/rules.md`` and SARIF show."""

    id: str
    name: str
    severity: Severity
    fix: Fix
    scope: Scope
    doc: str

    @property
    def prefix(self) -> str:
        """The letters of the id."""
        return self.id.rstrip("0123456789")

    @property
    def family(self) -> str:
        """What the rules with this prefix are about."""
        return FAMILIES[self.prefix]

    @property
    def summary(self) -> str:
        """The first sentence of the documentation."""
        return self.doc.splitlines()[0]


def _of_sheet(check: SheetCheck, scope: Scope = "document") -> RuleEntry:
    return RuleEntry(check.id, check.name, check.severity, check.fix, scope, check.rule.doc)


def _of_corpus(check: Check) -> RuleEntry:
    return RuleEntry(check.id, check.name, check.severity, "none", "corpus", check.rule.doc)


def _of_code(code: Code) -> RuleEntry:
    doc = f"{code.meaning}\n\nWhat to do: {code.advice}"
    return RuleEntry(code.id, code.name, _NOTICED[code.id], "none", "reading", doc)


def _order(entry: RuleEntry) -> tuple[int, str]:
    return list(FAMILIES).index(entry.prefix), entry.id


RULES: tuple[RuleEntry, ...] = tuple(
    sorted(
        (
            *map(_of_sheet, SHEET_CHECKS),
            *(_of_sheet(check, "corpus") for check in PROGRESS_CHECKS),
            *map(_of_corpus, CHECKS),
            *(_of_code(code) for code in CODES if code.id in _NOTICED),
        ),
        key=_order,
    )
)
BY_ID: dict[str, RuleEntry] = {entry.id: entry for entry in RULES}


def selectors() -> tuple[str, ...]:
    """What may stand in ``select`` and ``ignore``: ALL, the letters of a family, the beginning of an id, an id."""
    beginnings = {entry.id[:end] for entry in RULES for end in range(len(entry.prefix), len(entry.id) + 1)}
    return (EVERYTHING, *sorted(beginnings))


def fits(selector: str, rule: str) -> int:
    """How narrowly ``selector`` (in capitals) fits ``rule``: characters of the id, 0 for ALL, -1 where it does not."""
    if selector == EVERYTHING:
        return 0
    return len(selector) if rule.startswith(selector) else -1


def choose(select: Sequence[str], ignore: Iterable[str], rules: Iterable[str] = tuple(BY_ID)) -> frozenset[str]:
    """The ids that ``select`` names and ``ignore`` does not; the narrower selector decides, in a tie ``ignore``."""
    ignore = tuple(ignore)
    return frozenset(
        rule
        for rule in rules
        if max((fits(one, rule) for one in select), default=-1) > max((fits(one, rule) for one in ignore), default=-1)
    )
