"""The records of every sample, compared exactly. `make golden` writes them anew; read the difference before committing."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from sco_extract.normalize import normalize
from sco_extract.pipeline import extract
from sco_extract.read import read
from sco_extract.run.inputs import Input, find_inputs

ROOT = Path(__file__).parent.parent
GOLDEN = ROOT / "tests/golden"
FLAG = "SCO_EXTRACT_GOLDEN"
WRITE = os.environ.get(FLAG) == "write"
SAMPLES = find_inputs([str(ROOT / "corpus")]) if (ROOT / "corpus").is_dir() else ()


def records_of(sample: Input) -> str:
    assert sample.path is not None
    document = normalize(read(sample.path.read_bytes(), sample.relative))
    record = extract(document, source_id=sample.id, path=sample.relative)
    assert all(record.text[s.start : s.end] == s.quote for s in (one.span for one in record.dates))
    kept = record.model_dump(exclude={"text", "blocks"})
    return json.dumps(kept, ensure_ascii=False, indent=1) + "\n"


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.id)
def test_golden(sample: Input) -> None:
    path = GOLDEN / f"{sample.id}.json"
    if WRITE:
        GOLDEN.mkdir(exist_ok=True)
        path.write_text(records_of(sample), encoding="utf-8", newline="\n")
    assert path.exists(), "no golden file: run `make golden` and read it"
    assert records_of(sample) == path.read_text(encoding="utf-8")


@pytest.mark.skipif(WRITE, reason="goldens are being written")
def test_no_golden_without_sample() -> None:
    assert {path.stem for path in GOLDEN.glob("*.json")} == {sample.id for sample in SAMPLES}


@pytest.mark.skipif("CI" not in os.environ, reason="only CI must never write goldens")
def test_goldens_are_compared_not_written() -> None:
    assert not WRITE
