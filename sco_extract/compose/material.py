"""What a report is composed from, and the parts of it that belong to the period and the plan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from sco_extract.compose.facts import ORDINAL
from sco_extract.compose.occasions import Occasion, Reader, with_doubts
from sco_extract.compose.options import Options
from sco_extract.compose.papers import Paper, PaperReader, is_within
from sco_extract.compose.phrases import phrases_of
from sco_extract.compose.remarks import Remarks
from sco_extract.compose.sources import Source
from sco_extract.lexicon.load import Lexicon
from sco_extract.link.passages import loose
from sco_extract.link.progress.measure import own_organisations
from sco_extract.link.progress.words import words_of
from sco_extract.link.when import days_of
from sco_extract.model.records import (
    BodyEntity,
    Finding,
    Instrument,
    InstrumentEntity,
    Meeting,
    MeetingEntity,
    Progress,
    SourceFile,
)
from sco_extract.values.edtf import Value

# Kinds of source that tell of many things, and not for the body whose plan it is.
LOOSE = ("article", "news", "other")


@dataclass(frozen=True, slots=True)
class Records:
    """The records of a run, and what was found for the measures of the plan."""

    plan: SourceFile
    sources: Mapping[str, SourceFile]
    meetings: Sequence[MeetingEntity]
    documents: Sequence[InstrumentEntity]
    bodies: Sequence[BodyEntity]
    findings: Sequence[Finding]
    progress: Progress
    organisations: Mapping[str, frozenset[str]] = field(default_factory=dict)  # by source: those that it is about
    before: Progress | None = None  # progress of the period that this one is compared with


@dataclass(frozen=True, slots=True)
class Sorted:
    """The period's meetings by what became of them."""

    held: tuple[Occasion, ...]
    absent: tuple[Occasion, ...]
    planned: tuple[Occasion, ...]
    untraced: tuple[Occasion, ...]
    foreign: tuple[Occasion, ...]


