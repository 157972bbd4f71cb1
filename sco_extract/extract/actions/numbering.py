"""Numbers before measures and headings: 一、 （一） 1、 1.2 ①."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from sco_extract.values.numerals import to_int

_CHINESE = "一二三四五六七八九十百"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"

_CHAPTER = re.compile(
    rf"""(?: 第(?P<a>[{_CHINESE}]{{1,4}}|[0-9]{{1,3}})(?:[章编]|部分)[、：:\s]*   # 第一章 经贸合作
           | (?P<b>[{_CHINESE}]{{1,4}})[、．.]\s*                                # 一、经贸合作
           | (?P<c>[IVX]{{1,5}}|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ])[、．.]\s*)                      # II. 经贸合作
    """,
    re.VERBOSE,
)
_SECTION = re.compile(
    rf"""(?: [（(](?P<a>[{_CHINESE}]{{1,4}}|[0-9]{{1,3}})[）)][、．.]?\s*          # （一）促进贸易 (2)促进投资
           | 第(?P<b>[{_CHINESE}]{{1,4}}|[0-9]{{1,3}})[节条][、：:\s]*)            # 第二节 投资
    """,
    re.VERBOSE,
)
_ARABIC = re.compile(
    rf"""(?: (?P<a>[0-9]{{1,3}}(?:[.．][0-9]{{1,3}}){{1,3}})(?:[、．.]\s*|\s+|(?=[^\W\d]))  # 1.2 举办论坛
           | (?P<b>[0-9]{{1,3}})(?:[、．）)]|[.](?![0-9]))\s*                              # 1、举办论坛 1. 举办论坛
           | (?P<c>[{_CIRCLED}])[、．.]?\s*)                                               # ①举办论坛
    """,
    re.VERBOSE,
)
_UNITS = re.compile(r"[年月日号%‰万亿个倍]")  # 1.5年 is an amount, no number of a measure
_BARE = re.compile(
    rf"\s*(?:第)?[（(]?([0-9]{{1,3}}(?:[.．][0-9]{{1,3}})*|[{_CHINESE}]{{1,4}}|[{_CIRCLED}])[）)]?[、.．条项]?\s*"
)

ORDER = ("chapter", "section", "arabic")


@dataclass(frozen=True, slots=True)
class Label:
    """A number at the start of a text: its form, its value (None for Roman numbers) and its length."""

    form: str
    value: int | None
    length: int


def read_label(text: str) -> Label | None:
    """The numbering at the start of ``text``."""
    for form, pattern in zip(ORDER, (_CHAPTER, _SECTION, _ARABIC), strict=True):
        match = pattern.match(text)
        if match and not _UNITS.match(text, match.end()):
            return Label(form, _value(match.group(match.lastgroup or 0)), match.end())
    return None


def read_number(text: str) -> int | None:
    """The value of a text that is a number only: ``3``, ``（三）``, ``1.3`` (its last part), ``③``."""
    match = _BARE.fullmatch(text)
    return _value(match[1]) if match else None


def _value(text: str) -> int | None:
    """The value of Arabic, Chinese or circled digits; of ``1.3`` the last part; None for anything else, and for 0."""
    if text in _CIRCLED:
        return _CIRCLED.index(text) + 1
    return to_int(re.split(r"[.．]", text)[-1]) or None


@dataclass(slots=True)
class Headings:
    """The area and sub-area that are open while a plan is read from top to bottom.

    The first form of numbering in its usual order (一、 before （一） before 1.) makes the area, the next one the
    sub-area.
    Headings without a number stand below numbered ones, and are areas where nothing is numbered.
    """

    area: str | None = None
    subarea: str | None = None
    forms: list[str] = field(default_factory=list)

    def put(self, text: str, form: str | None = None) -> None:
        """Open the heading ``text``; ``form`` overrides what its numbering says."""
        label = read_label(text)
        name = text[label.length :].strip() if label else text.strip()
        form = form or (label.form if label else "plain")
        if not name:
            return
        if form != "plain" and form not in self.forms:
            self.forms.append(form)
            self.forms.sort(key=lambda one: (ORDER.index(one) if one in ORDER else len(ORDER), one))
        rank = self.forms.index(form) if form in self.forms else min(1, len(self.forms))
        if rank == 0:
            if name != self.area:
                self.area, self.subarea = name, None
        elif rank == 1:
            self.subarea = name
