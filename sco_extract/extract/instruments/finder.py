"""From titles and their surroundings to mentions."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sco_extract.extract.instruments.after import date_ahead, facts_after, facts_later
from sco_extract.extract.instruments.context import (
    Bracket,
    Facts,
    Governor,
    Surroundings,
    bracket_at,
    clause_facts,
    date_before,
    governor_of,
    signed_and_in_force,
    skip_note,
    surroundings,
)
from sco_extract.extract.instruments.marks import Title, find_titles, head_noun, titled_kind
from sco_extract.extract.instruments.numbered import Decision, find_decisions
from sco_extract.extract.instruments.tables import table_rows
from sco_extract.extract.unit import Unit
from sco_extract.model.mentions import InstrumentAction, InstrumentMention

CITATION = "引文"
_JOIN = re.compile(r"\s?(?:[、，,]\s?)?(?:和|及|与|以及|并|暨)?\s?\Z")
_CELL = re.compile(r"[\s\d、，,.．；;（()）和及与·•—-]*")  # what may stand beside the titles of a table's cell
_DONE = frozenset({"adopted", "approved", "signed"})
_LONGEST_LIST = 40  # titles; longer lists are not met, and the bound keeps hostile text linear
_LONGEST_SHORT = 14  # 《上合组织成员国多边经贸合作纲要》 is a title of its own; 《阿斯塔纳宣言》 may be short for one


@dataclass(frozen=True, slots=True)
class _Found:
    """A title with what stands before and behind it; ``head`` is the index of the first title of its list."""

    title: Title
    end: int  # behind the bracket that belongs to it
    bracket: Bracket | None
    derived: re.Match[str] | None
    governor: Governor | None
    clause: Facts
    head: int


def find_instruments(unit: Unit) -> tuple[InstrumentMention, ...]:
    """The documents that the reading text names, by start; ``unit.dates`` must be sorted by start."""
    around = surroundings(unit)
    found = _surround(around, find_titles(unit.text, around.words))
    titled = [(item, mention) for item, mention in zip(found, _mentions(around, found), strict=True) if mention]
    mentions = [mention for _, mention in titled]
    named = [item for item, _ in titled]
    decisions = [_decision(around, one) for one in find_decisions(around)]
    mentions.extend(one for one in decisions if not _covered(one, named))
    mentions.sort(key=lambda mention: (mention.start, -mention.end))
    aliases = {item.bracket.alias: mention.title for item, mention in titled if item.bracket and item.bracket.alias}
    return tuple(_link(mentions, aliases))


def _surround(around: Surroundings, titles: Iterator[Title]) -> list[_Found]:
    found: list[_Found] = []
    for title in titles:
        at = skip_note(around.text, title.end)
        derived = _derived(around, title, at)
        bracket = None if derived else bracket_at(around, at)
        before = found[-1] if found else None
        if before and _joined(around.text[before.end : title.start]):
            governor, clause, head = before.governor, before.clause, before.head
        else:
            (governor, clause), head = _before(around, title.start), len(found)
        found.append(_Found(title, bracket.end if bracket else at, bracket, derived, governor, clause, head))
    return found


def _before(around: Surroundings, start: int) -> tuple[Governor | None, Facts]:
    """The verbs before the title at ``start``, and what their clause attaches where they say that it was adopted."""
    governor = governor_of(around, start)
    if governor is None:
        return signed_and_in_force(around, start) or (None, Facts())
    done = around.words.actions[governor.verbs[-1]] in _DONE or _completed(around, governor)
    return governor, clause_facts(around, governor) if done else Facts()


def _completed(around: Surroundings, governor: Governor) -> bool:
    """制定了《X》: what is made is no draft any more; 起草了 only says that a draft is there."""
    return governor.mark == "了" and around.words.completing.fullmatch(governor.verbs[-1]) is not None


def _derived(around: Surroundings, title: Title, at: int) -> re.Match[str] | None:
    """The noun behind the marks that makes another document; 《数字经济新图景》报告 only says what the title is."""
    found = around.words.derived.match(around.text, at)
    if (
        not found
        or found["of"]
        or found["lead"]
        or found["noun"] not in around.lexicon.words("instrument_apposition_noun")
    ):
        return found
    kind = head_noun(title.text, around.words)
    return found if kind in around.lexicon.words("instrument_dated_kinds", "instrument_periodic") else None


def _joined(gap: str) -> bool:
    return len(gap) <= 5 and _JOIN.match(gap) is not None


def _mentions(around: Surroundings, found: Sequence[_Found]) -> Iterator[InstrumentMention | None]:
    spread = _spread(around, found)
    tabled = _tabled(around, found)
    for place, item in enumerate(found):
        yield None if _is_periodical(around, item) else _mention(around, item, tabled.get(place, spread[place]))


def _tabled(around: Surroundings, found: Sequence[_Found]) -> dict[int, tuple[Facts, InstrumentAction | None]]:
    """What the rows of tables say of the titles, by index, where nothing but titles stands in their cell."""
    says: dict[int, tuple[Facts, InstrumentAction | None]] = {}
    starts = [item.title.start for item in found]
    for row in table_rows(around):
        places = range(bisect_left(starts, row.start), bisect_left(starts, row.end))
        at, alone = row.start, bool(places)
        for place in places:
            alone = alone and _CELL.fullmatch(around.text, at, found[place].title.start) is not None
            at = found[place].end
        if alone and _CELL.fullmatch(around.text, at, row.end):
            says.update({place: (row.facts, None) for place in places if _kind(around, found[place])})
    return says


def _spread(around: Surroundings, found: Sequence[_Found]) -> list[tuple[Facts, InstrumentAction | None]]:
    """What the text behind each title says; what it says behind the last one of a list may hold for all of it."""
    says: list[tuple[Facts, InstrumentAction | None]] = []
    for place, item in enumerate(found):
        facts, action, both = (Facts(), None, False) if item.derived else facts_after(around, item.end)
        if not facts.known and action is None and not item.derived and _alone(around, found, place):
            facts, action = facts_later(around, item.end, head_noun(item.title.text, around.words))
        whole = both or (action is not None and not facts.date)
        if action is not None and not facts.date and found[item.head].governor is None:
            facts = replace(facts, date=date_ahead(around, found[item.head].title.start))
        says.append((facts, action))
        shared = item.bracket.facts if item.bracket and item.bracket.content.startswith(("均", "都")) else None
        if whole or shared:
            for earlier in range(max(item.head, place - _LONGEST_LIST), place):
                says[earlier] = (facts, action) if whole else (shared or Facts(), says[earlier][1])
    return says


def _alone(around: Surroundings, found: Sequence[_Found], place: int) -> bool:
    """Whether no other title stands before this one in its sentence."""
    return place == 0 or found[place - 1].end <= around.sentence_start(found[place].title.start)


def _mention(around: Surroundings, item: _Found, after: tuple[Facts, InstrumentAction | None]) -> InstrumentMention:
    title, text = item.title, around.text
    facts, action = after
    governor = _own_governor(around, item)
    cited = around.words.citation
    if cited.match(text, skip_note(text, title.end)) or cited.match(around.source_after(title.start, title.end)):
        return InstrumentMention(title.start, title.end, "T007", title.text, CITATION)
    verbs = [around.words.actions[verb] for verb in governor.verbs] if governor else []
    draft = _is_draft(around, item, governor, verbs)
    if action is None and governor:
        action = _governed(around, governor, verbs, draft=draft)
    kind = _kind(around, item)
    attached = _attached(item, facts, governor if action in _DONE | {"agreed"} else None)
    if not attached.date and kind in around.lexicon.words("instrument_dated_kinds"):
        attached = replace(attached, date=date_before(around, title.start))
    if kind in around.lexicon.words("instrument_speeches") and action in _DONE:
        action = "mentioned"  # a speech is delivered, not adopted
    return InstrumentMention(
        title.start, title.end, title.rule, title.text, kind,
        attached.date, attached.place, attached.body, draft, "drafting" if draft and action is None else action or "mentioned",
    )  # fmt: skip


def _governed(
    around: Surroundings, governor: Governor, verbs: Sequence[InstrumentAction], *, draft: bool
) -> InstrumentAction:
    """What the verbs before a title say that was done with it."""
    if not draft and _completed(around, governor):
        return "adopted"
    action = "drafting" if "drafting" in verbs else verbs[-1]
    return "mentioned" if governor.prospective and action in _DONE else action


def _attached(item: _Found, after: Facts, governor: Governor | None) -> Facts:
    body = item.clause.body if governor else None
    if item.bracket and item.bracket.facts.known:
        own = item.bracket.facts
        dated = own.date or (item.clause.date if governor else None) or after.date
        return Facts(dated, own.place, body)
    if after.known:
        return replace(after, body=body)
    return item.clause if governor else Facts()


def _own_governor(around: Surroundings, item: _Found) -> Governor | None:
    """The verbs that govern the title itself, not the document that a noun behind the marks makes of it."""
    governor, derived, text = item.governor, item.derived, around.text
    by_means = governor and not governor.mark and governor.verbs[-1] in around.lexicon.words("instrument_by_means")
    if by_means and around.words.means.match(text, item.end):
        return None
    if governor and derived and not governor.about:
        of_noun = derived["of"] and derived["noun"] in around.lexicon.words("instrument_result_nouns")
        whose = around.words.actions[governor.verbs[-1]]
        inner = of_noun and (len(governor.verbs) > 1 or whose == "implementing")
        report = derived["of"] and not of_noun
        return governor if inner or report else None
    return governor


def _is_draft(around: Surroundings, item: _Found, governor: Governor | None, verbs: Sequence[InstrumentAction]) -> bool:
    if around.words.draft_word.search(item.title.text[-4:]) or (item.bracket and item.bracket.draft):
        return True
    if not item.derived and around.words.draft_after.match(around.text, item.end):
        return True
    talks = not item.derived and around.words.talks.match(around.text, item.end)
    ahead = governor.start if governor else item.title.start
    if talks and "implementing" not in verbs and around.text[ahead - 1 : ahead] == "就":
        return True
    if not governor or "drafting" not in verbs:
        return False
    begun = around.text[max(0, governor.start - 3) : governor.start]
    return governor.mark == "" and not around.words.done.search(begun)


def _kind(around: Surroundings, item: _Found) -> str | None:
    text, title, words = around.text, item.title, around.words
    before = text[max(0, title.start - 12) : title.start]
    if words.titled.search(before) and (found := words.spoken.match(text, skip_note(text, title.end))):
        return found["kind"]
    if (kind := titled_kind(title.text, words)) or (kind := _speech(around, item) or _numbered(around, title.end)):
        return kind
    if found := words.apposition_before.search(before):
        return found["kind"]
    if found := words.apposition_after.match(text, title.end):
        return found["kind"]
    work = words.works.search(before)
    return work["kind"] if work else None


def _speech(around: Surroundings, item: _Found) -> str | None:
    """发表《携手共进》的主旨演讲, 发表署名文章《友谊之桥》: the words beside the title say what it is."""
    start, words = item.title.start, around.words
    if item.governor is None and not words.speech_before.search(around.text[max(0, start - 6) : start]):
        return None
    found = words.speech_before.search(around.text[max(0, start - 6) : start])
    found = found or words.speech_after.match(around.text, item.title.end)
    return found["kind"] if found else None


def _numbered(around: Surroundings, end: int) -> str | None:
    """题为《联合国同东盟的合作》的第75/15号决议."""
    found = around.words.decision.match(around.text, end + 1) if around.text.startswith("的第", end) else None
    return found["kind"] if found else None


def _is_periodical(around: Surroundings, item: _Found) -> bool:
    """《人民日报》, 《求是》杂志: names of newspapers and journals are no documents."""
    title, words = item.title.text, around.words
    if words.periodical.search(title) and not words.not_periodical.search(title):
        return len(title) <= 12 and not words.kind.search(title)
    return (
        len(title) <= 8
        and not words.kind.search(title)
        and bool(words.periodical_after.match(around.text, item.title.end))
    )


def _decision(around: Surroundings, one: Decision) -> InstrumentMention:
    governor = governor_of(around, one.start)
    action = around.words.actions[governor.verbs[-1]] if governor else "mentioned"
    if governor and governor.prospective and action in _DONE:
        action = "mentioned"
    facts = one.facts
    return InstrumentMention(
        one.start, one.end, one.rule, one.title, one.kind, facts.date, facts.place, one.body or None, False, action
    )


def _covered(mention: InstrumentMention, titles: Sequence[_Found]) -> bool:
    """Whether a title in marks holds the decision."""
    low, high = 0, len(titles)
    while low < high:
        middle = (low + high) // 2
        if titles[middle].title.end <= mention.start:
            low = middle + 1
        else:
            high = middle
    return low < len(titles) and titles[low].title.start < mention.end


def _link(mentions: Sequence[InstrumentMention], aliases: dict[str, str]) -> Iterator[InstrumentMention]:
    """Tie short forms to the one earlier title they can stand for; a bare number without such a title is dropped."""
    endings: dict[str, set[str]] = defaultdict(set)
    drafts: dict[str, bool] = {}
    dated: dict[str, str] = {}
    short = {mention.title for mention in mentions if len(mention.title) <= _LONGEST_SHORT}
    sizes = sorted({len(title) for title in short})
    for mention in mentions:
        whole = _antecedent(mention, endings, aliases)
        if whole and mention.date and not _agree(mention.date, dated.get(whole, "")):
            whole = None  # 《升级议定书》（2015年） is not the one of 2025
        if mention.rule == "T005" and mention.body is None:
            if whole:
                yield replace(mention, title=whole, refers_to=whole, rule="T008")
            continue
        if whole:
            rule = "T008" if mention.rule != "T007" else mention.rule
            yield replace(mention, refers_to=whole, rule=rule, draft=mention.draft or drafts.get(whole, False))
            continue
        if mention.rule != "T007":
            drafts[mention.title] = mention.draft
            dated[mention.title] = mention.date or dated.get(mention.title, "")
            for size in sizes:
                if size < len(mention.title) and mention.title[-size:] in short:
                    endings[mention.title[-size:]].add(mention.title)
        yield mention


def _agree(left: str, right: str) -> bool:
    """Whether two EDTF dates can be the same one; an empty text agrees with any."""
    return left.startswith(right) or right.startswith(left)


def _antecedent(mention: InstrumentMention, endings: dict[str, set[str]], aliases: dict[str, str]) -> str | None:
    if mention.title in aliases and aliases[mention.title] != mention.title:
        return aliases[mention.title]
    if mention.kind is None or len(mention.title) > _LONGEST_SHORT:
        return None
    whole = endings.get(mention.title, set())
    return next(iter(whole)) if len(whole) == 1 else None
