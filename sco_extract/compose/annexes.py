"""The annexes: matrix of measures, calendar, documents, points to clear up, requests, changes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from sco_extract.compose.chapters import INTRODUCTION, Chapters, plan_title
from sco_extract.compose.evidence import Proofs, citation_of
from sco_extract.compose.material import Material
from sco_extract.compose.occasions import Occasion, called
from sco_extract.compose.options import SectionPlan
from sco_extract.compose.papers import MADE, STATES, Paper
from sco_extract.compose.phrases import Phrases
from sco_extract.compose.remarks import short
from sco_extract.compose.verify import Unsupported
from sco_extract.link.passages import loose
from sco_extract.link.when import days_of
from sco_extract.model.draft import Annex, AnnexKind, Cell, Column, Mark, Paragraph, Sentence, Table, Timeline
from sco_extract.model.records import MeasureProgress, Progress

_SHARES: dict[str, tuple[float, ...]] = {
    "matrix": (0.055, 0.195, 0.075, 0.16, 0.065, 0.45),
    "calendar": (0.08, 0.19, 0.34, 0.14, 0.12, 0.13),
    "documents": (0.52, 0.14, 0.2, 0.14),
    "doubts": (0.24, 0.38, 0.38),
    "pending": (0.6, 0.4),
    "requests": (0.08, 0.51, 0.16, 0.25),
    "changes": (0.5, 0.25, 0.25),
}
Row = tuple[Cell, ...]
# Rows that share a cell: more may cross a page, and the next page would not say what is asked.
MERGED = 8


def text_cell(text: str) -> Cell:
    """A cell of one line without citations; none for ''."""
    return Cell((text,) if text else ())


def table(kind: str, caption: str, rows: Iterable[Row], phrases: Phrases) -> Table:
    """A table with the columns that ``phrases`` has for its kind."""
    columns = zip(phrases.notes(f"columns_{kind}"), _SHARES[kind], strict=True)
    return Table(caption, tuple(Column(heading, share) for heading, share in columns), tuple(rows))


def _annex(
    kind: AnnexKind, tables: Sequence[Table], phrases: Phrases, heading: str = "", intro: tuple[Paragraph, ...] = ()
) -> Annex:
    filled = tuple(one for one in tables if one.rows)
    return Annex(kind, heading or phrases.note(f"annex_{kind}"), intro, filled, empty=phrases.note("empty"))


def _measures_intro(material: Material) -> tuple[Paragraph, ...]:
    """Where the measures of the plan stand, once for all rows; nothing where there is none."""
    measures = material.records.progress.measures
    if not measures:
        return ()
    cited = [citation_of(material, one.source, one.span) for one in measures]
    first, last = min(one.paragraph for one in cited), max(one.paragraph for one in cited)
    where = material.phrases.note("measures_where", {"first": str(first), "last": str(last)}) if first < last else ""
    slots = {"count": str(len(measures)), "plan": plan_title(material.records.plan.source.title), "where": where}
    return (Paragraph((Sentence(material.phrases.note("measures", slots), (cited[0],)),)),)


# --- Measures -------------------------------------------------------------------------------------------------------------


def matrix_annex(material: Material) -> Annex:
    """Every measure with deadline, executors, status and evidence; a table for each sub-area of the plan."""
    proofs = Proofs(material)
    measures = list(enumerate(material.records.progress.measures, 1))
    tables: list[Table] = []
    for (area, subarea), members in groupby(measures, lambda pair: (pair[1].area, pair[1].subarea)):
        caption = " / ".join(filter(None, (area, subarea)))
        rows = [_measure_row(number, one, material, proofs) for number, one in members]
        tables.append(table("matrix", caption, rows, material.phrases))
    return _annex("matrix", tables, material.phrases, intro=_measures_intro(material))


def _measure_row(number: int, one: MeasureProgress, material: Material, proofs: Proofs) -> Row:
    return (
        text_cell(str(number)),
        text_cell(one.measure),
        text_cell(one.deadline.text if one.deadline else ""),
        Cell(("、".join(one.executors),) if one.executors else ()),
        text_cell(one.status),
        proofs.cell(one),
    )


def requests_annex(material: Material) -> Annex:
    """What each executing body is asked to supply: a table a body, in the order of the plan."""
    phrases = material.phrases
    asked: dict[str, list[tuple[int, MeasureProgress]]] = {}
    names: dict[str, str] = {}
    for number, one in enumerate(material.records.progress.measures, 1):
        for name in one.executors or [phrases.note("no_executor")]:
            key = _body_key(name, material)
            names[key] = max(names.get(key, ""), name, key=len)
            asked.setdefault(key, []).append((number, one))
    tables = [
        table("requests", names[key], _request_rows(measures, material), phrases) for key, measures in asked.items()
    ]
    return _annex("requests", tables, phrases, intro=_measures_intro(material))


def _request_rows(measures: Sequence[tuple[int, MeasureProgress]], material: Material) -> Iterable[Row]:
    """The measures of a body: those of one status and one request follow each other and share the cell that says so."""

    def asked(pair: tuple[int, MeasureProgress]) -> tuple[str, str]:
        return pair[1].status, material.phrases.note(f"request_{_wanted(pair[1])}")

    kinds = list(dict.fromkeys(map(asked, measures)))
    for said, group in groupby(sorted(measures, key=lambda pair: kinds.index(asked(pair))), asked):
        members = list(group)
        for at, (number, one) in enumerate(members):
            rows = min(MERGED, len(members) - at) if at % MERGED == 0 else 0
            yield (
                text_cell(str(number)),
                text_cell(one.measure),
                text_cell(one.deadline.text if one.deadline else ""),
                Cell(said if rows else (), span_rows=rows),
            )


def _wanted(one: MeasureProgress) -> str:
    """Which request fits the status: first that a deadline has passed, then what evidence there is."""
    if one.overdue:
        return "overdue"
    if any(proof.strength == "direct" for proof in one.evidence):
        return "direct"
    if one.evidence:
        return "related"
    if one.deadline and one.deadline.kind in ("regular", "annual"):
        return "regular"
    return "open" if one.deadline and one.deadline.kind in ("by", "range") else "none"


def _body_key(name: str, material: Material) -> str:
    """What is left of a body's name without its organisation: one body is called by its long and its short name."""
    key = name
    for organisation in material.lexicon.organisation:
        for known in sorted((organisation.name, *organisation.aliases), key=len, reverse=True):
            if key.startswith(known) and len(key) > len(known) + 2:
                key = key[len(known) :]
                break
    members = material.phrases.words("members")
    prefix = next((word for word in members if key.startswith(word) and len(key) > len(word) + 2), "")
    return loose(key[len(prefix) :])


