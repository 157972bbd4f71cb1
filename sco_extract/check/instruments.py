"""Contradictions about documents: variants of a title, other dates and places, adoption that fits no sitting, drafts."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import combinations, pairwise

from sco_extract.check.clash import CROWD, compatible
from sco_extract.check.references import adopting
from sco_extract.check.rule import Check, Contradiction, Passage, elsewhere
from sco_extract.check.view import Event, View
from sco_extract.lexicon.load import Lexicon, alternation
from sco_extract.link.fold import comparable, fold_title, title_key
from sco_extract.link.linked import Cited
from sco_extract.link.when import days_of
from sco_extract.model.records import Instrument

Member = Cited[Instrument]

# A title that is so much shorter than another is its short form, not a variant: 《种业合作计划》.
SHORT_FORM = 0.6
LISTED = 20  # code points between two titles of one list, with a bracket
# Titles of so few characters (《合作协定》) may belong to any number of documents.
SHORTEST = 10
# A title with so many characters of its own, two dates of which lie so near, is one document.
TELLING, NEAR = 4, 45
TOPIC = 5  # code points of a topic that tells a draft from others: 新经济对话
# A body is known to sit around a day where it sat within so many days of it; two sittings of it further apart than a season
# show that it does not sit every few weeks.
AROUND, SELDOM = 45, 150
_NESTED = re.compile(r"〈([^〈〉]{4,})〉")  # 《〈…纲要〉落实行动计划》
_YEARS = re.compile(r"\(?([12][0-9]{3})年?(?:[-至到]([12][0-9]{3})年?)?版?\)?")  # （2016—2020年）, 2004年至2006年
_CONNECTORS = re.compile(r"[-与和及、,]+")  # 中国与东盟, 中国—东盟
_DATED = ("adopted", "approved", "signed")
_NEUTRAL = ("mentioned", "implementing")


def title_variants(view: View) -> Iterator[Contradiction]:
    """A known document is cited under another title.

    The members of one document (linking decides by what differs: 规划 and 计划, 逐步, 间, 授权部门, a bracket) whose titles
    are not the same but for width, quotes, dashes and the short name of the organisation.

    Good: 《上海合作组织宪章》 and 《上合组织宪章》; 《战略》 after its full title. Bad: 《…农作物育种和种业合作规划》 here,
    《…农作物育种和种业合作计划》 there.

    Limitation: which form is right only the adopted text tells; the passage is the form that fewer sources use. A draft that
    was renamed when it was adopted is listed as well.
    """
    for members in _with_nested(view):
        forms: dict[str, list[Member]] = defaultdict(list)
        for member in members:
            if member.record.refers_to is None:
                forms[plain_title(member.record.title, view.lexicon)].append(member)
        if len(forms) < 2:
            continue
        best, *others = sorted(forms.items(), key=lambda form: _weight(form[1], view))
        for form, variants in others:
            if _short_form(form, best[0], view.lexicon) or _recurs(variants[0], best[1][0], view):
                continue
            if not _side_by_side(variants, best[1]):
                yield _variant(variants[0], best[1])


def _with_nested(view: View) -> Iterator[Sequence[Member]]:
    """The members of each document, with the titles in 〈〉 that stand in other titles and mean it."""
    nested: dict[object, list[Member]] = defaultdict(list)
    for cluster in view.linked.documents:
        for member in cluster.members:
            for title in _NESTED.findall(member.record.title):
                inner = member.record.model_copy(
                    update={"title": title, "date": None, "place": None, "action": "mentioned"}
                )
                nested[title_key(title, view.lexicon)].append(Cited(member.source, inner))
    for members in _families(view):
        keys = {title_key(member.record.title, view.lexicon): None for member in members if nested}
        yield [*members, *(inner for key in keys for inner in nested.pop(key, ()))]
    yield from nested.values()


def _families(view: View) -> Iterable[list[Member]]:
    """The members of each document, together with those of documents whose titles differ in the family's head noun only."""
    found: dict[str, list[Member]] = {}
    for cluster in view.linked.documents:
        full = [member.record.title for member in cluster.members if member.record.refers_to is None]
        key = _family_key(full[0], view.lexicon) if full and len(full[0]) > SHORTEST else cluster.entity.id
        found.setdefault(key, []).extend(cluster.members)
    return found.values()


