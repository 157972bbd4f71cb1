"""What a bracket or a clause says of an event: dates, place, mode, host, theme, status."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from sco_extract.extract.meetings.names import read_ordinal
from sco_extract.extract.meetings.passage import Passage
from sco_extract.extract.meetings.vocab.marks import QUOTE
from sco_extract.extract.meetings.vocabulary import Vocabulary
from sco_extract.lexicon.load import Lexicon
from sco_extract.model.mentions import DateMention, MeetingMode

_PIECES = re.compile(r"[，,；;。\s]+")
_OPENERS = re.compile(r"^[在于和与及、，]+")
_AT = re.compile(r"[在于]")
_AND = re.compile(r"(?:市)?(?:、|和|与|及|以及|－|—)")
_LONGEST_PLACE = 10  # code points of a place that the lexicon does not know; 土库曼巴什 has 5, 克拉斯诺亚尔斯克 8
_LONGEST_PARTY = 25  # code points of an organisation that hosts, as named
_SHORT_PLACE = 4  # code points of a town behind its province: 安宁, 霍尔果斯
_NAME = re.compile(r"[\u4e00-\u9fff·—\-]+")


@dataclass(frozen=True, slots=True)
class Place:
    """A place as the contract names it: the city, else the country as named; ISO code where known."""

    name: str
    country: str | None


@dataclass(slots=True)
class Sitting:
    """Date, place and mode of one sitting (or of several with the same place and mode)."""

    dates: list[str] = field(default_factory=list)
    place: Place | None = None
    mode: MeetingMode | None = None
    ordinal: int | None = None

    @property
    def empty(self) -> bool:
        """Whether nothing is said."""
        return not self.dates and self.unplaced

    @property
    def unplaced(self) -> bool:
        """Whether neither place nor mode is said."""
        return self.place is None and self.mode is None


def read_place(text: str, lexicon: Lexicon, vocabulary: Vocabulary, *, known: bool = False) -> Place | None:
    """The place that a phrase names: 哈萨克斯坦布拉拜 → 布拉拜, 昆明和大理 as joined, else the country as named.

    A phrase that holds no name of the lexicon is taken as it stands if it could be one; not so with ``known``.
    """
    if known and not _only_place(text, vocabulary):
        return None
    found = list(vocabulary.places.somewhere.finditer(text))
    cities = [match for match in found if match.group() in lexicon.places]
    precise = [match for match in cities if lexicon.places[match.group()].kind == "city"] or cities[-1:]
    if len(precise) == 1 and lexicon.places[precise[0].group()].kind != "city" and not known:
        rest = text[precise[0].end() :].lstrip("的")
        if _could_be_place(rest, vocabulary) and len(rest) <= _SHORT_PLACE:
            return Place(rest, lexicon.places[precise[0].group()].country)  # 云南安宁
    if precise:
        end = precise[0].end()
        for match in precise[1:]:
            if _AND.fullmatch(text[end : match.start()]):
                end = match.end()
        states = {lexicon.places[match.group()].country for match in precise if match.end() <= end}
        return Place(text[precise[0].start() : end], states.pop() if len(states) == 1 else None)
    return _country_or_unknown(text, found, lexicon, vocabulary, known=known)


def _country_or_unknown(
    text: str, found: list[re.Match[str]], lexicon: Lexicon, vocabulary: Vocabulary, *, known: bool
) -> Place | None:
    """A country as named, or the place in it that the lexicon does not know."""
    rest = vocabulary.places.somewhere.sub("", text).strip("、，的 ") if found else text
    unknown = rest if not known and "、" not in text and _could_be_place(rest, vocabulary) else None
    if found:
        name = found[0].group()
        return Place(unknown or name, lexicon.countries[name].iso)
    return Place(unknown, None) if unknown else None


def _only_place(text: str, vocabulary: Vocabulary) -> bool:
    """Whether nothing but places stands in ``text``: 哈萨克斯坦布拉拜, but not 夏季达沃斯论坛."""
    rest = vocabulary.places.somewhere.sub("", text)
    return vocabulary.places.suffix.sub("", rest).strip("、和，及与 ") == ""


def _could_be_place(text: str, vocabulary: Vocabulary) -> bool:
    return (
        2 <= len(text) <= _LONGEST_PLACE
        and _NAME.fullmatch(text) is not None
        and vocabulary.places.not_place.search(text) is None
        and vocabulary.nouns.event.search(text) is None
    )


def read_mode(text: str, vocabulary: Vocabulary) -> MeetingMode | None:
    """The mode that the words of ``text`` say; None where they say none."""
    if vocabulary.modes.hybrid.search(text):
        return "hybrid"
    video, on_site = vocabulary.modes.video.search(text), vocabulary.modes.on_site.search(text)
    if video and on_site:
        return "hybrid"
    return "video" if video else "in_person" if on_site else None


def read_bracket(passage: Passage, lexicon: Lexicon, vocabulary: Vocabulary, start: int, end: int) -> list[Sitting]:
    """The sittings that a bracket lists: （2024年6月26日、7月11日，视频方式；8月7日，北京）; [] if it says none."""
    sittings = [Sitting()]
    at = start + 1
    for date in [*passage.dates_within(start, end), None]:
        stop = date.start if date is not None else end - 1
        _read_between(passage.text[at:stop], sittings, lexicon, vocabulary, known=not passage.dates_within(start, end))
        if date is not None:
            last = sittings[-1]
            if last.dates and (last.place or last.mode or last.ordinal):
                sittings.append(Sitting())
            if date.edtf:
                sittings[-1].dates.append(date.edtf)
            at = max(at, date.end)
    return [sitting for sitting in sittings if not sitting.empty or sitting.ordinal is not None]


def _read_between(text: str, sittings: list[Sitting], lexicon: Lexicon, vocabulary: Vocabulary, *, known: bool) -> None:
    """Place and mode in the text between two dates of a bracket."""
    sitting = sittings[-1]
    mode = read_mode(text, vocabulary)
    if mode is not None:
        sitting.mode = mode
        text = vocabulary.modes.phrase.sub("，", text)
    for piece in _PIECES.split(text):
        if vocabulary.nouns.ordinal.fullmatch(piece):
            if sitting.dates:
                sitting = Sitting()
                sittings.append(sitting)
            sitting.ordinal = read_ordinal(piece)
            continue
        phrase = piece if vocabulary.places.somewhere.match(piece) else _OPENERS.sub("", piece)
        place = read_place(phrase, lexicon, vocabulary, known=known) if phrase else None
        if place is not None and sitting.place is None:
            sitting.place = place


def find_place(passage: Passage, lexicon: Lexicon, vocabulary: Vocabulary, start: int, end: int) -> Place | None:
    """The place of a clause: the phrase between 在 and the verb of holding, the nearest to its end."""
    if _AT.search(passage.masked, start, end) is None:
        return None
    found: Place | None = None
    for match in vocabulary.places.phrase.finditer(passage.masked, start, end):
        phrase = passage.text[match.start("place") : match.end("place")]
        for date in passage.dates_within(match.start("place"), match.end("place")):
            phrase = phrase.replace(passage.text[date.start : date.end], "")
        place = read_place(_OPENERS.sub("", phrase), lexicon, vocabulary)
        found = place or found
    if found is not None:
        return found
    for here in _AT.finditer(passage.masked, start, end):
        city = vocabulary.places.somewhere.match(passage.masked, here.end(), end)
        if city is not None and city.group() not in lexicon.places:
            city = vocabulary.places.somewhere.match(passage.masked, city.end(), end)
        if city is not None and city.group() in lexicon.places and lexicon.places[city.group()].kind == "city":
            found = Place(city.group(), lexicon.places[city.group()].country)
    return found


def find_host(
    passage: Passage, lexicon: Lexicon, vocabulary: Vocabulary, start: int, end: int, *, passive: bool = False
) -> str | None:
    """Who chaired, hosted or initiated: the country by its short name, else the party as named.

    With ``passive`` only 由X主持 and a last clause X主持 count, which may stand behind the clause of the event.
    """
    if vocabulary.parties.host_verb.search(passage.masked, start, end) is None:
        return None
    for match in vocabulary.parties.hosting.finditer(passage.masked, start, end):
        group = match.lastgroup or "by"
        ends = match.end() == end or passage.masked[match.end()] in "。；\n"
        if passive and group != "by" and not (group == "subject" and ends):
            continue
        party = passage.text[match.start(group) : match.end(group)].strip("的")
        host = name_party(party, lexicon, vocabulary, strict=group == "subject")
        if host is not None:
            return host
    return None


def name_party(text: str, lexicon: Lexicon, vocabulary: Vocabulary, *, strict: bool) -> str | None:
    """The short name of the countries in ``text``; without any, ``text`` itself unless ``strict``."""
    if text in vocabulary.parties.sides:
        return vocabulary.parties.sides[text]
    if (known := vocabulary.parties.party.match(text)) and known.group() not in lexicon.countries:
        whole = known.end() == len(text) or (not strict and len(text) <= _LONGEST_PARTY)
        return text if whole else None
    names = [lexicon.countries[match.group()].name for match in vocabulary.places.country.finditer(text)]
    leading = vocabulary.places.country.match(text)
    if leading and len(names) == 1 and not strict and not vocabulary.parties.office.search(text, leading.end()):
        return text if len(text) > leading.end() + _LONGEST_PLACE - 4 else names[0]
    if names:
        return "、".join(dict.fromkeys(names))
    if text.endswith("方") and text[:-1] in vocabulary.parties.sides:
        return vocabulary.parties.sides[text[:-1]]
    if strict or not 3 <= len(text) <= _LONGEST_PARTY or vocabulary.clauses.hold.search(text):
        return None
    return text


def find_theme(passage: Passage, vocabulary: Vocabulary, start: int, end: int) -> str | None:
    """The theme that a clause states: 主题为“X”, 以“X”为主题."""
    if vocabulary.themes.word.search(passage.masked, start, end) is None:
        return None
    match = vocabulary.themes.said.search(passage.masked, start, end)
    if match is None:
        return None
    group = match.lastgroup or "b"
    text = passage.text[match.start(group) : match.end(group)]
    return text[1:-1] if passage.masked[match.start(group)] == QUOTE else text.strip("：:、 ")


def values_of(dates: list[DateMention]) -> list[str]:
    """The EDTF values of the resolved dates, in order, each once; 每年3月21日 (XXXX-03-21) dates no event."""
    return list(dict.fromkeys(date.edtf for date in dates if date.edtf and "X" not in date.edtf))
