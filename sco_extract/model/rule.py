"""A rule as people see it: its id, its name, and what it says about itself."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """Identity and documentation of one rule of extraction.

    ``id`` is never reused (``D003``); ``name`` is named for the pattern found (``day-range``); ``doc`` says to an analyst
    what is found and why, with an example and a stated limitation. The first line of ``doc`` is its summary.
    """

    id: str
    name: str
    doc: str
