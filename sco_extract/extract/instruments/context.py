"""What the text around a title says of it: bracket behind it, verb before or behind it, date, place and body."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sco_extract.extract.instruments.words import Words, words_of
from sco_extract.extract.places import PlaceNames, place_names
from sco_extract.extract.positions import Placed, Stops
from sco_extract.extract.unit import Unit
from sco_extract.lexicon.load import Lexicon
from sco_extract.model.document import Document
from sco_extract.model.mentions import DateMention

BEFORE = 40  # a governing verb with its adverbs stands within 40 characters before the mark
SENTENCE = 200  # the clause that dates a title is looked for this far back, never over a sentence's end
_NOTE = re.compile(r"\s?(?:\[footnoteRef:\d+\]|\[\^?\d{1,3}\]|<sup>[^<\n]{1,4}</sup>|[①-⑳]|[¹²³])")
_BRACKET = re.compile(r"\s?[（(](?P<in>(?:[^（）()\n]|[（(][^（）()\n]{0,40}[）)]){0,120})[）)]")
_STOP = re.compile(r"[。；！？\n;]")
_LOOSE = re.compile(r"[\s,，.。;；:：(（\[]{1,6}(?:[《\n]|\Z)|\Z|[,，][ \n]")
_PIECE = re.compile(r"[，,、；;\s]+")
_NAME = re.compile(r"[一-鿿·]{2,10}\Z")
_AT = re.compile(r"[在于]")
CLAUSE_END = re.compile(r"[，,、：:；;。》]")
_NO_PLACE = re.compile(r"[均都为是的和于在及等]|[号文版期式上下中方页条]\Z")


@dataclass(frozen=True, slots=True)
class Facts:
    """What is attached to a title; all unknown by default."""

    date: str | None = None
    place: str | None = None
    body: str | None = None

    @property
    def known(self) -> bool:
        """Whether anything is attached."""
        return bool(self.date or self.place)


@dataclass(frozen=True, slots=True)
class Bracket:
    """The bracket right behind a title: what it attaches, whether it says 草案, the short form it introduces."""

    end: int
    facts: Facts = Facts()
    draft: bool = False
    alias: str = ""
    content: str = ""


@dataclass(frozen=True, slots=True)
class Governor:
    """The verbs directly before a title, last one nearest. ``mark`` is 的 where they only describe the title."""

    start: int
    verbs: tuple[str, ...]
    mark: str = ""
    about: bool = False
    prospective: bool = False


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A text with its dates and vocabulary; all offsets are in the text.

    ``document`` is what the text was made of: web addresses that the reading text leaves out still stand in its source.
    """

    text: str
    dates: Placed[DateMention]
    stops: Stops
    places: PlaceNames
    lexicon: Lexicon
    words: Words
    document: Document

    def dates_in(self, start: int, end: int) -> Sequence[DateMention]:
        """The dates that begin at ``start`` or later and before ``end``."""
        return self.dates.within(start, end)

    def source_after(self, start: int, end: int) -> str:
        """The source behind the range, where the reading text goes on with nothing but punctuation."""
        if not _LOOSE.match(self.text, end):
            return ""
        stop = self.document.text.span(start, end).end
        return self.document.source[stop : stop + 80]

    def sentence_start(self, at: int) -> int:
        """Where the sentence of ``at`` begins, at most ``SENTENCE`` characters back."""
        return max(0, at - SENTENCE, self.stops.sentence_start(at))

    def last_place(self, start: int, end: int) -> str | None:
        """The last place named after 在 or 于 in the range; None where the range says that it was no sitting in a place."""
        if self.words.mode.search(self.text, start, end):
            return None
        for here in reversed(list(_AT.finditer(self.text, start, end))):
            found = self.places.at(self.text, here.end())
            if found and found[1] <= end:
                return found[0]
        return None


def surroundings(unit: Unit) -> Surroundings:
    """The reading text of ``unit`` with its dates, which must be sorted by start."""
    return Surroundings(
        text=unit.text,
        dates=Placed(unit.dates),
        stops=Stops(unit.text, _STOP),
        places=place_names(unit.lexicon),
        lexicon=unit.lexicon,
        words=words_of(unit.lexicon),
        document=unit.document,
    )


def usable(date: DateMention) -> str | None:
    """The value of a date that can date a document: a day, month or year that the text states, no range or deadline."""
    if date.edtf is None or date.anchor == "relative" or "/" in date.edtf or date.kind in {"decade", "century"}:
        return None
    return date.edtf


def skip_note(text: str, at: int) -> int:
    """Behind the footnote mark at ``at``, if there is one."""
    note = _NOTE.match(text, at)
    return note.end() if note else at