def _weight(members: Sequence[Member], view: View) -> tuple[bool, bool, int, int]:
    """Before others stands the title of what is no draft, has a date, is in more sources, comes first."""
    draft = all(member.record.draft for member in members)
    dated = any(member.record.date or member.record.action in _DATED for member in members)
    return draft, not dated, -len({member.source for member in members}), view.order.get(members[0].source, 0)


def _variant(here: Member, others: Sequence[Member]) -> Contradiction:
    there = others[0]
    values = {"here": here.record.title, "there": there.record.title}
    return Contradiction(_passage(here), tuple(map(_passage, others[:3])), values)


def plain_title(title: str, lexicon: Lexicon) -> str:
    """A title without what no reader takes for another title: width, quotes, dashes, 上合组织 for 上海合作组织, a bracket
    or 年 at its years."""
    text = _CONNECTORS.sub("-", _YEARS.sub(r"\1-\2", comparable(title)))
    names = _organisations(lexicon)
    return names[0].sub(lambda match: f"[{names[1][match[0]]}]", text)


@cache
def _organisations(lexicon: Lexicon) -> tuple[re.Pattern[str], dict[str, str]]:
    """A pattern for the names of organisations as they stand in comparable titles, and the id of each name."""
    names = {
        comparable(name): organisation.id
        for organisation in lexicon.organisation
        for name in (organisation.name, *organisation.aliases)
        if len(name) > 2
    }
    return re.compile(alternation(names)), names


def _family_key(title: str, lexicon: Lexicon) -> str:
    """The plain title with the first word of its family as head noun: 联合行动规划 and 联合行动计划 are equal."""
    text = plain_title(title, lexicon)
    for name, words in lexicon.groups.items():
        if name.startswith("link_genre_"):
            for word in sorted(words, key=len, reverse=True):
                if text.endswith(word):
                    return text.removesuffix(word) + words[0]
    return text


def _short_form(one: str, two: str, lexicon: Lexicon) -> bool:
    """Whether one is the other without its organisation or body, or much shorter."""
    shorter, longer = sorted((one, two), key=len)
    if longer.startswith("[") and not shorter.startswith("[") and longer.endswith(shorter):
        return True
    bare = [_without_members(form, lexicon) for form in (shorter, longer)]
    if bare[0] == bare[1] and not (shorter.startswith("[") and longer.startswith("[")):
        return True
    return len(bare[0]) < SHORT_FORM * len(bare[1])


def _side_by_side(one: Iterable[Member], two: Iterable[Member]) -> bool:
    """Whether the two titles stand in one list somewhere: who writes both means two documents."""
    ends = defaultdict(list)
    for member in two:
        ends[member.source].append(member.record.span)
    return any(
        max(span.start - member.record.span.end, member.record.span.start - span.end) <= LISTED
        for member in one
        for span in ends.get(member.source, ())
    )


def _recurs(one: Member, two: Member, view: View) -> bool:
    """Whether the kind is issued again under the same title (声明, 宣言) and nothing says that both are of one day."""
    if not one.record.title.endswith(view.lexicon.words("link_recurring")):
        return False
    first, second = days_of(one.record.date), days_of(two.record.date)
    return first is None or second is None or not first.overlaps(second)


def _without_members(title: str, lexicon: Lexicon) -> str:
    """A title without the organisation and its states at its beginning."""
    text = title.rpartition("]")[2] if title.startswith("[") else title
    members = sorted(lexicon.words("link_members"), key=len, reverse=True)
    return next((text.removeprefix(word) for word in members if text.startswith(word)), text)


