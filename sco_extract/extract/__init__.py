"""Rules that find and interpret: dates, documents, meetings, participants, actions, figures."""

from __future__ import annotations

from sco_extract.extract import actions, dates, figures, instruments, meetings, participants
from sco_extract.model.rule import Rule

RULES: tuple[Rule, ...] = (
    *dates.RULES,
    *instruments.RULES,
    *meetings.RULES,
    *participants.RULES,
    *actions.RULES,
    *figures.RULES,
)
