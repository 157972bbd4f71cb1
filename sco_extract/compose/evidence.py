"""The evidence of a measure, in our own words: the meetings and documents that its passages tell of."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from sco_extract.compose.material import Material
from sco_extract.compose.occasions import called
from sco_extract.compose.sources import Place, opening
from sco_extract.model.draft import Cell, Citation
from sco_extract.model.records import Evidence, MeasureProgress, Span

# Lines of direct and of related evidence in a cell: more would make rows longer than a page; the others are counted.
DIRECT, RELATED = 12, 2
# Characters of a passage that stand for it where it tells of no meeting and no document.
QUOTED = 25


def citation_of(material: Material, source: str, span: Span) -> Citation:
    """A passage of any source of the material as a citation."""
    return material.sources[source].cite(Place(span.start, span.end))


class Proofs:
    """Cells with the evidence of measures."""

    def __init__(self, material: Material) -> None:
        self.material = material
        self.phrases = material.phrases

    def cell(self, one: MeasureProgress) -> Cell:
        """Direct evidence, a line a passage, and a line of related evidence, the plan's own sources first; the others are counted."""
        direct: list[str] = []
        related: list[str] = []
        citations: list[Citation] = []
        early: dict[str, None] = {}
        more = 0
        left = {"direct": DIRECT, "related": RELATED}
        said: set[str] = set()
        for proof in sorted(one.evidence, key=self._rank):
            new = [name for name in self.names(proof) if name not in said]
            if new and left[proof.strength] == 0:
                more += 1
                continue
            if new:
                left[proof.strength] -= 1
                said.update(new)
                (direct if proof.strength == "direct" else related).append("；".join(new))
            citations.append(citation_of(self.material, proof.source, proof.span))
            if proof.before_approval:
                when = self.phrases.dates((proof.date,)) if proof.date else self.phrases.note("undated")
                early[when] = None
        if more:
            related.append(self.phrases.note("more", {"count": str(more)}))
        lines = [self.phrases.note("direct", {"what": what}) for what in direct]
        lines += [self.phrases.note("related", {"what": "；".join(related)})] if related else []
        doubts = (self._early(early),) if early else ()
        return Cell(tuple(lines), tuple(dict.fromkeys(citations)), doubts)

    def _rank(self, proof: Evidence) -> tuple[bool, bool]:
        """Direct evidence first; among the related, sources about many things or about other organisations last."""
        return proof.strength != "direct", proof.strength != "direct" and self.material.is_loose(proof.source)

    def _early(self, days: Iterable[str]) -> str:
        approved = self.material.records.progress.approved
        slots = {"date": "、".join(days), "approved": self.phrases.dates((approved,)) if approved else ""}
        return self.phrases.note("doubt_early", slots)

    def names(self, proof: Evidence) -> list[str]:
        """The meeting or the documents that the passage tells of, with their day; else its first words."""
        names = [
            f"{name}（{self.phrases.dates(dates)}）"
            for start, end, name, dates in sorted(
                self._held.get(proof.source, ()), key=lambda one: proof.date not in one[3]
            )
            if start < proof.span.end and proof.span.start < end
        ]
        if not names:
            names = [
                title for start, end, title in self._named.get(proof.source, ())
                if start < proof.span.end and proof.span.start < end
            ]  # fmt: skip
        if names:
            return list(dict.fromkeys(names))[: 2 if proof.strength == "direct" else 1]
        known = proof.date and "X" not in proof.date and proof.date != self.material.period.edtf
        when = f"{self.phrases.dates((proof.date,))}，" if proof.date and known else ""
        said = opening(proof.span.quote, QUOTED)
        return [said if said[1:].startswith(when[:-1]) else when + said]

    @cached_property
    def _held(self) -> dict[str, list[tuple[int, int, str, tuple[str, ...]]]]:
        """Where meetings of the period are told, by source."""
        names = {one.id: one for one in self.material.meetings.held}
        found: dict[str, list[tuple[int, int, str, tuple[str, ...]]]] = {}
        for entity in self.material.records.meetings:
            if one := names.get(entity.id):
                for mention in entity.mentions:
                    span = mention.span
                    found.setdefault(mention.source, []).append(
                        (span.start, span.end, called(one, self.phrases), one.dates)
                    )
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
