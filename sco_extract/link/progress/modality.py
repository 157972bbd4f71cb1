"""Does a sentence report a deed, or a need, a wish, a plan, a failure, or only what somebody thinks?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from sco_extract.link.progress.passages import Passage
from sco_extract.link.progress.words import Words

Modality = Literal["done", "not_done", "need", "wish", "future", "stance", "said", "none"]

_TITLE = re.compile(r"《(?:[^《》]|《[^《》]*》)*》|“[^“”]*”|「[^「」]*」|（[^（）]*）|\([^()]*\)")
_OPEN: tuple[Modality, ...] = ("need", "wish", "future", "not_done")
# 在…框架下 tells the setting, 在南宁建成… where something was done.
_PLACE = re.compile(r"在(?![^，]*[下中上内时后前间](?:$|[，]))")
_CLAUSE = re.compile(r"[，,；;：:]")


def modality(passage: Passage, words: Words) -> Modality:
    """What the sentence of ``passage`` tells, by its verbs and what governs them.

    A perfective (通过了, 已启动) is a deed where nothing speaks of a need. A verb behind 有必要, 建议, 将于 or 强调 is none; so is
    one in a clause of purpose (为落实…) and in a clause that ends with 尤为重要. A failure in the last clause (未能召开) goes
    before a deed in an earlier one. A sentence without any of these tells of a deed where it goes on about an event.
    """
    text = _TITLE.sub("", passage.text)
    clauses = [clause for clause in _CLAUSE.split(text) if clause.strip()]
    if not clauses:
        return "none"
    if any(one.status == "not_held" for one in passage.meetings) or words.not_done.search(clauses[-1]):
        return "not_done"
    told = list(_told(clauses, words))
    open_: Modality = next((one for one in told if one in _OPEN), "none")
    if words.proposal.search(text) and told.count("done") < 2:
        return "said"  # 提出了建立对话的建议
    if "done" in told or (open_ == "none" and words.perfective.search(text)):
        return "done"
    held = any(one.status == "held" for one in passage.meetings)
    if "stance" in told and passage.basis == "sentence" and held:
        return "done"  # 注意到…会议（2023年5月10日，新德里）成果: the meeting was held
    if "stance" in told and passage.basis == "event" and words.speakers.search(clauses[0]):
        return "said"
    if open_ != "none" or "stance" in told:
        return open_ if open_ != "none" else "stance"
    if passage.meetings and all(one.status == "planned" for one in passage.meetings):
        return "future"
    return "done" if held or passage.basis == "event" else "none"


def _told(clauses: list[str], words: Words) -> Iterator[Modality]:
    """What each clause tells; what governs one clause governs the following ones."""
    governed: Modality = "none"
    for number, clause in enumerate(clauses):
        if words.need_after.search(clause):
            yield "need"
            continue
        if number < len(clauses) - 1 and governed == "none" and _is_setting(clause, words):
            continue
        at, kind = _governor(clause, words)
        verb = next(
            (one for one in words.done.finditer(clause) if not words.attribute.match(clause, one.start())), None
        )
        if governed == "none" and verb and verb.start() < at:
            yield "done"
        elif governed != "none" or kind != "none":
            yield kind if governed in ("none", "stance") and kind != "none" else governed
        if governed in ("none", "stance") and kind != "none":
            governed = kind


def _is_setting(clause: str, words: Words) -> bool:
    """Is it a clause of purpose, reason or setting (为落实…, 在…框架内), which tells no deed? 在南宁建成… tells one."""
    placed = _PLACE.match(clause) and words.done.search(clause)
    return bool(words.purpose.match(clause)) and not placed


def _governor(clause: str, words: Words) -> tuple[int, Modality]:
    """The first word in ``clause`` that takes the verbs behind it away from the deeds, and its kind."""
    kinds: tuple[tuple[Modality, re.Pattern[str]], ...] = (
        ("not_done", words.not_done),
        ("need", words.need),
        ("wish", words.wish),
        ("future", words.future),
        ("stance", words.stance),
    )
    found = [(match.start(), number) for number, (_, pattern) in enumerate(kinds) if (match := pattern.search(clause))]
    if not found:
        return len(clause), "none"
    at, number = min(found)
    return at, kinds[number][0]
