"""Introduction and sections: what belongs where, and in what order it is told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from sco_extract.compose.facts import ORDINAL, fold_names, normal
from sco_extract.compose.material import Material
from sco_extract.compose.occasions import Occasion, is_meeting
from sco_extract.compose.options import SectionPlan
from sco_extract.compose.papers import Paper
from sco_extract.compose.say import Speaker, merge
from sco_extract.compose.sources import Place, Source
from sco_extract.link.passages import loose
from sco_extract.model.draft import Citation, Paragraph, Part, Section, Sentence

INTRODUCTION = "introduction"
# Sentences of one paragraph: about ten lines in the form of the report.
LENGTH = 4


class Chapters:
    """Sorts occasions and papers into sections and tells them."""

    def __init__(self, material: Material, plans: Sequence[SectionPlan]) -> None:
        self.material = material
        self.plans = plans
        self.phrases = material.phrases
        self.speaker = Speaker(self.phrases)
        held = material.meetings.held
        said = {loose(paper.title) for one in held if not self.is_summit(one.name) for paper in one.adopted}
        top = {loose(paper.title) for one in held if self.is_summit(one.name) for paper in one.adopted}
        plan = fold_names(material.records.plan.source.title or "", material.lexicon)
        papers = [
            one for one in material.papers
            if one.state != "mentioned" and loose(one.title) not in said
            and (one.state != "implementing" or fold_names(one.title, material.lexicon) != plan)
        ]  # fmt: skip
        # What a summit adopted is told there, and again in the section whose subject it is.
        self.papers = [one for one in papers if loose(one.title) not in top or self.paper_key(one) != INTRODUCTION]

    def key_of(self, one: Occasion) -> str:
        """The section of a meeting: summits are told in the introduction."""
        if self.is_summit(one.name):
            return INTRODUCTION
        return self._section(one.name, one.heading, one.sector) or INTRODUCTION

    def paper_key(self, one: Paper) -> str:
        """The section of a document: that of the heading it stands under, else by the words of its title."""
        if one.state == "implementing":
            return self._by_heading(one.heading) or INTRODUCTION
        return self._by_heading(one.heading) or self._by_words(one.title) or INTRODUCTION

    def is_summit(self, name: str) -> bool:
        """Do heads of state or government meet?"""
        name = ORDINAL.sub("", name)
        return any(word in name for word in self.phrases.words("summits")) and not any(
            word in name for word in self.phrases.words("summits_not")
        )

    def _section(self, name: str, heading: str, sector: str | None) -> str | None:
        if sector is not None and (found := next((one.id for one in self.plans if sector in one.sectors), None)):
            return found
        return self._by_words(name) or self._by_heading(heading)

    def _by_heading(self, heading: str) -> str | None:
        named = [one.id for one in self.plans if one.heading in heading]
        sectors = {sector.id: sector.name for sector in self.material.lexicon.sector}
        named += [one.id for one in self.plans for sector in one.sectors if sectors.get(sector, "\n") in heading]
        unique = list(dict.fromkeys(named))
        return unique[0] if len(unique) == 1 else self._by_words(heading)

    def _by_words(self, text: str) -> str | None:
        """The section with the most of its words in ``text``; None at a tie."""
        counted = sorted(((sum(word in text for word in one.words), one.id) for one in self.plans), reverse=True)
        if not counted or counted[0][0] == 0 or (len(counted) > 1 and counted[0][0] == counted[1][0]):
            return None
        return counted[0][1]

    # --- Sections ---------------------------------------------------------------------------------------------------------

    def section(self, plan: SectionPlan) -> Section:
        """A section: meetings, then events, documents, what was not held and what is to come."""
        groups = self.material.meetings
        held = [one for one in groups.held if self.key_of(one) == plan.id]
        meetings = [one for one in held if is_meeting(one.name, self.phrases)]
        days = {(one.dates, one.place) for one in meetings if one.place}
        events = [one for one in held if one not in meetings and (one.dates, one.place) not in days]
        meetings += [one for one in held if one not in meetings and (one.dates, one.place) in days]
        turn = self.speaker.turn
        told = [list(self.speaker.meetings(group)) for group in (meetings, events)]
        named = list(self.speaker.papers([one for one in self.papers if self.paper_key(one) == plan.id]))
        if sum(map(len, told)) <= LENGTH or len(told[1]) == 1:
            self.speaker.turn = turn
            told = [list(self.speaker.meetings([*meetings, *events]))]
        if len(told[0]) + len(named) <= LENGTH and len(told) == 1:
            told, named = [[*told[0], *named]], []
        paragraphs = [one for group in told for one in self._paragraphs(group)]
        papers = self._paragraphs(named)
        absent = [one for one in groups.absent if self.key_of(one) == plan.id]
        planned = [one for one in groups.planned if self.key_of(one) == plan.id]
        ahead = self._paragraphs([*self.speaker.absent(absent), *self.speaker.planned(planned)])
        parts = self._parts([("part_meetings", paragraphs), ("part_documents", papers), ("part_open", ahead)])
        return Section(plan.id, plan.heading, parts or (self._nothing(),))

    def _parts(self, named: Sequence[tuple[str, Sequence[Paragraph]]]) -> tuple[Part, ...]:
        """Parts with headings; a short section (a page holds about a dozen sentences) goes without them."""
        filled = [(name, tuple(paragraphs)) for name, paragraphs in named if paragraphs]
        count = sum(len(one.sentences) for _, paragraphs in filled for one in paragraphs)
        if len(filled) < 2 or count < 2 * LENGTH:
            return (Part("", tuple(one for _, paragraphs in filled for one in paragraphs)),) if filled else ()
        return tuple(Part(self.phrases.note(name), paragraphs) for name, paragraphs in filled)

    def _nothing(self) -> Part:
        return Part("", (Paragraph((Sentence(self.phrases.say("no_meetings"), ()),)),))

    def _paragraphs(self, sentences: Iterable[Sentence]) -> list[Paragraph]:
        every = list(sentences)
        count = -(-len(every) // LENGTH)
        size = -(-len(every) // count) if count else LENGTH  # of even length: five are three and two, not four and one
        return [Paragraph(tuple(every[at : at + size])) for at in range(0, len(every), size)]

    # --- Introduction -----------------------------------------------------------------------------------------------------

    def introduction(self) -> Section:
        """What the work rests on, the summits, and what belongs to no section."""
        groups = self.material.meetings
        papers = [one for one in self.papers if self.paper_key(one) == INTRODUCTION]
        summits = [one for one in groups.held if self.is_summit(one.name)]
        others = [one for one in groups.held if self.key_of(one) == INTRODUCTION and not self.is_summit(one.name)]
        basis = [*self._basis(), *self.speaker.papers([one for one in papers if one.state == "implementing"])]
        made = [one for one in papers if one.state != "implementing"]
        top = [*self.speaker.meetings(summits), *self.speaker.papers(made)]
        absent = [one for one in groups.absent if self.key_of(one) == INTRODUCTION]
        planned = [one for one in groups.planned if self.key_of(one) == INTRODUCTION]
        rest = [*self.speaker.meetings(others), *self.speaker.absent(absent), *self.speaker.planned(planned)]
        paragraphs = [one for group in (basis, top, rest) for one in self._paragraphs(group)]
        return Section(INTRODUCTION, self.phrases.note(INTRODUCTION), (Part("", tuple(paragraphs)),))

    def _basis(self) -> list[Sentence]:
        """That the report follows the plan, whose plan it is in full, and when it was approved; as far as passages say so."""
        plan = self.material.records.plan
        title = plan_title(plan.source.title)
        if not title:
            return []
        source = self.material.sources.get(plan.source.id) or Source(plan)
        at = _find(plan.text, plan.source.title or "")
        if at is None:
            return []
        cited = source.cite(source.sentence_at(at.start, at.end))
        found = []
        named = self._named_in_full(title)
        if named:
            slots = {"long": named[0], "short": named[1], "plan": title}
            found.append(Sentence(self.phrases.say("basis_defined", slots), (named[2], cited)))
        else:
            found.append(Sentence(self.phrases.say("basis", {"plan": title}), (cited,)))
        if approved := self._approved(source):
            text = self.phrases.say("plan_approved", {"date": self.phrases.dates((plan.source.date or "",))})
            found.append(Sentence(text, merge((approved, cited))))
        return found

    def _approved(self, source: Source) -> Citation | None:
        """The passage of the plan that says on which day it was approved or adopted."""
        verbs = (*self.phrases.words("verbs_approved"), *self.phrases.words("verbs_adopted"))
        for one in source.record.dates:
            if one.edtf != source.record.source.date:
                continue
            place = source.sentence_at(one.span.start, one.span.end)
            cited = source.cite(place)
            if any(verb in normal(cited.quote) for verb in verbs) and len(cited.quote) < 120:
                return cited
        return None

    def _named_in_full(self, title: str) -> tuple[str, str, Citation] | None:
        """An organisation that the plan's title names, where a source of the period introduces its short form."""
        for organisation in self.material.lexicon.organisation:
            names = sorted((organisation.name, *organisation.aliases), key=len, reverse=True)
            if not any(name in title for name in names):
                continue
            words = "|".join(map(re.escape, self.material.lexicon.words("definition")))
            found = re.compile(
                f'({"|".join(map(re.escape, names))})[（(](?:{words})[“"「]?({"|".join(map(re.escape, names))})[”"」]?[）)]'
            )
            for identity in sorted(self.material.of_period):
                source = self.material.sources[identity]
                match = found.search(source.text)
                if match:
                    return match[1], match[2], source.cite(source.sentence_at(match.start(), match.end()))
        return None


def plan_title(title: str | None) -> str:
    """The title of the plan in 《》, inner marks turned: 《〈…战略〉落实行动计划》."""
    return f"《{title.replace('《', '〈').replace('》', '〉')}》" if title else ""


def _find(text: str, title: str) -> Place | None:
    """Where ``title`` stands in ``text``, whatever its spaces."""
    pattern = r"\s*".join(re.escape(character) for character in title if not character.isspace())
    match = re.search(pattern, text) if pattern else None
    return Place(match.start(), match.end()) if match else None
