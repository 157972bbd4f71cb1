"""Find the passages that hold a fact: the record's own, else the nearest that does."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from sco_extract.compose.facts import Held, has_date, has_name, has_place, has_title, held_by
from sco_extract.compose.sources import Place, Source
from sco_extract.lexicon.load import Lexicon
from sco_extract.model.draft import Citation

# Sentences before a record in which a date, place or name that it takes from its surroundings is looked for: about a page.
BEFORE = 24


class Backing:
    """The citations of a sentence as they are gathered; a fact that no passage near the record holds is not to be said."""

    def __init__(self, source: Source, places: Sequence[Place], lexicon: Lexicon) -> None:
        self.source = source
        self.lexicon = lexicon
        self.places = list(places)
        self.citations: list[Citation] = [source.cite(places[0])]

    @property
    def held(self) -> Held:
        """What the citations hold so far."""
        return held_by(self.citations, self.lexicon)

    def add(self, citation: Citation) -> None:
        """Take a citation more, unless there is one that holds its words."""
        if not any(one.source == citation.source and citation.quote in one.quote for one in self.citations):
            self.citations = [
                one for one in self.citations
                if not (one.source == citation.source and one.paragraph == citation.paragraph and one.quote in citation.quote)
            ]  # fmt: skip
            self.citations.append(citation)

    def date(self, edtf: str) -> bool:
        """Is there a passage for the date? One that inherits its year brings the passage that has it."""
        return self._back(lambda held: has_date(edtf, held), self._dated(edtf))

    def ordinal(self, number: int) -> bool:
        """Is there a passage for the ordinal?"""
        return self._back(lambda held: number in held.ordinals)

    def name(self, name: str) -> bool:
        """Is there a passage for the name (of an event, a host, a theme)?"""
        return self._back(lambda held: has_name(name, held, self.lexicon))

    def place(self, place: str) -> bool:
        """Is there a passage for the place?"""
        return self._back(lambda held: has_place(place, held, self.lexicon))

    def title(self, title: str) -> bool:
        """Is there a passage for the title?"""
        return self._back(lambda held: has_title(title, held, self.lexicon))

    def word(self, words: Sequence[str]) -> bool:
        """Is there a passage near the record with one of ``words`` (online, not held …)?"""
        return self._back(lambda held: any(word in held.words for word in words))

    def _back(self, holds: Callable[[Held], bool], more: Sequence[Place] = ()) -> bool:
        if holds(self.held):
            return True
        for place in self._candidates(more):
            citation = self.source.cite(place)
            if holds(held_by([*self.citations, citation], self.lexicon)):
                self.add(citation)
                return True
        return False

    def _candidates(self, more: Sequence[Place]) -> Iterator[Place]:
        """Sentences of the record, those around it in its paragraph, ``more``, and those before."""
        own = [self.source.sentence_at(one.start, one.end) for one in self.places]
        yield from own
        first = own[0]
        yield from self.source.sentences_before(first.start, 2)
        yield from self.source.sentences_after(first.end)
        yield from more
        yield from self.source.sentences_before(first.start, BEFORE)

    def _dated(self, edtf: str) -> list[Place]:
        """Sentences with the date elsewhere in the source, and before them those that name its year."""
        at = self.places[0].start
        same = [one.span for one in self.source.record.dates if one.edtf == edtf]
        same.sort(key=lambda span: (span.start > at, abs(span.start - at)))
        return [self.source.sentence_at(span.start, span.end) for span in same[:3]]
