"""Running headers, footers and page numbers."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from itertools import pairwise

from sco_extract.read.pdf.geometry import Line, PageText

# Furniture stands among the outermost lines of a page and in the upper or lower eighth of it.
_OUTERMOST = 3
_ZONE = 0.125
_SAME_PLACE = 4.0  # points
# On this many pages: two of a short file, three of a longer one; and on this share of those between first and last.
_FEW_PAGES = 4
# A header stands apart from the text by about its own height or is set smaller; lines of text are 0.3 to 0.8 ems apart.
_APART = 0.9
# Text set with wide leading is as far apart: there a line must come back on this share of the pages to be furniture.
_MOST_PAGES = 0.4
_SAME_SIZE = 0.08
_DIGITS = re.compile("[0-9０-９]+|[一二三四五六七八九十百〇]+")
_NUMBER = "(?:[0-9０-９]{1,4}|[ivxlIVXL]{1,7}|[一二三四五六七八九十百〇]{1,5})"
_PAGE_NUMBER = re.compile(
    rf"""\s*[-—–－·•~〜\[（(]*\s*      # - 3 -
    (?:第\s*|[Pp](?:age|\.)?\s*)?      # 第3页
    {_NUMBER}
    \s*[页頁]?\s*
    (?:[/,，;；|of]{{0,2}}\s*[共全]?\s*{_NUMBER}\s*[页頁]?)?   # 3/10, 第3页 共10页
    \s*[-—–－·•~〜\]）)]*\s*""",
    re.VERBOSE,
)


def find_furniture(pages: list[PageText]) -> dict[int, str]:
    """``id`` of each line that is furniture → its role (``header``, ``footer``, ``page_number``)."""
    found: dict[int, str] = {}
    repeated: dict[tuple[bool, str], list[tuple[int, float, Line]]] = defaultdict(list)
    for page in pages:
        for is_top, line in _outer_lines(page):
            if _PAGE_NUMBER.fullmatch(line.text) and _is_alone(page, line):
                found[id(line)] = "page_number"
            place = line.box.top if is_top else page.height - line.box.bottom
            repeated[is_top, _DIGITS.sub("#", "".join(line.text.split()))].append((page.number, place, line))
    candidates: list[tuple[int, Line, str]] = []
    needed = 2 if len(pages) <= _FEW_PAGES else 3
    for (is_top, _), places in repeated.items():
        at = Counter(round(place / _SAME_PLACE) for _, place, _ in places).most_common(1)[0][0] * _SAME_PLACE
        same = [(number, line) for number, place, line in places if abs(place - at) <= _SAME_PLACE]
        if len({number for number, _ in same}) >= needed:
            candidates += [(number, line, "header" if is_top else "footer") for number, line in same]
    repeats = {id(line) for _, line, _ in candidates}
    by_number = {page.number: page for page in pages}
    often = Counter("".join(line.text.split()) for _, line, _ in candidates)
    for number, line, role in candidates:
        page = by_number[number]
        everywhere = often["".join(line.text.split())] >= _MOST_PAGES * len(pages)
        if not _is_in_text(page, line, repeats, _APART if everywhere else _usual_gap(page, line)):
            found.setdefault(id(line), role)
    return found


def _usual_gap(page: PageText, line: Line) -> float:
    """The distance, in ems of ``line``, from which on another line stands apart from it on this page."""
    tops = sorted(page.lines, key=lambda other: other.box.top)
    gaps = sorted(after.box.top - before.box.bottom for before, after in pairwise(tops))
    gaps = [gap for gap in gaps if gap > 0]
    return max(_APART, 1.2 * gaps[len(gaps) // 2] / line.size) if gaps else _APART


def _outer_lines(page: PageText) -> list[tuple[bool, Line]]:
    lines = sorted(page.lines, key=lambda line: line.box.top)
    upper = [line for line in lines[: 2 * _OUTERMOST] if line.box.bottom < _ZONE * page.height]
    lower = [line for line in lines[-2 * _OUTERMOST :] if line.box.top > (1 - _ZONE) * page.height]
    return [(True, line) for line in upper] + [(False, line) for line in lower]


def _is_in_text(page: PageText, line: Line, repeats: set[int], apart: float) -> bool:
    """Whether a line that comes back on other pages stands in running text (a formula of treaties), not apart from it."""
    return any(
        id(other) not in repeats
        and abs(other.size - line.size) < _SAME_SIZE * line.size
        and max(other.box.top - line.box.bottom, line.box.top - other.box.bottom) < apart * line.size
        and other.box.x0 < line.box.x1
        and other.box.x1 > line.box.x0
        for other in page.lines
    )


def _is_alone(page: PageText, line: Line) -> bool:
    # A page number has nothing of the text beside it; a number in a row of an unruled table has.
    near = [other for other in page.lines if other is not line and abs(other.box.top - line.box.top) < line.size / 2]
    return len(near) <= 1
