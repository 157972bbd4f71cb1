"""The words by which events are found and read, compiled once for a lexicon."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from ahocorasick_rs import AhoCorasick

from sco_extract.extract.alternatives import alternatives
from sco_extract.lexicon.load import Event, Lexicon

# Stand-ins of the mask (passage.py): one private-use character for each character of a title, bracket or quotation.
TITLE, BRACKET, QUOTE = "\ue000", "\ue001", "\ue002"

_BEHIND_WEAK = rf"[{BRACKET}{QUOTE}，。、；：:,;\n于在将和与及的成举召开期拉闭圆0-9]|$"
ORDINAL = r"第\s?(?:[0-9]{1,4}|[〇零一二三四五六七八九十百]{1,6})\s?[次届轮场期]"
_NUMBER = r"(?:[0-9]{1,4}|[〇零一二三四五六七八九十百]{1,6})"
ORDINALS = rf"第{_NUMBER}[次届轮场期]?(?:[、和及与至]第?{_NUMBER}[次届轮场期]?){{1,8}}(?<=[次届轮场期])"
FIRST = r"首[次届场轮]"


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Compiled patterns; each is named for what it finds."""

    event: re.Pattern[str]  # head noun of an event
    heads: Heads  # every head noun of a text, quickly
    weak_events: frozenset[str]  # head nouns that are events only with their own date, ordinal or verb
    hold: re.Pattern[str]  # verb of holding
    holds: re.Pattern[str]  # verb of holding or hosting, whatever follows
    placed: re.Pattern[str]  # what a sentence with a verb needs to tell an event without date and ordinal
    summit_ends: frozenset[str]  # the last two characters of the meetings that are called after their city
    hold_before: re.Pattern[str]  # the same at the end of a stretch
    attend: re.Pattern[str]  # verb of attending
    regular: re.Pattern[str]  # 每年, 定期: no single event
    wish: re.Pattern[str]  # 有必要, 尤为重要: what ought to be held
    other_date: re.Pattern[str]  # behind a date: it dates something else
    boundary: re.Pattern[str]  # word that ends a name on its left
    dateline: re.Pattern[str]  # 新华社雅加达9月6日电
    behind_bracket: re.Pattern[str]  # X（date，place）上: what follows is another name
    preposition: re.Pattern[str]  # one-character word that does so where it is a word of its own
    conjunction: re.Pattern[str]
    list_end: tuple[str, ...]
    not_event_after: re.Pattern[str]
    body_noun: re.Pattern[str]
    definition: re.Pattern[str]
    counted: re.Pattern[str]  # 4次, 两场: a count, no ordinal
    prefix: re.Pattern[str]  # words to strip from the left of a name
    ordinal: re.Pattern[str]
    ordinals: re.Pattern[str]  # 第四、五、六次
    ordinal_before: re.Pattern[str]
    behind_subject: re.Pattern[str]  # what may follow the body that sits: 于, 在, a verb
    next_sitting: re.Pattern[str]
    previous_sitting: re.Pattern[str]
    generic: re.Pattern[str]  # a name that names nothing: 会议, 例行会议
    held_times: re.Pattern[str]  # 举办九届: a history, no event
    since: re.Pattern[str]  # in front of a date: it opens a stretch of time
    treaty_parties: re.Pattern[str]
    planned: re.Pattern[str]
    support: re.Pattern[str]
    support_before: re.Pattern[str]
    awaited: re.Pattern[str]  # 期待, 愿: what follows lies ahead whatever its form
    not_held: re.Pattern[str]
    failed: re.Pattern[str]  # 未能如期举行 behind the clause
    called_off: re.Pattern[str]  # 取消了原定…举行的X
    wished: re.Pattern[str]  # 可, 应尽快 in front of a verb of holding
    adopted_at: re.Pattern[str]  # 在比什凯克通过了
    cancelled: re.Pattern[str]
    cancelled_here: re.Pattern[str]  # 因疫情推迟。 but not 取消部分限制
    tentative: re.Pattern[str]  # in a bracket: 暂定
    labeled: re.Pattern[str]  # a line 时间：… or 地点：…
    list_lead: re.Pattern[str]  # what opens a line of a list of sittings: 1. or 第三届
    column: re.Pattern[str]  # a header cell of a calendar of meetings
    planned_heading: re.Pattern[str]  # in a heading: what stands below lies ahead
    moved: re.Pattern[str]  # 推迟至: held later
    manner_after: re.Pattern[str]  # 形式, 方式: the words before are a mode
    summits: frozenset[str]
    hybrid: re.Pattern[str]
    video: re.Pattern[str]
    on_site: re.Pattern[str]
    mode: re.Pattern[str]  # a whole mode phrase, to take out of a bracket
    mode_said: re.Pattern[str]  # a mode that a clause states: 以视频方式, 线上召开, 改为线上会议
    place: re.Pattern[str]
    country: re.Pattern[str]
    somewhere: re.Pattern[str]  # a place or a country, the longest: 罗马尼亚, not 罗马
    party: re.Pattern[str]  # an organisation or a country, the longest: 中国—东盟中心, not 中国
    place_phrase: re.Pattern[str]
    place_suffix: re.Pattern[str]
    not_place: re.Pattern[str]
    host: re.Pattern[str]
    host_verb: re.Pattern[str]
    office: re.Pattern[str]
    parent: re.Pattern[str]
    parent_word: re.Pattern[str]  # what every match of ``parent`` holds; cheap to look for first
    anaphor: re.Pattern[str]
    opening_anaphor: re.Pattern[str]
    themed: re.Pattern[str]  # a name that is told by its theme: 以X为主题的Y
    theme_word: re.Pattern[str]
    theme_before: re.Pattern[str]
    theme_said: re.Pattern[str]
    chaired: re.Pattern[str]  # a whole sentence that says who chaired: X主持会议
    first_time: re.Pattern[str]  # 首次 in front of a verb; not 近6年首次
    times_behind: re.Pattern[str]  # 会议150余次
    assemblies: tuple[str, ...]  # 大会: as often a body as a sitting
    decides: re.Pattern[str]  # what a body does
    respectively: re.Pattern[str]
    same_day: re.Pattern[str]
    opened_closed: tuple[re.Pattern[str], re.Pattern[str]]
    time_behind: re.Pattern[str]  # 前, 后 behind 会议
    elliptic: re.Pattern[str]  # 其中第二届于…: an ordinal without its noun
    sides: dict[str, str]  # 巴方 -> 巴基斯坦

    def find_parent(self, masked: str, start: int, end: int) -> re.Match[str] | None:
        """The first 峰会期间 or 同期 in the range."""
        return self.parent.search(masked, start, end) if self.parent_word.search(masked, start, end) else None


