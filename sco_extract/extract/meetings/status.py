"""Whether an event was held, lies ahead, or was not held."""

from __future__ import annotations

from sco_extract.extract.meetings.attributes import Sitting
from sco_extract.extract.meetings.clause import Clause, Context
from sco_extract.extract.meetings.names import EventName
from sco_extract.model.mentions import MeetingStatus

_BEHIND = 40  # code points behind a clause in which 未能如期举行 may still speak of it


def read_status(context: Context, name: EventName, clause: Clause, sitting: Sitting) -> MeetingStatus:
    """Held unless bracket, verb or clause say otherwise, or the date lies behind the document's own."""
    passage, vocabulary = context.passage, context.vocabulary
    moved = vocabulary.clauses.moved.match(passage.masked, name.end)
    bracket = passage.group_starting_at(name.end)
    if bracket is not None and vocabulary.status.tentative.search(passage.text, *bracket):
        return "planned"
    if moved is not None and clause.verb is None:
        return "planned"
    if _called_off(context, name, clause, moved_on=moved is not None):
        return "not_held"
    said = None if moved else _by_verb(context, name, clause)
    if (
        said == "planned"
        and sitting.dates
        and context.document_date
        and not _after(sitting.dates, context.document_date)
    ):
        ahead = vocabulary.status.planned.search(
            passage.masked, clause.start, clause.verb[0] if clause.verb else name.start
        )
        return "planned" if ahead else "held"  # 支持继续举办X（2023年12月17日） in a paper of 2024
    agreed = vocabulary.status.support_before.search(passage.masked, max(0, name.edge - 8), name.edge)
    agreed_ahead = agreed and clause.verb and not clause.before
    if said is None and (agreed_ahead or name.sitting == "next" or _after(sitting.dates, context.document_date)):
        return "planned"
    if said is None and not context.document_date and _prepared(context, name, clause):
        return "planned"
    return said or "held"


def _prepared(context: Context, name: EventName, clause: Clause) -> bool:
    """筹备X, X（date，place）的筹备工作: only the preparation is told; the date of the document would say more."""
    passage, words = context.passage, context.vocabulary.status
    if words.preparing_before.search(passage.masked, max(0, name.edge - 6), name.edge):
        return clause.verb is None
    bracket = passage.group_starting_at(name.end)
    found = words.preparing_behind.match(passage.masked, bracket[1] if bracket else name.end)
    return found is not None and (clause.verb is None or clause.verb[0] >= found.end())


def _called_off(context: Context, name: EventName, clause: Clause, *, moved_on: bool) -> bool:
    """取消 in the bracket, behind the name, in front of 原定; 未能如期举行 behind the clause."""
    passage, vocabulary = context.passage, context.vocabulary
    bracket = passage.group_starting_at(name.end)
    if bracket is not None and vocabulary.status.cancelled.search(passage.text, *bracket):
        return True
    if vocabulary.status.called_off.search(passage.masked, clause.start, max(clause.start, name.start)):
        return True
    start, last = max(name.end, clause.start), passage.stops.sentence_end(name.end)
    if vocabulary.status.failed.search(passage.masked, clause.end, min(clause.end + _BEHIND, last + 1)):
        return True
    end = min(clause.end + 10, last)
    shifted = moved_on or vocabulary.clauses.moved.search(passage.masked, start, max(end, clause.end))
    return not shifted and vocabulary.status.cancelled_here.search(passage.masked, start, end + 1) is not None


def _by_verb(context: Context, name: EventName, clause: Clause) -> MeetingStatus | None:
    """未能举行, 将于…举行, 支持举办: what stands before the verb of holding."""
    if clause.verb is None:
        return None
    passage, vocabulary, verb = context.passage, context.vocabulary, clause.verb[0]
    if vocabulary.status.not_held.search(
        passage.masked[max(clause.start, name.end if not clause.before else 0, verb - 40) : verb]
    ):
        return "not_held"
    around = (
        passage.masked[max(clause.start, verb - 40) : min(verb, name.start)]
        + "\n"
        + passage.masked[max(name.end, clause.start) : verb]
    )
    if vocabulary.status.planned.search(around):
        return "planned"
    if vocabulary.status.awaited.search(passage.masked, clause.start, verb):
        return "planned"
    done = passage.masked[clause.verb[1] - 1 : clause.verb[1] + 1]
    agreed = vocabulary.clauses.support.search(passage.masked, clause.start, verb)
    return "planned" if clause.before and agreed and not set(done) & set("了过的") else None


def _after(dates: list[str], document_date: str | None) -> bool:
    """Whether every date lies behind the document's date, as far as both are known."""
    if not dates or not document_date:
        return False
    own = document_date.split("/")[-1]
    starts = [date.split("/")[0] for date in dates]
    return all(start[: len(own)] > own[: len(start)] for start in starts if start and start != "..")
