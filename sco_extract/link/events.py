"""Group the mentions of meetings: one group an event.

Records are compared only inside a block (a series, or one name), and there in the order of their days, so that cost grows
with the number of records. Inside a block one event is: the same ordinal; or days that overlap and places that may be one;
or a month or year that holds exactly one such event. What could be two events is left apart, with the reason.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

from sco_extract.lexicon.load import Lexicon
from sco_extract.link.fold import fold_event
from sco_extract.link.groups import Group, Item, Key
from sco_extract.link.occasions import Occasion, is_plain, occasion, same_place, series_key, series_of
from sco_extract.link.sittings import Sitting, Timeline, note_undated
from sco_extract.model.records import Meeting

# One ordinal may carry two dates by mistake, even a wrong year; two years apart it is another count.
SAME_ORDINAL_DAYS = 500
# An announced sitting that is held so many days late is still looked for; a yearly body meets again after a year.
LATE_DAYS = 330
# Two sources that give days so near each other, for one series and place, tell of one sitting: opening day or time zone.
NEAR_DAYS = 2
# Candidates that a person would look at.
_SHOWN = 5
# An event shared by more groups than this on one day and place is a list of everything; not compared.
_CROWD = 40


def group_meetings(items: Sequence[Item[Meeting]], lexicon: Lexicon) -> list[Group[Meeting]]:
    """The events that ``items`` tell of."""
    blocks: dict[Key, list[Occasion]] = defaultdict(list)
    for item in items:
        blocks[_block(item, lexicon)].append(occasion(item, lexicon))
    sittings = {
        key: _sittings(sorted(block, key=lambda one: one.order), strict=_is_strict(key))
        for key, block in blocks.items()
    }
    _join_names(sittings, lexicon)
    return _groups(sittings)


def _block(item: Item[Meeting], lexicon: Lexicon) -> Key:
    record = item.cited.record
    if series := series_of(record, lexicon):
        return "series", series
    if is_plain(fold_event(record.name, lexicon), lexicon):
        return "plain", *series_key(record.name, lexicon), *item.order
    return "name", *series_key(record.name, lexicon)


def _is_strict(block: Key) -> bool:
    """Whether a block's name belongs to no series and no organisation, so that others may have it, too."""
    return block[0] == "name" and not block[2]


def _sittings(block: Sequence[Occasion], *, strict: bool) -> list[Sitting]:
    """The events of one block, from the firmest to the loosest evidence."""
    found = _by_days([one for one in block if one.precision == "days"], strict=strict)
    found = _by_ordinal(
        found, [one for one in block if one.precision != "days" and one.record.ordinal is not None], strict=strict
    )
    timeline = Timeline(_near_days(found), strict=strict)
    loose = [one for one in block if one.precision != "days" and one.record.ordinal is None]
    for precision in ("several", "period", "none"):
        some = [one for one in loose if one.precision == precision]
        for one in sorted(some, key=lambda each: (_length(each), *each.order)):
            _place(one, timeline)
    _note_delays(timeline.sittings)
    note_undated(timeline.sittings)
    return timeline.sittings


def _note_delays(sittings: Sequence[Sitting]) -> None:
    """Note for an announced sitting that no source reports the next one of its series: it may have been held later."""
    held = sorted(
        (sitting.first, number)
        for number, sitting in enumerate(sittings)
        if sitting.first is not None and any(one.record.status == "held" for one in sitting.said.values())
    )
    for sitting in sittings:
        spans = [span for one in sitting.said.values() for span in one.spans]
        if not spans or any(one.record.status != "planned" for one in sitting.said.values()) or sitting.ordinals:
            continue
        begin, end = min(spans)[0], max(last for _, last in spans)
        at = bisect_left(held, (begin, 0))
        if at < len(held) and held[at][0] <= end + LATE_DAYS:
            sitting.near.append(
                (sittings[held[at][1]], "announced for another time; the next sitting known of the series")
            )


def _length(one: Occasion) -> int:
    return one.spans[-1][1] - one.spans[0][0] if one.spans else 0


def _by_days(block: Sequence[Occasion], *, strict: bool) -> list[Sitting]:
    """Occasions in the order of their days; one joins the only sitting still open on its first day that it fits."""
    found: list[Sitting] = []
    active: list[Sitting] = []
    for one in block:
        active = [sitting for sitting in active if sitting.last is not None and sitting.last >= one.spans[0][0]]
        why = [(sitting, sitting.against(one)) for sitting in active]
        fits = [sitting for sitting, reason in why if not reason]
        exact = [sitting for sitting in fits if any(one.spans == other.spans for other in sitting.said.values())]
        chosen = fits if len(fits) == 1 else exact
        if len(chosen) == 1:
            chosen[0].add(one)
            continue
        sitting = Sitting.of(one, strict=strict)
        sitting.near = [(other, reason or "more than one sitting on these days") for other, reason in why]
        found.append(sitting)
        active.append(sitting)
    return found


