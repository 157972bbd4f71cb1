"""Names of places and countries where they stand in a text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from sco_extract.extract.alternatives import alternatives
from sco_extract.lexicon.load import Lexicon


@dataclass(frozen=True, slots=True)
class PlaceNames:
    """The lexicon's names as patterns, of which each matches the longest name; names of one character say too little."""

    lexicon: Lexicon
    place: re.Pattern[str]
    country: re.Pattern[str]
    somewhere: re.Pattern[str]  # a place or a country, the longest: 罗马尼亚, not 罗马
    capital: re.Pattern[str]  # 首都

    def whole(self, name: str) -> str | None:
        """The city (else country) that ``name`` is, without the country before it; None where the lexicon has neither."""
        name = name.replace(" ", "").removesuffix("市")
        found = self.at(name, 0)
        return found[0] if found and found[1] == len(name) else None

    def at(self, text: str, at: int) -> tuple[str, int] | None:
        """The longest place that begins at ``at``, and where it ends.

        A country or province is passed where a city stands behind it: 哈萨克斯坦（首都）阿斯塔纳, 海南省三亚.
        """
        country = self.country.match(text, at)
        if country:
            capital = self.capital.match(text, country.end())
            if city := self.place.match(text, capital.end() if capital else country.end()):
                return self._within(text, city)
        city = self.place.match(text, at)
        if city and (not country or city.end() >= country.end()):
            return self._within(text, city)
        return (country.group(), country.end()) if country else self._of_capital(text, at)

    def _within(self, text: str, found: re.Match[str]) -> tuple[str, int]:
        """The city behind a province, else the name itself, and where it ends."""
        if self.lexicon.places[found.group()].kind != "city":
            city = self.place.match(text, found.end())
            if city and self.lexicon.places[city.group()].kind == "city":
                return city.group(), city.end()
        return found.group(), found.end()

    def _of_capital(self, text: str, at: int) -> tuple[str, int] | None:
        """俄首都莫斯科: a short form of a country that is no name of its own."""
        capital = self.capital.match(text, at + 1)
        city = self.place.match(text, capital.end()) if capital else None
        return (city.group(), city.end()) if city else None


@cache
def place_names(lexicon: Lexicon) -> PlaceNames:
    """The patterns for ``lexicon``; ``LexiconError`` where it has no word for a capital."""
    places = [name for name in lexicon.places if len(name) > 1]
    return PlaceNames(
        lexicon=lexicon,
        place=re.compile(alternatives(places)),
        country=re.compile(alternatives(lexicon.countries)),
        somewhere=re.compile(alternatives([*places, *lexicon.countries])),
        capital=re.compile(alternatives(lexicon.words("instrument_capital"))),
    )
