"""Meetings as the report tells them: what the passages of one source say, with the citations that hold every part of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from sco_extract.compose.backing import Backing
from sco_extract.compose.facts import ORDINAL, normal
from sco_extract.compose.phrases import Phrases, phrases_of
from sco_extract.compose.sources import Place, Source
from sco_extract.compose.titles import verb_at
from sco_extract.lexicon.load import Lexicon
from sco_extract.link.passages import loose
from sco_extract.model.draft import Citation
from sco_extract.model.mentions import MeetingMode, MeetingStatus
from sco_extract.model.records import Instrument, Meeting, MeetingEntity
from sco_extract.values.numerals import NUMERAL, to_chinese, to_int

HostRole = Literal["chair", "initiate", "organize"]
_ROLES: tuple[HostRole, ...] = ("chair", "initiate", "organize")
# Between a host and what it does there is little: 在主席国哈萨克斯坦主持下, 巴方主持召开, 由…开发银行股份公司主持.
_REACH = 8


@dataclass(frozen=True, slots=True)
class Adopted:
    """A document that a meeting adopted: its title as printed, with marks, and the verb of the passage."""

    title: str
    verb: str
    draft: bool = False


@dataclass(frozen=True, slots=True)
class Occasion:
    """A meeting with what can be said of it; ``missing`` names the fields that no passage holds."""

    id: str
    key: str  # sittings of one body share it
    name: str
    dates: tuple[str, ...]
    place: str | None
    country: str | None
    mode: MeetingMode | None
    host: str | None
    role: HostRole | None
    theme: str | None
    status: MeetingStatus
    sector: str | None
    citations: tuple[Citation, ...]
    adopted: tuple[Adopted, ...] = ()
    missing: tuple[str, ...] = ()
    doubts: tuple[str, ...] = field(default=())
    heading: str = ""
    ordinal: int | None = None

    @property
    def first(self) -> str:
        """Sorts by time: the first date, those without at the end."""
        return self.dates[0] if self.dates else "9999"


class Reader:
    """Makes occasions of meeting records."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.phrases = phrases_of(lexicon)
        verbs = {role: self.phrases.words(f"host_verbs_{role}") for role in _ROLES}
        self.verbs = {verb: role for role, words in verbs.items() for verb in words}

    def read(self, entity: MeetingEntity, record: Meeting, source: Source, dates: Sequence[str]) -> Occasion:
        """The occasion that ``record`` of ``source`` tells, on those of its days that are ``dates``."""
        spans = [Place(record.span.start, record.span.end)]
        spans += [Place(one.start, one.end) for one in record.mentions]
        backing = Backing(source, spans, self.lexicon)
        missing: list[str] = []
        name = self.full_name(record, source, backing, missing)
        kept = tuple(date for date in dates if backing.date(date))
        missing += ["date"] * (len(kept) < len(dates))
        place = record.place if record.place and backing.place(record.place) else None
        missing += ["place"] * (place != record.place)
        theme = record.theme if record.theme and backing.name(record.theme) else None
        mode = self._mode(record, backing)
        role = self._role(record, backing)
        adopted = tuple(self._adopted(record, source, backing))
        return Occasion(
            id=entity.id, key=record.series or loose(record.name), name=name, dates=kept, place=place,
            country=record.country, mode=mode, host=record.host if role else None, role=role,
            theme=None if theme and loose(theme) in loose(name) else theme,
            status=record.status, sector=entity.sector, citations=tuple(backing.citations),
            adopted=adopted, missing=tuple(missing), heading=source.heading_above(record.span.start),
            ordinal=record.ordinal,
        )  # fmt: skip

    def full_name(self, record: Meeting, source: Source, backing: Backing, missing: list[str]) -> str:
        """The name as the passage writes it, with its ordinal and marks; a name that only points back is restored."""
        name = self._own_name(_ITEM.sub("", self._restored(record, source) or record.name), backing)
        if not backing.name(name):
            missing.append("name")
        texts = [normal(one.quote) for one in backing.citations]
        ordinal = record.ordinal
        if ordinal is not None and not backing.ordinal(ordinal):
            missing.append("ordinal")
            ordinal = None
        texts = [normal(one.quote) for one in backing.citations]
        if written := as_written(name, ordinal, texts):
            return written
        if record.theme and name.startswith(record.theme):
            name = f"“{record.theme}”{name[len(record.theme) :]}"
        if ordinal is None:
            return in_chinese(name)
        said = next((word for text in texts for word in _ordinals(text, ordinal)), "")
        return self._with_ordinal(name, ordinal, said)

    def _own_name(self, name: str, backing: Backing) -> str:
        """``name`` with the organisation for 本组织 at its start, where the passages around name one organisation only."""
        word = next((word for word in self.phrases.words("own") if name.startswith(word)), "")
        if not word:
            return name
        text, members = normal(backing.source.text), self.phrases.words("members")
        named = [
            sorted(known, key=lambda called: (-text.count(called), called)) for one in self.lexicon.organisation
            if (known := [called for called in (one.name, *one.aliases) if any(called + word in text for word in members)])
        ]  # fmt: skip
        if len(named) != 1:
            return name
        full = named[0][0] + name[len(word) :]
        return full if backing.name(full) else name

    def _with_ordinal(self, name: str, number: int, said: str) -> str:
        shown = in_chinese(said)
        tail = next((noun for noun in self.phrases.words("meeting_nouns") if name.endswith(noun)), "")
        if said.endswith("届") or not tail:
            return shown + name
        return name[: -len(tail)] + shown + tail

    def is_pointing(self, name: str) -> bool:
        """Has the name nothing but words that stand for something said before?"""
        rest = name
        for word in sorted((*self.phrases.words("generic"), *self.phrases.words("pointing")), key=len, reverse=True):
            rest = rest.replace(word, "")
        return len(loose(rest)) < 2

    def _restored(self, record: Meeting, source: Source) -> str | None:
        """The full name of what a short name points at in its paragraph or the one before, where there is one candidate only.

        该工作组会议 is that of the one working group named before; 上述机制的会议 is the one meeting of the same sentence.
        """
        if not self.is_pointing(record.name):
            return None
        before = source.text[source.paragraph_before(record.span.start) : record.span.start]
        sentence = source.sentence_at(record.span.start, record.span.end)
        others = {
            one.name for one in source.record.meetings
            if sentence.start <= one.span.start < record.span.start and not self.is_pointing(one.name)
        }  # fmt: skip
        if record.status == "not_held":
            return others.pop() if len(others) == 1 else None
        noun = next((word for word in self.phrases.words("body_nouns") if word in record.name), "")
        head = record.name[: record.name.find(noun) + len(noun)] if noun else ""
        pattern = re.compile(rf"(?<=[—“，：；、])[一-鿿]{{2,14}}?{re.escape(head)}")
        found = {match[0] for match in pattern.finditer(normal(before))} if head else set()
        return found.pop() + record.name[len(head) :] if len(found) == 1 else None

    def _mode(self, record: Meeting, backing: Backing) -> MeetingMode | None:
        if record.mode in ("video", "hybrid"):
            words = [loose(word) for word in self.lexicon.words(record.mode)]
            return record.mode if backing.word(words) else None
        return record.mode

    def _role(self, record: Meeting, backing: Backing) -> HostRole | None:
        """What the host did, from the verb nearest to its name in a passage; None where no passage says."""
        if not record.host or not backing.place(record.host):
            return None
        names = _names(record.host, self.lexicon)
        for citation in backing.citations:
            text = normal(citation.quote)
            for name in names:
                for match in re.finditer(re.escape(name), text):
                    after = text[match.end() : match.end() + _REACH]
                    found = min(((after.find(verb), verb) for verb in self.verbs if verb in after), default=None)
                    if found and not re.search(r"[，。；、]", after[: found[0]]):
                        return self.verbs[found[1]]
        return None

    def _adopted(self, record: Meeting, source: Source, backing: Backing) -> Iterable[Adopted]:
        """The documents that a passage says were adopted there, with its own verb."""
        wanted = {loose(title) for title in record.documents}
        for one in source.record.documents:
            if loose(one.title) in wanted and (found := self._paper(one, record, source, backing)):
                wanted.discard(loose(one.title))
                yield found

    def _paper(self, one: Instrument, record: Meeting, source: Source, backing: Backing) -> Adopted | None:
        verb = verb_at(one, source, self.phrases, record.name)
        if verb is None:
            return None
        backing.add(source.cite(source.sentence_at(one.span.start, one.span.end)))
        return Adopted(printed(one), verb, one.draft)


