"""Instruments: the documents that a text names (``document`` in docs/formats.md)."""

from __future__ import annotations

from sco_extract.extract.instruments.finder import find_instruments
from sco_extract.extract.instruments.rules import RULES

__all__ = ["RULES", "find_instruments"]
