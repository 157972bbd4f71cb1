"""Events of one sentence: each name with what its bracket or its clause says."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from sco_extract.extract.meetings.attributes import (
    Place,
    Sitting,
    find_host,
    find_place,
    find_theme,
    read_bracket,
    read_place,
)
from sco_extract.extract.meetings.clause import (
    Clause,
    Context,
    clause_mode,
    clause_of,
    clause_sittings,
    leading_dates,
    settle_mode,
)
from sco_extract.extract.meetings.cores import core_of, subject_of
from sco_extract.extract.meetings.names import EventName, quoted_name, read_name
from sco_extract.extract.meetings.passage import Passage
from sco_extract.extract.meetings.status import read_status
from sco_extract.extract.meetings.vocab.marks import BRACKET, QUOTE, TITLE
from sco_extract.extract.meetings.vocabulary import Vocabulary
from sco_extract.model.mentions import MeetingStatus

_DATE_BEHIND, _ORDINAL_BEFORE = 8, 8  # code points
_JOINED = re.compile(r"(?:、|和|与|及|以及|，以及|并|，并)?")


@dataclass(slots=True, eq=False)
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
    ordinal: int | None = None


def read_sentence(context: Context, start: int, end: int, heads: list[tuple[int, int]]) -> list[Event]:
    """The events that the sentence ``[start, end)`` tells; ``heads`` are the head nouns in it, in order."""
    if not _may_tell(context, start, end, heads):
        context.named.defer(lambda: [(name.end, name.core) for name in _names(context, start, heads)])
        return []
    names = _names(context, start, heads)
    events: list[Event] = []
    at = start
    lead: list[str] | None = None
    for index, name in enumerate(names):
        limit = names[index + 1].edge if index + 1 < len(names) else end
        bracket = _bracket_after(context, name.end)
        clause = clause_of(context, at, name, bracket[1] if bracket else name.end, limit)
        if bracket is None and clause.verb and not clause.before:
            bracket = _bracket_after(context, clause.end)  # …以视频方式举行（2023年5月2日）
        shared = _shared(context, events, name)
        if lead is None and at > start:
            lead = leading_dates(context, start, end)
        found = _read(context, name, clause, bracket, lead or [], shared)
        context.named.add(name.end, found[0].core if found else name.core)
        if found:
            events.extend(found)
            at = max(clause.end, bracket[1] if bracket else name.end)
        else:
            if events and name.generic:
                complete(context, events[-1], name, clause, limit)
            at = clause.end if clause.verb else at
    _share_back(context, names, events)
    return events


def _may_tell(context: Context, start: int, end: int, heads: list[tuple[int, int]]) -> bool:
    """Whether the sentence has what every event needs: a date, an ordinal, or a verb of holding with a place.

    It may say yes for nothing; what it refuses need not be read. The margins are those of ``_clause_dates`` (the date
    behind 推迟至) and ``quoted_name`` (the ordinal in front of a quotation).
    """
    passage, vocabulary = context.passage, context.vocabulary
    if passage.dates.any_within(start, end + _DATE_BEHIND):
        return True
    low = max(0, start - _ORDINAL_BEFORE)
    if passage.text.find("第", low, end) >= 0 or passage.text.find("首", low, end) >= 0:
        return True
    if vocabulary.clauses.holds.search(passage.masked, start, end) is None:
        return False
    if vocabulary.events.placed.search(passage.masked, max(0, start - 1), end) is not None:
        return True
    return any(passage.text[head[1] - 2 : head[1]] in vocabulary.nouns.summit_ends for head in heads)


def complete(context: Context, event: Event, name: EventName, clause: Clause, limit: int) -> None:
    """…举行第三次会议，会议以视频方式召开，会议主题为…: what is said of 会议 fills what the event leaves open."""
    event.theme = event.theme or find_theme(context.passage, context.vocabulary, name.start, limit)
    if not clause.verb:
        return
    for said in clause_sittings(context, name, clause, [], clause_mode(context, name, clause))[:1]:
        event.sitting.dates = event.sitting.dates or said.dates
        if event.sitting.unplaced:
            event.sitting.place, event.sitting.mode = said.place, said.mode
            settle_mode(event.sitting)


def _names(context: Context, start: int, heads: list[tuple[int, int]]) -> list[EventName]:
    """The names of the sentence; a head inside a longer name (论坛第18次会议) is none of its own."""
    passage, vocabulary = context.passage, context.vocabulary
    names: list[EventName] = []
    for head in heads:
        dated = passage.dates_within(head[0] - 12, head[1])
        if vocabulary.events.not_event.match(passage.masked, head[1]) or any(d.end >= head[1] for d in dated):
            continue
        if vocabulary.events.manner_after.match(passage.masked, head[1]):
            continue  # 以线上会议形式召开
        if passage.masked[head[0]] == QUOTE:
            quoted = quoted_name(passage, vocabulary, *head)
            names.extend([quoted] if quoted else [])
            continue
        name = read_name(passage, vocabulary, context.words, start, head)
        if name.generic and name.ordinal is None and vocabulary.events.time_behind.match(passage.masked, name.end):
            continue  # 于峰会前: a time, no event
        while names and name.start <= names[-1].end - 1:
            name = _joined_names(passage, names.pop(), name)
        names.append(_with_year(context, names, name))
    return names


def _joined_names(passage: Passage, inner: EventName, name: EventName) -> EventName:
    """论坛2022年年会 + 开幕式: a name that was joined over a year keeps its first part in the longer name."""
    if inner.start >= name.start:
        return name
    core = inner.core + passage.text[inner.end : name.end]
    ordinal = inner.ordinal if name.ordinal is None else name.ordinal
    return name._replace(start=inner.start, edge=inner.edge, core=core, ordinal=ordinal, generic=False)


def _with_year(context: Context, names: list[EventName], name: EventName) -> EventName:
    """博鳌亚洲论坛2022年年会: the year stands inside the name, whose first part was taken for a name of its own."""
    if not names or names[-1].end >= name.edge:
        return name
    between = context.passage.dates_within(names[-1].end, name.edge, bare=True)
    if (
        len(between) != 1
        or (between[0].start, between[0].end) != (names[-1].end, name.edge)
        or between[0].kind != "year"
    ):
        return name
    first = names.pop()
    ordinal = first.ordinal if name.ordinal is None else name.ordinal
    return name._replace(
        start=first.start, edge=first.edge, core=first.core + name.core, ordinal=ordinal, generic=False
    )


def _bracket_after(context: Context, at: int) -> tuple[int, int] | None:
    """The bracket behind a name that says date, place or mode.

    Definitions, an abbreviation in a bracket of its own, a quotation and a count (举行五次) in between are passed over.
    """
    passage = context.passage
    counted = context.vocabulary.events.held_times.match(passage.masked, at)
    at = counted.end() if counted else at
    while (group := passage.group_starting_at(at)) is not None and passage.masked[at] != TITLE:
        behind = passage.masked[group[1] : group[1] + 1]
        defined = context.vocabulary.names.definition.match(passage.text, at) is not None
        if passage.masked[at] == BRACKET and not defined and (behind != BRACKET or passage.dates_within(*group)):
            return group
        if not defined and behind != BRACKET:
            return None
        at = group[1]
    return None


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
    mode = clause_mode(context, name, clause)
    rule = "M001"
    if not any(sitting.dates for sitting in sittings):
        clausal = clause_sittings(context, name, clause, lead, mode)
        if clausal and (sittings or clause.verb or clausal[0].dates):
            sittings = _joined(sittings, clausal)
        rule = "M002" if clause.verb else "M003"
        if shared is not None and not any(sitting.dates for sitting in sittings):
            own = Sitting(list(shared.sitting.dates), shared.sitting.place, shared.sitting.mode)
            sittings = _joined(sittings, [own])
            rule = "M002"
    for sitting in sittings:
        if clause.verb and not clause.before and sitting.unplaced:
            sitting.place = find_place(context.passage, context.lexicon, context.vocabulary, clause.start, clause.end)
        _place_in_name(context, name, sitting)
        adopted = (
            context.vocabulary.events.adopted_at.match(context.passage.masked, name.end) if sitting.unplaced else None
        )
        if adopted:
            sitting.place = read_place(adopted["place"], context.lexicon, context.vocabulary, known=True)
        sitting.mode = sitting.mode or mode
        settle_mode(sitting)
    held = [one for one in sittings or [Sitting()] if _is_event(context, name, one, clause, rule)]
    core = core_of(context, name, clause) if held else None
    found = [_event(context, name, clause, sitting, rule, core) for sitting in held] if core else []
    if shared is not None and shared.status != "held":
        found = [replace(event, status=shared.status) for event in found]  # 未举办A和B
    return _numbered(name, found)


def _numbered(name: EventName, found: list[Event]) -> list[Event]:
    """第四、五、六次会议 with as many sittings: each takes its ordinal, as many dates of one sitting likewise."""
    if not name.ordinals or not found:
        return found
    dates = [date for event in found for date in event.sitting.dates]
    if len(found) == 1 and len(dates) <= 1:
        found = [replace(found[0], mentions=[]) for _ in name.ordinals]
    elif len(dates) != len(name.ordinals):
        return found
    elif len(found) == 1:
        one = found[0].sitting
        found = [replace(found[0], sitting=Sitting([date], one.place, one.mode)) for date in dates]
    return [replace(event, ordinal=ordinal) for event, ordinal in zip(found, name.ordinals, strict=True)]


def _place_in_name(context: Context, name: EventName, sitting: Sitting) -> None:
    """阿斯塔纳峰会 says where it was held."""
    if sitting.place or sitting.mode:
        return
    for match in context.vocabulary.places.place.finditer(name.core):
        if (
            name.core[match.end() :] in context.vocabulary.nouns.summits
            and context.lexicon.places[match.group()].kind == "city"
        ):
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


def _share_back(context: Context, names: list[EventName], events: list[Event]) -> None:
    """What a list shares: in A、B（date，place） the bracket covers A, in A和B于…举行 the verb does.

    和 before a bracket does not share it: the bracket then belongs to the last name (convention 5 speaks of 、 only).
    """
    if len(names) < 2:
        return
    told: dict[int, list[Event]] = {id(name): [] for name in names}
    for event in events:
        told[id(event.name)].append(event)
    for index in range(len(names) - 2, -1, -1):
        name, following = names[index], names[index + 1]
        between = context.passage.masked[name.end : following.edge]
        if not between or not _JOINED.fullmatch(between):
            continue
        if any(event.sitting.dates for event in told[id(name)]):
            _share_place(told[id(name)], told[id(following)])
            continue
        shared = [event for event in told[id(following)] if _shares(event, between)]
        if following.generic and not shared:
            shared = _told_by_generic(context, name, following)
        copies = [_copy(context, name, one) for one in shared if len(name.core) > 2 and not name.generic]
        told[id(name)] = copies or told[id(name)]
    events[:] = sorted((event for own in told.values() for event in own), key=lambda e: (e.name.start, e.name.end))


def _shares(event: Event, between: str) -> bool:
    """Whether what is told of the last of a list holds for the one before: by its verb, or by a bracket behind 、."""
    by_bracket = event.rule == "M001" and between in ("、", "及")
    return (event.rule == "M002" or by_bracket) and not event.sitting.empty


def _share_place(own: list[Event], following: list[Event]) -> None:
    """A和B…先后在Y举行: A, whose date was known, takes the place that the verb gives to B."""
    for event in own:
        if event.sitting.unplaced and following and following[0].rule == "M002":
            event.sitting.place, event.sitting.mode = following[0].sitting.place, following[0].sitting.mode


def _copy(context: Context, name: EventName, one: Event) -> Event:
    sitting = Sitting(list(one.sitting.dates), one.sitting.place, one.sitting.mode)
    clause = Clause(name.start, max(name.end, one.end), None, False)
    event = _event(context, name, clause, sitting, one.rule, core_of(context, name, clause) or name.core)
    event.status = one.status
    return event


def _told_by_generic(context: Context, name: EventName, following: EventName) -> list[Event]:
    """A及相关会议于…举行: the clause is A's."""
    limit = context.passage.stops.sentence_end(following.end)
    clause = clause_of(context, name.start, following, following.end, limit)
    if clause.verb is None or clause.before:
        return []
    clause = Clause(name.start, clause.end, clause.verb, False)
    sittings = clause_sittings(context, following, clause, [], clause_mode(context, following, clause))
    for sitting in sittings:
        settle_mode(sitting)
    core = core_of(context, name, clause) or name.core
    return [_event(context, name, clause, sitting, "M002", core) for sitting in sittings]


