"""Events of one sentence: each name with what its bracket or its clause says."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from sco_extract.extract.meetings.attributes import (
    Place,
    Sitting,
    find_host,
    find_place,
    find_theme,
    read_bracket,
    read_mode,
    values_of,
)
from sco_extract.extract.meetings.names import EventName, quoted_name, read_name
from sco_extract.extract.meetings.passage import Passage
from sco_extract.extract.meetings.vocabulary import BRACKET, QUOTE, TITLE, Vocabulary
from sco_extract.extract.meetings.words import Words
from sco_extract.lexicon.load import Lexicon
from sco_extract.model.mentions import DateMention, MeetingStatus

_JOINED = re.compile(r"(?:、|，|和|与|及|以及|，以及|并)?")
_NEAR_VERB = 60  # code points between a name and its verb; 于…在…以线上线下相结合的方式 has 45
_BARE = 3  # code points of a head noun alone: 会议, 研讨会; 部长级会议 says a little more
_LEAD = re.compile(r"[，在于自，\s]*")


@dataclass(frozen=True, slots=True)
class Context:
    """What reading a sentence needs."""

    passage: Passage
    vocabulary: Vocabulary
    lexicon: Lexicon
    words: Words
    document_date: str | None


@dataclass(slots=True)
class Event:
    """An event as one clause tells it."""

    start: int
    end: int
    rule: str
    name: EventName
    core: str
    sitting: Sitting
    host: str | None = None
    theme: str | None = None
    status: MeetingStatus = "held"
    mentions: list[tuple[int, int]] = field(default_factory=list)
    documents: list[str] = field(default_factory=list)

    @property
    def ordinal(self) -> int | None:
        """The ordinal as written."""
        return self.name.ordinal


@dataclass(frozen=True, slots=True)
class Clause:
    """Where an event's own words stand: ``[start, end)``, and the verb of holding if there is one."""

    start: int
    end: int
    verb: tuple[int, int] | None
    before: bool  # the verb stands before the name, as 举行了X


def read_sentence(context: Context, start: int, end: int, heads: list[tuple[int, int]]) -> list[Event]:
    """The events that the sentence ``[start, end)`` tells; ``heads`` are the head nouns in it, in order."""
    names = _names(context, start, heads)
    events: list[Event] = []
    at = start
    lead = _leading_dates(context, start, end)
    for index, name in enumerate(names):
        limit = names[index + 1].edge if index + 1 < len(names) else end
        bracket = _bracket_after(context, name.end)
        clause = clause_of(context, at, name, bracket[1] if bracket else name.end, limit)
        if bracket is None and clause.verb and not clause.before:
            bracket = _bracket_after(context, clause.end)  # …以视频方式举行（2023年5月2日）
        shared = _shared(context, events, name)
        found = _read(context, name, clause, bracket, lead if at > start else [], shared)
        if found:
            events.extend(found)
            at = max(clause.end, bracket[1] if bracket else name.end)
        elif events and name.generic and clause.verb:
            complete(context, events[-1], name, clause)
    _share_back(context, names, events)
    return events


def complete(context: Context, event: Event, name: EventName, clause: Clause) -> None:
    """…举行第三次会议，会议以视频方式召开: what is said of 会议 fills what the event leaves open."""
    for said in _clause_sittings(context, name, clause, [])[:1]:
        event.sitting.dates = event.sitting.dates or said.dates
        if event.sitting.unplaced:
            event.sitting.place, event.sitting.mode = said.place, said.mode
            _settle_mode(event.sitting)


def _names(context: Context, start: int, heads: list[tuple[int, int]]) -> list[EventName]:
    """The names of the sentence; a head inside a longer name (论坛第18次会议) is none of its own."""
    passage, vocabulary = context.passage, context.vocabulary
    names: list[EventName] = []
    for head in heads:
        dated = passage.dates_within(head[0] - 12, head[1])
        if vocabulary.not_event_after.match(passage.masked, head[1]) or any(d.end >= head[1] for d in dated):
            continue
        if vocabulary.manner_after.match(passage.masked, head[1]):
            continue  # 以线上会议形式召开
        if passage.masked[head[0]] == QUOTE:
            quoted = quoted_name(passage, vocabulary, *head)
            names.extend([quoted] if quoted else [])
            continue
        name = read_name(passage, vocabulary, context.words, start, head)
        while names and name.start <= names[-1].end - 1:
            names.pop()
        names.append(name)
    return names