def printed(one: Instrument) -> str:
    """The title as the report prints it: in 《》 where the source marks it, plain for a numbered decision."""
    return f"《{one.title}》" if one.span.quote[:1] in "《「『〈<" else one.title


def with_doubts(occasion: Occasion, doubts: Iterable[str]) -> Occasion:
    """``occasion`` with ``doubts`` more."""
    return replace(occasion, doubts=tuple(dict.fromkeys((*occasion.doubts, *doubts))))


def is_meeting(name: str, phrases: Phrases) -> bool:
    """Does the name end as that of a meeting, not of a forum or an exhibition?"""
    return name.endswith(phrases.words("meeting_nouns"))


def called(one: Occasion, phrases: Phrases) -> str:
    """The name of what was held: that of a body has 会议 added."""
    return phrases.say("sitting", {"name": one.name}) if one.name.endswith(phrases.words("body_nouns")) else one.name


_QUOTE = '[“”"‘’「」『』]'
# The number of an item that was read as the beginning of a name: 5．2022新工业革命展览会.
_ITEM = re.compile(r"^[0-9]{1,2}[．.、]\s*")
_NTH = rf"(?:第[{NUMERAL}]+[次届轮期回]|首[次届])"


def as_written(name: str, ordinal: int | None, texts: Sequence[str]) -> str | None:
    """``name`` with the quotation marks and the ordinal that one of the normalized ``texts`` writes in it; None: nowhere.

    >>> as_written("数字经济主题会议", 2, ["“数字经济”第二次主题会议以视频方式举行"])
    '“数字经济”第二次主题会议'
    """
    nth = _NTH if ordinal is not None else ""
    between = rf"{_QUOTE}?(?:{nth})?{_QUOTE}?" if nth else f"{_QUOTE}?"
    characters = [character for character in name if not re.match(_QUOTE, character)]
    pattern = re.compile(between + between.join(map(re.escape, characters)) + f"{_QUOTE}?")
    for text in texts:
        for match in pattern.finditer(text):
            written = _balanced(match[0])
            numbers = [1 if one["first"] else to_int(one["number"]) for one in ORDINAL.finditer(written)]
            if ordinal is None or ordinal in numbers:
                return in_chinese(written)
    return None


