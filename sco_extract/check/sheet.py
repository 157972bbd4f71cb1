"""One document as the proof-reader's rules look at it, and what they find wrong in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from inspect import cleandoc
from typing import Literal

from sco_extract.check.rule import Language, Passage, Severity, message
from sco_extract.lexicon.load import Lexicon
from sco_extract.model.document import Document, Line
from sco_extract.model.mapped import MappedText
from sco_extract.model.records import Finding, Related, SourceFile, Span
from sco_extract.model.rule import Rule
from sco_extract.pipeline import reopen

Fix = Literal["safe", "unsafe", "none"]


@dataclass(frozen=True, slots=True)
class Profile:
    """What the user sets: the day that counts as today (ISO, None: not known), terms of the house, order of the members."""

    as_of: str | None = None
    terms: frozenset[str] = frozenset()
    members: tuple[str, ...] = ()
    due_within: int = 90  # days before a deadline from which PLN503 speaks


@dataclass(frozen=True, slots=True)
class Sheet:
    """A document with its records.

    ``written`` is the reading text as it was written (blocks and cells one a line, hard breaks taken out, marks of markup
    left out), for rules about characters and marks; ``lines`` are its lines. ``document.text`` is the same normalized, for
    rules about words. Both know where each character came from.
    """

    record: SourceFile
    document: Document
    written: MappedText
    lines: tuple[Line, ...]
    lexicon: Lexicon
    profile: Profile = Profile()

    @classmethod
    def of(cls, record: SourceFile, lexicon: Lexicon, profile: Profile | None = None) -> Sheet:
        """The sheet of a source's record."""
        raw = reopen(record, ())
        return cls(record, reopen(record), raw.text, raw.lines, lexicon, profile or Profile())

    def span(self, start: int, end: int) -> Span:
        """The place in the source of ``written.text[start:end]``."""
        return self._quoted(self.written, start, end)

    def read_span(self, start: int, end: int) -> Span:
        """The place in the source of ``document.text.text[start:end]``."""
        return self._quoted(self.document.text, start, end)

    def _quoted(self, text: MappedText, start: int, end: int) -> Span:
        span = text.span(start, end)
        return Span(start=span.start, end=span.end, quote=self.record.text[span.start : span.end])


@dataclass(frozen=True, slots=True)
class Fault:
    """What a rule found: a place, the values its message names, passages elsewhere, and what would mend it (None: nothing)."""

    span: Span
    values: Mapping[str, str] = field(default_factory=dict)
    others: tuple[Passage, ...] = ()
    fix: str | None = None
    severity: Severity | None = None  # where it differs from the rule's


@dataclass(frozen=True, slots=True)
class SheetCheck:
    """A rule about one document; ``find``'s docstring is what people read of it, ``fix`` says whether a fix keeps meaning."""

    id: str
    name: str
    severity: Severity
    fix: Fix
    find: Callable[[Sheet], Iterable[Fault]]

    @property
    def rule(self) -> Rule:
        """Identity and documentation."""
        doc = f"{cleandoc(self.find.__doc__ or '')}\n\nSeverity: {self.severity}. Fix: {self.fix}."
        return Rule(self.id, self.name, doc)

    def run(self, sheet: Sheet, language: Language = "en") -> list[Finding]:
        """Findings of this rule in ``sheet``, with their messages in ``language``."""
        return [self._finding(sheet.record.source.id, fault, language) for fault in self.find(sheet)]

    def _finding(self, source: str, fault: Fault, language: Language) -> Finding:
        other = message(self.id, fault.values, part="other_", language=language) if fault.others else ""
        return Finding(
            rule=self.id,
            severity=fault.severity or self.severity,
            message=message(self.id, fault.values, language=language),
            source=source,
            span=fault.span,
            related=[Related(source=one.source, span=one.span, message=other) for one in fault.others],
            fix=fault.fix,
        )


def check_sheet(sheet: Sheet, checks: Sequence[SheetCheck]) -> list[Finding]:
    """Findings of ``checks`` in ``sheet``, in the order of the text."""
    found = [finding for check in checks for finding in check.run(sheet)]
    return sorted(found, key=lambda one: (one.span.start if one.span else -1, one.rule, one.message))
