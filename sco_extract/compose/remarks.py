"""What the checks found over the corpus, in Chinese, at the records that it concerns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sco_extract.compose.phrases import Phrases
from sco_extract.model.records import Finding

# Code points of a passage that a comment repeats.
SHOWN = 60


class Remarks:
    """Findings that set one passage against another, by the source that they stand in."""

    def __init__(self, findings: Sequence[Finding], phrases: Phrases) -> None:
        self.phrases = phrases
        self.findings = [one for one in findings if one.span is not None and one.related and self.title(one)]
        self.touched: dict[int, Finding] = {}

    def title(self, one: Finding) -> str:
        """What the finding is about, '' where the report has no words for its rule."""
        words = self.phrases.notes(f"finding_{one.rule}") or self.phrases.notes(f"finding_{one.rule[:3]}")
        return words[0] if words else ""

    def touching(self, spans: Iterable[tuple[str, int, int]]) -> Iterator[str]:
        """Doubts about the records at ``spans`` (source, start, end); their findings count as touched."""
        wanted = list(spans)
        for number, one in enumerate(self.findings):
            if any(_meets(source, start, end, one) for source, start, end in wanted):
                self.touched[number] = one
                yield self.say(one)

    def say(self, one: Finding) -> str:
        """The doubt in words, with both passages."""
        assert one.span is not None
        other = one.related[0]
        where = "other_place" if other.source == one.source else "other_source"
        slots = {
            "what": self.title(one), "here": short(one.span.quote), "there": short(other.span.quote),
            "other": self.phrases.note(where),
        }  # fmt: skip
        return self.phrases.note("doubt_finding", slots)

    def found(self) -> list[Finding]:
        """The findings that touch what the report tells, in their own order."""
        return [self.touched[number] for number in sorted(self.touched)]


def short(quote: str) -> str:
    """A passage in at most ``SHOWN`` code points."""
    text = "".join(quote.split())
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"


def _meets(source: str, start: int, end: int, one: Finding) -> bool:
    passages = [(one.source, one.span), *((other.source, other.span) for other in one.related)]
    return any(
        there == source and span is not None and span.start < end and start < span.end for there, span in passages
    )
