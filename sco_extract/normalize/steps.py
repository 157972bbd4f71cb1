"""The steps of normalizing: small, named, each with its reason, each of them able to be left out and replayed.

Every step takes a text and returns it with what it changed; it never adds or removes a line, and costs one regex search
where it has nothing to do. Full-width punctuation, quotes and 《》 are evidence and stay.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from sco_extract.model.mapped import MappedText
from sco_extract.normalize.script import simplify


@dataclass(frozen=True, slots=True)
class Step:
    """A named step; ``id`` is written into the document, ``run`` does it."""

    id: str
    run: Callable[[MappedText], MappedText]


# CJK radicals that Unicode does not fold although fonts draw them as the character (Unicode 15.1,
# EquivalentUnifiedIdeograph.txt, the simplified radicals only: those that PDF makers of simplified text write).
_RADICALS = dict(
    zip(
        "⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳",
        "民虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟麦黄齐齿龙龟",
        strict=True,
    )
)
COMPATIBILITY = re.compile("[\u2e80-\u2fd5\uf900-\ufaff]")


def fold_ideographs(text: MappedText) -> MappedText:
    """Radicals and compatibility ideographs become the ordinary character: 7⽉ (U+2F49) -> 7月.

    PDF files of several makers carry them, and to a pattern ⽉ is not 月. Left alone: all that has no one-character
    equivalent.
    """
    return text.sub(COMPATIBILITY, _ideograph) if COMPATIBILITY.search(text.text) else text


def _ideograph(match: re.Match[str]) -> str:
    character = match.group()
    folded = _RADICALS.get(character) or unicodedata.normalize("NFKC", character)
    return folded if len(folded) == 1 else character


ZERO = re.compile(
    r"""
    [○◯〇OＯ0０]                                  # 二○二四年, 二Ｏ二四, 二０二四
    (?<=[一二三四五六七八九十〇○◯OＯ零0０].)       # a Chinese numeral before it
    (?<![0-9０-９A-Za-zＡ-Ｚａ-ｚ○◯OＯ][OＯ0０])    # but no number or Latin word: 100, BOO
    (?=[一二三四五六七八九十〇○◯OＯ零0０年])       # and one behind it, or 年: 一九九○年
    """,
    re.VERBOSE,
)
# 二００二年, 二OO八年
DOUBLE_ZERO = re.compile(r"(?<=[一二三四五六七八九])(?:[○◯〇]{2,3}|[OＯ]{2,3}|[0０]{2,3})(?=[一二三四五六七八九年])")
CIRCLE = re.compile("[○◯Ｏ０]|[一二三四五六七八九][O0]")


def unify_circle_zero(text: MappedText) -> MappedText:
    """The many shapes of zero between Chinese numerals become 〇: 二○二四年, 二Ｏ二四年, 二００二年 -> 二〇二四年, 二〇〇二年.

    Left alone: a circle that is a list mark or stands for a hidden character (张○○), letters and digits elsewhere, 零.
    """
    if not CIRCLE.search(text.text):
        return text
    doubled = text.sub(DOUBLE_ZERO, lambda match: "〇" * len(match.group()))
    return doubled.sub(ZERO, "〇")


WIDE = re.compile("[０-９Ａ-Ｚａ-ｚ]")
_WIDE_TABLE = {
    code: chr(code - 0xFEE0) for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
}


def fold_width_digits(text: MappedText) -> MappedText:
    """Full-width digits and Latin letters become ASCII: ２０２４年７月 -> 2024年7月.

    Left alone: full-width punctuation, which says where a Chinese sentence ends.
    """
    return text.translate(_WIDE_TABLE) if WIDE.search(text.text) else text


DASHES = re.compile("[\u2010-\u2012\u2015\u2212\ufe58\ufe63\uff0d\u301c\u223c\u223f]")
_DASH_TABLE = {
    ord(old): new
    for new, olds in {
        "-": "\u2010\u2011\u2212\ufe63\uff0d",  # hyphen, no-break hyphen, minus sign, small and full-width hyphen
        "–": "\u2012",  # figure dash
        "—": "\u2015\ufe58",  # horizontal bar, small em dash
        "～": "\u301c\u223c\u223f",  # wave dash, tilde operator, sine wave
    }.items()
    for old in olds
}


def unify_dashes(text: MappedText) -> MappedText:
    """Exotic dashes and tildes become the usual one of their width: 2021‒2025年 -> 2021–2025年, 3〜5日 -> 3～5日.

    Left alone: - – — ~ ～, which a proof-reader compares (PUN105), and 一, which is a numeral.
    """
    return text.translate(_DASH_TABLE) if DASHES.search(text.text) else text


_SPACE = " \u00a0\u2000-\u200a\u202f\u205f\u3000"
_HAN = "\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_MARK = "\u3001\u3002\u3008-\u3011\u3014-\u301b\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65“”‘’…·—"
_CHINESE = _HAN + _MARK
_ASCII_MARK = ",;:!?\"'(%/"  # not "." and not ")": 1. 标题, 1) 标题 keep their space
ZERO_WIDTH = re.compile("[\u200b-\u200d\u2060\ufeff\u00ad\u200e\u200f]+")
_EXOTIC = _SPACE.replace(" ", "", 1)
SPACE = re.compile(f"[{_SPACE}]")
LAYOUT_SPACE = re.compile(
    rf"""
    [{_SPACE}]{{1,2}}(?![{_SPACE}])
    (?: (?<=[{_CHINESE}][{_SPACE}])     (?=[{_CHINESE}0-9{_ASCII_MARK})])     # 张 三, 于 2024, 》 (
      | (?<=[{_CHINESE}][{_SPACE}]{{2}})(?=[{_CHINESE}0-9{_ASCII_MARK})])     # 张  三
      | (?<=[0-9][{_SPACE}])            (?=[{_CHINESE}])                      # 30 日
      | (?<=[0-9][{_SPACE}]{{2}})       (?=[{_CHINESE}])
      | (?<=[{_ASCII_MARK}][{_SPACE}])  (?=[{_HAN}《〈“‘（])                   # 6月25日, 视频
      | (?<=[{_HAN}][,;:(][{_SPACE}])   (?=[0-9])                             # 理事会( 2024年
      | (?<=[^0-9]\)[{_SPACE}])         (?=[{_CHINESE}])                      # (视频) 通过, but 1) 标题
      | (?<=[0-9][{_SPACE}])            (?=[-–—~～](?:[{_SPACE}]?)[0-9])       # 2021 — 2025年
      | (?<=[0-9][-–—~～][{_SPACE}])    (?=[0-9])
      | (?<=[0-9][{_SPACE}][-–—~～][{_SPACE}])(?=[0-9])                       # 1 ~ 10 月
    )
  | (?P<wide> [{_SPACE}\t]{{3,}} | [{_SPACE}]{{0,2}}\t[{_SPACE}]? | [{_EXOTIC}]{{1,2}} )      # columns, names in a list
    """,
    re.VERBOSE,
)


def join_spaced_cjk(text: MappedText) -> MappedText:
    """Layout spaces inside Chinese go: 2024 年 7 月 4 日 -> 2024年7月4日, 张  三 -> 张三, 2021 — 2025年 -> 2021—2025年.

    PDF text has them in every date, Word files around numbers. A space is any of U+0020, U+00A0, U+3000 and the thin ones;
    zero-width characters and soft hyphens go everywhere. Three or more, or a tab, are layout between two things and
    become one space. Left alone: spaces between words of other scripts, and behind a list number (1. 标题).
    """
    if ZERO_WIDTH.search(text.text):
        text = text.delete(ZERO_WIDTH)
    if not SPACE.search(text.text) and "\t" not in text.text:
        return text
    return text.sub(LAYOUT_SPACE, lambda match: " " if match["wide"] else "")


def to_simplified(text: MappedText) -> MappedText:
    """Traditional characters become simplified: 合作組織 -> 合作组织; also damaged ones: 麵對 -> 面对.

    Rules and lexicon know one script only. Every conversion keeps its length. Left alone: what both scripts write (著名).
    """
    simple = simplify(text.text)
    return text if simple is text.text else text.with_text(simple)


STEPS = (
    Step("fold_ideographs", fold_ideographs),
    Step("unify_circle_zero", unify_circle_zero),
    Step("fold_width_digits", fold_width_digits),
    Step("unify_dashes", unify_dashes),
    Step("join_spaced_cjk", join_spaced_cjk),
    Step("to_simplified", to_simplified),
)