def other_adoption(view: View) -> Iterator[Contradiction]:
    """A document has another date or place of adoption elsewhere.

    Compared are the mentions of one document, and those of equal titles with dates no further apart than six weeks, or with
    the same day and place of another year, where the text attaches a date or place to the title.

    Good: （2022年9月16日，撒马尔罕） everywhere. Bad: 《…国际道路运输便利化协定》（2014年9月12日，杜尚别） and （2014年9月14日，杜尚别）.

    Limitation: dates of different steps (signed, approved) are not compared, nor drafts; a month that holds the other's day
    agrees with it.
    """
    seen: set[frozenset[tuple[str, int]]] = set()
    for members in _same_documents(view):
        for one, two in combinations(_distinct(members)[:CROWD], 2):
            what = _differs(one, two, view)
            pair = frozenset((member.source, member.record.span.start) for member in (one, two))
            if what and pair not in seen:
                seen.add(pair)
                yield _adoption(two, one, what)


def _same_documents(view: View) -> Iterator[Sequence[Member]]:
    by_title: dict[tuple[object, ...], list[Member]] = defaultdict(list)
    for cluster in view.linked.documents:
        yield cluster.members
        for member in cluster.members:
            folded = fold_title(member.record.title, view.lexicon)
            if len(folded.extra) >= TELLING and member.record.date:
                by_title[folded.core, folded.organisations, folded.years, folded.numbers].append(member)
    for members in by_title.values():
        same_day: dict[tuple[str, str], list[Member]] = defaultdict(list)
        for member in members:
            if member.record.place and len(member.record.date or "") == len("2024-07-04"):
                same_day[(member.record.date or "")[4:], member.record.place].append(member)
        yield from same_day.values()
        near = sorted(members, key=lambda member: member.record.date or "")
        begin = 0
        for at in range(1, len(near) + 1):
            if at == len(near) or _apart(near[at - 1], near[at]):
                yield near[begin:at]
                begin = at


def _apart(one: Member, two: Member) -> bool:
    first, second = days_of(one.record.date), days_of(two.record.date)
    return first is None or second is None or first.distance(second) > NEAR


def _distinct(members: Iterable[Member]) -> list[Member]:
    """The first mention of each date and place with each kind of step."""
    found: dict[tuple[object, ...], Member] = {}
    for member in members:
        record = member.record
        if (record.date or record.place) and not record.draft and record.action in (*_DATED, *_NEUTRAL):
            step = record.action if record.action in _DATED else ""
            found.setdefault((record.date, record.place, step), member)
    return list(found.values())


def _differs(one: Member, two: Member, view: View) -> str:
    actions = {one.record.action, two.record.action}
    if len(actions.intersection(_DATED)) > 1:
        return ""
    first, second = days_of(one.record.date), days_of(two.record.date)
    if first and second and not compatible(first, second):
        return "date"
    known = all(view.knows(place) for place in (one.record.place, two.record.place) if place)
    return "place" if known and not view.same_place(one.record.place, two.record.place) else ""


def _adoption(here: Member, there: Member, what: str) -> Contradiction:
    values = {
        "title": here.record.title,
        "what": f"@{what}",
        "here": str(here.record.date if what == "date" else here.record.place),
        "there": str(there.record.date if what == "date" else there.record.place),
        "source": elsewhere(here.source, there.source),
    }
    return Contradiction(_passage(here), (_passage(there),), values)


def no_such_sitting(view: View) -> Iterator[Contradiction]:
    """A document is said to be adopted by a body on a day or in a month in which the body did not sit.

    Only where the corpus knows a sitting of the same body within six weeks of it, and the body sits seldom.

    Good: 2024年7月4日元首理事会第10号决议. Bad: 2023年6月元首理事会通过的《…战略》 where the council sat on 2023年7月4日.

    Limitation: whether an unknown extraordinary sitting took place the corpus cannot say.
    """
    for cluster in view.linked.documents:
        for member in cluster.members:
            record = member.record
            days = days_of(record.date)
            if days is None or days.length > 31 or record.draft or not record.body:
                continue
            series = adopting(record, view)
            sitting = _nearest(member, view.series.get(series, ()), view) if series else None
            if sitting is not None:
                yield Contradiction(
                    _passage(member),
                    (Passage(sitting.source, sitting.record.span),),
                    {"title": record.title, "here": record.date or "", "body": record.body, "there": sitting.when},
                )


