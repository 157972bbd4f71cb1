"""What the number at the beginning of a paragraph says about it."""

from __future__ import annotations

import re

from sco_extract.read.labels import Label, find_label

# The level of a heading by the style of its number, as GB/T 9704-2012 nests them; the other styles number items.
_LEVELS = {"part": 1, "chapter": 1, "section": 2, "chinese": 2, "chinese_space": 2, "chinese_bracket": 3}
_ARTICLE = "article"
_NUMBER = re.compile("[0-9]{1,3}|[一二三四五六七八九十]{1,3}|[①-⑳]")
_ONES = "一二三四五六七八九"


def _label(text: str) -> Label | None:
    label = find_label(text)
    return label if label is not None and label.end < len(text) else None


def heading_label(text: str) -> tuple[int, str]:
    """The level that the number of a heading shows and the number itself; ``(0, "")`` without one."""
    label = _label(text)
    level = _LEVELS.get(label.style, 0) if label is not None else 0
    return level, label.text if label is not None and level else ""


def article_label(text: str) -> str:
    """``第三条`` of a treaty's article, ``""`` without one."""
    label = _label(text)
    return label.text if label is not None and label.style == _ARTICLE else ""


def item_label(text: str) -> str:
    """The mark of a list item (``1、``, ``①``, ``•``), ``""`` without one."""
    label = _label(text)
    return label.text if label is not None and label.style not in _LEVELS and label.style != _ARTICLE else ""


def begins_with_label(text: str) -> bool:
    """Whether a line begins as numbered paragraphs, articles, items and headings do."""
    return _label(text) is not None


def follows(before: str, text: str) -> bool:
    """Whether ``text`` carries the number after that of ``before`` in the same style: 2、 and 3、, （九） and （十）."""
    one, other = _label(before), _label(text)
    if one is None or other is None or one.style != other.style:
        return False
    first, second = _NUMBER.search(one.text), _NUMBER.search(other.text)
    return first is not None and second is not None and _value(second.group()) == _value(first.group()) + 1


def _value(written: str) -> int:
    if written.isdecimal():
        return int(written)
    if "①" <= written <= "⑳":
        return ord(written) - ord("①") + 1
    tens, ten, ones = written.rpartition("十")
    value = _ONES.find(ones) + 1 if ones else 0
    return value + ((_ONES.find(tens) + 1 if tens else 1) * 10 if ten else 0)
