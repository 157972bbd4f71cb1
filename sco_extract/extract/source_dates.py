"""Where else a source says its own day: behind its title, behind 本报讯, in a bracket at its end, as two days of a month."""

from __future__ import annotations

import re

from sco_extract.extract.instruments.context import Facts, Surroundings, usable
from sco_extract.extract.instruments.marks import head_noun
from sco_extract.model.mentions import DateMention

_FULL_DAY = len("2024-07-04")
_EDGE = " \t，,。、：:（）()于在|—–-"
_LEAD = re.compile(r"[ \t，,：:）)\]】]*(?:[（(][^（）()\n]{0,30}[）)])?[ \t，,：:]*")  # （记者 …）


def day_or_month(date: DateMention) -> str | None:
    """A day or month as it is; of a range of days in one month, the month: a meeting of two days ends on either."""
    value = usable(date)
    if value is None and date.anchor == "explicit" and date.earliest and date.latest and date.kind == "range":
        month = len("2024-07")
        return date.earliest[:month] if date.earliest[:month] == date.latest[:month] else None
    return value


def dated_title(around: Surroundings, start: int, end: int) -> tuple[str, Facts] | None:
    """A title with its day, and perhaps a place, in one line: …声明（2024年7月4日，阿斯塔纳）; the title and what dates it."""
    dates = around.dates_in(start, end)
    value = usable(dates[-1]) if dates and dates[-1].anchor == "explicit" else None
    if value is None or len(value) != _FULL_DAY:
        return None
    title = around.text[start : dates[-1].start].rstrip(_EDGE).strip()
    name = around.text[dates[-1].end : end].strip(_EDGE)
    place = around.places.whole(name) if name else None
    if (name and not place) or not head_noun(title, around.words):
        return None
    return title, Facts(value, place)


def day_behind(around: Surroundings, at: int, end: int) -> str | None:
    """The full day that opens the text behind a dateline without one: 本报讯（记者…）2024年7月4日，…."""
    behind = _LEAD.match(around.text, at, end)
    dates = around.dates_in(at, end)
    if not behind or not dates or dates[0].start != behind.end() or dates[0].anchor != "explicit":
        return None
    value = usable(dates[0])
    closed = around.text[dates[0].end : dates[0].end + 1] in ("，", ",")
    return value if closed and value is not None and len(value) == _FULL_DAY else None


def closing_bracket(around: Surroundings, start: int, end: int) -> Facts:
    """The day in brackets behind the last sentence: ……交换意见。（2025年9月1日）."""
    dates = around.dates_in(start, end)
    if not dates or dates[-1].anchor != "explicit":
        return Facts()
    opened, closed = around.text[dates[-1].start - 2 : dates[-1].start], around.text[dates[-1].end : end].strip()
    value = usable(dates[-1])
    last = opened in ("。（", "。(") and closed in ("）", ")") and value is not None and len(value) == _FULL_DAY
    return Facts(value if last else None)


def merge(first: Facts, second: Facts) -> Facts:
    """``first``, completed by ``second`` where they do not contradict each other."""
    if first.date and second.date and first.date != second.date:
        return first
    return Facts(first.date or second.date, first.place or second.place)
