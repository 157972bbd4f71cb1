"""Where everything stands in the picture of a timeline, in millimetres: lanes, rows, labels that do not meet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sco_extract.model.draft import Mark, Timeline
from sco_extract.write.wording import clean

# Millimetres: the picture is as wide as the type area of the page (form.PAGE), its rows as high as their 7 pt labels need.
WIDTH, NAMES, EDGE = 156.0, 31.0, 1.5
ROW, HEAD, GAP = 4.4, 8.0, 1.6
POINTS = 7.0
# Rows of a picture that fills a page; where words need more, numbers stand in for them.
MOST_ROWS = 38
LONGEST = 22  # characters of a label; the table has it in full
PER_LINE = 10  # characters of a lane's name in a line


@dataclass(frozen=True, slots=True)
class Label:
    """Where a mark stands: millimetres of the mark (left, right) and of the left edge of its text; row from 0 in its lane."""

    left: float
    right: float
    text_at: float
    text: str
    row: int


@dataclass(frozen=True, slots=True)
class Lane:
    """A section's name, the rows its labels take, and the labels."""

    name: str
    rows: int
    labels: tuple[Label, ...]


def lay_out(
    timeline: Timeline, measure: Callable[[str], float], *, words: bool = True
) -> tuple[tuple[Lane, ...], bool]:
    """The lanes, and whether numbers (of the marks, from 1) stand for the labels: without ``words``, or with too many.

    ``measure`` gives the width of a text in millimetres. Raises ValueError where a day is no ISO date.
    """
    if words:
        lanes = lanes_of(timeline, [short(mark.label) for mark in timeline.marks], measure)
        if sum(lane.rows for lane in lanes) <= MOST_ROWS:
            return lanes, False
    numbers = [str(one.number or position) for position, one in enumerate(timeline.marks, 1)]
    return lanes_of(timeline, numbers, measure), True


def months(timeline: Timeline) -> Iterator[tuple[date, float]]:
    """The first day of the period and of each month in it, with its place."""
    place, day, last = scale(timeline), date.fromisoformat(timeline.first), date.fromisoformat(timeline.last)
    while day <= last:
        yield day, place(day)
        day = date(day.year + day.month // 12, day.month % 12 + 1, 1)


def picture_height(lanes: Sequence[Lane]) -> float:
    """Millimetres of the whole picture."""
    return HEAD + sum(lane_height(lane) for lane in lanes) + EDGE


def short(text: str) -> str:
    """A label in one line, cut at ``LONGEST`` characters."""
    line = clean(text).strip()
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"


def lanes_of(timeline: Timeline, texts: Sequence[str], measure: Callable[[str], float]) -> tuple[Lane, ...]:
    """The lanes in the order of the marks; in each, every label in the first row that has room for it."""
    by_lane: dict[str, list[tuple[Mark, str]]] = {}
    for mark, text in zip(timeline.marks, texts, strict=True):
        by_lane.setdefault(clean(mark.lane), []).append((mark, text))
    place = scale(timeline)
    return tuple(_fill_lane(name, marks, place, measure) for name, marks in by_lane.items())


def scale(timeline: Timeline) -> Callable[[date], float]:
    """A function from days to millimetres; days outside the period stand at its edges."""
    first, last = date.fromisoformat(timeline.first), date.fromisoformat(timeline.last)
    days, room = max((last - first).days + 1, 1), WIDTH - NAMES - 2 * EDGE

    def place(day: date) -> float:
        return NAMES + EDGE + room * min(max((day - first).days, 0), days) / days

    return place


def _fill_lane(
    name: str, marks: Iterable[tuple[Mark, str]], place: Callable[[date], float], measure: Callable[[str], float]
) -> Lane:
    ends: list[float] = []  # right edge of what stands in each row
    placed = []
    for mark, text in sorted(marks, key=lambda pair: (pair[0].first, pair[0].last)):
        left = place(date.fromisoformat(mark.first))
        right = max(place(date.fromisoformat(mark.last or mark.first) + timedelta(days=1)), left + 1.4)
        width = measure(text)
        text_at = right + 0.8
        if text_at + width > WIDTH - EDGE:  # no room on its right: the label stands on its left
            text_at = max(left - 0.8 - width, NAMES + 0.5)
        start, end = min(left, text_at), max(right, text_at + width)
        row = next((index for index, taken in enumerate(ends) if start >= taken), len(ends))
        ends[row : row + 1] = [end + GAP]
        placed.append(Label(left, right, text_at, text, row))
    return Lane(name, max(len(ends), len(name_lines(name))), tuple(placed))


def name_lines(name: str) -> list[str]:
    """A lane's name in lines of ``PER_LINE`` characters."""
    return [name[at : at + PER_LINE] for at in range(0, len(name), PER_LINE)] or [""]


def lane_height(lane: Lane) -> float:
    """Millimetres of a lane."""
    return lane.rows * ROW + GAP
