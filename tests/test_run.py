"""The batch runner: which files, which ids, what is written, and what a bad file may not do."""

from __future__ import annotations

import json
import os
import sys
import time
from concurrent.futures import BrokenExecutor, Executor, Future
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sco_extract.model.diagnostics import ReadError, WriteError
from sco_extract.run import worker
from sco_extract.run.batch import CorpusResult, Options, ingest
from sco_extract.run.inputs import MAX_ID_BYTES, Input, find_inputs, make_ids
from sco_extract.run.pool import Pool, Progress, process_pool
from sco_extract.run.worker import Job

TEXT = "2024年7月4日，成员国元首理事会会议在阿斯塔纳举行。会议通过《阿斯塔纳宣言》。\n"


class Inline(Executor):
    """Runs a task where it is submitted."""

    def submit(self, function, /, *args):
        future = Future()
        try:
            future.set_result(function(*args))
        except BaseException as error:
            future.set_exception(error)
        return future


def run(arguments: list[Path | str], output: Path, **options) -> CorpusResult:
    return ingest([str(item) for item in arguments], Options(output, **options), make_executor=lambda _: Inline())


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    (folder / "年度").mkdir(parents=True)
    (folder / "宣言.txt").write_text(TEXT, encoding="utf-8")
    (folder / "年度" / "a.txt").write_text(TEXT, encoding="utf-8")
    (folder / "broken.docx").write_bytes(b"PK\x03\x04 no zip")
    for clutter in (".hidden", "~$宣言.docx", "Thumbs.db"):
        (folder / clutter).write_bytes(b"x")
    return folder