def _balanced(text: str) -> str:
    """``text`` without a quotation mark at its edge that has no partner in it, and with “” for other marks."""
    for opening, closing in ("“”", "「」", "『』", "‘’"):
        if text.startswith(closing) or (text.endswith(opening) and text.count(opening) != text.count(closing)):
            text = text[1:] if text.startswith(closing) else text[:-1]
        if text.count(opening) > text.count(closing) and text.startswith(opening):
            text = text[1:]
        if text.count(closing) > text.count(opening) and text.endswith(closing):
            text = text[:-1]
    return text.replace("「", "“").replace("」", "”")


def in_chinese(text: str) -> str:
    """``text`` with its ordinals in Chinese numerals (GB/T 15835-2011, 4.2): 第23次 → 第二十三次; 首次 and 第10号 stay."""

    def written(match: re.Match[str]) -> str:
        number = None if match["first"] or match["unit"] == "号" else to_int(match["number"])
        return match[0] if number is None else f"第{to_chinese(number)}{match['unit']}"

    return ORDINAL.sub(written, text)


def _ordinals(text: str, number: int) -> list[str]:
    return [
        match[0] for match in ORDINAL.finditer(text) if (1 if match["first"] else to_int(match["number"])) == number
    ]


def _names(host: str, lexicon: Lexicon) -> tuple[str, ...]:
    """Every name of a host that is a state, the longest first; else the host's own."""
    country = lexicon.countries.get(host)
    if country is None:
        return (host,)
    sides = [country.side + word for word in lexicon.words("side")] if country.side else []
    return tuple(sorted({country.name, country.formal, *country.aliases, *sides}, key=lambda name: (-len(name), name)))
