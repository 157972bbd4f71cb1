"""List labels that Word numbers by itself: ``word/numbering.xml`` played through in document order.

The rules are those of ECMA-376 part 1, 17.9: lists (``w:num``) of one definition (``w:abstractNum``) count on together;
a start override sets the count once, at the list's first use; a level starts anew after any higher level, unless
``w:lvlRestart`` says otherwise.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml.etree import _Element

from sco_extract.read.docx.formats import format_number
from sco_extract.read.docx.names import ALTERNATE, FALLBACK, VAL, W, number, toggle, value
from sco_extract.read.docx.styles import Style, Styles
from sco_extract.read.docx.symbols import readable

LEVELS = 9
_LONGEST_TEXT = 255  # code points of a label's template; Word's dialog takes 255
_PLACE = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class Level:
    """A level of a list: where it starts, how it counts, what it shows. ``restart`` is a level number from 1, or None."""

    start: int
    kind: str
    pattern: str
    text: str
    restart: int | None
    legal: bool
    style: str | None


_NO_LEVEL = Level(1, "none", "", "", None, False, None)


@dataclass(frozen=True, slots=True)
class _List:
    """A ``w:num``: its definition, its levels with overrides, and the starts it overrides."""

    abstract: int
    levels: tuple[Level, ...]
    starts: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Label:
    """What Word shows before a paragraph, and the level (from 0) it is on."""

    text: str
    level: int


class Numbering:
    """The lists of one document; :meth:`label` must be called once for each numbered paragraph, in document order."""

    def __init__(self, root: _Element | None, styles: Styles) -> None:
        self._styles = styles
        self._abstracts: dict[int, _Element] = {}
        self._nums: dict[int, _Element] = {}
        self._lists: dict[int, _List | None] = {}
        self._counts: dict[int, list[int | None]] = {}
        self._used: set[tuple[int, int]] = set()
        for element in root.iter(f"{W}abstractNum") if root is not None else ():
            self._abstracts.setdefault(number(element.get(f"{W}abstractNumId"), -1), element)
        for element in root.iter(f"{W}num") if root is not None else ():
            self._nums.setdefault(number(element.get(f"{W}numId"), -1), element)

    def label(self, properties: _Element | None, style: Style) -> Label | None:
        """The label of the paragraph with these ``w:pPr`` and this style; None where it is not numbered."""
        place = self._place(properties, style)
        if place is None:
            return None
        num_id, at = place
        numbered = self._list(num_id)
        if numbered is None:
            return None
        counts = self._count(num_id, numbered, at)
        return Label(_render(numbered, counts, at), at)

    def _place(self, properties: _Element | None, style: Style) -> tuple[int, int] | None:
        """Number id and level: the paragraph's own, else from its style, else from the styles that one is based on."""
        own = properties.find(f"{W}numPr") if properties is not None else None
        num_text, level_text = value(own, "numId"), value(own, "ilvl")
        if num_text is not None:
            num_id = number(num_text, 0)
            return (num_id, number(level_text, 0, low=0, high=LEVELS - 1)) if num_id > 0 else None
        num_id = next((num for _, num, _ in style.numberings if num is not None), 0)
        numbered = self._list(num_id) if num_id > 0 else None
        if numbered is None:
            return None
        if level_text is not None:
            return num_id, number(level_text, 0, low=0, high=LEVELS - 1)
        linked = {level.style: at for at, level in reversed(list(enumerate(numbered.levels))) if level.style}
        for style_id, num, level in style.numberings:
            if style_id in linked:
                return num_id, linked[style_id]
            if level is not None:
                return num_id, level
            if num is not None:
                break
        return num_id, 0

    def _list(self, num_id: int) -> _List | None:
        if num_id not in self._lists:
            element = self._nums.get(num_id)
            self._lists[num_id] = None if element is None else self._read_list(element)
        return self._lists[num_id]

    def _read_list(self, num: _Element) -> _List | None:
        abstract_id = self._definition(number(value(num, "abstractNumId"), -1))
        if abstract_id is None:
            return None
        levels = dict(_levels(self._abstracts[abstract_id]))
        starts: dict[int, int] = {}
        for override in num.iterchildren(f"{W}lvlOverride"):
            at = number(override.get(f"{W}ilvl"), 0, low=0, high=LEVELS - 1)
            levels.update((at, level) for _, level in _levels(override))
            start = value(override, "startOverride")
            if start is not None:
                starts[at] = number(start, 1)
        return _List(abstract_id, tuple(levels.get(at, _NO_LEVEL) for at in range(LEVELS)), starts)

    def _definition(self, abstract_id: int) -> int | None:
        """The definition that holds the levels: a link to a numbering style (``w:numStyleLink``) is followed."""
        for _ in range(LEVELS):
            abstract = self._abstracts.get(abstract_id)
            if abstract is None:
                return None
            link = value(abstract, "numStyleLink")
            if link is None:
                return abstract_id
            num_id = next((num for _, num, _ in self._styles.get(link).numberings if num is not None), -1)
            abstract_id = number(value(self._nums.get(num_id), "abstractNumId"), -1)
        return None

    def _count(self, num_id: int, numbered: _List, at: int) -> list[int | None]:
        counts = self._counts.setdefault(numbered.abstract, [None] * LEVELS)
        if (num_id, at) not in self._used and at in numbered.starts:
            counts[at] = None
        for higher in range(at):
            if (num_id, higher) not in self._used and higher in numbered.starts:
                self._used.add((num_id, higher))
                counts[higher] = numbered.starts[higher]
        current = counts[at]
        counts[at] = numbered.starts.get(at, numbered.levels[at].start) if current is None else current + 1
        self._used.add((num_id, at))
        for deeper in range(at + 1, LEVELS):
            restart = numbered.levels[deeper].restart
            if restart is None or at < restart:
                counts[deeper] = None
        return counts


def _levels(parent: _Element) -> list[tuple[int, Level]]:
    found = []
    for element in parent.iterchildren(f"{W}lvl"):
        at = number(element.get(f"{W}ilvl"), 0, low=0, high=LEVELS - 1)
        restart = value(element, "lvlRestart")
        kind, pattern = _kind(element)
        level = Level(
            start=number(value(element, "start"), 1 if element.find(f"{W}start") is not None else 0),
            kind=kind,
            pattern=pattern,
            text=(value(element, "lvlText") or "")[:_LONGEST_TEXT],
            restart=None if restart is None else number(restart, 0, low=0, high=LEVELS),
            legal=toggle(element, "isLgl") is True,
            style=value(element, "pStyle"),
        )
        found.append((at, level))
    return found


def _kind(level: _Element) -> tuple[str, str]:
    """Number format and, for ``custom``, its examples; Word wraps a custom format in ``mc:AlternateContent``."""
    element = level.find(f"{W}numFmt")
    if element is None:
        element = level.find(f"{ALTERNATE}//{W}numFmt")
    if element is None:
        element = level.find(f"{ALTERNATE}/{FALLBACK}/{W}numFmt")
    return ("decimal", "") if element is None else (element.get(VAL, "decimal"), element.get(f"{W}format", ""))


def _render(numbered: _List, counts: list[int | None], at: int) -> str:
    level = numbered.levels[at]
    if level.kind == "bullet":
        return "".join(readable(sign) for sign in level.text)

    def place(match: re.Match[str]) -> str:
        index = int(match.group(1)) - 1
        other = numbered.levels[index]
        count = counts[index]
        shown = numbered.starts.get(index, other.start) if count is None else count
        return format_number(shown, "decimal" if level.legal and other.kind != "none" else other.kind, other.pattern)

    return _PLACE.sub(place, level.text).strip()
