"""Measures of an action plan: what is missing, shifted, vague, overdue, unknown, or at odds with itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from sco_extract.check.reading import Reading, word_pattern
from sco_extract.check.rule import Passage
from sco_extract.check.sheet import Fault, Sheet, SheetCheck
from sco_extract.lexicon.load import Lexicon, alternation
from sco_extract.model.records import Action, Progress, Span
from sco_extract.values.edtf import parse

# A column that so many measures fill is one that every measure should fill; a plan of fewer measures shows nothing.
FILLED, FEWEST = 0.8, 3
# Of an organisation with so many bodies the lexicon knows those that carry out measures; of others it knows too few.
WELL_KNOWN = 20
# 《2023—2025年……联合行动计划》, （2025年至2027年）
_PERIOD = re.compile(r"(?<![0-9])(?P<first>20[0-9]{2})年?[ ]?(?:[-—–~～]{1,2}|至|到)[ ]?(?P<last>20[0-9]{2})年?")
_LIMIT = re.compile(r"20[0-9]{2}年?(?:[底末]?前|[-—–~～至].*)?$")  # 2026年前, 2025—2027年, in the wrong column
_LIST = re.compile(r"[、，,]")
_DIGIT = re.compile(r"[0-9]")
_BRACKET = re.compile(r"[（(][^（）()]*[）)]")


@dataclass(frozen=True, slots=True)
class _Words:
    vague: re.Pattern[str]
    carries_out: re.Pattern[str]
    executor: re.Pattern[str]
    body: re.Pattern[str]
    limit: re.Pattern[str]
    ranks: re.Pattern[str]
    prefix: re.Pattern[str]
    known: frozenset[str]
    by_topic: dict[str, str]
    owner: re.Pattern[str]
    organisations: dict[str, str]
    well_known: tuple[tuple[str, str], ...]  # ids of organisations with their names


@cache
def _words(lexicon: Lexicon) -> _Words:
    whole = [one for one in lexicon.organisation if "." not in one.id]  # not the parts of organisations
    organisations = [name for one in whole for name in (one.name, *one.aliases)]
    bodies = Counter(body.organisation for body in lexicon.body)
    sittings = lexicon.words("proof_sitting_ends")
    members = alternation(lexicon.words("link_members"))
    prefix = re.compile(rf"(?:{alternation((*organisations, *lexicon.words('proof_own')))})?(?:{members})?")
    ranks = word_pattern(lexicon, "proof_ranks")
    full = {_without_sitting(name, sittings) for name in lexicon.bodies} | set(lexicon.words("proof_executors"))
    known = full | {prefix.sub("", name, count=1) for name in full}
    swapped = lexicon.words("proof_swapped")
    known |= {name.replace(one, two) for name in known for one in swapped if one in name for two in swapped}
    ends = alternation(lexicon.words("proof_body_ends"))
    official = [_without_sitting(body.name, sittings) for body in lexicon.body] + list(lexicon.words("proof_executors"))
    topics = {_topic(prefix.sub("", name, count=1), ranks): name for name in reversed(official)}
    return _Words(
        vague=word_pattern(lexicon, "proof_vague_deadlines"),
        carries_out=word_pattern(lexicon, "proof_carrying_out"),
        executor=re.compile(rf"(?:{alternation(lexicon.words('proof_executor_ends'))})\Z"),
        body=re.compile(rf"(?:{ends})\Z"),
        limit=word_pattern(lexicon, "deadline_regular", "deadline_annual", "deadline_consultation"),
        ranks=ranks,
        prefix=prefix,
        known=frozenset(known),
        by_topic=topics,
        owner=re.compile(rf"(?P<name>{alternation(organisations)})"),
        organisations={name: one.id for one in whole for name in (one.name, *one.aliases)},
        well_known=tuple(
            (one.id, name) for one in whole if bodies[one.id] >= WELL_KNOWN for name in (one.name, *one.aliases)
        ),
    )


def _without_sitting(name: str, ends: tuple[str, ...]) -> str:
    return next((name.removesuffix(end) for end in ends if name.endswith(end)), name)


def _topic(name: str, ranks: re.Pattern[str]) -> str:
    """A body's name without its rank: 海关合作工作组 of 海关合作专门工作组."""
    return ranks.sub("", name)


def incomplete_measure(sheet: Sheet) -> Iterator[Fault]:
    """A measure has no deadline or no executor, or its cells are shifted into the wrong columns.

    Only in plans that give most of their measures a deadline (an executor).

    Good: 1、举行专门工作组会议。｜定期｜成员国有关部门、秘书处. Bad: 1、举行专门工作组会议。｜｜秘书处; ｜成员国有关部门、秘书处｜定期.

    Limitation: a deadline or executor that is meant to hold for several rows must be a merged cell.
    """
    actions = sheet.record.actions
    if len(actions) < FEWEST:
        return
    words = _words(sheet.lexicon)
    due = sum(1 for one in actions if one.deadline) >= FILLED * len(actions)
    done_by = sum(1 for one in actions if one.executors) >= FILLED * len(actions)
    for one in actions:
        lacks_due, lacks_executor = due and one.deadline is None, done_by and not one.executors
        missing = "@no_deadline" if lacks_due else "@no_executor" if lacks_executor else ""
        if what := _shifted(one, words) or missing:
            yield Fault(one.span, {"number": _number(one), "what": what})


