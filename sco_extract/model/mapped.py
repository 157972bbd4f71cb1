"""A text that remembers where each of its characters came from."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sco_extract.model.span import Span


@dataclass(frozen=True, slots=True)
class MappedText:
    """Text with, for each character, the range of source characters it came from.

    The map is kept as runs, because edits are rare: run *i* covers ``text[cuts[i]:cuts[i+1]]``; its characters came one
    for one from ``origins[i]`` onwards, or, where ``inserted[i]`` is true, from nowhere (an empty source range at
    ``origins[i]``). Offsets are code points. Instances are made by :meth:`of`, :meth:`pieces` and the editing methods only.
    """

    text: str
    cuts: tuple[int, ...]
    origins: tuple[int, ...]
    inserted: tuple[bool, ...]

    @classmethod
    def of(cls, source: str) -> MappedText:
        """The identity: every character came from its own position."""
        return cls(source, (0,), (0,), (False,))

    @classmethod
    def pieces(cls, source: str, spans: Iterable[Span], separator: str = "\n") -> MappedText:
        """The given ranges of ``source``, in order, with an inserted ``separator`` between them."""
        parts: list[tuple[str, int, bool]] = []
        last = 0
        for number, span in enumerate(spans):
            if number:
                parts.append((separator, last, True))
            parts.append((source[span.start : span.end], span.start, False))
            last = span.end
        return cls.of_parts(parts)

    @classmethod
    def of_parts(cls, parts: Iterable[tuple[str, int, bool]]) -> MappedText:
        """The given pieces, each (text, origin, inserted): from ``origin`` onwards, one for one, or from nowhere at it."""
        texts: list[str] = []
        cuts: list[int] = []
        origins: list[int] = []
        inserted: list[bool] = []
        at = 0
        for text, origin, new in parts:
            if not text:
                continue
            joins = bool(cuts) and not new and not inserted[-1] and origins[-1] + at - cuts[-1] == origin
            if not joins:
                cuts.append(at)
                origins.append(origin)
                inserted.append(new)
            texts.append(text)
            at += len(text)
        if not cuts:
            cuts, origins, inserted = [0], [0], [False]
        return cls("".join(texts), tuple(cuts), tuple(origins), tuple(inserted))

    def span(self, start: int, end: int) -> Span:
        """The source range that ``text[start:end]`` came from; ``start < end`` within the text, else ``ValueError``."""
        return Span(*self.range(start, end))

    def range(self, start: int, end: int) -> tuple[int, int]:
        """The same as two offsets, for callers with thousands of ranges."""
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"not a range of this text: {start}..{end}")
        first = bisect_right(self.cuts, start) - 1
        last = bisect_right(self.cuts, end - 1, first) - 1
        low = self.origins[first] + (0 if self.inserted[first] else start - self.cuts[first])
        high = self.origins[last] + (0 if self.inserted[last] else end - self.cuts[last])
        return low, max(low, high)

    def edit(self, edits: Iterable[tuple[int, int, str]]) -> MappedText:
        """Replace each ``text[start:end]``; edits are in order and do not overlap, else ``ValueError``.

        A replacement of the same length keeps the map character by character; a shorter or longer one keeps as many
        characters as both have, the rest is deleted or inserted at that place.
        """
        parts: list[tuple[str, int, bool]] = []
        at = 0
        for start, end, new in edits:
            if not at <= start <= end <= len(self.text):
                raise ValueError(f"edits overlap or leave the text at {start}..{end}")
            parts.extend(self._slice(at, start))
            kept = min(len(new), end - start)
            offset = 0
            for text, origin, inserted in self._slice(start, start + kept):
                parts.append((new[offset : offset + len(text)], origin, inserted))
                offset += len(text)
            if kept < len(new):
                parts.append((new[kept:], self._origin_after(start + kept), True))
            at = end
        if at == 0 and not parts:
            return self
        parts.extend(self._slice(at, len(self.text)))
        return self.of_parts(parts)

    def sub(self, pattern: re.Pattern[str], replacement: str | Callable[[re.Match[str]], str]) -> MappedText:
        """Like ``pattern.sub``, with the map kept; ``replacement`` is literal text or a function of the match."""

        def text_of(match: re.Match[str]) -> str:
            return replacement if isinstance(replacement, str) else replacement(match)

        edits = [(m.start(), m.end(), text_of(m)) for m in pattern.finditer(self.text)]
        return self.edit(edits) if edits else self

    def delete(self, pattern: re.Pattern[str]) -> MappedText:
        """Without the matches of ``pattern``."""
        return self.sub(pattern, "")

    def insert(self, at: int, text: str) -> MappedText:
        """With ``text`` before position ``at``; the new characters have an empty source range."""
        return self.edit([(at, at, text)])

    def translate(self, table: dict[int, str]) -> MappedText:
        """Like ``str.translate`` with one-character values only, so that the map stays as it is."""
        return self.with_text(self.text.translate(table))

    def with_text(self, text: str) -> MappedText:
        """The same map under another text of the same length; ``ValueError`` if the lengths differ."""
        if len(text) != len(self.text):
            raise ValueError(f"the text changed its length: {len(self.text)} to {len(text)}")
        return MappedText(text, self.cuts, self.origins, self.inserted)

    def _slice(self, start: int, end: int) -> Iterable[tuple[str, int, bool]]:
        run = bisect_right(self.cuts, start) - 1
        while start < end:
            stop = min(end, self.cuts[run + 1] if run + 1 < len(self.cuts) else len(self.text))
            new = self.inserted[run]
            yield self.text[start:stop], self.origins[run] + (0 if new else start - self.cuts[run]), new
            start = stop
            run += 1

    def _origin_after(self, at: int) -> int:
        """The source offset just behind the character before ``at``."""
        return self.span(at - 1, at).end if at else 0
