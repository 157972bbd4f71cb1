"""Figures: numbers for a quantity of a subject and a time, as far as one clause says all four."""

from __future__ import annotations

from sco_extract.extract.figures.find import RULES, find_figures

__all__ = ["RULES", "find_figures"]
