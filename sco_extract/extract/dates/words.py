"""Dates that begin with a word: 今年7月, 同年, 次日, 本报告期间, 上世纪90年代."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from sco_extract.extract.dates.context import Past
from sco_extract.extract.dates.interpret import Point, Reading, modifier, number, read_after_year, right_end
from sco_extract.extract.dates.patterns import Parts, Word, names_before
from sco_extract.extract.dates.record import NO_DATE, NO_PERIOD, Recorder
from sco_extract.model.mentions import DateKind
from sco_extract.values import edtf
from sco_extract.values.edtf import Value
from sco_extract.values.numerals import to_int

SAME_SENTENCE = 60  # code points over which 同日 and 当天 still mean the date before them


def take(finder: Recorder, match: re.Match[str], parts: Parts) -> None:
    """Record the date that a relative expression means; what cannot be resolved is left open or left out."""
    meaning = finder.compiled.words[parts.lead or ""]
    start, end = match.span()
    word_end = match.end("lead")
    if not _stands(finder, start, word_end, meaning):
        return
    if meaning.unit == "period":
        _period(finder, start, word_end)
    elif meaning.unit == "day":
        _day(finder, start, word_end, meaning)
    elif meaning.unit == "month":
        _month(finder, (start, end), parts, meaning)
    else:
        _year(finder, (start, end), parts, meaning)


def decades(century: int, first: int | None, last: int | None) -> Value | None:
    """The decade (90 of 1900: 199X) or a range of two."""
    if first is None or first % 10:
        return None
    value = edtf.decade_value(century + first)
    return value if last is None else edtf.between(value, edtf.decade_value(century + last))


def decade_numbers(first: str, last: str | None) -> tuple[int | None, int | None]:
    """The decades of 20世纪90年代, 60至70年代, 六七十年代, as numbers such as 90."""
    value = to_int(first)
    if value is None and len(first) == 3:
        return to_int(first[0] + first[2]), to_int(first[1:])
    return value, to_int(last) if last else None


def decade_of_century(finder: Recorder, start: int, end: int, decade: int) -> bool:
    """Record 上世纪90年代 or 本世纪20年代, where the document's century is certain; False for a bare 90年代."""
    last = names_before(finder.text, start, finder.compiled.last_century)
    word = last or names_before(finder.text, start, finder.compiled.this_century)
    if not word or decade % 10:
        return False
    start -= len(word)
    century = finder.context.century()
    if century is None:
        reading = Reading("D015", Point(None))
        return finder.add_open(start, end, reading, "decade", NO_DATE)
    return finder.add(start, end, "D015", decades(century - 100 * bool(last), decade, None), "relative")


def _stands(finder: Recorder, start: int, word_end: int, meaning: Word) -> bool:
    compiled, text = finder.compiled, finder.text
    if compiled.word_after.match(text, word_end) or (start and text.startswith(compiled.word_inside, start - 1)):
        return False
    return meaning.unit != "day" or meaning.base != "document" or bool(compiled.bare_day.match(text, word_end))


def _period(finder: Recorder, start: int, end: int) -> None:
    finder.pending.append(len(finder.dates))
    finder.add_open(start, end, Reading("D013", Point(None)), "range", NO_PERIOD)


def _day(finder: Recorder, start: int, end: int, meaning: Word) -> None:
    if meaning.base == "document":
        own = finder.context.document
        if own is None or not own[2]:
            reading = Reading("D012", Point(None))
            finder.add_open(start, end, reading, "day", NO_DATE)
            return
        day = date(*own)
    else:
        before = finder.context.antecedent(start)
        if before is None or not before.day or start - before.end > SAME_SENTENCE:
            return
        day = date(before.year, before.month, before.day) + timedelta(days=meaning.offset)
        finder.context.remember(Past(start, end, day.year, day.month, day.day))
        return  # 同日, 次日 name no date of their own; what follows them may rest on it
    day += timedelta(days=meaning.offset)
    first = Point(day.year, day.month, day.day)
    finder.complete(start, end, Reading("D012", first), day.year, "relative")


def _month(finder: Recorder, span: tuple[int, int], parts: Parts, meaning: Word) -> None:
    if finder.taken and span[0] == finder.taken:
        return  # 去年本月 is not this month
    headed = finder.context.heading_near(span[0])
    if meaning.base == "document":
        known = (headed.year, headed.month, 0) if headed else finder.context.document  # 本月 in a chronicle
        span, known = _of_year(finder, span, known)
    else:
        before = finder.context.antecedent(span[0])
        known = (before.year, before.month, before.day) if before is not None and before.month else None
        if known is None:
            return
    day = number(parts.md)
    if meaning.base == "antecedent" and day is None and not parts.lead2 and not parts.month_late:
        return  # 当月 alone is narrative
    reading = Reading("D012", Point(None, None, day), None, None, modifier(parts.month_late), bool(parts.before))
    if known is None or not known[1]:
        kind: DateKind = "day" if day else "month"
        finder.add_open(*span, reading, kind, NO_DATE)
        return
    months = 12 * known[0] + known[1] - 1 + meaning.offset
    first = Point(months // 12, months % 12 + 1, day)
    last = right_end(parts, first)
    finder.complete(*span, replace(reading, first=first, last=last), months // 12, "relative")


def _of_year(
    finder: Recorder, span: tuple[int, int], known: tuple[int, int, int] | None
) -> tuple[tuple[int, int], tuple[int, int, int] | None]:
    """去年本月: the span with 去年, and the document's month in that year."""
    for word, meaning in finder.compiled.words.items():
        if meaning.base == "document" and meaning.unit == "year" and finder.text.endswith(word, 0, span[0]):
            moved = (known[0] + meaning.offset, known[1], known[2]) if known else None
            return (span[0] - len(word), span[1]), moved
    return span, known


def _year(finder: Recorder, span: tuple[int, int], parts: Parts, meaning: Word) -> None:
    reading = read_after_year(parts, None, "D012")
    if meaning.unit == "half":
        reading = replace(reading, part=("half", meaning.offset, meaning.offset))
    reading = replace(reading, modifier=reading.modifier or meaning.modifier)
    offset = 0 if meaning.unit == "half" else meaning.offset
    if meaning.base == "era":
        finder.complete(*span, replace(reading, rule="D010"), meaning.offset, "explicit")
        return
    if meaning.base == "document":
        near = (
            finder.context.antecedent(span[0]) if meaning.unit == "half" or (meaning.modifier and not offset) else None
        )
        if near is not None:
            finder.complete(*span, reading, near.year, "inherited")
            return
        finder.relative(*span, reading, offset, _kind(reading))
        return
    before = finder.context.antecedent(span[0]) or finder.context.earlier(span[0])
    alone = reading.first.month is None and reading.part is None and reading.last is None and not reading.before
    if before is not None and not (alone and reading.modifier is None):
        finder.complete(*span, reading, before.year + offset, "relative")


def _kind(reading: Reading) -> DateKind:
    if reading.before or reading.last is not None:
        return "range"
    if reading.part is not None:
        unit, first, last = reading.part
        return "half_year" if unit == "half" else "quarter" if unit == "quarter" and first == last else "range"
    return "day" if reading.first.day else "month" if reading.first.month else "year"