def _is_event(context: Context, name: EventName, sitting: Sitting, clause: Clause, rule: str) -> bool:
    """Convention 1: a date, a place or an ordinal; a bare count, a wish or a yearly habit is none."""
    masked, vocabulary = context.passage.masked, context.vocabulary
    habit = vocabulary.events.regular.search(masked, clause.start, max(clause.start, name.edge))
    if habit or vocabulary.events.regular.search(masked, max(name.end, clause.start), clause.end):
        return rule == "M001" and bool(sitting.dates)
    if _too_vague(context, name, clause, rule):
        return False
    if clause.verb and vocabulary.follow.find_parent(masked, max(0, clause.start - 1), clause.end):
        return True  # its parent's date is asked for later (follow.inherit)
    if sitting.dates:
        return True
    if rule != "M001" and vocabulary.events.wish.search(masked, clause.start, clause.end + 6):
        return False
    if name.ordinal is not None and not name.sitting:
        return not name.generic or sitting.place is not None or subject_of(context, name, clause) is not None
    if clause.verb and vocabulary.events.held_times.match(masked, clause.verb[1]):
        return False
    return sitting.place is not None and (rule == "M001" or clause.verb is not None)


def _too_vague(context: Context, name: EventName, clause: Clause, rule: str) -> bool:
    """活动 or 会议 without a verb, a bracket or an ordinal of its own; 12场研讨会."""
    unsupported = rule == "M003" and name.ordinal is None
    if unsupported and (name.generic or _weak_head(context.vocabulary, name)):
        return True
    if rule != "M001" and context.vocabulary.events.times_behind.match(context.passage.masked, name.end):
        return True  # 参加国际会议150余次
    assembly = unsupported and name.core.endswith(context.vocabulary.nouns.assemblies)
    if assembly and context.vocabulary.events.decides.match(context.passage.masked, name.end):
        return True  # 联合国大会通过决议: the body, not a sitting
    wished = clause.verb and clause.before and rule == "M002"
    if (
        wished
        and clause.verb
        and context.vocabulary.events.wished.search(context.passage.masked[max(0, clause.verb[0] - 6) : clause.verb[0]])
    ):
        return True  # 可举办国际会议, 应尽快召开
    return name.counted and rule != "M001" and not _each_dated(context, clause)