def _bracket_after(context: Context, at: int) -> tuple[int, int] | None:
    """The bracket behind a name that says date, place or mode; definitions in between are passed over."""
    passage = context.passage
    while True:
        group = passage.group_starting_at(at)
        if group is None or passage.masked[at] != BRACKET:
            return None
        if not context.vocabulary.definition.match(passage.text, at):
            return group
        at = group[1]


def clause_of(context: Context, at: int, name: EventName, after: int, limit: int) -> Clause:
    """The clause of ``name`` in ``[at, limit)``; ``after`` is the end of the name and its bracket."""
    passage, vocabulary = context.passage, context.vocabulary
    before = vocabulary.hold_before.search(passage.masked, max(at, name.edge - 10), name.edge)
    relative = before is not None and "的" in (before.group()[-1], passage.masked[name.edge : name.edge + 1])
    if before is not None and not relative:
        return Clause(at, after, before.span(), True)
    verb = vocabulary.hold.search(passage.masked, after, min(limit, after + _NEAR_VERB))
    if verb is not None and not _opens_other(context, verb.end(), limit):
        return Clause(at, _later_verb(context, verb.end(), limit), verb.span(), False)
    if before is not None:
        return Clause(at, after, before.span(), True)
    return Clause(at, after, None, False)


def _later_verb(context: Context, end: int, limit: int) -> int:
    """…由X倡议举办，2023年10月在Y开幕: where the clause that gives the date ends."""
    passage = context.passage
    if passage.masked[end : end + 1] != "，" or not any(d.start <= end + 2 for d in passage.dates_within(end, end + 3)):
        return end
    verb = context.vocabulary.hold.search(passage.masked, end, min(limit, end + _NEAR_VERB))
    return verb.end() if verb and not _opens_other(context, verb.end(), limit) else end


def _opens_other(context: Context, verb_end: int, limit: int) -> bool:
    """Whether the verb governs the next name, as 举行 in …成果，并举行了Y会议."""
    rest = context.passage.masked[verb_end:limit]
    return len(rest) <= 2 and rest.strip("了过的") == "" and limit < len(context.passage.text) and bool(
        _JOINED.fullmatch("") and context.passage.masked[limit : limit + 1] not in "，。；\n"
    )


def _shared(context: Context, events: list[Event], name: EventName) -> Event | None:
    """The event before in a list that one verb governs: 举办了A、B和C."""
    if not events or events[-1].rule != "M002":
        return None
    last = events[-1]
    between = context.passage.masked[last.name.end : name.edge].strip(BRACKET)
    return last if len(between) <= 3 and _JOINED.fullmatch(between) else None


def _read(
    context: Context,
    name: EventName,
    clause: Clause,
    bracket: tuple[int, int] | None,
    lead: list[str],
    shared: Event | None,
) -> list[Event]:
    sittings = _bracket_sittings(context, bracket)
    rule = "M001"
    if not any(sitting.dates for sitting in sittings):
        clausal = _clause_sittings(context, name, clause, lead)
        if clausal and (sittings or clause.verb or clausal[0].dates):
            sittings = _joined(sittings, clausal)
        rule = "M002" if clause.verb else "M003"
        if shared is not None and not any(sitting.dates for sitting in sittings):
            own = Sitting(list(shared.sitting.dates), shared.sitting.place, shared.sitting.mode)
            sittings = _joined(sittings, [own])
            rule = "M002"
    for sitting in sittings:
        if clause.verb and not clause.before and sitting.unplaced:
            sitting.place = find_place(
                context.passage, context.lexicon, context.vocabulary, clause.start, clause.end
            )
        _place_in_name(context, name, sitting)
        sitting.mode = sitting.mode or (_clause_mode(context, name, clause) if clause.verb else None)
        _settle_mode(sitting)
    return [
        _event(context, name, clause, sitting, rule)
        for sitting in sittings or [Sitting()]
        if _is_event(context, name, sitting, clause, rule)
    ]


