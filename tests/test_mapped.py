"""A mapped text remembers where each character came from, whatever is done to it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sco_extract.model.mapped import MappedText
from sco_extract.model.span import Span

TEXT = st.text(alphabet="年月日2024 ab，。《》會会\n𠮷", max_size=40)
EDITS = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 4), st.text(alphabet="XYZ", max_size=5)), max_size=6)


def _in_order(text: str, raw: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Edits that are in order, apart from each other, and inside ``text``."""
    edits: list[tuple[int, int, str]] = []
    at = 0
    for start, length, new in sorted(raw):
        low, high = max(at, min(start, len(text))), min(len(text), max(at, start) + length)
        if low <= high:
            edits.append((low, high, new))
            at = high
    return edits


def _plain(text: str, edits: list[tuple[int, int, str]]) -> str:
    for start, end, new in reversed(edits):
        text = text[:start] + new + text[end:]
    return text


@given(TEXT)
def test_identity_maps_every_range_to_itself(text: str) -> None:
    mapped = MappedText.of(text)
    for start in range(len(text)):
        for end in range(start + 1, len(text) + 1):
            assert mapped.span(start, end) == Span(start, end)


@given(TEXT, EDITS)
@settings(deadline=None)
def test_edit_does_to_the_text_what_slicing_does(text: str, raw: list[tuple[int, int, str]]) -> None:
    edits = _in_order(text, raw)
    assert MappedText.of(text).edit(edits).text == _plain(text, edits)


@given(TEXT, EDITS, EDITS)
@settings(deadline=None)
def test_untouched_characters_keep_their_origin_through_two_edits(
    text: str, first: list[tuple[int, int, str]], second: list[tuple[int, int, str]]
) -> None:
    once = MappedText.of(text).edit(_in_order(text, first))
    twice = once.edit(_in_order(once.text, second))
    for at, character in enumerate(twice.text):
        span = twice.span(at, at + 1)
        if character not in "XYZ":
            assert text[span.start : span.end] == character
        else:
            assert span.end - span.start <= 1


@given(TEXT, EDITS, EDITS)
@settings(deadline=None)
def test_origins_never_run_backwards(
    text: str, first: list[tuple[int, int, str]], second: list[tuple[int, int, str]]
) -> None:
    once = MappedText.of(text).edit(_in_order(text, first))
    twice = once.edit(_in_order(once.text, second))
    starts = [twice.span(at, at + 1).start for at in range(len(twice.text))]
    assert starts == sorted(starts)


@given(TEXT, st.sampled_from(["[0-9]+", "年|月", " ", "《|》", "[^a]"]), st.sampled_from(["", "Z", "ZZZ"]))
@settings(deadline=None)
def test_sub_and_delete_equal_re_sub(text: str, pattern: str, new: str) -> None:
    compiled = re.compile(pattern)
    mapped = MappedText.of(text)
    assert mapped.sub(compiled, new).text == compiled.sub(new, text)
    assert mapped.delete(compiled).text == compiled.sub("", text)


def test_span_over_a_deleted_space_covers_it() -> None:
    mapped = MappedText.of("于 2024 年举行").delete(re.compile(" "))
    assert mapped.text == "于2024年举行"
    assert mapped.span(1, 6) == Span(2, 8)


def test_inserted_characters_come_from_an_empty_range() -> None:
    mapped = MappedText.of("宗旨").insert(0, "第一条")
    assert mapped.span(0, 3) == Span(0, 0)
    assert mapped.span(0, 5) == Span(0, 2)


def test_pieces_join_ranges_with_a_separator_from_nowhere() -> None:
    mapped = MappedText.pieces("甲xx乙yy丙", [Span(0, 1), Span(3, 4), Span(6, 7)])
    assert mapped.text == "甲\n乙\n丙"
    assert [mapped.span(at, at + 1) for at in (0, 2, 4)] == [Span(0, 1), Span(3, 4), Span(6, 7)]


def test_translate_keeps_the_map_and_refuses_other_lengths() -> None:
    mapped = MappedText.of("會 議").delete(re.compile(" "))
    assert mapped.translate({ord("會"): "会", ord("議"): "议"}).span(1, 2) == Span(2, 3)
    with pytest.raises(ValueError, match="length"):
        mapped.with_text("一二三")


@pytest.mark.parametrize(("start", "end"), [(0, 0), (2, 1), (0, 4), (-1, 1)])
def test_span_refuses_what_is_no_range(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="range"):
        MappedText.of("甲乙丙").span(start, end)


def test_edits_that_overlap_are_refused() -> None:
    with pytest.raises(ValueError, match="overlap"):
        MappedText.of("甲乙丙").edit([(0, 2, ""), (1, 3, "")])
