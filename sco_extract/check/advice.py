"""What to do about a finding that no replacement mends, a sentence a rule and language."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from sco_extract.check.rule import Language

_FILE = Path(__file__).with_name("advice.toml")


def advice(rule: str, language: Language) -> str | None:
    """The sentence for ``rule``; None where there is none."""
    return _sentences().get(rule, {}).get(language)


@cache
def _sentences() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))
