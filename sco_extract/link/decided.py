"""Human decisions about evidence: what they change in the progress of a plan."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sco_extract.link.progress.find import Collected
from sco_extract.link.progress.passages import Passage
from sco_extract.link.progress.status import first_within, is_overdue, status_of
from sco_extract.model.decisions import Link
from sco_extract.model.records import Evidence, MeasureProgress, Pending, Progress, Span
from sco_extract.model.span import Span as Range
from sco_extract.values.edtf import Value, parse

# Evidence that only a person sees has no matched terms to add up.
UNSCORED = 0.0


def apply_links(progress: Progress, links: Iterable[Link], found: Collected) -> Progress:
    """``progress`` with the ``links`` of its plan, in their order; statuses follow.

    A rejected passage is gone from evidence, context and pending. An accepted one is evidence with the strength that the
    person gave, or context where all that it tells lies outside the period: when it happened is not decided there.
    """
    measures = list(progress.measures)
    for link in links:
        if link.plan != progress.plan or link.action >= len(measures):
            continue
        one = _without(measures[link.action], link)
        if link.strength is not None:
            one = _with(one, _evidence(link, measures[link.action], progress, found), progress)
        measures[link.action] = one.model_copy(
            update={
                "status": status_of(one.deadline, one.evidence, progress.as_of),
                "overdue": is_overdue(one.deadline, one.evidence, progress.as_of),
            }
        )
    return progress.model_copy(update={"measures": measures})


def _without(measure: MeasureProgress, link: Link) -> MeasureProgress:
    def kept(one: Evidence | Pending) -> bool:
        return one.source != link.source or _shared(one.span, link.span) == 0

    return measure.model_copy(
        update={
            "evidence": [one for one in measure.evidence if kept(one)],
            "context": [one for one in measure.context if kept(one)],
            "pending": [one for one in measure.pending if kept(one)],
        }
    )


def _with(measure: MeasureProgress, proof: Evidence, progress: Progress) -> MeasureProgress:
    """The measure with ``proof`` in its place: evidence where it may lie in the period, else context."""
    when = _value(proof.date)
    period = _value(progress.period)
    name = "context" if when and period and first_within([when], period) is None else "evidence"
    proofs = [*(measure.context if name == "context" else measure.evidence), proof]
    return measure.model_copy(update={name: sorted(proofs, key=_order)})


def _evidence(link: Link, measure: MeasureProgress, progress: Progress, found: Collected) -> Evidence:
    """The program's own evidence with what the person said, or one made of the passage."""
    assert link.strength is not None
    reason = f"accepted by a person: {link.reason}"
    own = [one for one in (*measure.evidence, *measure.context) if one.source == link.source]
    near = max(own, key=lambda one: _shared(one.span, link.span), default=None)
    if near is not None and _shared(near.span, link.span):
        known = {"strength": link.strength, "reason": f"{reason}; {near.reason}", "decision": link.decision}
        return near.model_copy(update=known)
    passage, quote = _passage(link, found)
    dates: Sequence[Value] = passage.when if passage else ()
    period = _value(progress.period)
    when = (first_within(dates, period) if period else None) or (dates[0] if dates else None)
    approved = _value(progress.approved)
    return Evidence(
        source=link.source,
        span=Span(start=passage.span.start, end=passage.span.end, quote=quote) if passage else link.span,
        strength=link.strength,
        reason=reason,
        date=when.edtf if when else None,
        score=UNSCORED,
        before_approval=bool(
            when and when.latest and approved and approved.earliest and when.latest < approved.earliest
        ),
        decision=link.decision,
    )


def _passage(link: Link, found: Collected) -> tuple[Passage | None, str]:
    """The passage of the program that shares most with the person's, and its words; none in headings and tables."""
    pairs = zip(found.passages, found.quotes, strict=True)
    near = [(one, quote) for one, quote in pairs if one.source == link.source and _shared(one.span, link.span)]
    return max(near, key=lambda pair: _shared(pair[0].span, link.span), default=(None, ""))


def _shared(one: Span | Range, other: Span) -> int:
    """Characters that two spans of one source share."""
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def _value(edtf: str | None) -> Value | None:
    return parse(edtf) if edtf else None


def _order(one: Evidence) -> tuple[bool, str, str, int]:
    """As the program orders them: direct before related, then by date, source and place in the text."""
    first = _value(one.date)
    return one.strength != "direct", (first.earliest if first else None) or "9999", one.source, one.span.start
