"""Numbers that a browser puts before the items of a list."""

from __future__ import annotations

from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from sco_extract.read.html.dom import attribute

_DIGITS = "〇一二三四五六七八九"
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_STYLES = {
    "a": "a", "A": "A", "i": "i", "I": "I", "lower-alpha": "a", "lower-latin": "a", "upper-alpha": "A", "upper-latin": "A",
    "lower-roman": "i", "upper-roman": "I", "cjk-ideographic": "一", "simp-chinese-informal": "一",
    "trad-chinese-informal": "一", "none": "none",
}  # fmt: skip


@dataclass(slots=True)
class OpenList:
    """A list being read: the number of its next item and how it is written (``1 a A i I 一 none``, ``•`` unordered)."""

    style: str
    next: int = 1
    step: int = 1

    def label(self, item: LexborNode) -> str:
        """The mark of the next item, as shown; ``value=`` on the item wins."""
        number = _integer(attribute(item, "value"), self.next)
        self.next = number + self.step
        if self.style == "none":
            return ""
        return self.style if self.style == "•" else _written(number, self.style)


def open_list(node: LexborNode) -> OpenList:
    """The list that ``<ol>``, ``<ul>`` or ``<menu>`` begins."""
    style = _css_style(attribute(node, "style"))
    if node.tag != "ol":
        return OpenList("none" if style == "none" else "•")
    backwards = "reversed" in node.attributes
    items = sum(1 for child in node.iter() if child.tag == "li") if backwards else 1
    start = _integer(attribute(node, "start"), items)
    return OpenList(style or _STYLES.get(attribute(node, "type"), "1"), start, -1 if backwards else 1)


def _css_style(style: str) -> str:
    for part in style.split(";"):
        name, _, value = part.partition(":")
        if name.strip().lower() in ("list-style", "list-style-type"):
            return next((_STYLES[word] for word in value.lower().split() if word in _STYLES), "")
    return ""


def _integer(written: str, default: int) -> int:
    written = written.strip()[:8]
    return int(written) if written.lstrip("-").isdecimal() and written.isascii() and "-" not in written[1:] else default


def _written(number: int, style: str) -> str:
    if style == "一" and 0 < number < 100:
        tens, ones = divmod(number, 10)
        return (
            ("" if tens == 0 else "十" if tens == 1 else _DIGITS[tens] + "十") + (_DIGITS[ones] if ones else "") + "、"
        )
    if style in "aA" and 0 < number <= 26:
        return f"{chr(ord(style) + number - 1)}."
    if style in "iI" and 0 < number < 40:
        text = ""
        for value, sign in _ROMAN:
            text += sign * (number // value)
            number %= value
        return f"{text.upper() if style == 'I' else text}."
    return f"{number}."
