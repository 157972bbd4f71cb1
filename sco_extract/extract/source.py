"""What a source says of itself: kind, title, date and place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from sco_extract.extract.instruments.context import Facts, Surroundings, bracket_at, surroundings, usable
from sco_extract.extract.instruments.marks import clean_title, head_noun
from sco_extract.extract.instruments.words import Words
from sco_extract.extract.unit import Unit
from sco_extract.lexicon.load import Lexicon, alternation
from sco_extract.model.mentions import DateMention
from sco_extract.model.records import SourceKind

OPENING = 12  # lines within which a title, its date line and a byline stand
CLOSING = 24  # lines of a signature block: ten states with two signatories each, and the date
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
_SITE = re.compile(r"\s?[_|｜]\s?|\s[-–—]\s")


@dataclass(frozen=True, slots=True)
class SourceFacts:
    """A source as a whole; ``date`` is EDTF. What is not certain is None."""

    kind: SourceKind = "other"
    title: str | None = None
    date: str | None = None
    place: str | None = None


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str
    table: bool = False


@dataclass(frozen=True, slots=True)
class _Patterns:
    """The lexicon's words about sources, compiled."""

    mark: re.Pattern[str]
    section: re.Pattern[str]
    article: re.Pattern[str]
    adoption: re.Pattern[str]
    dateline: re.Pattern[str]
    signed: re.Pattern[str]
    report: re.Pattern[str]
    news: re.Pattern[str]
    kinds: dict[str, str]


@dataclass(frozen=True, slots=True)
class _Head:
    """The opening of a source: title lines, what its date lines say, and the lines of the body behind them."""

    title: str | None
    facts: Facts
    body: tuple[_Line, ...]
    dateline: bool = False


def describe_source(unit: Unit, title_hint: str = "", date_hint: str = "") -> SourceFacts:
    """Kind, title, date and place of the document of ``unit``, from its opening and its closing lines.

    Works with explicit dates alone. ``title_hint`` and ``date_hint`` (an ISO day) are the file's metadata: the first is
    used where the text has no title, the second for web pages that give no date of their own. A report's period and
    the dates of the events it tells are not its date.
    """
    around = surroundings(unit)
    patterns = _patterns(unit.lexicon)
    lines = _lines(unit)
    head = _head(around, patterns, lines[:OPENING])
    title = head.title or _site_title(title_hint)
    kind = _kind(patterns, around.words, lines[:OPENING], title, head)
    facts = _merge(head.facts, _closing(around, patterns, lines[-CLOSING:], head))
    if kind in {"communique", "declaration", "agreement", "news"}:
        facts = _merge(facts, _first_sentence(around, head.body[:3]))
    if kind == "news":
        facts = _merge(facts, _news_place(around, patterns, lines[:OPENING]))
    date = facts.date
    if date is None and date_hint and unit.document.format == "html" and kind in {"news", "other", "article"}:
        date = date_hint
    return SourceFacts(kind, title, date, facts.place)


@cache
def _patterns(lexicon: Lexicon) -> _Patterns:
    def words(group: str) -> str:
        return alternation(lexicon.words(group))

    reports = alternation(kind.name for kind in lexicon.kind if kind.source == "report")
    agency = words("source_agencies")
    return _Patterns(
        mark=re.compile(rf"[（(【\[]?(?:{words('source_marks')})\s?\d{{0,2}}[一二三四五]?[）)】\]]?[：:]?"),
        section=re.compile(rf"(?:{words('source_sections')})\Z"),
        article=re.compile(rf"[【\[（(]?\s?(?:{words('source_article_marks')})\s?[】\]）):：]"),
        adoption=re.compile(rf"(?:{words('source_adopting')})[）)]?\Z"),
        dateline=re.compile(
            rf"[（(【]?(?:{agency})[，,]?(?P<place>[一-鿿]{{2,10}}?)?[，,/]?"
            r"(?P<date>(?:\d{4}年)?\d{1,2}月\d{1,2}日)?(?:[（(][^（）()\n]{0,30}[）)])?"
            rf"(?:{words('source_dateline_nouns')})"
        ),
        signed=re.compile(rf"(?:{words('source_signing')})"),
        report=re.compile(rf"(?:{words('source_reporting')})[^。\n]{{0,120}}(?:{reports})|本(?:{reports})"),
        news=re.compile(rf"(?:{words('source_news_verbs')})"),
        kinds={kind.name: kind.source for kind in lexicon.kind},
    )


def _lines(unit: Unit) -> list[_Line]:
    found = []
    for line in unit.document.lines:
        block = unit.document.blocks[line.block]
        text = unit.text[line.start : line.end].strip()
        if text and block.kind not in {"footnote", "furniture"}:
            found.append(_Line(line.start, line.end, text, line.cell is not None))
    return found


