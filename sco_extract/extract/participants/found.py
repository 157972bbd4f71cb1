"""A person as one passage names him, and the roles that words around him give."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sco_extract.extract.participants.affiliation import Affiliation
from sco_extract.extract.participants.vocabulary import Vocabulary
from sco_extract.model.mentions import ParticipantRole

_ROLES: dict[str, ParticipantRole] = {"observer": "observer", "guest": "guest", "member": "member"}


@dataclass(frozen=True, slots=True)
class Found:
    """One passage with a person; ``role`` is None until the passage or its surroundings say it."""

    start: int
    end: int
    rule: str
    name: str
    affiliation: Affiliation
    role: ParticipantRole | None


def is_name(name: str, words: Vocabulary) -> bool:
    """Whether ``name`` can be a person's: no state, city or organisation, nor one with more behind it."""
    if name in words.places or name in words.organisation_names:
        return False
    match = words.parties.match(name)
    return match is None or (match[0] not in words.states and match.end() < len(name)) or "·" in name


def role_in(text: str, words: Vocabulary) -> ParticipantRole | None:
    """The role that the last role word of ``text`` gives (观察员国, 客人, 成员国)."""
    last = None
    for match in words.roles.finditer(text):
        last = match[0]
    return _ROLES[words.role_of[last]] if last else None


def settle(found: Found, own: tuple[str, ...], default: Callable[[], ParticipantRole], words: Vocabulary) -> ParticipantRole:
    """The role in the output.

    Officers of the document's ``own`` organisation are officials, those of another one guests; a state's representative
    has the role that the words say, else ``default()``.
    """
    party = found.affiliation.party
    if found.affiliation.state:
        return found.role or default()
    if party is None:
        if words.own_officer.search(found.affiliation.title):
            return "official"
        return found.role or default()
    if not own or any(name in party for name in own):
        return "official"
    return "guest"
