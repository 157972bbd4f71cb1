"""``list``: which entities fit, what is refused, and the three formats."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from rich.console import Console

from sco_extract.cli import main
from sco_extract.commands.list import _ALWAYS, _COLUMNS, _MORE, row
from sco_extract.lexicon.load import load
from sco_extract.model.records import MeetingEntity, Mention, Span
from sco_extract.run.query import FILTERS, EntityType, Filter, ask, entities_of
from sco_extract.run.store import Store
from sco_extract.write.csv import BOM, to_csv

TEXTS = {
    "asean.txt": "2023年9月16日至19日，第二十届中国—东盟博览会在南宁举行。\n第二十一届中国—东盟博览会（2024年9月24日至28日，南宁）。\n",
    "brics.txt": "金砖国家领导人第十六次会晤（2024年10月22日至24日，喀山）通过《喀山宣言》。\n"
    "俄罗斯总统普京主持会晤。第十八次会晤拟于2026年由印度主办。\n",
    "cca.txt": "第二屆中國—中亞峰會於2025年6月17日在阿斯塔納舉行。會議簽署《永久睦鄰友好合作條約》。\n",
    "plan.txt": "落实行动计划\n1、举办数字技术论坛。\n期限：2026年前\n执行机构：秘书处\n"
    "2、举办农产品展览。\n期限：每年\n执行机构：秘书处、实业家委员会\n",
}


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("list")
    (folder / "corpus").mkdir()
    for name, text in TEXTS.items():
        (folder / "corpus" / name).write_text(text, encoding="utf-8")
    assert run("ingest", folder / "corpus", "-o", folder / "output", "--jobs", "1").exit_code == 0
    return folder / "output"


def listed(output: Path, type_: str, *options: str) -> list[str]:
    result = run("list", type_, *options, "--format", "json", "-o", output)
    assert result.exit_code == 0, result.output
    return [one.get("title") if type_ == "documents" else one.get("name", one.get("measure"))
            for one in json.loads(result.stdout)]  # fmt: skip


@pytest.mark.parametrize(
    ("type_", "options", "count"),
    [
        ("meetings", (), 5),
        ("meetings", ("--since", "2024"), 4),
        ("meetings", ("--since", "2024-09-28", "--until", "2024-09-28"), 1),
        ("meetings", ("--since", "2024-35", "--until", "2024-36"), 2),
        ("meetings", ("--until", "2023-09-16"), 1),
        ("meetings", ("--place", "南宁"), 2),
        ("meetings", ("--place", "阿斯塔納"), 1),
        ("meetings", ("--place", "俄罗斯"), 1),
        ("meetings", ("--country", "kz"), 1),
        ("meetings", ("--country", "印度"), 1),
        ("meetings", ("--body", "brics.summit"), 2),
        ("meetings", ("--body", "中国-东盟博览会"), 2),
        ("meetings", ("--body", "中国—中亚峰会"), 1),
        ("meetings", ("--body", "金砖国家"), 2),
        ("meetings", ("--body", "ASEAN"), 2),
        ("bodies", ("--body", "asean"), 1),
        ("meetings", ("--sector", "trade"), 2),
        ("meetings", ("--sector", "经贸与投资"), None),
        ("meetings", ("--status", "planned"), 1),
        ("meetings", ("--source", "cca"), 1),
        ("meetings", ("--text", "博览会"), 2),
        ("meetings", ("--text", "博覽會"), 2),
        ("meetings", ("--text", "中国—中亚峰会"), 1),
        ("meetings", ("--text", "博览会", "--since", "2024"), 1),
        ("documents", ("--kind", "宣言"), 1),
        ("documents", ("--kind", "條約"), 1),
        ("documents", ("--text", "睦邻"), 1),
        ("documents", ("--status", "signed"), 1),
        ("actions", ("--body", "实业家委员会"), 1),
        ("actions", ("--kind", "annual"), 1),
        ("actions", ("--since", "2026"), 1),
        ("participants", ("--country", "RU"), 1),
        ("participants", ("--kind", "guest"), 0),
        ("bodies", ("--text", "峰会"), 1),
        ("bodies", ("--since", "2025", "--place", "阿斯塔纳"), 1),
    ],
)
def test_filters(output: Path, type_: str, options: tuple[str, ...], count: int | None) -> None:
    if count is None:
        result = run("list", type_, *options, "-o", output)
        assert result.exit_code == 2
        assert "trade" in result.stderr
        return
    assert len(listed(output, type_, *options)) == count


def test_what_has_no_date_is_left_out_and_said(output: Path) -> None:
    assert "Left out for want of a date: 1\n" in run("list", "actions", "--since", "2020", "-o", output).stderr
    assert "Left out" not in run("list", "actions", "-o", output).stderr
    none = run("list", "actions", "--since", "2020", "--text", "数字", "--until", "2020", "-o", output)
    assert "Left out" not in none.stderr


def test_order(output: Path) -> None:
    def dates(*options: str) -> list[str]:
        result = run("list", "meetings", *options, "--format", "json", "-o", output)
        return [one["dates"][0][:4] for one in json.loads(result.stdout)]

    assert dates("--sort", "date") == ["2023", "2024", "2024", "2025", "2026"]
    assert dates() == ["2023", "2024", "2024", "2026", "2025"]
    names = listed(output, "meetings", "--sort", "name")
    assert names == sorted(names)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("meetings", "--kind", "宣言"), "--kind does not apply to meetings; those that do: --since, --until"),
        (("participants", "--since", "2024"), "--since does not apply to participants; those that do: --country"),
        (("meetings", "--since", "2024-13"), "--since 2024-13: no date"),
        (("meetings", "--since", "XXXX-03-21"), "no date"),
        (("meetings", "--since", "2025", "--until", "2024"), "--until 2024 lies before --since 2025"),
        (("meetings", "--status", "done"), "there are held, planned, not_held"),
        (("documents", "--status", "done"), "adopted, approved"),
        (("actions", "--kind", "x"), "regular, annual"),
        (("meetings", "--sector", "x"), "there are agriculture"),
        (("meetings", "--country", "Atlantis"), "no such country"),
        (("meetings", "--source", "asea"), "did you mean asean?"),
        (("meetings", "--text", " "), "nothing to look for"),
        (("meetings", "--bom"), "--bom is for --format csv"),
        (("persons",), "'persons' is not one of"),
    ],
)
def test_what_cannot_be_asked_is_said(output: Path, arguments: tuple[str, ...], words: str) -> None:
    result = run("list", *arguments, "-o", output)
    assert result.exit_code == 2
    assert words in result.stderr
    assert "Traceback" not in result.output


def test_no_run_another_version_and_damage_are_said(output: Path, tmp_path: Path) -> None:
    missing = run("list", "meetings", "-o", tmp_path / "none")
    assert (missing.exit_code, "no such folder; run sco-extract ingest first" in missing.stderr) == (2, True)
    assert "holds no corpus.json" in run("list", "meetings", "-o", tmp_path).stderr
    corpus = json.loads((output / "corpus.json").read_text(encoding="utf-8"))
    (tmp_path / "corpus.json").write_text(json.dumps(corpus), encoding="utf-8")
    assert "meetings.jsonl: No such file" in run("list", "meetings", "-o", tmp_path).stderr
    lines = (output / "meetings.jsonl").read_text(encoding="utf-8").splitlines()
    (tmp_path / "meetings.jsonl").write_text(f"{lines[0]}\n{{}}\n", encoding="utf-8")
    assert (
        "meetings.jsonl, line 2: not written by this version; ingest again"
        in run("list", "meetings", "-o", tmp_path).stderr
    )
    (tmp_path / "corpus.json").write_text(json.dumps({**corpus, "schema_version": "0.1.0"}), encoding="utf-8")
    assert "written by another version (schema 0.1.0" in run("list", "meetings", "-o", tmp_path).stderr
    for broken in ("[]", "{", '{"schema_version": 3}'):
        (tmp_path / "corpus.json").write_text(broken, encoding="utf-8")
        assert "not written by this version" in run("list", "meetings", "-o", tmp_path).stderr


def test_a_pipe_gets_tabs_and_ids(output: Path) -> None:
    result = run("list", "meetings", "--place", "喀山", "-o", output)
    header, line = result.stdout.splitlines()
    assert header.split("\t") == ["id", "name", "ordinal", "dates", "place", "mode", "status", "sector", "sources"]
    cells = dict(zip(header.split("\t"), line.split("\t"), strict=True))
    assert (cells["ordinal"], cells["dates"], cells["sources"]) == ("16", "2024-10-22/2024-10-24", "brics")
    assert run("timeline", cells["id"], "-o", output).exit_code == 0
    empty = run("list", "meetings", "--text", "没有这样的会", "-o", output)
    assert (empty.exit_code, len(empty.stdout.splitlines()), empty.stderr) == (0, 1, "No meetings fit.\n")


@pytest.mark.parametrize("width", [60, 100, 200])
def test_a_terminal_gets_a_table_with_whole_ids(
    output: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], width: int
) -> None:
    screen = Console(width=width, force_terminal=True, color_system=None)
    monkeypatch.setattr("sco_extract.commands.screen.console", lambda: screen)
    main(["list", "meetings", "-o", str(output)], standalone_mode=False)
    shown = capsys.readouterr().out
    assert max(map(len, shown.splitlines())) <= width
    for one in Store(output).meetings():
        assert one.id in shown


def test_csv_opens_as_text_in_a_spreadsheet(output: Path) -> None:
    result = run("list", "meetings", "--format", "csv", "--sort", "date", "-o", output)
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert [line["ordinal"] for line in rows] == ["20", "21", "16", "2", "18"]
    assert rows[3]["quote"].startswith("第二屆")
    with_mark = run("list", "meetings", "--format", "csv", "--bom", "-o", output)
    assert with_mark.stdout.startswith(BOM + "id,")
    hostile = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "a=1", 'say "x",\ny']
    (line,) = list(csv.reader(io.StringIO("".join(to_csv(["a"] * 8, [hostile]))), strict=True))[1:]
    assert line == ["'=1+1", "'+1", "'-1", "'@SUM(A1)", "'\t=1", "'\n=1", "a=1", 'say "x",\ny']


def test_json_is_one_array_of_the_lines(output: Path) -> None:
    for type_ in FILTERS:
        array = json.loads(run("list", type_, "--format", "json", "-o", output).stdout)
        lines = (output / f"{type_}.jsonl").read_text(encoding="utf-8").splitlines()
        assert array == [json.loads(line) for line in lines]
    assert json.loads(run("list", "meetings", "--text", "无此会", "--format", "json", "-o", output).stdout) == []


def test_every_column_and_every_filter_of_every_type_works(output: Path) -> None:
    values: dict[Filter, str] = {
        "since": "2024", "until": "2024", "place": "南宁", "country": "CN", "body": "brics.summit", "sector": "trade",
        "status": "held", "kind": "宣言", "source": "asean", "text": "会",
    }  # fmt: skip
    special = {("documents", "status"): "adopted", ("actions", "kind"): "by", ("participants", "kind"): "member"}
    store = Store(output)
    for type_, filters in FILTERS.items():
        columns = (*_COLUMNS[type_], *_MORE[type_], *_ALWAYS)
        assert all(len(row(entity, columns)) == len(columns) for entity in entities_of(store, type_))
        for name in filters:
            list(ask(store, type_, {name: special.get((type_, name), values[name])}, load()).entities)


def test_control_characters_do_not_reach_the_terminal(output: Path, tmp_path: Path) -> None:
    hostile = _meetings(1, name="会议\x1b]0;x\x07\x9b")
    (tmp_path / "meetings.jsonl").write_text("".join(hostile), encoding="utf-8")
    (tmp_path / "corpus.json").write_bytes((output / "corpus.json").read_bytes())
    for format_ in ("table", "csv"):
        shown = run("list", "meetings", "--format", format_, "-o", tmp_path).stdout
        assert not set(shown) & {"\x1b", "\x07", "\x9b"}


def test_a_long_list_is_not_held_in_memory(output: Path, tmp_path: Path) -> None:
    with (tmp_path / "meetings.jsonl").open("w", encoding="utf-8") as file:
        file.writelines(_meetings(3_000))
    (tmp_path / "corpus.json").write_bytes((output / "corpus.json").read_bytes())
    for format_, count in (("table", 3_001), ("csv", 3_001), ("json", 3_002)):
        shown = run("list", "meetings", "--format", format_, "-o", tmp_path)
        assert len(shown.stdout.splitlines()) == count
    answer = ask(Store(tmp_path), "meetings", {"since": "2024"}, load())
    assert next(answer.entities).id == "meeting-0"
    (tmp_path / "meetings.jsonl").write_text("", encoding="utf-8")


def _meetings(count: int, name: str = "数字论坛") -> Iterator[str]:
    span = Span(start=0, end=1, quote="会")
    for number in range(count):
        yield MeetingEntity(
            id=f"meeting-{number}", source="asean", span=span, rule="M001", variants=[],
            mentions=[Mention(source="asean", span=span)], name=name, series=None, ordinal=None, dates=["2024-05-06"],
            place=None, country=None, mode=None, host=None, theme=None, status="held", documents=[], sector=None,
        ).model_dump_json() + "\n"  # fmt: skip


def test_types_are_those_of_the_output() -> None:
    types: list[EntityType] = ["meetings", "documents", "actions", "participants", "bodies"]
    assert list(FILTERS) == types
