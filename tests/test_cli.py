"""The command line as a user meets it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from sco_extract.cli import COMMANDS, main
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
        (("schema", "nothing"), "'nothing' is not one of"),
    ],
)
def test_errors_say_what_and_where(corpus: Path, arguments: tuple[str, ...], message: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert message in result.stderr
    assert "Traceback" not in result.output


def test_an_empty_corpus_is_said(corpus: Path) -> None:
    (corpus / "declaration.txt").unlink()
    result = run("ingest", corpus)
    assert result.exit_code == 0
    assert "no file to read" in result.stderr


def test_a_lexicon_of_ones_own(corpus: Path, tmp_path: Path) -> None:
    extra = tmp_path / "extra"
    extra.mkdir()
    (extra / "mine.toml").write_text('[[unknown]]\nname = "x"\n', encoding="utf-8")
    result = run("ingest", corpus, "--lexicon", extra)
    assert result.exit_code == 2
    assert "mine.toml" in result.stderr


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
    assert all(len(row) == 3 and all(row) for row in listed)
    identity, name, _ = listed[0]
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