def _settle_mode(sitting: Sitting) -> None:
    """Convention 3: in person wherever a place is named and no other mode said; a video sitting has no place."""
    if sitting.place and sitting.mode is None:
        sitting.mode = "in_person"
    if sitting.mode == "video":
        sitting.place = None


def _place_in_name(context: Context, name: EventName, sitting: Sitting) -> None:
    """阿斯塔纳峰会 says where it was held."""
    if sitting.place or sitting.mode:
        return
    for match in context.vocabulary.place.finditer(name.core):
        if name.core[match.end() :] in context.vocabulary.summits and context.lexicon.places[match.group()].kind == "city":
            sitting.place = Place(match.group(), context.lexicon.places[match.group()].country)


def _bracket_sittings(context: Context, bracket: tuple[int, int] | None) -> list[Sitting]:
    if bracket is None:
        return []
    return read_bracket(context.passage, context.lexicon, context.vocabulary, *bracket)


def _joined(bracketed: list[Sitting], clausal: list[Sitting]) -> list[Sitting]:
    """A bracket with a place only, and a clause with the date."""
    if not bracketed:
        return clausal
    for sitting in bracketed:
        sitting.dates = sitting.dates or list(clausal[0].dates)
        sitting.place = sitting.place or clausal[0].place
        sitting.mode = sitting.mode or clausal[0].mode
    return bracketed


def _clause_sittings(context: Context, name: EventName, clause: Clause, lead: list[str]) -> list[Sitting]:
    """The sittings that the clause around a name tells."""
    passage = context.passage
    dates = _clause_dates(context, name, clause)
    parts = [(date, passage.group_starting_at(date.end)) for date in dates]
    if parts and all(group and passage.masked[group[0]] == BRACKET for _, group in parts):
        return [_dated_part(context, date, group) for date, group in parts if group]
    sitting = Sitting(values_of(dates))
    if not sitting.dates and clause.verb:
        sitting.dates = list(lead)
    sitting.place = find_place(passage, context.lexicon, context.vocabulary, clause.start, _place_end(context, clause))
    sitting.mode = _clause_mode(context, name, clause)
    return [] if sitting.empty else [sitting]


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
    moved = context.vocabulary.moved.match(passage.masked, name.end)
    if moved is not None:
        return passage.dates_within(moved.end(), min(moved.end() + 4, len(passage.text)), bare=True)
    if clause.verb and not clause.before:
        behind = [date for date in passage.dates_within(name.end, clause.end, bare=True) if _dates_event(context, date)]
        if behind:
            return behind
    before = [date for date in passage.dates_within(clause.start, name.start, bare=True) if _dates_event(context, date)]
    if clause.verb:
        return before
    adjacent = before[-1:]
    if adjacent and _LEAD.fullmatch(passage.masked[adjacent[0].end : name.edge]):
        return adjacent
    attended = adjacent and context.vocabulary.attend.search(passage.masked, adjacent[0].end, name.edge)
    return adjacent if attended else []


def _dates_event(context: Context, date: DateMention) -> bool:
    """Not the date of a signature (2022年9月16日签署的), and none with 前, 自 or 以来."""
    if context.vocabulary.since.search(context.passage.masked, max(0, date.start - 1), date.start):
        return False
    behind = context.passage.masked[date.end : date.end + 12].lstrip("，在于")
    if context.vocabulary.other_date.match(behind) or behind.startswith(TITLE):
        return False
    return not (date.edtf or "").startswith("..")


def _leading_dates(context: Context, start: int, end: int) -> list[str]:
    """The date that opens a sentence and holds for all its clauses: 2024年9月5日，A在北京举行，B在上海举行."""
    dates = context.passage.dates_within(start, min(end, start + 12), bare=True)
    return values_of(dates[:1]) if dates and dates[0].start <= start + 3 and _dates_event(context, dates[0]) else []


