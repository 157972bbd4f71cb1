"""Everything that can go wrong, in one place: exceptions for the caller, diagnostics for the document.

An exception means that the caller gets no result. A diagnostic is something wrong *in* a text, or something the
program had to decide about it; it travels with the result and ends up in ``findings`` or in the source's entry.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sco_extract.model.span import Span


class ScoExtractError(Exception):
    """Root of all errors raised on purpose by this package."""


class ReadError(ScoExtractError):
    """Bytes cannot be read as a document; the message says what is wrong and what to do next."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class LexiconError(ScoExtractError):
    """A lexicon file breaks its schema; the message names the file and the entry."""


class WriteError(ScoExtractError):
    """An output file cannot be written; nothing half-written is left behind."""


class Severity(StrEnum):
    """How much a diagnostic matters to a proof-reader."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """Something noticed in a document.

    ``code`` is a stable id (``ENC001``, ``DAT201``); ``span`` points into the source text, ``None`` for the whole file.
    """

    code: str
    severity: Severity
    message: str
    span: Span | None = None