# --- Calendar and documents --------------------------------------------------------------------------------------------------


def calendar_annex(material: Material, chapters: Chapters, plans: Sequence[SectionPlan]) -> Annex:
    """All meetings of the period in time order, with a picture of them."""
    phrases = material.phrases
    headings = {plan.id: plan.heading for plan in plans}
    headings[INTRODUCTION] = phrases.note("lane_other")
    held = sorted(material.meetings.held, key=lambda one: (one.first, one.name))
    rows = [
        (
            text_cell(str(number)),
            text_cell(phrases.dates(one.dates)),
            Cell((called(one, phrases),), one.citations, one.doubts),
            text_cell(_where(one, phrases)),
            text_cell(one.host or ""),
            text_cell(_field(headings[chapters.key_of(one)], phrases)),
        )
        for number, one in enumerate(held, 1)
    ]
    annex = _annex("calendar", [table("calendar", "", rows, phrases)], phrases)
    if not rows:
        return annex
    marks = tuple(_marks(held, chapters, headings))
    period = phrases.dates((material.period.edtf,))
    picture = Timeline(
        phrases.note("timeline_title", {"period": period}),
        material.period.earliest or "",
        material.period.latest or "",
        marks,
        phrases.note("timeline_alt", {"period": period, "count": str(len(held))}),
    )
    return Annex(annex.kind, annex.heading, annex.intro, annex.tables, picture, annex.empty)