def _clause_mode(context: Context, name: EventName, clause: Clause) -> str | None:
    passage, vocabulary = context.passage, context.vocabulary
    for word in vocabulary.video.finditer(name.core):
        if word.end() == len(name.core) or vocabulary.event.fullmatch(name.core, word.end()) or word.start() == 0:
            return "video"
    around = passage.masked[clause.start : name.start] + "\n" + passage.masked[name.end : clause.end]
    phrases = [match.group() for match in vocabulary.mode.finditer(around) if match.group()[0] in "以采通" or match.group()[-1] == "式"]
    return read_mode("，".join(phrases), vocabulary) if phrases else None


def _share_back(context: Context, names: list[EventName], events: list[Event]) -> None:
    """What a list shares: in A、B（date，place） the bracket covers A, in A和B于…举行 the verb does.

    和 before a bracket does not share it: the bracket then belongs to the last name (convention 5 speaks of 、 only).
    """
    for index in range(len(names) - 2, -1, -1):
        name, following = names[index], names[index + 1]
        between = context.passage.masked[name.end : following.edge]
        own = [event for event in events if event.name is name]
        if not between or not _JOINED.fullmatch(between) or any(event.sitting.dates for event in own):
            continue
        told = [
            event
            for event in events
            if event.name is following and (event.rule == "M002" or (event.rule == "M001" and between == "、"))
        ]
        if following.generic and not told:
            told = _told_by_generic(context, name, following)
        copies = [_copy(context, name, one) for one in told if len(name.core) > 2 and not name.generic]
        if copies:
            events[:] = [event for event in events if event not in own] + copies
    events.sort(key=lambda event: (event.name.start, event.name.end))


def _copy(context: Context, name: EventName, one: Event) -> Event:
    sitting = Sitting(list(one.sitting.dates), one.sitting.place, one.sitting.mode)
    clause = Clause(name.start, max(name.end, one.end), None, False)
    event = _event(context, name, clause, sitting, one.rule)
    event.status = one.status
    return event


def _told_by_generic(context: Context, name: EventName, following: EventName) -> list[Event]:
    """A及相关会议于…举行: the clause is A's."""
    limit = _sentence_end(context.passage, following.end)
    clause = clause_of(context, name.start, following, following.end, limit)
    if clause.verb is None or clause.before:
        return []
    clause = Clause(name.start, clause.end, clause.verb, False)
    sittings = _clause_sittings(context, following, clause, [])
    for sitting in sittings:
        _settle_mode(sitting)
    return [_event(context, name, clause, sitting, "M002") for sitting in sittings]


def _is_event(context: Context, name: EventName, sitting: Sitting, clause: Clause, rule: str) -> bool:
    """Convention 1: a date, a place or an ordinal; a bare count, a wish or a yearly habit is none."""
    vocabulary = context.vocabulary
    if _core_of(context, name, clause) is None:
        return False
    if vocabulary.regular.search(context.passage.masked, clause.start, max(clause.start, name.start)) and name.ordinal is None:
        return rule == "M001" and bool(sitting.dates)
    weak = name.core in vocabulary.weak_events or _weak_head(vocabulary, name)
    if weak and not (rule != "M003" or name.ordinal):
        return False
    if name.counted and rule != "M001" and not name.generic:
        return False
    if clause.verb and vocabulary.parent.search(context.passage.masked, max(0, clause.start - 1), clause.end):
        return True  # its parent's date is asked for later (follow.inherit)
    if vocabulary.wish.search(context.passage.masked, clause.start, clause.end + 6) and rule != "M001" and not sitting.dates:
        return False
    if sitting.dates or (name.ordinal is not None and not name.sitting):
        return True
    if clause.verb and vocabulary.held_times.match(context.passage.masked, clause.verb[1]):
        return False
    return sitting.place is not None and (rule == "M001" or clause.verb is not None)


