"""Words that say where, how, by whom and about what."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sco_extract.extract.meetings.vocab.marks import BRACKET, QUOTE, TITLE
from sco_extract.extract.meetings.vocab.phrases import Phrases, any_of
from sco_extract.extract.places import place_names


@dataclass(frozen=True, slots=True)
class ModeWords:
    """In a room, over video, or both."""

    hybrid: re.Pattern[str]
    video: re.Pattern[str]
    on_site: re.Pattern[str]
    phrase: re.Pattern[str]  # a whole mode phrase, to take out of a bracket
    said: re.Pattern[str]  # a mode that a clause states: 以视频方式, 线上召开, 改为线上会议


def mode_words(phrases: Phrases) -> ModeWords:
    """The patterns made of ``phrases``; ``LexiconError`` where a group is missing."""
    return ModeWords(
        hybrid=re.compile(phrases.any("hybrid")),
        video=re.compile(rf"(?<!短){phrases.any('video')}"),
        on_site=re.compile(phrases.any("on_site")),
        phrase=re.compile(phrases.mode_phrase),
        said=re.compile(
            rf"(?:以|{phrases.mode_lead}){phrases.modes}{phrases.mode_combined}?"
            rf"|{phrases.modes}{phrases.mode_combined}?的?{phrases.mode_tail}"
            rf"|{phrases.modes}(?={phrases.manner}{phrases.hold})"
        ),
    )


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """Places, and the phrase of a clause that names one."""

    place: re.Pattern[str]
    country: re.Pattern[str]
    somewhere: re.Pattern[str]  # a place or a country, the longest: 罗马尼亚, not 罗马
    phrase: re.Pattern[str]
    suffix: re.Pattern[str]
    not_place: re.Pattern[str]


def place_words(phrases: Phrases) -> PlaceWords:
    """The patterns made of ``phrases``; ``LexiconError`` where a group is missing."""
    names = place_names(phrases.lexicon)
    return PlaceWords(
        place=names.place,
        country=names.country,
        somewhere=names.somewhere,
        # 在|P|以视频方式|成功|举行 : the phrase between the preposition and the verb of holding or attending
        phrase=re.compile(
            rf"[在于](?P<place>[^，。；：,;在于\n{TITLE}]{{2,24}}?)(?:，)?(?:{phrases.mode_phrase})?{phrases.manner}"
            rf"(?:{phrases.hold}|{phrases.any('attend')}|{phrases.host}(?!下))"
        ),
        suffix=re.compile(phrases.any("place_suffix")),
        not_place=re.compile(phrases.any("not_place")),
    )


@dataclass(frozen=True, slots=True)
class PartyWords:
    """Who hosts, chairs or initiates."""

    party: re.Pattern[str]  # an organisation or a country, the longest: 中国—东盟中心, not 中国
    hosting: re.Pattern[str]
    host_verb: re.Pattern[str]
    office: re.Pattern[str]
    sides: dict[str, str]  # 巴方 -> 巴基斯坦


def party_words(phrases: Phrases) -> PartyWords:
    """The patterns made of ``phrases``; ``LexiconError`` where a group is missing."""
    organisations = [name for one in phrases.lexicon.organisation for name in (one.name, *one.aliases)]
    chair, side, jointly = phrases.any("chair_title"), phrases.any("side"), phrases.any("jointly")
    return PartyWords(
        party=re.compile(any_of((*organisations, *phrases.lexicon.bodies, *phrases.lexicon.countries))),
        hosting=re.compile(
            rf"(?:在|由)?(?:{chair})?(?P<under>[^，。；：、在由\n{BRACKET}]{{1,24}}?){side}?的?{phrases.host}下"
            rf"|(?<!自)由(?:{chair})?(?P<by>(?:[^，。；：由\n]|(?<=自)由){{1,30}}?){side}?{phrases.host}"
            rf"|(?:^|[，。；：在，日])(?:{chair})?(?P<subject>[^，。；：由在日\n{BRACKET}]{{1,24}}?){side}?{jointly}?{phrases.host}"
        ),
        host_verb=re.compile(phrases.host),
        office=re.compile(any_of([office.name for office in phrases.lexicon.office])),
        sides={entry.side: entry.name for entry in phrases.lexicon.country if entry.side},
    )


@dataclass(frozen=True, slots=True)
class ThemeWords:
    """What an event is about."""

    word: re.Pattern[str]
    said: re.Pattern[str]


def theme_words(phrases: Phrases) -> ThemeWords:
    """The patterns made of ``phrases``; ``LexiconError`` where a group is missing."""
    return ThemeWords(
        word=re.compile(phrases.theme),
        said=re.compile(
            rf"(?:以)(?P<a>{QUOTE}+)为{phrases.theme}|{phrases.theme}(?:为|是|：|:)?(?P<b>{QUOTE}+)"
            rf"|{phrases.theme}(?:为|是|：|:)(?P<c>[^，。；\n{QUOTE}]{{2,60}})"
        ),
    )