def bracket_at(around: Surroundings, at: int) -> Bracket | None:
    """The bracket that begins at ``at``."""
    found = _BRACKET.match(around.text, at)
    if not found:
        return None
    content = found["in"]
    alias = around.words.alias.search(content)
    if alias:
        content = content[: alias.start()]
    draft = around.words.draft_word.search(content) is not None
    facts = Facts() if draft else bracket_facts(around, found.start("in"), content)
    name = alias["name"].strip('“”「」"《》') if alias else ""
    return Bracket(found.end(), facts, draft, name, found["in"])


def bracket_facts(around: Surroundings, start: int, content: str) -> Facts:
    """What ``content``, which begins at ``start``, attaches.

    （2022年9月16日，撒马尔罕）, （阿斯塔纳，2024年7月4日）, （2001年6月15日签署，2003年9月19日生效）.
    """
    dates = [
        date
        for date in around.dates_in(start, start + len(content))
        if not around.words.in_force.match(around.text, date.end, start + len(content))
    ]
    rest = content
    for inside in around.dates_in(start, start + len(content)):
        rest = rest.replace(around.text[inside.start : inside.end], "，")
    if len(dates) > 1 and all(around.words.amended.match(around.text, date.end) for date in dates[1:]):
        return _signed_first(around, dates[0], dates[1].start)
    date = usable(dates[0]) if len(dates) == 1 else None
    if date and around.words.date_tail.match(around.text, dates[0].end):
        return Facts()
    if date and len(date) == 4 and len(_PIECE.sub("", rest)) == 0 and _is_program(around, start):
        return Facts()
    places = [place for piece in _PIECE.split(rest) if (place := bracket_place(around, piece, dated=date is not None))]
    return Facts(date, places[0] if len(places) == 1 and (date or not dates) else None)


def _signed_first(around: Surroundings, date: DateMention, stop: int) -> Facts:
    """（2002年6月7日于圣彼得堡签署，2018年6月10日修订）: the first day, where the text says that it was signed then."""
    verb = around.words.verb.search(around.text, date.end, stop)
    if not verb or around.words.actions[verb[0]] not in {"adopted", "approved", "signed"}:
        return Facts()
    return Facts(usable(date), around.last_place(date.end, verb.start()))


def _is_program(around: Surroundings, start: int) -> bool:
    """A bare year behind a plan is its period: 《活动计划》（2024年）."""
    head = around.text[max(0, start - 4) : start]
    return any(noun in head for noun in around.lexicon.words("instrument_periodic"))


def bracket_place(around: Surroundings, piece: str, *, dated: bool) -> str | None:
    """The place that ``piece`` is: a known one, or beside a date a word that may be the name of one."""
    words = around.words
    piece = re.sub(r"\A[于在]", "", piece)
    verb = words.verb.search(piece)
    piece = piece[: verb.start()] if verb else piece
    if known := around.places.whole(piece):
        return known
    shaped = dated and _NAME.fullmatch(piece) and not words.mode.search(piece) and not words.kind.search(piece)
    known_not = words.adopting_body.search(piece) or words.date_tail.search(piece) or words.held.search(piece)
    return piece if shaped and not known_not and not _NO_PLACE.search(piece) else None


def governor_of(around: Surroundings, start: int) -> Governor | None:
    """The verbs that govern the title at ``start``: 制定、商谈和进一步落实《X》, 批准了四份文件：《X》."""
    low = max(0, start - BEFORE)
    window = around.text[max(low, around.text.rfind("\n", low, start) + 1) : start]
    found = around.words.governor.search(window)
    if not found and window[-1:] in "：:括如即为有、 ":
        found = around.words.collective.search(window)
    if not found:
        return None
    chain = found["chain"]
    about = bool(found.groupdict().get("about"))
    ahead = window[: found.start("chain")]
    ahead = ahead[max(ahead.rfind(mark) for mark in "，,。；;：:、") + 1 :]
    prospective = bool(around.words.prospect.search(ahead[-12:])) and found["mark"] != "了"
    verbs = tuple(verb[0] for verb in around.words.verb.finditer(chain))
    return Governor(start - len(window) + found.start("chain"), verbs, found["mark"], about, prospective)


def date_before(around: Surroundings, at: int) -> str | None:
    """The date that stands right before the mark, as if part of the name: 1982年《联合国海洋法公约》."""
    dates = around.dates_in(max(0, at - 12), at)
    if (
        not dates
        or dates[-1].end != at
        or around.words.date_lead.search(around.text[max(0, at - 14) : dates[-1].start])
    ):
        return None
    return usable(dates[-1]) if dates[-1].anchor == "explicit" else None


