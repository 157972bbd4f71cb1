"""Numbers and marks at the beginning of a paragraph."""

from __future__ import annotations

import re

_CHINESE = "[一二三四五六七八九十百〇零]{1,5}"
# The level of a heading by its number, as Chinese official documents count: 章, 一、, （一）, 1.
_HEADINGS = (
    (1, re.compile(rf"第(?:{_CHINESE}|\d{{1,3}})[编編章部篇](?:分)?\s*")),
    (2, re.compile(rf"第(?:{_CHINESE}|\d{{1,3}})[节節]\s*|{_CHINESE}、\s*")),
    (3, re.compile(rf"[（(]{_CHINESE}[）)]\s*")),
)
# 第一条, 一是 is no label
ARTICLE = re.compile(rf"第(?:{_CHINESE}|\d{{1,3}})[条條款]\s*")
ITEM = re.compile(
    r"""(?:
      [•·●○■□◆◇▪►➢✓]          # • 加强协调
    | [-–—－]\s+                # - 加强协调
    | \d{1,3}\s?[、．]           # 1、加强协调
    | \d{1,3}[.)）](?![\d])      # 1. 加强协调, not 1.5亿
    | [（(]\d{1,3}[）)]           # （1）加强协调
    | [①-⑳]                     # ①加强协调
    | [a-zA-Z][.)）]\s           # a) 加强协调
    )\s*""",
    re.VERBOSE,
)


def heading_label(text: str) -> tuple[int, str]:
    """The level that the number of a heading shows and the number itself; ``(0, "")`` without one."""
    for level, pattern in _HEADINGS:
        match = pattern.match(text)
        if match and match.end() < len(text):
            return level, match.group().strip()
    return 0, ""


def item_label(text: str) -> str:
    """The mark of a list item, ``""`` without one."""
    match = ITEM.match(text)
    return match.group().strip() if match and match.end() < len(text) else ""


def begins_with_label(text: str) -> bool:
    """Whether a line begins as numbered paragraphs, articles, items and headings do."""
    return bool(heading_label(text)[0] or item_label(text) or ARTICLE.match(text))


_ORDINAL = re.compile(r"[^\d一二三四五六七八九十①-⑳]{0,2}(\d{1,3}|[一二三四五六七八九十]{1,3}|[①-⑳])")


def follows(before: str, text: str) -> bool:
    """Whether ``text`` carries the number after that of ``before`` in the same form: 2、 and 3、, （九） and （十）."""
    one, other = _label(before), _label(text)
    if not one or not other:
        return False
    mine, next_ = _ORDINAL.match(one), _ORDINAL.match(other)
    if mine is None or next_ is None or (one[-1] != other[-1] and not one[-1].isnumeric()):
        return False
    return _value(next_.group(1)) == _value(mine.group(1)) + 1


def _label(text: str) -> str:
    article = ARTICLE.match(text)
    return heading_label(text)[1] or item_label(text) or (article.group().strip() if article else "")


def _value(written: str) -> int:
    if written.isdecimal():
        return int(written)
    if len(written) == 1 and "①" <= written <= "⑳":
        return ord(written) - ord("①") + 1
    tens, ten, ones = written.rpartition("十")
    value = "一二三四五六七八九".find(ones) + 1 if ones else 0
    return value + (("一二三四五六七八九".find(tens) + 1 if tens else 1) * 10 if ten else 0)
