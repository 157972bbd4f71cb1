"""What the date rules return."""

from __future__ import annotations

from dataclasses import dataclass

from sco_extract.model.mentions import DateMention


@dataclass(frozen=True, slots=True)
class Problem:
    """A date that cannot be: code, message and place in the reading text."""

    code: str
    message: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class DateFindings:
    """Dates in order of their start, and impossible dates.

    ``waiting`` says that days were left out which the document's own date would place: 峰会4日闭幕.
    """

    dates: tuple[DateMention, ...]
    diagnostics: tuple[Problem, ...]
    waiting: bool = False