def clause_facts(around: Surroundings, governor: Governor) -> Facts:
    """Date, place and body that the clause before the governing verb attaches: 2024年7月4日，峰会在阿斯塔纳通过《X》."""
    low, high = around.sentence_start(governor.start), governor.start
    body = _body(around, low, high)
    dates = around.dates_in(low, high)
    if not dates:
        here = around.text[max(low, high - 12) : high]
        return Facts(None, _adjacent_place(around, here, high), body)
    date = dates[-1]
    value = usable(date)
    if value is None or not _dates_clause(around, date, governor, low):
        return Facts(None, None, body)
    if in_bracket(around.text, date.start, low):
        place = _bracket_facts_around(around, date, low)
    else:
        place = around.last_place(max(low, date.start - 12), high)
    return Facts(value, place, body)


def signed_and_in_force(around: Surroundings, start: int) -> tuple[Governor, Facts] | None:
    """2014年7月15日签订、2015年7月3日生效的《X》: the first of the two dates is the title's."""
    low = around.sentence_start(start)
    dates = around.dates_in(low, start)
    if len(dates) < 2 or not around.words.in_force_of.fullmatch(around.text, dates[-1].end, start):
        return None
    signed = around.words.signed_then.fullmatch(around.text, dates[-2].end, dates[-1].start)
    if not signed:
        return None
    facts = Facts(usable(dates[-2]), around.last_place(dates[-2].end, dates[-1].start))
    return Governor(signed.start("verb"), (signed["verb"],), "的"), facts


def _adjacent_place(around: Surroundings, here: str, high: int) -> str | None:
    at = max(here.rfind("在"), here.rfind("于"))
    found = around.places.at(around.text, high - len(here) + at + 1) if at >= 0 else None
    return found[0] if found and found[1] == high else None


def in_bracket(text: str, at: int, low: int) -> bool:
    """Whether a bracket that opened at ``low`` or later is still open at ``at``."""
    return max(text.rfind("（", low, at), text.rfind("(", low, at)) > max(
        text.rfind("）", low, at), text.rfind(")", low, at)
    )


def _bracket_facts_around(around: Surroundings, date: DateMention, low: int) -> str | None:
    opening = max(around.text.rfind("（", low, date.start), around.text.rfind("(", low, date.start))
    bracket = bracket_at(around, opening)
    return bracket.facts.place if bracket else None


def _dates_clause(around: Surroundings, date: DateMention, governor: Governor, low: int) -> bool:
    """Whether ``date``, the last one before the verb, says when the verb happened."""
    text, words, high = around.text, around.words, governor.start
    between = text[date.end : high]
    if len(between) > 80 or words.date_tail.match(text, date.end) or between.count("《") != between.count("》"):
        return False
    if in_bracket(text, date.start, low):
        tail = between.lstrip("）)") if between[:1] in "）)" else re.sub(r"\A[^）)]*[）)]", "", between)
        ending = words.at_meeting.match(tail)
        if not around.words.body_filler.sub("", tail):
            return True  # 元首理事会（2023年10月13日，比什凯克）批准了《X》
        return bool(ending) and len(tail) - (ending.end() if ending else 0) <= 30
    if governor.mark == "的":
        return not CLAUSE_END.search(between) and "的" not in words.held_of.sub("", between)
    lead = text[max(low, date.start - 6) : date.start]
    if words.date_lead.search(lead) or words.saying.search(between) or governor.prospective:
        return False
    head = re.split("[，,]", between, maxsplit=1)[0]
    return not words.date_tail.search(head[-4:]) and not words.outcome.search(between)


def _body(around: Surroundings, low: int, high: int) -> str | None:
    """The body that adopted: the subject right before the verb, where it ends in a noun of bodies."""
    text = around.text[low:high]
    cut = _last_end(CLAUSE_END, text)
    if text[cut - 1 : cut] == "、":
        return None  # 俄罗斯、乌兹别克斯坦六国元首: the subject is a list
    text = text[cut:]
    text = around.words.body_filler.sub("", text)
    bracket = re.search(r"[（(][^（）()]*[）)]\Z", text)
    if bracket and around.dates_in(low, high):
        text = text[: bracket.start()]
    for date in reversed(around.dates_in(low, high)):
        quote = around.text[date.start : date.end]
        if quote in text:
            text = text[text.rindex(quote) + len(quote) :]
            break
    text = text[_last_end(around.words.body_lead, text) :]
    if around.words.anaphor.match(text) or text in around.lexicon.words("instrument_bare_people"):
        return None
    return text if 3 <= len(text) <= 40 and around.words.adopting_body.search(text) else None


def _last_end(pattern: re.Pattern[str], text: str) -> int:
    end = 0
    for found in pattern.finditer(text):
        end = found.end()
    return end
