"""The values of an entity, chosen from the records it was made from; nothing is made up, and no value stays null.

The rule for every field: records that report something done go before announcements and drafts; among these the most
specific value, then the one most records give, then the first by source and passage.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from sco_extract.lexicon.load import Lexicon
from sco_extract.link.documents import title_of
from sco_extract.link.groups import days
from sco_extract.link.linked import Cited
from sco_extract.link.occasions import series_of
from sco_extract.model.mentions import InstrumentAction, MeetingStatus
from sco_extract.model.records import (
    Action,
    ActionEntity,
    Candidate,
    Instrument,
    InstrumentEntity,
    Meeting,
    MeetingEntity,
    Mention,
    Participant,
    ParticipantEntity,
    Span,
)

Value = TypeVar("Value", str, int, tuple[str, ...], None)

# What happened to a document, the most telling first.
_ACTIONS: tuple[InstrumentAction, ...] = (
    "adopted", "signed", "approved", "extended", "agreed", "implementing", "drafting", "mentioned",
)  # fmt: skip
_STATUSES: tuple[MeetingStatus, ...] = ("held", "planned", "not_held")


def choose(values: Iterable[Value | None], specific: Callable[[Value], float] = lambda _: 0.0) -> Value | None:
    """The most specific value, then the most frequent, then the first; None where all are None."""
    given = [value for value in values if value]
    counts = Counter(given)
    return max(given, key=lambda value: (specific(value), counts[value]), default=None)


def _precise(dates: tuple[str, ...]) -> float:
    """Fewer open days are more specific."""
    bounds = _bounds(dates)
    return -sum(last - first for first, last in bounds) if bounds else -float(sys.maxsize)


def _precise_date(date: str) -> float:
    return _precise((date,))


def _variants(name: str, others: Iterable[str]) -> list[str]:
    return sorted(set(others) - {name})


def _mentions(pairs: Iterable[tuple[str, Iterable[Span]]]) -> list[Mention]:
    return [Mention(source=source, span=span) for source, spans in pairs for span in spans]


def _union(lists: Iterable[Iterable[str]]) -> list[str]:
    return list(dict.fromkeys(value for values in lists for value in values))


def meeting_entity(
    identity: str,
    members: Sequence[Cited[Meeting]],
    candidates: list[Candidate],
    decisions: list[str],
    lexicon: Lexicon,
) -> MeetingEntity:
    """One event. A city is more specific than a country, a day than a month.

    Time and place are those of records that agree on the time, so that of two contradicting reports the entity does not
    take the day of the one and the city of the other; its passage is the first that gives the time.
    """
    records = [cited.record for cited in members]
    status = next(one for one in _STATUSES if any(record.status == one for record in records))
    telling = [record for record in records if record.status == status]
    ordered = [*telling, *(record for record in records if record.status != status)]
    name = choose((record.name for record in telling), len) or records[0].name
    dates = _dates(telling) or _dates(ordered)
    agreeing = [record for record in ordered if _agree(tuple(record.dates), dates)]
    near = [record for record in agreeing if record.status == status]
    place = choose((record.place for record in near), lambda one: one not in lexicon.countries) or choose(
        record.place for record in agreeing
    )
    where = [record for record in agreeing if record.place == place]
    passage = next(
        (one for one in members if one.record.status == status and tuple(one.record.dates) == dates), members[0]
    )
    return MeetingEntity(
        id=identity,
        source=passage.source,
        span=passage.record.span,
        rule=passage.record.rule,
        variants=_variants(name, (record.name for record in records)),
        mentions=_mentions((cited.source, cited.record.mentions or [cited.record.span]) for cited in members),
        candidates=candidates,
        decisions=decisions,
        name=name,
        series=choose(series_of(record, lexicon) for record in records),
        ordinal=choose(record.ordinal for record in telling) or choose(record.ordinal for record in ordered),
        dates=list(dates),
        place=place,
        country=choose(record.country for record in where) or choose(record.country for record in agreeing),
        mode=next((record.mode for record in (*where, *agreeing) if record.mode), None),
        host=choose(record.host for record in ordered),
        theme=choose((record.theme for record in ordered), len),
        status=status,
        documents=_union(record.documents for record in records),
        sector=choose(record.sector for record in records),
    )


def _dates(records: Iterable[Meeting]) -> tuple[str, ...]:
    return choose((tuple(record.dates) for record in records), _precise) or ()


def _agree(said: tuple[str, ...], chosen: tuple[str, ...]) -> bool:
    """Whether a record's dates can be those chosen: none are given, or a day belongs to both."""
    if not said or not chosen or said == chosen:
        return True
    return any(a <= d and c <= b for a, b in _bounds(said) for c, d in _bounds(chosen))


