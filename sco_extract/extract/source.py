"""What a source says of itself: kind, title, date and place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from sco_extract.extract.alternatives import alternatives
from sco_extract.extract.instruments.context import Facts, Surroundings, bracket_at, surroundings, usable
from sco_extract.extract.instruments.marks import clean_title, head_noun
from sco_extract.extract.instruments.words import Words
from sco_extract.extract.source_dates import closing_bracket, dated_title, day_behind, day_or_month, merge
from sco_extract.extract.source_lines import SourceLine, SourceLines
from sco_extract.extract.unit import Unit
from sco_extract.lexicon.load import Lexicon
from sco_extract.model.mentions import DateMention
from sco_extract.model.records import SourceKind

_LONGEST_TITLE = 90
_BODY_MARK = re.compile(r"[。；;？?]|[，,：:]\Z")
_NUMBERED = re.compile(
    r"[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]|第[一二三四五六七八九十\d]{1,3}[章节条部]|[“”●•\-–*]|——?摘"
)
_CONTINUES = re.compile(r"(?:[的和与及、暨]|——|—)\Z")
_SUBTITLE = re.compile(r"——|—|--")
_CLOSED = re.compile(r"《([^《》]+)》\Z")
_CHINESE = re.compile("[一-鿿]")
_FILE_NAME = re.compile(r"\.[A-Za-z]{2,5}\Z")  # 联合公报.docx
_TRAIL = re.compile(r"[^。，\n]{2,12}(?:>>|›|»|\s>\s?)[^。，\n]{2,30}\Z")  # where a page stands in its site
_SITE = re.compile(r"\s?[_|｜]\s?|\s[-–—]\s")
_COLUMN = re.compile(r"[A-Z]{2,6}\s?[|｜]\s?")  # APEC | 财长会议…: the column before the headline
_LABEL = re.compile(r"[【\[][^】\]\n]{1,12}[】\]]")  # 【主要活动】: a section, no title where a better one stands
_CLOCK = re.compile(r"\d{1,2}[:：]\d{2}(?:[:：]\d{2})?")
_LONGEST_BYLINE = 80
_LONGEST_DATELINE = 40
_LATE = 120  # code points before the day in the first sentence of a declaration that begins with who speaks


@dataclass(frozen=True, slots=True)
class SourceFacts:
    """A source as a whole; ``date`` is EDTF. What is not certain is None."""

    kind: SourceKind = "other"
    title: str | None = None
    date: str | None = None
    place: str | None = None


@dataclass(frozen=True, slots=True)
class _Patterns:
    """The lexicon's words about sources, compiled."""

    mark: re.Pattern[str]
    section: re.Pattern[str]
    article: re.Pattern[str]
    adoption: re.Pattern[str]
    dateline: re.Pattern[str]
    signed: re.Pattern[str]
    made: re.Pattern[str]
    made_on: re.Pattern[str]
    report: re.Pattern[str]
    news: re.Pattern[str]
    byline: re.Pattern[str]
    credit: re.Pattern[str]
    whole_text: re.Pattern[str]
    speaker: re.Pattern[str]
    release: re.Pattern[str]
    gathered: re.Pattern[str]
    recalling: re.Pattern[str]
    kinds: dict[str, str]


@dataclass(frozen=True, slots=True)
class _Head:
    """The opening of a source: title lines, what its date lines say, and the lines of the body behind them."""

    title: str | None
    facts: Facts
    body: tuple[SourceLine, ...]
    dateline: bool = False
    stamp: str | None = None  # when a site published it
    byline: bool = False


def describe_source(unit: Unit, title_hint: str = "", date_hint: str = "") -> SourceFacts:
    """Kind, title, date and place of the document of ``unit``, from its opening and its closing lines.

    Works with explicit dates alone. ``title_hint`` and ``date_hint`` (an ISO day) are the file's metadata: the first is
    used where the text has no title, the second for web pages that give no date of their own. A report's period and
    the dates of the events it tells are not its date.
    """
    around = surroundings(unit)
    patterns = _patterns(unit.lexicon)
    lines = SourceLines.of(unit)
    head = _head(around, patterns, lines.opening)
    title = head.title or _site_title(title_hint)
    if not head.dateline and any(_last_words(patterns, line) for line in lines.closing[-1:]):
        head = replace(head, dateline=True)
    kind = _kind(patterns, around.words, lines.opening, title, head)
    facts = _facts(around, patterns, lines, head, kind)
    date = facts.date
    if date is None and date_hint and unit.document.format == "html" and kind in {"news", "other", "article"}:
        date = date_hint
    return SourceFacts(kind, title, date, facts.place)


