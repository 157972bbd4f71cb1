"""Footnotes at the bottom of a page, and the raised marks that call them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from sco_extract.read.pdf.geometry import Line, PageText
from sco_extract.read.pdf.lines import join_texts

# Notes are set at least this much smaller than the text (9 below 12, 7.5 below 10.5; 9 below 10.5 is 0.86).
SMALLER = 0.92
_MOST_LINES = 1_500  # a newspaper page has 600; below, each line is compared with each
_LOWER_PART = 0.4  # of the page's height: notes begin below this
_MARK = re.compile(
    r"""\s*(?:
      ([①-⑳㉑-㉟]|[*＊†‡]{1,3})          # ①
    | [\[［〔【（(]\s*(?:注|註)?\s*(\d{1,3})\s*[\]］〕】）)]   # [1] 〔注1〕
    | (?:注|註)\s*(\d{1,3})\s*[:：]?    # 注1：
    | (\d{1,3})(?![\d年月日号]|\s*[年月日])[.．、]?\s*(?=\D)   # 1 见…, not 2024年
    )\s*""",
    re.VERBOSE,
)


@dataclass(slots=True)
class Note:
    """A footnote: the page it stands on, its mark without brackets, its text without the mark."""

    page: int
    label: str
    text: str
    size: float = 0.0


def take_notes(page: PageText, body_size: float, taken: dict[int, str]) -> tuple[list[Note], set[int]]:
    """The notes at the foot of ``page`` and the ``id`` of their lines; ``taken`` are furniture."""
    lines = [line for line in page.lines if id(line) not in taken]
    if len(lines) > _MOST_LINES:
        return [], set()
    small = [line for line in lines if line.size <= SMALLER * body_size and line.box.top > _LOWER_PART * page.height]
    small = [line for line in small if not _has_text_below(line, lines, body_size)]
    notes: list[Note] = []
    used: set[int] = set()
    for line in sorted(small, key=_column_order(page)):
        match = _MARK.match(line.text)
        if match and match.end() < len(line.text):
            label = next(group for group in match.groups() if group)
            notes.append(Note(page.number, label, line.text[match.end() :], line.size))
        elif notes:
            notes[-1].text = join_texts(notes[-1].text, line.text)
        else:
            continue
        used.add(id(line))
    return notes, used


def _has_text_below(line: Line, lines: list[Line], body_size: float) -> bool:
    return any(
        other.size > SMALLER * body_size
        and other.box.top > line.box.top
        and other.box.x0 < line.box.x1
        and other.box.x1 > line.box.x0
        for other in lines
    )


def _column_order(page: PageText) -> Callable[[Line], tuple[bool, float, float]]:
    middle = page.width / 2

    def key(line: Line) -> tuple[bool, float, float]:
        # Two columns have their own notes: those that begin in the right half come after those of the left.
        return line.box.x0 > middle - line.size, line.box.bottom, line.box.x0

    return key


def find_calls(text: str, raised: list[tuple[int, int]], labels: set[str]) -> list[tuple[int, int, str]]:
    """Where ``text`` calls one of the notes ``labels``: ``(start, end, label)``.

    A circled or bracketed mark counts anywhere, a bare number only where it is raised: 10 in a sentence is an amount.
    """
    calls: list[tuple[int, int, str]] = []
    for start, end in raised:
        label = text[start:end].strip("[]［］〔〕()（） ")
        if label in labels:
            calls.append((start, end, label))
    for match in re.finditer(r"[①-⑳㉑-㉟]|[\[［〔](\d{1,3})[\]］〕]", text):
        label = match.group(1) or match.group()
        if label in labels and not any(start < match.end() and match.start() < end for start, end, _ in calls):
            calls.append((*match.span(), label))
    return sorted(calls)
