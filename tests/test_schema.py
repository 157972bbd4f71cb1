"""The published schemas: valid, up to date, versioned, and what is written keeps to them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from sco_extract.lexicon.load import load
from sco_extract.link.entities import link
from sco_extract.link.fold import comparable
from sco_extract.model.records import SCHEMA_VERSION, SourceFile
from sco_extract.normalize import normalize
from sco_extract.pipeline import extract
from sco_extract.read import read
from sco_extract.write.json import to_json, to_json_lines
from sco_extract.write.schema import SCHEMAS, schema_text

ROOT = Path(__file__).parent.parent
TEXT = (
    "2024年7月4日，成员国元首理事会会议在阿斯塔纳举行。会议通过《阿斯塔纳宣言》。哈萨克斯坦共和国总统托卡耶夫主持会议。\n"
    "1、举办数字技术论坛。\n期限：2026年前\n执行机构：秘书处\n"
    "2、举办农产品展览。\n期限：每年\n执行机构：秘书处\n"
)


def source(name: str, text: str) -> SourceFile:
    return extract(normalize(read(text.encode(), f"{name}.txt")), source_id=name)


@pytest.mark.parametrize(("name", "model", "describes"), SCHEMAS)
def test_schema_is_published_and_valid(name: str, model: type, describes: str) -> None:
    published = (ROOT / f"schemas/{name}.schema.json").read_text(encoding="utf-8")
    assert published == schema_text(model, describes), "run `make schemas`"
    Draft202012Validator.check_schema(json.loads(published))


def test_version_is_that_of_the_records() -> None:
    assert json.loads((ROOT / "schemas/version.json").read_text(encoding="utf-8"))["schema_version"] == SCHEMA_VERSION


def test_what_is_written_keeps_to_the_schema() -> None:
    schemas = {name: json.loads(schema_text(model, describes)) for name, model, describes in SCHEMAS}
    record = source("one", TEXT)
    assert record.dates
    Draft202012Validator(schemas["source"]).validate(json.loads(to_json(record)))
    linked = link([record], load())
    for name in ("meeting", "document", "participant", "action"):
        written = [cluster.entity for cluster in getattr(linked, f"{name}s")]
        assert written, f"no {name} in the text"
        for entity in written:
            Draft202012Validator(schemas[name]).validate(json.loads(to_json_lines([entity])))


def test_json_lines_survive_readers_that_split_at_unicode_line_ends() -> None:
    record = source("one", "会议通过《阿斯塔纳\u2028宣言》。\x85\n")
    lines = to_json_lines([record, record]).decode().splitlines()
    assert len(lines) == 2
    assert json.loads(lines[0])["text"] == record.text


def test_merging_by_exact_keys_only() -> None:
    one = source("one", "会议通过《关于加强数字经济领域合作的声明》。\n")
    other = source("two", "会议通过《关于加强數字經濟領域合作的聲明》。会议通过《关于加强绿色经济领域合作的声明》。\n")
    documents = [cluster.entity for cluster in link([one, other], load()).documents]
    assert [entity.title for entity in documents] == [
        "关于加强数字经济领域合作的声明",
        "关于加强绿色经济领域合作的声明",
    ]
    assert [mention.source for mention in documents[0].mentions] == ["one", "two"]
    assert link([one, other], load()) == link([one, other], load())
    ids = [entity.id for entity in documents]
    assert len(set(ids)) == len(ids)


def test_a_generic_title_is_another_document_in_another_source() -> None:
    text = "双方签署《谅解备忘录》。\n"
    assert len(link([source("one", text), source("two", text)], load()).documents) == 2


def test_comparable_names() -> None:
    assert comparable("“绿色－发展” 论坛（第一届）") == comparable("绿色—发展论坛(第一届)")
    assert comparable("粮食安全") != comparable("能源安全")
