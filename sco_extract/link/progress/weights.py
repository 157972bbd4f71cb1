"""The parameters by which passages are judged."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Weights:
    """The parameters of the decision.

    Measured on 118 links made by hand for ten sub-areas of one plan (67 of them, three sub-areas, the gold of
    ``scripts/score_links.py``): coordinate search, each sub-area scored with what the nine others chose. Left-out scores:
    direct 0.91 and 0.91; any link precision 0.49, recall 0.80. Each value stands inside the range that scores alike, away
    from its edge: direct precision falls below 0.85 with ``direct`` under 0.70, ``direct_least`` under 0.56 or ``rare`` under
    0.70. ``related``, ``enough`` and ``least`` trade precision for recall of related passages.

    ``own``, ``event``, ``heading``: how much of a word's weight a passage has that names it itself, in the sentence whose
    event it goes on about, in the headings above it. ``field`` and ``narrow``: of that, for another word of the same field,
    the more the fewer passages speak of the field. ``body``: what a standing body of the field adds that the passage names,
    ``executor`` one among the executors, ``aligned`` a section of the measure's sector; ``strange``: by how much more a
    passage of another section must have, ``named`` one for a measure that only names a document or a body.
    ``related``, ``direct``: shares of the weight of the measure's words from which on a passage is evidence; ``enough``: the
    weight, in parts of that of a word which only one text has, that is evidence whatever its share; ``least`` and
    ``direct_least``: below it a share tells nothing, because the measure's words are in every second text. ``rare``: from
    this part on a word stands for a topic; ``topical``, ``titled``, ``topical_body``: shares needed beside such a word in
    the name of an event, in a title, beside a body. ``mostly``: the share of a measure's own words where an event is named
    by a common one. ``clause``: the weight of a clause that stands for itself.
    """

    own: float = 1.0
    event: float = 0.8
    heading: float = 0.3
    field: float = 0.3
    narrow: float = 0.3
    near: float = 0.75
    telling: float = 0.4
    head: float = 0.45
    vague: float = 1.25
    held: float = 0.0
    strong: float = 0.7
    compound: float = 0.9
    body: float = 0.1
    executor: float = 0.2
    related: float = 0.45
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
