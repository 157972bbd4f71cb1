"""Words that say whether an event took place, and that go on about it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sco_extract.extract.meetings.vocab.marks import BRACKET, FIRST, ORDINAL
from sco_extract.extract.meetings.vocab.phrases import Phrases


@dataclass(frozen=True, slots=True)
class StatusWords:
    """What says that an event lies ahead, or was not held."""

    planned: re.Pattern[str]
    support_before: re.Pattern[str]
    awaited: re.Pattern[str]  # 期待, 愿: what follows lies ahead whatever its form
    not_held: re.Pattern[str]
    failed: re.Pattern[str]  # 未能如期举行 behind the clause
    called_off: re.Pattern[str]  # 取消了原定…举行的X
    cancelled: re.Pattern[str]
    cancelled_here: re.Pattern[str]  # 因疫情推迟。 but not 取消部分限制
    tentative: re.Pattern[str]  # in a bracket: 暂定
    preparing_before: re.Pattern[str]  # 积极筹备X: no more than that is said of it
    preparing_behind: re.Pattern[str]  # X（date，place）的筹备工作


def status_words(phrases: Phrases) -> StatusWords:
    """The patterns made of ``phrases``; ``LexiconError`` where a group is missing."""
    return StatusWords(
        planned=re.compile(phrases.any("planned")),
        support_before=re.compile(rf"{phrases.any('support_holding')}，?$"),
        awaited=re.compile(phrases.any("awaited")),
        not_held=re.compile(rf"{phrases.any('not_held')}{phrases.manner}$|{phrases.any('failed')}[^，。；\n]{{0,30}}$"),
        failed=re.compile(rf"{phrases.any('failed')}[^，。；\n]{{0,12}}?{phrases.hold}(?=[。；，\n])"),
        called_off=re.compile(rf"{phrases.any('cancelled')}了?原"),
        cancelled=re.compile(phrases.any("cancelled")),
        cancelled_here=re.compile(rf"{phrases.any('cancelled')}(?:{phrases.hold})?(?=[。；，\n])"),
        tentative=re.compile(phrases.any("tentative")),
        preparing_before=re.compile(rf"{phrases.any('preparing')}[好着]?$"),
        preparing_behind=re.compile(rf"的?(?:各项|有关|相关)?{phrases.any('preparation')}"),
    )


@dataclass(frozen=True, slots=True)
class FollowWords:
    """What goes on about an event told before."""

    parent: re.Pattern[str]
    parent_word: re.Pattern[str]  # what every match of ``parent`` holds; cheap to look for first
    anaphor: re.Pattern[str]
    opening_anaphor: re.Pattern[str]
    chaired: re.Pattern[str]  # a whole sentence that says who chaired: X主持会议
    same_day: re.Pattern[str]
    labeled: re.Pattern[str]  # a line 时间：… or 地点：…

    def find_parent(self, masked: str, start: int, end: int) -> re.Match[str] | None:
        """The first 峰会期间 or 同期 in the range."""
        return self.parent.search(masked, start, end) if self.parent_word.search(masked, start, end) else None


def follow_words(phrases: Phrases) -> FollowWords:
    """The patterns made of ``phrases``; ``LexiconError`` where a group is missing."""
    return FollowWords(
        parent=re.compile(rf"{phrases.same_time}|(?:{phrases.event}|{BRACKET})(?:的?{phrases.parent}|上(?=，))"),
        parent_word=re.compile(rf"{phrases.same_time}|上，|{phrases.parent}"),
        anaphor=re.compile(rf"{phrases.anaphor}{phrases.event}"),
        opening_anaphor=re.compile(
            rf"(?:{phrases.anaphor})?(?:{phrases.event})(?=[^机]|$)|{phrases.any('at_meeting')}"
        ),
        chaired=re.compile(
            rf"(?P<party>[^，。；\n]{{2,40}}?){phrases.any('host')}了?(?:{phrases.anaphor})?{phrases.event}$"
        ),
        same_day=re.compile(rf"[，\s]*{phrases.any('same_day')}"),
        labeled=re.compile(
            rf"(?:(?P<date>{phrases.any('date_label')})|(?P<place>{phrases.any('place_label')}))[：:，]"
        ),
    )


@dataclass(frozen=True, slots=True)
class ListWords:
    """Tables and lists of events, and the headings above them."""

    lead: re.Pattern[str]  # what opens a line of a list of sittings: 1. or 第三届
    column: re.Pattern[str]  # a header cell of a calendar of meetings
    planned_heading: re.Pattern[str]  # in a heading: what stands below lies ahead


def list_words(phrases: Phrases) -> ListWords:
    """The patterns made of ``phrases``; ``LexiconError`` where a group is missing."""
    return ListWords(
        lead=re.compile(rf"[，\s]*(?:{ORDINAL}|{FIRST}|[0-9]{{1,2}}(?=[ 　，.．]))?[，.．、：\s　]*"),
        column=re.compile(
            rf"(?P<date>{phrases.any('date_label')})|(?P<place>{phrases.any('place_label')})"
            rf"|(?P<name>{phrases.any('name_label')})"
        ),
        planned_heading=re.compile(phrases.any("planned_heading")),
    )
