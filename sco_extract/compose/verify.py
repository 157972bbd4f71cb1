"""The gate: a sentence may say nothing that its quotations do not hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sco_extract.compose.facts import (
    Held,
    dates_in,
    fold_names,
    has_title,
    held_by,
    is_covered,
    normal,
    ordinals_in,
    places_in,
    titles_in,
)
from sco_extract.compose.phrases import phrases_of
from sco_extract.lexicon.load import Lexicon, alternation
from sco_extract.link.passages import loose
from sco_extract.model.draft import Draft, Section, Sentence

_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
# Days and months that are left where no date was recognized: 3月20日至19日 is none.
_RESIDUE = re.compile(r"[0-9]+[月日]")
_MARKS = re.compile(r"[，。；：、“”《》（）()\s—\-]+")


@dataclass(frozen=True, slots=True)
class Unsupported:
    """A sentence of a section that says ``what`` without a passage for it."""

    section: str
    sentence: Sentence
    what: tuple[str, ...]


def unsupported(draft: Draft, lexicon: Lexicon) -> list[Unsupported]:
    """The sentences of introduction and sections whose dates, ordinals, numbers, titles, places or names no citation holds."""
    return [
        Unsupported(section.key, sentence, what)
        for section in (draft.introduction, *draft.sections)
        for sentence in sentences_of(section)
        if (what := faults(sentence, lexicon))
    ]


def sentences_of(section: Section) -> Iterator[Sentence]:
    """All sentences of a section."""
    for part in section.parts:
        for paragraph in part.paragraphs:
            yield from paragraph.sentences


def faults(sentence: Sentence, lexicon: Lexicon) -> tuple[str, ...]:
    """What the sentence says that its quotations do not: dates and ordinals as values, titles, places and names in words.

    A sentence without citations may hold phrases only, and counts that refer to an annex.
    """
    held = held_by(sentence.citations, lexicon)
    text = normal(sentence.text)
    found: list[str] = []
    titles = titles_in(sentence.text)
    found += [f"《{title}》" for title in titles if not has_title(title, held, lexicon)]
    text = _blank_titles(text)
    counts = _counts(lexicon)
    found += _count_faults(text, counts, len(titles))
    text = counts.sub("", text)
    # A year inside a name (2023旅游年论坛) is no statement of its own: its words must stand in the passage like the name's.
    for edtf, words in dates_in(text, lexicon):
        named = not any(unit in words for unit in "月日") and loose(words) in held.words
        if edtf not in held.dates and not named:
            found.append(words)
        text = text.replace(words, "；", 1)
    found += _RESIDUE.findall(text)
    for number, words in ordinals_in(text):
        if number not in held.ordinals:
            found.append(words)
        text = text.replace(words, "", 1)
    found += [place for place in places_in(text, lexicon) if place not in held.places]
    found += _name_faults(text, held, lexicon)
    return tuple(dict.fromkeys(found))


def _blank_titles(text: str) -> str:
    return re.sub(r"《[^《》]*》", "《》", text)


def _counts(lexicon: Lexicon) -> re.Pattern[str]:
    """Counts of documents: 等3份文件, 两份文件."""
    return re.compile(rf"等?(?P<count>[0-9]+|两)(?:{alternation(phrases_of(lexicon).words('counted'))})")


def _count_faults(text: str, pattern: re.Pattern[str], titles: int) -> list[str]:
    """Counts of documents other than the number of titles in the sentence."""
    counts = [(match[0], 2 if match["count"] == "两" else int(match["count"])) for match in pattern.finditer(text)]
    return [words for words, count in counts if titles and count != titles]


def _name_faults(text: str, held: Held, lexicon: Lexicon) -> list[str]:
    """Words between the template's own that stand in no quotation."""
    literals = phrases_of(lexicon).literals
    sides = _without_places(text, lexicon) if held.words else text
    pieces = re.split(alternation(literals), sides)
    found: list[str] = []
    for piece in pieces:
        for chunk in _MARKS.split(piece):
            folded = fold_names(chunk, lexicon)
            if not folded or is_covered(folded, held.words) or folded in held.words:
                continue
            if held.words or _NUMBER.search(folded) is None:
                found.append(chunk)
    return found


def _without_places(text: str, lexicon: Lexicon) -> str:
    """``text`` with the names of states blanked: 由哈萨克斯坦主持 is said of 哈方, and places are compared by themselves."""
    names = sorted({country.name for country in lexicon.country}, key=len, reverse=True)
    return re.sub(alternation(names), "；", text)
