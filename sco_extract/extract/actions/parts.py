"""The parts of an action: executors, deadline, named documents, from ranges of the reading text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sco_extract.extract.actions.words import ActionWords, action_words
from sco_extract.extract.unit import Unit
from sco_extract.model.mentions import DateMention, Deadline, InstrumentMention
from sco_extract.values.deadlines import parse_deadline

_OPEN, _CLOSE = "（(【[「“《〈", "）)】]」”》〉"
_SPLIT = re.compile(rf"[{re.escape(_OPEN + _CLOSE)}]|[、，,；;\n]|以及")
_ENDS = re.compile(r"^[\s•·*\-—–/／。.]+|[\s。.*\-—–/／]+$")
_AND_OTHERS = re.compile(r"(?<=[^\s])等$")
_LABEL = re.compile(r"^[^：:（(]{2,8}[：:]\s*")
_MARK = re.compile("[《》]")


@dataclass(frozen=True, slots=True)
class Parts:
    """Looks things up in one unit; offsets are of its reading text."""

    unit: Unit
    words: ActionWords
    date_starts: tuple[int, ...]
    instrument_starts: tuple[int, ...]

    @classmethod
    def of(cls, unit: Unit) -> Parts:
        """Index the dates and documents of ``unit`` by where they start."""
        return cls(
            unit,
            action_words(unit.lexicon),
            tuple(date.start for date in unit.dates),
            tuple(instrument.start for instrument in unit.instruments),
        )

    def dates(self, start: int, end: int) -> Sequence[DateMention]:
        """The dates that start inside the range."""
        return self.unit.dates[bisect_left(self.date_starts, start) : bisect_left(self.date_starts, end)]

    def deadline(self, start: int, end: int) -> Deadline | None:
        """The deadline that the range states."""
        return parse_deadline(self.unit.text[start:end], self.dates(start, end), self.unit.lexicon)

    def documents(self, start: int, end: int) -> tuple[str, ...]:
        """Titles of the documents that the range names, each once."""
        if not self.unit.instruments:
            return tuple(dict.fromkeys(_titles(self.unit.text[start:end])))
        low, high = bisect_left(self.instrument_starts, start), bisect_left(self.instrument_starts, end)
        named: Sequence[InstrumentMention] = self.unit.instruments[low:high]
        return tuple(dict.fromkeys(instrument.title for instrument in named))

    def executors(self, start: int, end: int) -> tuple[str, ...]:
        """The bodies of a list, split at 、 ， ； 以及 and line breaks of the cell, never inside brackets nor at 和.

        A line break of a PDF cell is a line that was full, so it divides nothing there.
        """
        text = self.unit.text[start:end]
        names: list[str] = []
        for piece in self._pieces(start, text):
            name = _AND_OTHERS.sub("", _ENDS.sub("", piece))
            label = _LABEL.match(name)
            if label and self.words.role(label[0]) == ("executor", True):
                name = name[label.end() :]
            if name and name not in names and not self._is_nothing(name):
                names.append(name)
        return tuple(names)

    @staticmethod
    def _is_nothing(name: str) -> bool:
        return not any(character.isalnum() for character in name)

    def _pieces(self, start: int, text: str) -> Iterator[str]:
        depth = last = 0
        cuts = {offset: offset for offset in self._line_breaks(start, text)}
        for match in _SPLIT.finditer(text):
            mark = match[0]
            if mark in _OPEN:
                depth += 1
            elif mark in _CLOSE:
                depth = max(0, depth - 1)
            elif depth == 0:
                cuts[match.start()] = match.end()
        for cut in sorted(cuts):
            if cut >= last:
                yield text[last:cut]
                last = cuts[cut]
        yield text[last:]

    def _line_breaks(self, start: int, text: str) -> Iterator[int]:
        """Offsets in ``text`` before which the source breaks the line."""
        document = self.unit.document
        if document.format == "pdf" or len(text) < 2:
            return
        whole = document.text.span(start, start + len(text))
        if "\n" not in document.source[whole.start : whole.end]:
            return
        before = document.text.span(start, start + 1).end
        for offset in range(1, len(text)):
            here = document.text.span(start + offset, start + offset + 1)
            if "\n" in document.source[before : here.start]:
                yield offset
            before = max(before, here.end)


def _titles(text: str) -> Iterator[str]:
    """The outermost 《titles》 of ``text``, for units whose documents were not looked for."""
    depth = opened = 0
    for mark in _MARK.finditer(text):
        if mark[0] == "《":
            if depth == 0:
                opened = mark.end()
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                yield text[opened : mark.start()]
