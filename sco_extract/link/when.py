"""EDTF dates as ranges of days, to be compared and counted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from sco_extract.values.edtf import parse


@dataclass(frozen=True, slots=True, order=True)
class Days:
    """The days from ``first`` to ``last``, both included."""

    first: date
    last: date

    @property
    def length(self) -> int:
        """Number of days."""
        return (self.last - self.first).days + 1

    def overlaps(self, other: Days) -> bool:
        """Whether a day belongs to both."""
        return self.first <= other.last and other.first <= self.last

    def holds(self, other: Days) -> bool:
        """Whether every day of ``other`` belongs to this one."""
        return self.first <= other.first and other.last <= self.last

    def distance(self, other: Days) -> int:
        """Days from the one to the other; 0 where they touch or overlap."""
        return max((other.first - self.last).days, (self.first - other.last).days, 0)


@lru_cache(maxsize=65536)
def days_of(edtf: str | None) -> Days | None:
    """The days that an EDTF text means; None for none, for an open range and for a day of every year.

    >>> days_of("2024-02").last
    datetime.date(2024, 2, 29)
    """
    value = parse(edtf) if edtf else None
    if value is None or value.earliest is None or value.latest is None:
        return None
    return Days(date.fromisoformat(value.earliest), date.fromisoformat(value.latest))
