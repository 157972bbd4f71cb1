"""Which passages hold which words, and how much a word tells: inverse document frequency over passages and measures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from functools import cache
from math import log

from sco_extract.link.progress.words import NEAR, Words

# A name is cut by jieba in one way here and another way there, so a passage holds a word when its text does; the words
# asked for are those of the measures, a few hundred, whatever the size of the corpus.

# Sentences of the report and measures of the plan that the parameters of ``evidence.Weights`` were measured on: 173 + 77.
SIZE = 250

# A word of four characters is made of two words.
COMPOUND = 4


class Index:
    """Postings of words over ``texts`` (passages); weights count those that ``counted`` names and the ``background``.

    Counted are the passages of the period: what else lies in the corpus (an old book on the same field) must not change how
    much a word tells. ``around`` is what stands around a passage: its headings, the sentence that it goes on about. ``same``
    are other words for a word: a passage that holds one holds them all.
    """

    def __init__(
        self, texts: Sequence[str], around: Sequence[str], counted: Set[int], background: Sequence[str], words: Words
    ) -> None:
        self._texts = texts
        numbers = {text: number for number, text in enumerate(dict.fromkeys(around))}
        self._different = tuple(numbers)
        self._by_around: list[list[int]] = [[] for _ in numbers]
        for at, text in enumerate(around):
            self._by_around[numbers[text]].append(at)
        self._near: dict[str, frozenset[int]] = {}
        self._counted = counted
        self._background = background
        self._fields = words.fields
        self._same = words.same
        self._near_fields: dict[str, tuple[str, ...]] = {}
        for field, members in words.fields.items():
            if NEAR in field:
                for word in members:
                    self._near_fields[word] = (*self._near_fields.get(word, ()), field)
        self._postings: dict[str, frozenset[int]] = {}
        self._field_postings: dict[str, frozenset[int]] = {}
        self._weights: dict[str, float] = {}
        self._field_weights: dict[str, float] = {}
        self._scale = min(1.0, SIZE / max(1, len(counted) + len(background)))
        self.greatest = self.idf(1)  # of a word that only one text has

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
            words = (word, *self._same.get(word, ()))
            texts = frozenset[int]().union(*map(self.posting, words)) & self._counted
            self._weights[word] = self.idf(
                len(texts) + sum(any(one in text for one in words) for text in self._background)
            )
        return self._weights[word]

    def field_weight(self, field: str) -> float:
        """The weight of a field: that of a word which all texts had that name any of its words."""
        if field not in self._field_weights:
            words = self._fields[field]
            held = len(self.of_field(field) & self._counted)
            held += sum(any(one in text for one in words) for text in self._background)
            self._field_weights[field] = self.idf(held)
        return self._field_weights[field]

    def idf(self, held: int) -> float:
        """The weight of a word that ``held`` of all texts have; frequencies are brought to a corpus of ``SIZE`` texts.

        So a weight means the same in a report of thirty sentences, which says little on how common a word is, and in a
        corpus of ten thousand, in which even telling words stand a hundred times.
        """
        count = max(1.0, held * self._scale)
        return log(1 + max(0.0, SIZE - count + 0.5) / (count + 0.5))

    def found(self, word: str, text: str) -> str:
        """``word``, or another word for it, that ``text`` holds; else nothing."""
        if word in text:
            return word
        return next((other for other in self._same.get(word, ()) if other in text), "")

    def has_parts(self, word: str, text: str) -> bool:
        """Does ``text`` hold all parts of a compound, apart from each other: 跨境互联支付 for 跨境支付?

        One of them may be told by another word of its sub-field: 农村…水厂 for 农村供水.
        """
        if len(word) < COMPOUND:
            return False
        for parts in _parts(word):
            lacking = [part for part in parts if part not in text]
            if not lacking or (len(lacking) == 1 and len(parts) > 1 and self.has_near(lacking[0], text)):
                return True
        return False

    def has_near(self, word: str, text: str) -> bool:
        """Does ``text`` hold another word of a sub-field of ``word``?"""
        return any(other in text for field in self._near_fields.get(word, ()) for other in self._fields[field])

    def candidates(self, words: Iterable[str], fields: Iterable[str]) -> list[int]:
        """Passages that hold, themselves or in what stands ``around`` them, any of ``words`` or a word of ``fields``."""
        asked = {one for word in words for one in (word, *self._same.get(word, ()))}
        asked.update(
            part for word in tuple(asked) if len(word) >= COMPOUND for parts in _parts(word) for part in parts[-1:]
        )
        asked.update(word for field in fields for word in self._fields[field])
        found = frozenset[int]().union(*map(self.posting, asked))
        near = frozenset[int]().union(*map(self._posting_around, asked))
        return sorted(found | {at for one in near for at in self._by_around[one]})

    def _posting_around(self, word: str) -> frozenset[int]:
        """Numbers of the different texts around passages that hold ``word``."""
        if word not in self._near:
            self._near[word] = frozenset(at for at, text in enumerate(self._different) if word in text)
        return self._near[word]


@cache
def _parts(word: str) -> tuple[tuple[str, ...], ...]:
    """The ways to cut a compound of up to eight characters into words of two or three."""
    if len(word) in (2, 3):
        return ((word,),)
    if not 4 <= len(word) <= 8:
        return ()
    return tuple((word[:at], *rest) for at in (2, 3) for rest in _parts(word[at:]))