class Material:
    """Records as the composition reads them, for one period."""

    def __init__(self, records: Records, options: Options, lexicon: Lexicon, period: Value | None = None) -> None:
        self.records = records
        self.options = options
        self.lexicon = lexicon
        self.phrases = phrases_of(lexicon)
        self.reader = Reader(lexicon)
        self.period = period or options.period
        self.sources = {identity: Source(one) for identity, one in records.sources.items()}
        self.remarks = Remarks(records.findings, self.phrases)
        words = words_of(lexicon)
        plan = records.plan
        texts = [f"{one.measure}{'、'.join(one.executors)}" for one in plan.actions]
        self._pattern, self._organisations = words.organisation, words.organisations
        self._own = {one.partition(".")[0] for one in own_organisations([plan.source.title or "", *texts], words)}

    @cached_property
    def of_period(self) -> frozenset[str]:
        """Sources that tell of the period: dated in it, or most of what they tell was held in it."""
        return frozenset(one for one, source in self.sources.items() if self._tells(source))

    def _tells(self, source: Source) -> bool:
        facts = source.record.source
        if facts.kind == "action_plan" or facts.kind in LOOSE:
            return False
        if facts.date and facts.kind != "report":
            return is_within(facts.date, self.period)
        dates = [date for one in source.record.meetings if one.status == "held" for date in one.dates[:1]]
        inside = sum(is_within(date, self.period) for date in dates)
        return inside >= 2 and inside * 2 >= len(dates)

    @cached_property
    def meetings(self) -> Sorted:
        """All meetings that have to do with the period."""
        held: list[Occasion] = []
        absent: list[Occasion] = []
        planned: list[Occasion] = []
        untraced: list[Occasion] = []
        foreign: list[Occasion] = []
        outcomes = {one.meeting: one.outcome for body in self.records.bodies for one in body.sittings}
        for entity in self.records.meetings:
            one = self._occasion(entity)
            if one is None:
                continue
            if self._is_foreign(one):
                foreign.extend([one] if one.status == "held" else [])
            elif one.status == "held":
                held.append(one)
            elif one.status == "not_held":
                absent.append(one)
            elif self._is_ahead(one):
                planned.append(one)
            elif outcomes.get(entity.id) not in ("held", "held_later"):
                untraced.append(one)
        held = absorbed(list(distinct(held)), self.phrases.words("meeting_nouns"))
        return Sorted(tuple(held), distinct(absent), distinct(planned), tuple(untraced), tuple(foreign))

    def _occasion(self, entity: MeetingEntity) -> Occasion | None:
        """The occasion as the source tells it that says most; None where it has nothing to do with the period."""
        told = [(source, one) for source, one in self.told_meetings(entity) if self._counts(source, one)]
        if not told:
            return None
        loose_kinds = {identity for identity, one in self.sources.items() if one.record.source.kind in LOOSE}
        status = entity.status
        ranked = sorted(told, key=lambda pair: (pair[1].status != status, pair[0].id in loose_kinds, -_weight(pair[1])))
        source, record = ranked[0]
        end = self.period.latest or ""
        dates = [date for date in record.dates if days_of(date) != days_of(self.period.edtf)]
        if record.status == "planned":
            dates = [date for date in dates if is_within(date, self.period) or _after(date, self.period)]
        else:
            dates = [date for date in dates if is_within(date, self.period)]
        made = self.reader.read(entity, record, source, dates)
        if record.status == "held" and not made.dates:
            return None
        for other, one in ranked[1:]:
            if one.status == record.status and one.dates == record.dates:
                made = completed(made, self.reader.read(entity, one, other, dates))
        spans = [(s.id, m.start, m.end) for s, one in told for m in (one.span, *one.mentions)]
        doubts = [*self.remarks.touching(spans), *self._own_doubts(made, entity, end)]
        return with_doubts(made, doubts)

    def _counts(self, source: Source, one: Meeting) -> bool:
        if one.status == "planned":
            ahead = any(_after(date, self.period) for date in one.dates)
            told = source.id in self.of_period
            return (told and (ahead or not one.dates)) or any(is_within(date, self.period) for date in one.dates)
        if not one.dates:
            return one.status == "not_held" and source.id in self.of_period
        return any(is_within(date, self.period) for date in one.dates)

    def told_meetings(self, entity: MeetingEntity) -> list[tuple[Source, Meeting]]:
        """The records that the entity was made from, with their sources."""
        keys = {(one.source, one.span.start, one.span.end) for one in entity.mentions}
        return [
            (self.sources[identity], one)
            for identity in dict.fromkeys(mention.source for mention in entity.mentions)
            if identity in self.sources
            for one in self.sources[identity].record.meetings
            if any((identity, span.start, span.end) in keys for span in (one.span, *one.mentions))
            and _resembles(one, entity)
        ]

    def told_documents(self, entity: InstrumentEntity) -> list[tuple[Source, Instrument]]:
        """The records of documents that the entity was made from, with their sources."""
        keys = {(one.source, one.span.start) for one in entity.mentions}
        return [
            (self.sources[identity], one)
            for identity in dict.fromkeys(mention.source for mention in entity.mentions)
            if identity in self.sources
            for one in self.sources[identity].record.documents
            if (identity, one.span.start) in keys
        ]

    def _own_doubts(self, made: Occasion, entity: MeetingEntity, end: str) -> Iterable[str]:
        names = {one.id: one.name for one in self.records.meetings}
        for one in entity.candidates:
            if one.id in names and made.status == "held":
                slots = {"name": names[one.id], "what": self.phrases.note("event")}
                yield self.phrases.note("doubt_candidate", slots)
        for date in made.dates:
            days = days_of(date)
            if (
                made.status == "held"
                and days
                and (str(days.last) > end or str(days.first) < (self.period.earliest or ""))
            ):
                yield self.phrases.note("doubt_year", {"date": self.phrases.dates((date,))})
        for what in dict.fromkeys(made.missing):
            yield self.phrases.note("doubt_missing", {"what": self.phrases.note(f"missing_{what}")})
        if self.reader.is_pointing(made.name) or made.name.startswith(self.phrases.words("pointing")):
            yield self.phrases.note("doubt_pointing")

    def _is_ahead(self, one: Occasion) -> bool:
        return not one.dates or all(_after(date, self.period) for date in one.dates)

    def _is_foreign(self, one: Occasion) -> bool:
        """Is it told by a source that is about other organisations, or about many things, and not called after the plan's?"""
        if not self._own:
            return False
        if self._tops(one.name) & self._own:
            return False
        return self.is_loose(one.citations[0].source)

    def is_loose(self, source: str) -> bool:
        """Does the source tell of many things, or of other organisations than the plan's?"""
        about = {name.partition(".")[0] for name in self.records.organisations.get(source, frozenset())}
        foreign = bool(self._own and about and not about & self._own)
        return self.sources[source].record.source.kind in LOOSE or foreign

    @cached_property
    def bodies_of_report(self) -> tuple[str, str]:
        """Who submits the report, and to whom, for the one organisation whose plan it is; '' and '' where the lexicon has none."""
        known = [words for one in sorted(self._own) if len(words := self.phrases.notes(f"bodies_{one}")) == 2]
        return (known[0][0], known[0][1]) if len(known) == 1 else ("", "")

    def _tops(self, text: str) -> set[str]:
        return {self._organisations[match[0]].partition(".")[0] for match in self._pattern.finditer(text)}

    @cached_property
    def papers(self) -> tuple[Paper, ...]:
        """The documents of the period, in the order of first mentions; none that only other organisations' sources name."""
        reader = PaperReader(self.lexicon, self.period, self.of_period)
        found: list[Paper] = []
        for entity in self.records.documents:
            told = [(source, one) for source, one in self.told_documents(entity) if self._belongs(source, one)]
            paper = reader.read(entity, told)
            if paper is not None:
                found.append(self._with_doubts(paper, entity, told))
        return tuple(found)

    def _belongs(self, source: Source, one: Instrument) -> bool:
        kind = source.record.source.kind
        about = {name.partition(".")[0] for name in self.records.organisations.get(source.id, frozenset())}
        own = bool(self._tops(one.title) & self._own) or not self._own
        return kind != "action_plan" and (own or (kind not in LOOSE and bool(about & self._own)))

    def _with_doubts(self, paper: Paper, entity: InstrumentEntity, told: Sequence[tuple[Source, Instrument]]) -> Paper:
        doubts = list(self.remarks.touching((source.id, one.span.start, one.span.end) for source, one in told))
        titles = {one.id: one.title for one in self.records.documents}
        for one in entity.candidates:
            if one.id in titles:
                slots = {"name": titles[one.id], "what": self.phrases.note("document")}
                doubts.append(self.phrases.note("doubt_candidate", slots))
        return replace(paper, doubts=tuple(dict.fromkeys(doubts)))


