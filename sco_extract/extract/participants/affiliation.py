"""Whom a person stands for: the state or organisation before the office, and the whole title."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from sco_extract.extract.participants.vocabulary import Vocabulary

_LONGEST_LEAD = 80  # state, ministry and two offices; the longest lead seen has 41 characters
_LONGEST_ALIAS = 40  # the bracket with the short name of a body
_LONGEST_TITLE = 40
_LONGEST_PARTY = 30
_STOPS = re.compile(r"[，。；：！？,;:“”\n\t]|[（(](?!.{1,2}[）)])")  # not in 刚果（布）总统
_JOINED = re.compile(r"[—–\-和与及、·]")
_SEPARATOR = re.compile(r"[ \u3000]*[：:—\-]*[ \u3000]*")


@dataclass(frozen=True, slots=True)
class Affiliation:
    """``start`` is where the party's name starts (or the title, without a party); ``state`` tells states from bodies."""

    start: int
    party: str | None
    title: str
    state: bool


def read_affiliation(text: str, low: int, office: tuple[int, int], words: Vocabulary) -> Affiliation | None:
    """The party and title of a person whose last office word is ``text[office[0]:office[1]]``.

    Nothing before ``low`` is read. After a state everything up to the name is the title (商务部部长), after an organisation
    its last offices are (轮值主席) and the rest belongs to the organisation. None where the words before the office are a
    clause and no title.
    """
    low = max(low, office[0] - _LONGEST_LEAD - _LONGEST_ALIAS)
    alias = words.alias.search(text, low, office[0])
    if alias:  # 地区反恐怖机构（以下简称“反恐怖机构”）执委会主任: read without the bracket
        plain = text[low : alias.start()] + text[alias.end() : office[1]]
        length = alias.end() - alias.start()
        read = read_affiliation(plain, 0, (office[0] - low - length, office[1] - low - length), words)
        behind = length if read and low + read.start >= alias.start() else 0
        return replace(read, start=low + read.start + behind) if read else None
    low = max(low, office[0] - _LONGEST_LEAD)
    stops = [stop.end() for stop in _STOPS.finditer(text, low, office[0])]
    low = stops[-1] if stops else low
    lead = text[low : office[1]]
    for match, start, after in _parties(lead, words):
        found = (_of_state if match in words.states else _of_organisation)(lead, start, after, words)
        if found:
            party, title = found
            return Affiliation(low + start, party, title, match in words.states)
    return _without_party(lead, low, words)


def _parties(lead: str, words: Vocabulary) -> Iterator[tuple[str, int, int]]:
    """States and organisations in ``lead`` that can begin a title: name, start, end with the state's formal ending."""
    joined = -1
    for match in words.parties.finditer(lead):
        start, after = match.span()
        if match[0] in words.states:
            suffix = words.state_suffix.match(lead, after)
            after = suffix.end() if suffix else after
        if joined < 0 and after < len(lead) and lead[after] in "—–-":  # 中国—东盟中心 is one body
            joined = start
            continue
        if joined >= 0:
            yield "", joined, after
            joined = -1
        yield match[0], start, after


def _of_state(lead: str, start: int, after: int, words: Vocabulary) -> tuple[str, str] | None:
    gap = _SEPARATOR.match(lead, after)
    begin = gap.end() if gap else after
    title = lead[begin:].strip()
    if not title or len(title) > _LONGEST_TITLE or _JOINED.match(title):
        return None
    last = words.office_end.search(title)
    head = title[: last.start()] if last else title
    if words.not_in_title.search(head) or _names_other_state(title, words):
        return None
    return lead[start:after], title


def _names_other_state(title: str, words: Vocabulary) -> bool:
    """A second state ends the title of the first, unless it is where the office is held (驻哈萨克斯坦大使)."""
    return any(
        match[0] in words.states and not title[: match.start()].endswith(words.abroad) and match.end() < len(title)
        for match in words.parties.finditer(title)
    )


def _of_organisation(lead: str, start: int, after: int, words: Vocabulary) -> tuple[str, str] | None:
    last = words.office_end.search(lead)
    if last is None or last.start() < after:
        direct = words.office_start.match(lead, after)
        if direct is None:
            return None
        return lead[start:after], lead[after:].strip()
    direct = words.office_start.match(lead, after)
    cut = (
        after if direct else last.start()
    )  # 联合国秘书长…问题特别代表: the first office follows the organisation at once
    party = lead[start:cut]
    middle = lead[after:cut]
    if len(party) > _LONGEST_PARTY or words.not_in_title.search(middle) or "、" in party:
        return None
    if words.roles.search(middle) or _names_other_state(middle + lead[cut:], words):  # 上合组织观察员国蒙古国
        return None
    return party.strip(), lead[cut:].strip()


def _without_party(lead: str, low: int, words: Vocabulary) -> Affiliation | None:
    """No known party: an unknown organisation by its ending (…中心, …银行), else only the title."""
    last = words.office_end.search(lead)
    begin = 0
    for match in words.lead_in.finditer(lead, 0, last.start() if last else len(lead)):
        begin = match.end()
    begin = max(begin, lead.rfind("、", 0, last.start() if last else len(lead)) + 1)
    while begin < len(lead) and lead[begin] in " \u3000":
        begin += 1
    piece = lead[begin:]
    cut = last.start() - begin if last and last.start() >= begin else 0
    if len(piece) > _LONGEST_TITLE or words.not_in_title.search(piece, 0, cut):
        return None
    party = piece[:cut]
    if party and words.organisation_ending.search(party):
        return Affiliation(low + begin, party, piece[cut:], state=False)
    return Affiliation(low + begin, None, piece.strip(), state=False)