def _field(heading: str, phrases: Phrases) -> str:
    """A section's heading without what all headings have."""
    for group in ("section", "section_plain"):
        heading = heading.removesuffix(phrases.note(group, {"sector": ""}))
    return heading


def _where(one: Occasion, phrases: Phrases) -> str:
    video, hybrid = phrases.notes("mode")
    if one.mode == "video":
        return video
    if one.mode == "hybrid":
        return f"{one.place}（{hybrid}）" if one.place else hybrid
    return one.place or ""


def _marks(held: Sequence[Occasion], chapters: Chapters, headings: dict[str, str]) -> Iterable[Mark]:
    """A mark for each date of up to a month, lanes in the order of the sections; longer ranges would be bars over everything."""
    lanes = [INTRODUCTION, *(key for key in headings if key != INTRODUCTION)]
    for number, one in sorted(enumerate(held, 1), key=lambda pair: lanes.index(chapters.key_of(pair[1]))):
        for date in one.dates:
            days = days_of(date)
            if days is not None and days.length <= 31:
                yield Mark(
                    str(days.first),
                    str(days.last),
                    called(one, chapters.phrases),
                    headings[chapters.key_of(one)],
                    number,
                )


def documents_annex(material: Material) -> Annex:
    """The documents of the period with what was done with them; those of meetings with day and place of the meeting."""
    phrases = material.phrases
    labels = dict(zip(STATES_SHOWN, phrases.notes("state"), strict=True))
    adopted = {loose(paper.title): (one, paper.verb) for one in material.meetings.held for paper in one.adopted}
    rows: list[tuple[tuple[int, str], Row]] = []
    for one in material.papers:
        at, verb = adopted.get(loose(one.title), (None, ""))
        date = one.date or (at.dates[0] if at and len(at.dates) == 1 else None)
        place = one.place or (at.place if at else None)
        state = verb or (one.verb if one.verb and one.state in MADE else labels[one.state])
        citations = (*one.citations, *(at.citations if at else ()))
        title = phrases.note("draft", {"title": one.title}) if one.draft else one.title
        rank = 0 if at else STATES.index(one.state)
        row = (
            Cell((title,), tuple(dict.fromkeys(citations)), one.doubts),
            text_cell(state),
            text_cell(phrases.dates((date,)) if date else ""),
            text_cell(place or ""),
        )
        rows.append(((rank if date is None else -1, date or ""), row))
    ordered = [row for _, row in sorted(rows, key=lambda pair: pair[0])]
    return _annex("documents", [table("documents", "", ordered, phrases)], phrases)


STATES_SHOWN = (
    "adopted",
    "approved",
    "signed",
    "agreed",
    "extended",
    "drafting",
    "decision",
    "dated",
    "implementing",
    "mentioned",
)

# --- Points to clear up ---------------------------------------------------------------------------------------------------


def doubts_annex(material: Material, dropped: Sequence[Unsupported]) -> Annex:
    """Contradictions, announcements without a trace, pending passages, and what was left out of the text."""
    phrases = material.phrases
    tables = [
        table("doubts", phrases.note("caption_contradictions"), _contradictions(material), phrases),
        table("pending", phrases.note("caption_trace"), _untraced(material), phrases),
        table("pending", phrases.note("caption_pending"), _pending(material), phrases),
        table("pending", phrases.note("caption_dropped"), _dropped(dropped, phrases), phrases),
        table("pending", phrases.note("caption_foreign"), _foreign(material), phrases),
    ]
    return _annex("doubts", tables, phrases)


def _contradictions(material: Material) -> Iterable[Row]:
    _ = material.meetings, material.papers  # their findings are those that matter here
    for one in material.remarks.found():
        assert one.span is not None
        other = one.related[0]
        yield (
            text_cell(material.remarks.title(one)),
            Cell((short(one.span.quote),), (citation_of(material, one.source, one.span),)),
            Cell((short(other.span.quote),), (citation_of(material, other.source, other.span),)),
        )