def _head(around: Surroundings, patterns: _Patterns, lines: Sequence[_Line]) -> _Head:
    titles: list[str] = []
    facts = Facts()
    dateline = False
    for place, line in enumerate(lines):
        if patterns.mark.fullmatch(line.text):
            continue
        own = _date_line(around, patterns, line)
        if own:
            if patterns.adoption.search(line.text) and titles and len(lines) > place + 1:
                titles = titles if head_noun(titles[-1], around.words) else []
            facts = _merge(facts, own)
        elif patterns.dateline.match(line.text):
            dateline = True
            if len(line.text) > 40:
                return _Head(_title(titles, around.words), facts, tuple(lines[place:]), True)
        elif line.table or not _is_title(patterns, line.text):
            return _Head(_title(titles, around.words), facts, tuple(lines[place:]), dateline)
        else:
            titles.append(line.text)
    return _Head(_title(titles, around.words), facts, (), dateline)


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


def _date_line(around: Surroundings, patterns: _Patterns, line: _Line) -> Facts | None:
    """What a line says that only dates the document: （2024年7月4日，阿斯塔纳）, 2024年7月4日第9号决议批准, 2024年7月4日于上海."""
    dates = around.dates_in(line.start, line.end)
    if not dates or len(line.text) > 60 or "。" in line.text:
        return None
    bracket = bracket_at(around, line.start)
    if bracket and around.text[bracket.end : line.end].strip() == "":
        if bracket.facts.known:
            return bracket.facts
        if patterns.adoption.search(line.text) and (value := usable(dates[0])):
            return Facts(value, around.last_place(line.start, line.end))
        return None
    if patterns.adoption.search(line.text) and (value := usable(dates[0])):
        return Facts(value, around.last_place(line.start, line.end))
    return _bare_date(around, line, dates)


def _bare_date(around: Surroundings, line: _Line, dates: Sequence[DateMention]) -> Facts | None:
    """A line of a date, and a place before or behind it, and nothing else."""
    value = usable(dates[0])
    if len(dates) != 1 or value is None or dates[0].anchor != "explicit" or len(value) == 4:
        return None
    rest = [around.text[line.start : dates[0].start], around.text[dates[0].end : line.end]]
    names = [name for part in rest if (name := part.strip(" \t，,。.、：:（）()于在"))]
    if not names:
        return Facts(value)
    place = around.place(names[0]) if len(names) == 1 else None
    return Facts(value, place) if place else None


def _closing(around: Surroundings, patterns: _Patterns, lines: Sequence[_Line], head: _Head) -> Facts:
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
            formal = re.search(r"(?:本\w{2,4}|书)\s?于\Z", led) or led.endswith("订于")
            if formal and (verb or led.endswith("订于")) and (value := usable(date)):
                return Facts(value, around.last_place(date.end, min(line.end, date.end + 24)))
    return Facts()


def _first_sentence(around: Surroundings, lines: Sequence[_Line]) -> Facts:
    """2023年10月26日，…会议在比什凯克举行 at the beginning of a communiqué."""
    for line in lines:
        stop = around.text.find("。", line.start, line.end)
        end = stop if stop >= 0 else line.end
        dates = around.dates_in(line.start, end)
        held = around.words.held.search(around.text, dates[0].end, end) if dates else None
        if dates and held and dates[0].start - line.start <= 40:
            clause = around.text[dates[0].end : held.start()]
            if "。" in clause or around.words.date_tail.match(around.text, dates[0].end):
                return Facts()
            place = around.last_place(line.start, held.start())
            return Facts(usable(dates[0]) if dates[0].anchor == "explicit" else None, place)
    return Facts()


def _news_place(around: Surroundings, patterns: _Patterns, lines: Sequence[_Line]) -> Facts:
    for line in lines:
        if found := patterns.dateline.match(line.text):
            dates = [date for date in around.dates_in(line.start, line.start + found.end() + 2) if usable(date)]
            return Facts(usable(dates[0]) if dates else None, around.place(found["place"] or "-"))
    return Facts()


def _merge(first: Facts, second: Facts) -> Facts:
    """``first``, completed by ``second`` where they do not contradict each other."""
    if first.date and second.date and first.date != second.date:
        return first
    return Facts(first.date or second.date, first.place or second.place)


def _kind(patterns: _Patterns, words: Words, lines: Sequence[_Line], title: str | None, head: _Head) -> SourceKind:
    if any(patterns.article.match(line.text) for line in lines):
        return "article"
    noun = head_noun(title, words) if title else None
    made = patterns.kinds.get(noun, "") if noun else ""
    told = title is not None and patterns.news.search(title) is not None
    if made and not (head.dateline and told):
        return _SOURCE_KINDS.get(made, "other")
    if head.dateline:
        return "news"
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
