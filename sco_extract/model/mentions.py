"""What the rules find: mentions, with their place in the reading text.

Offsets ``start`` and ``end`` are code points of ``Document.text.text`` (not of the source); the pipeline turns them into
source spans. Values are normalized: simplified Chinese, no layout line breaks.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

DateKind = Literal["day", "month", "quarter", "half_year", "year", "decade", "century", "range"]
DateAnchor = Literal["explicit", "inherited", "relative"]
DateModifier = Literal["start", "early", "mid", "late", "end"]
MeetingMode = Literal["in_person", "video", "hybrid"]
MeetingStatus = Literal["held", "planned", "not_held"]
InstrumentAction = Literal[
    "adopted", "approved", "signed", "agreed", "drafting", "implementing", "extended", "mentioned"
]
ParticipantRole = Literal["member", "observer", "guest", "official"]
FigureMeasure = Literal["amount", "growth"]
FigureBasis = Literal["period", "as_of", "total"]
FigureBound = Literal["exact", "about", "over", "under"]
DeadlineKind = Literal["regular", "annual", "by", "range", "consultation"]


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date in the text. ``edtf`` is None where the text leaves the year open (``unresolved`` says why)."""

    start: int
    end: int
    rule: str
    edtf: str | None
    earliest: str | None
    latest: str | None
    kind: DateKind
    anchor: DateAnchor = "explicit"
    modifier: DateModifier | None = None
    unresolved: str = ""


@dataclass(frozen=True, slots=True)
class InstrumentMention:
    """A document that the text names: a title in marks, or a numbered decision. See ``docs/formats.md``.

    ``refers_to`` is the full title where the mention is a short form (《战略》) whose antecedent is certain.
    """

    start: int
    end: int
    rule: str
    title: str
    kind: str | None
    date: str | None = None
    place: str | None = None
    body: str | None = None
    draft: bool = False
    action: InstrumentAction = "mentioned"
    refers_to: str | None = None


@dataclass(frozen=True, slots=True)
class MeetingMention:
    """An event, with all ranges that mention it; ``start`` and ``end`` are the first mention's clause."""

    start: int
    end: int
    rule: str
    name: str
    mentions: tuple[tuple[int, int], ...]
    series: str | None = None
    ordinal: int | None = None
    dates: tuple[str, ...] = ()
    place: str | None = None
    country: str | None = None
    mode: MeetingMode | None = None
    host: str | None = None
    theme: str | None = None
    status: MeetingStatus = "held"
    documents: tuple[str, ...] = ()
    sector: str | None = None


@dataclass(frozen=True, slots=True)
class ParticipantMention:
    """A person with an office, from an attendance list or a signature block; one per person and document."""

    start: int
    end: int
    rule: str
    name: str
    title: str | None
    country: str | None
    role: ParticipantRole
    mentions: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Deadline:
    """The time limit of a measure. ``kind`` is None where the text fits none of the kinds."""

    text: str
    kind: DeadlineKind | None
    edtf: str | None = None


@dataclass(frozen=True, slots=True)
class ActionMention:
    """A row of an action plan."""

    start: int
    end: int
    rule: str
    area: str | None
    subarea: str | None
    number: int | None
    measure: str
    deadline: Deadline | None
    executors: tuple[str, ...] = field(default=())
    documents: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class FigureMention:
    """A number for a quantity of a subject and a time. ``step`` is the value of one in the last digit as written."""

    start: int
    end: int
    rule: str
    subject: str
    quantity: str
    measure: FigureMeasure
    edtf: str
    basis: FigureBasis
    value: float
    step: float
    unit: str
    bound: FigureBound
    forecast: bool
