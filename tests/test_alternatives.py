"""Words that share their beginnings in one pattern match what a plain alternation, longest first, matches."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sco_extract.extract.alternatives import alternatives
from sco_extract.lexicon.load import alternation, load

WORDS = st.lists(st.text("上海合作 .-^]", min_size=1, max_size=5), min_size=1, max_size=8)


@given(WORDS, st.text("上海合作 .-^]", max_size=20))
def test_matches_as_an_alternation(words: list[str], text: str) -> None:
    plain, shared = (re.compile(f"(?:{made(words)})") for made in (alternation, alternatives))
    assert [match.span() for match in shared.finditer(text)] == [match.span() for match in plain.finditer(text)]
    verbose = re.compile(f"(?: {alternatives(words)} )", re.VERBOSE)
    assert [match.group() for match in verbose.finditer(text)] == plain.findall(text)


def test_names_of_the_lexicon_are_found_alike() -> None:
    lexicon = load()
    names = [*lexicon.bodies, *lexicon.places, *lexicon.countries]
    pattern = re.compile(alternatives(names))
    assert all((match := pattern.match(name)) and match.group() == name for name in names)


def test_what_must_follow_a_word_is_its_own() -> None:
    pattern = re.compile(alternatives(["会议", "会", "展"], {"会": "(?!见)", "展": "[，。]"}))
    found = [pattern.match(text) for text in ("会议见", "会见", "会谈", "展览", "展。")]
    assert [match.group() if match else None for match in found] == ["会议", None, "会", None, "展"]


def test_no_words_are_an_error() -> None:
    with pytest.raises(ValueError, match="need a word"):
        alternatives([])
