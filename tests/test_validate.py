"""``sco-extract validate`` as a user meets it: findings, exit codes, settings, suppressions, baselines, corpora."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

from sco_extract.check import proof as proofing
from sco_extract.check.advice import advice
from sco_extract.check.fingerprint import fingerprints
from sco_extract.check.places import Ruler
from sco_extract.check.proof import Proof, proofread
from sco_extract.check.registry import BY_ID, FAMILIES, RULES, choose
from sco_extract.check.sheet import Sheet, SheetCheck
from sco_extract.cli import main
from sco_extract.lexicon.load import load
from sco_extract.model.codes import CODES
from sco_extract.model.records import Finding, Span
from sco_extract.model.settings import Settings, Suppression, SuppressionsFile
from sco_extract.model.validation import Summary, Validated, ValidatedFinding, Validation
from sco_extract.normalize import normalize
from sco_extract.pipeline import extract
from sco_extract.read import read
from sco_extract.run.toml_file import line_of
from sco_extract.write.schema import SCHEMAS, schema_text
from sco_extract.write.terminal import to_terminal, width

CLEAN = "2023年9月4日至5日，东盟与中国领导人会议在雅加达举行。会议通过《关于深化农业合作的联合声明》。\n"
WRONG = "会议于2024年2月30日在万象举行。\n"
MARK = "会议在雅加达闭幕,各方感谢东道国。\n"


def run(*arguments: object, stdin: str | bytes | None = None, env: dict[str, str] | None = None) -> Result:
    clean = {"LC_ALL": "", "LC_MESSAGES": "", "LANG": "C"}
    return CliRunner().invoke(main, ["validate", *map(str, arguments)], input=stdin, env=clean | (env or {}))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with one clean and one faulty document."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "docs").mkdir()
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "docs/clean.txt", CLEAN)
    write(tmp_path / "docs/wrong.txt", WRONG)
    return tmp_path


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8", newline="")
    return path


def rules_of(result: Result) -> list[str]:
    return re.findall(r": [EWI] ([A-Z]+\d+) ", result.stdout)


def findings_of(*arguments: object) -> list[dict[str, object]]:
    result = run(*arguments, "--format", "json")
    found = json.loads(result.stdout)["findings"]
    assert isinstance(found, list)
    return found


def test_a_clean_document_exits_clean(folder: Path) -> None:
    result = run("docs/clean.txt")
    assert (result.exit_code, result.stdout) == (0, "No findings in 1 file.\n")


def test_a_finding_shows_place_line_mark_and_help(folder: Path) -> None:
    result = run("docs")
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "docs/wrong.txt:1:4: E DAT201 2024年2月30日: no such date, or a range that ends before it begins",
        "    | 会议于2024年2月30日在万象举行。",
        "    |       ^^^^^^^^^^^^^",
        "  help: compare the date with the original; no calendar has it as it stands",
        "",
        "Found 1 error in 2 files.",
    ]


def test_columns_count_from_the_line_whatever_ends_it(folder: Path) -> None:
    write(folder / "docs/wrong.txt", f"{CLEAN.strip()}\r\n\r\n{WRONG.strip()}\r\n")
    assert "docs/wrong.txt:3:4: E DAT201" in run("docs/wrong.txt").stdout


def test_paragraphs_where_a_file_has_no_lines(folder: Path) -> None:
    write(folder / "docs/page.html", f"<html><body><h1>公报</h1><p>{CLEAN}</p><p>{WRONG}</p></body></html>")
    assert "docs/page.html:paragraph 3: E DAT201" in run("docs/page.html").stdout


@pytest.mark.parametrize(
    ("options", "status"),
    [((), 0), (("--fail-on", "warning"), 1), (("--fail-on", "info"), 1), (("--ignore", "PUN", "--fail-on", "info"), 0)],
)
def test_fail_on_says_from_where_it_fails(folder: Path, options: tuple[str, ...], status: int) -> None:
    write(folder / "docs/mark.txt", MARK)
    assert run("docs/mark.txt", *options).exit_code == status


def test_unreadable_files_are_listed_and_the_others_go_on(folder: Path) -> None:
    (folder / "docs/broken.docx").write_bytes(b"PK\x03\x04 no zip")
    result = run("docs")
    assert result.exit_code == 2
    assert rules_of(result) == ["DAT201"]
    assert re.search(r"not read: docs/broken\.docx: .* \[\w+\]", result.stderr)
    assert "Found 1 error in 2 files." in result.stdout
    assert run("docs/broken.docx").stdout == ""
    files = json.loads(run("docs", "--format", "json").stdout)["files"]
    assert [(one["id"], one["status"]) for one in files] == [
        ("docs/broken.docx", "error"),
        ("docs/clean.txt", "ok"),
        ("docs/wrong.txt", "ok"),
    ]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("nowhere.txt",), "no such file or folder"),
        (("docs", "--select", "DAD"), "did you mean DAT"),
        (("docs", "--select", " ,"), "no rule is named"),
        (("loop",), "symbolic links"),
        (("x" * 5000,), "too long"),
        (("docs", "--config", "/dev/zero"), "more than 2,097,152 bytes"),
        (("docs", "--ignore", "PUN9"), "no rule begins with 'PUN9'"),
        (("docs", "--as-of", "2024-13-01"), "is no day"),
        (("docs", "--as-of", "20240101"), "is no day"),
        (("docs", "--period", "../2024"), "is no period"),
        (("docs", "--period", "2024"), "--period goes with --corpus"),
        (("docs", "--corpus", "nowhere"), "no such folder"),
        (("docs", "--config", "nowhere.toml"), "No such file"),
        (("docs", "--baseline", "nowhere.json"), "write it with --write-baseline"),
        (("docs", "--prune-baseline"), "needs --baseline"),
        ((), "Missing argument"),
    ],
)
def test_usage_errors_exit_with_2(folder: Path, arguments: tuple[str, ...], message: str) -> None:
    (folder / "loop").symlink_to("loop")
    result = run(*arguments)
    assert result.exit_code == 2
    assert message in result.stderr


def test_standard_input(folder: Path) -> None:
    result = run("-", stdin=WRONG.encode())
    assert result.exit_code == 1
    assert result.stdout.startswith("stdin:1:4: E DAT201")


# Selection


def test_the_narrower_selector_decides() -> None:
    assert choose(["PUN101"], []) == {"PUN101"}
    assert choose(["PUN"], ["PUN101"]) == {one.id for one in RULES if one.prefix == "PUN"} - {"PUN101"}
    assert "PUN101" in choose(["ALL", "PUN101"], ["PUN"])
    assert choose(["PUN101"], ["PUN101"]) == frozenset()
    assert choose(["ALL"], []) == set(BY_ID)


def test_every_rule_is_in_the_table_once_and_explained() -> None:
    assert len(BY_ID) == len(RULES)
    for entry in RULES:
        assert entry.prefix in FAMILIES
        assert entry.summary
        for language in ("en", "zh"):
            assert advice(entry.id, language), f"{entry.id}: no advice in {language}"
    known = {code.id for code in CODES}
    assert {entry.id for entry in RULES if entry.scope == "reading"} <= known


def test_select_and_ignore_take_lists(folder: Path) -> None:
    write(folder / "docs/wrong.txt", WRONG + MARK)
    assert rules_of(run("docs", "--select", "dat,PUN101")) == ["DAT201", "PUN101"]
    assert rules_of(run("docs", "--ignore", "DAT", "--ignore", "PUN102")) == ["PUN101"]
    assert rules_of(run("docs", "--select", "INS")) == []


# Languages


@pytest.mark.parametrize(
    ("options", "env", "chinese"),
    [
        (("--lang", "zh"), {}, True),
        ((), {"LANG": "zh_CN.UTF-8"}, True),
        ((), {"LC_ALL": "zh_TW.UTF-8", "LANG": "en_US.UTF-8"}, True),
        ((), {"LC_ALL": "en_US.UTF-8", "LANG": "zh_CN.UTF-8"}, False),
        (("--lang", "en"), {"LANG": "zh_CN.UTF-8"}, False),
    ],
)
def test_language_of_messages(folder: Path, options: tuple[str, ...], env: dict[str, str], chinese: bool) -> None:
    text = run("docs", *options, env=env).stdout
    assert ("日历上没有这一日期" in text) == chinese
    assert ("共检查2个文件，发现1处错误。" in text) == chinese
    assert ("Found 1 error" in text) != chinese


def test_language_of_json(folder: Path) -> None:
    message = findings_of("docs", "--lang", "zh")[0]["message"]
    assert message == "2024年2月30日：日历上没有这一日期，或时段的终点早于起点"


# The screen


def test_colors_on_terminals_only(folder: Path) -> None:
    assert "\x1b" not in run("docs").output
    assert "\x1b[1;31mE\x1b[0m" in run("docs", env={"FORCE_COLOR": "1"}).stdout
    assert "\x1b[1;31m" not in run("docs", env={"FORCE_COLOR": "1", "NO_COLOR": "1"}).stdout


def test_control_characters_of_the_text_and_the_name_are_harmless(folder: Path) -> None:
    write(folder / "docs/\x1b[31mred.txt", "会\x1b[2J议\x07于2024年2月30日\u202e举行。\n")
    result = run("docs", "--select", "DAT201")
    assert result.exit_code == 1
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f\x80-\x9f\u202e]", result.output)


def test_long_lines_are_windowed_around_the_passage(folder: Path) -> None:
    write(folder / "docs/long.txt", "各方重申合作的重要意义。" * 400 + WRONG.strip() + "各方欢迎。" * 400 + "\n")
    lines = run("docs/long.txt", "--select", "DAT201").stdout.splitlines()
    assert width(lines[1]) < 120
    at = lines[2].index("^")
    marked = lines[1]
    while width(marked) > at:
        marked = marked[:-1]
    assert lines[1][len(marked) :].startswith("2024年2月30日")
    assert lines[1].endswith("…")


def shown(text: str, start: int, end: int) -> list[str]:
    """What the screen shows of a finding about ``text[start:end]``."""
    span = Span(start=start, end=end, quote=text[start:end])
    place = Ruler.of_text(text).place(span)
    finding = ValidatedFinding(
        rule="X1", severity="error", message="m", source="a", span=span, fingerprint="", place=place
    )
    counts = dict.fromkeys(Summary.model_fields, 0)
    validation = Validation(
        tool_version="", lexicon_version="", findings=[finding], summary=Summary(**counts), files=[]
    )
    return next(to_terminal(Validated(validation, {"a": text}, frozenset("a")))).splitlines()


def test_wide_characters_take_two_columns_and_combining_ones_none() -> None:
    assert width("，《a\u0301“") == 6
    assert shown("ab中文cd", 3, 5)[1:] == ["    | ab中文cd", "    |     ^^^"]


def test_a_passage_over_lines_is_marked_on_the_first() -> None:
    assert shown("甲乙\r\n丙\n丁", 1, 7) == [
        "a:1:2: E X1 m", "    | 甲乙", "    |   ^^", "    | … and 2 more lines",
    ]  # fmt: skip
    assert shown("甲\n", 1, 1)[2] == "    |   ^"
    assert shown("", 0, 0)[0] == "a:1:1: E X1 m"


def test_a_passage_longer_than_the_window_is_cut() -> None:
    lines = shown("字" * 5000, 2000, 4000)
    assert width(lines[1]) == width(lines[2]) + 1 < 130


def test_on_a_terminal(folder: Path) -> None:
    pty = pytest.importorskip("pty")
    main_end, other_end = pty.openpty()
    environment = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "FORCE_COLOR")}
    code = "from sco_extract.cli import main; main()"
    command = [sys.executable, "-c", code, "validate", "docs", "--lang", "en"]
    done = subprocess.run(
        command, stdout=other_end, stderr=subprocess.PIPE, env=environment | {"TERM": "xterm"}, check=False
    )
    os.close(other_end)
    text = os.read(main_end, 100_000).decode()
    os.close(main_end)
    assert done.returncode == 1, done.stderr
    assert "\x1b[1;31mE\x1b[0m \x1b[1mDAT201\x1b[0m" in text


# Settings


def test_settings_are_found_upward_and_options_go_before(folder: Path) -> None:
    write(folder / "sco-extract.toml", 'select = ["PUN"]\nfail-on = "warning"\nlang = "zh"\n')
    write(folder / "docs/mark.txt", WRONG + MARK)
    result = run("docs")
    assert (rules_of(result), result.exit_code) == (["PUN101"], 1)
    assert "共检查3个文件" in result.stdout
    result = run("docs", "--select", "DAT", "--fail-on", "error", "--lang", "en")
    assert (rules_of(result), result.exit_code) == (["DAT201", "DAT201"], 1)
    assert run("docs", "--ignore", "PUN101").exit_code == 0


def test_settings_of_pyproject_and_the_nearer_file(folder: Path) -> None:
    write(folder / "pyproject.toml", '[tool.other]\na = 1\n[tool.sco-extract]\nignore = ["DAT"]\n')
    assert run("docs").exit_code == 0
    write(folder / "docs/sco-extract.toml", 'select = ["DAT"]\n')
    assert run("docs").exit_code == 1


def test_settings_are_not_sought_above_the_repository(folder: Path) -> None:
    inner = folder / "docs/inner"
    (inner / ".git").mkdir(parents=True)
    write(folder / "sco-extract.toml", 'ignore = ["DAT"]\n')
    write(inner / "wrong.txt", WRONG)
    assert run("docs/inner/wrong.txt").exit_code == 1


def test_per_file_ignores_and_severities(folder: Path) -> None:
    write(folder / "docs/mark.txt", WRONG + MARK)
    write(
        folder / "sco-extract.toml",
        '[per-file-ignores]\n"wrong.*" = ["DAT"]\n"docs/mark.txt" = ["DAT201"]\n'
        '[severity]\nPUN = "error"\nPUN101 = "info"\n',
    )
    found = findings_of("docs")
    assert [(one["rule"], one["severity"]) for one in found] == [("PUN101", "info")]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('fail-on = "error"\nselct = ["DAT"]\n', "line 2: selct: not known here; did you mean select?"),
        ('select = [\n  "DAT",\n  "PUNN",\n]\n', "line 3: select.PUNN: no rule begins with 'PUNN'; did you mean PUN"),
        ('[severity]\nDAT201 = "fatal"\n', "line 2: severity.DAT201: Input should be 'error'"),
        ('[severity]\nDAT9 = "error"\n', "line 2: severity.DAT9: no rule begins"),
        ('[per-file-ignores]\n"a.txt" = ["X"]\n', "line 2: per-file-ignores.a.txt.X: no rule"),
        ('as-of = "2026-02-30"\n', "line 1: as-of: "),
        ('period = "soon"\n', "line 1: period: 'soon' is no period"),
        ("select = [1]\n", "line 1: select.1: text in quotation marks is needed"),
        ("select = \n", "no TOML: "),
        ("a = " + "[" * 5000 + "]" * 5000 + "\n", "no TOML: "),
        ("a = " + "1" * 10000 + "\n", "no TOML: "),
    ],
)
def test_errors_of_settings_name_file_line_and_key(folder: Path, text: str, message: str) -> None:
    write(folder / "sco-extract.toml", text)
    result = run("docs")
    assert result.exit_code == 2
    assert "sco-extract.toml" in result.stderr
    assert message in " ".join(result.stderr.split())


def test_errors_of_pyproject_count_its_lines(folder: Path) -> None:
    write(folder / "pyproject.toml", "[project]\nname = 'x'\n\n[tool.sco-extract]\nignor = []\n")
    assert "pyproject.toml, line 5: tool.sco-extract.ignor: not known here; did you mean ignore?" in run("docs").stderr


def test_a_broken_pyproject_of_others_does_not_matter(folder: Path) -> None:
    write(folder / "pyproject.toml", "no toml at all [\n")
    assert run("docs/clean.txt").exit_code == 0


def test_line_of_keys() -> None:
    text = '[a]\nb = 1\n[[c]]\nd = 1\n[[c]]\nd = 2\n"e.f" = 3\ng.h = 4\n'
    assert line_of(text, ("a", "b")) == 2
    assert line_of(text, ("c", 0, "d")) == 4
    assert line_of(text, ("c", 1, "d")) == 6
    assert line_of(text, ("c", 1, "nowhere")) == 5
    assert line_of(text, ("c", 1, "e.f")) == 7
    assert line_of(text, ("c", 1, "g", "h")) == 8
    assert line_of(text, ("z",)) == 1


def test_terms_and_lexicon_of_settings_are_used(folder: Path) -> None:
    write(folder / "sco-extract.toml", 'lexicon = ["words"]\n')
    assert "no such lexicon folder" in run("docs").stderr


def test_terms_are_right_as_they_are(folder: Path) -> None:
    write(folder / "docs/wrong.txt", "双方落实“绿色,丝路”计划,加强合作。\n绿色,丝路有成果。\n")
    assert len(findings_of("docs", "--select", "PUN101")) == 3
    write(folder / "sco-extract.toml", 'terms = ["绿色,丝路"]\n')
    assert [one["span"]["start"] for one in findings_of("docs", "--select", "PUN101")] == [13]  # type: ignore[index]


def test_the_page_shows_what_is_accepted() -> None:
    page = (Path(__file__).parent.parent / "docs/validate.md").read_text(encoding="utf-8")
    settings, suppressions = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)
    days = re.compile(r"= (\d{4}-\d{2}-\d{2})")
    read_settings = tomllib.loads(days.sub(r"= '\1'", settings))
    Settings.model_validate(read_settings)
    keys = {field.alias for field in Settings.model_fields.values()}
    assert set(read_settings) == keys
    entry = tomllib.loads(days.sub(r"= '\1'", suppressions))
    assert set(entry["suppress"][0]) == {field.alias for field in Suppression.model_fields.values()}
    SuppressionsFile.model_validate(entry)


# Suppressions


SUPPRESSION = '[[suppress]]\nfile = "docs/wrong.txt"\nrule = "DAT201"\nquote = "{quote}"\nreason = "adopted so"\n'


def test_a_suppression_hides_the_finding_at_its_quotation(folder: Path) -> None:
    write(folder / "sco-extract.suppressions.toml", SUPPRESSION.format(quote="2024 年２月30日"))
    result = run("docs")
    assert (result.exit_code, rules_of(result)) == (0, [])
    assert "Hidden: 1 suppressed, 0 in the baseline." in result.stdout


def test_only_its_rule_and_its_place_are_hidden(folder: Path) -> None:
    write(folder / "docs/wrong.txt", WRONG + "论坛于2024年2月30日举行。\n" + MARK)
    sidecar = folder / "sco-extract.suppressions.toml"
    write(sidecar, SUPPRESSION.format(quote="2024年2月30日") + 'before = "论坛于"\n')
    assert [(one["rule"], one["place"]["line"]) for one in findings_of("docs")] == [("DAT201", 1), ("PUN101", 3)]  # type: ignore[index]
    write(sidecar, SUPPRESSION.format(quote="2024年2月30日") + "nth = 1\n")
    assert [(one["rule"], one["place"]["line"]) for one in findings_of("docs")] == [("DAT201", 2), ("PUN101", 3)]  # type: ignore[index]
    write(sidecar, SUPPRESSION.format(quote="2024年2月30日"))
    assert [one["rule"] for one in findings_of("docs")] == ["PUN101"]


@pytest.mark.parametrize(("quote", "why"), [("2024年2月31日", "is not in"), ("在万象举行", "the rule finds nothing")])
def test_a_stale_suppression_is_a_finding_at_its_line(folder: Path, quote: str, why: str) -> None:
    write(folder / "sco-extract.suppressions.toml", "# adopted texts\n" + SUPPRESSION.format(quote=quote))
    result = run("docs")
    assert rules_of(result) == ["DAT201", "SUP001"]
    assert "sco-extract.suppressions.toml:5:1: W SUP001 the suppression of DAT201 hides nothing" in result.stdout
    assert why in result.stdout


def test_what_was_not_looked_at_is_not_stale(folder: Path) -> None:
    write(folder / "sco-extract.suppressions.toml", SUPPRESSION.format(quote="不在文中"))
    assert rules_of(run("docs/clean.txt")) == []
    assert rules_of(run("docs", "--select", "PUN,SUP")) == []
    write(folder / "sco-extract.suppressions.toml", SUPPRESSION.format(quote="x").replace("docs/wrong", "docs/gone"))
    assert "there is no file docs/gone.txt" in run("docs/clean.txt").stdout


def test_expiry_is_compared_with_as_of_only(folder: Path) -> None:
    write(folder / "sco-extract.suppressions.toml", SUPPRESSION.format(quote="2月30日") + "expires = 2025-12-31\n")
    assert rules_of(run("docs")) == []
    assert rules_of(run("docs", "--as-of", "2025-12-31")) == []
    result = run("docs", "--as-of", "2026-01-01")
    assert rules_of(result) == ["DAT201", "SUP002"]
    assert "held until 2025-12-31" in result.stdout


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (SUPPRESSION.format(quote="x").replace('reason = "adopted so"\n', ""), "line 1: suppress.1.reason: is needed"),
        (SUPPRESSION.format(quote="x").replace("adopted so", " "), "line 5: suppress.1.reason: "),
        (SUPPRESSION.format(quote="x").replace("DAT201", "DAT999"), "line 3: suppress.1.rule: no rule begins"),
        (
            SUPPRESSION.format(quote="x") + "qoute = 1\n",
            "line 6: suppress.1.qoute: not known here; did you mean quote?",
        ),
        (SUPPRESSION.format(quote="x") * 2 + "nth = 0\n", "line 11: suppress.2.nth: "),
    ],
)
def test_errors_of_suppressions_name_file_line_and_key(folder: Path, text: str, message: str) -> None:
    write(folder / "sco-extract.suppressions.toml", text)
    result = run("docs")
    assert result.exit_code == 2
    assert f"sco-extract.suppressions.toml, {message}" in " ".join(result.stderr.split())


# Baselines


def test_a_baseline_hides_what_is_known_wherever_it_moves(folder: Path) -> None:
    result = run("docs", "--write-baseline", "known.json")
    assert (result.exit_code, "1 findings written to known.json" in result.stderr) == (0, True)
    assert run("docs", "--baseline", "known.json").exit_code == 0
    write(folder / "docs/wrong.txt", f"一段新文字。\n{CLEAN}\n会议于2024年２月30日在万象举行。\n")
    assert rules_of(run("docs", "--baseline", "known.json", "--select", "DAT")) == []
    write(folder / "docs/wrong.txt", WRONG + "论坛于2023年2月30日在万象举行。\n" + WRONG)
    assert [one["place"]["line"] for one in findings_of("docs", "--baseline", "known.json")] == [2, 3]  # type: ignore[index]


def test_pruning_takes_out_what_was_mended_and_nothing_that_was_not_looked_at(folder: Path) -> None:
    write(folder / "docs/other.txt", WRONG)
    write(folder / "docs/gone.txt", WRONG)
    run("docs", "--write-baseline", "known.json")
    write(folder / "docs/wrong.txt", CLEAN)
    (folder / "docs/gone.txt").unlink()
    run("docs/wrong.txt", "--baseline", "known.json", "--prune-baseline", "--select", "PUN")
    sources = [one["source"] for one in json.loads((folder / "known.json").read_text(encoding="utf-8"))["findings"]]
    assert sources == ["docs/other.txt", "docs/wrong.txt"]
    result = run("docs/wrong.txt", "--baseline", "known.json", "--prune-baseline")
    assert "1 of 2 findings taken out of known.json" in result.stderr
    sources = [one["source"] for one in json.loads((folder / "known.json").read_text(encoding="utf-8"))["findings"]]
    assert sources == ["docs/other.txt"]


@pytest.mark.parametrize(
    "data", [b"", b"{", b"[]", b'{"findings": [1]}', b'{"findings": {}}', b"\xff\xfe", b"[" * 100000]
)
def test_a_baseline_that_is_none_is_refused(folder: Path, data: bytes) -> None:
    (folder / "known.json").write_bytes(data)
    result = run("docs", "--baseline", "known.json")
    assert result.exit_code == 2
    assert "no baseline" in result.stderr


def test_fingerprints_count_equal_passages() -> None:
    def finding(quote: str, start: int) -> Finding:
        span = Span(start=start, end=start + len(quote), quote=quote)
        return Finding(rule="PUN101", severity="warning", message="x", source="a", span=span)

    one = fingerprints([finding("甲,乙", 0), finding("甲,乙", 9), finding("丙", 20)], "a")
    assert len(set(one)) == 3
    assert fingerprints([finding("甲， 乙", 5), finding("丙", 7)], "a") == [one[0], one[2]]
    assert fingerprints([finding("甲,乙", 0)], "b") != one[:1]


# A corpus


HERE = (
    "2024年7月4日，上合组织成员国元首理事会会议在阿斯塔纳举行。会议通过《阿斯塔纳宣言》（2024年7月4日，阿斯塔纳）。\n"
)
THERE = "各方将落实《阿斯塔纳宣言》（2024年7月14日，阿斯塔纳）。\n"


@pytest.fixture
def corpus(folder: Path) -> Path:
    (folder / "corpus").mkdir()
    write(folder / "corpus/declaration.txt", HERE)
    write(folder / "corpus/unrelated.txt", WRONG)
    write(folder / "draft.txt", THERE)
    return folder / "corpus"


@pytest.mark.parametrize("ingested", [False, True])
def test_contradictions_with_a_corpus(corpus: Path, ingested: bool) -> None:
    against = corpus
    if ingested:
        against = corpus.parent / "output"
        CliRunner().invoke(main, ["ingest", str(corpus), "-o", str(against)])
    assert run("draft.txt").exit_code == 0
    found = findings_of("draft.txt", "--corpus", against)
    assert [one["rule"] for one in found] == ["INS402"]
    sources = {found[0]["source"], *(other["source"] for other in found[0]["related"])}  # type: ignore[attr-defined]
    assert "draft.txt" in sources
    assert any(str(source).endswith("declaration.txt") for source in sources)
    text = run("draft.txt", "--corpus", against).stdout
    assert "2024年7月14日" in text
    assert "declaration.txt:1:" in text


@pytest.mark.parametrize("ingested", [False, True])
def test_a_document_of_the_corpus_is_not_held_against_its_older_self(corpus: Path, ingested: bool) -> None:
    against = corpus
    if ingested:
        against = corpus.parent / "output"
        CliRunner().invoke(main, ["ingest", str(corpus), "-o", str(against)])
    write(corpus / "declaration.txt", HERE.replace("7月4日", "7月3日"))
    assert run("corpus/declaration.txt", "--corpus", against).exit_code == 0


def test_a_folder_that_is_neither_is_refused_and_unread_files_are_told(corpus: Path) -> None:
    (corpus / "broken.docx").write_bytes(b"PK\x03\x04 no zip")
    result = run("draft.txt", "--corpus", corpus)
    assert result.exit_code == 2
    assert "not read: corpus/broken.docx" in result.stderr
    assert rules_of(result) == ["INS402"]


PLAN = """# 成员国旅游合作行动计划

