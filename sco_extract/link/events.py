"""Group the mentions of meetings: one group an event.

Records are compared only inside a block (a series, or one name), and there in the order of their days, so that cost grows
with the number of records. Inside a block one event is: the same ordinal; or days that overlap and places that may be one;
or a month or year that holds exactly one such event. What could be two events is left apart, with the reason.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from sco_extract.lexicon.load import Lexicon
from sco_extract.link.fold import fold_event
from sco_extract.link.groups import Group, Item, Key
from sco_extract.link.occasions import (
    Occasion,
    is_plain,
    occasion,
    overlap,
    places_differ,
    same_place,
    series_key,
    series_of,
)
from sco_extract.model.records import Meeting

# One ordinal may carry two dates by mistake, even a wrong year; two years apart it is another count.
SAME_ORDINAL_DAYS = 500
# Two sources that give days so near each other, for one series and place, tell of one sitting: opening day or time zone.
NEAR_DAYS = 2
# An event shared by more groups than this on one day and place is a list of everything; not compared.
_CROWD = 40


@dataclass(slots=True, eq=False)
class _Sitting:
    """Occasions found to be one event so far; ``first`` and ``last`` day over those with days."""

    members: list[Occasion]
    ordinals: set[int] = field(default_factory=set)
    first: int | None = None
    last: int | None = None
    near: list[tuple[_Sitting, str]] = field(default_factory=list)

    def add(self, one: Occasion) -> None:
        """Take another occasion in."""
        self.members.append(one)
        if one.record.ordinal is not None:
            self.ordinals.add(one.record.ordinal)
        if one.precision in ("days", "several"):
            self.first = min(one.spans[0][0], self.first or one.spans[0][0])
            self.last = max(one.spans[-1][1], self.last or one.spans[-1][1])

    @property
    def sources(self) -> set[str]:
        """Ids of the sources that tell of it."""
        return {one.source for one in self.members}


def group_meetings(items: Sequence[Item[Meeting]], lexicon: Lexicon) -> list[Group[Meeting]]:
    """The events that ``items`` tell of."""
    blocks: dict[Key, list[Occasion]] = defaultdict(list)
    for item in items:
        blocks[_block(item, lexicon)].append(occasion(item, lexicon))
    sittings = {key: _sittings(sorted(block, key=lambda one: one.order)) for key, block in blocks.items()}
    _join_names(sittings, lexicon)
    return _groups(sittings)


def _block(item: Item[Meeting], lexicon: Lexicon) -> Key:
    record = item.cited.record
    if series := series_of(record, lexicon):
        return "series", series
    if is_plain(fold_event(record.name, lexicon), lexicon):
        return "plain", *series_key(record.name, lexicon), item.cited.source
    return "name", *series_key(record.name, lexicon)


def _sittings(block: Sequence[Occasion]) -> list[_Sitting]:
    """The events of one block, from the firmest to the loosest evidence."""
    found = _by_days([one for one in block if one.precision == "days"])
    found = _by_ordinal(found, [one for one in block if one.precision != "days" and one.record.ordinal is not None])
    found = _near_days(found)
    loose = [one for one in block if one.precision != "days" and one.record.ordinal is None]
    several = [one for one in loose if one.precision == "several"]
    periods = [one for one in loose if one.precision == "period"]
    _place(several, found)
    _place(sorted(periods, key=lambda one: (one.spans[-1][1] - one.spans[0][0], *one.order)), found)
    _place([one for one in loose if one.precision == "none"], found)
    return found


def _by_days(block: Sequence[Occasion]) -> list[_Sitting]:
    """Occasions in the order of their days; one joins the only sitting still open on its first day that it fits."""
    found: list[_Sitting] = []
    active: list[_Sitting] = []
    for one in block:
        active = [sitting for sitting in active if sitting.last is not None and sitting.last >= one.spans[0][0]]
        fits = [sitting for sitting in active if not _against(one, sitting)]
        exact = [sitting for sitting in fits if any(one.spans == other.spans for other in sitting.members)]
        chosen = fits if len(fits) == 1 else exact
        if len(chosen) == 1:
            chosen[0].add(one)
            continue
        sitting = _new(one)
        sitting.near = [(other, _against(one, other) or "more than one sitting on these days") for other in active]
        found.append(sitting)
        active.append(sitting)
    return found


def _new(one: Occasion) -> _Sitting:
    sitting = _Sitting([])
    sitting.add(one)
    return sitting


def _against(one: Occasion, sitting: _Sitting) -> str:
    """Why ``one`` is not this sitting, or an empty string."""
    ordinal = one.record.ordinal
    same_ordinal = ordinal is not None and ordinal in sitting.ordinals
    if ordinal is not None and sitting.ordinals and not same_ordinal:
        here = any(one.cities & other.cities and overlap(one, other) for other in sitting.members)
        if not here:
            return f"differs in ordinals {ordinal} and {min(sitting.ordinals)}"
    for other in sitting.members:
        if (one.record.status == "not_held") != (other.record.status == "not_held"):
            return "the one was held or planned, the other not held"
        if not same_ordinal and places_differ(one, other):
            return f"differs in places {one.record.place} and {other.record.place}"
        if one.source == other.source and not same_ordinal and _told_apart(one, other):
            return "one source tells the two apart"
    return ""


def _told_apart(one: Occasion, other: Occasion) -> bool:
    """Whether a source that lists both means two: one by video and one not, or one planned and one held."""
    by_mode = bool(one.record.mode and other.record.mode and one.video != other.video)
    by_status = one.record.status != other.record.status and one.precision != other.precision
    return by_mode or by_status


def _by_ordinal(found: list[_Sitting], loose: Sequence[Occasion]) -> list[_Sitting]:
    """Sittings with one ordinal are one; ``loose`` are occasions with an ordinal and without a day."""
    numbered: dict[int, list[_Sitting]] = defaultdict(list)
    rest = [sitting for sitting in found if len(sitting.ordinals) != 1]
    for sitting in found:
        if len(sitting.ordinals) == 1:
            _add_numbered(numbered[min(sitting.ordinals)], sitting)
    for one in sorted(loose, key=lambda each: (each.precision == "none", each.order)):
        sittings = numbered[one.record.ordinal or 0]
        fits = [sitting for sitting in sittings if _may_be(one, sitting) and not _held_differs(one, sitting)]
        unnumbered = [
            sitting for sitting in rest if not fits and one.spans and not sitting.ordinals and _holds(one, sitting)
        ]
        if len(fits) == 1:
            fits[0].add(one)
        elif len(unnumbered) == 1:
            unnumbered[0].add(one)
            sittings.append(unnumbered[0])
            rest = [sitting for sitting in rest if sitting is not unnumbered[0]]
        else:
            sitting = _new(one)
            sitting.near = [(other, "the same ordinal, but not clearly the same sitting") for other in fits]
            sitting.near += [
                (other, f"{len(unnumbered)} sittings in this time have no ordinal") for other in unnumbered
            ]
            sittings.append(sitting)
    return [*rest, *(sitting for sittings in numbered.values() for sitting in sittings)]


def _add_numbered(sittings: list[_Sitting], sitting: _Sitting) -> None:
    """Add to the sittings of an ordinal, which come in the order of their days; an early one of a year apart is another."""
    if sittings and sitting.first is not None and sittings[-1].last is not None:
        last = sittings[-1]
        if sitting.first - sittings[-1].last <= SAME_ORDINAL_DAYS and not _statuses_differ(sitting, last):
            for one in sitting.members:
                last.add(one)
            last.near += sitting.near
            return
    sittings.append(sitting)


def _statuses_differ(one: _Sitting, other: _Sitting) -> bool:
    return any(_held_differs(each, other) for each in one.members)


def _held_differs(one: Occasion, sitting: _Sitting) -> bool:
    return any((one.record.status == "not_held") != (other.record.status == "not_held") for other in sitting.members)


def _may_be(one: Occasion, sitting: _Sitting) -> bool:
    """Whether the month or year of ``one``, if it has any, is near the sitting's."""
    if not one.spans or sitting.first is None or sitting.last is None:
        return (
            not one.spans
            or any(overlap(one, other) for other in sitting.members if other.spans)
            or sitting.first is None
        )
    return one.spans[0][0] - SAME_ORDINAL_DAYS <= sitting.last and sitting.first <= one.spans[-1][1] + SAME_ORDINAL_DAYS


