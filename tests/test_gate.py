"""The quality gate: how records are matched with gold, and that the floors hold."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from gate import Score, below, floors_of, load_gold, score_source
from matching import find_pairs, similar

from sco_extract.normalize import normalize
from sco_extract.pipeline import extract
from sco_extract.read import read

ROOT = Path(__file__).parent.parent
TEXT = "2024年7月4日，成员国元首理事会会议在阿斯塔纳举行。会议通过《阿斯塔纳宣言》。\n"
SOURCE = extract(normalize(read(TEXT.encode(), "x.txt")), source_id="x")
DATE = {"type": "date", "text": "2024年7月4日", "start": 0, "edtf": "2024-07-04"}
TITLE = {"type": "document", "title": "阿斯塔纳宣言", "start": 30, "kind": "宣言", "draft": False}


def scores(*rows: dict) -> dict[str, Score]:
    found: dict[str, Score] = {}
    score_source(SOURCE, list(rows), found)
    return found


def test_right_records_score_one() -> None:
    title = {**TITLE, "start": TEXT.index("《"), "date": SOURCE.documents[0].date, "place": SOURCE.documents[0].place}
    numbers = {kind: score.numbers() for kind, score in scores(DATE, title).items()}
    assert numbers["date"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0}
    assert set(numbers["document"].values()) == {1.0}


def test_a_wrong_value_is_missed_and_spurious() -> None:
    score = scores({**DATE, "edtf": "2024-07-05"})["date"]
    assert (score.hits, len(score.missed), len(score.spurious)) == (0, 1, 1)


def test_rows_that_do_not_count() -> None:
    assert scores({**DATE, "optional": True}) == {}
    other = {**DATE, "text": "4日", "start": 7, "edtf": "2024"}
    score = scores({**DATE, "note": "relative"}, other)["date"]
    assert (score.gold, score.found) == (1, 0)


def test_each_record_is_matched_once() -> None:
    records = [record.model_dump() for record in SOURCE.dates]
    pairs, missed, spurious = find_pairs("date", [DATE, DATE], records)
    assert (len(pairs), len(missed), len(spurious)) == (1, 1, 0)


def test_floors_only_rise() -> None:
    score = Score(gold=3, found=3, hits=2)
    floors = floors_of({"date": score})
    assert floors["date"]["recall"] == 0.666
    assert below({"date": score}, floors) == []
    assert below({"date": Score(gold=3, found=3, hits=1)}, floors)
    assert below({}, floors)


def test_gold_must_stand_in_its_text(tmp_path: Path) -> None:
    gold = tmp_path / "x.jsonl"
    gold.write_text('{"type": "date", "text": "2024年7月4日", "start": 5, "edtf": "2024"}\n', encoding="utf-8")
    with pytest.raises(ValueError, match="does not stand at 5"):
        load_gold(gold, SOURCE)
    gold.write_text('{"type": "nothing"}\n', encoding="utf-8")
    with pytest.raises(ValueError, match="unknown type"):
        load_gold(gold, SOURCE)


def test_similar() -> None:
    assert similar("“绿色”论坛", "绿色论坛") == 1.0
    assert similar("绿色论坛", None) == 0.0


def test_floors_hold() -> None:
    assert (ROOT / "tests/gold/baseline.json").exists(), "no floors: write them with `python scripts/gate.py --update`"
    command = [sys.executable, "scripts/gate.py", "--errors", "5"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
