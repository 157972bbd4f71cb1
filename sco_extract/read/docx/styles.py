"""Paragraph and character styles of a Word file, with what they inherit."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml.etree import _Element

from sco_extract.read.docx.names import P_PR, R_PR, VAL, W, number, toggle, value

_HEADING = re.compile(r"(?:heading|标题|標題)\s*([1-9])", re.IGNORECASE)
_TITLE = frozenset({"title", "标题", "標題"})
_SUBTITLE = frozenset({"subtitle", "副标题", "副標題"})
_CAPTION = frozenset({"caption", "题注", "題注"})
_TOC = re.compile(r"(?:toc|目录|目錄)\s*(?:[1-9]|heading|标题|標題)", re.IGNORECASE)
_MAX_CHAIN = 20  # styles based on each other; Word refuses more than 11


@dataclass(frozen=True, slots=True)
class Style:
    """One style with its chain of ancestors resolved.

    ``level`` is the outline level from 1 (0: body text). ``numberings`` are (style id, numId, ilvl) of the chain, the
    style itself first; None where that style does not say.
    """

    id: str
    name: str
    level: int
    title: bool
    toc: bool
    caption: bool
    hidden: bool | None
    numberings: tuple[tuple[str, int | None, int | None], ...]


_PLAIN = Style("", "", 0, False, False, False, None, ())


class Styles:
    """The styles of ``word/styles.xml``; a missing part means plain text throughout."""

    def __init__(self, root: _Element | None) -> None:
        self._elements: dict[str, _Element] = {}
        self._resolved: dict[str, Style] = {}
        self.default = ""
        for element in root.iter(f"{W}style") if root is not None else ():
            style_id = element.get(f"{W}styleId", "")
            self._elements.setdefault(style_id, element)
            if element.get(f"{W}type") == "paragraph" and element.get(f"{W}default", "0") in ("1", "true", "on"):
                self.default = style_id

    def get(self, style_id: str | None) -> Style:
        """The style with this id; the default paragraph style for None, a plain one for an unknown id."""
        key = self.default if style_id is None else style_id
        if key not in self._resolved:
            self._resolved[key] = self._resolve(key)
        return self._resolved[key]

    def _chain(self, style_id: str) -> list[_Element]:
        chain: list[_Element] = []
        seen: set[str] = set()
        while style_id in self._elements and style_id not in seen and len(chain) < _MAX_CHAIN:
            seen.add(style_id)
            chain.append(self._elements[style_id])
            style_id = value(chain[-1], "basedOn") or ""
        return chain

    def _resolve(self, style_id: str) -> Style:
        chain = self._chain(style_id)
        if not chain:
            return _PLAIN
        names = [(value(element, "name") or "").strip() for element in chain]
        hidden = (toggle(element.find(R_PR), "vanish") for element in chain)
        return Style(
            id=style_id,
            name=names[0],
            level=_level(chain, names),
            title=names[0].lower() not in _SUBTITLE and any(name.lower() in _TITLE for name in names),
            toc=_TOC.fullmatch(names[0]) is not None,
            caption=names[0].lower() in _CAPTION,
            hidden=next((state for state in hidden if state is not None), None),
            numberings=tuple(_numbering(element) for element in chain),
        )


def _level(chain: list[_Element], names: list[str]) -> int:
    """The nearest of outline level and built-in heading name along the chain; 9 and more are body text."""
    for element, name in zip(chain, names, strict=True):
        outline = value(element.find(P_PR), "outlineLvl")
        if outline is not None:
            level = number(outline, 9)
            return level + 1 if 0 <= level < 9 else 0
        heading = _HEADING.fullmatch(name)
        if heading:
            return int(heading.group(1))
    return 0


def _numbering(element: _Element) -> tuple[str, int | None, int | None]:
    properties = element.find(f"{P_PR}/{W}numPr")
    num_id, level = value(properties, "numId"), value(properties, "ilvl")
    return (
        element.get(f"{W}styleId", ""),
        None if num_id is None else number(num_id, 0),
        None if level is None else number(level, 0, low=0, high=8),
    )


def style_id(properties: _Element | None, name: str) -> str | None:
    """The style a paragraph (``pStyle``) or run (``rStyle``) names, or None."""
    child = properties.find(W + name) if properties is not None else None
    return child.get(VAL) if child is not None else None