def _weak_head(vocabulary: Vocabulary, name: EventName) -> bool:
    return any(name.core.endswith(noun) for noun in vocabulary.weak_events)


def _core_of(context: Context, name: EventName, clause: Clause) -> str | None:
    """What the event is called; a generic name (会议, 第八次会议) takes the body that sits as its first part."""
    if not name.generic:
        return name.core if len(name.core) > 2 else None
    subject = _subject(context, name, clause)
    if subject:
        return subject.removesuffix(name.core) + name.core
    return None if len(name.core) <= _BARE or name.counted else name.core


def _subject(context: Context, name: EventName, clause: Clause) -> str | None:
    """The body that sits: X工作组于…举行会议, X工作组恢复工作，其第八次会议; None where none is named."""
    passage, vocabulary = context.passage, context.vocabulary
    upto = clause.verb[0] if clause.verb and clause.before else name.edge
    possessive = passage.masked[name.edge : name.start].startswith("其") or passage.masked[name.edge - 1] == "其"
    if not (clause.verb and clause.before) and not possessive and name.ordinal is None:
        return None
    found: EventName | None = None
    start = passage.sentence_start(clause.start) if name.ordinal is not None else clause.start
    for match in vocabulary.body_noun.finditer(passage.masked, start, upto):
        found = read_name(passage, vocabulary, context.words, start, match.span())
    return found.core if found and len(found.core) > 3 else None


def _event(context: Context, name: EventName, clause: Clause, sitting: Sitting, rule: str) -> Event:
    passage, vocabulary = context.passage, context.vocabulary
    host = find_host(passage, context.lexicon, vocabulary, clause.start, clause.verb[1] if clause.verb else name.start)
    theme = name.theme or find_theme(passage, vocabulary, clause.start, _theme_end(context, name, clause))
    status = _status(context, name, clause, sitting)
    if status == "planned" and sitting.mode == "in_person" and not sitting.dates:
        sitting.mode = None
    core = _core_of(context, name, clause) or name.core
    start, end = min(clause.start, name.start), max(clause.end, name.end)
    start += len(passage.text[start:end]) - len(passage.text[start:end].lstrip("，、 　和及与以并"))
    return Event(start, end, rule, name, core, sitting, host, theme, status)


def _theme_end(context: Context, name: EventName, clause: Clause) -> int:
    """A theme may follow the clause, up to the next event."""
    end = _sentence_end(context.passage, clause.end)
    following = context.vocabulary.event.search(context.passage.masked, max(name.end, clause.end), end)
    return following.start() if following else end


def _sentence_end(passage: Passage, at: int) -> int:
    ends = [position for mark in "。；\n" if (position := passage.masked.find(mark, at)) >= 0]
    return min(ends, default=len(passage.text))


def _status(context: Context, name: EventName, clause: Clause, sitting: Sitting) -> MeetingStatus:
    """Held unless the clause says otherwise, or the date lies behind the document's own."""
    passage, vocabulary = context.passage, context.vocabulary
    if vocabulary.moved.match(passage.masked, name.end):
        return "planned" if _after(sitting.dates, context.document_date) else "held"
    if clause.verb:
        if vocabulary.not_held.search(passage.masked[max(clause.start, clause.verb[0] - 12) : clause.verb[0]]):
            return "not_held"
        if vocabulary.planned.search(passage.masked, max(clause.start, clause.verb[0] - 40), clause.verb[0]):
            return "planned"
    if vocabulary.cancelled.search(passage.masked, name.end, min(clause.end + 8, _sentence_end(passage, name.end))):
        return "not_held"
    if name.sitting == "next" or _after(sitting.dates, context.document_date):
        return "planned"
    return "held"


def _after(dates: list[str], document_date: str | None) -> bool:
    """Whether every date lies behind the document's date, as far as both are known."""
    if not dates or not document_date:
        return False
    own = document_date.split("/")[-1]
    starts = [date.split("/")[0] for date in dates]
    return all(start[: len(own)] > own[: len(start)] for start in starts if start and start != "..")
