"""What the text behind a title says of it, and the date before it that the clause goes on from."""

from __future__ import annotations

import re

from sco_extract.extract.instruments.context import CLAUSE_END, Facts, Surroundings, in_bracket, usable
from sco_extract.model.mentions import InstrumentAction

_ENDS = re.compile(r"[《\n；！？]")


def facts_later(around: Surroundings, at: int, kind: str | None) -> tuple[Facts, InstrumentAction | None]:
    """《X》… 。该文件于2024年7月4日批准: what the next sentence says of the document just named."""
    stop = around.text.find("。", at, at + 80)
    if stop < 0 or _ENDS.search(around.text, at, stop):
        return Facts(), None
    found = around.words.later.match(around.text, stop + 1)
    if not found or (found["noun"] != kind and found["noun"] not in around.lexicon.words("instrument_any")):
        return Facts(), None
    facts, action, _ = facts_after(around, found.end())
    return facts, action


def facts_after(around: Surroundings, at: int) -> tuple[Facts, InstrumentAction | None, bool]:
    """《X》于2001年6月15日在上海签署: facts, action, and whether 均 or the like spreads them over the list before."""
    text, words = around.text, around.words
    limit = at + 60
    dates = around.dates_in(at, min(limit, len(text)))
    if dates:
        date = dates[0]
        lead = words.dated_after.fullmatch(text[at : date.start])
        stop = CLAUSE_END.search(text, date.end, limit)
        end = stop.start() if stop else min(limit, len(text))
        if (
            stop
            and stop[0] in "，,"
            and (place := around.places.at(around.text, date.end + 1))
            and stop.start() <= date.end
        ):
            end = place[1] + 8
        verb = words.verb.search(text, date.end, end)
        if lead and verb and words.actions[verb[0]] in {"adopted", "approved", "signed"} and usable(date):
            place_found = around.last_place(date.end, verb.start()) or around.last_place(
                max(at, date.start - 10), date.start
            )
            return Facts(usable(date), place_found), words.actions[verb[0]], bool(lead["both"])
    where, behind = _place_behind(around, at)
    if passive := words.passive.match(text, behind):
        return Facts(None, where), words.actions[passive["verb"]], False
    return Facts(), None, False


def _place_behind(around: Surroundings, at: int) -> tuple[str | None, int]:
    """《X》在吉隆坡｜签署: the place between a title and its verb, and where it ends; None and ``at`` where there is none."""
    lead = around.words.passive_at.match(around.text, at)
    found = around.places.at(around.text, lead.end()) if lead else None
    return found or (None, at)


def date_ahead(around: Surroundings, start: int) -> str | None:
    """2025年10月28日，《X》在吉隆坡签署: the date before the title at ``start`` that the clause behind it goes on from."""
    text, words = around.text, around.words
    low = around.sentence_start(start)
    dates = around.dates_in(low, start)
    if not dates or in_bracket(text, dates[-1].start, low):
        return None
    date = dates[-1]
    between = text[date.end : start]
    if words.date_lead.search(text[max(low, date.start - 6) : date.start]) or words.date_tail.match(text, date.end):
        return None
    if not words.date_clause.match(between) or any(found.search(between) for found in (words.verb, words.saying)):
        return None
    return usable(date)
