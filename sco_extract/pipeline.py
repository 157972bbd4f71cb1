"""From a document to its records: plain calls in order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from sco_extract.extract.actions import find_actions
from sco_extract.extract.dates import DateFindings, find_dates
from sco_extract.extract.figures import find_figures
from sco_extract.extract.instruments import find_instruments
from sco_extract.extract.meetings import find_meetings
from sco_extract.extract.participants import find_participants
from sco_extract.extract.source import SourceFacts, describe_source
from sco_extract.extract.unit import Unit
from sco_extract.lexicon.load import Lexicon, load
from sco_extract.model import records
from sco_extract.model.document import Anchor, Block, Cell, Document
from sco_extract.model.mentions import (
    ActionMention,
    DateMention,
    FigureMention,
    InstrumentMention,
    MeetingMention,
    ParticipantMention,
)
from sco_extract.model.span import Span
from sco_extract.normalize import STEPS, Step, normalize
from sco_extract.read.assemble import reading_text
from sco_extract.read.layout import Layout


def extract(
    document: Document,
    lexicon: Lexicon | None = None,
    *,
    document_date: str | None = None,
    source_id: str = "",
    path: str = "",
) -> records.SourceFile:
    """All records of a normalized ``document``.

    ``document_date`` (EDTF) overrides the date that the document states of itself; it is what 今年 is counted from, no
    clock is ever read. ``source_id`` and ``path`` go into the record of the source; both default to the document's name.
    Every span of the result points into ``document.source``. Raises ``LexiconError`` for a lexicon without needed groups.
    """
    lexicon = lexicon or load()
    unit, dated, facts = _date(document, lexicon, document_date)
    unit = replace(unit, instruments=find_instruments(unit))
    unit = replace(unit, meetings=find_meetings(unit))
    write = _Writer(document)
    identity = source_id or document.name
    return records.SourceFile(
        source=_source(document, facts, identity, path or document.name),
        text=document.source,
        blocks=[write.block(block) for block in document.blocks],
        dates=[write.date(mention) for mention in unit.dates],
        documents=[write.instrument(mention) for mention in unit.instruments],
        meetings=[write.meeting(mention) for mention in unit.meetings],
        actions=[write.action(mention) for mention in find_actions(unit)],
        participants=[write.participant(mention) for mention in find_participants(unit)],
        figures=[write.figure(mention) for mention in find_figures(unit)],
        findings=_findings(write, dated, identity),
        skipped=[(span.start, span.end) for span in document.skipped],
        continues=list(document.continues),
    )


def reopen(record: records.SourceFile, steps: Sequence[Step] = STEPS) -> Document:
    """The document that ``record`` was made from, with the reading text that its rules read; as written without ``steps``."""
    layout = Layout(
        source=record.text,
        blocks=tuple(_reopen_block(block) for block in record.blocks),
        skipped=tuple(Span(start, end) for start, end in record.skipped),
        continues=tuple(record.continues),
    )
    text, lines = reading_text(layout)
    source = record.source
    document = Document(
        name=source.path,
        sha256=source.sha256,
        format=source.format,
        source=record.text,
        blocks=layout.blocks,
        text=text,
        lines=lines,
        script=source.script,
        encoding=source.encoding,
        encoding_confidence=source.encoding_confidence,
        skipped=layout.skipped,
        continues=layout.continues,
    )
    return normalize(document, steps)


def _date(document: Document, lexicon: Lexicon, document_date: str | None) -> tuple[Unit, DateFindings, SourceFacts]:
    """Dates twice: what the text says by itself gives the document's date, from which the rest is counted."""
    text = document.text.text
    dated = find_dates(text, lexicon, document_date=document_date)
    unit = Unit(document, lexicon, document_date, dated.dates)
    facts = describe_source(unit, document.title_hint, document.date_hint)
    if document_date is None and facts.date is not None:
        if dated.waiting or any(mention.anchor != "explicit" for mention in dated.dates):
            dated = find_dates(text, lexicon, document_date=facts.date)
        unit = replace(unit, document_date=facts.date, dates=dated.dates)
    elif document_date is not None:
        facts = replace(facts, date=document_date)
    return unit, dated, facts


