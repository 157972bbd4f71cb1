"""How many facts of a gold file stand in the composed report: meetings of the period with date and place, and documents.

``score_report.py FOLDER PLAN PERIOD GOLD.jsonl``: FOLDER is what ingest wrote, GOLD has rows of type meeting and document.
A date or place counts where one sentence or row of an annex has it together with the meeting's name; a title anywhere.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from rapidfuzz.fuzz import partial_ratio
from report_text import composed

from sco_extract.compose.facts import ORDINAL, dates_in, fold_names, normal
from sco_extract.compose.papers import is_within
from sco_extract.compose.verify import sentences_of, unsupported
from sco_extract.lexicon.load import Lexicon, load
from sco_extract.model.draft import Draft
from sco_extract.values.edtf import Value, parse

# Two names of one meeting share this much of the shorter one (rapidfuzz, 0 to 100), measured on the project's own gold.
ALIKE = 72
Row = dict[str, str | int | bool | list[str] | None]


def units(draft: Draft, *, annexes: bool) -> Iterator[str]:
    """Sentences, and with ``annexes`` the rows of their tables."""
    for section in (draft.introduction, *draft.sections):
        yield from (sentence.text for sentence in sentences_of(section))
    for annex in draft.annexes if annexes else ():
        for table in annex.tables:
            yield from ("；".join(line for cell in row for line in cell.lines) for row in table.rows)


class Score:
    """Facts wanted and found, by kind."""

    def __init__(self, draft: Draft, lexicon: Lexicon, *, annexes: bool) -> None:
        self.lexicon = lexicon
        texts = [normal(text) for text in units(draft, annexes=annexes)]
        self.units = [(self.bare(text), {edtf for edtf, _ in dates_in(text, lexicon)}, text) for text in texts]
        self.whole = "\n".join(fold_names(text, lexicon) for text in texts)
        self.found: dict[str, list[bool]] = {}
        self.missed: list[str] = []

    def bare(self, text: str) -> str:
        """Names without ordinals and marks."""
        return fold_names(ORDINAL.sub("", text), self.lexicon)

    def count(self, kind: str, what: str, *, there: bool) -> None:
        """Take a fact."""
        self.found.setdefault(kind, []).append(there)
        if not there:
            self.missed.append(f"{kind}: {what}")

    def meeting(self, row: Row, period: Value) -> None:
        """Date and place of a meeting, where a unit names it."""
        name = self.bare(normal(str(row["name"])))
        near = [unit for unit in self.units if partial_ratio(name, unit[0]) >= ALIKE]
        dates = row["dates"]
        assert isinstance(dates, list)
        for date in dates:
            if is_within(date, period) and date != period.edtf:
                self.count("date", f"{row['name']} {date}", there=any(date in unit[1] for unit in near))
        if row["place"]:
            place = fold_names(str(row["place"]), self.lexicon)
            there = any(set(dates) & unit[1] and all(part in unit[2] for part in place.split("、")) for unit in near)
            self.count("place", f"{row['name']} {place}", there=there)

    def document(self, row: Row) -> None:
        """A title."""
        there = fold_names(str(row["title"]), self.lexicon) in self.whole
        self.count("document", str(row["title"]), there=there)


def rows(path: Path, kind: str) -> Iterable[Row]:
    """The rows of one type."""
    with path.open(encoding="utf-8") as file:
        yield from (row for row in map(json.loads, file) if row["type"] == kind)


def main() -> None:
    """Print found and wanted by kind, then what is missing."""
    folder, plan, span, gold = sys.argv[1:]
    period, lexicon = parse(span), load()
    assert period is not None
    draft = composed(Path(folder), plan, span)
    for annexes in (False, True):
        score = Score(draft, lexicon, annexes=annexes)
        for row in rows(Path(gold), "meeting"):
            if isinstance(row["dates"], list) and any(is_within(date, period) for date in row["dates"]):
                score.meeting(row, period)
        for row in rows(Path(gold), "document"):
            date = row["date"]
            if isinstance(date, str) and is_within(date, period):
                score.document(row)
        total = [one for found in score.found.values() for one in found]
        print("with annexes" if annexes else "sentences only")
        for kind, found in (*score.found.items(), ("all", total)):
            print(f"  {kind:9} {sum(found)}/{len(found)} {sum(found) / max(len(found), 1):.3f}")
        print(*(f"    missing {one}" for one in score.missed), sep="\n")
    print(f"sentences without support: {len(unsupported(draft, lexicon))}")


if __name__ == "__main__":
    main()
