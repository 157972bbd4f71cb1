"""Whether an event was held, lies ahead, or was not held."""

from __future__ import annotations

from sco_extract.extract.meetings.attributes import Sitting
from sco_extract.extract.meetings.clause import Clause, Context
from sco_extract.extract.meetings.names import EventName
from sco_extract.model.mentions import MeetingStatus


def read_status(context: Context, name: EventName, clause: Clause, sitting: Sitting) -> MeetingStatus:
    """Held unless bracket, verb or clause say otherwise, or the date lies behind the document's own."""
    passage, vocabulary = context.passage, context.vocabulary
    bracket = passage.group_starting_at(name.end)
    if bracket is not None and vocabulary.cancelled.search(passage.text, *bracket):
        return "not_held"
    if bracket is not None and vocabulary.tentative.search(passage.text, *bracket):
        return "planned"
    moved = vocabulary.moved.match(passage.masked, name.end)
    if moved is not None and clause.verb is None:
        return "planned"
    end = min(clause.end + 10, passage.sentence_end(name.end))
    if not moved and vocabulary.cancelled.search(passage.masked, max(name.end, clause.start), end):
        return "not_held"
    said = None if moved else _by_verb(context, name, clause)
    if (
        said == "planned"
        and sitting.dates
        and context.document_date
        and not _after(sitting.dates, context.document_date)
    ):
        agreed = vocabulary.planned.search(passage.masked, clause.start, clause.verb[0] if clause.verb else name.start)
        return "planned" if agreed else "held"  # 支持继续举办X（2023年12月17日） in a paper of 2024
    if said is not None:
        return said
    agreed = vocabulary.support_before.search(passage.masked, max(0, name.edge - 8), name.edge)
    if agreed and clause.verb and not clause.before:
        return "planned"
    if name.sitting == "next" or _after(sitting.dates, context.document_date):
        return "planned"
    return "held"


def _by_verb(context: Context, name: EventName, clause: Clause) -> MeetingStatus | None:
    """未能举行, 将于…举行, 支持举办: what stands before the verb of holding."""
    if clause.verb is None:
        return None
    passage, vocabulary, verb = context.passage, context.vocabulary, clause.verb[0]
    if vocabulary.not_held.search(passage.masked[max(clause.start, verb - 12) : verb]):
        return "not_held"
    around = (
        passage.masked[max(clause.start, verb - 40) : min(verb, name.start)]
        + "\n"
        + passage.masked[max(name.end, clause.start) : verb]
    )
    if vocabulary.planned.search(around):
        return "planned"
    if vocabulary.awaited.search(passage.masked, clause.start, verb):
        return "planned"
    done = passage.masked[clause.verb[1] - 1 : clause.verb[1] + 1]
    agreed = vocabulary.support.search(passage.masked, clause.start, verb)
    return "planned" if clause.before and agreed and not set(done) & set("了过的") else None


def _after(dates: list[str], document_date: str | None) -> bool:
    """Whether every date lies behind the document's date, as far as both are known."""
    if not dates or not document_date:
        return False
    own = document_date.split("/")[-1]
    starts = [date.split("/")[0] for date in dates]
    return all(start[: len(own)] > own[: len(start)] for start in starts if start and start != "..")
