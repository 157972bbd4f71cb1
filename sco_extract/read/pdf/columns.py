"""Reading order of a page: columns from left to right, what runs across them between."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from sco_extract.read.pdf.geometry import Box, Line, TableText, union
from sco_extract.read.pdf.lines import join_row

# A gutter is at least this wide (ems) and may be crossed by this share of the lines beside it (titles, pictures' captions).
_GUTTER = 0.8
_CROSSING = 0.3
_SHARES = (0, 0.05, 0.1, 0.2, _CROSSING)  # a short right column is itself crossed by few lines: small shares first
# Text set in a column fills it: at least half of the lines reach this share of the column's width. Values that stand in
# rows (a name left, an office right) do not, and must be read row by row.
_FILL = 0.8
_FILLED = 0.5
_LEAST_LINES = 3
_LEAST_WIDTH = 6.0  # ems; a column of Chinese has 10 characters or more, a column of numbers has fewer
_MOST_GAPS = 50  # a table without rules has 20 columns at most
_DEEPEST = 6  # columns beside columns; newspapers have up to 8, found by halving

# Columns of several pages begin at one place, to these points; most lines begin there or are first lines, indented by two.
_SAME_EDGE = 4.0
_INDENT = 2.6
_BEGINNING = 0.7

Item = Line | TableText
Gutter = tuple[float, float]


@dataclass(slots=True)
class Column:
    """Lines and tables below each other, and the left and right edge of the text in them."""

    items: list[Item]
    left: float
    right: float


def in_reading_order(pages: Iterable[list[Item]]) -> list[list[Column]]:
    """The columns of each page in the order in which a person reads them.

    A page whose short lines do not show a gutter has the one that other pages have in common, where it fits.
    """
    told = [(items, _gutter(items)) for items in pages]
    usual = _usual_gutter([gutter for _, gutter in told if gutter])
    return [
        _order(items, 0, gutter or (usual if usual and _stands_in(items, usual) else None)) if items else []
        for items, gutter in told
    ]


def _usual_gutter(gutters: list[Gutter]) -> Gutter | None:
    """The gutter that two pages or more have, and most of those with any."""
    ends = Counter(round(gutter[1] / _SAME_EDGE) for gutter in gutters)
    end, count = ends.most_common(1)[0] if ends else (0, 0)
    if count < 2 or 2 * count < len(gutters):
        return None
    same = [gutter for gutter in gutters if round(gutter[1] / _SAME_EDGE) == end]
    return max(gutter[0] for gutter in same), min(gutter[1] for gutter in same)


def _stands_in(items: list[Item], gutter: Gutter) -> bool:
    """Whether nothing crosses ``gutter``, and lines begin behind it as they do in a column, not anywhere as values do."""
    right = [item for item in items if isinstance(item, Line) and not _is_left(item, gutter)]
    if any(_crosses(item, gutter) for item in items) or len(right) == len(items) or not right:
        return False
    begins = sum(-_SAME_EDGE <= line.box.x0 - gutter[1] <= _INDENT * line.size for line in right)
    return begins >= _BEGINNING * len(right)


def _order(items: list[Item], depth: int, gutter: Gutter | None) -> list[Column]:
    if gutter is None:
        return [_column(items)]
    crossing = sorted((item for item in items if _crosses(item, gutter)), key=lambda item: item.box.top)
    rest = sorted((item for item in items if not _crosses(item, gutter)), key=lambda item: item.box.top)
    columns: list[Column] = []
    across: list[Item] = []
    at = 0
    for bar in [*crossing, None]:
        band: list[Item] = []
        while at < len(rest) and (bar is None or rest[at].box.top < bar.box.top):
            band.append(rest[at])
            at += 1
        if band:
            columns += [_column(across)] if across else []
            across = []
            for side in (True, False):
                half = [item for item in band if _is_left(item, gutter) == side]
                columns += _order(half, depth + 1, _gutter(half) if depth + 1 < _DEEPEST else None) if half else []
        if bar is not None:
            across.append(bar)
    return [*columns, _column(across)] if across else columns


def _crosses(item: Item, gutter: Gutter) -> bool:
    return item.box.x0 < gutter[0] and item.box.x1 > gutter[1]


def _is_left(item: Item, gutter: Gutter) -> bool:
    return item.box.x0 + item.box.x1 < gutter[0] + gutter[1]


def _column(items: list[Item]) -> Column:
    """Items from top to bottom; lines of one height joined."""
    rows: list[list[Line]] = []
    tables = [item for item in items if isinstance(item, TableText)]
    lines = sorted((item for item in items if isinstance(item, Line)), key=lambda line: (line.box.bottom, line.box.x0))
    for line in lines:
        if rows and _same_height(rows[-1][0].box, line.box):
            rows[-1].append(line)
        else:
            rows.append([line])
    joined: list[Item] = [row[0] if len(row) == 1 else join_row(row) for row in rows]
    box = union([item.box for item in items])
    return Column(sorted([*joined, *tables], key=lambda item: item.box.top), box.x0, box.x1)


def _same_height(one: Box, other: Box) -> bool:
    return min(one.bottom, other.bottom) - max(one.top, other.top) > 0.5 * min(one.height, other.height)


def _gutter(items: list[Item]) -> Gutter | None:
    """The best gap between two columns of text, ``None`` if the items stand in one column."""
    lines = [item for item in items if isinstance(item, Line)]
    if len(lines) < 2 * _LEAST_LINES:
        return None
    size = sorted(line.size for line in lines)[len(lines) // 2]
    best: tuple[float, Gutter] | None = None
    for gap in {gap for share in _SHARES for gap in _gaps(lines, share * len(lines))}:
        if gap[1] - gap[0] < _GUTTER * size or any(gap[0] <= line.box.x0 and line.box.x1 <= gap[1] for line in lines):
            continue
        left = [line for line in lines if not _crosses(line, gap) and _is_left(line, gap)]
        right = [line for line in lines if not _crosses(line, gap) and not _is_left(line, gap)]
        crossing = len(lines) - len(left) - len(right)
        if crossing > _CROSSING * (len(left) + len(right)) or not _are_columns(left, right, size):
            continue
        # Few crossings first, then the wider gap, then the left one.
        score = crossing - (gap[1] - gap[0]) / 1000 + gap[0] / 1e6
        if best is None or score < best[0]:
            best = (score, gap)
    return best[1] if best else None


def _gaps(lines: list[Line], most: float) -> list[Gutter]:
    """The stretches of x that at most ``most`` lines cover, between the outermost edges."""
    edges: dict[float, int] = {}
    for line in lines:
        x0, x1 = round(line.box.x0, 1), round(line.box.x1, 1)
        edges[x0] = edges.get(x0, 0) + 1
        edges[x1] = edges.get(x1, 0) - 1
    gaps: list[Gutter] = []
    covered = 0
    for here, following in pairwise(sorted(edges)):
        covered += edges[here]
        if covered > most:
            continue
        if gaps and gaps[-1][1] == here:
            gaps[-1] = (gaps[-1][0], following)
        else:
            gaps.append((here, following))
    return gaps[:_MOST_GAPS]


def _are_columns(left: list[Line], right: list[Line], size: float) -> bool:
    if len(left) < _LEAST_LINES or len(right) < _LEAST_LINES:
        return False
    one, other = union([line.box for line in left]), union([line.box for line in right])
    if min(one.bottom, other.bottom) - max(one.top, other.top) < _LEAST_LINES * size:
        return False
    return _is_filled(left, one, size) and _is_filled(right, other, size)


def _is_filled(lines: list[Line], box: Box, size: float) -> bool:
    if box.width < _LEAST_WIDTH * size:
        return False
    wide = sum(line.box.width >= _FILL * box.width for line in lines)
    # Two or more columns on one side share its width; they are looked at when that side is cut in turn.
    shared = sum(line.box.width >= _FILL * box.width / 2.3 for line in lines) if box.width > 30 * size / 2 else 0
    return max(wide, shared) >= _FILLED * len(lines)