def _shifted(action: Action, words: _Words) -> str:
    """Which column holds what belongs into the other; empty where none does."""
    due = action.deadline
    timeless = due is not None and due.kind is None and due.edtf is None and not _DIGIT.search(due.text)
    if action.number is None and not action.executors and _is_executors(action.measure, words):
        return f"@shifted_deadline:{action.measure}"  # read as the measure, since it stands before the deadline
    if due and timeless and any(words.executor.search(_BRACKET.sub("", part)) for part in _LIST.split(due.text)):
        return f"@shifted_deadline:{due.text}"
    for one in action.executors:
        limit = words.limit.match(one) and not words.executor.search(one)
        if limit or _LIMIT.match(one):
            return f"@shifted_executor:{one}"
    return ""


def _is_executors(text: str, words: _Words) -> bool:
    """Whether a cell holds names of executors and nothing else."""
    return all(words.executor.search(_BRACKET.sub("", part)) for part in _LIST.split(text))


def _number(action: Action) -> str:
    return str(action.number) if action.number is not None else f"“{action.measure[:12]}”"


def vague_deadline(sheet: Sheet) -> Iterator[Fault]:
    """A deadline is none: 适时, 尽快, 视情; or is left to consultations, which is said once for the whole plan.

    Good: 2026年前; 每年. Bad: 适时; 尽快; 条件成熟时.

    Limitation: 根据协商情况 is usual in plans of the organization and no fault; one note counts such measures.
    """
    reading = Reading.of(sheet.document.text)
    words = _words(sheet.lexicon)
    open_ended = [one for one in sheet.record.actions if one.deadline and one.deadline.kind == "consultation"]
    for one in sheet.record.actions:
        due = one.deadline
        if due and due.edtf is None and due.kind != "consultation" and words.vague.search(due.text):
            yield Fault(_due_span(sheet, reading, one), {"text": due.text, "count": "1"})
    if open_ended:
        first = open_ended[0]
        text = first.deadline.text if first.deadline else ""
        yield Fault(_due_span(sheet, reading, first), {"text": text, "count": str(len(open_ended))})


def _due_span(sheet: Sheet, reading: Reading, action: Action) -> Span:
    """The place of the deadline in the row, else the row."""
    return _place(sheet, reading, action, action.deadline.text if action.deadline else "")


def _place(sheet: Sheet, reading: Reading, action: Action, text: str) -> Span:
    """The place of ``text`` in the action's row; the row where it does not stand there as it is."""
    row = reading.place(action.span)
    at = reading.text.find(text, *row) if row and text else -1
    return sheet.read_span(at, at + len(text)) if at >= 0 else action.span


def overdue(sheet: Sheet) -> Iterator[Fault]:
    """A deadline has passed, or comes within the days of the profile, on the day given as today (--as-of).

    Good: 2030年前 on 1 June 2025. Bad: 2024年底前 on 1 June 2025; 2025年7月1日前 on 1 June 2025 (it is near).

    Limitation: nothing is said without --as-of; whether the measure was carried out only `sco-extract progress` knows.
    """
    if sheet.profile.as_of is None:
        return
    reading = Reading.of(sheet.document.text)
    today = date.fromisoformat(sheet.profile.as_of)
    horizon = (today + timedelta(days=sheet.profile.due_within)).isoformat()
    for one in sheet.record.actions:
        value = parse(one.deadline.edtf) if one.deadline and one.deadline.edtf else None
        if one.deadline is None or value is None or value.latest is None or value.latest > horizon:
            continue
        what = "@passed" if value.latest < sheet.profile.as_of else "@due_soon"
        due = one.deadline.text
        yield Fault(
            _due_span(sheet, reading, one), {"number": _number(one), "due": due, "what": what, "now": today.isoformat()}
        )


def unknown_executor(sheet: Sheet) -> Iterator[Fault]:
    """A standing body that is to carry out a measure is not known, or known under another rank.

    Good: 海关合作专门工作组. Bad: 海关合作工作组, where the lexicon has 海关合作专门工作组; 秘书出; 环境主管机构部门.

    Limitation: only working groups, committees, councils and unions are looked up, not ministries and agencies, and only
    those of an organization that the lexicon knows well; terms of the house's own configuration are known.
    """
    reading = Reading.of(sheet.document.text)
    words = _words(sheet.lexicon)
    for action in sheet.record.actions:
        for name in action.executors:
            better = _misspelt(name, sheet.lexicon) if name not in sheet.profile.terms else ""
            known = _verdict(name, words, sheet) if words.body.search(name) else None
            verdict = (f"@variant_of:{better}", better) if better else known
            if verdict is not None:
                what, mend = verdict
                span = _place(sheet, reading, action, name)
                yield Fault(span, {"name": name, "what": what}, fix=mend if span.quote == name else None)


