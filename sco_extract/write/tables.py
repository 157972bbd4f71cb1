"""What all writers do with a table of a draft: merge cells, number passages, explain the numbers of a picture."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from sco_extract.model.draft import Cell, Citation, Column, Table, Timeline
from sco_extract.write.wording import ANNEX_LIMIT, in_words, labels, named, passage

# Shares of the columns of the explaining table: number, date, event, section.
_SHARES = (0.08, 0.24, 0.43, 0.25)

Merge = Literal["restart", "continue"]


@dataclass(slots=True)
class Sources:
    """The numbered passages of one annex; each passage has one number, its entry a bookmark of this name."""

    prefix: str
    numbers: dict[tuple[str, str], int] = field(default_factory=dict)  # by source and passage, in words

    def number(self, citation: Citation) -> int:
        """The number of a passage, from 1 in the order of first use."""
        return self.numbers.setdefault((named(citation), passage(citation, ANNEX_LIMIT)), len(self.numbers) + 1)

    def by_source(self) -> dict[str, list[tuple[int, str]]]:
        """The passages with their numbers by source, in the order of first use."""
        grouped: dict[str, list[tuple[int, str]]] = {}
        for (source, words), number in self.numbers.items():
            grouped.setdefault(source, []).append((number, words))
        return grouped

    def anchor(self, number: int) -> str:
        """The bookmark of an entry."""
        return f"{self.prefix}_source_{number}"

    def ranges(self, citations: Iterable[Citation]) -> list[tuple[int, int]]:
        """The numbers of ``citations``, ascending, neighbours joined: 1 2 3 7 → (1, 3), (7, 7)."""
        joined: list[tuple[int, int]] = []
        for number in sorted({self.number(citation) for citation in citations}):
            if joined and joined[-1][1] == number - 1:
                joined[-1] = (joined[-1][0], number)
            else:
                joined.append((number, number))
        return joined


def mark(first: int, last: int) -> str:
    """[3], [3–5]; two neighbours too are a range."""
    return f"[{first}]" if first == last else f"[{first}–{last}]"


def merges(rows: Sequence[Sequence[Cell]]) -> list[list[Merge | None]]:
    """What each cell is in a vertical merge; a cell merged into nothing is an ordinary one."""
    left = [0] * max((len(row) for row in rows), default=0)
    plan: list[list[Merge | None]] = []
    for row in rows:
        line: list[Merge | None] = []
        for index, cell in enumerate(row):
            continued = cell.span_rows == 0 and left[index] > 0
            left[index] = left[index] - 1 if continued else max(cell.span_rows - 1, 0)
            line.append("continue" if continued else "restart" if cell.span_rows > 1 else None)
        plan.append(line)
    return plan


def needs_key(timeline: Timeline) -> bool:
    """Must a table of its own explain the numbers of the picture? Not where each mark has the number of a row of the annex."""
    return not all(one.number for one in timeline.marks)


def key_table(timeline: Timeline) -> Table:
    """What the numbers of a picture mean."""
    headings = labels("report_key")
    rows = tuple(
        tuple(Cell((text,)) for text in (str(number), in_words(_interval(one.first, one.last)), one.label, one.lane))
        for number, one in enumerate(timeline.marks, 1)
    )
    return Table("", tuple(Column(head, share) for head, share in zip(headings, _SHARES, strict=True)), rows)


def _interval(first: str, last: str) -> str:
    return first if first == last or not last else f"{first}/{last}"
