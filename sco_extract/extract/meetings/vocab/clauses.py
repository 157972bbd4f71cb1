"""Words of clauses that tell events."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sco_extract.extract.meetings.vocab.marks import BRACKET, FIRST, ORDINAL, QUOTE
from sco_extract.extract.meetings.vocab.phrases import Phrases


@dataclass(frozen=True, slots=True)
class ClauseWords:
    """Verbs of holding, and what of their clause is the event's."""

    hold: re.Pattern[str]  # verb of holding
    holds: re.Pattern[str]  # verb of holding or hosting, whatever follows
    hold_before: re.Pattern[str]  # the same at the end of a stretch
    attend: re.Pattern[str]  # verb of attending
    support: re.Pattern[str]
    moved: re.Pattern[str]  # 推迟至: held later
    since: re.Pattern[str]  # in front of a date: it opens a stretch of time
    other_date: re.Pattern[str]  # behind a date: it dates something else
    opened_closed: tuple[re.Pattern[str], re.Pattern[str]]
    respectively: re.Pattern[str]


def clause_words(phrases: Phrases) -> ClauseWords:
    """The patterns made of ``phrases``; ``LexiconError`` where a group is missing."""
    return ClauseWords(
        hold=re.compile(rf"{phrases.hold}(?![日地权])"),
        holds=re.compile(f"{phrases.hold}|{phrases.host}"),
        hold_before=re.compile(rf"(?:{phrases.hold}|{phrases.host})[了过]?的?(?:{ORDINAL}|{FIRST})?$"),
        attend=re.compile(phrases.any("attend")),
        support=re.compile(phrases.any("support_holding")),
        moved=re.compile(rf"[则却也，]?{phrases.any('cancelled', 'moved')}[至到为于](?=[\d年第一二三四五六七八九十])"),
        since=re.compile(r"[自从]$"),
        other_date=re.compile(rf"{phrases.any('dated_otherwise')}|第[^次届轮场期，。]{{1,6}}号"),
        opened_closed=(re.compile(phrases.any("opened")), re.compile(phrases.any("closed"))),
        respectively=re.compile(phrases.any("respectively")),
    )


@dataclass(frozen=True, slots=True)
class EventWords:
    """What makes a name with its clause an event, or none."""

    placed: re.Pattern[str]  # what a sentence with a verb needs to tell an event without date and ordinal
    not_event: re.Pattern[str]
    manner_after: re.Pattern[str]  # 形式, 方式: the words before are a mode
    time_behind: re.Pattern[str]  # 前, 后 behind 会议
    times_behind: re.Pattern[str]  # 会议150余次
    held_times: re.Pattern[str]  # 举办九届: a history, no event
    regular: re.Pattern[str]  # 每年, 定期: no single event
    wish: re.Pattern[str]  # 有必要, 尤为重要: what ought to be held
    wished: re.Pattern[str]  # 可, 应尽快 in front of a verb of holding
    decides: re.Pattern[str]  # what a body does
    adopted_at: re.Pattern[str]  # 在比什凯克通过了
    first_time: re.Pattern[str]  # 首次 in front of a verb; not 近6年首次


def event_words(phrases: Phrases) -> EventWords:
    """The patterns made of ``phrases``; ``LexiconError`` where a group is missing."""
    return EventWords(
        placed=re.compile(rf"[在于{BRACKET}{QUOTE}]|{phrases.same_time}|上，|{phrases.parent}"),
        not_event=re.compile(phrases.any("not_event_after")),
        manner_after=re.compile(rf"的?{phrases.mode_tail}"),
        time_behind=re.compile(rf"{phrases.hold}?[前后时]"),
        times_behind=re.compile(r"[0-9一二两三四五六七八九十百多余几数]+[次场届]"),
        held_times=re.compile(r"了?(?:过)?[0-9一二两三四五六七八九十多余几数]+[届次场轮]"),
        regular=re.compile(phrases.any("regular")),
        wish=re.compile(phrases.any("wish")),
        wished=re.compile(rf"(?<![未不]){phrases.any('wished')}$"),
        decides=re.compile(phrases.any("decide")),
        adopted_at=re.compile(
            rf"在(?P<place>[^，。；\n在]{{2,12}}?){phrases.any('at_meeting')}?{phrases.any('decide')}"
        ),
        first_time=re.compile(r"(?<![后来年])首次$"),
    )