def _misspelt(name: str, lexicon: Lexicon) -> str:
    """The right form of a name whose end is a known word with one wrong character, or that says twice what it is."""
    branches = lexicon.words("proof_branches")
    for first in branches:
        for second in branches:
            if first != second and name.endswith(first + second):
                return (
                    name.removesuffix(first + second) + "部门"
                    if "部门" in (first, second)
                    else name.removesuffix(second)
                )
    for word in lexicon.words("proof_executor_words"):
        tail = name[-len(word) :]
        if len(tail) == len(word) and sum(one != two for one, two in zip(tail, word, strict=True)) == 1:
            return "" if tail in lexicon.words("proof_executor_like") else name.removesuffix(tail) + word
    return ""


def _verdict(name: str, words: _Words, sheet: Sheet) -> tuple[str, str | None] | None:
    """What is wrong with an executor's name, and the name that would mend it; None for a known one."""
    bare = words.prefix.sub("", name, count=1)
    if {name, bare} & (words.known | sheet.profile.terms) or not words.prefix.match(name):
        return None
    official = words.by_topic.get(_topic(bare, words.ranks))
    if official is not None:
        if sorted(words.ranks.findall(bare)) == sorted(words.ranks.findall(official)):
            return None  # 常设科技合作工作组, 科技合作常设工作组
        better = name.removesuffix(bare) + words.prefix.sub("", official, count=1)
        return (f"@variant_of:{better}", better) if better != name else None
    owner = words.owner.match(name)
    own = next((number for number, one in words.well_known if one in (sheet.record.source.title or "")), "")
    whose = words.organisations.get(owner["name"], "") if owner else own
    return ("@unknown_body", None) if whose in dict(words.well_known) else None


def contradicting_deadline(sheet: Sheet) -> Iterator[Fault]:
    """A measure that carries out a document is due before the period of the document begins.

    Good: 落实《2025—2027年联合行动计划》｜2027年前. Bad: 落实《2025—2027年联合行动计划》｜2025年1月1日前.

    Limitation: measures that only draw up a document are due before its period by right and left alone.
    """
    reading = Reading.of(sheet.document.text)
    carries_out = _words(sheet.lexicon).carries_out
    for one in sheet.record.actions:
        value = parse(one.deadline.edtf) if one.deadline and one.deadline.edtf else None
        if one.deadline is None or value is None or value.latest is None:
            continue
        match = _PERIOD.search(one.measure)
        if match is None or not carries_out.search(one.measure):
            continue
        if match["first"] < match["last"] and value.latest <= f"{match['first']}-01-01":
            values = {"number": _number(one), "due": one.deadline.text, "period": f"{match['first']}—{match['last']}"}
            yield Fault(_due_span(sheet, reading, one), values)


def unproven(sheet: Sheet, progress: Progress) -> Iterator[Fault]:
    """A measure has no evidence in the period (PLN505).

    Good: a report of the period names the measure's document or body. Bad: no source says anything about it.

    Limitation: no evidence in the sources is not the same as nothing done.
    """
    for one in progress.measures:
        if one.source == sheet.record.source.id and not any(found.strength == "direct" for found in one.evidence):
            yield Fault(one.span, {"number": str(one.number or ""), "period": progress.period})


def stale_evidence(sheet: Sheet, progress: Progress) -> Iterator[Fault]:
    """The only evidence for a measure is older than the approval of the plan (PLN506).

    Good: a sitting after the approval. Bad: a sitting of the year before it, and nothing since.

    Limitation: evidence without a date counts as new.
    """
    for one in progress.measures:
        if one.source != sheet.record.source.id or not one.evidence:
            continue
        if all(found.before_approval for found in one.evidence):
            others = tuple(Passage(found.source, found.span) for found in one.evidence[:3])
            when = one.evidence[0].date or ""
            values = {"number": str(one.number or ""), "approved": progress.approved or "", "when": when}
            yield Fault(one.span, values, others)


def progress_checks(progress: Progress) -> tuple[SheetCheck, ...]:
    """The rules that need what the sources report for the measures of a plan."""

    def find_unproven(sheet: Sheet) -> Iterator[Fault]:
        return unproven(sheet, progress)

    def find_stale(sheet: Sheet) -> Iterator[Fault]:
        return stale_evidence(sheet, progress)

    find_unproven.__doc__, find_stale.__doc__ = unproven.__doc__, stale_evidence.__doc__
    return (
        SheetCheck("PLN505", "unproven", "info", "none", find_unproven),
        SheetCheck("PLN506", "stale-evidence", "info", "none", find_stale),
    )


CHECKS = (
    SheetCheck("PLN501", "incomplete-measure", "error", "none", incomplete_measure),
    SheetCheck("PLN502", "vague-deadline", "info", "none", vague_deadline),
    SheetCheck("PLN503", "overdue", "warning", "none", overdue),
    SheetCheck("PLN504", "unknown-executor", "warning", "unsafe", unknown_executor),
    SheetCheck("PLN507", "contradicting-deadline", "error", "none", contradicting_deadline),
)
