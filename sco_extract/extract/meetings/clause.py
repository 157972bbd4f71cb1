"""The clause around a name: its verb, and the dates, place and mode that it gives the event."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from sco_extract.extract.meetings.attributes import (
    Place,
    Sitting,
    find_place,
    read_bracket,
    read_mode,
    values_of,
)
from sco_extract.extract.meetings.names import EventName
from sco_extract.extract.meetings.passage import Passage
from sco_extract.extract.meetings.vocab.marks import BRACKET, QUOTE, TITLE
from sco_extract.extract.meetings.vocabulary import Vocabulary
from sco_extract.extract.meetings.words import Words
from sco_extract.lexicon.load import Lexicon
from sco_extract.model.mentions import DateMention, MeetingMode

_NEAR_VERB = 90  # code points between a name and its verb; 于…在…以“…”线上线下相结合的方式 has 70
_PLACES_AND = re.compile(r"[、和与及]")
_REACH = 300  # code points before a name in which its date may stand; a clause of a report has 180
_AND = re.compile(rf"{BRACKET}*[、，和与及\s]{{0,2}}(?:以及)?于?")
_LEAD = re.compile(r"[，在于自，\s]*")

Called = tuple[int, str]  # where a name ends, and what it is called


class Named:
    """Where each name so far ends, and what it is called; sentences without events are read when they are asked for."""

    def __init__(self) -> None:
        self._parts: list[list[Called] | Callable[[], list[Called]]] = []

    def add(self, end: int, core: str) -> None:
        """The next name."""
        self._parts.append([(end, core)])

    def defer(self, read: Callable[[], list[Called]]) -> None:
        """The names of a sentence that tells no event."""
        self._parts.append(read)

    def __iter__(self) -> Iterator[Called]:
        for index in range(len(self._parts)):
            yield from self._part(index)

    def __reversed__(self) -> Iterator[Called]:
        for index in range(len(self._parts) - 1, -1, -1):
            yield from reversed(self._part(index))

    def _part(self, index: int) -> list[Called]:
        part = self._parts[index]
        if not isinstance(part, list):
            part = self._parts[index] = part()
        return part


@dataclass(frozen=True, slots=True)
class Context:
    """What reading a sentence needs."""

    passage: Passage
    vocabulary: Vocabulary
    lexicon: Lexicon
    words: Words
    document_date: str | None
    named: Named = field(default_factory=Named)


class Clause(NamedTuple):
    """Where an event's own words stand: ``[start, end)``, and the verb of holding if there is one."""

    start: int
    end: int
    verb: tuple[int, int] | None
    before: bool  # the verb stands before the name, as 举行了X


def clause_of(context: Context, at: int, name: EventName, after: int, limit: int) -> Clause:
    """The clause of ``name`` in ``[at, limit)``; ``after`` is the end of the name and its bracket."""
    passage, vocabulary = context.passage, context.vocabulary
    at = max(at, name.start - _REACH)
    before = vocabulary.clauses.hold_before.search(passage.masked, max(at, name.edge - 10), name.edge)
    relative = before is not None and "的" in (before.group()[-1], passage.masked[name.edge : name.edge + 1])
    if before is not None and not relative:
        return Clause(at, after, before.span(), True)
    verb = vocabulary.clauses.hold.search(passage.masked, after, min(limit, after + _NEAR_VERB))
    if verb is not None and not _opens_other(context, verb.end(), limit):
        moved = vocabulary.clauses.moved.search(passage.masked, verb.end(), min(limit, verb.end() + 6))
        again = (
            vocabulary.clauses.hold.search(passage.masked, moved.end(), min(limit, moved.end() + _NEAR_VERB))
            if moved
            else None
        )
        if moved and again:
            return Clause(moved.end(), again.end(), again.span(), False)  # 原计划2月举行，后延期至6月26日在Y举行
        return Clause(at, _later_verb(context, verb.end(), limit), verb.span(), False)
    if before is not None:
        return Clause(at, after, before.span(), True)
    return Clause(at, after, None, False)


