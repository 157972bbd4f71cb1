"""Quality on the project's own gold against floors that only rise on purpose.

usage: gate.py [--update [--allow-regression]] [--errors N]

tests/gold/<source id>.jsonl holds what a careful reader found in corpus/, one JSON object a line, with `type` and `start`
(code points of the source text); tests/gold/baseline.json the floors and what was missed when they were set. Prints
precision, recall and F1 a type, the share of right attributes, and each record gained and lost since. Exit status 1 below a
floor. --update sets the floors to what is reached now and refuses to lower one without --allow-regression.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from matching import ATTRIBUTES, FIELDS, Row, describe, find_pairs, is_free, is_scored, quote_of

from sco_extract.model.records import SourceFile
from sco_extract.normalize import normalize
from sco_extract.pipeline import extract
from sco_extract.read import read
from sco_extract.run.inputs import find_inputs

ROOT = Path(__file__).parent.parent
GOLD = ROOT / "tests/gold"
BASELINE = GOLD / "baseline.json"


@dataclass
class Score:
    """The tally of one type; ``missed`` and ``spurious`` say what and where."""

    gold: int = 0
    found: int = 0
    hits: int = 0
    attributes: dict[str, list[bool]] = field(default_factory=lambda: defaultdict(list))
    missed: list[str] = field(default_factory=list)
    spurious: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def numbers(self) -> dict[str, float]:
        """Precision, recall, F1 and the share of right values of each attribute."""
        precision = self.hits / self.found if self.found else 1.0
        recall = self.hits / self.gold if self.gold else 1.0
        both = precision + recall
        numbers = {"precision": precision, "recall": recall, "f1": 2 * precision * recall / both if both else 0.0}
        return numbers | {f"attribute {name}": sum(right) / len(right) for name, right in self.attributes.items()}


def load_gold(path: Path, source: SourceFile) -> list[Row]:
    """The rows of one file; ``ValueError`` for a row of unknown type or whose quote is not where it says."""
    rows: list[Row] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        row = json.loads(line)
        if row["type"] not in FIELDS:
            raise ValueError(f"{path.name}, line {number}: unknown type {row['type']!r}")
        quote, start = quote_of(row), row.get("start")
        if quote and start is not None and not source.text.startswith(quote, start):
            raise ValueError(f"{path.name}, line {number}: {quote[:30]!r} does not stand at {start}")
        rows.append(row)
    return rows


def sources() -> Iterator[SourceFile]:
    """The records of every sample that has gold."""
    for source in find_inputs([str(ROOT / "corpus")]):
        if (GOLD / f"{source.id}.jsonl").exists() and source.path:
            document = normalize(read(source.path.read_bytes(), source.relative))
            yield extract(document, source_id=source.id, path=source.relative)


def score_source(source: SourceFile, rows: list[Row], scores: dict[str, Score]) -> None:
    """Add what ``source`` got right and wrong to ``scores``."""
    records = source.model_dump()
    for kind, name in FIELDS.items():
        gold = [row for row in rows if row["type"] == kind and is_scored(row)]
        if not gold:
            continue
        pairs, missed, spurious = find_pairs(kind, gold, records[name])
        spurious = [record for record in spurious if not is_free(kind, rows, record)]
        score = scores.setdefault(kind, Score())
        score.gold += len(gold)
        score.found += len(pairs) + len(spurious)
        score.hits += len(pairs)
        score.missed += [describe(source.source.id, row) for row in missed]
        score.spurious += [describe(source.source.id, record) for record in spurious]
        for row, record in pairs:
            for attribute, same in ATTRIBUTES[kind].items():
                right = same(row, record)
                score.attributes[attribute].append(right)
                if not right:
                    score.wrong.append(f"{attribute}: {describe(source.source.id, row)}")


def digest(names: list[str]) -> str:
    """A digest of the gold and the samples it is about: floors hold for these only."""
    total = hashlib.sha256()
    for name in sorted(names):
        total.update((GOLD / f"{name}.jsonl").read_bytes())
    return total.hexdigest()[:16]


def floors_of(scores: dict[str, Score]) -> dict[str, dict[str, float]]:
    """The numbers, rounded down so that they are reached."""
    return {
        kind: {name: math.floor(number * 1000) / 1000 for name, number in score.numbers().items()}
        for kind, score in scores.items()
    }


def below(scores: dict[str, Score], floors: dict[str, dict[str, float]]) -> list[str]:
    """Every number that is under its floor, and every floor whose type or attribute is gone."""
    now = floors_of(scores)
    return [
        f"{kind} {name}: {now.get(kind, {}).get(name, 0.0):.3f}, floor {floor:.3f}"
        for kind, numbers in floors.items()
        for name, floor in numbers.items()
        if now.get(kind, {}).get(name, 0.0) < floor
    ]


def print_scores(scores: dict[str, Score], errors: int) -> None:
    """One line a type, then the first few errors of each."""
    for kind, score in scores.items():
        numbers = score.numbers()
        attributes = "  ".join(f"{n.split()[1]} {v:.3f}" for n, v in numbers.items() if n.startswith("attribute"))
        print(
            f"{kind:12} gold {score.gold:4}  found {score.found:4}  P {numbers['precision']:.3f}  "
            f"R {numbers['recall']:.3f}  F1 {numbers['f1']:.3f}  {attributes}"
        )
        for label in ("missed", "spurious", "wrong"):
            for line in getattr(score, label)[:errors]:
                print(f"    {label:9}{line}")


def print_changes(scores: dict[str, Score], before: dict[str, dict[str, list[str]]]) -> None:
    """What is found that was not when the floors were set, and the reverse."""
    signs = {"missed": ("lost", "gained"), "spurious": ("invented", "no longer invented"), "wrong": ("wrong", "right")}
    for kind, score in scores.items():
        for label, (new, gone) in signs.items():
            old, now = set(before.get(kind, {}).get(label, [])), set(getattr(score, label))
            for line in sorted(now - old):
                print(f"  - {new} {kind} {line}")
            for line in sorted(old - now):
                print(f"  + {gone} {kind} {line}")


def main() -> int:
    """Score, compare, say what changed; the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--update", action="store_true")
    parser.add_argument("--allow-regression", action="store_true")
    parser.add_argument("--errors", type=int, default=0)
    options = parser.parse_args()
    scores: dict[str, Score] = {}
    names = []
    for source in sources():
        names.append(source.source.id)
        score_source(source, load_gold(GOLD / f"{source.source.id}.jsonl", source), scores)
    if not names:
        print("tests/gold holds no gold for a file of corpus/", file=sys.stderr)
        return 2
    baseline = json.loads(BASELINE.read_text(encoding="utf-8")) if BASELINE.exists() else {}
    print_scores(scores, options.errors)
    print_changes(scores, baseline.get("errors", {}))
    return _judge(options, scores, baseline, digest(names))


def _judge(options: argparse.Namespace, scores: dict[str, Score], baseline: dict[str, object], gold: str) -> int:
    floors = baseline.get("floors", {})
    assert isinstance(floors, dict)
    problems = below(scores, floors)
    if baseline and baseline.get("gold") != gold and not options.update:
        problems.append("the gold changed since the floors were set; run gate.py --update")
    if problems:
        print("\n".join(["below the floor:", *problems]), file=sys.stderr)
    if not options.update:
        return 1 if problems else 0
    if problems and not options.allow_regression:
        print("floors kept; lower them with --update --allow-regression", file=sys.stderr)
        return 1
    errors = {k: {"missed": s.missed, "spurious": s.spurious, "wrong": s.wrong} for k, s in scores.items()}
    content = {"gold": gold, "floors": floors_of(scores), "errors": errors}
    BASELINE.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")
    print(f"floors set in {BASELINE.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
