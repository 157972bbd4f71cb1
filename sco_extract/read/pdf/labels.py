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
