"""Dates: days, months, years, ranges, parts of years, relative words (rules D001 to D016)."""

from sco_extract.extract.dates.find import find_dates
from sco_extract.extract.dates.result import DateFindings, Problem
from sco_extract.extract.dates.rules import RULES

__all__ = ["RULES", "DateFindings", "Problem", "find_dates"]
