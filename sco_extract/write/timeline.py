"""The timeline picture of a report (PNG): a lane for each section, labels that do not meet, or numbers where they cannot fit."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from sco_extract.model.draft import Timeline
from sco_extract.write.timeline_layout import (
    EDGE,
    GAP,
    HEAD,
    POINTS,
    ROW,
    WIDTH,
    Lane,
    lane_height,
    lay_out,
    months,
    name_lines,
    picture_height,
    scale,
)
from sco_extract.write.wording import label, labels

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.font_manager import FontProperties

RESOLUTION = 200  # dots an inch
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


def draw(timeline: Timeline) -> bytes:
    """The picture alone."""
    return picture(timeline).png


def picture(timeline: Timeline) -> Picture:
    """Draw ``timeline``; ValueError where its days are no ISO dates.

    Labels are words where a Chinese font is installed and all rows fit a page, else numbers in the order of the marks.
    """
    font = _chinese_font()
    lanes, numbered = lay_out(timeline, _measure(font), words=font is not None)
    if not font:  # no face to write names with: their order is that of the table
        lanes = tuple(replace(lane, name="") for lane in lanes)
    height = picture_height(lanes)
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


def _render(timeline: Timeline, lanes: Sequence[Lane], font: FontProperties | None, height: float) -> bytes:
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
        top += lane_height(lane)
    _draw_months(axes, timeline, top, face)
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=RESOLUTION, metadata={"Software": None})
    return buffer.getvalue()


def _draw_lane(axes: Axes, lane: Lane, top: float, face: FontProperties, *, shaded: bool) -> None:
    from matplotlib.patches import Rectangle

    if shaded:
        axes.add_patch(Rectangle((0, top), WIDTH, lane_height(lane), facecolor=_SHADE, linewidth=0, zorder=0))
    lines = name_lines(lane.name)
    for number, line in enumerate(lines):
        down = top + lane_height(lane) / 2 + (number - (len(lines) - 1) / 2) * ROW * 0.8
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
    for index, (day, left) in enumerate(months(timeline)):
        axes.plot([left, left], [HEAD - 1, bottom], color=_RULE, linewidth=0.5, zorder=1)
        _write(axes, left + 0.6, 5.4, str(day.month), face)
        if not index or day.month == 1:
            _write(axes, left + 0.6, 2.2, str(day.year), face)
    end = scale(timeline)(date.fromisoformat(timeline.last) + timedelta(days=1))
    axes.plot([end, end], [HEAD - 1, bottom], color=_RULE, linewidth=0.5, zorder=1)


def _write(axes: Axes, left: float, middle: float, text: str, face: FontProperties) -> None:
    """``text`` as it is: a dollar sign begins no formula."""
    axes.text(
        left, middle, text, fontproperties=face, va="center_baseline", color=_INK, zorder=4, parse_math=False
    )  # fmt: skip
