"""The timeline picture of a report (PNG): a lane for each section, labels that do not meet, or numbers where they cannot fit."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from sco_extract.model.draft import Mark, Timeline
from sco_extract.write.wording import clean, label, labels

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.font_manager import FontProperties

# Millimetres: the picture is as wide as the type area of the page (form.PAGE), its rows as high as their 7 pt labels need.
WIDTH, NAMES, EDGE = 156.0, 31.0, 1.5
ROW, HEAD, GAP = 4.4, 8.0, 1.6
POINTS = 7.0
RESOLUTION = 200  # dots an inch
# Rows of a picture that fills a page; where words need more, numbers stand in for them.
MOST_ROWS = 38
LONGEST = 22  # characters of a label; the table has it in full
PER_LINE = 10  # characters of a lane's name in a line
_MM = 25.4
_INK, _RULE, _SHADE = "#1a1a1a", "#b8b8b8", "#f1f1f1"


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawn timeline: PNG, millimetres, a note for the caption; ``numbered``: a table must say what the numbers mean."""

    png: bytes
    width: float
    height: float
    note: str
    numbered: bool


@dataclass(frozen=True, slots=True)
class _Label:
    """Where a mark stands: millimetres of the mark (left, right) and of the left edge of its text; row from 0 in its lane."""

    left: float
    right: float
    text_at: float
    text: str
    row: int


@dataclass(frozen=True, slots=True)
class _Lane:
    name: str
    rows: int
    labels: tuple[_Label, ...]


def draw(timeline: Timeline) -> bytes:
    """The picture alone."""
    return picture(timeline).png


def picture(timeline: Timeline) -> Picture:
    """Draw ``timeline``; ValueError where its days are no ISO dates.

    Labels are words where a Chinese font is installed and all rows fit a page, else numbers in the order of the marks.
    """
    font = _chinese_font()
    measure = _measure(font)
    words = [_short(mark.label) for mark in timeline.marks]
    lanes = _lay_out(timeline, words, measure) if font else ()
    numbered = not font or sum(lane.rows for lane in lanes) > MOST_ROWS
    if numbered:
        lanes = _lay_out(timeline, [str(number) for number in range(1, len(words) + 1)], measure)
    if not font:  # no face to write names with: their order is that of the table
        lanes = tuple(_Lane("", lane.rows, lane.labels) for lane in lanes)
    height = HEAD + sum(_lane_height(lane) for lane in lanes) + EDGE
    note = label("report_no_font") if not font else label("report_numbered") if numbered else ""
    return Picture(_render(timeline, lanes, font, height), WIDTH, height, note, numbered)


def _chinese_font() -> FontProperties | None:
    """The first installed family of fonts.toml; of a collection (.ttc) the face of that family, where matplotlib reads it."""
    from matplotlib import font_manager  # late: a second of start-up

    installed = {entry.name for entry in font_manager.fontManager.ttflist}
    name = next((family for family in labels("report_font_picture") if family in installed), None)
    return font_manager.FontProperties(family=name, size=POINTS) if name else None


