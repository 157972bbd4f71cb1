"""The standing bodies and series of meetings of a corpus, each with its sittings and the documents that it adopted."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from sco_extract.lexicon.load import Body, Lexicon, alternation
from sco_extract.link.fold import fold_event, title_key
from sco_extract.link.groups import Key, identity
from sco_extract.link.linked import Cluster
from sco_extract.link.occasions import is_plain, series_by_key, series_of
from sco_extract.link.series import Coverage, thread
from sco_extract.model.records import (
    Action,
    ActionEntity,
    BodyEntity,
    Instrument,
    InstrumentEntity,
    Meeting,
    MeetingEntity,
    Mention,
    Source,
)

# What a body does to a document that makes it the body's own.
_ADOPTING = frozenset({"adopted", "approved"})

_BRACKET = re.compile(r"[（(][^（）()]*[）)]$")

Meetings = Sequence[Cluster[MeetingEntity, Meeting]]
Documents = Sequence[Cluster[InstrumentEntity, Instrument]]
Actions = Sequence[Cluster[ActionEntity, Action]]


@dataclass(slots=True)
class _Body:
    """What was gathered of one body: passages with the rule that found each, names, meetings, ids of documents."""

    mentions: list[tuple[Mention, str]] = field(default_factory=list)
    names: Counter[str] = field(default_factory=Counter)
    meetings: dict[str, Cluster[MeetingEntity, Meeting]] = field(default_factory=dict)
    documents: dict[str, None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Context:
    """The sources by id, and the organisation that each mostly speaks of: a body named without one is that organisation's."""

    sources: Mapping[str, Source]
    organisations: Mapping[str, str]


def find_bodies(
    meetings: Meetings, documents: Documents, actions: Actions, context: Context, lexicon: Lexicon
) -> tuple[BodyEntity, ...]:
    """The bodies that meetings belong to, that adopted documents or that carry out measures, in the order of first mention.

    A body that the lexicon knows is named as there; others are those whose names are folded alike.
    """
    found: dict[Key, _Body] = defaultdict(_Body)
    _add_meetings(found, meetings, documents, lexicon)
    about = context.organisations
    for paper in documents:
        for cited in paper.members:
            if cited.record.body and (key := _key(cited.record.body, about.get(cited.source), lexicon)):
                _mention(found[key], Mention(source=cited.source, span=cited.record.span), cited.record)
                found[key].names[cited.record.body] += 1
                if cited.record.action in _ADOPTING:
                    found[key].documents[paper.entity.id] = None
    for measure in actions:
        for cited_action in measure.members:
            for name in cited_action.record.executors:
                if key := _key(name, about.get(cited_action.source), lexicon):
                    _mention(
                        found[key],
                        Mention(source=cited_action.source, span=cited_action.record.span),
                        cited_action.record,
                    )
                    found[key].names[name] += 1
    coverage = Coverage.of(context.sources, meetings)
    return tuple(_entity(key, body, coverage, lexicon) for key, body in found.items())


def _mention(body: _Body, mention: Mention, record: Meeting | Instrument | Action) -> None:
    body.mentions.append((mention, record.rule))


def _add_meetings(found: dict[Key, _Body], meetings: Meetings, documents: Documents, lexicon: Lexicon) -> None:
    titles = {
        (cited.source, title_key(cited.record.title, lexicon)): paper.entity.id
        for paper in documents
        for cited in paper.members
    }
    for cluster in meetings:
        series = next((one for cited in cluster.members if (one := series_of(cited.record, lexicon))), None)
        if series is None:
            continue
        body = found["series", series]
        body.meetings[cluster.entity.id] = cluster
        for cited in cluster.members:
            body.mentions += (
                (Mention(source=cited.source, span=span), cited.record.rule)
                for span in cited.record.mentions or [cited.record.span]
            )
            body.names[cited.record.name] += 1
            ids = (titles.get((cited.source, title_key(title, lexicon))) for title in cited.record.documents)
            body.documents.update((one, None) for one in ids if one)


def _key(name: str, organisation: str | None, lexicon: Lexicon) -> Key | None:
    """The series of that name, else the folded name; None for a name that any body may have (主管部门) or that is of many bodies,
    one in each state (成员国金融机构).

    A name without an organisation is tried with the one of its source, and a working group's with its meetings' noun.
    """
    folded = fold_event(name, lexicon)
    if not folded.core or is_plain(folded, lexicon):
        return None
    own = folded.organisations or ((organisation,) if organisation else ())
    noun = lexicon.words("link_event_meeting")[0]
    series = lexicon.bodies.get(name)
    keys: list[Key] = [(core, own, folded.years) for core in (folded.core, folded.core + noun)]
    found = series.id if series else next((one for key in keys if (one := series_by_key(key, lexicon))), None)
    if not found and _is_collective(name, lexicon):
        return None
    return ("series", found) if found else ("name", folded.core, own, folded.years)


def _is_collective(name: str, lexicon: Lexicon) -> bool:
    """Whether a name is of all that are of one kind in the states; an organisation of its own is none (上合组织银行联合体)."""
    bare = _BRACKET.sub("", name)
    own = any(bare in (one.name, *one.aliases) for one in lexicon.organisation)
    return not own and bare.endswith(lexicon.words("link_collective")) and bool(_of_all(lexicon).search(name))


@cache
def _of_all(lexicon: Lexicon) -> re.Pattern[str]:
    return re.compile(alternation(lexicon.words("link_of_all")))


@cache
def _by_id(lexicon: Lexicon) -> dict[str, Body]:
    return {body.id: body for body in lexicon.body}


def _entity(key: Key, body: _Body, coverage: Coverage, lexicon: Lexicon) -> BodyEntity:
    known = _by_id(lexicon).get(str(key[1])) if key[0] == "series" else None
    name = known.name if known else max(body.names, key=lambda one: (body.names[one], len(one), one))
    organisations = fold_event(name, lexicon).organisations
    first, rule = body.mentions[0]
    return BodyEntity(
        id=identity("body", key),
        source=first.source,
        span=first.span,
        rule=rule,
        variants=sorted(set(body.names) - {name}),
        mentions=list(dict.fromkeys(mention for mention, _ in body.mentions)),
        name=name,
        organisation=(known.organisation if known else next(iter(organisations), None)) or None,
        sittings=thread(list(body.meetings.values()), coverage),
        documents=list(body.documents),
    )
