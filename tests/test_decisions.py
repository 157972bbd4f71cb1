"""Human decisions: found again after edits, applied, reported where they cannot be, and never a danger."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

from sco_extract.cli import main
from sco_extract.link.passages import find_passage, fold
from sco_extract.model.decisions import Decided, DecisionsFile, Passage
from sco_extract.run.decisions_file import load_decisions
from sco_extract.run.toml_file import MAX_BYTES
from sco_extract.write.schema import SCHEMAS, schema_text

ROOT = Path(__file__).parent.parent
NOTE = (
    "一、会议\n"
    "2031年5月6日，中国—东盟数字部长第七次会议在南宁举行。会议通过《南宁数字合作宣言》。\n"
    "金砖国家农业部长会议（2031年6月2日，喀山）审议了粮食安全问题。\n"
)
PRESS = "2031年5月7日，中国—东盟数字部长第七次会议在南宁举行。会议通过《南宁数字合作宣言》。\n"
PLAN = (
    "落实行动计划\n1、举办数字技术论坛。\n期限：2031年前\n执行机构：秘书处\n"
    "2、举办农产品展览。\n期限：每年\n执行机构：秘书处\n"
)
CORRECT = """
[[decision]]
id = "place"
do = "correct"
reason = "the host's own announcement"
type = "meetings"
passage = { source = "note", quote = "东盟数字部长第七次会议" }
field = "place"
value = "桂林"
"""


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "note.txt").write_text(NOTE, encoding="utf-8")
    (folder / "press.txt").write_text(PRESS, encoding="utf-8")
    (folder / "plan.txt").write_text(PLAN, encoding="utf-8")
    return folder


def decide(corpus: Path, toml: str) -> Result:
    (corpus / "decisions.toml").write_text(toml, encoding="utf-8")
    return run("ingest", corpus, "--jobs", "1")


def source(name: str) -> dict[str, Any]:
    return json.loads(Path(f"output/sources/{name}.json").read_text(encoding="utf-8"))


def lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in Path(f"output/{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def unresolved() -> list[tuple[str, str]]:
    return [(one["rule"], one["message"]) for one in lines("findings") if one["rule"].startswith("DEC")]


def pair(do: str, type_: str, one: str, other: str, **more: str) -> str:
    return (
        f'[[decision]]\nid = "{more.get("id", do)}"\ndo = "{do}"\nreason = "r"\ntype = "{type_}"\n'
        f'one = {{ source = "note", quote = "{one}" }}\nother = {{ source = "press", quote = "{other}" }}\n'
    )


def test_a_correction_reaches_the_record_and_the_entity(corpus: Path) -> None:
    result = decide(corpus, CORRECT)
    assert result.exit_code == 0, result.output
    assert "decisions\t1 applied" in result.stdout
    assert not unresolved()
    meeting = source("note")["meetings"][0]
    assert (meeting["place"], meeting["country"]) == ("桂林", "CN")
    assert meeting["corrected"] == {"place": "place", "country": "place"}
    assert source("note")["text"] == NOTE
    (entity,) = [one for one in lines("meetings") if one["place"] == "桂林"]
    assert entity["decisions"] == ["place"]
    assert json.loads(Path("output/corpus.json").read_text(encoding="utf-8"))["counts"]["sources"] == 3


@pytest.mark.parametrize(
    "text",
    [
        "序言：各方一致同意继续合作。\n" + NOTE,
        NOTE + "2031年5月6日，中国—东盟数字论坛在南宁举行。\n",
        NOTE.replace("金砖国家", "其他各方意见一致。金砖国家"),
        NOTE.replace("数字部长", "数字 部长").replace("第七次", "第 七 次"),
        NOTE.replace("东盟数字部长第七次会议", "東盟數字部長第七次會議"),
    ],
)
def test_a_decision_survives_edits_elsewhere(corpus: Path, text: str) -> None:
    (corpus / "note.txt").write_text(text, encoding="utf-8")
    assert decide(corpus, CORRECT).exit_code == 0
    assert not unresolved()
    assert [one["place"] for one in source("note")["meetings"] if one["corrected"]] == ["桂林"]


def test_an_identical_run_writes_identical_bytes_and_a_run_without_decisions_what_was_before(corpus: Path) -> None:
    def tree() -> dict[str, bytes]:
        return {str(path): path.read_bytes() for path in Path("output").rglob("*.json*")}

    run("ingest", corpus, "--jobs", "1")
    before = tree()
    decide(corpus, CORRECT)
    decided = tree()
    decide(corpus, CORRECT)
    assert tree() == decided != before
    (corpus / "decisions.toml").unlink()
    run("ingest", corpus, "--jobs", "1")
    assert tree() == before


def test_the_file_is_no_document_wherever_it_lies(corpus: Path) -> None:
    (corpus / "sub").mkdir()
    (corpus / "sub" / "decisions.toml").write_text(CORRECT, encoding="utf-8")
    for arguments in ([corpus], [corpus / "*"], sorted(corpus.iterdir())):
        (corpus / "decisions.toml").write_text(CORRECT, encoding="utf-8")
        assert run("ingest", *arguments).exit_code == 0
        assert sorted(path.name for path in Path("output/sources").iterdir()) == [
            "note.json",
            "plan.json",
            "press.json",
        ]
    (corpus / "decisions.toml").unlink()
    assert "decisions" not in run("ingest", corpus).stdout


def test_the_option_names_files_in_place_of_the_one_in_the_folder(corpus: Path) -> None:
    (corpus / "decisions.toml").write_text("this is no TOML", encoding="utf-8")
    Path("mine.toml").write_text(CORRECT, encoding="utf-8")
    Path("more.toml").write_text(CORRECT.replace('"place"', '"host"').replace("桂林", "中国"), encoding="utf-8")
    result = run("ingest", corpus, "--decisions", "mine.toml", "--decisions", "more.toml")
    assert result.exit_code == 0, result.output
    assert source("note")["meetings"][0]["host"] == "中国"
    assert source("note")["meetings"][0]["corrected"]["host"] == "host"
    taken = run("ingest", corpus, "--decisions", "mine.toml", "--decisions", "mine.toml")
    assert "the id place is taken" in taken.stderr


def test_a_path_names_a_source_too(corpus: Path) -> None:
    decide(corpus, CORRECT.replace('"note"', '"note.txt"'))
    assert not unresolved()


def test_two_records_become_one_entity_and_one_becomes_two(corpus: Path) -> None:
    decide(corpus, pair("merge", "meetings", "数字部长第七次会议", "数字部长第七次会议"))
    assert not unresolved()
    (entity,) = [one for one in lines("meetings") if one["ordinal"] == 7]
    assert {mention["source"] for mention in entity["mentions"]} == {"note", "press"}
    assert entity["decisions"] == ["merge"]
    decide(corpus, pair("split", "documents", "《南宁数字合作宣言》", "《南宁数字合作宣言》"))
    assert not unresolved()
    split = [one for one in lines("documents") if one["title"] == "南宁数字合作宣言"]
    assert len(split) == 2
    assert len({one["id"] for one in split}) == 2
    assert all(one["decisions"] == ["split"] for one in split)


@pytest.mark.parametrize(
    ("toml", "code", "words"),
    [
        (CORRECT.replace("东盟数字部长第七次", "东盟数字部长第八次"), "DEC001", "is not in note;"),
        (CORRECT.replace('"note"', '"gone"'), "DEC001", "no source of this run"),
        (CORRECT.replace("quote =", "nth = 2, quote ="), "DEC001", "2 times, only 1"),
        (CORRECT.replace("东盟数字部长第七次会议", "会议"), "DEC002", "records of meetings"),
        (CORRECT.replace("东盟数字部长第七次会议", "粮食安全").replace("meetings", "documents"), "DEC003", "no record"),
        (CORRECT.replace('"place"\nvalue', '"venue"\nvalue'), "DEC003", "no field venue in meetings; there are name"),
        (CORRECT.replace("quote =", 'has = { ordinal = 8 }, quote ='), "DEC003", "with these values"),
        (CORRECT.replace("quote =", 'has = { venue = "x" }, quote ='), "DEC003", "no field venue"),
        (CORRECT + CORRECT.replace('id = "place"', 'id = "again"').replace("桂林", "柳州"), "DEC004", "decision place"),
        (pair("split", "documents", "《南宁数字合作宣言》", "x").replace("press", "note").replace('"x"', '"南宁数字"'),
         "DEC003", "one record"),
        (pair("merge", "documents", "《南宁", "《南宁") + pair("split", "documents", "《南宁", "《南宁"),
         "DEC004", "decision merge"),
    ],
)  # fmt: skip
def test_what_cannot_be_applied_is_reported_and_the_rest_goes_on(
    corpus: Path, toml: str, code: str, words: str
) -> None:
    result = decide(
        corpus, toml + CORRECT.replace('"place"\ndo', '"good"\ndo').replace('"place"\nvalue', '"host"\nvalue')
    )
    assert result.exit_code == 0
    ((rule, message),) = unresolved()
    assert rule == code
    assert words in message
    assert f"[{code}]" in result.stderr
    assert ", 1 not" in result.stdout
    assert source("note")["meetings"][0]["corrected"]["host"] == "good"
    assert {one["severity"] for one in lines("findings") if one["rule"] == code} == {"warning"}
    assert run("rules", code).stdout.startswith(code)


def test_context_number_and_values_tell_passages_apart(corpus: Path) -> None:
    (corpus / "note.txt").write_text(
        "经贸高官会议全年举行两次（2031年6月26日，视频方式；2031年8月7日至8日，北京）。\n"
        "第一届数字论坛（2031年3月1日，阿拉木图）。\n第二届数字论坛（2032年3月1日，塔什干）。\n",
        encoding="utf-8",
    )
    base = CORRECT.replace("东盟数字部长第七次会议", "数字论坛")
    for more in ('before = "第二届"', 'after = "（2032年"', "nth = 2", "has = { ordinal = 2 }"):
        decide(corpus, base.replace("quote =", f"{more}, quote ="))
        assert not unresolved(), more
        (changed,) = [one for one in source("note")["meetings"] if one["corrected"]]
        assert (changed["ordinal"], changed["place"]) == (2, "桂林"), more


def test_a_value_may_be_cleared_and_dates_may_be_bare(corpus: Path) -> None:
    decide(corpus, CORRECT.replace('value = "桂林"', "clear = true\non = 2031-05-09"))
    assert source("note")["meetings"][0]["place"] is None
    assert source("note")["meetings"][0]["country"] is None
    decide(corpus, CORRECT.replace('field = "place"\nvalue = "桂林"', 'field = "dates"\nvalue = [2031-05-08]'))
    assert source("note")["meetings"][0]["dates"] == ["2031-05-08"]


def test_links_are_found(corpus: Path) -> None:
    link = (
        '[[decision]]\nid = "link"\ndo = "accept"\nreason = "r"\nstrength = "direct"\n'
        'measure = { source = "plan", quote = "举办数字技术论坛", has = { number = 1 } }\n'
        'evidence = { source = "note", quote = "数字部长第七次会议" }\n'
    )
    decide(corpus, link)
    assert not unresolved()
    reject = link.replace("accept", "reject").replace('strength = "direct"\n', "").replace('"link"', '"not"')
    decide(corpus, link + reject)
    assert [rule for rule, _ in unresolved()] == ["DEC004"]
    decide(corpus, link.replace("数字部长第七次会议", "会议"))
    assert [rule for rule, _ in unresolved()] == ["DEC002"]


def test_links_hold_in_the_progress_of_the_plan(corpus: Path) -> None:
    (corpus / "plan.txt").write_bytes((ROOT / "corpus" / "plan_economic_strategy_2030.docx").read_bytes())
    (corpus / "plan.txt").rename(corpus / "plan.docx")
    (corpus / "report.docx").write_bytes((ROOT / "corpus" / "report_2023_2024.docx").read_bytes())

    def measures() -> dict[str, dict[str, Any]]:
        asked = run("progress", "--plan", "plan", "--period", "2023-11/2024-10", "--format", "json")
        assert asked.exit_code == 0, asked.output
        return {one["measure"]: one for one in json.loads(asked.stdout)["measures"]}

    def link(do: str, measure: str, evidence: str, strength: str = "") -> str:
        return (
            f'[[decision]]\nid = "{do}"\ndo = "{do}"\nreason = "因此"\n{strength}\n'
            f'measure = {{ source = "plan", quote = "{measure}" }}\n'
            f'evidence = {{ source = "report", quote = "{evidence}" }}\n'
        )

    forum, library = "举办上合组织国家绿色发展论坛", "研究建立成员国经济优惠政策库"
    decide(corpus, "")
    (green,) = [one for name, one in measures().items() if forum in name]
    assert (green["status"], len(green["pending"])) == ("有直接依据", 0)
    toml = link("reject", forum, "上合组织国家绿色发展论坛在青岛举行")
    toml += link("accept", library, "中国—上合组织示范区融合发展圆桌会议在哈尔滨举行", 'strength = "direct"')
    decide(corpus, toml)
    assert not unresolved()
    after = measures()
    (green,) = [one for name, one in after.items() if forum in name]
    assert not any("绿色发展论坛在青岛" in proof["span"]["quote"] for proof in green["evidence"])
    (accepted,) = [one for name, one in after.items() if library in name]
    assert accepted["status"] == "有直接依据"
    assert [(p["decision"], p["strength"], p["date"]) for p in accepted["evidence"] if p["decision"]] == [
        ("accept", "direct", "2024-01-25/2024-01-27")
    ]
    assert "因此" in accepted["evidence"][0]["reason"]


HOSTILE = [
    (b"this is no TOML", "line 1"),
    (b"\xff\xfe\x00", "not UTF-8"),
    (b"a = " + b"[" * 5_000, "TOML"),
    (b"a = " + b"9" * 5_000, "TOML"),
    (b"#" * (MAX_BYTES + 1), "more than"),
    (b"decision = 3", "decision: "),
    (b"[[decisions]]\nid = 'a'", "decisions: not known here"),
    (b"[[decision]]\nid = 'a'", "line 1: decision.1.do: write one of correct, merge"),
    (b"\n\n[[decision]]\ndo = 'guess'", "line 4: decision.1.do: write one of"),
    (
        CORRECT.replace('do = "correct"', 'do = "corect"').encode(),
        "line 4: decision.1.do: write one of correct, merge, split",
    ),
    (CORRECT.replace("reason = ", 'reason = "" #').encode(), "decision.1.reason: may not be empty"),
    (CORRECT.replace('reason = "the', 'because = "the').encode(), "decision.1.reason: is needed"),
    (CORRECT.replace('type = "meetings"', 'type = "dates"').encode(), "line 6: decision.1.type"),
    (
        CORRECT.replace('quote = "东盟数字部长第七次会议"', "quote = 3").encode(),
        "line 7: decision.1.passage.quote",
    ),
    (CORRECT.replace("quote =", "near = 'x', quote =").encode(), "passage.near: not known here"),
    (CORRECT.replace('value = "桂林"', "value = 7").encode(), "line 9: decision.1.value: place"),
    (CORRECT.replace('value = "桂林"', "").encode(), "either value or clear"),
    (CORRECT.replace('"place"\nvalue = "桂林"', '"dates"\nvalue = ["soon"]').encode(), "'soon' is no EDTF date"),
    (CORRECT.replace('"place"\nvalue = "桂林"', '"name"\nclear = true').encode(), "name"),
    (CORRECT.replace('id = "place"', 'id = "a b"').encode(), "line 3: decision.1.id"),
    ((CORRECT + CORRECT).encode(), "line 12: decision.2.id: the id place is taken"),
    (CORRECT.replace("东盟", "东盟" * 600).encode(), "1000 characters"),
]


@pytest.mark.parametrize(("data", "words"), HOSTILE)
def test_a_file_that_breaks_the_schema_is_said_with_its_line(corpus: Path, data: bytes, words: str) -> None:
    (corpus / "decisions.toml").write_bytes(data)
    result = run("ingest", corpus)
    assert result.exit_code == 2
    assert words in result.stderr
    assert "decisions.toml" in result.stderr
    assert "Traceback" not in result.output
    assert not Path("output").exists()


def test_control_characters_of_a_decision_do_not_reach_the_terminal(corpus: Path) -> None:
    result = decide(corpus, CORRECT.replace("东盟数字部长", "\\u001B[31m东盟").replace('"note"', '"no\\u009Bte"'))
    assert result.exit_code == 0
    assert "[DEC001]" in result.stderr
    assert not set(result.output) & {"\x1b", "\x9b"}


def test_control_characters_of_a_broken_file_do_not_reach_the_terminal(corpus: Path) -> None:
    result = decide(corpus, CORRECT + '"\\u0007\\u009Bkey" = 1\n')
    assert result.exit_code == 2
    assert "not known here" in result.stderr
    assert not set(result.output) & {"\x07", "\x9b"}


def test_many_decisions_and_a_quotation_that_is_everywhere_take_no_time(corpus: Path) -> None:
    (corpus / "note.txt").write_text("的" * 20_000 + "\n" + NOTE, encoding="utf-8")
    many = "".join(
        CORRECT.replace('id = "place"', f'id = "d{number}"').replace("东盟数字部长第七次会议", "的" * 40)
        for number in range(50)
    )
    decide(corpus, many)
    assert {rule for rule, _ in unresolved()} == {"DEC002"}
    assert len(unresolved()) == 50


def test_the_samples_decisions_apply_and_keep_to_the_published_schema(tmp_path: Path) -> None:
    import tomllib

    result = run("ingest", ROOT / "corpus", "-o", tmp_path / "output")
    assert "decisions\t3 applied\n" in result.stdout
    schema = next(json.loads(schema_text(model, about)) for name, model, about in SCHEMAS if name == "decisions")
    text = (ROOT / "corpus" / "decisions.toml").read_text(encoding="utf-8")
    Draft202012Validator(schema).validate(json.loads(json.dumps(tomllib.loads(text), default=str)))
    written = Decided.model_validate_json((tmp_path / "output" / "decisions.json").read_bytes())
    assert tuple(written.decision) == load_decisions(ROOT / "corpus" / "decisions.toml")


def test_the_example_of_the_documentation_is_a_decisions_file(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "decisions.md").read_text(encoding="utf-8")
    (tmp_path / "example.toml").write_text(page.split("```toml\n")[1].split("```")[0], encoding="utf-8")
    (decision,) = load_decisions(tmp_path / "example.toml")
    assert decision.do == "correct"
    assert set(DecisionsFile.model_fields) == {"decision"}
    for code in ("DEC001", "DEC002", "DEC003", "DEC004", "RUN011"):
        assert code in page


def test_folding_keeps_the_length() -> None:
    text = "「數字」絲綢　之路﹣２０２４\u00ad年 ⽉㈱ﬁ"
    assert len(fold(text)) == len(text)
    assert find_passage(fold(text), Passage(source="x", quote='"数字"丝绸之路'))[0].start == 0
    assert find_passage(fold(text), Passage(source="x", quote=" 　 ")) == ()
