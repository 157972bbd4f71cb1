"""Actions: the measures of a plan with their areas, deadlines and executors (rules A001 and A002)."""

from __future__ import annotations

from sco_extract.extract.actions.listing import find_in_lists
from sco_extract.extract.actions.parts import Parts
from sco_extract.extract.actions.table import find_in_tables
from sco_extract.extract.unit import Unit
from sco_extract.model.mentions import ActionMention
from sco_extract.model.rule import Rule

RULES = (
    Rule("A001", "plan-table", find_in_tables.__doc__ or ""),
    Rule("A002", "plan-list", find_in_lists.__doc__ or ""),
)


def find_actions(unit: Unit) -> tuple[ActionMention, ...]:
    """The actions of ``unit`` in the order of the text; offsets are of its reading text."""
    parts = Parts.of(unit)
    found = find_in_tables(parts) + find_in_lists(parts)
    return tuple(sorted(found, key=lambda action: (action.start, action.end)))