def _facts(around: Surroundings, patterns: _Patterns, lines: SourceLines, head: _Head, kind: SourceKind) -> Facts:
    """Date and place: for news when and whence it was sent, for other documents what their own lines say."""
    facts = merge(head.facts, _closing(around, patterns, lines.closing, head))
    for line in lines.closing[-1:] if kind not in {"report", "action_plan"} else ():
        facts = merge(facts, closing_bracket(around, line.start, line.end))
    sent = _news_place(around, patterns, [*lines.opening, *lines.closing[-1:]])
    if kind == "news":
        return merge(merge(facts, Facts(head.stamp)), sent)
    if kind in {"communique", "declaration", "agreement"}:
        told = _first_sentence(around, patterns, head.body[:3])
        if told.date and sent.date and sent.date.startswith(told.date + "-"):
            told = Facts(sent.date, told.place or sent.place)  # the day of a month in which they met
        facts = merge(facts, told)
        return facts if facts.date or facts.place else sent
    return facts if kind in {"report", "action_plan"} else merge(facts, Facts(head.stamp))


@cache
def _patterns(lexicon: Lexicon) -> _Patterns:
    def words(group: str) -> str:
        return alternatives(lexicon.words(group))

    reports = alternatives(kind.name for kind in lexicon.kind if kind.source == "report")
    agency = words("source_agencies")
    return _Patterns(
        mark=re.compile(rf"[（(【\[]?(?:{words('source_marks')})\s?\d{{0,2}}[一二三四五]?[）)】\]]?[：:]?"),
        section=re.compile(rf"(?:{words('source_sections')})\Z"),
        article=re.compile(rf"[【\[（(]?\s?(?:{words('source_article_marks')})\s?[】\]）):：]"),
        adoption=re.compile(rf"(?:{words('source_adopting')})[）)]?\Z"),
        dateline=re.compile(
            rf"[（(【]?(?:{agency}|[一-鿿]{{1,3}}社)[，,]?(?P<place>[一-鿿]{{2,10}}?)?[，,/]?"
            r"(?P<date>(?:\d{4}年)?\d{1,2}月\d{1,2}日)?(?:[（(][^（）()\n]{0,30}[）)])?"
            rf"(?:{words('source_dateline_nouns')})"
        ),
        signed=re.compile(rf"(?:{words('source_signing')})"),
        made=re.compile(  # not 会议订于
            rf"(?:本[一-鿿]{{2,4}}|{words('source_made_lead')})\s?(?:{words('source_made')})\Z|\A(?:{words('source_made')})\Z"
        ),
        made_on=re.compile(rf"(?:本\w{{2,4}}|{words('source_made_noun')})\s?于\Z"),
        report=re.compile(rf"(?:{words('source_reporting')})[^。\n]{{0,120}}(?:{reports})|本(?:{reports})"),
        news=re.compile(rf"(?:{words('source_news_verbs')})"),
        byline=re.compile(rf"(?:{words('source_byline')})"),
        credit=re.compile(
            rf"[◎（(●]?\s?(?:(?:{agency}|{words('source_byline')})[^。\n]{{0,40}}|[^。\n]{{0,6}}(?:{words('source_reporters')})[^。\n]{{0,20}})\Z"
        ),
        whole_text=re.compile(rf"(?:{words('source_whole_text')})[：:]?\Z"),
        speaker=re.compile(
            rf"(?:[（(]?[一二三四五六七八九十\d]{{1,3}}[）)、.．])?\s?(?:{words('source_speaker')})[，,]"
        ),
        release=re.compile(rf"(?:{words('source_release')})"),
        gathered=re.compile(rf"(?:{words('source_gathered')})"),
        recalling=re.compile(rf"(?:{words('source_recalling')})[^，,。]*\Z"),
        kinds={kind.name: kind.source for kind in lexicon.kind},
    )


def _head(around: Surroundings, patterns: _Patterns, lines: Sequence[SourceLine]) -> _Head:
    titles: list[str] = []
    facts = Facts()
    stamp: str | None = None
    dateline = byline = False
    for place, line in enumerate(lines):
        if patterns.mark.fullmatch(line.text) or _TRAIL.match(line.text):
            continue
        sent = patterns.dateline.match(line.text)
        if own := _date_line(around, patterns, line, titles):
            if patterns.adoption.search(line.text) and titles and len(lines) > place + 1:
                titles = titles if head_noun(titles[-1], around.words) else []
            facts = merge(facts, own)
        elif when := _stamp(around, patterns, line):
            stamp, byline = stamp or when, byline or patterns.byline.search(line.text) is not None
        elif sent and _alone(patterns, line.text[sent.end() :]):
            dateline = True
            titles = [] if patterns.whole_text.search(line.text) else titles
        elif patterns.credit.match(line.text) and not sent:
            byline = True
        elif sent or line.table or not _is_title(patterns, line.text):
            told = _headline(patterns, line.text[sent.end() :]) if sent and not titles else []
            return _Head(
                _title(titles or told, around.words), facts, tuple(lines[place:]), dateline or bool(sent), stamp, byline
            )
        elif own_title := dated_title(around, line.start, line.end):
            titles.append(own_title[0])
            facts = merge(facts, own_title[1])
        else:
            titles.append(line.text)
    return _Head(_title(titles, around.words), facts, (), dateline, stamp, byline)