（2023年7月4日，新德里）

| 措施 | 期限 | 执行机构 |
|---|---|---|
| 1、举办旅游论坛。 | 每年 | 旅游部门 |
| 2、编制古城线路手册。 | 2026年前 | 旅游部门、秘书处 |
"""
REPORT = "# 旅游合作工作报告\n\n2024年5月24日，成员国旅游论坛在撒马尔罕举行。旅游部门举办了旅游论坛。\n"


@pytest.mark.parametrize("ingested", [False, True])
def test_measures_of_a_plan_without_evidence(corpus: Path, ingested: bool) -> None:
    write(corpus / "report.md", REPORT)
    write(corpus.parent / "plan.md", PLAN)
    against = corpus
    if ingested:
        against = corpus.parent / "output"
        CliRunner().invoke(main, ["ingest", str(corpus), "-o", str(against)])
    options = ("plan.md", "--corpus", against, "--select", "PLN505,PLN506")
    assert findings_of(*options) == []
    found = findings_of(*options, "--period", "2023-11/2024-10")
    assert [(one["rule"], one["message"]) for one in found] == [("PLN505", "Measure 2: no evidence in 2023-11/2024-10")]
    write(corpus.parent / "sco-extract.toml", 'period = "2023-11/2024-10"\nlang = "zh"\n')
    assert [one["rule"] for one in findings_of(*options)] == ["PLN505"]


# Formats


def test_json_keeps_to_its_schema_and_quotes_the_source(folder: Path) -> None:
    write(folder / "docs/mark.txt", "\ufeff" + MARK)
    printed = json.loads(run("docs", "--format", "json").stdout)
    schema = next(json.loads(schema_text(model, about)) for name, model, about in SCHEMAS if name == "validation")
    Draft202012Validator(schema).validate(printed)
    assert printed["summary"] == {
        "files": 3, "failed": 0, "errors": 1, "warnings": 1, "infos": 0, "fixable": 1, "fixable_unsafe": 0,
        "suppressed": 0, "baseline": 0,
    }  # fmt: skip
    for one in printed["findings"]:
        text = (folder / one["source"]).read_text(encoding="utf-8-sig")
        assert text[one["span"]["start"] : one["span"]["end"]] == one["span"]["quote"]


@pytest.mark.parametrize("format_", ["json", "sarif", "junit", "github"])
def test_formats_are_the_same_on_a_second_run_and_in_a_pool(folder: Path, format_: str) -> None:
    write(folder / "docs/mark.txt", MARK)
    first = run("docs", "--format", format_, "--jobs", "1")
    second = run("docs", "--format", format_, "--jobs", "2")
    assert first.exit_code == second.exit_code == 1
    assert first.stdout == second.stdout != ""


def test_schemas_for_people_accept_what_the_program_accepts() -> None:
    schemas = {name: json.loads(schema_text(model, about)) for name, model, about in SCHEMAS}
    Draft202012Validator(schemas["settings"]).validate({"select": ["DAT"], "fail-on": "error", "due-within": 30})
    entry = {"file": "a.txt", "rule": "DAT201", "quote": "x", "reason": "y"}
    Draft202012Validator(schemas["suppressions"]).validate({"suppress": [entry]})
    assert list(Draft202012Validator(schemas["settings"]).iter_errors({"fail_on": "error"}))


# Robustness


def test_a_rule_that_crashes_is_a_finding_and_the_others_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(sheet: Sheet) -> list[object]:
        raise RuntimeError("boom")

    crashing = SheetCheck("PUN101", "x", "warning", "safe", broken)  # type: ignore[arg-type]
    monkeypatch.setattr(proofing, "SHEET_CHECKS", (crashing, *proofing.SHEET_CHECKS))
    record = extract(normalize(read((WRONG + MARK).encode(), "a.txt")), source_id="a.txt")
    found = proofread(record, load(), Proof())
    assert [one.rule for one in found] == ["RUN005", "DAT201", "PUN101"]
    assert found[0].message == "the rule PUN101 failed and found nothing: RuntimeError: boom"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n\n",
        "《" * 20000,
        "“" * 20000 + "”" * 20000,
        ",中" * 20000,
        "2024年2月30日" * 3000,
        "（" * 9999 + "\n" + "）" * 9999,
    ],
)
def test_hostile_texts_end(folder: Path, text: str) -> None:
    write(folder / "docs/hostile.txt", text)
    result = run("docs/hostile.txt", "--seconds", "20")
    assert result.exit_code in (0, 1, 2)
    assert "RUN005" not in result.output
    assert "RUN006" not in result.output


def test_files_of_the_tool_are_no_documents(folder: Path) -> None:
    write(folder / "docs/sco-extract.toml", "")
    write(folder / "docs/sco-extract.suppressions.toml", "")
    run("docs", "--write-baseline", "docs/sco-extract.baseline.json")
    assert "in 2 files" in run("docs").stdout


def test_first_of_many_findings_of_a_rule_in_a_file(folder: Path) -> None:
    """Ten are shown as they are, of eleven five; --all shows them, and the other formats have all."""
    write(folder / "docs/ten.txt", MARK * 10)
    write(folder / "docs/many.txt", MARK * 11 + WRONG)
    arguments = ("docs/ten.txt", "docs/many.txt", "--select", "PUN101,DAT201")
    text = run(*arguments).stdout
    assert text.count("docs/ten.txt:") == 10
    assert text.count(" PUN101 ") == 15
    assert "DAT201" in text
    assert (
        text.index("DAT201") < text.index("PUN101: 6 more in this file (all: --all)") < text.index("Found 1 error, 21 ")
    )
    assert text.count("more in this file") == 1
    assert "PUN101：本文件另有6处（用--all全部列出）" in run(*arguments, "--lang", "zh").stdout
    everything = run(*arguments, "--all").stdout
    assert everything.count(" PUN101 ") == 21
    assert "more in this file" not in everything
    assert len(json.loads(run(*arguments, "--format", "json").stdout)["findings"]) == 22


def test_statistics(folder: Path) -> None:
    write(folder / "docs/many.txt", MARK * 11)
    result = run("docs", "--select", "PUN101,DAT201", "--statistics")
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "11 W PUN101  half-width-mark",
        " 1 E DAT201  no-such-date",
        "",
        "Found 1 error, 11 warnings in 3 files.",
        "11 fixable with --fix",
    ]
    assert run("docs/clean.txt", "--statistics").stdout == "No findings in 1 file.\n"


@pytest.mark.parametrize("option", ["--all", "--statistics"])
def test_options_of_text_alone(folder: Path, option: str) -> None:
    result = run("docs", "--format", "junit", option)
    assert result.exit_code == 2
    assert "go with --format text" in result.output