def _near_days(found: list[_Sitting]) -> list[_Sitting]:
    """Merge neighbours whose days differ by at most ``NEAR_DAYS`` in different sources and that nothing tells apart."""
    dated = sorted(
        (sitting for sitting in found if sitting.first is not None),
        key=lambda sitting: (sitting.first or 0, sitting.members[0].order),
    )
    gone: set[int] = set()
    for at, (one, other) in enumerate(pairwise(dated)):
        after = dated[at + 2] if at + 2 < len(dated) else None
        crowded = after is not None and _gap(other, after) <= NEAR_DAYS
        if id(one) in gone or crowded or not 0 < _gap(one, other) <= NEAR_DAYS or one.sources & other.sources:
            continue
        if all(same_place(a, b) for a in one.members for b in other.members) and not any(
            _against(a, one) for a in other.members
        ):
            for each in one.members:
                other.add(each)
            other.near += one.near
            gone.add(id(one))
    return [sitting for sitting in found if id(sitting) not in gone]


def _gap(one: _Sitting, other: _Sitting) -> int:
    return (other.first or 0) - (one.last or 0)


def _place(loose: Sequence[Occasion], found: list[_Sitting]) -> None:
    """Give each occasion without a single stretch of days to the only sitting it fits; else it stands for itself."""
    for one in loose:
        fits = [sitting for sitting in found if _holds(one, sitting)]
        here = [sitting for sitting in fits if one.source in sitting.sources]
        exact = [
            sitting for sitting in fits if one.spans and any(other.spans == one.spans for other in sitting.members)
        ]
        if one.precision == "none" and len(here) == 1:
            here[0].add(one)
        elif len(exact) == 1 or (len(fits) == 1 and one.precision == "period"):
            (exact or fits)[0].add(one)
        else:
            sitting = _new(one)
            sitting.near = [(other, _why_open(one, len(fits))) for other in fits]
            found.append(sitting)