def _alone(patterns: _Patterns, rest: str) -> bool:
    """Whether behind a dateline nothing stands, or only that a document follows in full."""
    return not rest.strip(" ）)】]") or patterns.whole_text.search(rest) is not None


def _headline(patterns: _Patterns, rest: str) -> list[str]:
    """A headline that stands behind the dateline in its line."""
    rest = rest.strip(" ）)】")
    return [rest] if _is_title(patterns, rest) and len(rest) <= 40 and not patterns.credit.match(rest) else []


def _stamp(around: Surroundings, patterns: _Patterns, line: SourceLine) -> str | None:
    """When a site published the text: 2023-09-06 10:22 来源：…, 2022年12月09日 星期五; None for other lines."""
    dates = around.dates_in(line.start, line.end)
    if not dates or len(line.text) > _LONGEST_BYLINE or "。" in line.text:
        return None
    value, text = usable(dates[0]), around.text
    if value is None or dates[0].anchor != "explicit" or len(value) < len("2024-01-01"):
        return None
    head, tail = text[line.start : dates[0].start].strip(), text[dates[0].end : line.end].strip()
    plain = _CLOCK.sub("", tail).strip(" ，,|")
    named = patterns.byline.match(plain) is not None or plain == ""
    led = not head or patterns.byline.match(head) is not None or patterns.credit.match(head) is not None
    return value if named and led else None


def _is_title(patterns: _Patterns, text: str) -> bool:
    return not (
        len(text) > _LONGEST_TITLE
        or _BODY_MARK.search(text)
        or _NUMBERED.match(text)
        or patterns.section.match(text)
        or patterns.article.match(text)
    )


def _title(lines: Sequence[str], words: Words) -> str | None:
    """The first line, with those behind it that belong to it: up to a head noun, or a subtitle behind a dash."""
    if not lines:
        return None
    lines = [_COLUMN.sub("", line, count=1) for line in lines if not _LABEL.fullmatch(line)] or lines
    count = 1
    if not head_noun(lines[0], words):
        ending = [place for place, line in enumerate(lines[1:4], 2) if head_noun(line, words)]
        count = ending[0] if ending and all(len(line) <= 40 for line in lines[: ending[0]]) else 1
    while count < len(lines) and (_CONTINUES.search(lines[count - 1]) or _SUBTITLE.match(lines[count])):
        count += 1
    whole = _CLOSED.fullmatch(lines[0]) if count == 1 else None
    return _plain("".join(lines[:count])) if whole is None else clean_title(whole[1])


def _plain(text: str) -> str:
    return re.sub(r"(?<=[一-鿿，、：（）“”《》—])\s+|\s+(?=[一-鿿，、：（）“”《》—])", "", text)


def _site_title(hint: str) -> str | None:
    """A page's title without the site's name behind it; what programs fill in (untitled, a file's name) is none."""
    title = _SITE.split(hint.strip())[0].strip()
    return title if _CHINESE.search(title) and not _FILE_NAME.search(title) else None


def _date_line(around: Surroundings, patterns: _Patterns, line: SourceLine, titles: Sequence[str]) -> Facts | None:
    """What a line says that only dates the document: （2024年7月4日，阿斯塔纳）, 2024年7月4日第9号决议批准, 2024年7月4日于上海.

    One of the ``titles`` before it may be repeated in it.
    """
    dates = around.dates_in(line.start, line.end)
    if not dates or len(line.text) > 60 or "。" in line.text:
        return None
    bracket = bracket_at(around, line.start)
    if bracket and around.text[bracket.end : line.end].strip() == "":
        if bracket.facts.known:
            return Facts(bracket.facts.date, around.places.whole(bracket.facts.place or "-"))
        if patterns.adoption.search(line.text) and (value := usable(dates[0])):
            return Facts(value, around.last_place(line.start, line.end))
        return None
    if patterns.adoption.search(line.text) and (value := usable(dates[0])):
        return Facts(value, around.last_place(line.start, line.end))
    return _bare_date(around, line, dates, titles[-1] if titles else "")


