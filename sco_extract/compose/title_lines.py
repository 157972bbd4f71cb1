"""A title in lines broken by meaning (GB/T 9704-2012, 7.3.1), short enough for the type area."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from functools import cache

from sco_extract.compose.phrases import phrases_of
from sco_extract.lexicon.load import Lexicon, alternation

# 156 mm are 20.1 characters of 22 points; a digit or Latin letter is half of one.
LONGEST = 20.0
# What no line begins with, and what none ends with.
_CLOSING, _OPENING = "》〉）”’」』、，：；。)", "《〈（“‘「『("
# What a line costs, and a break: at a seam, behind a name or a year, before common words, elsewhere, between what is bound.
_LINE, _SEAM, _NAME, _WORD, _ANYWHERE, _BOUND = 14.0, 0.0, 8.0, 8.0, 40.0, 500.0
_SHORTEST = 4.0  # a shorter line is an orphan
_YEAR = re.compile(r"[0-9]年(?![0-9至—-])")


def title_lines(title: str, lexicon: Lexicon) -> tuple[str, ...]:
    """``title`` in few, even lines of at most ``LONGEST`` characters; no mark, name or number is torn where one can help.

    Lines are compared by what they cost together: their number, their breaks, and how far they are from even length.
    """
    total = _width(title)
    if total <= LONGEST:
        return (title,)
    breaks = _breaks(title, lexicon)
    fewest = math.ceil(total / LONGEST)
    found = [made for count in range(fewest, fewest + 3) if (made := _divided(title, count, breaks))]
    return min(found, default=(0.0, (title,)))[1]


def _divided(title: str, count: int, breaks: Mapping[int, float]) -> tuple[float, tuple[str, ...]] | None:
    """The cheapest way to divide ``title`` into ``count`` lines, None where none is short enough."""
    even = _width(title) / count
    best: dict[int, tuple[float, tuple[str, ...]]] = {0: (0.0, ())}
    for line in range(1, count + 1):
        reached: dict[int, tuple[float, tuple[str, ...]]] = {}
        for end in sorted(breaks) if line < count else (len(title),):
            ways = [
                (
                    best[start][0] + _line(title[start:end], even) + breaks.get(end, 0.0),
                    (*best[start][1], title[start:end]),
                )
                for start in range(max(end - 2 * int(LONGEST), 0), end)
                if start in best and _width(title[start:end]) <= LONGEST
            ]
            if ways:
                reached[end] = min(ways)
        best = reached
    return best.get(len(title))


def _line(text: str, even: float) -> float:
    width = _width(text)
    return _LINE + (width - even) ** 2 * 0.1 + (20.0 if width < _SHORTEST else 0.0)


def _breaks(title: str, lexicon: Lexicon) -> Mapping[int, float]:
    """Where a line may end, and what that costs."""
    found = {at: _BOUND if _is_bound(title, at) else _ANYWHERE for at in range(1, len(title))}
    names, seams, words = _patterns(lexicon)
    for match in names.finditer(title):
        for at in range(match.start() + 1, match.end()):
            found[at] = _BOUND
    ends = [(match.end(), _NAME) for pattern in (names, _YEAR) for match in pattern.finditer(title)]
    ends += [(match.start(), _SEAM) for match in seams.finditer(title)]
    ends += [(match.start(), _WORD) for match in words.finditer(title)]
    ends += [(at, _SEAM) for at in range(1, len(title)) if title[at - 1] in _CLOSING]
    for at, cost in ends:
        if found.get(at, _BOUND) < _BOUND:
            found[at] = min(found[at], cost)
    return found


def _is_bound(title: str, at: int) -> bool:
    """Do the characters around ``at`` belong together: a mark and what it stands at, digits, a Latin word, a number and its year?"""
    before, after = title[at - 1], title[at]
    latin = before < "\u2000" and after < "\u2000" and not before.isspace()
    return before in _OPENING or after in _CLOSING or latin or (before.isdecimal() and after in "年月日")


def _width(text: str) -> float:
    return sum(0.5 if character < "\u2000" else 1.0 for character in text)


@cache
def _patterns(lexicon: Lexicon) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Names of organisations; words before which a title has a seam; words that are not torn."""
    phrases = phrases_of(lexicon)
    names = {name for one in lexicon.organisation for name in (one.name, *one.aliases)}
    return (
        re.compile(alternation(names or {"\n"})),
        re.compile(alternation(phrases.words("title_breaks"))),
        re.compile(f"(?:{alternation(phrases.words('title_words'))})+"),
    )
