"""A source's record holds enough to read its text again as the rules read it."""

from __future__ import annotations

from pathlib import Path

import pytest

from sco_extract.lexicon.load import load
from sco_extract.model.records import SourceFile
from sco_extract.normalize import normalize
from sco_extract.pipeline import extract, reopen
from sco_extract.read import read
from sco_extract.write.json import to_json

SAMPLES = sorted(path for path in (Path(__file__).parent.parent / "corpus").iterdir() if path.suffix != ".toml")


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_reopened_document_is_the_same(path: Path) -> None:
    document = normalize(read(path.read_bytes(), path.name))
    record = SourceFile.model_validate_json(to_json(extract(document, load())))
    again = reopen(record)
    assert again.text == document.text
    assert again.lines == document.lines
    assert again.blocks == document.blocks