def _each_dated(context: Context, clause: Clause) -> bool:
    """于3月28日（视频方式）和4月17日（莫斯科）举行了两次会议: the sittings are told, not only counted."""
    dates = context.passage.dates_within(clause.start, clause.end, bare=True)
    return any(context.passage.masked[date.end : date.end + 1] == BRACKET for date in dates)


def _weak_head(vocabulary: Vocabulary, name: EventName) -> bool:
    return any(name.core.endswith(noun) for noun in vocabulary.nouns.weak_events)


def _event(context: Context, name: EventName, clause: Clause, sitting: Sitting, rule: str, core: str) -> Event:
    passage, vocabulary = context.passage, context.vocabulary
    behind = _theme_end(context, name, clause)
    host = find_host(passage, context.lexicon, vocabulary, clause.start, clause.verb[1] if clause.verb else name.start)
    host = host or find_host(passage, context.lexicon, vocabulary, name.end, behind, passive=True)
    theme = name.theme or find_theme(passage, vocabulary, clause.start, behind)
    status = read_status(context, name, clause, sitting)
    start, end = min(clause.start, name.start), max(clause.end, name.end)
    bare = vocabulary.names.connectors.match(passage.text, start, end)
    start = bare.end() if bare else start
    ordinal = sitting.ordinal if name.ordinal is None else name.ordinal
    if (
        ordinal is None
        and clause.verb
        and clause.before
        and vocabulary.events.first_time.search(passage.masked, max(0, clause.verb[0] - 4), clause.verb[0])
    ):
        ordinal = 1  # 首次举行X
    return Event(start, end, rule, name, core, sitting, host, theme, status, ordinal=ordinal)


def _theme_end(context: Context, name: EventName, clause: Clause) -> int:
    """A theme may follow the clause, up to the next event."""
    end = context.passage.stops.sentence_end(clause.end)
    following = context.passage.next_head(max(name.end, clause.end), end)
    return end if following is None else following
