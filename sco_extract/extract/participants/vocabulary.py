"""Patterns of persons, compiled once a lexicon: offices, names, states, what stands around them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from sco_extract.extract.alternatives import alternatives
from sco_extract.lexicon.load import Lexicon

# Names on record have 2 to 16 characters with their dots (Crown princes of the Gulf); 20 leaves room for two more parts.
_LONGEST_NAME = 20
_DOT = r"·•・‧\-━─"
_MARKS = r"""[\s、，。；：！？,;:.()（）“”"'…—\[\]]"""
_ANY = "\u3400-\u9fff"


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the rules of participants look for.

    ``person`` matches an office and a name (groups ``office``, ``name``) inside a sentence, ``person_line`` at the end of
    a line; ``name_line`` a line that is a name only. ``parties`` finds states, organisations and bodies; ``states`` are
    the names of states among them. ``office_end`` matches a title's last offices with their modifiers.
    """

    trigger: re.Pattern[str]
    person: re.Pattern[str]
    person_line: re.Pattern[str]
    name_line: re.Pattern[str]
    parties: re.Pattern[str]
    party_names: frozenset[str]
    states: frozenset[str]
    places: frozenset[str]
    state_suffix: re.Pattern[str]
    office_start: re.Pattern[str]
    office_end: re.Pattern[str]
    lead_in: re.Pattern[str]
    not_in_title: re.Pattern[str]
    abroad: tuple[str, ...]
    organisation_ending: re.Pattern[str]
    roles: re.Pattern[str]
    role_of: dict[str, str]
    without_vote: re.Pattern[str]
    without_vote_list: re.Pattern[str]
    in_capacity: tuple[str, ...]
    own_officer: re.Pattern[str]
    no_name: re.Pattern[str]
    weak_offices: frozenset[str]
    organisations: re.Pattern[str]
    organisation_names: dict[str, tuple[str, ...]]
    alias: re.Pattern[str]
    name_before_office: re.Pattern[str]
    name_first_office: re.Pattern[str]
    place_ending: re.Pattern[str]

    def party_before(self, text: str) -> str | None:
        """The longest state, organisation or body that ``text`` (a name: short) begins with."""
        return next((text[:end] for end in range(len(text), 0, -1) if text[:end] in self.party_names), None)


@cache
def vocabulary(lexicon: Lexicon) -> Vocabulary:
    """The patterns of ``lexicon``; ``LexiconError`` where it lacks a group."""
    words = lexicon.words
    states = frozenset(lexicon.countries)
    organisations = {
        name: (org.name, *org.aliases) for org in lexicon.organisation for name in (org.name, *org.aliases)
    }
    offices = alternatives(office.name for office in lexicon.office)
    modifiers = alternatives(words("person_title_modifier"))
    name, spaced = _name(lexicon, ""), _name(lexicon, r"[ \u3000]?")
    after = rf"(?= {_MARKS} | \Z | {alternatives(words('person_after_name'))} )"
    roles = {role: words(f"person_role_{role}") for role in ("observer", "guest", "member")}
    return Vocabulary(
        trigger=_words(words("person_trigger")),
        person=re.compile(rf"(?P<office>{offices}) [ \u3000]? (?P<name>{name}) {after}", re.VERBOSE),
        person_line=re.compile(rf"(?P<office>{offices}) [ \u3000]* (?P<name>{spaced}) [；;，,、。\s]* \Z", re.VERBOSE),
        name_line=re.compile(rf"\s* (?P<name>{spaced}) \s* \Z", re.VERBOSE),
        parties=_words((*states, *organisations, *lexicon.bodies)),
        party_names=states.union(organisations, lexicon.bodies),
        states=states,
        places=frozenset(lexicon.places),
        state_suffix=re.compile(
            rf"(?:{alternatives(words('person_state_adjective'))}){{0,3}}(?:{alternatives(words('person_state_noun'))})"
        ),
        office_start=re.compile(rf"(?:{modifiers}){{0,3}}(?:{offices})(?![会国处局署团级们府厅])"),
        office_end=re.compile(rf"(?:(?:{modifiers}){{0,3}}(?:{offices})兼?){{1,3}}\Z"),
        lead_in=_words(words("person_lead_in")),
        not_in_title=re.compile(rf"[，。；：！？“”《》\d]|{alternatives(words('person_not_in_title'))}"),
        abroad=words("person_title_abroad"),
        organisation_ending=re.compile(rf"(?:{alternatives(words('person_organisation_ending'))})\Z"),
        roles=_words(word for group in roles.values() for word in group),
        role_of={word: role for role, group in roles.items() for word in group},
        without_vote=_words(words("person_attends_without_vote")),
        without_vote_list=re.compile(  # 列席会议的有 before a list
            rf"(?:{alternatives(words('person_attends_without_vote'))})[^，。；、]{{0,8}}[的者]"
        ),
        in_capacity=words("person_in_capacity"),
        own_officer=re.compile(rf"(?:{alternatives(words('person_own_officer'))})\Z"),
        no_name=_words(words("person_not_a_name")),
        weak_offices=frozenset(words("person_weak_office")),
        organisations=_words(organisations or ("\0",)),
        organisation_names=organisations,
        alias=re.compile(rf"[（(](?:{alternatives(words('person_alias_lead'))})[^（）()\n]{{1,30}}[）)]"),
        name_before_office=_name_before_office(lexicon),
        name_first_office=_office_behind_name(lexicon),
        place_ending=re.compile(rf"(?:{alternatives(words('person_place_ending'))})\Z"),
    )


def _office_behind_name(lexicon: Lexicon) -> re.Pattern[str]:
    """An office behind a character that ends names, before a word of attending or a connector."""
    sound = set("".join(lexicon.words("person_name_characters")))
    ends = "".join(sorted(sound | {name[-1] for name in lexicon.words("person_known_name")}))
    offices, after = lexicon.words("person_name_first_office"), lexicon.words("person_name_first_after")
    return re.compile(rf"(?<=[{ends}])(?:{alternatives(offices)})(?={alternatives(after)})")


def _name_before_office(lexicon: Lexicon) -> re.Pattern[str]:
    """A name that ends where its office begins (普京总统); short names only where the lexicon knows them."""
    sound = "".join(sorted(set("".join(lexicon.words("person_name_characters")))))
    known = alternatives(lexicon.words("person_known_name"))
    states = alternatives(lexicon.countries)
    before = alternatives(lexicon.words("person_name_first_before"))
    return re.compile(
        rf"""(?: \A | {_MARKS} | {before} | (?P<party>{states}) )
             (?P<name> {known}                                       # 普京总统
                     | (?!{states}) [{sound}]{{3,12}}                 # 米尔济约耶夫总统
                       (?:[{_DOT}][{sound}]{{1,12}}){{0,3}} )        # 谢尔达尔·别尔德穆哈梅多夫总统
             \Z""",
        re.VERBOSE,
    )


def _words(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile(alternatives(words))


def _name(lexicon: Lexicon, gap: str) -> str:
    """The pattern of a name; ``gap`` may stand between a surname and a given name (李　强)."""
    sound = "".join(sorted(set("".join(lexicon.words("person_name_characters")))))
    never = "".join(sorted(set("".join(lexicon.words("person_not_in_given_name")))))
    surname = alternatives(lexicon.words("person_surname"))
    given = rf"(?![{never}])[{_ANY}]"
    part = rf"(?:{given}){{1,8}}"
    return rf"""(?: {part} (?:[{_DOT}]{part}?){{1,4}}?   # 穆罕默德·本·萨勒曼
        | [{sound}]{{2,{_LONGEST_NAME}}}?                # 米尔济约耶夫
        | (?:{surname}) {gap} (?:{given}){{1,3}}? )      # 李强 高金洪 岸田文雄
    """
