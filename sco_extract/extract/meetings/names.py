"""The name of an event: where it starts, its ordinal and theme, and how it is written without them."""

from __future__ import annotations

import re
from typing import NamedTuple

from sco_extract.extract.meetings.passage import Passage
from sco_extract.extract.meetings.vocab.marks import BRACKET, QUOTE, TITLE
from sco_extract.extract.meetings.vocabulary import Vocabulary
from sco_extract.extract.meetings.words import KNOWN_END, Words
from sco_extract.values.numerals import to_int

_STOPS = re.compile(r"[，。；：:,;！？…|｜\n\t]|(?<=[\u4e00-\u9fff]) ")
_LAST_STOP = re.compile(rf"(?s:.*)(?:{_STOPS.pattern})")
_WIRE = re.compile("[电讯]")
_LONGEST = 90  # code points from the start of a name to its head; the longest name met has 62
_VERB = 2  # code points of a verb that no list has, in front of a known name: 扩大
_LINK = re.compile(r"[—–\-和与及·第届次、“《（]$")
_SHORTEST_QUOTE = 5  # code points; “上合之光” is no event, “蓝厅论坛” would be one too short to tell
_MARKS = re.compile(r"[“”\"「」『』‘’\s]")
_LIST_PART = re.compile(r"[0-9〇零一二三四五六七八九十百]+")
_WHEN = "上后前时"  # behind a head noun: 联合国大会上, 会议后; what follows is another name
_AFTER = re.compile(r"(?:后|以来|年|来)$")


class EventName(NamedTuple):
    """A name in the text. ``core`` is what it is called: without ordinal, quotation marks, definitions.

    ``generic`` says that the core alone names no event (会议, 例会); ``sitting`` is ``next`` or ``previous`` for 下次 and 上次.
    """

    start: int
    end: int
    edge: int  # where the words in front of the name (了, 其, 下次) start; a verb that governs the name ends here
    core: str
    ordinal: int | None
    theme: str | None
    generic: bool
    sitting: str
    counted: bool = False
    ordinals: tuple[int, ...] = ()  # of 第四、五、六次会议


def read_name(passage: Passage, vocabulary: Vocabulary, words: Words, floor: int, head: tuple[int, int]) -> EventName:
    """The name that ends with the head noun ``head``; it does not start before ``floor``."""
    if passage.masked[head[0]] in "第首" and vocabulary.nouns.elliptic.match(passage.masked, head[0]):
        ordinal = read_ordinal(passage.masked[head[0] : head[1]])
        return EventName(head[0], head[1], head[0], "", ordinal, None, generic=True, sitting="")
    floor = max(floor, head[0] - _LONGEST)
    quoted = passage.masked.find(QUOTE, floor, head[0]) >= 0
    theme, start = _theme_before(passage, vocabulary, floor, head) if quoted else (None, None)
    if start is None:
        start = _left_edge(passage, vocabulary, words, floor, head)
        start = _by_known_name(passage, vocabulary, start, _known_start(passage, words, floor, head[1]))
    edge = start
    start, sitting = _without_prefix(passage, vocabulary, start, head)
    count = vocabulary.names.counted.match(passage.masked, start, head[0])
    start = count.end() if count else start
    ordinals = _ordinals(passage, vocabulary, start, head[0])
    core, ordinal = _core(passage, vocabulary, start, head[1])
    if quoted and theme is None:
        theme = _quoted_theme(passage, vocabulary, start, head)
    return EventName(
        start,
        head[1],
        edge,
        core,
        ordinal,
        theme,
        vocabulary.nouns.generic.fullmatch(core) is not None and not words.knows(core),
        sitting,
        count is not None,
        ordinals,
    )


def quoted_name(passage: Passage, vocabulary: Vocabulary, start: int, end: int) -> EventName | None:
    """An event whose whole name stands in quotation marks; None where it holds no head noun."""
    if passage.masked[start] != QUOTE:
        return None
    inner = passage.text[start + 1 : end - 1]
    title, _, topic = inner.partition("：")
    head = vocabulary.nouns.event.search(inner)
    weak = (
        head is not None
        and head.group() in vocabulary.nouns.weak_events
        and not vocabulary.nouns.heads.find(inner + BRACKET)
    )
    if head is None or weak or len(inner) < _SHORTEST_QUOTE:
        return None
    before = vocabulary.nouns.ordinal_before.search(passage.masked, max(0, start - 8), start)
    ordinal = read_ordinal(before.group()) if before else None
    edge = before.start() if before else start
    theme = topic if topic and head.end() <= len(title) else None
    return EventName(start, end, edge, _MARKS.sub("", inner), ordinal, theme, generic=False, sitting="")


