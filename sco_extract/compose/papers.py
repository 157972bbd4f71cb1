"""Documents of the period as the report tells them: adopted, signed, agreed, extended, being drafted, or resting on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from sco_extract.compose.backing import Backing
from sco_extract.compose.occasions import printed
from sco_extract.compose.phrases import phrases_of
from sco_extract.compose.sources import Place, Source
from sco_extract.compose.titles import verb_at
from sco_extract.lexicon.load import Lexicon
from sco_extract.link.when import days_of
from sco_extract.model.draft import Citation
from sco_extract.model.records import Instrument, InstrumentEntity
from sco_extract.values.edtf import Value

State = Literal[
    "adopted", "approved", "signed", "agreed", "extended", "drafting", "decision", "dated", "implementing", "mentioned"
]
# The state that says most of a document goes first.
STATES: tuple[State, ...] = (
    "signed", "approved", "adopted", "agreed", "extended", "drafting", "decision", "dated", "implementing", "mentioned",
)  # fmt: skip
# States of documents that came into being, or went on being made, in the period.
MADE: tuple[State, ...] = ("adopted", "approved", "signed", "agreed", "extended", "drafting", "decision", "dated")


@dataclass(frozen=True, slots=True)
class Paper:
    """A document with what the passages of one source say was done with it; ``title`` as printed."""

    id: str
    title: str
    kind: str | None
    state: State
    verb: str
    date: str | None
    place: str | None
    body: str | None
    draft: bool
    heading: str
    citations: tuple[Citation, ...]
    doubts: tuple[str, ...] = ()


def is_within(date: str | None, period: Value) -> bool:
    """Is a day of the date within ``period``, and its year no more than touched by it?"""
    days, bounds = days_of(date), days_of(period.edtf)
    return days is not None and bounds is not None and days.overlaps(bounds)


class PaperReader:
    """Makes papers of document records."""

    def __init__(self, lexicon: Lexicon, period: Value, of_period: Iterable[str]) -> None:
        self.lexicon = lexicon
        self.phrases = phrases_of(lexicon)
        self.period = period
        self.of_period = frozenset(of_period)

    def read(self, entity: InstrumentEntity, told: Sequence[tuple[Source, Instrument]]) -> Paper | None:
        """What the sources say of ``entity`` in the period: the passage that says most; None where none is of the period."""
        if entity.kind in self.phrases.words("cited_kinds"):
            return None
        found = [paper for source, one in told if (paper := self._paper(entity, source, one))]
        return min(found, key=lambda paper: (STATES.index(paper.state), paper.date is None), default=None)

    def _paper(self, entity: InstrumentEntity, source: Source, one: Instrument) -> Paper | None:
        inside = is_within(one.date, self.period) if one.date else source.id in self.of_period
        current = inside or (source.id in self.of_period and one.action in ("implementing", "drafting", "extended"))
        if not current:
            return None
        state, verb = self._state(source, one, inside)
        backing = Backing(source, [Place(one.span.start, one.span.end)], self.lexicon)
        backing.add(source.cite(source.sentence_at(one.span.start, one.span.end)))
        marked = printed(one).startswith("《")
        if not (backing.title(one.title) if marked else backing.name(one.title)):
            return None
        date = one.date if one.date and inside and backing.date(one.date) else None
        place = one.place if one.place and date and backing.place(one.place) else None
        return Paper(
            id=entity.id, title=printed(one), kind=entity.kind, state=state, verb=verb, date=date, place=place,
            body=one.body, draft=one.draft, heading=source.heading_above(one.span.start),
            citations=tuple(backing.citations),
        )  # fmt: skip

    def _state(self, source: Source, one: Instrument, inside: bool) -> tuple[State, str]:
        dated = one.date is not None and self._in_sentence(source, one)
        if inside and (verb := verb_at(one, source, self.phrases, one.body or "", dated=dated)):
            action = one.action
            if action in ("adopted", "approved", "signed", "agreed", "extended"):
                return action, verb
        if one.action == "extended" and (verb := verb_at(one, source, self.phrases)):
            return "extended", verb
        if inside and one.date and not printed(one).startswith("《"):
            return "decision", ""
        if one.draft or one.action == "drafting":
            return "drafting", ""
        if one.action == "implementing" and is_own_title(one):
            return "implementing", ""
        if inside and dated and is_own_title(one):
            return "dated", ""
        return "mentioned", ""

    def _in_sentence(self, source: Source, one: Instrument) -> bool:
        """Does the date of the document stand in the sentence that names it?"""
        place = source.sentence_at(one.span.start, one.span.end)
        return any(
            date.edtf == one.date and place.start <= date.span.start and date.span.end <= place.end
            for date in source.record.dates
        )


def is_own_title(one: Instrument) -> bool:
    """Is it a title, not the bare kind of a document (《谅解备忘录》) that only its context tells from others?"""
    rest = one.title.removesuffix(one.kind or "")
    return len(rest) > 3
