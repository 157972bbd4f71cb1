"""Gather from an output folder what a report is composed from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sco_extract.compose.material import Records
from sco_extract.lexicon.load import Lexicon
from sco_extract.link.decided import apply_links
from sco_extract.link.progress.find import Asked, Collected, find_progress
from sco_extract.model.records import Progress, SourceFile
from sco_extract.run.store import Store
from sco_extract.values.edtf import Value


class EmptyPeriodError(ValueError):
    """No source tells of anything within the period; the message names it and says what to do."""


@dataclass(frozen=True, slots=True)
class Asking:
    """The plan's source and the periods, the second of them to compare with."""

    plan: SourceFile
    period: Value
    as_of: str
    against: Value | None = None


def gather(store: Store, asking: Asking, lexicon: Lexicon) -> Records:
    """The records of the run with the progress of the plan; ``EmptyPeriodError`` where they tell nothing of it.

    Raises ``ReadError`` as ``Store`` does.
    """
    sources = {identity: store.source(identity) for identity in store.ids}
    found = Collected()
    for identity, record in sources.items():
        if identity != asking.plan.source.id:
            found.add(record, lexicon)
    for period in filter(None, (asking.period, asking.against)):
        if not found.in_period(period):
            raise EmptyPeriodError(
                f"no source in {store.folder} reports anything within {period.edtf}; ingest a report of that period, or widen it"
            )
    actions = list(store.actions())
    plan = asking.plan.source.id
    ids = {mention.span.start: one.id for one in actions for mention in one.mentions if mention.source == plan}
    return Records(
        plan=asking.plan,
        sources=sources,
        meetings=list(store.meetings()),
        documents=list(store.documents()),
        bodies=list(store.bodies()),
        findings=list(store.findings()),
        progress=_progress(store, asking, ids, found, lexicon),
        organisations=found.organisations,
        before=_before(store, asking, ids, found, lexicon),
    )


def _progress(store: Store, asking: Asking, ids: Mapping[int, str], found: Collected, lexicon: Lexicon) -> Progress:
    asked = Asked(asking.plan, asking.period, asking.as_of, ids)
    return apply_links(find_progress(asked, found, lexicon), store.decided().links, found)


def _before(
    store: Store, asking: Asking, ids: Mapping[int, str], found: Collected, lexicon: Lexicon
) -> Progress | None:
    """The progress of the period to compare with, as of its own last day."""
    if asking.against is None:
        return None
    earlier = Asking(asking.plan, asking.against, asking.against.latest or asking.as_of)
    return _progress(store, earlier, ids, found, lexicon)