def is_quoted_event(passage: Passage, vocabulary: Vocabulary, start: int, end: int) -> bool:
    """召开了“X对话：Y” by its verb; 首届“X峰会”, “X论坛”于…, “X论坛”（…） by their head noun and what stands around them."""
    if vocabulary.clauses.hold_before.search(passage.masked, max(0, start - 12), start):
        return True
    heads = vocabulary.nouns.heads.find(passage.text[start + 1 : end - 1] + BRACKET)
    if not heads or heads[-1][1] != end - start - 2:
        return False
    before = vocabulary.nouns.ordinal_before.search(passage.masked, max(0, start - 8), start)
    return before is not None or passage.masked[end : end + 1] in ("于", "在", "将", BRACKET)


def _theme_before(
    passage: Passage, vocabulary: Vocabulary, floor: int, head: tuple[int, int]
) -> tuple[str | None, int | None]:
    """主题为“X”的国际会议, 以“X”为主题的论坛: the theme, and where the name starts."""
    for match in vocabulary.names.theme_before.finditer(passage.masked, floor, head[0]):
        between = passage.masked[match.end() : head[0]]
        if len(between) <= 20 and not _STOPS.search(between) and (match["a"] or "的" in match.group()):
            group = "a" if match["a"] else "b"
            return passage.text[match.start(group) + 1 : match.end(group) - 1], match.start()
    return None, None


def _left_edge(passage: Passage, vocabulary: Vocabulary, words: Words, floor: int, noun: tuple[int, int]) -> int:
    """Where the noun phrase that ends with ``noun`` starts."""
    masked, head = passage.masked, noun[0]
    stop = _LAST_STOP.match(masked, floor, head)
    edge = stop.end() if stop else floor
    edge = passage.date_ending_in(edge, head) or edge
    for match in vocabulary.names.dateline.finditer(masked, floor, head) if _WIRE.search(masked, floor, head) else ():
        edge = max(edge, match.end())
    edge = _group_edge(passage, vocabulary, edge, head)
    edge = _word_edge(passage, vocabulary, words, edge, noun)
    return _list_edge(passage, vocabulary, edge, head)


def _by_known_name(passage: Passage, vocabulary: Vocabulary, start: int, known: int) -> int:
    """Never inside a known name; and where that begins with an organisation, not before it (扩大|上合组织…会议)."""
    if known <= start:
        return known
    lead = passage.text[start:known]
    if len(lead) > _VERB or _LINK.search(lead) or vocabulary.places.somewhere.search(lead):
        return start
    return known if vocabulary.parties.party.match(passage.text, known) else start


def _known_start(passage: Passage, words: Words, floor: int, end: int) -> int:
    """Where the longest name of a body that the lexicon knows and that ends at ``end`` starts; ``end`` if none does."""
    for length in words.lengths(passage.text[max(0, end - KNOWN_END) : end]):
        if length <= end - floor and words.knows(passage.text[end - length : end]):
            return end - length
    return end


def _group_edge(passage: Passage, vocabulary: Vocabulary, edge: int, head: int) -> int:
    """Brackets that belong to something else, and titles, end the name; （总理） and （以下简称…） do not."""
    for start, end in passage.groups_within(edge, head):
        filler = passage.masked[start]
        if filler == BRACKET and not vocabulary.names.definition.match(passage.text, start):
            closed = passage.dates_within(start, end) or vocabulary.modes.phrase.fullmatch(
                passage.text, start + 1, end - 1
            )
            placed = passage.text[start + 1 : end - 1]
            if closed or vocabulary.places.place.fullmatch(placed) or vocabulary.places.country.fullmatch(placed):
                edge = end
        elif filler == TITLE and not vocabulary.names.treaty_parties.match(passage.masked, end):
            edge = end
    return edge


def _word_edge(passage: Passage, vocabulary: Vocabulary, words: Words, edge: int, noun: tuple[int, int]) -> int:
    """The end of the last word that cannot stand in a name: a verb of the lexicon, or a preposition on its own."""
    masked, head = passage.masked, noun[0]
    about = masked.find("关于", edge, head)  # 关于…的研讨会: what follows is the topic, verbs and all
    limit = about if about >= 0 else head
    for match in vocabulary.names.boundary.finditer(masked, edge, limit):
        edge = match.end()
    if masked.find(BRACKET, edge, limit) >= 0:
        for match in vocabulary.names.behind_bracket.finditer(masked, edge, limit):
            edge = match.end()
    edge = passage.last_head_before(_WHEN, edge, limit) or edge
    candidates = [match.span() for match in vocabulary.names.preposition.finditer(masked, edge, limit)]
    if not candidates:
        return edge
    starts = words.starts(masked[edge : noun[1]])
    alone = [end for start, end in candidates if start - edge in starts and end - edge in starts]
    return max(alone, default=edge)


