"""A person as one passage names him, and the roles that words around him give."""

from __future__ import annotations

from dataclasses import dataclass

from sco_extract.extract.participants.affiliation import Affiliation
from sco_extract.extract.participants.vocabulary import Vocabulary
from sco_extract.model.mentions import ParticipantRole

_ROLES: dict[str, ParticipantRole] = {"observer": "observer", "guest": "guest", "member": "member"}


@dataclass(frozen=True, slots=True)
class Found:
    """One passage with a person.

    ``role`` is what words around the person say (观察员国, 客人), else None; ``fallback`` is what the verb makes of a
    state's representative (列席: observer).
    """

    start: int
    end: int
    rule: str
    name: str
    affiliation: Affiliation
    role: ParticipantRole | None = None
    fallback: ParticipantRole = "member"


def is_name(name: str, words: Vocabulary) -> bool:
    """Whether ``name`` can be a person's: no city, state or organisation, nor a long state's name with more behind it."""
    if name in words.places or name in words.organisation_names or name[1:] in words.places:  # 总理于北京出席
        return False
    if words.no_name.match(name) or words.trigger.match(name):  # 欧盟派代表列席
        return False
    party = words.party_before(name)
    if party is None or "·" in name:
        return True
    # 苏丹诺夫 and 古巴列夫 begin with short names of states; nobody is called 哈萨克斯坦….
    return len(party) < len(name) and (party not in words.states or len(party) == 2)


def role_in(text: str, words: Vocabulary) -> ParticipantRole | None:
    """The role that the last role word of ``text`` gives (观察员国, 客人, 成员国)."""
    last = None
    for match in words.roles.finditer(text):
        last = match[0]
    return _ROLES[words.role_of[last]] if last else None


def settle(found: Found, own: tuple[str, ...], words: Vocabulary) -> ParticipantRole:
    """The role in the output.

    Officers of the document's ``own`` organisation (by any of its names) are officials, those of another one guests; a
    state's representative has the role that the words say. Without an own organisation all officers are officials.
    """
    party = found.affiliation.party
    if party is None and words.own_officer.search(found.affiliation.title):
        return "official"
    if party is None or found.affiliation.state:
        return found.role or found.fallback
    # 东盟 is at home where the document first names 东盟与中日韩, a grouping around it.
    at_home = not own or any(name in party or name.startswith(party) for name in own)
    return "official" if at_home else "guest"
