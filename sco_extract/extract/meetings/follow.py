"""What stands outside an event's own clause: its parent event, the sentences that go on about it, what it adopted."""

from __future__ import annotations

from sco_extract.extract.meetings.attributes import find_host, find_theme, name_party, read_place, values_of
from sco_extract.extract.meetings.clause import Context, settle_mode
from sco_extract.extract.meetings.events import Event
from sco_extract.extract.positions import Placed
from sco_extract.model.mentions import InstrumentMention

_CONCLUDED = ("adopted", "approved", "signed", "agreed")
_LABELS = 3  # lines behind a name that may say 时间 and 地点
_CITY = 8  # code points of the longest name of a city
_NEAR = 400  # code points over which 会议 still means the event before; two paragraphs of a communiqué


def inherit(context: Context, last: Event | None, found: list[Event]) -> list[Event]:
    """Convention 5: an event held 期间, 框架下 or 同期 takes date and place of its parent; without one it is none."""
    kept: list[Event] = []
    parent: Event | None = None
    masked, vocabulary = context.passage.masked, context.vocabulary
    for event in found:
        before = kept[-1] if kept else last
        hint = vocabulary.follow.find_parent(masked, max(0, event.start - 1), event.end)
        if hint is not None:
            parent = before
            _take_place_of_summit(context, event, hint.start())
        elif event.sitting.dates:
            parent = None
        if parent is not None:
            _take_after(event, parent)
        same_day = vocabulary.follow.same_day.match(masked, event.start)
        if same_day and before is not None and not event.sitting.dates:
            event.sitting.dates = list(before.sitting.dates)
        if event.sitting.dates or event.ordinal is not None or event.sitting.place is not None:
            kept.append(event)
    return kept


def _take_place_of_summit(context: Context, event: Event, at: int) -> None:
    """在阿斯塔纳峰会间隙: the city in front of the parent's head noun."""
    for city in context.vocabulary.places.place.finditer(context.passage.masked, max(0, at - _CITY), at):
        if city.end() == at and event.sitting.unplaced:
            event.sitting.place = read_place(city.group(), context.lexicon, context.vocabulary, known=True)
            settle_mode(event.sitting)


def _take_after(event: Event, parent: Event) -> None:
    dates = event.sitting.dates
    if dates and dates != parent.sitting.dates:
        return
    event.sitting.dates = dates or list(parent.sitting.dates)
    if event.sitting.unplaced:
        event.sitting.place, event.sitting.mode = parent.sitting.place, parent.sitting.mode


def tell_more(context: Context, event: Event, start: int, end: int, instruments: Placed[InstrumentMention]) -> None:
    """A sentence that goes on about ``event`` (会议由X主持, 会议主题为…, 本次会议通过了…) adds to it."""
    passage, vocabulary = context.passage, context.vocabulary
    if start - event.end > _NEAR:
        return
    begin = start + len(passage.masked[start:end]) - len(passage.masked[start:end].lstrip())
    opening = vocabulary.follow.opening_anaphor.match(passage.masked, begin, end)
    mention = opening or vocabulary.follow.anaphor.search(passage.masked, start, end)
    chaired = vocabulary.follow.chaired.match(passage.masked, begin, end)
    if mention is None and chaired is None:
        return
    if mention is not None:
        event.mentions.append(mention.span())
    if event.host is None and chaired is not None:
        party = vocabulary.places.country.match(chaired["party"])
        event.host = name_party(party.group(), context.lexicon, vocabulary, strict=True) if party else None
    elif event.host is None:
        event.host = find_host(passage, context.lexicon, vocabulary, start, end)
    event.theme = event.theme or find_theme(passage, vocabulary, start, end)
    _conclude(event, start, end, instruments)


def read_labels(context: Context, event: Event) -> None:
    """第四次外长会 on a line of its own, then 时间：2012年9月12日 and 地点：阿斯塔纳 on the next lines."""
    passage, vocabulary = context.passage, context.vocabulary
    at = passage.stops.sentence_end(event.name.end)
    for _ in range(_LABELS):
        label = vocabulary.follow.labeled.match(passage.masked, at + 1)
        if label is None:
            return
        at = passage.stops.sentence_end(label.end())
        if label.lastgroup == "date" and not event.sitting.dates:
            event.sitting.dates = values_of(passage.dates_within(label.end(), at))
        elif label.lastgroup == "place" and event.sitting.unplaced:
            event.sitting.place = read_place(passage.text[label.end() : at], context.lexicon, vocabulary)
            settle_mode(event.sitting)


def adopt(found: list[Event], end: int, instruments: Placed[InstrumentMention]) -> None:
    """Documents that the rest of the sentence says were adopted belong to the last event before them."""
    for index, event in enumerate(found):
        upto = found[index + 1].start if index + 1 < len(found) else end
        _conclude(event, event.start, upto, instruments)


def _conclude(event: Event, start: int, end: int, instruments: Placed[InstrumentMention]) -> None:
    for instrument in instruments.within(start, end):
        if instrument.kind and instrument.action in _CONCLUDED and not instrument.draft:
            dated = instrument.date is not None and event.sitting.dates and instrument.date not in event.sitting.dates
            if not dated and instrument.title not in event.documents:
                event.documents.append(instrument.title)
