"""Simplified and traditional script: which one a text is in, and the conversion to simplified.

The tables are those of the package opencc-python-reimplemented (``TSCharacters.txt``, ``TSPhrases.txt``,
``STCharacters.txt``), read from the installed package. Its own converter makes 1.5 to 2 MB/s; the same result comes from
one regex class (does the text have a traditional character at all?), ``str.translate`` with the character table, and
the phrase table as fix-ups, because every entry of both tables keeps its length.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import groupby

from sco_extract.model.document import Script

SAMPLE = 100_000  # characters that script_of looks at, evenly spread: enough for a share to a tenth of a per cent
FEW = 3  # fewer characters of the other script than this are strays, however short the text
# Share of one script's own characters above which the rest counts as damage; damaged pages stayed below 0.1.
CLEAR = 0.8


@dataclass(frozen=True, slots=True)
class _Tables:
    characters: dict[int, str]
    phrases: dict[str, str]
    lengths: tuple[int, ...]  # of the phrases, longest first
    changing: re.Pattern[str]  # a BMP character that conversion changes, alone or in some phrase
    phrase_start: re.Pattern[str]  # the first character of a phrase that stands there
    astral: frozenset[str]  # characters beyond the BMP that conversion changes


def entries_of(name: str) -> list[tuple[str, list[str]]]:
    """The rows of a table of the package, each a key with its values, the usual one first: 发, [發, 髮]."""
    text = (files("opencc") / "dictionary" / name).read_text(encoding="utf-8")
    rows = (line.strip().split("\t") for line in text.split("\n") if line.strip())
    return [(key, values.split(" ")) for key, values in rows]


@cache
def _tables() -> _Tables:
    characters = {key: values[0] for key, values in entries_of("TSCharacters.txt") if values[0] != key}
    phrases = {key: values[0] for key, values in entries_of("TSPhrases.txt")}
    # 瞭 stays as it is alone (瞭望) and changes in phrases (瞭解): the check must see it too.
    in_phrases = {old for key, value in phrases.items() for old, new in zip(key, value, strict=True) if old != new}
    bmp = sorted(key for key in in_phrases.union(characters) if key <= "\uffff")
    ordered = sorted(phrases, key=lambda phrase: (phrase[0], -len(phrase), phrase))
    by_start = {start: list(group) for start, group in groupby(ordered, key=lambda phrase: phrase[0])}
    branches = (f"{start}(?={'|'.join(phrase[1:] for phrase in group)})" for start, group in by_start.items())
    return _Tables(
        characters={ord(key): value for key, value in characters.items()},
        phrases=phrases,
        lengths=tuple(sorted({len(phrase) for phrase in phrases}, reverse=True)),
        changing=re.compile(f"[{''.join(bmp)}]"),
        phrase_start=re.compile("|".join(branches)),
        astral=frozenset(key for key in characters if key > "\uffff"),
    )


def simplify(text: str) -> str:
    """``text`` in simplified script, of the same length; the same object where there is nothing to convert.

    Equal to the package's converter ``OpenCC("t2s")``. 麵對, 公裏, 曆史, 複蘇 (a machine's wrong conversions of 面对, 公里,
    历史, 复苏) come out as meant, since both readings of such a character have one simplified form.
    """
    tables = _tables()
    if not tables.changing.search(text) and not _has_astral(text, tables):
        return text
    simple = text.translate(tables.characters)
    fixes = _phrase_fixes(text, tables)
    if not fixes:
        return simple
    parts: list[str] = []
    at = 0
    for start, phrase in fixes:
        parts += (simple[at:start], tables.phrases[phrase])
        at = start + len(phrase)
    parts.append(simple[at:])
    return "".join(parts)


def _has_astral(text: str, tables: _Tables) -> bool:
    # The UTF-16 form is longer than two bytes a character exactly where a text leaves the BMP; a regex class with the
    # astral characters in it is a hundred times slower.
    if len(text.encode("utf-16-le", "surrogatepass")) == 2 * len(text):
        return False
    return not tables.astral.isdisjoint(text)


def _phrase_fixes(text: str, tables: _Tables) -> list[tuple[int, str]]:
    """The phrases to convert as such, in order: the longest first, then the leftmost, as the package's converter does."""
    found: list[tuple[int, int]] = []
    for match in tables.phrase_start.finditer(text):
        at = match.start()
        found.extend((-n, at) for n in tables.lengths if text[at : at + n] in tables.phrases and at + n <= len(text))
    found.sort()
    taken: set[int] = set()
    chosen: list[tuple[int, str]] = []
    for negative, at in found:
        places = range(at, at - negative)
        if taken.isdisjoint(places):
            taken.update(places)
            chosen.append((at, text[at : at - negative]))
    return sorted(chosen)


@cache
def own_characters() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Classes of BMP characters that only traditional, and only simplified text has.

    乾, 著, 瞭, 藉 belong to both scripts: a traditional character of GB 2312 is in use in simplified text too. So are 峰, 群,
    which OpenCC's standard writes 峯, 羣: a simplified character of Big5 is in use in traditional text.
    """
    changed = {key: values for key, values in entries_of("TSCharacters.txt") if key not in values}
    traditional = (key for key in changed if not _encodes(key, "gb2312"))
    entries = entries_of("STCharacters.txt")
    simplified = (
        key for key, values in entries if key not in values and key not in changed and not _encodes(key, "big5")
    )
    classes = ("".join(sorted(key for key in keys if key <= "\uffff")) for keys in (traditional, simplified))
    first, second = (re.compile(f"[{characters}]") for characters in classes)
    return first, second


def _encodes(character: str, encoding: str) -> bool:
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def script_of(text: str) -> Script:
    """``hant`` or ``hans`` by the characters that only one script has; ``mixed`` where both have a real share.

    Strays do not count: a traditional text with characters damaged in conversion is ``hant``, a simplified one that
    quotes a traditional name is ``hans``. A text without either (numbers, English) is ``hans``.
    """
    sample = text[:: max(1, len(text) // SAMPLE)]
    traditional, simplified = (len(pattern.findall(sample)) for pattern in own_characters())
    if min(traditional, simplified) < FEW:
        return "hant" if traditional > simplified else "hans"
    share = traditional / (traditional + simplified)
    if share > CLEAR:
        return "hant"
    return "hans" if share < 1 - CLEAR else "mixed"