def _any(words: Iterable[str]) -> str:
    return f"(?:{alternatives(words)})"


class Heads:
    """Finds head nouns: an automaton for the words, then a look at the character behind them.

    高官会 is none before 议, 展 none before 览, 周 none before 边; a body (理事会) only with a bracket behind it:
    元首理事会（2024年7月4日，阿斯塔纳）.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        bodies = lexicon.words("sitting_body")
        nouns = {entry.name: _behind(entry) for entry in lexicon.event if entry.name not in bodies}
        nouns |= dict.fromkeys(bodies, re.compile(BRACKET))
        self._words = list(nouns)
        self._behind = list(nouns.values())
        self._automaton = AhoCorasick(self._words)
        # the same nouns for short stretches of text
        self.pattern = alternatives(nouns, {word: behind.pattern for word, behind in nouns.items()})

    def find(self, text: str) -> list[tuple[int, int]]:
        """Start and end of each head noun of ``text``, in order: the leftmost, and of those the longest."""
        hits = [
            (start, -end)
            for word, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True)
            if self._behind[word].match(text, end)
        ]
        found: list[tuple[int, int]] = []
        for start, end in sorted(hits):
            if not found or start >= found[-1][1]:
                found.append((start, -end))
        return found


def _behind(entry: Event) -> re.Pattern[str]:
    if not entry.bare:
        return re.compile(_BEHIND_WEAK)
    if entry.name.endswith("会"):
        return re.compile(r"(?![议晤谈见])")
    return re.compile(r"(?![览会])" if entry.name.endswith("展") else "")


@cache
def vocabulary(lexicon: Lexicon) -> Vocabulary:
    """The patterns for ``lexicon``; ``LexiconError`` where a group they need is missing."""
    words = lexicon.words
    hold = _any(words("hold"))
    host = _any(words("host"))
    manner = f"{_any(words('manner'))}?"
    theme = _any(words("theme"))
    modes = _any((*words("hybrid"), *words("video"), *words("on_site")))
    mode_lead, mode_tail, combined = (_any(words(group)) for group in ("mode_lead", "mode_tail", "mode_combined"))
    jointly, side = f"{_any(words('jointly'))}?", f"{_any(words('side'))}?"
    mode_phrase = rf"(?:以|{mode_lead})?{modes}{combined}?的?{mode_tail}?"
    chair = _any(words("chair_title"))
    heads = Heads(lexicon)
    anaphor, event = words("anaphor"), f"(?:{heads.pattern})"
    organisations = [name for one in lexicon.organisation for name in (one.name, *one.aliases)]
    place_names = [name for name in lexicon.places if len(name) > 1]
    return Vocabulary(
        event=re.compile(event),
        heads=heads,
        weak_events=frozenset(entry.name for entry in lexicon.event if not entry.bare),
        hold=re.compile(rf"{hold}(?![日地权])"),
        holds=re.compile(_any((*words("hold"), *words("host")))),
        placed=re.compile(rf"[在于{BRACKET}{QUOTE}]|{_any(words('same_time'))}|上，|{_any(words('parent'))}"),
        summit_ends=frozenset(word[-2:] for word in words("summit")),
        hold_before=re.compile(rf"(?:{hold}|{host})[了过]?的?(?:{ORDINAL}|{FIRST})?$"),
        attend=re.compile(_any(words("attend"))),
        regular=re.compile(_any(words("regular"))),
        wish=re.compile(_any(words("wish"))),
        other_date=re.compile(rf"{_any(words('dated_otherwise'))}|第[^次届轮场期，。]{{1,6}}号"),
        boundary=re.compile(_any(words("name_boundary"))),
        dateline=re.compile(rf"{_any(words('news_agency'))}[^，。；\n]{{0,24}}?(?:日[电讯]|讯){BRACKET}*"),
        behind_bracket=re.compile(rf"{BRACKET}[上后前时]"),
        preposition=re.compile(_any(words("preposition"))),
        conjunction=re.compile(_any(words("conjunction"))),
        list_end=words("list_end"),
        not_event_after=re.compile(_any(words("not_event_after"))),
        body_noun=re.compile(_any(words("body_noun"))),
        definition=re.compile(rf"[（(][^（）()\n]{{0,12}}?{_any(words('definition'))}"),
        counted=re.compile(rf"[0-9一二两三四五六七八九十多余几数]+{_any(words('counted_thing'))}"),
        prefix=re.compile(rf"(?:{alternatives(words('name_prefix'))})|[自从](?=[第首上])"),
        ordinal=re.compile(rf"{ORDINAL}|{FIRST}"),
        ordinals=re.compile(ORDINALS),
        ordinal_before=re.compile(rf"(?:{ORDINAL}|{FIRST})$"),
        behind_subject=re.compile(
            rf"[于在以，的自{BRACKET}]|其|已|将|也|还|{_any(words('resume'))}|{manner[:-1]}|{jointly}{hold}"
        ),
        next_sitting=re.compile(_any(words("next_sitting"))),
        previous_sitting=re.compile(_any(words("previous_sitting"))),
        generic=re.compile(rf"{_any(words('generic_modifier'))}*{event}"),
        held_times=re.compile(r"了?(?:过)?[0-9一二两三四五六七八九十多余几数]+[届次场轮]"),
        since=re.compile(r"[自从]$"),
        treaty_parties=re.compile(rf"{BRACKET}*(?:{ORDINAL}|{FIRST})?{_any(words('treaty_parties'))}"),
        planned=re.compile(_any(words("planned"))),
        support=re.compile(_any(words("support_holding"))),
        support_before=re.compile(rf"{_any(words('support_holding'))}，?$"),
        awaited=re.compile(_any(words("awaited"))),
        not_held=re.compile(rf"{_any(words('not_held'))}{manner}$|{_any(words('failed'))}[^，。；\n]{{0,30}}$"),
        failed=re.compile(rf"{_any(words('failed'))}[^，。；\n]{{0,12}}?{hold}(?=[。；，\n])"),
        called_off=re.compile(rf"{_any(words('cancelled'))}了?原"),
        wished=re.compile(rf"(?<![未不]){_any(words('wished'))}$"),
        adopted_at=re.compile(
            rf"在(?P<place>[^，。；\n在]{{2,12}}?){_any(words('at_meeting'))}?{_any(words('decide'))}"
        ),
        cancelled=re.compile(_any(words("cancelled"))),
        cancelled_here=re.compile(rf"{_any(words('cancelled'))}(?:{hold})?(?=[。；，\n])"),
        tentative=re.compile(_any(words("tentative"))),
        labeled=re.compile(
            rf"(?:(?P<date>{_any(words('date_label'))})|(?P<place>{_any(words('place_label'))}))[：:，]"
        ),
        list_lead=re.compile(rf"[，\s]*(?:{ORDINAL}|{FIRST}|[0-9]{{1,2}}(?=[ 　，.．]))?[，.．、：\s　]*"),
        column=re.compile(
            rf"(?P<date>{_any(words('date_label'))})|(?P<place>{_any(words('place_label'))})|(?P<name>{_any(words('name_label'))})"
        ),
        planned_heading=re.compile(_any(words("planned_heading"))),
        moved=re.compile(
            rf"[则却也，]?{_any((*words('cancelled'), *words('moved')))}[至到为于](?=[\d年第一二三四五六七八九十])"
        ),
        manner_after=re.compile(rf"的?{mode_tail}"),
        summits=frozenset(words("summit")),
        hybrid=re.compile(_any(words("hybrid"))),
        video=re.compile(rf"(?<!短){_any(words('video'))}"),
        on_site=re.compile(_any(words("on_site"))),
        mode=re.compile(mode_phrase),
        mode_said=re.compile(
            rf"(?:以|{mode_lead}){modes}{combined}?|{modes}{combined}?的?{mode_tail}|{modes}(?={manner}{hold})"
        ),
        place=re.compile(_any(place_names)),
        country=re.compile(_any(lexicon.countries)),
        somewhere=re.compile(_any((*place_names, *lexicon.countries))),
        party=re.compile(_any((*organisations, *lexicon.bodies, *lexicon.countries))),
        # 在|P|以视频方式|成功|举行 : the phrase between the preposition and the verb of holding or attending
        place_phrase=re.compile(
            rf"[在于](?P<place>[^，。；：,;在于\n{TITLE}]{{2,24}}?)(?:，)?(?:{mode_phrase})?{manner}"
            rf"(?:{hold}|{_any(words('attend'))}|{host}(?!下))"
        ),
        place_suffix=re.compile(_any(words("place_suffix"))),
        not_place=re.compile(_any(words("not_place"))),
        host_verb=re.compile(host),
        host=re.compile(
            rf"(?:在|由)?(?:{chair})?(?P<under>[^，。；：、在由\n{BRACKET}]{{1,24}}?){side}的?{host}下"
            rf"|(?<!自)由(?:{chair})?(?P<by>(?:[^，。；：由\n]|(?<=自)由){{1,30}}?){side}{host}"
            rf"|(?:^|[，。；：在，日])(?:{chair})?(?P<subject>[^，。；：由在日\n{BRACKET}]{{1,24}}?){side}{jointly}{host}"
        ),
        office=re.compile(_any([office.name for office in lexicon.office])),
        parent_word=re.compile(rf"{_any(words('same_time'))}|上，|{_any(words('parent'))}"),
        parent=re.compile(rf"{_any(words('same_time'))}|(?:{event}|{BRACKET})(?:的?{_any(words('parent'))}|上(?=，))"),
        anaphor=re.compile(rf"{_any(anaphor)}{event}"),
        opening_anaphor=re.compile(rf"(?:{_any(anaphor)})?(?:{event})(?=[^机]|$)|{_any(words('at_meeting'))}"),
        # 以“…”为主题的, 主题为“…”的, 主题是…
        themed=re.compile(rf"以(?P<a>.+?)为{theme}的(?P<b>.+)$|{theme}[为是：:](?P<c>.+)的(?P<d>.+?)$"),
        theme_word=re.compile(theme),
        theme_before=re.compile(rf"以?(?P<a>{QUOTE}+)为{theme}的?|{theme}[为是：:]?(?P<b>{QUOTE}+)的?"),
        theme_said=re.compile(
            rf"(?:以)(?P<a>{QUOTE}+)为{theme}|{theme}(?:为|是|：|:)?(?P<b>{QUOTE}+)"
            rf"|{theme}(?:为|是|：|:)(?P<c>[^，。；\n{QUOTE}]{{2,60}})"
        ),
        chaired=re.compile(rf"(?P<party>[^，。；\n]{{2,40}}?){_any(words('host'))}了?(?:{_any(anaphor)})?{event}$"),
        first_time=re.compile(r"(?<![后来年])首次$"),
        times_behind=re.compile(r"[0-9一二两三四五六七八九十百多余几数]+[次场届]"),
        assemblies=words("assembly"),
        decides=re.compile(_any(words("decide"))),
        respectively=re.compile(_any(words("respectively"))),
        same_day=re.compile(rf"[，\s]*{_any(words('same_day'))}"),
        opened_closed=(re.compile(_any(words("opened"))), re.compile(_any(words("closed")))),
        time_behind=re.compile(rf"{hold}?[前后时]"),
        elliptic=re.compile(rf"(?:{ORDINAL}|{FIRST})(?=[于将在拟已定])"),
        sides={entry.side: entry.name for entry in lexicon.country if entry.side},
    )
