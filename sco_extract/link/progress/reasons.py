"""Reasons of links in words, in the language asked for."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

Language = Literal["en", "zh"]

_FILE = Path(__file__).with_name("reasons.toml")


@dataclass(frozen=True, slots=True)
class Reasons:
    """The catalogue ``reasons.toml`` in one language."""

    language: Language = "en"

    def say(self, name: str, what: str = "") -> str:
        """The reason ``name`` with ``what`` in its place; ``KeyError`` for one that the catalogue lacks."""
        return _catalogue()[name][self.language].replace("{what}", what)

    def join(self, reasons: Iterable[str]) -> str:
        """Reasons as one text."""
        return self.say("separator").join(reasons)


@cache
def _catalogue() -> dict[str, dict[str, str]]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))
