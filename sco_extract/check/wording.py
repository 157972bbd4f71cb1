"""Words: known errors, misspelt terms, words and characters that stand twice, phrases whose end is missing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from sco_extract.check.errors import Errors, Listed, listed
from sco_extract.check.marks import Zones, mended, protected
from sco_extract.check.sheet import Fault, Sheet, SheetCheck
from sco_extract.lexicon.load import Lexicon, alternation
from sco_extract.model.diagnostics import LexiconError
from sco_extract.normalize.script import simplify


@dataclass(frozen=True, slots=True)
class _Wrong:
    start: int
    end: int
    good: str
    sure: bool = True  # written by hand with its context, not made from a term


_ENTRY = re.compile(
    r"(?P<begins>\^)?(?:\(!(?P<before>[^()]+)\))?(?P<wrong>[^()^$]+)(?:\(!(?P<after>[^()]+)\))?(?P<ends>\$)?"
)


@cache
def _misspellings(lexicon: Lexicon) -> Errors:
    before, after = lexicon.words("edges_before"), lexicon.words("edges_after")
    entries: dict[str, list[Listed]] = {}
    for line in lexicon.words("misspellings"):
        right, _, wrongs = line.partition("=")
        for wrong in wrongs.split(" "):
            match = _ENTRY.fullmatch(wrong)
            if match is None:
                raise LexiconError(f"not of the form ^(!before)wrong(!after)$: {wrong}")
            left = before if match["begins"] else tuple((match["before"] or "").split("|")) if match["before"] else ()
            behind = after if match["ends"] else tuple((match["after"] or "").split("|")) if match["after"] else ()
            one = Listed(right, left, behind, not match["begins"], not match["ends"])
            entries.setdefault(match["wrong"], []).append(one)
    return Errors.of(entries)


def known_error(sheet: Sheet) -> Iterable[Fault]:
    """A wrong word, a misspelt term, a word that stands twice, a phrase whose end is missing: all from closed lists.

    Listed are known errors with the context that makes them wrong, look-alikes and sound-alikes of the terms of official
    texts, verbs of one meaning side by side, and verbs whose object is left out behind its attribute.

    Bad: ``布署工作``, ``贸易壁磊``, ``经济增长增长``, ``制度度建设``, ``发挥重要，``, ``会议过了联合公报``
    Good: ``部署工作``, ``贸易壁垒``, ``经济增长``, ``制度建设``, ``发挥重要作用，``, ``会议通过了联合公报``

    A misspelling that is made from a term by sound or shape, and listed because no known word holds it, is a warning; the
    others are errors.

    Limitation: only what the lexicon lists; nothing is guessed, names are never corrected, and 的, 地 and 得 are left
    alone. Words that are doubled by right (一步一步, 研究研究) are listed, too. In a title or a quotation no fix is offered.
    """
    text = sheet.written.text
    plain = simplify(text)
    hans = sheet.record.source.script == "hans"
    zones: Zones | None = None
    done = 0
    known = listed(sheet.lexicon, "errors", *(["errors_simplified"] if hans else []))
    found = [_Wrong(*one) for one in known.find(plain)]
    found += [_Wrong(*one, sure=False) for one in _misspellings(sheet.lexicon).find(plain)]
    found += [*_repeated(plain, sheet.lexicon), *_phrases(plain, sheet.lexicon)]
    for one in sorted(found, key=lambda wrong: (wrong.start, -wrong.end, not wrong.sure)):
        if one.start < done:
            continue
        done = one.end
        zones = zones or protected(text)
        fix = one.good if one.good and text is plain and one.start not in zones else None
        here = plain[one.start : one.end]
        fault = mended(sheet, (one.start, one.end), {"here": here, "good": one.good or f"{here}……"}, fix)
        yield fault if one.sure else replace(fault, severity="warning")


# 增长增长; not 一步一步, whose first character counts
_TWICE = re.compile(r"(?P<word>(?P<first>[\u4e00-\u9fff])[\u4e00-\u9fff]{1,6})(?P=word)")


def _repeated(plain: str, lexicon: Lexicon) -> Iterator[_Wrong]:
    by_right = frozenset(lexicon.words("repeated_by_right"))
    counting, sheltered = "".join(lexicon.words("repeated_counting")), lexicon.words("repeated_ends")
    for match in _TWICE.finditer(plain):
        word = match["word"]
        counts = match["first"] in counting and word not in _terms(lexicon)
        if word in by_right or counts or len(set(word)) == 1 or word.endswith(sheltered):
            continue
        if not _begins_word(plain, match, lexicon):
            yield _Wrong(*match.span(), word)


@cache
def _terms(lexicon: Lexicon) -> frozenset[str]:
    return frozenset(line.partition("=")[0] for line in lexicon.words("misspellings"))


def _begins_word(plain: str, match: re.Match[str], lexicon: Lexicon) -> bool:
    """Whether the second word is the beginning of a longer name: 成员国国家｜国家协调员."""
    return any(plain.startswith(name, match.start() + len(match["word"])) for name in lexicon.words("repeated_before"))


@cache
def _lacking(lexicon: Lexicon) -> re.Pattern[str]:
    """Verbs whose object is missing: 发挥重要， behind an attribute, 达成了。 directly."""
    parts = []
    for line in lexicon.words("lacking_object"):
        verb, _, attributes = line.partition("=")
        words = alternation(attributes.split(" ")) if attributes else ""
        parts.append(f"{verb}了?(?:{words})" if words else verb)
    return re.compile(f"(?:{'|'.join(parts)})(?=[，。；！？])")


@cache
def _patterns(lexicon: Lexicon) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Redundant phrases: first word, up to twelve characters without a mark, last word, with what mends the first or last."""
    made = []
    for line in lexicon.words("redundant_phrases"):
        phrase, _, good = line.partition(">")
        first, _, last = phrase.partition("…")
        number = (
            r"[0-9][0-9.,]*[万亿千百]?[\u4e00-\u9fff]{0,3}?" if "#" in first else r"[^，。；、：！？\n《》“”（）]{1,8}?"
        )
        start = rf"(?:{first.replace('#', '')})"
        made.append((re.compile(rf"(?P<first>{start})(?P<middle>{number})(?P<last>{last})"), good))
    return tuple(made)


def _phrases(plain: str, lexicon: Lexicon) -> Iterator[_Wrong]:
    for match in _lacking(lexicon).finditer(plain):
        yield _Wrong(*match.span(), "")
    for pattern, good in _patterns(lexicon):
        for match in pattern.finditer(plain):
            yield _Wrong(*match.span(), match.expand(good))


CHECKS = (SheetCheck("TXT101", "known-error", "error", "unsafe", known_error),)
