"""What ``bodies.toml`` says about the templates of sites, as one frozen value."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class SiteFacts:
    """The tables of ``bodies.toml``; the meaning of each is said there."""

    selectors: tuple[str, ...]
    furniture_words: frozenset[str]
    furniture_headings: tuple[str, ...]
    byline_words: tuple[str, ...]
    date_metas: tuple[str, ...]


@cache
def site_facts() -> SiteFacts:
    """The facts shipped with the package, read once."""
    with (Path(__file__).parent / "bodies.toml").open("rb") as file:
        data: dict[str, list[str]] = tomllib.load(file)
    return SiteFacts(
        selectors=tuple(data["selectors"]),
        furniture_words=frozenset(data["furniture_words"]),
        furniture_headings=tuple(data["furniture_headings"]),
        byline_words=tuple(data["byline_words"]),
        date_metas=tuple(data["date_metas"]),
    )