def _nearest(member: Member, events: Sequence[Event], view: View) -> Event | None:
    """The sitting nearest to the day of a document, where it is near and the document is of no sitting at all."""
    days = days_of(member.record.date)
    held = [event for event in events if event.record.status == "held" and event.day is not None]
    if days is None or not held or held[0].series in view.often:
        return None
    known = sorted({event.day for event in held if event.day is not None})
    if any(0 < one.distance(two) < SELDOM for one, two in pairwise(known)):
        return None
    nearest = min(held, key=lambda event: event.day.distance(days) if event.day else AROUND)
    distance = nearest.day.distance(days) if nearest.day else 0
    return nearest if 0 < distance <= AROUND else None


def still_a_draft(view: View) -> Iterator[Contradiction]:
    """A document is a draft or being drafted here, and adopted in an earlier source; or a draft with another kind of title.

    Good: a communiqué that supports drafting it, and a later report of its adoption. Bad: 《…条例》草案 in a text that is
    later than the one that says 通过了《…条例》; 《新经济对话纲要》 is drawn up here and 《“新经济对话”构想》草案 agreed on there.

    Limitation: only between sources whose days are known; a new edition under the old title looks the same.
    """
    yield from _renamed(view)
    until = view.coverage.until
    for cluster in view.linked.documents:
        done = [member for member in cluster.members if member.record.action in _DATED and not member.record.draft]
        for member in cluster.members:
            if not member.record.draft or member.record.action == "agreed" or member.source not in until:
                continue
            earlier = [
                one for one in done if one.source in until and (until[member.source] - until[one.source]).days > 0
            ]
            if earlier:
                there = earlier[0]
                yield Contradiction(
                    _passage(member),
                    (_passage(there),),
                    {"title": member.record.title, "there": f"@{there.record.action}", "source": there.source},
                )
                break


def _renamed(view: View) -> Iterator[Contradiction]:
    """Drafts of one organisation and topic whose titles end with head nouns of two families."""
    topics: dict[tuple[tuple[str, ...], str], Member] = {}
    for cluster in view.linked.documents:
        folded = fold_title(cluster.members[0].record.title, view.lexicon)
        drafts = all(member.record.draft for member in cluster.members)
        if drafts and folded.head and folded.organisations and not folded.years:
            topics.setdefault((folded.organisations, folded.extra), cluster.members[0])
    for (organisations, topic), here in topics.items():
        for shorter in _shortened(topic):
            there = topics.get((organisations, shorter))
            if there is not None and there is not here and here.source != there.source:
                title = f"《{there.record.title}》"
                values = {"title": here.record.title, "there": f"@called:{title}", "source": there.source}
                yield Contradiction(_passage(here), (_passage(there),), values)


def _shortened(topic: str) -> set[str]:
    """The topic without up to two characters at its ends, as long as it tells a draft from others."""
    cuts = ((0, 1), (1, 0), (0, 2), (2, 0), (1, 1))
    shorter = {topic[begin : len(topic) - end] for begin, end in cuts}
    return {one for one in shorter if len(one) >= TOPIC}


def _passage(member: Member) -> Passage:
    return Passage(member.source, member.record.span)


CHECKS: tuple[Check, ...] = (
    Check("INS401", "title-variant", "warning", title_variants),
    Check("INS402", "other-date-or-place-of-adoption", "error", other_adoption),
    Check("INS404", "adopted-on-no-sitting", "warning", no_such_sitting),
    Check("INS406", "draft-after-adoption", "info", still_a_draft),
)
