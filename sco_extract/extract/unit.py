"""What a rule reads: the reading text of one document, what is already found in it, and the lexicon."""

from __future__ import annotations

from dataclasses import dataclass

from sco_extract.lexicon.load import Lexicon
from sco_extract.model.document import Document
from sco_extract.model.mentions import DateMention, InstrumentMention, MeetingMention


@dataclass(frozen=True, slots=True)
class Unit:
    """Input of the rules. Later families see what earlier ones found (dates, then documents, then meetings)."""

    document: Document
    lexicon: Lexicon
    document_date: str | None = None  # EDTF day, month or year of the document itself; never a clock
    dates: tuple[DateMention, ...] = ()
    instruments: tuple[InstrumentMention, ...] = ()
    meetings: tuple[MeetingMention, ...] = ()

    @property
    def text(self) -> str:
        """The reading text; lines are blocks or table cells, simplified script, spaces inside Chinese removed."""
        return self.document.text.text
