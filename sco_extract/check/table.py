"""All rules about a single document, in the order of their ids."""

from __future__ import annotations

from sco_extract.check import (
    abbreviations,
    balance,
    bodies,
    characters,
    connectors,
    conversion,
    numbering,
    numerals,
    plans,
    punctuation,
    sittings,
    states,
    time,
    titles,
)
from sco_extract.check.sheet import SheetCheck

_FAMILIES = (
    conversion.CHECKS,
    characters.CHECKS,
    punctuation.CHECKS,
    balance.CHECKS,
    connectors.CHECKS,
    numbering.CHECKS,
    numerals.CHECKS,
    time.CHECKS,
    sittings.CHECKS,
    titles.CHECKS,
    plans.CHECKS,
    bodies.CHECKS,
    states.CHECKS,
    abbreviations.CHECKS,
)
SHEET_CHECKS: tuple[SheetCheck, ...] = tuple(
    sorted((check for family in _FAMILIES for check in family), key=lambda check: (check.id[:3], check.id))
)
