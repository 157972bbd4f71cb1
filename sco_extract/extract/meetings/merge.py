"""Which tellings are one event: the same name at the same time, or two names at one time and place."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache

from sco_extract.extract.alternatives import alternatives
from sco_extract.extract.meetings.attributes import Place
from sco_extract.extract.meetings.events import Event
from sco_extract.lexicon.load import Lexicon, alternation
from sco_extract.model.mentions import MeetingMode, MeetingStatus

_NOISE = re.compile(r"[“”\"「」『』‘’\s—–\-－·、，,：:（）()]")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
# Two names of one event share more than half of their character pairs; names of two sittings of different ministers on
# one day in one city share less (能源部长会议 and 交通部长会议: 0.4).
_ALIKE = 0.55
_COMPARED = 60  # tellings a key; the fullest page met files 25 under one
_TAIL = 5  # code points that the ends of two names for one event have in common at least


@dataclass(slots=True, eq=False)
class Told:
    """One event with everything its tellings say; the first telling leads."""

    first: Event
    key: str
    head: str
    series: str | None
    ordinal: int | None
    dates: list[str]
    place: Place | None
    mode: MeetingMode | None
    host: str | None
    theme: str | None
    status: MeetingStatus
    mentions: list[tuple[int, int]] = field(default_factory=list)
    documents: list[str] = field(default_factory=list)


@cache
def names_of(lexicon: Lexicon) -> Names:
    """The names of ``lexicon``, made once."""
    return Names(lexicon)


class Names:
    """Names made comparable, and their series."""

    def __init__(self, lexicon: Lexicon) -> None:
        names = {one: (one.name, *one.aliases) for one in lexicon.organisation}
        self._short = {name: min(all_, key=len) for all_ in names.values() for name in all_}
        self._organisation = re.compile(alternatives(self._short)) if self._short else None
        self._filler = re.compile(alternatives(lexicon.words("name_filler")))
        self._summit = lexicon.words("summit")
        self._leaders = re.compile(alternatives(lexicon.words("leaders")))
        self._city = re.compile(alternatives(place.name for place in lexicon.place if place.kind == "city"))
        plain = alternatives(lexicon.words("plain_sitting"))
        bodies = alternation((*lexicon.words("sitting_body"), *lexicon.words("sitting_forum")))
        self._plain = lexicon.words("plain_sitting")
        self._sitting = re.compile(rf"(?:(?<={')|(?<='.join(bodies.split('|'))}))(?:{plain})$")
        self._heads = frozenset(event.name for event in lexicon.event)
        self._lengths = sorted({len(name) for name in self._heads}, reverse=True)
        self._series: dict[str, str] = {}
        for name, body in lexicon.bodies.items():
            self._series.setdefault(self.key(name), body.id)

    def key(self, name: str) -> str:
        """The name without marks and fillers, organisations by their short form, 会议 behind a body dropped."""
        plain = _NOISE.sub("", name)
        if self._organisation is not None:
            plain = self._organisation.sub(lambda match: self._short[match.group()], plain)
        plain = self._filler.sub("", plain)
        return self._sitting.sub("", plain)

    def series(self, key: str) -> str | None:
        """The id of the body in the lexicon whose sitting the name of ``key`` is; None where none is known for certain."""
        if key not in self._series and self.is_summit(key):
            key = self._city.sub("", key)  # 上合组织阿斯塔纳峰会
        for plain in self._plain:
            for known in (key, key + plain, key.removesuffix(plain)):
                if known in self._series:
                    return self._series[known]
        return None

    def is_summit(self, name: str) -> bool:
        """Whether the name is that of a meeting of leaders."""
        return name.endswith(self._summit) or self._leaders.search(name) is not None

    def head(self, name: str) -> str:
        """The head noun of the name."""
        return next((name[-length:] for length in self._lengths if name[-length:] in self._heads), "")


def merge(events: list[Event], names: Names) -> list[Told]:
    """One :class:`Told` an event, in the order of their first tellings.

    A telling is compared only with those filed under what two tellings of one event must share, and with the last
    ``_COMPARED`` of them, so that a list of thousands costs no more than its length.
    """
    found: list[Told] = []
    files: dict[tuple[object, ...], list[Told]] = defaultdict(list)
    known: set[tuple[int, tuple[object, ...]]] = set()
    for event in events:
        told = _told(event, names)
        near: dict[int, Told] = {}
        for key in _wanted(told, names):
            near.update({id(one): one for one in files[key][-_COMPARED:]} if key in files else {})
        same = [one for one in near.values() if _same(one, told, names)]
        if len(same) == 1:
            _add(same[0], told)
            told = same[0]
        elif _repeats(told, same):
            continue
        else:
            found.append(told)
        for key in _filed(told, names):
            if (id(told), key) not in known:
                known.add((id(told), key))
                files[key].append(told)
    return [one for one in found if one.dates or one.ordinal is not None or one.place]


def _filed(told: Told, names: Names) -> list[tuple[object, ...]]:
    """The keys under which a telling is found again."""
    tail = told.key[-_TAIL:]
    periods: list[str | None] = list(dict.fromkeys(period for date in told.dates for period in (date[:7], date[:4])))
    return [("name", tail), *(("name", tail, period) for period in periods or [None]), *_facts(told, names)]


def _wanted(told: Told, names: Names) -> list[tuple[object, ...]]:
    """The keys under which tellings of the same event are looked for: without a date, all of the name."""
    tail = told.key[-_TAIL:]
    if not told.dates:
        return [("name", tail), *_facts(told, names)]
    return [*_filed(told, names)[1:], ("name", tail, None)]


def _facts(told: Told, names: Names) -> list[tuple[object, ...]]:
    """What else may be shared: series with a date or ordinal, ordinal with the place, day with the kind of event."""
    keys: list[tuple[object, ...]] = []
    if told.series:
        keys.extend(("series", told.series, date) for date in told.dates)
        keys.append(("series", told.series, told.ordinal))
    if told.ordinal is not None and told.place:
        keys.append(("ordinal", told.ordinal, told.place.name))
    if told.dates:
        where = told.place.name if told.place else told.mode
        keys.append(("day", told.dates[0], told.head, where))
        if names.is_summit(told.key):
            keys.append(("day", told.dates[0], "summit"))
    return keys


def _told(event: Event, names: Names) -> Told:
    mention = (event.name.start, event.name.end)
    return Told(
        event,
        key := names.key(event.core),
        names.head(key),
        names.series(key),
        event.ordinal,
        list(event.sitting.dates),
        event.sitting.place,
        event.sitting.mode,
        event.host,
        event.theme,
        event.status,
        [mention, *event.mentions],
        list(event.documents),
    )


def _repeats(told: Told, same: list[Told]) -> bool:
    """A telling without date that fits several events says nothing new: it is none of its own."""
    return len(same) > 1 and not told.dates


def _same(one: Told, other: Told, names: Names) -> bool:
    if one.ordinal is not None and other.ordinal is not None and one.ordinal != other.ordinal:
        return False
    if {one.status, other.status} == {"held", "not_held"} or other.first.name.sitting or one.first.name.sitting:
        return False
    if one.place and other.place and not _same_place(one.place, other.place):
        return False
    if _same_name(one.key, other.key) or _same_series(one, other):
        if one.mode and other.mode and one.mode != other.mode and one.dates != other.dates:
            return False
        return _dates_agree(one, other)
    numbered = one.ordinal is not None and one.ordinal == other.ordinal
    if numbered and one.place and other.place and not (one.dates and other.dates) and _alike(one, other):
        return True
    exact = one.dates == other.dates and any(_DAY.match(date) for date in one.dates)
    placed = one.place is not None and other.place is not None
    if exact and placed and names.is_summit(one.key) and names.is_summit(other.key):
        return True
    return exact and (placed or one.mode == other.mode == "video") and _alike(one, other)


def _same_series(one: Told, other: Told) -> bool:
    """阿中峰会 and 中国—阿拉伯国家峰会, the lexicon says, are one series; a date or an ordinal in common must say the rest."""
    if one.series is None or one.series != other.series:
        return False
    return bool(set(one.dates) & set(other.dates)) or (one.ordinal is not None and one.ordinal == other.ordinal)


def _same_place(one: Place, other: Place) -> bool:
    return one.name == other.name or one.name.endswith(other.name) or other.name.endswith(one.name)


def _same_name(one: str, other: str) -> bool:
    if one == other:
        return True
    long, short = (one, other) if len(one) > len(other) else (other, one)
    return len(short) >= _TAIL and long.endswith(short) and len(long) - len(short) <= 6


def _dates_agree(one: Told, other: Told) -> bool:
    if one.dates and other.dates:
        return (
            set(one.dates) <= set(other.dates) or set(other.dates) <= set(one.dates) or _within(one.dates, other.dates)
        )
    if one.ordinal is not None or other.ordinal is not None:
        return one.ordinal == other.ordinal or None in (one.ordinal, other.ordinal)
    return True


def _within(one: list[str], other: list[str]) -> bool:
    """2024-07 and 2024-07-04 may be one date."""
    if len(one) != 1 or len(other) != 1 or "/" in one[0] + other[0]:
        return False
    return one[0].startswith(other[0]) or other[0].startswith(one[0])


def _alike(one: Told, other: Told) -> bool:
    if one.head != other.head:
        return False
    pairs = [{key[i : i + 2] for i in range(len(key) - 1)} for key in (one.key, other.key)]
    return 2 * len(pairs[0] & pairs[1]) > _ALIKE * (len(pairs[0]) + len(pairs[1]))


def _add(told: Told, other: Told) -> None:
    """Fill what the first telling leaves open."""
    if len(other.dates) == 1 == len(told.dates) and len(other.dates[0]) > len(told.dates[0]):
        told.dates = other.dates
    told.dates = told.dates or other.dates
    told.ordinal = told.ordinal if told.ordinal is not None else other.ordinal
    told.place = told.place or other.place
    told.mode = told.mode or other.mode
    told.host = told.host or other.host
    told.theme = told.theme or other.theme
    told.mentions.extend(other.mentions)
    told.documents.extend(title for title in other.documents if title not in told.documents)
