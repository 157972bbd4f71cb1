"""Which passages hold which words, and how much a word tells: inverse document frequency over passages and measures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import log

# A name is cut by jieba in one way here and another way there, so a passage holds a word when its text does; the words
# asked for are those of the measures, a few hundred, whatever the size of the corpus.


class Index:
    """Postings of words over ``texts`` (passages), with weights that count ``background`` texts (measures), too."""

    def __init__(self, texts: Sequence[str], background: Sequence[str], fields: Mapping[str, tuple[str, ...]]) -> None:
        self._texts = texts
        self._background = background
        self._fields = fields
        self._postings: dict[str, frozenset[int]] = {}
        self._field_postings: dict[str, frozenset[int]] = {}
        self._weights: dict[str, float] = {}
        self.greatest = log(1 + (len(texts) + len(background) - 0.5) / 1.5)  # of a word that only one text has

    def posting(self, word: str) -> frozenset[int]:
        """Numbers of the passages that hold ``word``."""
        if word not in self._postings:
            self._postings[word] = frozenset(at for at, text in enumerate(self._texts) if word in text)
        return self._postings[word]

    def of_field(self, field: str) -> frozenset[int]:
        """Numbers of the passages that hold a word of ``field``."""
        if field not in self._field_postings:
            self._field_postings[field] = frozenset[int]().union(*(self.posting(word) for word in self._fields[field]))
        return self._field_postings[field]

    def weight(self, word: str) -> float:
        """Inverse document frequency, as in BM25, of a word over all passages and measures; never negative.

        A word that few texts hold tells more: 投资者联盟 more than 投资, 投资 more than 经济.
        """
        if word not in self._weights:
            held = len(self.posting(word)) + sum(word in text for text in self._background)
            total = len(self._texts) + len(self._background)
            self._weights[word] = log(1 + (total - held + 0.5) / (held + 0.5))
        return self._weights[word]

    def candidates(self, words: Iterable[str], fields: Iterable[str]) -> list[int]:
        """Passages that hold any of ``words`` or a word of any of ``fields``, in order."""
        found = frozenset[int]().union(*map(self.posting, words), *map(self.of_field, fields))
        return sorted(found)
