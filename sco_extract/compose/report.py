"""Records and options become a draft."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sco_extract.compose.annexes import (
    calendar_annex,
    changes_annex,
    documents_annex,
    doubts_annex,
    matrix_annex,
    requests_annex,
)
from sco_extract.compose.chapters import Chapters, plan_title
from sco_extract.compose.material import Material, Records
from sco_extract.compose.options import Options, SectionPlan, default_sections
from sco_extract.compose.phrases import Phrases
from sco_extract.compose.title_lines import title_lines
from sco_extract.compose.verify import Unsupported, unsupported
from sco_extract.lexicon.load import Lexicon
from sco_extract.model.draft import Draft, Paragraph, Part, Section, Sentence


def compose(records: Records, options: Options, lexicon: Lexicon) -> Draft:
    """The draft that the records give for the period: equal input gives an equal draft.

    What a sentence says stands in its citations; sentences of which that is not so are listed in the annex of points to clear up.
    """
    material = Material(records, options, lexicon)
    phrases = material.phrases
    plans = options.sections.section or default_sections(lexicon)
    chapters = Chapters(material, plans)
    head, (by, to) = options.sections.head, material.bodies_of_report
    draft = Draft(
        title=title_lines(_title(options, records, phrases), lexicon),
        submitted_by=by if head.submitted_by is None else head.submitted_by,
        submitted_to=to if head.submitted_to is None else head.submitted_to,
        period=phrases.dates((options.period.edtf,)),
        status=phrases.note("status"),
        made_on=phrases.dates((options.as_of,)),
        introduction=chapters.introduction(),
        sections=tuple(chapters.section(plan) for plan in plans),
        annexes=(),
    )
    dropped = unsupported(draft, lexicon)
    draft = _without(draft, dropped, phrases)
    calendar = calendar_annex(material, chapters, plans)
    papers = documents_annex(material)
    annexes = [
        matrix_annex(material),
        calendar,
        papers,
        doubts_annex(material, dropped),
        requests_annex(material),
    ]
    if records.before is not None and options.against is not None:
        annexes.append(changes_annex(material, records.before))
    counts = _counts(material, phrases, len(papers.tables[0].rows) if papers.tables else 0)
    return replace(_with_counts(draft, counts), annexes=tuple(annexes))


def compose_requests(records: Records, options: Options, lexicon: Lexicon) -> Draft:
    """The request list alone: a draft without introduction and sections."""
    material = Material(records, options, lexicon)
    phrases = material.phrases
    title = phrases.note("requests_title", {"plan": plan_title(records.plan.source.title)})
    head, (by, _) = options.sections.head, material.bodies_of_report
    return Draft(
        title=title_lines(title, lexicon),
        submitted_by=by if head.submitted_by is None else head.submitted_by,
        submitted_to=head.submitted_to or "",
        period=phrases.dates((options.period.edtf,)),
        status=phrases.note("status"),
        made_on=phrases.dates((options.as_of,)),
        introduction=Section("introduction", "", ()),
        sections=(),
        annexes=(requests_annex(material),),
    )


def _title(options: Options, records: Records, phrases: Phrases) -> str:
    given = options.sections.head.title
    return given or phrases.note("title", {"plan": plan_title(records.plan.source.title)})


def _counts(material: Material, phrases: Phrases, papers: int) -> list[Sentence]:
    """How much there is, for which the annexes stand."""
    meetings = len(material.meetings.held)
    group = (
        "counts" if meetings and papers else "counts_meetings" if meetings else "counts_papers" if papers else "nothing"
    )
    found = [Sentence(phrases.say(group, {"meetings": str(meetings), "papers": str(papers)}), ())]
    slots = {"measures": str(len(material.records.progress.measures))}
    return [*found, Sentence(phrases.say("count_measures", slots), ())]


def _with_counts(draft: Draft, counts: Sequence[Sentence]) -> Draft:
    parts = draft.introduction.parts
    last = Part(parts[-1].heading, (*parts[-1].paragraphs, Paragraph(tuple(counts))))
    return replace(draft, introduction=replace(draft.introduction, parts=(*parts[:-1], last)))


def _without(draft: Draft, dropped: Sequence[Unsupported], phrases: Phrases) -> Draft:
    """The draft without the sentences that nothing supports; a section that loses all of them says so."""
    bad = {one.sentence for one in dropped}
    if not bad:
        return draft
    return replace(
        draft,
        introduction=_cleaned(draft.introduction, bad, phrases),
        sections=tuple(_cleaned(section, bad, phrases) for section in draft.sections),
    )


def _cleaned(section: Section, bad: set[Sentence], phrases: Phrases) -> Section:
    parts: list[Part] = []
    for part in section.parts:
        kept = [tuple(one for one in paragraph.sentences if one not in bad) for paragraph in part.paragraphs]
        if paragraphs := tuple(Paragraph(sentences) for sentences in kept if sentences):
            parts.append(Part(part.heading, paragraphs))
    nothing = Part("", (Paragraph((Sentence(phrases.say("no_meetings"), ()),)),))
    return replace(section, parts=tuple(parts) or (nothing,))


__all__ = ["Options", "Records", "SectionPlan", "compose", "compose_requests"]
