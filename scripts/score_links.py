"""Score the links of measures and passages against links made by hand.

    score_links.py progress.json links.jsonl [--subarea NAME ...] [--but NAME ...] [--errors]

An evidence matches a gold link of the same measure where the source is the same (the gold's id begins ours) and the spans
overlap by at least half of the shorter. Precision counts evidences, recall counts gold links.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

Key = tuple[str, int | None]


@dataclass(frozen=True, slots=True)
class Link:
    """A passage said to be evidence of a measure."""

    source: str
    start: int
    end: int
    strength: str
    quote: str

    def matches(self, gold: Link) -> bool:
        """Same source, and spans that overlap by half of the shorter."""
        overlap = min(self.end, gold.end) - max(self.start, gold.start)
        shorter = min(self.end - self.start, gold.end - gold.start)
        return self.source.startswith(gold.source) and overlap * 2 >= shorter > 0


@dataclass(frozen=True, slots=True)
class Score:
    """Hits of both sides."""

    right: int
    found: int
    recalled: int
    gold: int

    def __str__(self) -> str:
        precision = self.right / self.found if self.found else 1.0
        recall = self.recalled / self.gold if self.gold else 1.0
        return f"P {precision:.3f} ({self.right}/{self.found})  R {recall:.3f} ({self.recalled}/{self.gold})"


def read_gold(path: Path) -> dict[Key, list[Link]]:
    """Links by measure; a measure that the gold looked at and found nothing for has an empty list."""
    gold: dict[Key, list[Link]] = defaultdict(list)
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        links = gold[row["subarea"], row["number"]]
        if row["type"] == "link":
            end = row["start"] + len(row["quote"])
            links.append(Link(row["source"], row["start"], end, row["strength"], row["quote"]))
    return dict(gold)


def read_found(path: Path) -> dict[Key, list[Link]]:
    """Evidence by measure, from ``sco-extract progress --format json``."""
    measures = json.loads(path.read_text(encoding="utf-8"))["measures"]
    return {
        (one["subarea"], one["number"]): [
            Link(e["source"], e["span"]["start"], e["span"]["end"], e["strength"], e["span"]["quote"])
            for e in one["evidence"]
        ]
        for one in measures
    }


def score(gold: dict[Key, list[Link]], found: dict[Key, list[Link]], strength: str | None) -> Score:
    """Precision and recall over the measures of ``gold``; of one ``strength``, or of links of any strength."""
    counts = [0, 0, 0, 0]
    for key, links in gold.items():
        mine = [one for one in found.get(key, []) if strength in (None, one.strength)]
        wanted = [one for one in links if strength in (None, one.strength)]
        counts[0] += sum(any(one.matches(other) for other in wanted) for one in mine)
        counts[1] += len(mine)
        counts[2] += sum(any(one.matches(other) for one in mine) for other in wanted)
        counts[3] += len(wanted)
    return Score(*counts)


def errors(gold: dict[Key, list[Link]], found: dict[Key, list[Link]]) -> Iterable[str]:
    """Links missed and made too much, a line each."""
    for key, links in gold.items():
        mine = found.get(key, [])
        for one in links:
            met = [other for other in mine if other.matches(one)]
            if not met or all(other.strength != one.strength for other in met):
                got = met[0].strength if met else "-"
                yield f"{key[0][:8]} {key[1]} want {one.strength:8} got {got:8} {one.start} {one.quote[:60]}"
        for one in mine:
            if not any(one.matches(other) for other in links):
                yield f"{key[0][:8]} {key[1]} want -        got {one.strength:8} {one.start} {one.quote[:60]}"


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the scores."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("progress", type=Path)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--subarea", nargs="*", help="only these sub-areas (by their beginning)")
    parser.add_argument("--but", nargs="*", help="all but these sub-areas")
    parser.add_argument("--errors", action="store_true")
    given = parser.parse_args(arguments)
    gold, found = read_gold(given.gold), read_found(given.progress)
    if given.subarea:
        gold = {key: links for key, links in gold.items() if key[0].startswith(tuple(given.subarea))}
    if given.but:
        gold = {key: links for key, links in gold.items() if not key[0].startswith(tuple(given.but))}
    print(f"direct   {score(gold, found, 'direct')}")
    print(f"any link {score(gold, found, None)}")
    if given.errors:
        print("\n".join(errors(gold, found)))


if __name__ == "__main__":
    main()
