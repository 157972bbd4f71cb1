"""What an event is called where its name alone says too little: 会议, 第二次会议, 其第八次会议."""

from __future__ import annotations

from itertools import islice

from sco_extract.extract.meetings.clause import Called, Clause, Context
from sco_extract.extract.meetings.names import EventName, read_name

_REMEMBERED = 400  # code points over which 第二次会议 still looks back for its series; a list of dated sittings has 300
_BACK = 120  # code points before a clause in which the body of 其第八次会议 is named
_CANDIDATES = 6
_BARE = 3  # code points of a head noun alone: 会议, 研讨会; 部长级会议 says a little more


def core_of(context: Context, name: EventName, clause: Clause) -> str | None:
    """What the event is called; a generic name (会议, 第八次会议) takes the body that sits as its first part."""
    if not name.generic:
        return name.core if len(name.core) > 2 else None
    subject = subject_of(context, name, clause) if name.core else None
    if subject:
        # 领导人 + 领导人会议, but 委员会 + 会议: one character in common is chance
        shared = next((n for n in range(len(name.core), 1, -1) if subject.endswith(name.core[:n])), 0)
        return subject + name.core[shared:]
    if name.ordinal is not None or name.ordinals or name.sitting:
        return _antecedent(context, name) or name.core or None
    return None if len(name.core) <= _BARE or name.counted else name.core


def _antecedent(context: Context, name: EventName) -> str | None:
    """What 第二次会议 is the second of: the nearest earlier name that ends alike, else one of the same sentence.

    下次会议 with no such name near is the next one of what the text names first. None where nothing is certain.
    """
    vocabulary = context.vocabulary
    nearest: Called | None = None
    for end, core in islice(reversed(context.named), _CANDIDATES):
        fits = name.core in core and name.start - end <= _REMEMBERED
        if (nearest and not fits) or vocabulary.nouns.generic.fullmatch(core) or _by_city(context, core):
            continue
        if fits:
            return core
        nearest = end, core
    if nearest and len(name.core) < _BARE and nearest[0] >= context.passage.stops.sentence_start(name.start):
        return nearest[1]
    if name.sitting != "next":
        return None
    return next((core for _, core in context.named if name.core in core), None)


def _by_city(context: Context, core: str) -> bool:
    """西安峰会 is called after its city, which the next sitting is not."""
    city = context.vocabulary.places.place.match(core)
    return city is not None and core[city.end() :] in context.vocabulary.nouns.summits


def subject_of(context: Context, name: EventName, clause: Clause) -> str | None:
    """The body that sits: X工作组于…举行会议, X工作组恢复工作，其第八次会议; None where none is named."""
    passage, vocabulary = context.passage, context.vocabulary
    upto = clause.verb[0] if clause.verb and clause.before else name.edge
    possessive = passage.masked[name.edge : name.start].startswith("其") or passage.masked[name.edge - 1] == "其"
    if not (clause.verb and clause.before) and not possessive and name.ordinal is None:
        return None
    found: tuple[int, int] | None = None
    start = clause.start
    if name.ordinal is not None:
        start = max(passage.stops.sentence_start(start), start - _BACK)
    for match in vocabulary.names.body_noun.finditer(passage.masked, start, upto):
        sits = vocabulary.names.behind_subject.match(passage.masked, match.end()) or passage.dates.any_within(
            match.end(), match.end() + 1
        )
        if not sits and not (name.ordinal is not None and vocabulary.nouns.event.match(passage.masked, match.end())):
            continue  # 上合组织地方…: the noun goes on
        found = match.span()
    core = read_name(passage, vocabulary, context.words, start, found).core if found else ""
    return core if len(core) > 3 else None
