"""The sentences of a source that may report something: where they stand, when it happened, what they name."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Generic, Literal, TypeVar

from sco_extract.lexicon.load import Lexicon
from sco_extract.link.progress.names import BODY_KINDS, heads
from sco_extract.link.progress.words import Words, words_of
from sco_extract.model.document import Document, Line
from sco_extract.model.records import Date, Instrument, Meeting, SourceFile
from sco_extract.model.span import Span
from sco_extract.pipeline import reopen
from sco_extract.values.edtf import Value, parse

T = TypeVar("T", Date, Instrument, Meeting)
Basis = Literal["sentence", "event", "report", "source", "none"]

# Shorter lines (labels, page marks) report nothing; 会议召开。 has 5.
SHORTEST = 6
# A sentence with more commas is a list, not an account of events; the longest in five official reports has 19.
MOST_COMMAS = 60
# How far in front of a title or a date its clause is looked at: 2023年6月上合组织成员国元首理事会通过的 has 22 characters.
LOOK_BACK = 60
# A word that opens a clause of what is to come stands in its first characters: 但第二期工程的经费尚未落实 has 10 before it.
OPEN_WITHIN = 14
LONGEST_TITLE = 200  # the longest title in the samples has 71 characters
_SENTENCE_END = re.compile(r"[。！？!?；;]+[”’」』）)]*")
_OPEN, _CLOSE = "（([《〈“‘「『", "）)]》〉”’」』"
_TITLE = re.compile(r"《[^《》]*(?:《[^《》]*》[^《》]*)*》")
_BRACKETED_DATE = re.compile(r"[》”]\s*(?:\[[^\]]*\]\s*)?[（(]\s*$")
_ATTRIBUTIVE = re.compile(r"的\s*《?$")
_OPEN_QUOTE = re.compile(r"[“「][^“「”」]*$")
_NAME = re.compile(r"[\u4e00-\u9fff]{2}")
_COMMAS = frozenset("，,")
_COMMA = re.compile(r"[，,]")


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence (or the clause of one of its events) and what is known of it.

    ``span`` points into the source; ``text`` is the reading text of it. ``when`` are the days of what it reports, by
    ``basis``: said in the ``sentence``, in that of the ``event`` that it goes on about, the period of the ``report``, the date
    of the ``source``; ``told`` is the time that the whole source tells of. ``event`` is the text of the sentence that it
    continues or whose body it names in short.
    """

    source: str
    span: Span
    text: str
    headings: tuple[str, ...]
    basis: Basis
    when: tuple[Value, ...]
    event: str = ""
    titles: tuple[str, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    event_meetings: tuple[Meeting, ...] = ()
    told: Value | None = None


def passages(record: SourceFile, lexicon: Lexicon) -> list[Passage]:
    """The passages of ``record`` in the order of the text; none of its headings and rows of plans."""
    return list(_Cutter(record, lexicon).passages())


@dataclass(frozen=True, slots=True)
class _Told:
    """The last event that the text told of, for the sentences that go on about it."""

    block: int
    text: str
    when: tuple[Value, ...]
    meetings: tuple[Meeting, ...]


class _Cutter:
    def __init__(self, record: SourceFile, lexicon: Lexicon) -> None:
        self.record = record
        self.document: Document = reopen(record)
        self.words: Words = words_of(lexicon)
        self.text = self.document.text.text
        self.plan = sorted((action.span.start, action.span.end) for action in record.actions)
        self.dates = _Sorted([(one.span.start, one) for one in record.dates])
        self.instruments = _Sorted([(one.span.start, one) for one in record.documents])
        found = [(span.start, one) for one in record.meetings for span in (one.span, *one.mentions)]
        self.meetings = _Sorted(found)
        self.period = reporting_period(record, self.words)
        source = record.source
        self.told = self.period or (parse(source.date) if source.date and source.kind != "article" else None)

    def passages(self) -> Iterator[Passage]:
        headings: list[tuple[int, str]] = []
        told: _Told | None = None
        named: dict[
            str, str
        ] = {}  # by the head noun of a body: the last sentence under this heading with its full name
        for line in self.document.lines:
            block = self.document.blocks[line.block]
            if block.kind == "heading":
                level = block.level or 1
                headings = [one for one in headings if one[0] < level]
                headings.append((level, self.text[line.start : line.end]))
                told, named = None, {}
                continue
            if block.kind in ("footnote", "furniture") or block.role in ("toc", "title", "byline"):
                continue
            before: Passage | None = None
            for start, end in self.sentences(line):
                made = self.passage(start, end, tuple(text for _, text in headings), told, line.block)
                if made is None:
                    continue
                if before and not made.event and self.words.anaphor.match(made.text):
                    made = replace(made, event=before.text)
                if before and not made.event and self.continues_clause(before, made):
                    made = replace(made, event=before.text)
                made = self.with_body(made, named)
                if made.basis == "sentence":
                    told = _Told(line.block, made.text, made.when, made.meetings)
                before = made
                yield made

    def continues_clause(self, before: Passage, made: Passage) -> bool:
        """Is ``made`` the rest of a sentence that was cut at a comma?"""
        return before.text[-1:] in _COMMAS and self.words.open.search(made.text, 0, OPEN_WITHIN + 1) is not None

    def with_body(self, made: Passage, named: dict[str, str]) -> Passage:
        """The passage with the sentence that names in full the body that it calls 工作组 or 委员会 only."""
        for kind, noun, before in heads(made.text, self.words):
            if kind not in BODY_KINDS:
                continue
            if _NAME.search(self.words.filler.sub("", before)):
                named[noun] = made.text
            elif not made.event and noun in named:
                made = replace(made, event=named[noun])
        return made

    def sentences(self, line: Line) -> Iterator[tuple[int, int]]:
        """Sentences of a line, without the white space around them; one with several events is cut between these."""
        for start, end in _sentences(self.text, line.start, line.end):
            yield from self.clauses(start, end)

    def clauses(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        commas = [at for at in _top_level(self.text, start, end) if _COMMA.match(self.text, at)]
        if len(commas) > MOST_COMMAS:
            commas = []
        for at in commas:
            if (self.tells_event(start, at + 1) and self.tells_event(at + 1, end)) or self.turns(start, at, end):
                yield start, at + 1
                start = at + 1
        yield start, end

    def turns(self, start: int, at: int, end: int) -> bool:
        """Does the sentence report a deed before the comma ``at`` and something that is not done yet right behind it?"""
        before, behind = self.text[start:at], self.text[at + 1 : end]
        if self.words.open.search(before) or self.words.purpose.match(before) or not self.words.done.search(before):
            return False
        opened = self.words.open.search(behind, 0, OPEN_WITHIN)
        return opened is not None and not self.words.done.search(behind, 0, opened.start())

    def tells_event(self, start: int, end: int) -> bool:
        """Does the range name an event and give its date?"""
        span = self.document.text.span(start, end)
        dated = [one for one in self.dates.inside(span) if one.edtf and not self.of_title(one, span)]
        named = self.words.event.search(self.text, start, end)
        return bool(dated and named) and any(one.dates for one in self.meetings.inside(span))

    def passage(
        self, start: int, end: int, headings: tuple[str, ...], told: _Told | None, block: int
    ) -> Passage | None:
        text = self.text[start:end]
        if len(text) < SHORTEST:
            return None
        span = self.document.text.span(start, end)
        if any(low < span.end and span.start < high for low, high in self.plan):
            return None
        made = Passage(
            source=self.record.source.id,
            span=span,
            text=text,
            headings=headings,
            basis="none",
            when=(),
            told=self.told,
            titles=tuple(one.refers_to or one.title for one in self.instruments.inside(span)),
            meetings=_unique(self.meetings.inside(span)),
        )
        return self.dated(made, told, block)

    def dated(self, made: Passage, told: _Told | None, block: int) -> Passage:
        continues = self.words.continues.match(made.text) or self.words.continues.match(made.text.partition("，")[2])
        goes_on = told is not None and (
            (told.block == block and continues) or self.words.continues_far.match(made.text) is not None
        )
        event = told.text if told and goes_on else ""
        if told and goes_on:
            made = replace(made, event_meetings=told.meetings)
        own = self.own_dates(made)
        if own:
            return replace(made, basis="sentence", when=own, event=event)
        if told and goes_on:
            return replace(made, basis="event", when=told.when, event=event)
        if self.told is None:
            return made
        return replace(made, basis="report" if self.period else "source", when=(self.told,))

    def own_dates(self, made: Passage) -> tuple[Value, ...]:
        """Dates of what the sentence tells: of its events, else those that belong to no document and are no deadline."""
        inside = [one for one in self.dates.inside(made.span) if one.edtf]
        said = {one.edtf for one in inside}
        values = {edtf: None for one in made.meetings for edtf in one.dates if edtf in said}
        if not values:
            values = {
                one.edtf: None
                for one in inside
                if one.edtf and not one.edtf.startswith("..") and not self.of_title(one, made.span)
            }
        found = [parse(edtf) for edtf in values]
        return tuple(value for value in found if value and value.latest)

    def of_title(self, date: Date, span: Span) -> bool:
        """Is it inside a title, in the brackets behind one, or of the adoption of one (…年…月通过的《…》)?"""
        text = self.record.text
        if _BRACKETED_DATE.search(text, max(0, date.span.start - 12), date.span.start):
            return True
        if date.kind != "day" and _OPEN_QUOTE.search(
            text, max(span.start, date.span.start - LOOK_BACK), date.span.start
        ):
            return True
        near = Span(max(span.start, date.span.start - LONGEST_TITLE), min(span.end, date.span.end + LOOK_BACK))
        for one in self.instruments.inside(near):
            if one.span.start <= date.span.start < one.span.end:
                return True
            adopted = 0 <= one.span.start - date.span.end <= LOOK_BACK and one.date == date.edtf
            if adopted and _ATTRIBUTIVE.search(text, date.span.end, one.span.start):
                return True
        return False


def reporting_period(record: SourceFile, words: Words) -> Value | None:
    """The period that a report says it reports on: 2023年11月至2024年10月期间 near its beginning, or 本报告期间 resolved."""
    if record.source.kind not in ("report", "other"):
        return None
    for one in record.dates:
        if one.kind == "range" and one.anchor == "relative" and one.edtf:
            return parse(one.edtf)
    near = 600  # title, bracket below it and introduction: 4 sentences of 150 characters
    for one in record.dates:
        if one.span.start > near:
            break
        titled = any(title.span.start <= one.span.start < title.span.end for title in record.documents)
        if one.kind == "range" and one.edtf and not one.edtf.startswith("..") and not titled:
            return parse(one.edtf)
    title = record.source.title or ""
    for one in record.dates:
        if (
            one.kind == "year"
            and one.edtf
            and one.edtf in title
            and words.period.search(title)
            and one.span.start <= near
        ):
            return parse(one.edtf)
    return None


class _Sorted(Generic[T]):
    """Records by where they start, for quick look-up."""

    def __init__(self, found: Sequence[tuple[int, T]]) -> None:
        # The order of reading is not that of the source, where a note or a column stands between two halves of a paragraph.
        found = sorted(found, key=lambda pair: pair[0])
        self._starts = [start for start, _ in found]
        self._found: list[T] = [one for _, one in found]

    def inside(self, span: Span) -> list[T]:
        """Records that start within ``span``."""
        return self._found[bisect_left(self._starts, span.start) : bisect_left(self._starts, span.end)]


def _unique(meetings: Sequence[Meeting]) -> tuple[Meeting, ...]:
    """Each record once, though it may be mentioned twice."""
    return tuple({id(one): one for one in meetings}.values())


def _in(at: int, span: Span) -> bool:
    return span.start <= at < span.end


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Ranges of the sentences of ``text[start:end]``, each with its final mark; marks inside brackets end none."""
    at = start
    outside = set(_top_level(text, start, end))
    for match in _SENTENCE_END.finditer(text, start, end):
        if match.start() in outside:
            yield from _stripped(text, at, match.end())
            at = match.end()
    yield from _stripped(text, at, end)


def _stripped(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    part = text[start:end]
    start += len(part) - len(part.lstrip())
    end = start + len(part.strip())
    if start < end:
        yield start, end


def _top_level(text: str, start: int, end: int) -> list[int]:
    """Offsets of marks outside brackets and quotes; where these are not balanced, of all marks."""
    depth = 0
    found: list[int] = []
    marks: list[int] = []
    for match in re.finditer(r"[，,。！？!?；;（）()\[\]《》〈〉“”‘’「」『』]", text[start:end]):
        mark, at = match[0], start + match.start()
        if mark in _OPEN:
            depth += 1
        elif mark in _CLOSE:
            depth -= 1
        else:
            marks.append(at)
            if depth <= 0:
                found.append(at)
        depth = max(depth, 0)
    return found if depth == 0 else marks
