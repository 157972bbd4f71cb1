"""Where things stand in a text: mentions by their start, and the ends of sentences."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property
from typing import Generic, Protocol, TypeVar


class _Placed(Protocol):
    @property
    def start(self) -> int: ...


T = TypeVar("T", bound=_Placed)


class Placed(Generic[T]):
    """Mentions, sorted by start, that are asked for by range."""

    def __init__(self, mentions: Sequence[T]) -> None:
        self._mentions = mentions
        self._starts = [mention.start for mention in mentions]

    def within(self, start: int, end: int) -> Sequence[T]:
        """Those that start in ``[start, end)``."""
        low = bisect_left(self._starts, start)
        if low == len(self._starts) or self._starts[low] >= end:
            return ()
        return self._mentions[low : bisect_left(self._starts, end, low)]

    def any_within(self, start: int, end: int) -> bool:
        """Whether one starts in ``[start, end)``."""
        index = bisect_left(self._starts, start)
        return index < len(self._starts) and self._starts[index] < end


class Stops:
    """The marks at which the sentences of ``text`` end, looked for at the first question."""

    def __init__(self, text: str, mark: re.Pattern[str]) -> None:
        self._text = text
        self._mark = mark

    @cached_property
    def _stops(self) -> list[int]:
        return [match.start() for match in self._mark.finditer(self._text)]

    def sentence_start(self, at: int) -> int:
        """The start of the sentence that holds position ``at``: behind the last mark before it."""
        stop = bisect_left(self._stops, at)
        return self._stops[stop - 1] + 1 if stop else 0

    def sentence_end(self, at: int) -> int:
        """The end of the sentence that holds position ``at``: the first mark at or behind it."""
        stop = bisect_left(self._stops, at)
        return self._stops[stop] if stop < len(self._stops) else len(self._text)
