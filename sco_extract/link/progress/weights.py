"""The parameters by which passages are judged."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Weights:
    """The parameters of the decision.

    Measured on 140 links made by hand for six sub-areas of one plan by two readers (half of them the gold of
    ``scripts/score_links.py``) and on 176 links of our own sentences for plans of other bodies (tests/cases/progress):
    coordinate search over all three. On the two halves direct precision and recall are 0.95 and 1.00, 0.86 and 0.88, any link
    precision and recall 0.55 and 0.85, 0.67 and 0.70; the cases come out as expected but for those marked. Each value stands
    on a plateau: its neighbors score alike.

    ``own``, ``event``, ``heading``: how much of a word's weight a passage has that names it itself, in the sentence whose
    event it goes on about, in the headings above it. Of that ``compound`` counts for the parts of a compound apart from
    each other, ``near`` for another word of the sub-field, ``head`` for the name of the field that the word holds itself,
    ``field`` and ``narrow`` for another word of the field, the more the fewer passages speak of it; from ``strong`` on a
    word is told. ``telling``: weight of a field whose events are evidence.
    ``direct``, ``direct_least``: share and weight of a demand's object from which on a passage is direct, ``concerned`` the
    share for what is pending; ``whole``: share of all words, where exchange is asked for; ``clause``: the weight of a clause
    all of whose words are there. ``rival``: part of the share of the best measure that another one must have
    unless the passage names most of its own words. ``related``: share of the weight of the measure's words from which
    on a passage is evidence; ``enough``: the weight, in parts of that of a word which only one text has, that is
    evidence whatever its share; ``least``: below it a share tells nothing. A sentence that goes on about an event is
    evidence from the share ``followed`` or the weight ``told`` of the object on (of 35 that have less one was a link),
    one of an article, which tells of many things, from the weight ``particular`` of words that it has itself.
    ``executor``: what an executor adds, ``aligned`` a section of the measure's sector; ``strange``: by how much more a
    passage of another section must have, ``named`` one for a measure that only names a document or a body. ``rare``:
    from this part on a word stands for a topic; ``topical``, ``titled``, ``topical_body``: shares needed beside such a
    word in the name of an event, in a title, beside a body. ``mostly``: the share of a measure's own words where an
    event is named by a common one.
    """

    own: float = 1.0
    event: float = 0.8
    heading: float = 0.3
    field: float = 0.3
    narrow: float = 0.3
    near: float = 0.75
    telling: float = 0.4
    head: float = 0.55
    strong: float = 0.7
    compound: float = 0.9
    executor: float = 0.2
    related: float = 0.5
    followed: float = 0.55
    told: float = 0.7
    particular: float = 0.7
    enough: float = 0.75
    least: float = 0.55
    direct: float = 0.7
    direct_least: float = 0.6
    whole: float = 0.75
    concerned: float = 0.55
    rival: float = 0.8
    rare: float = 0.74
    topical: float = 0.25
    topical_body: float = 0.35
    mostly: float = 0.35
    titled: float = 0.55
    clause: float = 1.2
    strange: float = 1.0
    aligned: float = 0.15
    named: float = 1.3