def _later_verb(context: Context, end: int, limit: int) -> int:
    """…由X倡议举办，2023年10月在Y开幕: where the clause that gives the date ends."""
    passage = context.passage
    if passage.masked[end : end + 1] != "，" or not any(d.start <= end + 2 for d in passage.dates_within(end, end + 3)):
        return end
    verb = context.vocabulary.clauses.hold.search(passage.masked, end, min(limit, end + _NEAR_VERB))
    return verb.end() if verb and not _opens_other(context, verb.end(), limit) else end


def _opens_other(context: Context, verb_end: int, limit: int) -> bool:
    """Whether the verb governs the next name, as 举行 in …成果，并举行了Y会议."""
    rest = context.passage.masked[verb_end:limit]
    return (
        len(rest) <= 2
        and rest.strip("了过的") == ""
        and limit < len(context.passage.text)
        and bool(context.passage.masked[limit] not in "，。；\n")
    )


def clause_sittings(
    context: Context, name: EventName, clause: Clause, lead: list[str], mode: MeetingMode | None
) -> list[Sitting]:
    """The sittings that the clause around a name tells; ``mode`` is that of the clause (``clause_mode``)."""
    passage = context.passage
    dates = _clause_dates(context, name, clause)
    parts = [(date, passage.group_starting_at(date.end)) for date in dates]
    if parts and all(group and passage.masked[group[0]] == BRACKET for _, group in parts):
        return [_dated_part(context, date, group) for date, group in parts if group]
    sitting = Sitting(_as_range(context, dates) or values_of(dates))
    if not sitting.dates and clause.verb and _behind_agreement(context, clause) == clause.start:
        sitting.dates = list(lead)
    sitting.place = find_place(passage, context.lexicon, context.vocabulary, clause.start, _place_end(context, clause))
    sitting.mode = mode
    return [] if sitting.empty else _distributed(context, clause, sitting)


def _as_range(context: Context, dates: list[DateMention]) -> list[str]:
    """8月19日在银川开幕，8月22日闭幕: one range."""
    if len(dates) != 2 or not (dates[0].edtf and dates[1].edtf):
        return []
    masked, (opened, closed) = context.passage.masked, context.vocabulary.clauses.opened_closed
    between = opened.search(masked, dates[0].end, dates[1].start)
    return [f"{dates[0].edtf}/{dates[1].edtf}"] if between and closed.match(masked, dates[1].end) else []


def _distributed(context: Context, clause: Clause, sitting: Sitting) -> list[Sitting]:
    """3月5日和11月12日分别在阿拉木图和北京: each date with its place."""
    if len(sitting.dates) < 2 or not context.vocabulary.clauses.respectively.search(
        context.passage.masked, clause.start, clause.end
    ):
        return [sitting]
    names = _PLACES_AND.split(sitting.place.name) if sitting.place else []
    if names and len(names) != len(sitting.dates):
        return [sitting]
    places = [context.lexicon.places.get(name) for name in names]
    told = [Place(name, place.country if place else None) for name, place in zip(names, places, strict=True)]
    return [Sitting([date], told[index] if told else None, sitting.mode) for index, date in enumerate(sitting.dates)]


def _place_end(context: Context, clause: Clause) -> int:
    if clause.verb and clause.before:
        return clause.verb[1]
    return clause.end


def _dated_part(context: Context, date: DateMention, group: tuple[int, int]) -> Sitting:
    """3月28日（视频方式）和4月17日（莫斯科）: one sitting each."""
    said = read_bracket(context.passage, context.lexicon, context.vocabulary, *group) or [Sitting()]
    text = context.passage.text[group[0] + 1 : group[1] - 1]
    if said[0].place is None and said[0].mode is None and (city := context.lexicon.places.get(text)):
        said[0].place = Place(text, city.country)
    return Sitting(values_of([date]), said[0].place, said[0].mode)


