"""The timeline as inline SVG for a page: the reader's own fonts, text that can be searched, nothing to load."""

from __future__ import annotations

from datetime import date
from html import escape

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
)
from sco_extract.write.wording import clean, width

_SIZE = POINTS * 25.4 / 72  # millimetres
# Fonts differ; labels are given a tenth more room than their characters count.
_ROOM = 1.1


def draw_svg(timeline: Timeline) -> tuple[str, bool]:
    """The picture as an ``svg`` element, one unit a millimetre, and whether numbers stand for labels."""
    lanes, numbered = lay_out(timeline, lambda text: width(text) * _SIZE * _ROOM)
    height = picture_height(lanes)
    pieces = []
    top = HEAD
    for index, lane in enumerate(lanes):
        pieces += _lane(lane, top, shaded=index % 2 == 0)
        top += lane_height(lane)
    pieces += _months(timeline, top)
    alt = escape(clean(timeline.alt))
    return (
        f'<svg viewBox="0 0 {WIDTH:g} {height:.2f}" role="img" aria-label="{alt}" font-size="{_SIZE:.2f}">'
        f"<title>{alt}</title>{''.join(pieces)}</svg>",
        numbered,
    )


def _lane(lane: Lane, top: float, *, shaded: bool) -> list[str]:
    high = lane_height(lane)
    pieces = [f'<rect x="0" y="{top:.2f}" width="{WIDTH:g}" height="{high:.2f}" fill="#f1f1f1"/>'] if shaded else []
    lines = name_lines(lane.name)
    for number, line in enumerate(lines):
        pieces.append(_write(EDGE, top + high / 2 + (number - (len(lines) - 1) / 2) * ROW * 0.8, line))
    for one in lane.labels:
        middle = top + GAP / 2 + (one.row + 0.5) * ROW
        pieces.append(
            f'<rect x="{one.left:.2f}" y="{middle - 0.7:.2f}" width="{one.right - one.left:.2f}" height="1.4"/>'
        )
        pieces.append(_write(one.text_at, middle, one.text))
    return pieces


def _months(timeline: Timeline, bottom: float) -> list[str]:
    pieces = []
    for index, (day, left) in enumerate(months(timeline)):
        pieces.append(
            f'<line x1="{left:.2f}" y1="{HEAD - 1:g}" x2="{left:.2f}" y2="{bottom:.2f}" stroke="#b8b8b8" stroke-width="0.2"/>'
        )
        pieces.append(_write(left + 0.6, 5.4, str(day.month)))
        if _begins_year(day, index):
            pieces.append(_write(left + 0.6, 2.2, str(day.year)))
    return pieces


def _begins_year(day: date, index: int) -> bool:
    return not index or day.month == 1


def _write(left: float, middle: float, text: str) -> str:
    """``text`` with its middle at ``middle``: the baseline of Chinese type is about a third of its size below."""
    return f'<text x="{left:.2f}" y="{middle + _SIZE * 0.36:.2f}">{escape(text)}</text>'