def _list_edge(passage: Passage, vocabulary: Vocabulary, edge: int, head: int) -> int:
    """A name starts behind 、 or 和 where what stands before it is complete: another event, a bracket, 成果."""
    masked = passage.masked
    at = edge
    position = masked.find("、", edge, head)
    while position >= 0:
        if _complete(passage, vocabulary, edge, position):
            at = position + 1
        position = masked.find("、", position + 1, head)
    for match in vocabulary.names.conjunction.finditer(masked, at, head):
        if _complete(passage, vocabulary, edge, match.start()):
            at = match.end()
    return at


def _complete(passage: Passage, vocabulary: Vocabulary, edge: int, position: int) -> bool:
    masked = passage.masked
    if position <= edge:
        return True
    if masked[position - 1] in (BRACKET, TITLE):
        return True
    left = masked[edge:position]
    if left.endswith(vocabulary.names.list_end):
        return True
    return passage.head_ending_at(position)


def _without_prefix(passage: Passage, vocabulary: Vocabulary, start: int, head: tuple[int, int]) -> tuple[int, str]:
    """Skip 了, 其, 本次, 下次 … and a relative clause in front; say whether it is a next or previous sitting."""
    masked = passage.masked
    sitting = ""
    while start < head[0]:
        if (bare := vocabulary.names.connectors.match(masked, start, head[0])) and bare.end() > start:
            start = bare.end()
            continue
        match = vocabulary.names.prefix.match(masked, start, head[0])
        if match is None or vocabulary.nouns.event.match(masked, start):
            break
        if vocabulary.names.next_sitting.fullmatch(match.group()):
            sitting = "next"
        elif vocabulary.names.previous_sitting.fullmatch(match.group()):
            sitting = "previous"
        start = match.end()
    if vocabulary.names.next_sitting.search(masked, max(start, head[0] - 5), head[0]):
        sitting = "next"
    return start, sitting


def _core(passage: Passage, vocabulary: Vocabulary, start: int, end: int) -> tuple[str, int | None]:
    parts: list[str] = []
    ordinal: int | None = None
    at = start
    masked = passage.masked
    for low, high in passage.groups_within(start, end):
        if masked[low] == BRACKET and vocabulary.names.definition.match(passage.text, low):
            parts.append(passage.text[at:low])
            at = high
    parts.append(passage.text[at:end])
    plain = "".join(parts)
    numbered = "第" in plain or "首" in plain
    for match in vocabulary.nouns.ordinals.finditer(masked, start, end) if numbered else ():
        plain = plain.replace(match.group(), "", 1)
    for match in vocabulary.nouns.ordinal.finditer(masked, start, end) if numbered else ():
        if match.group() not in plain:
            continue
        value = read_ordinal(match.group())
        if match.group()[0] == "首" and _AFTER.search(passage.text, max(0, start - 3), match.start()):
            value = None
        ordinal = value if value is not None else ordinal
        plain = plain.replace(match.group(), "", 1)
    for match in vocabulary.names.next_sitting.finditer(masked, max(start, end - 8), end):
        plain = plain.replace(match.group(), "", 1)
    plain = _MARKS.sub("", plain).removeprefix("的").strip("、，—-")
    return _without_theme_words(vocabulary, plain), ordinal


def _ordinals(passage: Passage, vocabulary: Vocabulary, start: int, end: int) -> tuple[int, ...]:
    """The ordinals of a list: 第四、五、六次 → 4, 5, 6; () where there is no list or a numeral cannot be read."""
    if passage.masked.find("第", start, end) < 0:
        return ()
    match = vocabulary.nouns.ordinals.search(passage.masked, start, end)
    if match is None:
        return ()
    values = [to_int(part) for part in _LIST_PART.findall(match.group())]
    return tuple(value for value in values if value is not None) if None not in values else ()


def _without_theme_words(vocabulary: Vocabulary, plain: str) -> str:
    """以X为主题的Y and 主题为X的Y are called XY."""
    match = vocabulary.names.themed.match(plain)
    if match is None:
        return plain
    return f"{match['a']}{match['b']}" if match["a"] else f"{match['c']}{match['d']}"


def _quoted_theme(passage: Passage, vocabulary: Vocabulary, start: int, head: tuple[int, int]) -> str | None:
    """“X”主题会议 says its theme."""
    for low, high in passage.groups_within(start, head[0]):
        if passage.masked[low] == QUOTE and vocabulary.themes.word.match(passage.text, high):
            return passage.text[low + 1 : high - 1]
    return None


def read_ordinal(text: str) -> int | None:
    """第二十二次 → 22, 首届 → 1; None where the numeral cannot be read."""
    if text.startswith("首"):
        return 1
    return to_int(text[1:-1].strip())