def _clause_dates(context: Context, name: EventName, clause: Clause) -> list[DateMention]:
    """The dates that are the event's: behind its name if there are any, else before it."""
    passage = context.passage
    moved = context.vocabulary.clauses.moved.match(passage.masked, name.end)
    if moved is not None:
        return passage.dates_within(moved.end(), min(moved.end() + 4, len(passage.text)), bare=True)
    if clause.verb and not clause.before:
        start = max(name.end, clause.start)
        behind = [date for date in passage.dates_within(start, clause.end, bare=True) if _dates_event(context, date)]
        for moved in context.vocabulary.clauses.moved.finditer(passage.masked, start, clause.end):
            behind = [date for date in behind if date.start >= moved.end()] or behind  # 由9月推迟到10月3日
        behind = behind or _in_brackets(context, name.end, clause.verb[0])
        if behind:
            return behind
    start = _behind_agreement(context, clause)
    before = [date for date in passage.dates_within(start, name.start, bare=True) if _dates_event(context, date)]
    if clause.verb:
        return _last_list(context, before)
    adjacent = before[-1:]
    if adjacent and _LEAD.fullmatch(passage.masked[adjacent[0].end : name.edge]):
        return adjacent
    attended = adjacent and context.vocabulary.clauses.attend.search(passage.masked, adjacent[0].end, name.edge)
    return adjacent if attended else []


def _in_brackets(context: Context, start: int, end: int) -> list[DateMention]:
    """于峰会前（2023年4月18日）以视频方式召开: the date of the clause stands in a bracket."""
    for low, high in context.passage.groups_within(start, end):
        if context.passage.masked[low] == BRACKET:
            return context.passage.dates_within(low, high)
    return []


def _behind_agreement(context: Context, clause: Clause) -> int:
    """Where the event's dates may start: the date of 2020年7月6日…同意举办X is that of the agreement."""
    if not clause.verb or not clause.before:
        return clause.start
    agreed = list(context.vocabulary.clauses.support.finditer(context.passage.masked, clause.start, clause.verb[0]))
    return agreed[-1].end() if agreed else clause.start


def _last_list(context: Context, dates: list[DateMention]) -> list[DateMention]:
    """The last date and those joined to it: 2024年3月11日，4月2日至3日，举行了…; an earlier date dates something else."""
    kept = dates[-1:]
    for date in reversed(dates[:-1]):
        if not _AND.fullmatch(context.passage.masked[date.end : kept[0].start]):
            break
        kept.insert(0, date)
    return kept


def _dates_event(context: Context, date: DateMention) -> bool:
    """Not the date of a signature (2022年9月16日签署的), and none with 前, 自 or 以来."""
    if context.vocabulary.clauses.since.search(context.passage.masked, max(0, date.start - 1), date.start):
        return False
    behind = context.passage.masked[date.end : date.end + 12].lstrip("，在于")
    if behind.startswith("度"):
        return False  # 2021年度工作会议
    if context.vocabulary.clauses.other_date.match(behind) or behind.startswith(TITLE):
        return False
    return not (date.edtf or "").startswith("..")


def leading_dates(context: Context, start: int, end: int) -> list[str]:
    """The date that opens a sentence and holds for all its clauses: 2024年9月5日，A在北京举行，B在上海举行."""
    dates = context.passage.dates_within(start, min(end, start + 12), bare=True)
    return values_of(dates[:1]) if dates and dates[0].start <= start + 3 and _dates_event(context, dates[0]) else []


def clause_mode(context: Context, name: EventName, clause: Clause) -> MeetingMode | None:
    """The mode that the name itself says (视频峰会), else the clause if a verb of holding governs it."""
    passage, vocabulary = context.passage, context.vocabulary
    for word in vocabulary.modes.video.finditer(name.core):
        if word.start() == 0 or vocabulary.nouns.event.fullmatch(name.core, word.end()):
            return "video"
    if not clause.verb:
        return None
    end = clause.end
    further = vocabulary.modes.said.match(passage.masked, end + 1) if passage.masked[end : end + 1] == "，" else None
    end = further.end() if further else end  # …三地同时举行，采用线上线下相结合的方式
    around = passage.masked[clause.start : name.start] + "\n" + passage.masked[name.end : end]
    if QUOTE in around:
        around = passage.with_short_quotes(clause.start, name.start) + "\n" + passage.with_short_quotes(name.end, end)
    said = [found.group() for found in vocabulary.modes.said.finditer(around)]
    return read_mode("，".join(said), vocabulary) if said else None


def settle_mode(sitting: Sitting) -> None:
    """Convention 3: in person wherever a place is named and no other mode said; a video sitting has no place."""
    if sitting.place and sitting.mode is None:
        sitting.mode = "in_person"
    if sitting.mode == "video":
        sitting.place = None
