"""Tie the marks that call footnotes (``<a href="#fn1">[1]</a>``) to the elements that hold the notes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

from sco_extract.read.html.dom import Survey, attribute

# [1], ①, *, 注1, 〔2〕, (3)
_MARK = re.compile(
    r"\s*[\[［〔（(【]?\s*(?:注|註)?\s*(\d{1,3}|[①-⑳㉑-㉟]|[*＊†‡]{1,3}|[a-z]|[ivx]{1,5})\s*[\]］〕）)】]?\s*[.．、]?\s*"
)
_NOTE_TAGS = frozenset(("li", "p", "div", "dd", "td", "tr", "section", "aside", "blockquote"))
# A note longer than this share of the page is not a note but the page: the link leads to a chapter.
_MOST = 0.5


@dataclass(slots=True)
class Notes:
    """``calls``: mem_id of a calling link → key of its note; ``bodies``: mem_id of a note's element → (key, label).

    ``backlinks`` are the links in notes that lead back to the call; they are not text.
    """

    calls: dict[int, str] = field(default_factory=dict)
    bodies: dict[int, tuple[str, str]] = field(default_factory=dict)
    backlinks: set[int] = field(default_factory=set)


def find_notes(page: LexborNode, survey: Survey) -> Notes:
    """The footnotes among the page's inner links: short marks that lead to a later, shorter element."""
    notes = Notes()
    most = _MOST * survey.measure(page).text
    owners: dict[int, str] = {}
    for anchor in survey.anchors:
        key = attribute(anchor, "href")[1:]
        match = _MARK.fullmatch(anchor.text()[:20])
        target = survey.ids.get(key)
        if match is None or target is None or anchor.mem_id == target.mem_id:
            continue
        if survey.order[target.mem_id] < survey.order[anchor.mem_id]:
            continue
        body = _note_element(target)
        if body is None or survey.measure(body).text > most or _holds(body, anchor):
            continue
        key = owners.setdefault(body.mem_id, key)
        notes.calls[anchor.mem_id] = key
        notes.bodies.setdefault(body.mem_id, (key, match.group(1)))
    if notes.bodies:
        _find_backlinks(notes, survey)
    return notes


def _note_element(target: LexborNode) -> LexborNode | None:
    here: LexborNode | None = target
    while here is not None and here.tag not in _NOTE_TAGS:
        here = here.parent
    return here


def _holds(outer: LexborNode, inner: LexborNode) -> bool:
    here: LexborNode | None = inner
    while here is not None:
        if here.mem_id == outer.mem_id:
            return True
        here = here.parent
    return False


def _find_backlinks(notes: Notes, survey: Survey) -> None:
    for anchor in survey.anchors:
        target = survey.ids.get(attribute(anchor, "href")[1:])
        if anchor.mem_id in notes.calls or target is None or len(anchor.text()) > 20:
            continue
        here: LexborNode | None = anchor
        while here is not None and here.mem_id not in notes.bodies:
            here = here.parent
        if here is not None and survey.order[target.mem_id] < survey.order[here.mem_id]:
            notes.backlinks.add(anchor.mem_id)