def _by_ordinal(found: Sequence[Sitting], loose: Sequence[Occasion], *, strict: bool) -> list[Sitting]:
    """Sittings with one ordinal are one; ``loose`` are occasions with an ordinal and without a day."""
    numbered: dict[int, list[Sitting]] = defaultdict(list)
    for sitting in found:
        if len(sitting.ordinals) == 1:
            _add_numbered(numbered[min(sitting.ordinals)], sitting)
    rest = [sitting for sitting in found if len(sitting.ordinals) != 1]
    unnumbered = Timeline((sitting for sitting in rest if not sitting.ordinals), strict=strict)
    taken: set[int] = set()
    for one in sorted(loose, key=lambda each: (each.precision == "none", each.order)):
        sittings = numbered[one.record.ordinal or 0]
        fits = [sitting for sitting in sittings if _may_be(one, sitting)]
        others = [] if fits else [sitting for sitting in unnumbered.within(one) if not sitting.against(one)]
        if len(fits) == 1:
            fits[0].add(one)
        elif len(others) == 1:
            others[0].add(one)
            sittings.append(others[0])
            taken.add(id(others[0]))
        else:
            sitting = Sitting.of(one, strict=strict)
            sitting.near = [(other, "the same ordinal, but not clearly the same sitting") for other in fits]
            sitting.near += [(other, f"{len(others)} sittings in this time have no ordinal") for other in others]
            sittings.append(sitting)
    return [
        *(sitting for sitting in rest if id(sitting) not in taken),
        *(sitting for sittings in numbered.values() for sitting in sittings),
    ]


def _add_numbered(sittings: list[Sitting], sitting: Sitting) -> None:
    """Add to the sittings of an ordinal, which come in the order of their days; years apart it is another count."""
    last = sittings[-1] if sittings else None
    near = last is not None and _gap(last, sitting) <= SAME_ORDINAL_DAYS
    if last is not None and near and all(_may_be(one, last) for one in sitting.said.values()):
        last.take(sitting)
    else:
        sittings.append(sitting)


def _may_be(one: Occasion, sitting: Sitting) -> bool:
    """Whether ``one``, which has the sitting's ordinal, may be it: its month or year, if it has any, is near."""
    if sitting.status_differs(one) or (sitting.strict and sitting.against(one)):
        return False
    if not one.spans or sitting.first is None or sitting.last is None:
        return not one.spans or sitting.overlaps(one) or not any(other.spans for other in sitting.said.values())
    return one.spans[0][0] - SAME_ORDINAL_DAYS <= sitting.last and sitting.first <= one.spans[-1][1] + SAME_ORDINAL_DAYS


def _near_days(found: Sequence[Sitting]) -> list[Sitting]:
    """Merge neighbours whose days differ by at most ``NEAR_DAYS`` in different sources and that nothing tells apart."""
    dated = sorted(
        (sitting for sitting in found if sitting.first is not None),
        key=lambda sitting: (sitting.first or 0, sitting.members[0].order),
    )
    gone: set[int] = set()
    for at, (one, other) in enumerate(pairwise(dated)):
        crowded = at + 2 < len(dated) and _gap(other, dated[at + 2]) <= NEAR_DAYS
        if id(one) not in gone and not crowded and 0 < _gap(one, other) <= NEAR_DAYS and _alike(one, other):
            other.take(one)
            gone.add(id(one))
    return [sitting for sitting in found if id(sitting) not in gone]


def _alike(one: Sitting, other: Sitting) -> bool:
    """Whether two sittings are told by different sources, in the same place, and nothing speaks against their being one."""
    if one.by_source.keys() & other.by_source.keys():
        return False
    same = all(same_place(a, b) for a in one.said.values() for b in other.said.values())
    return same and not any(one.against(each) for each in other.said.values())


def _gap(one: Sitting, other: Sitting) -> int:
    return (other.first or 0) - (one.last or 0)