class _Writer:
    """Turns mentions (offsets in the reading text) into records (spans of the source)."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._map = document.text
        self._source = document.source

    def span(self, start: int, end: int) -> records.Span:
        low, high = self._map.range(start, end)
        return records.Span(start=low, end=high, quote=self._source[low:high])

    def source_span(self, span: Span) -> records.Span:
        return records.Span(start=span.start, end=span.end, quote=self._source[span.start : span.end])

    def spans(self, ranges: Iterable[tuple[int, int]]) -> list[records.Span]:
        return [self.span(start, end) for start, end in ranges]

    def date(self, mention: DateMention) -> records.Date:
        return records.Date(
            span=self.span(mention.start, mention.end),
            rule=mention.rule,
            edtf=mention.edtf,
            earliest=mention.earliest,
            latest=mention.latest,
            kind=mention.kind,
            anchor=mention.anchor,
            modifier=mention.modifier,
            unresolved=mention.unresolved or None,
        )

    def instrument(self, mention: InstrumentMention) -> records.Instrument:
        return records.Instrument(
            span=self.span(mention.start, mention.end),
            rule=mention.rule,
            title=mention.title,
            kind=mention.kind,
            date=mention.date,
            place=mention.place,
            body=mention.body,
            draft=mention.draft,
            action=mention.action,
            refers_to=mention.refers_to,
        )

    def meeting(self, mention: MeetingMention) -> records.Meeting:
        return records.Meeting(
            span=self.span(mention.start, mention.end),
            rule=mention.rule,
            mentions=self.spans(mention.mentions),
            name=mention.name,
            series=mention.series,
            ordinal=mention.ordinal,
            dates=list(mention.dates),
            place=mention.place,
            country=mention.country,
            mode=mention.mode,
            host=mention.host,
            theme=mention.theme,
            status=mention.status,
            documents=list(mention.documents),
            sector=mention.sector,
        )

    def participant(self, mention: ParticipantMention) -> records.Participant:
        return records.Participant(
            span=self.span(mention.start, mention.end),
            rule=mention.rule,
            mentions=self.spans(mention.mentions),
            name=mention.name,
            title=mention.title,
            country=mention.country,
            role=mention.role,
        )

    def action(self, mention: ActionMention) -> records.Action:
        due = mention.deadline
        return records.Action(
            span=self.span(mention.start, mention.end),
            rule=mention.rule,
            area=mention.area,
            subarea=mention.subarea,
            number=mention.number,
            measure=mention.measure,
            deadline=records.DeadlineRecord(text=due.text, kind=due.kind, edtf=due.edtf) if due else None,
            executors=list(mention.executors),
            documents=list(mention.documents),
        )

    def figure(self, mention: FigureMention) -> records.Figure:
        return records.Figure(
            span=self.span(mention.start, mention.end),
            rule=mention.rule,
            subject=mention.subject,
            quantity=mention.quantity,
            measure=mention.measure,
            edtf=mention.edtf,
            basis=mention.basis,
            value=mention.value,
            step=mention.step,
            unit=mention.unit,
            bound=mention.bound,
            forecast=mention.forecast,
        )

    def block(self, block: Block) -> records.BlockRecord:
        anchor = block.anchor
        return records.BlockRecord(
            kind=block.kind,
            level=block.level,
            label=block.label,
            role=block.role,
            span=self.source_span(block.span),
            rows=[[self.cell(cell) for cell in row] for row in block.rows] if block.kind == "table" else None,
            anchor=anchor and records.AnchorRecord(part=anchor.part, paragraph=anchor.paragraph, run=anchor.run),
            reference=block.reference,
        )

    def cell(self, cell: Cell) -> records.CellRecord:
        return records.CellRecord(
            span=self.source_span(cell.span),
            row=cell.row,
            column=cell.column,
            row_span=cell.row_span,
            column_span=cell.column_span,
            label=cell.label,
        )


def _reopen_block(block: records.BlockRecord) -> Block:
    anchor = block.anchor
    return Block(
        kind=block.kind,
        span=Span(block.span.start, block.span.end),
        level=block.level,
        label=block.label,
        role=block.role,
        rows=tuple(tuple(_reopen_cell(cell) for cell in row) for row in block.rows or ()),
        anchor=Anchor(anchor.part, anchor.paragraph, anchor.run) if anchor else None,
        reference=block.reference,
    )


def _reopen_cell(cell: records.CellRecord) -> Cell:
    span = Span(cell.span.start, cell.span.end)
    return Cell(span, cell.row, cell.column, cell.row_span, cell.column_span, cell.label)


def _source(document: Document, facts: SourceFacts, identity: str, path: str) -> records.Source:
    return records.Source(
        id=identity,
        path=path,
        sha256=document.sha256,
        format=document.format,
        encoding=document.encoding,
        encoding_confidence=document.encoding_confidence,
        script=document.script,
        kind=facts.kind,
        title=facts.title,
        date=facts.date,
        place=facts.place,
    )


def _findings(write: _Writer, dated: DateFindings, source_id: str) -> list[records.Finding]:
    """What reading and dating noticed, in the order of the text."""
    found = [
        records.Finding(
            rule=noticed.code,
            severity=noticed.severity.value,
            message=noticed.message,
            source=source_id,
            span=write.source_span(noticed.span) if noticed.span else None,
        )
        for noticed in write.document.diagnostics
    ]
    found.extend(
        records.Finding(
            rule=problem.code,
            severity="error",
            message=problem.message,
            source=source_id,
            span=write.span(problem.start, problem.end),
        )
        for problem in dated.diagnostics
    )
    return sorted(found, key=lambda one: (one.span.start if one.span else -1, one.rule, one.message))
