"""The records other programs rely on, as Pydantic models; ``schemas/*.json`` is generated from here.

Only this module and the lexicon's door use Pydantic. Field descriptions are the published documentation.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from sco_extract.model.document import BlockKind, Format, Script
from sco_extract.model.mentions import (
    DateAnchor,
    DateKind,
    DateModifier,
    DeadlineKind,
    FigureBasis,
    FigureBound,
    FigureMeasure,
    InstrumentAction,
    MeetingMode,
    MeetingStatus,
    ParticipantRole,
)

SCHEMA_VERSION = "1.1.0"

SourceKind = Literal["communique", "declaration", "action_plan", "report", "agreement", "article", "news", "other"]
LifecycleStepName = Literal[
    "proposed", "drafting", "agreed", "adopted", "approved", "signed", "extended", "planned", "reported"
]
SittingOutcome = Literal["announced", "held", "held_later", "not_held", "no_trace"]
Strength = Literal["direct", "related"]
ProgressStatus = Literal["有直接依据", "有相关依据", "暂无依据", "未到期", "已逾期"]
Edtf = Annotated[str, Field(description="EDTF (ISO 8601-2), e.g. 2024-07-04, 2023-11/2024-10, ../2026, 2024-33")]
IsoDay = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")]


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Span(_Record):
    """A range of the source text, in code points; ``text[start:end] == quote``."""

    start: int = Field(ge=0)
    end: int = Field(ge=0)
    quote: str


class _Cited(_Record):
    """Where a record stands in its source, and the rule that found it."""

    span: Span
    rule: str


class _Decided(_Cited):
    """A record that people may correct."""

    corrected: dict[str, str] = Field(
        {}, description="fields that a person corrected, each with the id of the decision"
    )


class Date(_Cited):
    """A date the text gives."""

    edtf: Edtf | None
    earliest: IsoDay | None
    latest: IsoDay | None
    kind: DateKind
    anchor: DateAnchor
    modifier: DateModifier | None = None
    unresolved: str | None = Field(None, description="why edtf is null")


class _InstrumentFields(_Record):
    title: str
    kind: str | None
    date: Edtf | None
    place: str | None
    body: str | None
    draft: bool
    action: InstrumentAction
    refers_to: str | None = Field(None, description="full title where this is a short form")


class Instrument(_InstrumentFields, _Decided):
    """A document that the text names (``documents`` in the output)."""


class _MeetingFields(_Record):
    name: str
    series: str | None
    ordinal: int | None
    dates: list[Edtf]
    place: str | None
    country: str | None = Field(description="ISO 3166-1 alpha-2")
    mode: MeetingMode | None
    host: str | None
    theme: str | None
    status: MeetingStatus
    documents: list[str]
    sector: str | None


class Meeting(_MeetingFields, _Decided):
    """An event the text says was, will be or was not held."""

    mentions: list[Span]


class _ParticipantFields(_Record):
    name: str
    title: str | None
    country: str | None
    role: ParticipantRole


class Participant(_ParticipantFields, _Decided):
    """A person with an office."""

    mentions: list[Span]


class DeadlineRecord(_Record):
    """The time limit of a measure."""

    text: str
    kind: DeadlineKind | None
    edtf: Edtf | None


class _ActionFields(_Record):
    area: str | None
    subarea: str | None
    number: int | None
    measure: str
    deadline: DeadlineRecord | None
    executors: list[str]
    documents: list[str]


class Action(_ActionFields, _Decided):
    """A row of an action plan."""


class Figure(_Cited):
    """A number that the text gives for a quantity of a subject and a time: 2023年中国与中亚国家贸易额达894亿美元."""

    subject: str = Field(description="whose quantity it is, as the text says: 中国与中亚国家")
    quantity: str = Field(description="the first word of the lexicon's group of quantities: 贸易额")
    measure: FigureMeasure = Field(description="the amount itself, or by how much it grew")
    edtf: Edtf = Field(description="the time that the number counts, or with basis as_of the day it stood so")
    basis: FigureBasis = Field(description="of a period; as_of a time (stocks); total since a beginning (累计)")
    value: float = Field(description="in units of ``unit``, not in 万 or 亿; below 0 for a fall")
    step: float = Field(description="what one more in the last written digit would add")
    unit: str
    bound: FigureBound = Field(description="exact as written, about (约), over (超过) or under (近)")
    forecast: bool = Field(description="expected or aimed at, not counted")


class Related(_Record):
    """A passage elsewhere that a finding rests on."""

    source: str
    span: Span
    message: str


class Finding(_Record):
    """Something a proof-reader should look at; a whole-file finding has no span."""

    rule: str
    severity: Literal["error", "warning", "info"]
    message: str
    source: str
    span: Span | None
    related: list[Related] = []
    fix: str | None = None


class CellRecord(_Record):
    """A table cell and the grid positions it covers, from 0."""

    span: Span
    row: int
    column: int
    row_span: int
    column_span: int
    label: str


class AnchorRecord(_Record):
    """Where a block stands in its file."""

    part: str
    paragraph: int
    run: int


class BlockRecord(_Record):
    """A unit of layout."""

    kind: BlockKind
    level: int
    label: str
    role: str
    span: Span
    rows: list[list[CellRecord]] | None = None
    anchor: AnchorRecord | None = None
    reference: int | None = None


class Source(_Record):
    """What is known of a file as a whole."""

    id: str
    path: str
    sha256: str
    format: Format
    encoding: str | None
    encoding_confidence: float | None
    script: Script
    kind: SourceKind
    title: str | None
    date: Edtf | None
    place: str | None


class SourceFile(_Record):
    """``sources/<id>.json``."""

    schema_version: str = SCHEMA_VERSION
    source: Source
    text: str
    blocks: list[BlockRecord]
    dates: list[Date]
    documents: list[Instrument]
    meetings: list[Meeting]
    actions: list[Action]
    participants: list[Participant]
    figures: list[Figure] = []
    findings: list[Finding]
    skipped: list[tuple[int, int]] = Field(
        [], description="ranges of text that stand in a block but are not read: marks"
    )
    continues: list[tuple[int, int]] = Field(
        [], description="(later, earlier) indexes of blocks that are one paragraph, cut by a page break or a note"
    )


class Mention(_Record):
    """A passage of a source that names an entity."""

    source: str
    span: Span


class Candidate(_Record):
    """Another entity that this one may be the same as; why it is not merged is for a person to decide."""

    id: str
    reason: str


class _Entity(_Record):
    """What the sources say of one thing; ``source``, ``span`` and ``rule`` cite its first mention."""

    id: str = Field(description="made from the key, the same in every run over the same sources")
    source: str
    span: Span
    rule: str
    variants: list[str] = Field(description="other forms of the name or title, as the sources have them")
    mentions: list[Mention]
    candidates: list[Candidate] = []
    decisions: list[str] = Field([], description="ids of the human decisions that shaped this entity")


class LifecycleStep(_Record):
    """What a source says happened to a document, and when; ``date`` is null where no source says it."""

    step: LifecycleStepName
    date: Edtf | None
    source: str
    span: Span


class InstrumentEntity(_InstrumentFields, _Entity):
    """A line of ``documents.jsonl``."""

    lifecycle: list[LifecycleStep]
    implements: str | None = Field(
        None, description="id of the document that this one is a plan for: 《〈战略〉行动计划》 carries out 《战略》"
    )


class MeetingEntity(_MeetingFields, _Entity):
    """A line of ``meetings.jsonl``."""


class ParticipantEntity(_ParticipantFields, _Entity):
    """A line of ``participants.jsonl``."""


class ActionEntity(_ActionFields, _Entity):
    """A line of ``actions.jsonl``."""


class Sitting(_Record):
    """One meeting in the thread of its series, as far as the sources know."""

    meeting: str = Field(description="id of the meeting")
    ordinal: int | None
    dates: list[Edtf]
    place: str | None
    outcome: SittingOutcome


class BodyEntity(_Entity):
    """A line of ``bodies.jsonl``: a standing body or series of meetings, with its sittings in order."""

    name: str
    organisation: str | None
    sittings: list[Sitting]
    documents: list[str] = Field(description="ids of the documents that it adopted or approved")


class Evidence(_Record):
    """A passage that reports something done for a measure."""

    source: str
    span: Span
    strength: Strength
    reason: str = Field(description="in words: shared document, shared body, matched terms with their weights")
    date: Edtf | None = Field(description="when it happened, as the passage or its event says")
    score: float
    before_approval: bool = Field(description="it happened before the plan was approved")
    decision: str | None = Field(None, description="id of the human decision that accepted it")


class Pending(_Record):
    """A passage about a measure that is no evidence: a need, a wish, an event that is announced or was not held."""

    source: str
    span: Span
    reason: str


class MeasureProgress(_Record):
    """A line of ``progress.jsonl``: one measure of the plan and what the sources report for it."""

    action: str = Field(description="id of the action")
    area: str | None
    subarea: str | None
    number: int | None
    measure: str
    deadline: DeadlineRecord | None
    executors: list[str]
    source: str
    span: Span
    status: ProgressStatus
    overdue: bool = Field(description="the deadline lies before ``as_of`` and no direct evidence is known")
    evidence: list[Evidence]
    pending: list[Pending]
    context: list[Evidence] = Field(description="passages about the measure from outside the period")


class Progress(_Record):
    """What ``sco-extract progress`` finds out."""

    schema_version: str = SCHEMA_VERSION
    plan: str = Field(description="source id of the action plan")
    title: str | None
    approved: Edtf | None
    period: Edtf
    as_of: IsoDay
    measures: list[MeasureProgress]


class CorpusEntry(_Record):
    """One input file in ``corpus.json``."""

    id: str
    path: str
    sha256: str | None
    status: Literal["ok", "error"]
    error: str | None
    error_code: str | None
    format: Format | None
    encoding: str | None
    records: dict[str, int]


class Corpus(_Record):
    """``corpus.json``: what was run, and one entry a source."""

    schema_version: str = SCHEMA_VERSION
    tool_version: str
    lexicon_version: str
    counts: dict[str, int]
    sources: list[CorpusEntry]