def _place(one: Occasion, timeline: Timeline) -> None:
    """Give an occasion without a single stretch of days to the only sitting it fits; else it stands for itself."""
    if one.precision == "none":
        here = [sitting for sitting in timeline.of_source(one.source) if not sitting.against(one)]
        fits = (
            here if len(here) == 1 else [sitting for sitting in timeline.sittings[:_SHOWN] if not sitting.against(one)]
        )
        chosen, why = here, []
    else:
        why = [(sitting, sitting.against(one)) for sitting in timeline.within(one)]
        fits = [sitting for sitting, reason in why if not reason]
        exact = [sitting for sitting in fits if any(other.spans == one.spans for other in sitting.said.values())]
        chosen = fits if len(fits) == 1 and one.precision == "period" else exact
    if len(chosen) == 1:
        timeline.join(one, chosen[0])
    else:
        sitting = timeline.add(one)
        sitting.near = [(other, _why_open(one, len(fits))) for other in fits]
        sitting.near += [(other, reason) for other, reason in why if reason and sitting.strict]


def _why_open(one: Occasion, count: int) -> str:
    if one.precision == "several":
        return "the one is a list of several sittings"
    if count > 1:
        return f"{count} sittings fit, and this mention does not say which"
    return "this mention has no date and no ordinal, and stands in another source"


def _join_names(sittings: dict[Key, list[Sitting]], lexicon: Lexicon) -> None:
    """Merge events of two blocks that have the same days and city, and of which one has the other's name in it."""
    at: dict[tuple[int, str], list[tuple[Key, Sitting]]] = defaultdict(list)
    for key, block in sittings.items():
        for sitting in block:
            cities = {city for one in sitting.said.values() for city in one.cities}
            if sitting.first is not None:
                for city in cities or {""}:
                    at[sitting.first, city].append((key, sitting))
    gone: set[int] = set()
    for (_, city), crowd in sorted(at.items()):
        if 1 < len(crowd) <= _CROWD:
            crowd.sort(key=lambda one: (one[0][0] != "series", min(each.order for each in one[1].said.values())))
            _join_crowd(crowd, gone, lexicon, named=bool(city))
    for key, block in sittings.items():
        sittings[key] = [sitting for sitting in block if id(sitting) not in gone]


def _join_crowd(crowd: Sequence[tuple[Key, Sitting]], gone: set[int], lexicon: Lexicon, *, named: bool) -> None:
    """Merge what belongs together of the events that begin on one day in one city; ``gone`` are those merged into others."""
    for number, (key, sitting) in enumerate(crowd):
        if key[0] == "series" or id(sitting) in gone:
            continue
        fits = [
            other
            for other_key, other in crowd[:number]
            if id(other) not in gone and other_key != key and _one_name(sitting, other, lexicon)
        ]
        agree = [other for other in fits if not any(other.against(each) for each in sitting.said.values())]
        if named and len(agree) == 1 and key[0] != "plain":
            agree[0].take(sitting)
            gone.add(id(sitting))
        else:
            sitting.near += [(other, "the same days, and the one name is part of the other") for other in fits]


def _one_name(one: Sitting, other: Sitting, lexicon: Lexicon) -> bool:
    """Whether the name of the one holds that of the other, and their organisations do not differ."""
    return any(
        _holds_name(a.record.name, b.record.name, lexicon) for a in one.said.values() for b in other.said.values()
    )


def _holds_name(one: str, other: str, lexicon: Lexicon) -> bool:
    a, b = fold_event(one, lexicon), fold_event(other, lexicon)
    if a.organisations and b.organisations and not set(a.organisations) & set(b.organisations):
        return False
    if a.head != b.head or not a.head:
        return False
    short, long = sorted((a.extra, b.extra), key=len)
    return len(short) > 1 and short in long


def _groups(sittings: dict[Key, list[Sitting]]) -> list[Group[Meeting]]:
    """Groups with keys made of the block and, in this order, ordinal, first day, or the first passage."""
    keys: dict[int, Key] = {}
    for block, found in sittings.items():
        taken: dict[Key, list[Sitting]] = defaultdict(list)
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


def _alive(near: Iterable[tuple[Sitting, str]], keys: dict[int, Key]) -> Iterable[tuple[Sitting, str]]:
    return ((other, why) for other, why in near if id(other) in keys)


def _mark(sitting: Sitting) -> Key:
    """What tells the sitting from others of its series: its ordinal, else its first day, else place and source."""
    status = "not held" if sitting.members[0].record.status == "not_held" else ""

    if len(sitting.ordinals) == 1:
        return "ordinal", min(sitting.ordinals), status
    dates = sorted(date for one in sitting.members for date in one.record.dates)
    if dates:
        return "date", dates[0], status
    first = min(one.item.order for one in sitting.members)
    return "source", *first
