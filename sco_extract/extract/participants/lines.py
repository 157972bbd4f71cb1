"""Rules P002 and P003: persons in signature blocks and lists, one a line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from sco_extract.extract.participants.affiliation import Affiliation, read_affiliation
from sco_extract.extract.participants.found import Found, is_name, role_in
from sco_extract.extract.participants.vocabulary import Vocabulary
from sco_extract.model.document import Line
from sco_extract.model.mentions import ParticipantRole

_SPACE = re.compile(r"[ \u3000]+")
_LONGEST_LINE = 70  # state, office and name: the longest line seen has 41 characters
_LABEL = re.compile(r"(?:[（(]?[0-9一二三四五六七八九十]{1,3}[）)]?[、.．]?|[•·\-*—])[ \u3000]*")
_MIN_PAIRS = 2
# A state, an office and a name: no mark of a sentence stands between them. Cheaper than to look for an office.
_BARE = re.compile(r"[^，。；：！？,;:“”\n\t]+[；;，,、。\s]*\Z")


def find_in_lines(text: str, lines: tuple[Line, ...], words: Vocabulary) -> Iterator[Found]:
    """Persons on lines of their own: signatures, lists of participants.

    The whole line is a known state or organisation, an office and a name, with or without a space before the name. A
    line above that ends in a colon gives the role (应邀出席会议的有：); otherwise they are members, officers of the
    organisation officials. Example: 中华人民共和国国务院总理　李强

    Limitation: a person whose state or organisation the lexicon does not hold is left out here.
    """
    role: ParticipantRole | None = None
    for line in lines:
        if line.end - line.start > _LONGEST_LINE:
            role = None
            continue
        found = _person(text, line, role, words)
        if found:
            yield found
        elif line.end > line.start:
            above = text[line.start : line.end].strip()
            role = _role_of_heading(above, words) if above.endswith(("：", ":")) else None


def _role_of_heading(heading: str, words: Vocabulary) -> ParticipantRole | None:
    role = role_in(heading, words)
    return "observer" if role is None and words.without_vote.search(heading) else role


def _person(text: str, line: Line, role: ParticipantRole | None, words: Vocabulary) -> Found | None:
    label = _LABEL.match(text, line.start, line.end)
    start = label.end() if label else line.start
    bare = _BARE.match(text, start, line.end)
    match = words.person_line.search(text, start, line.end) if bare else None
    if match is None or not is_name(_SPACE.sub("", match["name"]), words):
        return None
    affiliation = read_affiliation(text, start, match.span("office"), words)
    if affiliation is None or affiliation.party is None or affiliation.start > start:
        return None
    name = _SPACE.sub("", match["name"])
    return Found(affiliation.start, match.end("name"), "P002", name, affiliation, role)


def find_in_line_pairs(text: str, lines: tuple[Line, ...], words: Vocabulary) -> tuple[Found, ...]:
    """Signatures on two lines: state and office, below them the name.

    At least two such pairs must stand in the document. Example: 塔吉克斯坦共和国总统 / 拉赫蒙

    Limitation: names in Latin or Cyrillic script are left out.
    """
    found: list[Found] = []
    for above, below in pairwise(lines):
        if not (2 <= below.end - below.start <= 24 and 4 <= above.end - above.start <= 40):
            continue
        match = words.name_line.match(text, below.start, below.end)
        name = _SPACE.sub("", match["name"]) if match else ""
        if match is None or not is_name(name, words):
            continue
        affiliation = _title_line(text, above, words)
        if affiliation:
            found.append(Found(affiliation.start, match.end("name"), "P003", name, affiliation))
    return tuple(found) if len(found) >= _MIN_PAIRS else ()


def _title_line(text: str, line: Line, words: Vocabulary) -> Affiliation | None:
    """The affiliation on a line that holds nothing else."""
    title = text[line.start : line.end].rstrip("：: \u3000")
    office = words.office_end.search(title)
    if office is None:
        return None
    end = line.start + len(title)
    found = read_affiliation(text, line.start, (line.start + office.start(), end), words)
    return found if found and found.party is not None and found.start == line.start else None
