"""Characters: the other script's, and those that conversion damaged."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from sco_extract.check.errors import listed
from sco_extract.check.marks import Zones, line_at, mended, protected
from sco_extract.check.reading import word_pattern
from sco_extract.check.sheet import Fault, Sheet, SheetCheck
from sco_extract.lexicon.load import Lexicon
from sco_extract.normalize.script import entries_of, own_characters, simplify

_KANA = re.compile("[\u3040-\u30ff]")
FOREIGN = 0.5  # share of the other script's characters from which a passage is a quotation in that script


def other_script(sheet: Sheet) -> Iterable[Fault]:
    """A traditional character stands in a simplified text, or a simplified one in a traditional text.

    Bad: ``中国—中亚—西亚的東西走廊``  Good: ``中国—中亚—西亚的东西走廊``

    Limitation: the script of the document decides; documents in both scripts are left alone, and so are paragraphs, titles
    and quotations that are mostly in the other script, characters that both scripts write (著, 乾, 后) and those that
    names keep (the lexicon's ``characters_of_names``).
    """
    script = sheet.record.source.script
    if script == "mixed":
        return
    text = sheet.written.text
    own, other = own_characters()
    more = {pair[0]: pair[1] for pair in sheet.lexicon.words("simplified_in_practice")} if script == "hant" else {}
    if script == "hans":
        own, other = other, own
    else:
        other = _with(other, "".join(more))
    if not other.search(text):
        return
    kept = frozenset(sheet.lexicon.words("characters_of_names"))
    zones = protected(text)
    known: dict[tuple[int, int], bool] = {}
    for match in other.finditer(text):
        if match.group() in kept or _is_foreign(sheet, zones, match, (own, other), known):
            continue
        new = (
            simplify(match.group())
            if script == "hans"
            else more.get(match.group()) or _traditional(text, match.start())
        )
        values = {
            "char": match.group(),
            "script": "@traditional" if script == "hans" else "@simplified",
            "good": new or "?",
        }
        yield mended(sheet, match.span(), values, new)


@cache
def _with(pattern: re.Pattern[str], characters: str) -> re.Pattern[str]:
    """A class of characters with more of them."""
    return re.compile(f"{pattern.pattern[:-1]}{characters}]")


def _is_foreign(
    sheet: Sheet,
    zones: Zones,
    match: re.Match[str],
    classes: tuple[re.Pattern[str], re.Pattern[str]],
    known: dict[tuple[int, int], bool],
) -> bool:
    """Whether the title, quotation or paragraph around a character is in the other script; ``known`` remembers."""
    text = sheet.written.text
    line = line_at(sheet, match.start())
    for span in (zones.holding(match.start()) or (0, 0), (line.start, line.end)):
        if span not in known:
            own, other = (len(pattern.findall(text, *span)) for pattern in classes)
            known[span] = other > 1 and other >= FOREIGN * (own + other)
        if known[span]:
            return True
    return _KANA.search(text, max(line.start, match.start() - 10), min(line.end, match.end() + 10)) is not None


@dataclass(frozen=True, slots=True)
class _Table:
    """Simplified characters with several traditional ones, and the words that say which of them is meant."""

    many: Mapping[str, tuple[str, ...]]
    phrases: Mapping[str, tuple[str, ...]]
    doubtful: re.Pattern[str]  # a character that is one of several for its simplified form


LONGEST = 4  # characters of a word that decides; longer ones contain shorter ones that say the same


@cache
def _table() -> _Table:
    many = {key: tuple(values) for key, values in entries_of("STCharacters.txt") if len(values) > 1}
    phrases = {
        key: tuple(values)
        for key, values in entries_of("STPhrases.txt")
        if 2 <= len(key) <= LONGEST and not many.keys().isdisjoint(key)
    }
    variants = sorted({value for values in many.values() for value in values if value <= "\uffff"})
    return _Table(many, phrases, re.compile(f"[{''.join(variants)}]"))


@cache
def _alike(lexicon: Lexicon) -> frozenset[tuple[str, str]]:
    """Pairs of characters that stand for each other in practice: 佈 and 布, 着 and 著."""
    return frozenset(
        (one, other) for group in lexicon.words("traditional_variants") for one in group for other in group
    )


def damaged(sheet: Sheet) -> Iterable[Fault]:
    """A character of a traditional text is the wrong one of several that share a simplified form.

    Machines that convert simplified text take 麵 for every 面, 裏 for every 里, 曆 for every 历.

    Bad: ``麵對挑戰，領土麵積約三千萬平方公裏``  Good: ``面對挑戰，領土面積約三千萬平方公里``

    Limitation: a word of OpenCC's tables must say which character is meant, and no word around it may speak for the one
    that stands there, or the lexicon lists the damaged word (``errors_of_conversion``); variants in use (佈 布, 佔 占,
    裡 裏; the lexicon's ``traditional_variants``) are accepted.
    """
    if sheet.record.source.script != "hant":
        return
    text = sheet.written.text
    plain = simplify(text)
    alike = _alike(sheet.lexicon)
    words = frozenset(sheet.lexicon.words("characters_of_their_own"))
    right = {
        at
        for match in word_pattern(sheet.lexicon, "right_in_traditional").finditer(text)
        for at in range(*match.span())
    }
    found = {
        match.start(): meant
        for match in _table().doubtful.finditer(text)
        if match.start() not in right
        if (meant := _meant(plain, match.start(), match.group(), alike, 2 if match.group() not in words else 3))
    }
    for start, _, good in listed(sheet.lexicon, "errors_of_conversion").find(text):
        changed = {start + at: new for at, new in enumerate(good) if new != text[start + at]}
        found |= {at: new for at, new in changed.items() if at not in right}
    for at, meant in sorted(found.items()):
        yield mended(sheet, (at, at + 1), _word(text, at, meant), meant)


def _word(text: str, at: int, meant: str) -> dict[str, str]:
    around = text[max(0, at - 1) : at + 2].strip("\n")
    return {"char": text[at], "good": meant, "around": around}


def _meant(plain: str, at: int, actual: str, alike: frozenset[tuple[str, str]], least: int = 2) -> str | None:
    """The character that the words around say, where they all speak against ``actual``.

    Against a character that stands for most words (values[0] in the tables) or is a word itself (``least`` 3), two
    characters prove nothing: 結合並推動 holds 合並 by accident.
    """
    table = _table()
    values = table.many.get(plain[at], ())
    if actual and actual not in values and actual != plain[at]:
        return None
    least = max(least, 3 if values[:1] == (actual,) or actual == plain[at] else 2)
    found = ""
    for start in range(max(0, at - LONGEST + 1), at + 1):
        for end in range(max(at + 1, start + 2), start + LONGEST + 1):
            for value in table.phrases.get(plain[start:end], ()):
                said = value[at - start]
                if said == actual or (said, actual) in alike:
                    return None
                found = found or (said if end - start >= least else "")
    return found or None


def _traditional(text: str, at: int) -> str | None:
    """The traditional form of a simplified character; None where the table has several and no word decides."""
    values = _st().get(text[at])
    if values and len(values) == 1:
        return values[0]
    return _meant(simplify(text[max(0, at - 4) : at + 5]), min(at, 4), "", frozenset()) if values else None


@cache
def _st() -> Mapping[str, list[str]]:
    return dict(entries_of("STCharacters.txt"))


CHECKS = (
    SheetCheck("CHR101", "other-script", "error", "unsafe", other_script),
    SheetCheck("CHR102", "damaged-conversion", "error", "unsafe", damaged),
)
