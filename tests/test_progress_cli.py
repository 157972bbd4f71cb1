"""``sco-extract progress`` as a user meets it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sco_extract.cli import main
from sco_extract.model.records import MeasureProgress, Progress

CORPUS = Path(__file__).parent.parent / "corpus"
PLAN = "plan_economic_strategy_2030"
PERIOD = "2023-11/2024-10"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The samples, ingested once."""
    folder = tmp_path_factory.mktemp("progress") / "output"
    files = [CORPUS / name for name in (f"{PLAN}.docx", "report_2023_2024.docx", "news_brics.txt")]
    result = run("ingest", *files, "-o", folder)
    assert result.exit_code == 0, result.output
    return folder


def progress(output: Path, *arguments: object) -> Result:
    return run("progress", "--plan", PLAN, "--period", PERIOD, "-o", output, *arguments)


def test_table_has_a_line_a_measure(output: Path) -> None:
    result = progress(output)
    assert result.exit_code == 0, result.output
    head, *rows = result.stdout.splitlines()
    assert head.split("\t")[:5] == ["number", "status", "direct", "related", "pending"]
    first = rows[0].split("\t")
    assert first[0] == "1.1.1"
    assert first[1] == "有直接依据"
    assert "\x1b" not in result.output


def test_json_is_the_progress_object_and_the_file_has_its_measures(output: Path) -> None:
    result = progress(output, "--format", "json")
    found = Progress.model_validate_json(result.stdout)
    assert (found.plan, found.period, found.as_of) == (PLAN, PERIOD, "2024-10-31")
    lines = (output / "progress.jsonl").read_text(encoding="utf-8").splitlines()
    assert [MeasureProgress.model_validate_json(line) for line in lines] == found.measures
    assert not list(output.glob(".partial*"))
    again = progress(output, "--format", "json")
    assert again.stdout == result.stdout


def test_spans_quote_their_sources(output: Path) -> None:
    found = Progress.model_validate_json(progress(output, "--format", "json").stdout)
    texts = {path.stem: json.loads(path.read_bytes())["text"] for path in (output / "sources").glob("*.json")}
    proofs = [proof for one in found.measures for proof in (*one.evidence, *one.context)]
    assert proofs
    assert all(texts[proof.source][proof.span.start : proof.span.end] == proof.span.quote for proof in proofs)
    assert {proof.source for proof in proofs} == {"report_2023_2024"}


def test_csv_has_a_line_a_passage(output: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(progress(output, "--format", "csv").stdout)))
    assert {row["strength"] for row in rows} >= {"direct", "related", "pending", ""}
    assert all(row["number"] and row["status"] for row in rows)


def test_one_measure_with_its_evidence(output: Path) -> None:
    result = progress(output, "--measure", "1.1.1")
    assert result.stdout.startswith("1.1.1 ")
    assert "direct 2024-04-30" in result.stdout
    assert "same body" in result.stdout
    assert "1.1.2" not in result.stdout


def test_a_failure_is_pending_and_no_evidence(output: Path) -> None:
    result = progress(output, "--evidence")
    assert "pending" in result.stdout
    assert "not held or not done" in result.stdout


def test_what_happened_after_the_day_does_not_count(output: Path) -> None:
    def dates(*arguments: object) -> list[str]:
        found = Progress.model_validate_json(progress(output, "--format", "json", *arguments).stdout)
        return [one.date for measure in found.measures for one in measure.evidence if one.date]

    assert any(date.startswith("2024-07") for date in dates())
    early = dates("--as-of", "2024-03-31")
    assert early
    assert max(early) < "2024-04"


def test_as_of_moves_the_status(output: Path) -> None:
    early, late = (progress(output, "--as-of", day).stdout for day in ("2024-10-31", "2031-01-01"))
    assert "未到期" in early
    assert "未到期" not in late
    assert "已逾期" in late


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--plan", "plan_economic", "--period", PERIOD), f"did you mean {PLAN}?"),
        (("--plan", "nothing", "--period", PERIOD), f"the plans are {PLAN}"),
        (("--plan", "report_2023_2024", "--period", PERIOD), "is no action plan"),
        (("--plan", PLAN, "--period", "lately"), "is no period"),
        (("--plan", PLAN, "--period", "2024-10/2023-11"), "is no period"),
        (("--plan", PLAN, "--period", "../2024"), "is no period"),
        (("--plan", PLAN, "--period", "1999"), "reports anything within 1999"),
        (("--plan", PLAN, "--period", PERIOD, "--as-of", "2024-10"), "is no day"),
        (("--plan", PLAN, "--period", PERIOD, "--measure", "9.9.9"), "no measure"),
    ],
)
def test_errors_say_what_and_what_next(output: Path, arguments: tuple[str, ...], message: str) -> None:
    result = run("progress", *arguments, "-o", output)
    assert result.exit_code == 2
    assert message in " ".join(result.stderr.split())
    assert "Traceback" not in result.output


def test_a_folder_without_a_run(tmp_path: Path) -> None:
    result = run("progress", "--plan", PLAN, "--period", PERIOD, "-o", tmp_path / "nowhere")
    assert result.exit_code == 2
    assert "run sco-extract ingest first" in result.stderr


def test_reasons_in_both_languages(output: Path) -> None:
    english = progress(output, "--measure", "1.1.1", "--lang", "en")
    chinese = progress(output, "--measure", "1.1.1", "--lang", "zh")
    assert "same body" in english.stdout
    assert "同一机制或机构" in chinese.stdout
    whole = Progress.model_validate_json(progress(output, "--format", "json").stdout)
    assert all("same" not in proof.reason for one in whole.measures for proof in one.evidence)
