"""``timeline``: a document's life-cycle, the thread of a series, and what each source says of a meeting."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from rich.console import Console

from sco_extract.cli import main
from sco_extract.run.store import Store

TEXTS = {
    "a.txt": "2023年5月18日至19日，首届中国—中亚峰会在西安举行，会议通过《中国—中亚峰会西安宣言》。\n"
    "第二届中国—中亚峰会将于2025年在哈萨克斯坦举行。各方正在商谈《中国—中亚贸易便利化协定》草案。\n",
    "b.txt": "2025年6月17日，第二届中国—中亚峰会在阿斯塔纳举行。各国签署《中国—中亚贸易便利化协定》（2025年6月17日，阿斯塔纳）。\n"
    "第五届数字论坛（2024年3月1日，塔什干）。第六届数字论坛（2025年3月1日，杜尚别）。\n",
    "c.txt": "第五屆數字論壇（2024年3月2日，塔什干）。\n",
}


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("timeline")
    (folder / "corpus").mkdir()
    for name, text in TEXTS.items():
        (folder / "corpus" / name).write_text(text, encoding="utf-8")
    assert run("ingest", folder / "corpus", "-o", folder / "output", "--jobs", "1").exit_code == 0
    return folder / "output"


def follow(output: Path, asked: str) -> dict:
    result = run("timeline", asked, "--format", "json", "-o", output)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


@pytest.mark.parametrize("asked", ["《中国—中亚贸易便利化协定》", "中国-中亚贸易便利化协定", "中國—中亞貿易便利化協定"])
def test_a_document_by_its_title(output: Path, asked: str) -> None:
    found = follow(output, asked)
    assert found["type"] == "document"
    assert [(step["step"], step["source"]) for step in found["steps"]] == [("drafting", "a"), ("signed", "b")]
    assert found["steps"][1]["dates"] == ["2025-06-17"]
    for step in found["steps"]:
        text = Store(output).source(step["source"]).text
        assert text[step["span"]["start"] : step["span"]["end"]] == step["span"]["quote"]


@pytest.mark.parametrize("asked", ["cca.summit", "中国—中亚峰会", "中國—中亞峰會"])
def test_a_series_by_lexicon_id_and_name(output: Path, asked: str) -> None:
    found = follow(output, asked)
    assert found["type"] == "series"
    ordinals = [(step["ordinal"], step["step"]) for step in found["steps"]]
    assert ordinals[0] == (1, "held")
    assert all(ordinal == 2 for ordinal, _ in ordinals[1:])
    assert follow(output, found["id"]) == found
    assert follow(output, found["id"].removeprefix("body-")) == found


def test_a_meeting_by_id_says_what_each_source_has(output: Path) -> None:
    meetings = [one for one in Store(output).meetings() if one.name == "数字论坛" and one.ordinal == 5]
    (one,) = [one for one in meetings if len({mention.source for mention in one.mentions}) == 2]
    found = follow(output, one.id)
    assert (found["type"], found["id"]) == ("meeting", one.id)
    assert [(step["source"], step["dates"]) for step in found["steps"]] == [
        ("b", ["2024-03-01"]),
        ("c", ["2024-03-02"]),
    ]
    assert follow(output, one.id[:-2]) == found


def test_a_name_of_several_lists_them(output: Path) -> None:
    result = run("timeline", "meeting-", "-o", output)
    assert result.exit_code == 2
    ids = {line.split("\t")[0] for line in result.stdout.splitlines()[1:]}
    assert ids == {one.id for one in Store(output).meetings()}
    assert "entities fit; give the id of one" in result.stderr


@pytest.mark.parametrize("asked", ["没有这个", "", "doc", "\x1b[31m"])
def test_nothing_of_that_name(output: Path, asked: str) -> None:
    result = run("timeline", asked, "-o", output)
    assert result.exit_code == 2
    assert "no document, meeting or body of that id or name" in result.stderr
    assert "\x1b" not in result.output


@pytest.mark.parametrize("asked", ["第六届数字论坛", "第6届数字论坛", "数字论坛第六届", "第六屆數字論壇"])
def test_an_ordinal_in_the_name_means_that_sitting(output: Path, asked: str) -> None:
    found = follow(output, asked)
    assert (found["type"], [step["dates"] for step in found["steps"]]) == ("meeting", [["2025-03-01"]])


def test_an_ordinal_in_the_name_of_a_series_means_its_sitting(output: Path) -> None:
    assert follow(output, "首届中国—中亚峰会")["steps"][0]["dates"] == ["2023-05-18/2023-05-19"]
    assert run("timeline", "第九届中国—中亚峰会", "-o", output).exit_code == 2


def test_words_of_a_name_list_what_has_them(output: Path) -> None:
    result = run("timeline", "《贸易便利化协定》", "-o", output)
    assert result.exit_code == 2
    assert [line.split("\t")[1] for line in result.stdout.splitlines()[1:]] == ["中国—中亚贸易便利化协定"]
    assert "1 with it in the name: give the id of one" in result.stderr


def test_a_measure_has_no_timeline(output: Path) -> None:
    assert "measures and persons have no timeline" in run("timeline", "action-0123456789ab", "-o", output).stderr


def test_a_terminal_and_a_pipe(
    output: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = run("timeline", "cca.summit", "-o", output).stdout.splitlines()
    assert lines[0].split("\t") == ["step", "dates", "ordinal", "place", "id", "source", "at", "quote"]
    assert lines[1].split("\t")[:4] == ["held", "2023-05-18/2023-05-19", "1", "西安"]
    screen = Console(width=160, force_terminal=True, color_system=None)
    monkeypatch.setattr("sco_extract.commands.screen.console", lambda: screen)
    monkeypatch.setattr("sco_extract.commands.timeline.console", lambda: screen)
    main(["timeline", "cca.summit", "-o", str(output)], standalone_mode=False)
    shown = capsys.readouterr().out
    assert shown.startswith("series body-")
    assert "2023-05-18/2023-05-19" in shown


def test_no_run_is_said(tmp_path: Path) -> None:
    result = run("timeline", "x", "-o", tmp_path / "none")
    assert (result.exit_code, "run sco-extract ingest first" in result.stderr) == (2, True)