def completed(one: Occasion, other: Occasion) -> Occasion:
    """``one`` with what only ``other``, the same meeting in another source, says: ordinal, place and mode, host, theme."""
    changed = one
    if one.ordinal is None and other.ordinal is not None and "ordinal" not in other.missing:
        changed = replace(changed, name=other.name, ordinal=other.ordinal)
    if one.place is None and one.mode is None and (other.place or other.mode):
        changed = replace(changed, place=other.place, country=other.country, mode=other.mode)
    if one.role is None and other.role is not None:
        changed = replace(changed, host=other.host, role=other.role)
    if one.theme is None and other.theme is not None and loose(other.theme) not in loose(changed.name):
        changed = replace(changed, theme=other.theme)
    return (
        changed
        if changed is one
        else replace(changed, citations=tuple(dict.fromkeys((*one.citations, *other.citations))))
    )


def distinct(occasions: Sequence[Occasion]) -> tuple[Occasion, ...]:
    """Occasions without those that another one says more fully: the same ordinal and days, a name that ends as its own."""
    alike: dict[tuple[int | None, tuple[str, ...]], list[Occasion]] = {}
    for one in occasions:
        alike.setdefault((one.ordinal, one.dates), []).append(one)
    return tuple(
        one for one in occasions
        if one.ordinal is None or not any(_is_part(one, other) for other in alike[one.ordinal, one.dates])
    )  # fmt: skip


def absorbed(occasions: Sequence[Occasion], nouns: Sequence[str]) -> list[Occasion]:
    """Occasions without those that are called after their place alone (阿斯塔纳会议), where one other is of that day and place.

    What was adopted there, and the passages, go to the other.
    """
    found = list(occasions)
    for one in occasions:
        bare = {one.name.removesuffix(noun) for noun in nouns if one.name.endswith(noun)}
        others = [
            at
            for at, other in enumerate(found)
            if other is not one and other.dates == one.dates and other.place in bare
        ]
        if len(others) == 1:
            other = found[others[0]]
            found[others[0]] = replace(
                other,
                adopted=tuple(dict.fromkeys((*other.adopted, *one.adopted))),
                citations=tuple(dict.fromkeys((*other.citations, *one.citations))),
                doubts=tuple(dict.fromkeys((*other.doubts, *one.doubts))),
            )
            found.remove(one)
    return found


def _is_part(one: Occasion, other: Occasion) -> bool:
    """Does the name of ``other`` end with that of ``one``, and say more?"""
    short, full = (loose(ORDINAL.sub("", name)) for name in (one.name, other.name))
    return len(short) < len(full) and full.endswith(short)


def _weight(one: Meeting) -> int:
    """How much the record says."""
    facts = (one.place, one.mode, one.host, one.theme, one.ordinal, one.series, *one.documents)
    return sum(fact is not None for fact in facts) + len(one.name) // 8


def _after(date: str, period: Value) -> bool:
    days = days_of(date)
    return days is not None and str(days.first) > (period.latest or "")


def _resembles(one: Meeting, entity: MeetingEntity) -> bool:
    """Two events told in one passage share a span: that of the entity has a date, place or name in common."""
    same = bool(set(one.dates) & set(entity.dates)) or not one.dates or not entity.dates
    called = one.name in (entity.name, *entity.variants)
    return same and (called or one.series == entity.series is not None or one.place == entity.place)
