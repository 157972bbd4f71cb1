"""Rule P004: persons named before their office, as the press does."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sco_extract.extract.participants.affiliation import Affiliation
from sco_extract.extract.participants.found import Found, is_name
from sco_extract.extract.participants.vocabulary import Vocabulary

_CLAUSE_END = re.compile(r"[，。；：！？,;:\n]")
_LONGEST_NAME = 40  # code points: a state, a name of two long parts, and what stands before
_LONGEST_CLAUSE = 60  # code points behind the office in which the verb must stand


def find_name_first(text: str, words: Vocabulary) -> Iterator[Found]:
    """Persons with the office behind the name, in a clause with a verb of attending or hosting.

    The name is one that the lexicon knows, or has three and more characters of transliteration; it begins its clause or
    follows a state or a connector (和, 同, 与, 由). Example: 普京总统、米尔济约耶夫总统共同出席峰会。

    Limitation: Chinese names that the lexicon does not hold are left out, since 农业部长 looks like them.
    """
    for office in words.name_first_office.finditer(text):
        low = max(0, office.start() - _LONGEST_NAME)
        before = text[low : office.start()]
        match = words.name_before_office.search(before if low == 0 else "\uffff" + before[1:])
        if match is None or not is_name(match["name"], words) or words.place_ending.search(match["name"]):
            continue
        limit = office.end() + _LONGEST_CLAUSE
        stop = _CLAUSE_END.search(text, office.end(), limit)
        if not words.trigger.search(text, office.end(), stop.start() if stop else limit):
            continue
        start = low + match.start("party" if match["party"] else "name")
        affiliation = Affiliation(start, match["party"], office[0], state=True)
        yield Found(start, office.end(), "P004", match["name"], affiliation)
