"""The samples of corpus/: each reads in its stated format and encoding, and what is planted in it is there."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import gate
import make_samples
import pytest
from docx_builder import unzipped

from sco_extract.model.document import Block, Cell, Document
from sco_extract.model.records import SourceFile, Span
from sco_extract.normalize import normalize
from sco_extract.pipeline import extract
from sco_extract.read import read

ROOT = Path(__file__).parent.parent
CORPUS = ROOT / "corpus"
SAMPLES = {  # format, encoding, script
    "article_asean_trade.md": ("md", "utf-8", "hans"),
    "communique_islamabad_2024.docx": ("docx", None, "hans"),
    "declaration_central_asia_2025.txt": ("txt", "utf-8", "hans"),
    "leaflet_lancang_mekong.pdf": ("pdf", None, "hant"),
    "news_brics.txt": ("txt", "gb18030", "hans"),
    "plan_economic_strategy_2030.docx": ("docx", None, "hans"),
    "press_africa_expo_hans.html": ("html", "gb18030", "hans"),
    "press_africa_expo_hant.html": ("html", "big5hkscs", "hant"),
    "report_2023_2024.docx": ("docx", None, "hans"),
}
COMMUNIQUE, PLAN, REPORT = (name for name in SAMPLES if name.endswith(".docx"))
PRESS = ("press_africa_expo_hans.html", "press_africa_expo_hant.html")


@cache
def document_of(name: str) -> Document:
    return normalize(read((CORPUS / name).read_bytes(), name))


@cache
def record_of(name: str) -> SourceFile:
    return extract(document_of(name), source_id=Path(name).stem, path=name)


def blocks(name: str, kind: str, role: str | None = None) -> list[Block]:
    return [block for block in document_of(name).blocks if block.kind == kind and role in (None, block.role)]


def words(name: str, item: Block | Cell) -> str:
    return document_of(name).source[item.span.start : item.span.end]


def test_every_sample_is_listed() -> None:
    assert {path.name for path in CORPUS.iterdir()} == {*SAMPLES, "decisions.toml"}


@pytest.mark.parametrize("name", SAMPLES)
def test_format_encoding_script(name: str) -> None:
    document = document_of(name)
    assert (document.format, document.encoding, document.script) == SAMPLES[name]


def spans_of(record: SourceFile) -> Iterator[Span]:
    for items in (record.dates, record.documents, record.meetings, record.participants, record.actions):
        for item in items:
            yield item.span
            yield from getattr(item, "mentions", [])
    for finding in record.findings:
        yield finding.span
        yield from (related.span for related in finding.related if related.source == record.source.id)
    for block in record.blocks:
        yield block.span
        yield from (cell.span for row in block.rows or [] for cell in row)


@pytest.mark.parametrize("name", SAMPLES)
def test_every_quote_stands_where_it_says(name: str) -> None:
    record = record_of(name)
    spans = list(spans_of(record))
    assert spans
    assert all(record.text[span.start : span.end] == span.quote for span in spans)


@pytest.mark.parametrize("name", SAMPLES)
def test_gold_belongs_to_the_text(name: str) -> None:
    record = record_of(name)
    rows = gate.load_gold(gate.GOLD / f"{record.source.id}.jsonl", record)
    assert {row["type"] for row in rows} >= {"date", "document", "meeting"}
    for row in rows:
        if row["type"] == "document":
            assert record.text[row["start"]] == "《" or row["kind"] == "决议"


@pytest.mark.parametrize("name", make_samples.make_all())
def test_samples_are_what_their_sources_make(name: str) -> None:
    made, kept = make_samples.make_all()[name], (CORPUS / name).read_bytes()
    if name.endswith(".docx"):  # the compressor differs between versions of zlib
        assert unzipped(made) == unzipped(kept)
    elif name.endswith(".pdf"):  # so does the PDF writer
        assert read(made, name).source == read(kept, name).source
    else:
        assert made == kept


def test_communique_furniture_and_paragraphs() -> None:
    assert [words(COMMUNIQUE, block) for block in blocks(COMMUNIQUE, "furniture")] == ["联合公报（中文文本）"]
    assert len(blocks(COMMUNIQUE, "paragraph")) > 30


def test_plan_merged_cells() -> None:
    tables = blocks(PLAN, "table")
    assert len(tables) == 2
    tall = {words(PLAN, cell): cell.row_span for table in tables for row in table.rows for cell in row}
    assert {tall[area] for area in ("（一）促进贸易关系", "四、数字化合作")} == {4}
    assert tall["（二）投资合作"] == tall["五、人文合作"] == 3
    wide = [words(PLAN, cell) for row in tables[0].rows for cell in row if cell.column_span == 4]
    assert wide == ["一、经贸合作", "二、交通和能源合作", "三、生态环保合作"]


def test_plan_measures_numbered_by_word() -> None:
    cells = [cell for table in blocks(PLAN, "table") for row in table.rows for cell in row if cell.label]
    assert [cell.label for cell in cells] == ["1.", "2.", "3."]
    assert words(PLAN, cells[2]) == "研究建立成员国经济优惠政策库。"


def test_report_headings_numbered_by_word() -> None:
    labels = [block.label for block in blocks(REPORT, "heading") if block.label]
    assert [label for label in labels if label.endswith("、")] == [
        f"{number}、" for number in ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三"]
    ]
    assert labels[1:4] == ["（一）", "（二）", "（三）"]
    assert [block.label for block in blocks(REPORT, "list_item")] == ["1.", "2.", "3."]


def test_report_footnotes_stand_at_their_call() -> None:
    text = document_of(REPORT).source
    notes = {words(REPORT, note): text[: note.reference] for note in blocks(REPORT, "footnote")}
    assert notes["2024年7月4日上合组织成员国元首理事会第9号决议批准。"].endswith("落实行动计划》")
    assert notes["该构想于2024年7月4日在阿斯塔纳获得通过。"].endswith("物流中心合作构想》")


def test_report_comments_header_footer_are_furniture() -> None:
    reading = document_of(REPORT).text.text
    comments = [words(REPORT, block) for block in blocks(REPORT, "furniture", "comment")]
    assert comments == ["请核对日期，二月没有三十日。", "联合公报写作7月8日，以何者为准？"]
    assert [words(REPORT, block) for block in blocks(REPORT, "furniture", "header")] == ["内部材料　注意保存"]
    assert [words(REPORT, block) for block in blocks(REPORT, "furniture", "footer")] == ["上海合作组织秘书处"]
    assert "请核对日期" not in reading
    assert "注意保存" not in reading


def test_report_tracked_changes() -> None:
    document = document_of(REPORT)
    assert "由此增至十个" in document.source
    assert "保持不变" not in document.source
    assert {"DOCX101", "DOCX102"} <= {finding.rule for finding in record_of(REPORT).findings}


@pytest.mark.parametrize("name", PRESS)
def test_press_site_is_not_the_text(name: str) -> None:
    reading = document_of(name).text.text
    for outside in ("首页", "当前位置", "相关新闻", "广交会闭幕", "民间论坛", "版权所有", "星期二", "网站地图"):
        assert outside not in reading
    assert "会期四天" in reading
    assert "株洲" in reading
    [table] = blocks(name, "table")
    assert [cell.row_span for cell in table.rows[1]] == [2, 1, 1]


def test_press_gives_the_same_records_in_both_scripts() -> None:
    one, other = (
        record_of(name).model_dump(
            include={"dates", "documents", "meetings"}, exclude={"__all__": {"__all__": {"span"}}}
        )
        for name in PRESS
    )
    assert [date["edtf"] for date in one["dates"]] == [date["edtf"] for date in other["dates"]]
    assert one["documents"] == other["documents"]
    values = [[{k: v for k, v in m.items() if k != "mentions"} for m in each["meetings"]] for each in (one, other)]
    assert values[0] == values[1]


def test_leaflet_columns_in_reading_order() -> None:
    name = "leaflet_lancang_mekong.pdf"
    reading = document_of(name).text.text
    order = ["甚么是澜湄合作", "组织结构", "2016年3月23日", "2018年1月10日", "\n外长会议\n", "水资源和农业", "展望"]
    places = [reading.index(passage) for passage in order]
    assert places == sorted(places)
    assert "宣传资料" not in reading
    assert "澜湄合作专项基金自2017年起受理申请" in reading  # goes on over the page break
    assert {words(name, block) for block in blocks(name, "furniture", "page_number")} == {"— 1 —", "— 2 —"}


def test_article_structure() -> None:
    name = "article_asean_trade.md"
    assert [block.level for block in blocks(name, "heading")] == [1, 2, 2, 2, 3, 3, 2]
    assert len(blocks(name, "table")) == 2
    assert [note.label for note in blocks(name, "footnote")] == ["1", "2"]


PLANTED = {
    COMMUNIQUE: [
        "绿色发展论坛（2024年7月8日，青岛）",
        "的成果,赞赏",
        "实施機制",
        "别克捷诺夫",
        "别克帖诺夫",
        "旅游合作联合行动计划》",
    ],
    PLAN: [
        "旅游合作联合行动规划》",
        "制定《上合组织成员国储能技术合作路线图》。\n2025—2027年\n\n",
        "2024—2026年联合行动计划》。\n2023年前",
    ],
    REPORT: ["2024年7月9日，上合组织国家绿色发展论坛", "2024年2月30日", "多边经贸合作纲要的要求", "该工作组第八次会议"],
    PRESS[0]: ["6月12日（星期五）"],
    "leaflet_lancang_mekong.pdf": ["200公裏"],
    "article_asean_trade.md": ["《货物贸易协议》"],
}  # docs/samples.md lists them


@pytest.mark.parametrize("name", PLANTED)
def test_planted_faults(name: str) -> None:
    for passage in PLANTED[name]:
        assert passage in document_of(name).source, passage