def _bounds(dates: Iterable[str]) -> list[tuple[int, int]]:
    return [found for date in dates if (found := days(date))]


def instrument_entity(
    identity: str, members: Sequence[Cited[Instrument]], candidates: list[Candidate], decisions: list[str]
) -> InstrumentEntity:
    """One document. Its title as most records have it, the longest of these; a draft only where no record has it final."""
    records = [cited.record for cited in members]
    final = [record for record in records if not record.draft] or records
    counts = Counter(title_of(record) for record in final)
    title = max(counts, key=lambda one: (counts[one], len(one)))
    ordered = [*final, *(record for record in records if record.draft and record not in final)]
    return InstrumentEntity(
        id=identity,
        source=members[0].source,
        span=records[0].span,
        rule=records[0].rule,
        variants=_variants(title, (record.title for record in records)),
        mentions=_mentions((cited.source, [cited.record.span]) for cited in members),
        candidates=candidates,
        decisions=decisions,
        title=title,
        kind=choose(record.kind for record in ordered if title_of(record) == title) or choose(r.kind for r in ordered),
        date=choose((record.date for record in final), _precise_date) or choose(record.date for record in records),
        place=choose(record.place for record in final) or choose(record.place for record in records),
        body=choose((record.body for record in final), len) or choose(record.body for record in records),
        draft=all(record.draft for record in records),
        action=min((record.action for record in final), key=_ACTIONS.index),
        refers_to=None,
        lifecycle=[],  # follows once the meetings and measures of the corpus are known (lifecycle.py)
    )


def participant_entity(
    identity: str, members: Sequence[Cited[Participant]], candidates: list[Candidate], decisions: list[str]
) -> ParticipantEntity:
    """One person, under the longest of the names, with the office that most records give."""
    records = [cited.record for cited in members]
    name = choose((record.name for record in records), len) or records[0].name
    return ParticipantEntity(
        id=identity,
        source=members[0].source,
        span=records[0].span,
        rule=records[0].rule,
        variants=_variants(name, (record.name for record in records)),
        mentions=_mentions((cited.source, cited.record.mentions or [cited.record.span]) for cited in members),
        candidates=candidates,
        decisions=decisions,
        name=name,
        title=choose(record.title for record in records),
        country=choose(record.country for record in records),
        role=Counter(record.role for record in records).most_common(1)[0][0],
    )


def action_entity(
    identity: str, members: Sequence[Cited[Action]], candidates: list[Candidate], decisions: list[str]
) -> ActionEntity:
    """One row of a plan, or rows that a person declared to be one; the first row's values."""
    cited = members[0]
    record = cited.record
    return ActionEntity(
        id=identity,
        source=cited.source,
        span=record.span,
        rule=record.rule,
        variants=_variants(record.measure, (one.record.measure for one in members)),
        mentions=_mentions((one.source, [one.record.span]) for one in members),
        candidates=candidates,
        decisions=decisions,
        area=record.area,
        subarea=record.subarea,
        number=record.number,
        measure=record.measure,
        deadline=record.deadline,
        executors=record.executors,
        documents=record.documents,
    )
