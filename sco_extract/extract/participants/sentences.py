"""Rule P001: persons in sentences of attendance and chairing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from sco_extract.extract.participants.affiliation import read_affiliation
from sco_extract.extract.participants.found import Found, is_name, role_in
from sco_extract.extract.participants.vocabulary import Vocabulary
from sco_extract.model.mentions import ParticipantRole

_SENTENCE_START = "。！？\n"
_SENTENCE_END = re.compile(r"[。！？\n]")
_CLAUSE = re.compile(r"[，；：:,;]")
_LINK = re.compile(r"\s*(?:[、，,和与及同]|以及)?\s*")
_SPACE = re.compile(r"[ \u3000]+")
_TAIL = 30  # the words between the last person of a list and what they attend


def find_in_sentences(text: str, words: Vocabulary) -> Iterator[Found]:
    """Persons who attend, chair, meet or speak.

    In a sentence with such a verb (出席, 列席, 主持, 会见, 致辞) a person is a name behind an office, before it the state or
    organisation. 观察员国, 客人, 对话伙伴, 应邀 before a person or a list of persons give the role; whoever attends without
    a vote (列席) is an observer, all other representatives of states are members. Officers of the organisation whose
    document it is are officials. Example: 哈萨克斯坦共和国总理斯迈洛夫出席会议。

    Limitation: names outside the characters of transliteration need a surname of the lexicon; a person without an
    office is not found.
    """
    done = 0
    for trigger in words.trigger.finditer(text):
        if trigger.start() < done:
            continue
        start = max(done, *(text.rfind(mark, done, trigger.start()) + 1 for mark in _SENTENCE_START))
        stop = _SENTENCE_END.search(text, trigger.end())
        done = stop.start() if stop else len(text)
        yield from _persons(text, start, done, words)


def _persons(text: str, start: int, end: int, words: Vocabulary) -> Iterator[Found]:
    found: list[Found] = []
    low = start
    for match in words.person.finditer(text, start, end):
        if not is_name(match["name"], words):
            continue
        affiliation = read_affiliation(text, low, match.span("office"), words)
        weak = (
            match["office"] in words.weak_offices
        )  # 代表, 负责人: too common to stand without a state or organisation
        if affiliation is None or (weak and affiliation.party is None):
            continue
        gap = text[low : affiliation.start]
        role = _role_of_gap(gap, words)
        if role is None and found and _LINK.fullmatch(gap):
            role = found[-1].role
        name = _SPACE.sub("", match["name"])
        found.append(Found(affiliation.start, match.end("name"), "P001", name, affiliation, role))
        low = match.end("name")
    for person, tail in zip(found, _ends_of_runs(text, found), strict=True):
        yield replace(person, fallback=_role_of_tail(text[tail : min(end, tail + _TAIL)], words))


def _role_of_gap(gap: str, words: Vocabulary) -> ParticipantRole | None:
    """What the words before a person say, in his own clause or in one that begins 作为…，"""
    clauses = _CLAUSE.split(gap.rstrip("：: "))
    role = role_in(clauses[-1], words)
    if role is None and words.without_vote_list.search(clauses[-1]):
        return "observer"
    if role is None and len(clauses) > 1 and clauses[-2].startswith(words.in_capacity):
        role = role_in(clauses[-2], words)
    return role


def _ends_of_runs(text: str, found: list[Found]) -> list[int]:
    """For each person, where the list of persons that holds him ends."""
    ends: list[int] = []
    follower: Found | None = None
    for person in reversed(found):
        linked = follower is not None and _LINK.fullmatch(text, person.end, follower.start)
        ends.append(ends[-1] if linked else person.end)
        follower = person
    return ends[::-1]


def _role_of_tail(tail: str, words: Vocabulary) -> ParticipantRole:
    """The role by the verb behind a list: 应邀出席, 列席, 出席."""
    clause = _CLAUSE.split(tail)[0]
    role = role_in(clause, words)
    if role and role != "member":
        return role
    verb = words.trigger.search(clause)
    return "observer" if verb and words.without_vote.fullmatch(verb[0]) else "member"
