"""Characters a second, one core, on text already read: dates alone, all records, and JioNLP's dates in the same run.

usage: bench.py [--input FILE]... [--chars N] [--rounds N]

The text is corpus/ (or the given files), repeated up to N characters. Rounds alternate between the contestants, so that a
machine that slows down slows all of them; the best round of each counts. JioNLP is the peer where it is installed
(`pip install 'sco-extract[bench]'`); it gets the same text sentence by sentence, as its documentation wants it.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import io
import re
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter, process_time

from sco_extract.extract.dates import find_dates
from sco_extract.lexicon.load import load
from sco_extract.model.diagnostics import ReadError
from sco_extract.model.document import Document
from sco_extract.normalize import normalize
from sco_extract.pipeline import extract
from sco_extract.read import read
from sco_extract.run.inputs import find_inputs

ROOT = Path(__file__).parent.parent
# JioNLP is a hundred times slower; a sample of this size gives its rate to a few percent.
PEER_CHARS = 20_000


def read_text(paths: list[Path]) -> str:
    """The source texts of all readable files, one after the other."""
    texts = []
    for path in paths:
        try:
            texts.append(read(path.read_bytes(), path.name).source)
        except ReadError as error:
            print(f"left out: {error}", file=sys.stderr)
    return "\n".join(texts)


def document_of(text: str, chars: int) -> Document:
    """``text`` repeated to ``chars`` characters, read and normalized."""
    repeated = (text + "\n") * (chars // (len(text) + 1) + 1)
    return normalize(read(repeated[:chars].encode(), "bench.txt"))


def peer(text: str) -> tuple[int, Callable[[], object]] | None:
    """Characters and the task of JioNLP, None where it is not installed."""
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            import jionlp
    except ImportError:
        return None
    sample = text[:PEER_CHARS]
    sentences = [sentence for sentence in re.split(r"[。；\n]", sample) if sentence.strip()]

    def task() -> None:
        for sentence in sentences:
            # Some sentences make it raise; what it cannot read costs it nothing here.
            with contextlib.suppress(Exception):
                jionlp.ner.extract_time(sentence, time_base={"year": 2024, "month": 7, "day": 4}, with_parsing=True)

    return len(sample), task


def measure(tasks: dict[str, tuple[int, Callable[[], object]]], rounds: int) -> dict[str, float]:
    """Characters a second of processor time, the best of ``rounds`` after one round to warm up."""
    best = dict.fromkeys(tasks, 0.0)
    for number in range(rounds + 1):
        for name, (chars, task) in tasks.items():
            start = process_time()
            task()
            if number:
                best[name] = max(best[name], chars / (process_time() - start))
    return best


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--input", type=Path, action="append", default=[])
    options.add_argument("--chars", type=int, default=400_000)
    options.add_argument("--rounds", type=int, default=3)
    given = options.parse_args()
    paths = given.input or [one.path for one in find_inputs([str(ROOT / "corpus")]) if one.path]
    text = read_text(paths)
    if not text:
        sys.exit("nothing to read; name a file with --input")
    started = perf_counter()
    document = document_of(text, given.chars)
    reading = perf_counter() - started
    lexicon = load()
    reading_text = document.text.text
    tasks: dict[str, tuple[int, Callable[[], object]]] = {
        "dates": (len(reading_text), lambda: find_dates(reading_text, lexicon)),
        "all records": (len(reading_text), lambda: extract(document, lexicon)),
    }
    found = peer(reading_text)
    if found:
        tasks["JioNLP dates"] = found
    gc.collect()
    gc.freeze()  # as the workers of `ingest` do: the lexicon and the libraries are not traced again
    rates = measure(tasks, given.rounds)
    print(f"{len(document.source):,} characters from {len(paths)} files, read and normalized in {reading:.2f} s")
    for name, rate in rates.items():
        ratio = f"{rate / rates['JioNLP dates']:8.1f} x JioNLP" if found else ""
        print(f"{name:13}{rate:>13,.0f} characters/s{ratio}")


if __name__ == "__main__":
    main()
