"""The command line as a user meets it."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from importlib import import_module
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from rich.console import Console

from sco_extract.cli import COMMANDS, main
from sco_extract.commands.screen import show_table
from sco_extract.commands.show import mark_plain
from sco_extract.model.version import TOOL_VERSION
from sco_extract.normalize import normalize
from sco_extract.pipeline import extract
from sco_extract.read import read
from sco_extract.read.limits import Limits
from sco_extract.run import batch, inputs
from sco_extract.run.worker import Job

ROOT = Path(__file__).parent.parent
TEXT = "2024年7月4日，成员国元首理事会会议在阿斯塔纳举行。会议通过《阿斯塔纳宣言》。\n"


def run(*arguments: object, stdin: str | bytes | None = None) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], input=stdin)


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "declaration.txt").write_text(TEXT, encoding="utf-8")
    return folder


def test_ingest_prints_a_summary_and_exits_clean(corpus: Path) -> None:
    result = run("ingest", corpus)
    assert result.exit_code == 0, result.output
    rows = dict(line.split("\t")[:2] for line in result.stdout.splitlines() if "\t" in line)
    assert (rows["sources"], rows["failed"], rows["dates"], rows["documents"]) == ("1", "0", "1", "1")
    assert "\x1b" not in result.output
    assert (corpus.parent / "output" / "corpus.json").exists()


def test_unreadable_input_exits_with_2_and_the_others_are_written(corpus: Path) -> None:
    (corpus / "broken.docx").write_bytes(b"PK\x03\x04 no zip")
    result = run("ingest", corpus)
    assert result.exit_code == 2
    assert re.search(r"not read: .*broken\.docx.* \[\w+\]", result.stderr)
    assert (corpus.parent / "output/sources/declaration.json").exists()


def test_strict_exits_with_1_on_an_error_finding(corpus: Path) -> None:
    assert run("ingest", corpus, "--strict").exit_code == 0
    (corpus / "impossible.txt").write_text("会议于2024年2月30日举行。\n", encoding="utf-8")
    assert run("ingest", corpus).exit_code == 0
    assert run("ingest", corpus, "--strict").exit_code == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("ingest", "nowhere"), "no such file or folder"),
        (("ingest", "corpus", "--date", "2024-13"), "is no date"),
        (("ingest", "corpus", "--lexicon", "nowhere"), "does not exist"),
        (("show", "declaratio"), "no source of that id"),
        (("rules", "D9999"), "no rule"),
        (("rules", "day-rang"), "did you mean day-range"),
        (("ingst", "corpus"), "did you mean ingest"),
        (("schema", "nothing"), "'nothing' is not one of"),
    ],
)
def test_errors_say_what_and_where(corpus: Path, arguments: tuple[str, ...], message: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert message in result.stderr
    assert "Traceback" not in result.output


def test_an_empty_corpus_is_said_and_earlier_records_stay(corpus: Path) -> None:
    assert run("ingest", corpus).exit_code == 0
    before = {path: path.read_bytes() for path in corpus.parent.rglob("*.json*")}
    (corpus / "declaration.txt").unlink()
    for folder in ("output", "fresh"):
        result = run("ingest", corpus, "-o", folder)
        assert result.exit_code == 2
        assert "no file to read" in result.stderr
    assert {path: path.read_bytes() for path in corpus.parent.rglob("*.json*")} == before
    assert not Path("fresh").exists()


def test_a_lexicon_of_ones_own(corpus: Path, tmp_path: Path) -> None:
    extra = tmp_path / "extra"
    extra.mkdir()
    (extra / "mine.toml").write_text('[[unknown]]\nname = "x"\n', encoding="utf-8")
    result = run("ingest", corpus, "--lexicon", extra)
    assert result.exit_code == 2
    assert "mine.toml" in result.stderr


def test_a_lexicon_folder_that_adds_nothing_is_said(corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "extra").mkdir()
    result = run("show", corpus / "declaration.txt", "--lexicon", tmp_path / "extra")
    assert result.exit_code == 0
    assert "extra holds no *.toml file" in result.stderr


def test_show_takes_a_lexicon_and_a_date_for_files_only(corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "extra").mkdir()
    (tmp_path / "extra" / "mine.toml").write_text(
        '[[place]]\nname = "云溪市"\ncountry = "CN"\nexample = "论坛在云溪市举行。"\n', encoding="utf-8"
    )
    (corpus / "note.txt").write_text("今年5月，经贸部长会议在云溪市举行。\n", encoding="utf-8")
    arguments = ("show", corpus / "note.txt", "--type", "meetings", "--json")
    (line,) = run(*arguments, "--lexicon", tmp_path / "extra", "--date", "2031-06-01").stdout.splitlines()
    assert (json.loads(line)["place"], json.loads(line)["dates"]) == ("云溪市", ["2031-05"])
    run("ingest", corpus)
    assert "for files" in run("show", "note", "--date", "2031").stderr


@pytest.mark.parametrize("command", ["show", "ingest"])
def test_what_is_no_file_is_said(corpus: Path, command: str) -> None:
    long = run(command, "长" * 100)
    assert (long.exit_code, "name too long" in long.stderr) == (2, True)
    assert "did you mean corpus/declaration.txt?" in run(command, "corpus/declaraton.txt").stderr
    if hasattr(os, "mkfifo"):
        os.mkfifo("pipe.txt")
        assert "pipe.txt: not a regular file" in run(command, "pipe.txt").stderr


def test_show_names_what_it_cannot_show(corpus: Path) -> None:
    assert "corpus: is a folder; read all of it with sco-extract ingest corpus" in run("show", "corpus").stderr
    Path("seal.png").write_bytes(b"\x89PNG\r\n\x1a\n0000")
    assert "seal.png: this is a picture" in run("show", "seal.png").stderr


@pytest.mark.parametrize("failure", [OSError(11, "Resource temporarily unavailable"), EOFError()])
def test_processes_that_cannot_start_are_said(
    corpus: Path, monkeypatch: pytest.MonkeyPatch, failure: Exception
) -> None:
    def refuse(*_arguments: object) -> None:
        raise failure

    monkeypatch.setattr(ProcessPoolExecutor, "submit", refuse)
    result = run("ingest", corpus)
    assert result.exit_code == 2
    assert "no process to read files with could be started" in result.stderr
    assert not Path("output").exists()


def test_a_reader_who_leaves_is_no_error(corpus: Path) -> None:
    (corpus / "long.txt").write_text(TEXT * 5_000, encoding="utf-8")
    arguments = [sys.executable, ROOT / "cli.py", "show", "corpus/long.txt"]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as program:
        assert program.stdout is not None
        assert program.stderr is not None
        program.stdout.read(10)
        program.stdout.close()
        assert (program.stderr.read(), program.wait()) == (b"", 0)


def test_tables_fit_the_terminal(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def shown(width: int) -> str:
        screen = Console(width=width, force_terminal=True, color_system=None)
        monkeypatch.setattr("sco_extract.commands.screen.console", lambda: screen)
        show_table(
            ("name", "place", "host", "rule", "at"), [("会议", "西安", "", "M001", "3"), ("论坛", "", "", "M002", "9")]
        )
        return capsys.readouterr().out

    wide = shown(120).splitlines()
    assert wide[0].split() == ["name", "place", "rule", "at"]
    assert len(wide) == 3
    first, second = shown(60).split("\n\n")[:2]
    assert [line.split() for line in first.splitlines()] == [
        ["name", "会议"], ["place", "西安"], ["rule", "M001"], ["at", "3"],
    ]  # fmt: skip
    assert "place" not in second


def test_show_a_file_an_id_and_standard_input(corpus: Path) -> None:
    run("ingest", corpus)
    marked = run("show", corpus / "declaration.txt").stdout
    assert "[D:2024年7月4日:D]" in marked
    assert "[T:《阿斯塔纳宣言》:T]" in marked
    assert run("show", "declaration").stdout == marked
    assert run("show", "-", stdin=TEXT).stdout == marked


@pytest.mark.parametrize("command", ["show", "ingest"])
def test_standard_input_is_read_up_to_the_limit(corpus: Path, monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    monkeypatch.setattr(inputs, "LIMITS", Limits(max_bytes=20))
    result = run(command, "-", stdin=TEXT)
    assert result.exit_code == 2
    assert "more than 20 bytes" in result.stderr


def test_show_refuses_what_cannot_be_read_and_what_is_too_large(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_arguments: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(inputs, "LIMITS", Limits(max_bytes=20))
    assert "more than 20 bytes" in run("show", corpus / "declaration.txt").stderr
    monkeypatch.setattr(Path, "open", refuse)
    result = run("show", corpus / "declaration.txt")
    assert result.exit_code == 2
    assert "declaration.txt: Permission denied; check that it can be read" in result.stderr


def test_seconds_are_the_time_limit_of_a_file(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[float] = []
    monkeypatch.setattr(batch, "Job", lambda *arguments: given.append(arguments[3]) or Job(*arguments))
    assert run("ingest", corpus, "--seconds", "90").exit_code == 0
    assert given == [90.0]
    assert run("ingest", corpus, "--seconds", "0").exit_code == 2


def test_show_suggests_ids(corpus: Path) -> None:
    run("ingest", corpus)
    assert "did you mean declaration?" in run("show", "declar").stderr


def test_show_a_type_as_table_and_json(corpus: Path) -> None:
    header, row = run("show", corpus / "declaration.txt", "--type", "dates").stdout.splitlines()
    assert header.split("\t")[0] == "edtf"
    assert row.split("\t")[0] == "2024-07-04"
    (line,) = run("show", corpus / "declaration.txt", "--type", "dates", "--json").stdout.splitlines()
    assert json.loads(line)["edtf"] == "2024-07-04"
    assert json.loads(run("show", corpus / "declaration.txt", "--json").stdout)["text"] == TEXT


def test_show_cannot_steer_the_terminal(corpus: Path) -> None:
    (corpus / "hostile.txt").write_text("2024年7月4日\x1b]0;owned\x07\x9b举行\n", encoding="utf-8")
    shown = run("show", corpus / "hostile.txt").stdout
    assert not set(shown) & {"\x1b", "\x07", "\x9b"}


def test_marks_nest_and_keep_the_text() -> None:
    record = extract(normalize(read(TEXT.encode(), "x.txt")))
    marked = mark_plain(record)
    assert re.sub(r"\[[A-Z]:|:[A-Z]\]", "", marked) == TEXT


def test_rules_and_schema() -> None:
    listed = [line.split("\t") for line in run("rules").stdout.splitlines()[1:]]
    assert all(len(row) == 5 and all((row[0], row[1], row[4])) for row in listed)
    assert all(row[2] for row in listed if len(row[0]) > len("D001"))
    identity, name, *_ = listed[0]
    assert run("rules", identity.lower()).stdout.startswith(f"{identity} {name}\n\n")
    for line in run("schema").stdout.splitlines()[1:]:
        assert json.loads(run("schema", line.split("\t")[0]).stdout)["$schema"].endswith("2020-12/schema")


def test_version_and_unknown_command() -> None:
    assert TOOL_VERSION in run("--version").stdout
    assert run("nothing").exit_code == 2


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example(name: str) -> None:
    command = import_module(COMMANDS[name][0]).command
    assert isinstance(command, click.Command)
    assert command.get_short_help_str(120) == COMMANDS[name][1]
    assert f"sco-extract {name}" in run(name, "--help").stdout.split("Examples:")[1]


@pytest.mark.skipif(sys.platform == "win32", reason="the examples are for a POSIX shell")
def test_every_example_of_the_help_runs(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "corpus", tmp_path / "corpus")
    shell = tmp_path / "bin" / "sco-extract"
    shell.parent.mkdir()
    shell.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{ROOT / "cli.py"}" "$@"\n', encoding="utf-8")
    shell.chmod(0o755)
    helps = [run(name, "--help").stdout for name in COMMANDS] + [run("--help").stdout]
    examples = [
        line for text in helps for line in re.findall(r"^ +((?:cat .*\| )?sco-extract .*)$", text, re.MULTILINE)
    ]
    assert len(examples) >= 10
    environment = {**os.environ, "PATH": f"{shell.parent}{os.pathsep}{os.environ['PATH']}", "PYTHONUTF8": "1"}
    for example in examples:
        done = subprocess.run(
            example, shell=True, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )
        strict = "--strict" in example or " validate " in example  # a sample has a date that no calendar has
        assert done.returncode in ((0, 1) if strict else (0,)), f"{example}\n{done.stderr}"


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys; from click.testing import CliRunner; from sco_extract.cli import main; "
        "assert CliRunner().invoke(main, ['--help']).exit_code == 0; "
        "print(sorted({'pydantic', 'rich', 'lxml', 'jieba', 'opencc', 'docx', 'pypdfium2'} & set(sys.modules)))"
    )
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert loaded.stdout.strip() == "[]"


def test_from_a_checkout() -> None:
    result = subprocess.run(
        [sys.executable, "cli.py", "--version"], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert TOOL_VERSION in result.stdout
