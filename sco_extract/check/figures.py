"""Contradictions about figures: one quantity of one subject and time with two values."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from sco_extract.check.rule import Check, Contradiction, Passage, elsewhere
from sco_extract.check.view import View
from sco_extract.lexicon.load import Lexicon, alternation
from sco_extract.link.fold import comparable, fold_title
from sco_extract.link.when import days_of
from sco_extract.model.records import Figure

# 约 and 左右 leave a tenth open: 约23万亿 is said of 21 to 25.
ABOUT = 0.1
# More different values of one quantity than this are a table of everything; the first ones are compared.
CROWD = 30
SHOWN = 5  # passages of the other side that a person looks at
_SCALES = ((10**12, "万亿"), (10**8, "亿"), (10**4, "万"))


@dataclass(frozen=True, slots=True)
class _Said:
    """A figure, its source, and between what its value lies as its writer wrote it."""

    source: str
    figure: Figure
    low: float
    high: float

    @classmethod
    def of(cls, source: str, figure: Figure) -> _Said:
        """A last digit may be rounded or cut off: 894 is said of 893.1 to 894.9."""
        low, high = figure.value - figure.step, figure.value + figure.step
        if figure.bound == "about":
            low, high = low - ABOUT * abs(figure.value), high + ABOUT * abs(figure.value)
        elif figure.bound == "over":
            low, high = figure.value - figure.step / 2, math.inf
        elif figure.bound == "under":
            low, high = -math.inf, figure.value + figure.step / 2
        return cls(source, figure, low, high)

    def agrees(self, other: _Said) -> bool:
        """Whether both can be right; values that only touch (894, 896) are two."""
        return self.low < other.high and other.low < self.high


def other_figure(view: View) -> Iterator[Contradiction]:
    """A figure for one quantity, subject and time differs between two passages, of one document or of two.

    Compared are figures whose subject is the same but for 双边, 国家 and the long or short name of an organisation, with the
    same quantity, unit and time. Values that rounding, 约, 超过 or 近 explain agree. Amounts, growth, stocks up to a day and sums since
    a beginning are quantities of their own; what is expected is not compared.

    Good: 894亿美元 and 894.1亿美元; 超过170亿美元 and 173亿美元. Bad: 2023年中国与中亚国家贸易额达894亿美元 here, 849亿美元 there.

    Limitation: statistics of two states on one trade differ, and are revised; which is right the corpus cannot say.
    """
    groups: dict[tuple[str, ...], list[_Said]] = defaultdict(list)
    for source in view.linked.sources:
        for figure in view.linked.figures.get(source, ()):
            if not figure.forecast:
                groups[_key(source, figure, view.lexicon)].append(_Said.of(source, figure))
    for said in groups.values():
        values: dict[tuple[float, float], list[_Said]] = defaultdict(list)
        for one in said:
            values[one.low, one.high].append(one)
        if len(values) > 1:
            yield from _differing(list(values.values())[:CROWD])


def _key(source: str, figure: Figure, lexicon: Lexicon) -> tuple[str, ...]:
    """What two figures of one thing share; 2024年底 and 2024年12月31日 are one time up to which was counted."""
    own = source if figure.subject.startswith(lexicon.words("figure_own")) else ""
    days = days_of(figure.edtf)
    last = str(days.last) if days else figure.edtf
    first = str(days.first) if days and figure.basis == "period" else ""
    what = figure.quantity, figure.measure, figure.basis, figure.unit
    return subject_key(figure.subject, lexicon), own, *what, first, last


def subject_key(subject: str, lexicon: Lexicon) -> str:
    """What is equal for two names of one subject."""
    words = _words(lexicon)
    text = words[1].sub("", words[0].sub(lambda match: words[2][match[0]], comparable(subject)))
    folded = fold_title(text, lexicon)
    return "|".join((folded.core, *folded.organisations, *folded.years, *map(str, folded.numbers)))


@cache
def _words(lexicon: Lexicon) -> tuple[re.Pattern[str], re.Pattern[str], Mapping[str, str]]:
    """Names of one group of states, fillers, and the first name for each of the group."""
    same = lexicon.words("figure_same")
    return (
        re.compile(alternation(same)),
        re.compile(alternation(lexicon.words("figure_fillers"))),
        dict.fromkeys(same, same[0]),
    )


def _differing(values: Sequence[Sequence[_Said]]) -> Iterator[Contradiction]:
    """For each value that disagrees with one that more sources say, the passage and all of the other side."""
    ordered = sorted(values, key=lambda said: -len({one.source for one in said}))  # stable: first in the corpus
    for number, said in enumerate(ordered):
        against = next((other for other in ordered[:number] if not said[0].agrees(other[0])), None)
        if against is not None:
            here, there = said[0], against[0]
            values_of = {
                "name": here.figure.subject,
                "what": _what(here.figure),
                "time": here.figure.edtf,
                "here": written(here.figure),
                "there": written(there.figure),
                "source": elsewhere(here.source, there.source),
            }
            others = tuple(Passage(one.source, one.figure.span) for one in against[:SHOWN])
            yield Contradiction(Passage(here.source, here.figure.span), others, values_of)


def _what(figure: Figure) -> str:
    return f"@growth:{figure.quantity}" if figure.measure == "growth" else figure.quantity


def written(figure: Figure) -> str:
    """The value as people write it: 894亿美元, 27.2%."""
    size, scale = next(((size, word) for size, word in _SCALES if abs(figure.value) >= size), (1, ""))
    number = f"{Decimal(str(figure.value)) / size:f}"
    number = number.rstrip("0").rstrip(".") if "." in number else number
    return f"@{figure.bound}:{number}{scale}{figure.unit}"


CHECKS: tuple[Check, ...] = (Check("REF704", "figure-differs", "warning", other_figure),)