def _holds(one: Occasion, sitting: _Sitting) -> bool:
    """Whether the period of ``one`` holds a day of the sitting and nothing speaks against it."""
    in_time = not one.spans or any(overlap(one, other) for other in sitting.members)
    return in_time and not _against(one, sitting)


def _why_open(one: Occasion, count: int) -> str:
    if one.precision == "several":
        return "the one is a list of several sittings"
    if count > 1:
        return f"{count} sittings fit, and this mention does not say which"
    return "this mention has no date and no ordinal, and stands in another source"


def _join_names(sittings: dict[Key, list[_Sitting]], lexicon: Lexicon) -> None:
    """Merge events of two blocks that have the same days and city, and of which one has the other's name in it."""
    at: dict[tuple[int, str], list[tuple[Key, _Sitting]]] = defaultdict(list)
    for key, block in sittings.items():
        for sitting in block:
            cities = {city for one in sitting.members for city in one.cities}
            if sitting.first is not None:
                for city in cities or {""}:
                    at[sitting.first, city].append((key, sitting))
    for (_, city), crowd in sorted(at.items()):
        if 1 < len(crowd) <= _CROWD:
            _join_crowd(crowd, sittings, lexicon, named=bool(city))


def _join_crowd(
    crowd: list[tuple[Key, _Sitting]], sittings: dict[Key, list[_Sitting]], lexicon: Lexicon, *, named: bool
) -> None:
    crowd = sorted(crowd, key=lambda one: (one[0][0] != "series", min(each.order for each in one[1].members)))
    for number, (key, sitting) in enumerate(crowd):
        if key[0] == "series" or sitting not in sittings[key]:
            continue
        fits = [
            (other_key, other)
            for other_key, other in crowd[:number]
            if other in sittings[other_key] and other_key != key and _one_name(sitting, other, lexicon)
        ]
        agree = [one for one in fits if not any(_against(each, one[1]) for each in sitting.members)]
        if named and len(agree) == 1 and key[0] != "plain":
            for one in sitting.members:
                agree[0][1].add(one)
            agree[0][1].near += sitting.near
            sittings[key].remove(sitting)
        else:
            sitting.near += [(other, "the same days, and the one name is part of the other") for _, other in fits]


def _one_name(one: _Sitting, other: _Sitting, lexicon: Lexicon) -> bool:
    """Whether the name of the one holds that of the other, and their organisations do not differ."""
    return any(_holds_name(a.record.name, b.record.name, lexicon) for a in one.members for b in other.members)


def _holds_name(one: str, other: str, lexicon: Lexicon) -> bool:
    a, b = fold_event(one, lexicon), fold_event(other, lexicon)
    if a.organisations and b.organisations and not set(a.organisations) & set(b.organisations):
        return False
    if a.head != b.head or not a.head:
        return False
    short, long = sorted((a.extra, b.extra), key=len)
    return len(short) > 1 and short in long


def _groups(sittings: dict[Key, list[_Sitting]]) -> list[Group[Meeting]]:
    """Groups with keys made of the block and, in this order, ordinal, first day, or the first passage."""
    keys: dict[int, Key] = {}
    for block, found in sittings.items():
        taken: dict[Key, list[_Sitting]] = defaultdict(list)
        for sitting in found:
            taken[(*block, *_mark(sitting))].append(sitting)
        for key, same in taken.items():
            for sitting in same:
                first = min(one.item.order for one in sitting.members)
                keys[id(sitting)] = key if len(same) == 1 else (*key, *first)
    return [
        Group(
            keys[id(sitting)],
            sorted((one.item for one in sitting.members), key=lambda item: item.order),
            [(keys[id(other)], why) for other, why in _alive(sitting.near, keys)],
        )
        for found in sittings.values()
        for sitting in found
    ]


def _alive(near: Iterable[tuple[_Sitting, str]], keys: dict[int, Key]) -> Iterable[tuple[_Sitting, str]]:
    return ((other, why) for other, why in near if id(other) in keys)


def _mark(sitting: _Sitting) -> Key:
    """What tells the sitting from others of its series: its ordinal, else its first day, else place and source."""
    status = "not held" if sitting.members[0].record.status == "not_held" else ""

    if len(sitting.ordinals) == 1:
        return "ordinal", min(sitting.ordinals), status
    dates = sorted(date for one in sitting.members for date in one.record.dates)
    if dates:
        return "date", dates[0], status
    first = min(one.item.order for one in sitting.members)
    return "source", *first
