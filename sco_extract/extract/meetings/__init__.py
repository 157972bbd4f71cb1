"""Meetings, forums, exhibitions: events that the text says were, will be or were not held."""

from __future__ import annotations

from sco_extract.extract.meetings.calendar import read_calendars, read_lists
from sco_extract.extract.meetings.clause import Context
from sco_extract.extract.meetings.events import Event, read_sentence
from sco_extract.extract.meetings.follow import adopt, inherit, read_labels, tell_more
from sco_extract.extract.meetings.merge import Names, Told, merge, names_of
from sco_extract.extract.meetings.names import is_quoted_event
from sco_extract.extract.meetings.passage import Passage
from sco_extract.extract.meetings.rules import RULES
from sco_extract.extract.meetings.sectors import Sectors
from sco_extract.extract.meetings.vocab.marks import QUOTE
from sco_extract.extract.meetings.vocabulary import Vocabulary, vocabulary
from sco_extract.extract.meetings.words import Words
from sco_extract.extract.positions import Placed
from sco_extract.extract.unit import Unit
from sco_extract.model.mentions import MeetingMention

__all__ = ["RULES", "find_meetings"]


def find_meetings(unit: Unit) -> tuple[MeetingMention, ...]:
    """One mention an event, in the order of first mention; ``unit`` has its dates and documents already."""
    words = vocabulary(unit.lexicon)
    passage = Passage.of(unit.text, unit.dates, words.nouns.heads)
    context = Context(passage, words, unit.lexicon, Words(unit.lexicon), unit.document_date)
    heads = _heads(passage, words)
    instruments = Placed(unit.instruments)
    events: list[Event] = []
    for start, end, points in passage.sentences(list(heads)):
        found = read_sentence(context, start, end, [(point, heads[point]) for point in points])
        found = inherit(context, events[-1] if events else None, found)
        if events and not found:
            tell_more(context, events[-1], start, end, instruments)
        if found and not found[-1].sitting.dates:
            read_labels(context, found[-1])
        adopt(found, end, instruments)
        events.extend(found)
    events.extend(read_calendars(context, unit.document))
    events.extend(read_lists(context, unit.document))
    events.sort(key=lambda event: (event.start, event.end))
    names, sectors = names_of(unit.lexicon), Sectors(unit, words.lists.planned_heading)
    return tuple(_mention(told, names, sectors) for told in merge(events, names))


def _heads(passage: Passage, words: Vocabulary) -> dict[int, int]:
    """Start and end of every head noun outside titles, brackets and quotations, in order."""
    found = dict(zip(passage.head_starts, passage.head_ends, strict=True))
    found |= {match.start(): match.end() for match in words.nouns.elliptic.finditer(passage.masked)}
    for start, end in zip(passage.group_starts, passage.group_ends, strict=True):
        if passage.masked[start] == QUOTE and is_quoted_event(passage, words, start, end):
            found[start] = end
    return dict(sorted(found.items()))


def _mention(told: Told, names: Names, sectors: Sectors) -> MeetingMention:
    place = None if told.mode == "video" else told.place
    return MeetingMention(
        start=told.first.start,
        end=told.first.end,
        rule=told.first.rule,
        name=told.first.core,
        mentions=tuple(sorted(set(told.mentions))),
        series=told.series,
        ordinal=told.ordinal,
        dates=tuple(told.dates),
        place=place.name if place else None,
        country=place.country if place else None,
        mode=told.mode,
        host=told.host,
        theme=told.theme,
        status="planned" if told.status == "held" and sectors.lies_ahead(told.first.start) else told.status,
        documents=tuple(told.documents),
        sector=sectors.of(told.first.start, told.first.core, told.series),
    )