def _untraced(material: Material) -> Iterable[Row]:
    phrases = material.phrases
    for one in material.meetings.untraced:
        when = phrases.dates(one.dates)
        yield Cell((one.name,), one.citations, one.doubts), text_cell(phrases.note("trace", {"when": when}))


def _pending(material: Material) -> Iterable[Row]:
    phrases = material.phrases
    for number, measure in enumerate(material.records.progress.measures, 1):
        for one in measure.pending:
            words = phrases.note(f"pending_{_reason(one.reason)}")
            slots = {"number": str(number), "measure": measure.measure}
            yield (
                Cell((phrases.note("measure", slots),), (citation_of(material, one.source, one.span),)),
                text_cell(words),
            )


def _reason(reason: str) -> str:
    """The kind of a pending passage, from the first word of the record's reason."""
    starts = {"not": "not_held", "a need": "need", "announced": "future"}
    return next((kind for start, kind in starts.items() if reason.startswith(start)), "wish")


def _dropped(dropped: Sequence[Unsupported], phrases: Phrases) -> Iterable[Row]:
    for one in dropped:
        slots = {"what": "、".join(one.what)}
        yield Cell((one.sentence.text,), one.sentence.citations), text_cell(phrases.note("dropped", slots))


def _foreign(material: Material) -> Iterable[Row]:
    phrases = material.phrases
    for one in material.meetings.foreign:
        slots = {"when": phrases.dates(one.dates)}
        yield Cell((one.name,), one.citations, one.doubts), text_cell(phrases.note("foreign", slots))


# --- Year on year ---------------------------------------------------------------------------------------------------------


def changes_annex(material: Material, before: Progress) -> Annex:
    """What differs from another period: measures that moved, bodies that did not meet again, documents that came into being."""
    phrases = material.phrases
    against = material.options.against
    assert against is not None
    earlier = Material(material.records, material.options, material.lexicon, against)
    tables = [
        table("changes", phrases.note("caption_moved"), _moved(material, before), phrases),
        table("changes", phrases.note("caption_lapsed"), _lapsed(material, earlier), phrases),
        table("changes", phrases.note("caption_new"), _new(material, earlier), phrases),
    ]
    heading = phrases.note("annex_changes", {"against": phrases.dates((against.edtf,))})
    return _annex("changes", tables, phrases, heading)


def _moved(material: Material, before: Progress) -> Iterable[Row]:
    proofs = Proofs(material)
    statuses = {one.action: one for one in before.measures}
    for number, one in enumerate(material.records.progress.measures, 1):
        old = statuses.get(one.action)
        if old is not None and old.status != one.status:
            slots = {"number": str(number), "measure": one.measure}
            now = proofs.cell(one)
            yield (
                Cell((material.phrases.note("measure", slots),), (citation_of(material, one.source, one.span),)),
                Cell((old.status,), proofs.cell(old).citations),
                Cell((one.status,), now.citations),
            )


def _lapsed(material: Material, earlier: Material) -> Iterable[Row]:
    met = {one.key for one in material.meetings.held}
    lapsed: dict[str, list[Occasion]] = {}
    for one in earlier.meetings.held:
        if one.key not in met:
            lapsed.setdefault(one.key, []).append(one)
    for group in lapsed.values():
        dates = "、".join(material.phrases.dates(one.dates) for one in group)
        citations = tuple(dict.fromkeys(citation for one in group for citation in one.citations))
        yield Cell((group[0].name,), citations), text_cell(dates), text_cell("")


def _new(material: Material, earlier: Material) -> Iterable[Row]:
    def made(one: Paper) -> bool:
        return one.state in MADE

    known = {one.id: one for one in earlier.papers}
    for one in material.papers:
        old = known.get(one.id)
        if made(one) and (old is None or old.state != one.state) and one.state not in ("drafting",):
            label = dict(zip(STATES_SHOWN, material.phrases.notes("state"), strict=True))
            yield (
                Cell((one.title,), one.citations, one.doubts),
                text_cell(label[old.state] if old else ""),
                text_cell(one.verb or label[one.state]),
            )
