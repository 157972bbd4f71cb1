"""The evidence of a measure, in our own words: the meetings and documents that its passages tell of."""

from __future__ import annotations

from functools import cached_property

from sco_extract.compose.material import Material
from sco_extract.compose.sources import Place
from sco_extract.model.draft import Cell, Citation
from sco_extract.model.records import Evidence, MeasureProgress, Span

# Lines of direct and of related evidence in a cell: more would make rows longer than a page; the others are counted.
DIRECT, RELATED = 6, 3


def citation_of(material: Material, source: str, span: Span) -> Citation:
    """A passage of any source of the material as a citation."""
    return material.sources[source].cite(Place(span.start, span.end))


class Proofs:
    """Cells with the evidence of measures."""

    def __init__(self, material: Material) -> None:
        self.material = material
        self.phrases = material.phrases

    def cell(self, one: MeasureProgress) -> Cell:
        """A line a passage, direct ones first, each with its citation; those beyond a screenful are counted."""
        lines: list[str] = []
        citations: list[Citation] = []
        doubts: list[str] = []
        shown = {"direct": DIRECT, "related": RELATED}
        more = 0
        for proof in one.evidence:
            if shown[proof.strength] == 0:
                more += 1
                continue
            line = self.phrases.note(proof.strength, {"what": self.label(proof)})
            if line not in lines:
                shown[proof.strength] -= 1
                lines.append(line)
            citations.append(citation_of(self.material, proof.source, proof.span))
            if proof.before_approval:
                doubts.append(self._early(proof))
        if more:
            lines.append(self.phrases.note("more", {"count": str(more)}))
        return Cell(tuple(lines), tuple(dict.fromkeys(citations)), tuple(dict.fromkeys(doubts)))

    def _early(self, proof: Evidence) -> str:
        approved = self.material.records.progress.approved
        slots = {
            "date": self.phrases.dates((proof.date,)) if proof.date else self.phrases.note("undated"),
            "approved": self.phrases.dates((approved,)) if approved else "",
        }
        return self.phrases.note("doubt_early", slots)

    def label(self, proof: Evidence) -> str:
        """The meeting or the documents that the passage tells of, with their day; else where it stands."""
        names = [
            f"{name}（{self.phrases.dates(dates)}）"
            for start, end, name, dates in self._held.get(proof.source, ())
            if start < proof.span.end and proof.span.start < end
        ]
        if not names:
            names = [
                title for start, end, title in self._named.get(proof.source, ())
                if start < proof.span.end and proof.span.start < end
            ]  # fmt: skip
        if names:
            return "；".join(dict.fromkeys(names[:2]))
        paragraph = self.material.sources[proof.source].number_at(proof.span.start)
        known = proof.date and "X" not in proof.date and proof.date != self.material.period.edtf
        when = f"{self.phrases.dates((proof.date,))}，" if proof.date and known else ""
        return when + self.phrases.note("passage", {"paragraph": str(paragraph)})

    @cached_property
    def _held(self) -> dict[str, list[tuple[int, int, str, tuple[str, ...]]]]:
        """Where meetings of the period are told, by source."""
        names = {one.id: one for one in self.material.meetings.held}
        found: dict[str, list[tuple[int, int, str, tuple[str, ...]]]] = {}
        for entity in self.material.records.meetings:
            if one := names.get(entity.id):
                for mention in entity.mentions:
                    span = mention.span
                    found.setdefault(mention.source, []).append((span.start, span.end, one.name, one.dates))
        return found

    @cached_property
    def _named(self) -> dict[str, list[tuple[int, int, str]]]:
        """Where documents of the period are named, by source."""
        titles = {one.id: one.title for one in self.material.papers}
        found: dict[str, list[tuple[int, int, str]]] = {}
        for entity in self.material.records.documents:
            if title := titles.get(entity.id):
                for mention in entity.mentions:
                    found.setdefault(mention.source, []).append((mention.span.start, mention.span.end, title))
        return found
