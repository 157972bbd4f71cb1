"""What the headings say of the events below them: the section of the report, and whether it lies ahead."""

from __future__ import annotations

import re
from bisect import bisect_right

from sco_extract.extract.unit import Unit


class Sectors:
    """Sectors by heading where the text has such headings, else by the words of the name."""

    def __init__(self, unit: Unit, planned: re.Pattern[str]) -> None:
        self._sectors = unit.lexicon.sector
        self._of_series = {body.id: body.sector for body in unit.lexicon.body if body.sector}
        self._planned = planned
        self._headings = [
            (line.start, unit.text[line.start : line.end])
            for line in unit.document.lines
            if unit.document.blocks[line.block].kind == "heading"
        ]
        self._starts = [start for start, _ in self._headings]
        self._known: dict[str, str | None] = {}  # sector by heading, found when first asked for

    def of(self, start: int, name: str, series: str | None) -> str | None:
        """The sector of an event of ``series`` called ``name`` that is told at ``start``; None where nothing decides."""
        heading = self._heading_above(start)
        if heading not in self._known:
            self._known[heading] = self._by_heading(heading)
        return self._known[heading] or self._of_series.get(series or "") or self._by_words(name)

    def lies_ahead(self, start: int) -> bool:
        """Whether the heading above ``start`` says that what follows is planned: 2023年拟办会议."""
        return self._planned.search(self._heading_above(start)) is not None

    def _heading_above(self, start: int) -> str:
        index = bisect_right(self._starts, start) - 1
        return self._headings[index][1] if index >= 0 else ""

    def _by_heading(self, heading: str) -> str | None:
        named = [sector.id for sector in self._sectors if sector.name in heading]
        return named[0] if len(named) == 1 else self._by_words(heading)

    def _by_words(self, text: str) -> str | None:
        """The sector with the most of its words in ``text``; None at a tie."""
        counted = sorted(
            ((sum(word in text for word in sector.words), sector.id) for sector in self._sectors), reverse=True
        )
        if not counted or counted[0][0] == 0 or (len(counted) > 1 and counted[0][0] == counted[1][0]):
            return None
        return counted[0][1]
