"""What a passage says was done with a document, by its own verb; nothing where the verb is someone else's."""

from __future__ import annotations

import re

from sco_extract.compose.facts import normal
from sco_extract.compose.phrases import Phrases
from sco_extract.compose.sources import Source
from sco_extract.link.passages import loose
from sco_extract.model.records import Instrument

# What may stand between a verb and the titles it governs: other titles, marks, aspect, a count.
_BETWEEN = re.compile(r"(?:《[^《》]*》|[、，:：\s了]|以及|和|及|与|等|[一二两三四五六七八九十0-9]+[份项个]|文件|草案|联合公报|关于|建立|了)*")
_CLAUSE = re.compile(r"[，。；！？\n]")
ACTIONS = ("adopted", "approved", "signed", "agreed", "extended")


def verb_at(one: Instrument, source: Source, phrases: Phrases, actor: str = "") -> str | None:
    """The verb by which the passage says what was done with the title, None where it does not say so of ``actor``.

    通过了《…》《…》 is an act of the sentence's subject. In 委员会一致通过的《…》 the clause itself must name the actor: the
    document was adopted elsewhere, else. Passive forms follow the title: 《…》获得通过.
    """
    if one.action not in ACTIONS:
        return None
    verbs = phrases.words(f"verbs_{one.action}")
    place = source.sentence_at(one.span.start, one.span.end)
    before = normal(source.text[place.start : one.span.start])
    after = normal(source.text[one.span.end : place.end])
    clause = _CLAUSE.split(after, maxsplit=1)[0]
    passive = next((verb for verb in verbs if re.match(rf"(?:（[^（）]*）)?.{{0,6}}?(?:获得?|被|已经?|正式|一致|予以)+{verb}", clause)), None)
    # The last verb before the title, from the verb to the title nothing but other titles.
    ends = sorted(((match.end(), verb) for verb in verbs for match in re.finditer(verb, _outside(before))), reverse=True)
    for end, verb in ends:
        rest = before[end:]
        if _BETWEEN.fullmatch(rest):
            return verb
        if rest.startswith("的") and _BETWEEN.fullmatch(rest[1:]):
            return verb if _acts(before[:end], actor) else None
    return passive


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
