"""What a passage says was done with a document, by its own verb; nothing where the verb is someone else's."""

from __future__ import annotations

import re

from sco_extract.compose.facts import normal
from sco_extract.compose.phrases import Phrases
from sco_extract.compose.sources import Source
from sco_extract.lexicon.load import alternation
from sco_extract.link.passages import loose
from sco_extract.model.records import Instrument

_CLAUSE = re.compile(r"[，。；！？\n]")
# A count of documents: 四份, 3项.
_COUNTED = r"[一二两三四五六七八九十0-9]+[份项个]"
ACTIONS = ("adopted", "approved", "signed", "agreed", "extended")


def verb_at(one: Instrument, source: Source, phrases: Phrases, actor: str = "", *, dated: bool = False) -> str | None:
    """The verb by which the passage says what was done with the title, None where it does not say so of ``actor``.

    通过了《…》《…》 is an act of the sentence's subject. In 委员会一致通过的《…》 the clause itself must name the actor, or the
    sentence must say when (``dated``): the document was adopted elsewhere, else. Passive forms follow the title: 《…》获得通过.
    """
    if one.action not in ACTIONS:
        return None
    verbs = phrases.words(f"verbs_{one.action}")
    place = source.sentence_at(one.span.start, one.span.end)
    before = normal(source.text[place.start : one.span.start])
    after = normal(source.text[one.span.end : place.end])
    clause = _CLAUSE.split(after, maxsplit=1)[0]
    lead = f"(?:（[^（）]*）)?.{{0,6}}?(?:{alternation(phrases.words('passive'))})+"
    passive = next((verb for verb in verbs if re.match(lead + verb, clause)), None)
    between = _between(phrases)
    # The last verb before the title, from the verb to the title nothing but other titles.
    ends = sorted(
        ((match.end(), verb) for verb in verbs for match in re.finditer(verb, _outside(before))), reverse=True
    )
    for end, verb in ends:
        rest = before[end:]
        if between.fullmatch(rest):
            return verb
        if rest.startswith("的") and between.fullmatch(rest[1:]):
            return verb if dated or _acts(before[:end], actor) else None
    return passive


def _between(phrases: Phrases) -> re.Pattern[str]:
    """What may stand between a verb and the titles that it governs: other titles, marks, a count, some words."""
    words = alternation(phrases.words("between"))
    return re.compile(rf"(?:《[^《》]*》|[、，:：\s]|{_COUNTED}|{words})*")


def _outside(text: str) -> str:
    """``text`` with the words inside title marks blanked, so that no verb is found there."""
    return re.sub(r"《[^《》]*》", lambda match: "《" + "＿" * (len(match[0]) - 2) + "》", text)


def _acts(before: str, actor: str) -> bool:
    """Does the clause at the end of ``before`` name the ``actor``, by the last six characters of its name or more?"""
    if not actor:
        return False
    clause = loose(_CLAUSE.split(before)[-1])
    name = loose(actor)
    return any(name[-length:] in clause for length in range(min(len(name), 12), 4, -1)) or name[:-2][-5:] in clause
