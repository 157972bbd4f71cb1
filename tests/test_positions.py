"""Mentions by range, sentences by their marks, and names of places."""

from __future__ import annotations

import re

from sco_extract.extract.places import place_names
from sco_extract.extract.positions import Placed, Stops
from sco_extract.lexicon.load import load
from sco_extract.model.span import Span


def test_mentions_are_asked_for_by_where_they_start() -> None:
    spans = (Span(2, 9), Span(4, 5), Span(7, 8))
    placed = Placed(spans)
    assert [tuple(placed.within(*bounds)) for bounds in ((0, 2), (2, 7), (5, 99), (8, 9))] == [
        (),
        spans[:2],
        spans[2:],
        (),
    ]
    assert [placed.any_within(start, start + 1) for start in (1, 2, 7, 8)] == [False, True, True, False]


def test_sentences_end_at_their_marks() -> None:
    stops = Stops("一。二三；四", re.compile("[。；]"))
    assert [(stops.sentence_start(at), stops.sentence_end(at)) for at in range(6)] == [
        (0, 1), (0, 1), (2, 4), (2, 4), (2, 4), (5, 6),
    ]  # fmt: skip


def test_places_pass_their_country_and_province() -> None:
    names = place_names(load())
    told = {
        "哈萨克斯坦阿斯塔纳": "阿斯塔纳",
        "哈萨克斯坦首都阿斯塔纳": "阿斯塔纳",
        "俄首都莫斯科": "莫斯科",
        "蒙古国": "蒙古国",
    }
    assert {text: names.at(text, 0) for text in told} == {text: (name, len(text)) for text, name in told.items()}
    assert names.whole("北京市") == "北京"
    assert names.whole("北京会议") is None