def tree(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_finds_files_of_folders_patterns_and_names(corpus: Path) -> None:
    names = ["broken.docx", "宣言.txt", "年度/a.txt"]
    assert [source.relative for source in find_inputs([str(corpus)])] == names
    assert [source.relative for source in find_inputs([f"{corpus}/*.txt"])] == ["宣言.txt"]
    assert [source.relative for source in find_inputs([f"{corpus}/**/*.txt"])] == ["宣言.txt", "年度/a.txt"]
    assert [source.relative for source in find_inputs([str(corpus / ".hidden")])] == [".hidden"]
    twice = find_inputs([str(corpus), str(corpus / "宣言.txt")])
    assert [source.relative for source in twice] == names


def test_leaves_the_output_folder_out(corpus: Path) -> None:
    found = find_inputs([str(corpus)], output=corpus / "年度")
    assert [source.relative for source in found] == ["broken.docx", "宣言.txt"]


def test_an_argument_that_names_nothing() -> None:
    for argument in ("nowhere.txt", "nowhere/*.txt"):
        with pytest.raises(ReadError, match="check the path"):
            find_inputs([argument])


@pytest.mark.parametrize(
    ("paths", "ids"),
    [
        (["宣言.txt"], ["宣言"]),
        (["a/b.txt", "b.txt"], ["a__b", "b"]),
        (["a.txt", "a.docx"], ["a.txt", "a.docx"]),
        (["a.txt", "A.txt"], ["a.txt", "A.txt~2"]),
        (["a.txt", "a.docx", "a.txt.md"], ["a.txt", "a.docx", "a.txt~2"]),
        (["../../etc/passwd"], ["etc__passwd"]),
        (["con.txt", "..."], ["_con", "file"]),
        (["a b\tc\n.txt"], ["a_b_c_"]),
        (["e\u0301.txt"], ["é"]),
    ],
)
def test_ids(paths: list[str], ids: list[str]) -> None:
    assert make_ids(paths) == ids


@given(st.lists(st.text(min_size=1, max_size=300), min_size=1, max_size=8))
def test_ids_are_safe_and_different(paths: list[str]) -> None:
    ids = make_ids(paths)
    assert len({identity.casefold() for identity in ids}) == len(paths)
    for identity in ids:
        assert identity == Path(identity).name
        assert not identity.startswith(".")
        assert len(identity.encode()) <= MAX_ID_BYTES + 4


def test_writes_what_the_contract_says(corpus: Path, tmp_path: Path) -> None:
    output = tmp_path / "output"
    result = run([corpus], output)
    assert sorted(tree(output)) == [
        "actions.jsonl", "bodies.jsonl", "corpus.json", "decisions.json", "documents.jsonl", "findings.jsonl", "meetings.jsonl",
        "participants.jsonl", "sources/宣言.json", "sources/年度__a.json",
    ]  # fmt: skip
    written = json.loads((output / "corpus.json").read_text(encoding="utf-8"))
    assert [(s["id"], s["status"]) for s in written["sources"]] == [
        ("broken", "error"), ("宣言", "ok"), ("年度__a", "ok"),
    ]  # fmt: skip
    assert written["sources"][0]["error"]
    assert len(result.failed) == 1
    source = json.loads((output / "sources/宣言.json").read_text(encoding="utf-8"))
    assert source["text"] == TEXT
    assert source["source"]["path"] == "宣言.txt"
    for record in source["dates"]:
        span = record["span"]
        assert source["text"][span["start"] : span["end"]] == span["quote"]
    meeting = json.loads((output / "meetings.jsonl").read_text(encoding="utf-8").splitlines()[0])
    assert {mention["source"] for mention in meeting["mentions"]} == {"宣言", "年度__a"}


def test_same_bytes_however_many_processes(corpus: Path, tmp_path: Path) -> None:
    run([corpus], tmp_path / "inline")
    ingest([str(corpus)], Options(tmp_path / "pool", jobs=2))
    assert tree(tmp_path / "inline") == tree(tmp_path / "pool")


def test_removes_records_of_files_that_are_gone_and_nothing_else(corpus: Path, tmp_path: Path) -> None:
    output = tmp_path / "output"
    run([corpus], output)
    (output / "sources" / "mine.json").write_text("{}", encoding="utf-8")
    (corpus / "宣言.txt").unlink()
    run([corpus], output)
    assert sorted(p.name for p in (output / "sources").iterdir()) == ["mine.json", "年度__a.json"]


def test_interrupted_run_leaves_the_output_as_it_was(corpus: Path, tmp_path: Path) -> None:
    output = tmp_path / "output"
    run([corpus], output)
    before = tree(output)
    (corpus / "宣言.txt").write_text(TEXT * 2, encoding="utf-8")

    def interrupt(progress: Progress) -> None:
        if progress.done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ingest([str(corpus)], Options(output), interrupt, lambda _: Inline())
    assert tree(output) == before


def test_output_that_cannot_be_written(corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(WriteError, match="choose another folder"):
        run([corpus], tmp_path / "file")


def test_standard_input_and_date(tmp_path: Path) -> None:
    run(["-"], tmp_path, stdin="今年9月举行论坛。".encode(), date="2023-05-01")
    source = json.loads((tmp_path / "sources/stdin.json").read_text(encoding="utf-8"))
    assert source["dates"][0]["edtf"] == "2023-09"


def test_copies_of_a_file_are_both_kept(corpus: Path, tmp_path: Path) -> None:
    (corpus / "宣言 copy.txt").write_bytes((corpus / "宣言.txt").read_bytes())
    result = run([corpus], tmp_path / "output")
    sums = [entry.sha256 for entry in result.corpus.sources if entry.id in ("宣言", "宣言_copy")]
    assert len(sums) == 2
    assert sums[0] == sums[1]


def _job(name: str, seconds: float = 60.0) -> Job:
    return Job(Input(name, f"{name}.txt", None), seconds=seconds, data=TEXT.encode())


def test_a_file_that_takes_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "read", lambda _data, _name: time.sleep(30))
    (outcome,) = worker.process((_job("slow", seconds=0.2),))
    assert outcome.entry.error_code == "RUN006"
    assert "0.2 seconds" in str(outcome.entry.error)


def test_a_defect_of_the_program_is_reported_with_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "extract", lambda *_args, **_options: 1 / 0)
    (outcome,) = worker.process((_job("bad"),))
    assert outcome.entry.error_code == "RUN005"
    assert "ZeroDivisionError in test_run.py" in str(outcome.entry.error)


def _hang_in_c(_jobs: tuple[Job, ...]) -> None:
    worker.GRACE = 0.2
    with worker._time_limit(0.2):
        sum(range(10**12))  # hours inside C code, in which no signal handler runs


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_a_hang_in_c_code_ends_the_process() -> None:
    pool = process_pool(1)
    with pytest.raises(BrokenExecutor):
        pool.submit(_hang_in_c, ()).result(timeout=20)
    pool.shutdown()


class Lethal(Executor):
    """A pool of processes in which the file called "lethal" kills its process, as a crash in C code would."""

    def __init__(self, workers: int) -> None:
        self._pool = process_pool(workers)

    def submit(self, function, /, *args):
        if any(job.input.id == "lethal" for job in args[0]):
            return self._pool.submit(os._exit, 1)
        return self._pool.submit(function, *args)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        self._pool.shutdown(wait, cancel_futures=cancel_futures)


def test_a_crash_costs_one_file_only() -> None:
    jobs = [_job(name) for name in ("one", "two", "lethal", "four", "five", "six", "seven")]
    seen: list[Progress] = []
    outcomes = dict(Pool(jobs, 2, Lethal).run(seen.append))
    assert sorted(outcomes) == list(range(len(jobs)))
    assert {n: outcome.entry.error_code for n, outcome in outcomes.items() if outcome.entry.error} == {2: "RUN007"}
    assert seen[-1] == Progress(7, 7, "")
