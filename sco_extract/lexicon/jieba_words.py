"""Words of a text, as jieba cuts them with the lexicon's names in its dictionary.

jieba is imported at the first question: it costs about a second and 75 MB. Its module-level tokenizer, its cache file in the
shared temporary directory (which it never validates) and its log lines are not used.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from functools import cache
from typing import Protocol

from sco_extract.lexicon.load import Lexicon

# What jieba's dictionary can match: a name with brackets or dashes is cut there before the dictionary is asked.
_HAN = re.compile(r"[\u4e00-\u9fd5]{2,}")


class Tokenizer(Protocol):
    """The part of ``jieba.Tokenizer`` that is used."""

    def cut(self, sentence: str) -> Iterator[str]:
        """The words of ``sentence`` in order; joined they are the sentence."""


@cache
def tokenizer(lexicon: Lexicon) -> Tokenizer:
    """A private tokenizer that knows the names of ``lexicon``, one for each lexicon and process."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # invalid escapes in jieba's sources, and its use of pkg_resources
        import jieba

    made = jieba.Tokenizer()
    made.FREQ, made.total = made.gen_pfdict(made.get_dict_file())
    made.initialized = True  # else the first cut would read the shared cache file
    for name in _names(lexicon):
        made.add_word(name)
    known: Tokenizer = made
    return known


def _names(lexicon: Lexicon) -> list[str]:
    """Names of one notion, sorted; those of bodies are left out, because the words inside them are what is asked for."""
    names = {*lexicon.countries, *lexicon.places}
    names.update(name for entry in lexicon.organisation for name in (entry.name, *entry.aliases))
    names.update(office.name for office in lexicon.office)
    names.update(kind.name for kind in lexicon.kind)
    names.update(event.name for event in lexicon.event)
    return sorted(name for name in names if _HAN.fullmatch(name))
