"""Numbers and marks at the start of a line: 一、 （一） 1. 第三条 ① •, and what they make of the line."""

from __future__ import annotations

import re
from dataclasses import dataclass

_NUM = "[一二三四五六七八九十百〇零○两]{1,5}"
_WIDE = "[0-9０-９]"


@dataclass(frozen=True, slots=True)
class Label:
    """``text`` as it stands; ``end`` is where the line's own text begins; ``rank`` orders the styles from outer to inner."""

    text: str
    end: int
    style: str
    rank: int


# Outer to inner as GB/T 9704-2012 (7.3.3: 一、 （一） 1. （1）) and Chinese treaties (章 节 条) nest them.
STYLES = (
    ("part", rf"第(?:{_NUM}|{_WIDE}{{1,3}})[编篇部](?:分)?(?=[\s　]|$)"),  # 第一部分 总则
    ("chapter", rf"第(?:{_NUM}|{_WIDE}{{1,3}})章(?=[\s　:：]|$|[\u4e00-\u9fff])"),  # 第一章 总则
    ("section", rf"第(?:{_NUM}|{_WIDE}{{1,3}})[节節](?=[\s　:：]|$)"),  # 第二节 贸易
    ("article", rf"第(?:{_NUM}|{_WIDE}{{1,3}})[条條](?=[\s　:：]|$)"),  # 第三条 宗旨
    ("chinese", rf"{_NUM}[、．.](?![\s　]*{_WIDE})"),  # 一、政治
    ("chinese_space", rf"{_NUM}(?=[ 　]{{1,4}}[\u4e00-\u9fff])"),  # 一 机遇与挑战
    ("chinese_bracket", rf"[（(〔]{_NUM}[）)〕]"),  # （一）贸易
    ("decimal", r"[0-9]{1,2}(?:\.[0-9]{1,2}){1,3}(?:[.、]|(?=[\s　]))"),  # 1.2 投资
    ("arabic", rf"{_WIDE}{{1,3}}(?:[、]|[.．](?!{_WIDE}))"),  # 1. 贸易
    ("arabic_bracket", rf"[（(]{_WIDE}{{1,3}}[）)]"),  # （1）关税
    ("arabic_half", rf"{_WIDE}{{1,2}}[)）]"),  # 1) 关税
    ("circled", "[①-⑳㉑-㉟]"),  # ①关税
    ("letter", r"[a-zA-Z][.)](?=\s)"),  # a) 关税
    ("bullet", r"[•·●■◆▪◦□➢►*](?=[\s　]*\S)|[-–—](?=[ 　])"),  # • 关税
)
_PATTERN = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in STYLES))
_RANKS = {name: rank for rank, (name, _) in enumerate(STYLES)}
HEADING_STYLES = frozenset(name for name, _ in STYLES[:11])
ALONE_STYLES = frozenset({"part", "chapter", "section", "article"})  # may stand on a line of their own
SERIAL_STYLES = frozenset({"decimal", "arabic", "arabic_bracket", "arabic_half"})  # also number the items of a list
_SPACE = re.compile(r"[\s　]*")


def find_label(text: str) -> Label | None:
    """The label that ``text`` starts with, if any."""
    match = _PATTERN.match(text)
    if match is None or match.lastgroup is None:
        return None
    gap = _SPACE.match(text, match.end())
    return Label(match.group(), gap.end() if gap else match.end(), match.lastgroup, _RANKS[match.lastgroup])