def _bare_date(around: Surroundings, line: SourceLine, dates: Sequence[DateMention], title: str = "") -> Facts | None:
    """A line of a date, and a place before or behind it, and nothing else but perhaps the title again."""
    value = usable(dates[0])
    if len(dates) != 1 or value is None or dates[0].anchor != "explicit" or len(value) == 4:
        return None
    rest = [around.text[line.start : dates[0].start].strip().removeprefix(title), around.text[dates[0].end : line.end]]
    names = [name for part in rest if (name := part.strip(" \t，,。.、：:（）()于在|—–-"))]
    if not names:
        return Facts(value)
    place = around.places.whole(names[0]) if len(names) == 1 else None
    return Facts(value, place) if place else None


def _closing(around: Surroundings, patterns: _Patterns, lines: Sequence[SourceLine], head: _Head) -> Facts:
    """The date under the signatures, or the formula 于2022年9月16日在撒马尔罕签订."""
    for line in reversed(lines):
        if line.start >= (head.body[0].start if head.body else 0) and not line.table:
            dates = around.dates_in(line.start, line.end)
            if dates and len(line.text) <= 60 and (own := _bare_date(around, line, dates)):
                return own
    for line in reversed(lines):
        for date in around.dates_in(line.start, line.end):
            after = around.text[date.end : min(line.end, date.end + 30)]
            verb = patterns.signed.search(after)
            led = around.text[max(line.start, date.start - 8) : date.start]
            made = patterns.made.search(led)
            formal = made or patterns.made_on.search(led)
            if formal and (verb or made) and (value := usable(date)):
                return Facts(value, around.last_place(date.end, min(line.end, date.end + 24)))
    return Facts()


def _first_sentence(around: Surroundings, patterns: _Patterns, lines: Sequence[SourceLine]) -> Facts:
    """2023年10月26日，…会议在比什凯克举行 at the beginning of a communiqué."""
    for line in lines:
        end = max(around.text.find("。", line.start, line.end), 0) or line.end
        dates = around.dates_in(line.start, end)
        if not dates:
            continue
        if patterns.recalling.search(around.text, line.start, dates[0].start):
            return Facts()
        read, late, held = usable, 40, around.words.held.search(around.text, dates[0].end, end)
        if patterns.speaker.match(line.text):
            read, late = day_or_month, _LATE
            held = held or patterns.gathered.search(around.text, dates[0].end, end)
        if held and dates[0].start - line.start <= late:
            clause = around.text[dates[0].end : held.start()]
            if "。" in clause or around.words.date_tail.match(around.text, dates[0].end):
                return Facts()
            place = around.last_place(line.start, held.start())
            return Facts(read(dates[0]) if dates[0].anchor == "explicit" else None, place)
    return Facts()


def _news_place(around: Surroundings, patterns: _Patterns, lines: Sequence[SourceLine]) -> Facts:
    """Day and place of a dateline that begins a line, or ends the text in brackets."""
    for line in lines:
        found = patterns.dateline.match(line.text) or _last_words(patterns, line)
        if found:
            start = line.start + around.text[line.start : line.end].find(found[0])
            dates = [date for date in around.dates_in(start, start + len(found[0])) if usable(date)]
            sent = usable(dates[0]) if dates else day_behind(around, start + len(found[0]), line.end)
            return Facts(sent, around.places.whole(found["place"] or "-"))
    return Facts()


def _last_words(patterns: _Patterns, line: SourceLine) -> re.Match[str] | None:
    """（新华社阿斯塔纳2024年7月4日电） at the end of a line."""
    at = max(line.text.rfind("（"), line.text.rfind("("))
    if at < 0 or len(line.text) - at > _LONGEST_DATELINE or line.text[-1] not in "）)":
        return None
    found = patterns.dateline.match(line.text, at)
    return found if found and found.end() >= len(line.text) - 1 else None


def _kind(patterns: _Patterns, words: Words, lines: Sequence[SourceLine], title: str | None, head: _Head) -> SourceKind:
    if any(patterns.article.match(line.text) for line in lines):
        return "article"
    noun = head_noun(title, words) if title else None
    made = patterns.kinds.get(noun, "") if noun else ""
    told = title is not None and patterns.news.search(title) is not None
    if made and not (head.dateline and told):
        return _SOURCE_KINDS.get(made, "other")
    released = any(patterns.release.search(line.text) for line in lines[:4] if len(line.text) <= 40)
    if head.dateline or head.byline or released:
        return "news"
    if any(patterns.speaker.match(line.text) for line in head.body[:3]):
        return "declaration"
    if any(patterns.report.search(line.text) for line in lines[:5]):
        return "report"
    return "other"


_SOURCE_KINDS: dict[str, SourceKind] = {
    "communique": "communique",
    "declaration": "declaration",
    "action_plan": "action_plan",
    "report": "report",
    "agreement": "agreement",
    "article": "article",
    "news": "news",
}
