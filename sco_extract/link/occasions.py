"""What is known of the time and place of an event as a source tells it, ready for comparing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from sco_extract.lexicon.load import Lexicon
from sco_extract.link.fold import Folded, comparable, fold_event
from sco_extract.link.groups import Item, Key, days
from sco_extract.model.records import Meeting

# A stretch of so many days is a period in which something happens (2023-02 is the shortest month), not the days of the event
# itself; the longest exhibitions and games in the lexicon's examples run less than four weeks.
PERIOD_DAYS = 28

Precision = Literal["days", "several", "period", "none"]
_CITIES = re.compile("[、,，和]")


@dataclass(frozen=True, slots=True, eq=False)
class Occasion:
    """One record of a meeting. ``spans`` are first and last days as ordinals, sorted; ``cities`` and ``country`` (ISO) say where.

    ``precision``: ``days`` for one stretch of days, ``several`` for more, ``period`` for a month or year, ``none``.
    """

    item: Item[Meeting]
    spans: tuple[tuple[int, int], ...]
    precision: Precision
    cities: frozenset[str]
    country: str | None
    video: bool

    @property
    def source(self) -> str:
        """Id of the source."""
        return self.item.cited.source

    @property
    def record(self) -> Meeting:
        """The record as the source has it."""
        return self.item.cited.record

    @property
    def order(self) -> tuple[int, int, str, tuple[str, int, int]]:
        """Earlier and shorter ones first; content only."""
        first, last = self.spans[0] if self.spans else (0, 0)
        return first, last, self.record.place or "", self.item.order


def occasion(item: Item[Meeting], lexicon: Lexicon) -> Occasion:
    """What the record says of time and place; names of places in the form of the lexicon."""
    record = item.cited.record
    spans = tuple(sorted({bounds for one in record.dates if (bounds := days(one))}))
    cities, country = _where(record.place, record.country, lexicon)
    return Occasion(item, spans, _precision(spans), cities, country, record.mode == "video")


def _precision(spans: tuple[tuple[int, int], ...]) -> Precision:
    if not spans:
        return "none"
    if any(last - first + 1 >= PERIOD_DAYS for first, last in spans):
        return "period"
    return "days" if len(spans) == 1 else "several"


def _where(place: str | None, country: str | None, lexicon: Lexicon) -> tuple[frozenset[str], str | None]:
    if not place:
        return frozenset(), country
    if known := lexicon.places.get(place):
        return frozenset((known.name,)), known.country
    if state := lexicon.countries.get(place):
        return frozenset(), state.iso
    parts = [part for part in _CITIES.split(place) if part]
    return frozenset(
        lexicon.places[part].name if part in lexicon.places else comparable(part) for part in parts
    ), country


def places_differ(one: Occasion, other: Occasion) -> bool:
    """Whether the two are said to be held in different cities or countries."""
    if one.cities and other.cities:
        return not one.cities & other.cities
    return bool(one.country and other.country and one.country != other.country)


def same_place(one: Occasion, other: Occasion) -> bool:
    """Whether both are said to be held in the same city, or both by video."""
    return bool(one.cities & other.cities) or (one.video and other.video)


def overlap(one: Occasion, other: Occasion) -> bool:
    """Whether a day of the one may be a day of the other."""
    return any(a <= d and c <= b for a, b in one.spans for c, d in other.spans)


def is_plain(folded: Folded, lexicon: Lexicon) -> bool:
    """Whether a name is one that any event may have (国际会议, 专门工作组会议)."""
    if folded.organisations or folded.years:
        return False
    return _plain_words(lexicon).fullmatch(folded.extra) is not None


@cache
def _plain_words(lexicon: Lexicon) -> re.Pattern[str]:
    words = sorted(lexicon.words("link_event_plain"), key=len, reverse=True)
    return re.compile(f"(?:{'|'.join(map(re.escape, words))})*+.?")


def series_key(name: str, lexicon: Lexicon) -> Key:
    """A name as the key of its series: core, organisations and years; ordinals tell sittings apart, not series."""
    folded = fold_event(name, lexicon)
    return folded.core, folded.organisations, folded.years


def series_of(record: Meeting, lexicon: Lexicon) -> str | None:
    """Id of the series in the lexicon: the record's, else the one of its name, else of [organisation][place]峰会 without the place."""
    if record.series:
        return record.series
    found = series_named(record.name, lexicon)
    if found is None and record.place:
        folded = fold_event(record.name, lexicon)
        core = folded.core.replace(comparable(record.place), "", 1)
        if folded.organisations and core != folded.core:
            found = _series_index(lexicon).get((core, folded.organisations, folded.years))
    return found


def series_named(name: str, lexicon: Lexicon) -> str | None:
    """Id of the series that has ``name``, or a name folded alike, among its names; None where none or several have it."""
    if exact := lexicon.bodies.get(name):
        return exact.id
    return _series_index(lexicon).get(series_key(name, lexicon))


def series_by_key(key: Key, lexicon: Lexicon) -> str | None:
    """Id of the series whose name folds to ``key``; None where none or several do."""
    return _series_index(lexicon).get(key)


@cache
def _series_index(lexicon: Lexicon) -> dict[Key, str | None]:
    """Series by the key of each name; None where two series share a key or any event may have the name."""
    index: dict[Key, str | None] = {}
    for name, body in lexicon.bodies.items():
        key = series_key(name, lexicon)
        taken = index.setdefault(key, body.id)
        if taken != body.id or is_plain(fold_event(name, lexicon), lexicon):
            index[key] = None
    return index