def _measure(font: FontProperties | None) -> Callable[[str], float]:
    """A function that measures a text in millimetres as it will be drawn."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import TextToPath

    face, paths = font or FontProperties(size=POINTS), TextToPath()

    def width(text: str) -> float:
        return float(paths.get_text_width_height_descent(text, face, ismath=False)[0]) * _MM / 72

    return width


def _short(text: str) -> str:
    line = clean(text).strip()
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"


def _lay_out(timeline: Timeline, texts: Sequence[str], measure: Callable[[str], float]) -> tuple[_Lane, ...]:
    """The lanes in the order of the marks; in each, every label in the first row that has room for it."""
    by_lane: dict[str, list[tuple[Mark, str]]] = {}
    for mark, text in zip(timeline.marks, texts, strict=True):
        by_lane.setdefault(clean(mark.lane), []).append((mark, text))
    place = _scale(timeline)
    return tuple(_lane(name, marks, place, measure) for name, marks in by_lane.items())


def _scale(timeline: Timeline) -> Callable[[date], float]:
    """A function from days to millimetres; days outside the period stand at its edges."""
    first, last = date.fromisoformat(timeline.first), date.fromisoformat(timeline.last)
    days, room = max((last - first).days + 1, 1), WIDTH - NAMES - 2 * EDGE

    def place(day: date) -> float:
        return NAMES + EDGE + room * min(max((day - first).days, 0), days) / days

    return place


def _lane(
    name: str, marks: Iterable[tuple[Mark, str]], place: Callable[[date], float], measure: Callable[[str], float]
) -> _Lane:
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
        placed.append(_Label(left, right, text_at, text, row))
    return _Lane(name, max(len(ends), len(_lines(name))), tuple(placed))


def _lines(name: str) -> list[str]:
    return [name[at : at + PER_LINE] for at in range(0, len(name), PER_LINE)] or [""]


def _lane_height(lane: _Lane) -> float:
    return lane.rows * ROW + GAP


def _render(timeline: Timeline, lanes: Sequence[_Lane], font: FontProperties | None, height: float) -> bytes:
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure
    from matplotlib.font_manager import FontProperties

    figure = Figure(figsize=(WIDTH / _MM, height / _MM), dpi=RESOLUTION)
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, WIDTH)
    axes.set_ylim(height, 0)
    axes.axis("off")
    face = font or FontProperties(size=POINTS)
    top = HEAD
    for index, lane in enumerate(lanes):
        _draw_lane(axes, lane, top, face, shaded=index % 2 == 0)
        top += _lane_height(lane)
    _draw_months(axes, timeline, top, face)
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=RESOLUTION, metadata={"Software": None})
    return buffer.getvalue()


def _draw_lane(axes: Axes, lane: _Lane, top: float, face: FontProperties, *, shaded: bool) -> None:
    from matplotlib.patches import Rectangle

    if shaded:
        axes.add_patch(Rectangle((0, top), WIDTH, _lane_height(lane), facecolor=_SHADE, linewidth=0, zorder=0))
    lines = _lines(lane.name)
    for number, line in enumerate(lines):
        down = top + _lane_height(lane) / 2 + (number - (len(lines) - 1) / 2) * ROW * 0.8
        _write(axes, EDGE, down, line, face)
    for placed in lane.labels:
        middle = top + GAP / 2 + (placed.row + 0.5) * ROW
        bar = Rectangle(
            (placed.left, middle - 0.7), placed.right - placed.left, 1.4, facecolor=_INK, linewidth=0, zorder=3
        )
        axes.add_patch(bar)
        _write(axes, placed.text_at, middle, placed.text, face)


def _draw_months(axes: Axes, timeline: Timeline, bottom: float, face: FontProperties) -> None:
    """A rule at the first day of each month, its number on top, the year at the first and at every January."""
    place, day, last = _scale(timeline), date.fromisoformat(timeline.first), date.fromisoformat(timeline.last)
    first = True
    while day <= last:
        following = date(day.year + day.month // 12, day.month % 12 + 1, 1)
        axes.plot([place(day)] * 2, [HEAD - 1, bottom], color=_RULE, linewidth=0.5, zorder=1)
        _write(axes, place(day) + 0.6, 5.4, str(day.month), face)
        if first or day.month == 1:
            _write(axes, place(day) + 0.6, 2.2, str(day.year), face)
        day, first = following, False
    axes.plot([place(last + timedelta(days=1))] * 2, [HEAD - 1, bottom], color=_RULE, linewidth=0.5, zorder=1)


def _write(axes: Axes, left: float, middle: float, text: str, face: FontProperties) -> None:
    """``text`` as it is: a dollar sign begins no formula."""
    axes.text(
        left, middle, text, fontproperties=face, va="center_baseline", color=_INK, zorder=4, parse_math=False
    )  # fmt: skip
