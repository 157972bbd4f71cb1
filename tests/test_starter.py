"""The starter folder, the hooks and the action, as far as they can be tried without a server."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sco_extract.cli import main
from sco_extract.run.starter import LAYOUT

ROOT = Path(__file__).parent.parent
BASH = shutil.which("bash")


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def starter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    assert run("init", tmp_path / "documents").exit_code == 0
    monkeypatch.chdir(tmp_path / "documents")
    return tmp_path / "documents"


def test_it_passes_ingest_and_validate_as_it_is(starter: Path) -> None:
    files = {path.relative_to(starter).as_posix() for path in starter.rglob("*") if path.is_file()}
    assert files == set(LAYOUT)
    ingested = run("ingest", "corpus", "-o", "output", "--strict", "-j", 1)
    assert ingested.exit_code == 0, ingested.output
    counts = dict(line.split("\t") for line in ingested.stdout.splitlines() if line.count("\t") == 1)
    assert all(int(counts[name]) > 0 for name in ("dates", "documents", "meetings", "actions"))
    assert counts["findings"] == "0"
    validated = run("validate", "corpus", "--fail-on", "info", "-j", 1)
    assert validated.exit_code == 0, validated.output


def test_nothing_is_overwritten(starter: Path) -> None:
    (starter / "sco-extract.toml").write_text("mine", encoding="utf-8")
    for name in set(LAYOUT) - {"sco-extract.toml"}:
        (starter / name).unlink()
    result = run("init", starter)
    assert result.exit_code == 2 and "sco-extract.toml there already" in result.output
    assert (starter / "sco-extract.toml").read_text(encoding="utf-8") == "mine"
    assert not (starter / "README.md").exists()


def test_a_folder_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert run("init", tmp_path / "file").exit_code == 2


def test_the_steps_of_the_workflow_are_commands_that_exist(starter: Path) -> None:
    workflow = (starter / ".github/workflows/sco-extract.yml").read_text(encoding="utf-8")
    commands = re.findall(r"run: sco-extract (.+)", workflow)
    assert [command.split()[0] for command in commands] == ["ingest", "validate"]
    for command in commands:
        assert run(*command.split()).exit_code == 0


def test_the_template_files_are_packed() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert '"run/starter_files/*"' in text
    assert {path.name for path in (ROOT / "sco_extract/run/starter_files").iterdir()} == set(LAYOUT.values())


@pytest.mark.parametrize("name", ["a.txt", "日程.md", "x/b.docx", "c.htm", "d.html", "e.pdf"])
def test_the_hooks_take_the_files_that_are_read(name: str) -> None:
    text = (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    patterns = re.findall(r"files: (\S+)", text)
    assert len(patterns) == text.count("- id: ") == 2
    assert all(re.search(pattern, name) and not re.search(pattern, "a.py") for pattern in patterns)
    for entry in re.findall(r"entry: sco-extract (.+)", text):
        assert run(*entry.split(), "--help").exit_code == 0


def script_of(identity: str) -> str:
    """The shell script of a step of ``action.yml``, read as the block of lines that it is."""
    lines = (ROOT / "action.yml").read_text(encoding="utf-8").splitlines()
    start = lines.index(f"    - id: {identity}")
    at = next(number for number in range(start, len(lines)) if lines[number].strip() == "run: |")
    block = []
    for line in lines[at + 1 :]:
        if line and not line.startswith(" " * 8):
            break
        block.append(line[8:])
    return "\n".join(block)


@pytest.mark.skipif(BASH is None, reason="the action's steps are bash")
@pytest.mark.parametrize(("text", "status"), [("会议于2024年2月30日举行。\n", 1), ("会议于2024年2月29日举行。\n", 0)])
def test_the_step_of_the_action_runs(tmp_path: Path, text: str, status: int) -> None:
    name = "a $(touch pwned);b.txt"
    (tmp_path / name).write_text(text, encoding="utf-8")
    outputs, summary = tmp_path / "outputs", tmp_path / "summary"
    tools = tmp_path / "bin"
    tools.mkdir()
    command = tools / "sco-extract"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{ROOT / "cli.py"}" "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    environment = {
        **os.environ, "PATH": f"{tools}:{os.environ['PATH']}", "INPUT_FILES": f"{name}\n", "INPUT_ARGS": "--jobs=1\n--lang=en",
        "INPUT_SARIF": "out file.sarif", "GITHUB_OUTPUT": str(outputs), "GITHUB_STEP_SUMMARY": str(summary),
    }  # fmt: skip
    assert BASH is not None
    # The options that GitHub gives to bash.
    done = subprocess.run(
        [BASH, "--noprofile", "--norc", "-eo", "pipefail", "-c", script_of("validate")],
        cwd=tmp_path, env=environment, capture_output=True, text=True, check=False, encoding="utf-8",
    )  # fmt: skip
    assert done.returncode == status, done.stderr
    assert outputs.read_text(encoding="utf-8").splitlines() == ["sarif=out file.sarif", f"status={status}"]
    assert '"version": "2.1.0"' in (tmp_path / "out file.sarif").read_text(encoding="utf-8")
    assert ("::error file=" in done.stdout) == bool(status)
    assert "sco-extract validate" in summary.read_text(encoding="utf-8")
    assert not (tmp_path / "pwned").exists()
