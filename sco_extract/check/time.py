"""Time in one document: the period it reports on, the order of events, words and tenses that need its date, weekdays."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import pairwise

from sco_extract.check.reading import REACH, Reading, dated, enclosed, word_pattern
from sco_extract.check.sheet import Fault, Sheet, SheetCheck
from sco_extract.extract.dates.record import NO_DATE, NO_PERIOD
from sco_extract.lexicon.load import Lexicon, alternation
from sco_extract.link.when import Days, days_of
from sco_extract.model.records import Date, Meeting

Dated = tuple[int, int, Date, Days]

# A period of a report is longer than a meeting; a shorter range before 期间 is the time of an event.
SHORTEST_PERIOD = 60
# From one event to the next a chapter goes back no further by mistake; further back, it turns to what was before.
MISPLACED = 370  # days
DATES_ASIDE = 8  # dates of other things that may stand in the clause of a meeting
STATED, AROUND = (
    10,
    60,
)  # code points before a range in which 报告期 makes it the period, around it in which 报告 stands
# A chapter tells its events in time order where so many follow each other, and more go forward than back.
ENOUGH_EVENTS = 4
MOSTLY = 3  # steps forward for each step back in a text that tells its events in order
MONTH = 31  # days: a vaguer date has no place in an order
OPENING = 60  # code points in which a full day is the date of the text
OPENING_LINES = 4  # a year at the beginning of one of these dates the text
NEAR = 25  # code points around a date in which a word says that it is cited
_SEPARATOR = "，,"
_WEEKDAY = re.compile(r"[（(，, ]{0,2}(?:星期|礼拜|周|週)(?P<day>[一二三四五六日天])(?P<after>.?)", re.DOTALL)
_BEFORE_DAY = re.compile(r"(?:星期|礼拜|周|週)(?P<day>[一二三四五六日天])[，,（( ]{0,2}\Z")
_WEEKDAYS = "一二三四五六日"
_AFTER_WEEKDAY = "，,。；;、）) 　\n上下晚早凌中在于举召开至和"
_OTHER_WEEK = "本上下每该这逢到至、和"
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")


@dataclass(frozen=True, slots=True)
class _Words:
    period: re.Pattern[str]
    report: re.Pattern[str]
    before: re.Pattern[str]
    after: re.Pattern[str]
    happened: re.Pattern[str]
    done: re.Pattern[str]
    future: re.Pattern[str]
    ahead: re.Pattern[str]
    behind: re.Pattern[str]
    announced: re.Pattern[str]
    recently: re.Pattern[str]
    century: re.Pattern[str]


@cache
def _words(lexicon: Lexicon) -> _Words:
    def pattern(*groups: str) -> re.Pattern[str]:
        return word_pattern(lexicon, *groups)

    none_before = "".join(f"(?<!{word})" for word in lexicon.words("proof_not_recently_before"))
    none_after = alternation(lexicon.words("proof_not_recently_after"))
    recently = alternation(lexicon.words("proof_recently"))
    recently += f"|(?:{alternation(lexicon.words('proof_soon'))})(?=将)"
    return _Words(
        period=pattern("date_period_after", "date_reporting_period"),
        report=pattern("date_report"),
        before=pattern("proof_cites_before"),
        after=pattern("proof_cites_after"),
        happened=pattern("proof_happened"),
        done=pattern("proof_done"),
        future=pattern("proof_future"),
        ahead=re.compile(rf"(?:{alternation(lexicon.words('proof_future_before_date'))})[ ]?\Z"),
        behind=pattern("proof_future_behind_date"),
        announced=pattern("proof_announced"),
        century=pattern("date_this_century", "date_last_century"),
        recently=re.compile(rf"{none_before}(?<![0-9日一二三四五六七八九十])(?:{recently})(?!{none_after})"),
    )


def outside_period(sheet: Sheet) -> Iterator[Fault]:
    """An event lies outside the period that the report states.

    Compared are events that the text reports as held with the period of 本报告期间 or 关于……期间……的报告.

    Good: 报告期 2023年11月至2024年10月, 2024年5月22日会议举行. Bad: in the same report 2023年3月2日会议举行, 2024年12月3日论坛举行.

    Limitation: what is cited is left alone (根据2023年6月通过的……, the date behind a title), so is what is announced. A report
    may have a reason to tell of an older event. Basis: the period in the report's own title.
    """
    reading = Reading.of(sheet.document.text)
    period = _period(sheet, reading)
    if period is None:
        return
    first, days = period
    dates = dated(sheet, reading)
    told = [*_meetings_outside(sheet, days), *_sentences_outside(sheet, reading, dates, days)]
    seen: set[int] = set()
    for one in sorted(told, key=lambda found: found.span.start):
        place = reading.place(one.span)
        if one.span.start in seen or place is None or _cited(sheet, reading, place):
            continue
        seen.add(one.span.start)
        yield Fault(one.span, {"date": one.edtf or "", "period": first})


def _period(sheet: Sheet, reading: Reading) -> tuple[str, Days] | None:
    """The period that the document says it reports on: as EDTF and as days."""
    words = _words(sheet.lexicon)
    for one in sheet.record.dates:
        if one.kind != "range":
            continue
        days = days_of(one.edtf)
        if days is None or days.length < SHORTEST_PERIOD:
            continue
        start, end = reading.place(one.span) or (0, 0)
        text = reading.text
        if one.anchor == "relative" and words.period.search(text, start, end):
            return one.edtf or "", days
        stated = words.period.match(text, end) or words.period.search(text, max(0, start - STATED), start)
        if end and stated and words.report.search(text, max(0, start - AROUND), end + AROUND):
            return one.edtf or "", days
    return None


def _meetings_outside(sheet: Sheet, period: Days) -> Iterator[Date]:
    for meeting in sheet.record.meetings:
        days = [days_of(edtf) for edtf in meeting.dates]
        known = [one for one in days if one is not None]
        if meeting.status != "held" or not known or len(known) < len(days):
            continue
        if not any(one.overlaps(period) for one in known):
            found = _date_of(sheet, meeting)
            if found is not None:
                yield found


def _date_of(sheet: Sheet, meeting: Meeting) -> Date | None:
    """The date that stands in a mention of the meeting."""
    dates = sheet.record.dates
    for mention in (meeting.span, *meeting.mentions):
        at = bisect_left(dates, mention.start, key=lambda one: one.span.start)
        for one in dates[at : at + len(meeting.dates) + DATES_ASIDE]:
            if one.span.end <= mention.end and one.edtf in meeting.dates:
                return one
    return None


def _sentences_outside(sheet: Sheet, reading: Reading, dates: list[Dated], period: Days) -> Iterator[Date]:
    """Dates that open a sentence about something that happened: 2022年3月1日，双方签署了……."""
    words = _words(sheet.lexicon)
    for start, end, one, days in dates:
        if days.overlaps(period) or days.length > MONTH or one.anchor == "relative":
            continue
        first, last = reading.sentence(start)
        if reading.text[first:start].strip() or reading.text[end : end + 1] not in _SEPARATOR:
            continue
        told = reading.text[end:last]
        if words.happened.search(told) and words.done.search(told) and not words.future.search(told[:NEAR]):
            yield one


def _cited(sheet: Sheet, reading: Reading, place: tuple[int, int]) -> bool:
    """Whether a date belongs to what is only cited."""
    words, (start, end) = _words(sheet.lexicon), place
    text = reading.text
    if enclosed(text, start):
        return True
    first, last = reading.sentence(start)
    clause = max(first, text.rfind("，", first, start) + 1, text.rfind(",", first, start) + 1, start - NEAR)
    if words.before.search(text, clause, start):
        return True
    stop = min((at for mark in "，,）)" if (at := text.find(mark, end, last)) >= 0), default=last)
    return words.after.search(text, end, min(stop, end + NEAR)) is not None


def out_of_order(sheet: Sheet) -> Iterator[Fault]:
    """A chapter tells its events in time order, but this one lies before the one told before it.

    Compared are the dates that open the paragraphs of a chapter, where at least four do and all others go forward, or where the
    whole text tells its events in order.

    Good: 2024年5月22日……。 2024年6月19日……。 Bad: 2024年6月19日……。 2024年6月5日……。 as the next paragraph.

    Limitation: a text may be ordered by subject; therefore no more than a hint. Dates inside a paragraph are not compared.
    """
    reading = Reading.of(sheet.document.text)
    dates = dated(sheet, reading)
    chapters = list(_chapters(sheet, dates))
    steps = [_steps(chapter) for chapter in chapters]
    ahead, back = (sum(step[way] for step in steps) for way in (0, 1))
    ordered = ahead >= ENOUGH_EVENTS and ahead >= MOSTLY * back
    for chapter, (forward, backward) in zip(chapters, steps, strict=True):
        if len(chapter) < ENOUGH_EVENTS or backward != 1 or (not ordered and forward < len(chapter) - 2):
            continue
        for one, two in pairwise(chapter):
            if two[3].last < one[3].first and one[3].distance(two[3]) <= MISPLACED:
                yield Fault(two[2].span, {"date": two[2].edtf or "", "before": one[2].edtf or ""})


def _steps(chapter: list[Dated]) -> tuple[int, int]:
    """How often the next event of a chapter is later, and how often earlier."""
    pairs = [(one[3], two[3]) for one, two in pairwise(chapter)]
    return sum(two.first > one.last for one, two in pairs), sum(two.last < one.first for one, two in pairs)


def _chapters(sheet: Sheet, dates: list[Dated]) -> Iterator[list[Dated]]:
    """For each stretch of paragraphs under one heading, the dates that open them."""
    opening = {start: (start, end, one, days) for start, end, one, days in dates}
    text, found = sheet.document.text.text, list[Dated]()
    for line in sheet.document.lines:
        kind = sheet.document.blocks[line.block].kind
        if kind == "heading":
            yield found
            found = []
        elif line.cell is None and kind == "paragraph":
            start = line.start + len(text[line.start : line.end]) - len(text[line.start : line.end].lstrip())
            here = opening.get(start)
            follows = text[here[1] : here[1] + 1] if here else ""
            if here and here[3].length <= MONTH and follows and follows in _SEPARATOR:
                found.append(here)
    yield found


def without_anchor(sheet: Sheet) -> Iterator[Fault]:
    """A word for time says something only to those who know when the text was written, and the text does not say it.

    Good: 2024年，秘书处的重点活动是……; 今年 in a communique of 16 October 2024. Bad: 今年, 去年, 近日 in a text without a date.

    Limitation: a year in the title or at the beginning of one of the first lines, and a day among the first words, count as
    the date of the text.
    """
    source = sheet.record.source
    head = sheet.document.text.text[: 2 * REACH].split("\n")[:OPENING_LINES]
    if source.date is not None or _YEAR.search(source.title or "") or any(_YEAR.match(line.strip()) for line in head):
        return
    words, reading = _words(sheet.lexicon), Reading.of(sheet.document.text)
    if _opens_with_day(sheet, reading):
        return
    text = reading.text
    for one in sheet.record.dates:
        if one.unresolved in (NO_DATE, NO_PERIOD):
            place = reading.place(one.span)
            vague = place is None or words.century.match(text, place[0])
            if place is not None and not vague and not enclosed(text, place[0]):
                yield Fault(one.span, {"word": text[place[0] : place[1]]})
    for match in words.recently.finditer(text):
        if not enclosed(text, match.start()):
            yield Fault(sheet.read_span(match.start(), match.end()), {"word": match[0]})


def _opens_with_day(sheet: Sheet, reading: Reading) -> bool:
    """Whether a full date stands in the first words: date 2025-09-02 【…訊】."""
    days = (one for one in sheet.record.dates if one.kind == "day" and one.anchor == "explicit")
    place = next((place for one in days if (place := reading.place(one.span))), None)
    return place is not None and place[0] < OPENING


def wrong_tense(sheet: Sheet) -> Iterator[Fault]:
    """The text speaks of a day as still to come, or as past, and its own date says otherwise.

    The date is the document's, else the day given as today (--as-of); with that, a text that names other days may be an old one,
    and only what it tells as past is compared.

    Good: 会议将于2025年举行 in a text of 2024. Bad: 会议将于2023年9月举行 in a text of October 2024; 2025年1月举行了会议 there.

    Limitation: what somebody announced at an earlier time (2022年商定，会议将于2023年举行) is left alone.
    """
    own = days_of(sheet.record.source.date)
    now = own or days_of(sheet.profile.as_of)
    if now is None:
        return
    words, reading = _words(sheet.lexicon), Reading.of(sheet.document.text)
    text = reading.text
    for start, end, one, days in dated(sheet, reading):
        if days.overlaps(now) or one.anchor == "relative" or enclosed(text, start):
            continue
        first, last = reading.sentence(start)
        ahead = words.ahead.search(text, max(first, start - 4), start) or words.behind.match(text, end)
        if days.last < now.first and ahead:
            if (own or len(sheet.record.dates) == 1) and not words.announced.search(text, first, start):
                yield Fault(one.span, _tense(one, now, "future"))
        elif days.first > now.last and _is_told(words, text, (first, last), (start, end)):
            yield Fault(one.span, _tense(one, now, "past"))


def _tense(one: Date, now: Days, kind: str) -> dict[str, str]:
    return {"date": one.edtf or "", "now": now.last.isoformat(), "kind": f"@tense_{kind}"}


def _is_told(words: _Words, text: str, around: tuple[int, int], place: tuple[int, int]) -> bool:
    """Whether the date opens a sentence that tells of something done."""
    (first, last), (start, end) = around, place
    if text[first:start].strip() or text[end : end + 1] not in _SEPARATOR:
        return False
    told = text[end + 1 : last].split("，")[0]
    return bool(words.happened.search(told) and words.done.search(told) and not words.future.search(told))


def wrong_weekday(sheet: Sheet) -> Iterator[Fault]:
    """The weekday beside a date is not the weekday of that date.

    Good: 2024年7月4日（星期四）. Bad: 2024年7月4日（星期五）.

    Limitation: compared only where the text writes the whole date, or all its dates are of one year; which of the two is
    wrong only the event tells.
    Basis: the Gregorian calendar.
    """
    text = sheet.document.text.text
    if not any(word in text for word in ("星期", "礼拜", "周", "週")):
        return
    reading = Reading.of(sheet.document.text)
    year = _only_year(sheet)
    for start, end, one, days in dated(sheet, reading):
        if days.length != 1 or not (one.anchor == "explicit" or (one.anchor != "relative" and days.first.year == year)):
            continue
        match = _WEEKDAY.match(text, end) or _day_before(text, start)
        if match is None or (match.re is _WEEKDAY and not _is_weekday(match)):
            continue
        said = _WEEKDAYS.index(match["day"].replace("天", "日"))
        if said != days.first.weekday():
            spot = sheet.read_span(match.start("day"), match.end("day"))
            yield Fault(spot, {"date": days.first.isoformat(), "said": _named(said), "is": _right(days.first)})


def _only_year(sheet: Sheet) -> int | None:
    """The year of a text whose written dates are all of one year, and of its own date; None where there are several."""
    written = {one.edtf[: len("2024")] for one in sheet.record.dates if one.edtf and one.anchor == "explicit"}
    written |= {sheet.record.source.date[: len("2024")]} if sheet.record.source.date else set()
    only = next(iter(written), "")
    return int(only) if len(written) == 1 and only.isdigit() else None


def _day_before(text: str, start: int) -> re.Match[str] | None:
    match = _BEFORE_DAY.search(text, max(0, start - 6), start)
    return match if match and text[match.start() - 1 : match.start()] not in _OTHER_WEEK else None


def _is_weekday(match: re.Match[str]) -> bool:
    """Whether 周 begins a weekday: 7月4日（周四）, 7月4日周四上午; not 7月4日周一一 or 周年."""
    return not match["after"] or match["after"] in _AFTER_WEEKDAY


def _named(weekday: int) -> str:
    return f"@weekday_{weekday + 1}"


def _right(day: date) -> str:
    return _named(day.weekday())


CHECKS = (
    SheetCheck("DAT202", "outside-period", "warning", "none", outside_period),
    SheetCheck("DAT203", "out-of-order", "info", "none", out_of_order),
    SheetCheck("DAT204", "without-anchor", "warning", "none", without_anchor),
    SheetCheck("DAT205", "wrong-tense", "info", "none", wrong_tense),
    SheetCheck("DAT206", "wrong-weekday", "error", "none", wrong_weekday),
)
