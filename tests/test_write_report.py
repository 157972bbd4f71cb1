"""The report as Markdown and as a page, its words and its picture."""

from __future__ import annotations

import io
import itertools
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from lxml import etree, html
from PIL import Image
from report_draft import HOSTILE, LONG, annexes, citation, draft, timeline

from sco_extract.model.draft import Cell, Mark, Timeline
from sco_extract.write import timeline as drawing
from sco_extract.write.report_html import write_html
from sco_extract.write.report_md import write_md
from sco_extract.write.tables import Sources, mark, merges
from sco_extract.write.timeline import draw, picture
from sco_extract.write.timeline_layout import EDGE, GAP, WIDTH, lay_out
from sco_extract.write.wording import chinese, cite, clean, day_of, in_words, shorten, width

DRAFT = draft()
PAGE = write_html(DRAFT)
MARKDOWN = write_md(DRAFT)


# --- Words ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2024-07-04", "2024年7月4日"),
        ("2024-07", "2024年7月"),
        ("2024", "2024年"),
        ("2023-09-04/2023-09-05", "2023年9月4日至5日"),
        ("2023-09-30/2023-10-02", "2023年9月30日至10月2日"),
        ("2023-12-30/2024-01-02", "2023年12月30日至2024年1月2日"),
        ("2024-07/2024-08", "2024年7月至8月"),
        ("../2026", "../2026"),
        ("2024-33", "2024-33"),
    ],
)
def test_dates_in_words(edtf: str, words: str) -> None:
    assert in_words(edtf) == words


def test_numbers_in_words() -> None:
    assert [chinese(number) for number in (1, 10, 13, 20, 21, 99, 100)] == [
        "一",
        "十",
        "十三",
        "二十",
        "二十一",
        "九十九",
        "100",
    ]


@pytest.mark.parametrize("made", ["2024年11月5日", "（2024年11月5日）", "2024-11-05"])
def test_the_day_of_a_draft(made: str) -> None:
    assert str(day_of(made)) == "2024-11-05"


@pytest.mark.parametrize("made", ["", "2024年11月", "2024年13月5日", "2024-02-30"])
def test_no_day(made: str) -> None:
    assert day_of(made) is None


def test_titles_in_titles_have_single_marks() -> None:
    assert cite(replace(citation(1), title="关于《纲要》的报告")).startswith("《关于〈纲要〉的报告》（")
    assert cite(replace(citation(1), title="《纲要》")).startswith("《纲要》（")
    assert cite(replace(citation(1), title="《甲》和《乙》")).startswith("《〈甲〉和〈乙〉》（")


def test_quotations_are_cut_in_the_middle() -> None:
    assert shorten("一二三") == "一二三"
    assert shorten("一" * 121) == "一" * 59 + "……" + "一" * 59
    assert len(shorten(LONG)) == 120


def test_clean_text_has_no_controls() -> None:
    assert clean("a\x00b\x0bc\ud800d\u202ee\ufffff\u2028g\th\r\ni") == "abcdef g h i"


def test_width_counts_digits_as_halves() -> None:
    assert width("2024年") == 3.25
    assert width("（总理）") == 4


# --- Markdown ---------------------------------------------------------------------------------------------------------------


def test_markdown_has_every_sentence_with_its_note() -> None:
    cited = sum(
        bool(s.citations)
        for one in (DRAFT.introduction, *DRAFT.sections)
        for g in one.parts
        for p in g.paragraphs
        for s in p.sentences
    )
    calls = re.findall(r"(?<!\\)\[\^(\d+)\](?!:)", MARKDOWN)
    notes = re.findall(r"^\[\^(\d+)\]: (.+)$", MARKDOWN, re.MULTILINE)
    assert calls == [number for number, _ in notes]
    assert sum(note.startswith("来源：《") for _, note in notes) == cited
    assert "### （一）会议和活动" in MARKDOWN
    assert "本报告期未发现待核实事项。" in MARKDOWN


def test_markdown_tables_have_whole_rows() -> None:
    for block in MARKDOWN.split("\n\n"):
        if block.startswith("| "):
            assert len({len(re.findall(r"(?<!\\)\|", line)) for line in block.splitlines()}) == 1


def test_markdown_cannot_be_injected() -> None:
    assert "<script" not in re.sub(r"\\.", "", MARKDOWN)
    assert "[x](" not in re.sub(r"\\.", "", MARKDOWN)
    assert not re.search(r"[\x00-\x08\x0b]", MARKDOWN)
    first = replace(DRAFT, status="1. http://example.org", made_on="- [ ] www.example.org", period="")
    lines = write_md(first).splitlines()
    assert "1\\. http\\://example.org" in lines
    assert "\\- \\[ \\] www\\.example.org" in lines


# --- The page ---------------------------------------------------------------------------------------------------------------


class Strict(HTMLParser):
    """Every element is closed where it was opened; ids and links are collected."""

    VOID = frozenset({"meta", "br", "col", "rect", "line"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert not any(name.startswith("on") for name, _ in attrs)
        values = dict(attrs)
        self.ids += [values["id"] or ""] if "id" in values else []
        self.links += [values["href"] or ""] if "href" in values else []
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert not any(name.startswith("on") for name, _ in attrs)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_is_whole_and_its_links_lead_somewhere() -> None:
    reader = Strict()
    reader.feed(PAGE)
    reader.close()
    assert reader.open == []
    assert len(set(reader.ids)) == len(reader.ids)
    assert {link.removeprefix("#") for link in reader.links} <= set(reader.ids)
    assert all(link.startswith("#") for link in reader.links)


def test_notes_are_linked_both_ways() -> None:
    page = html.fromstring(PAGE)
    notes = page.xpath("//footer//li")
    assert notes
    for number, note in enumerate(notes, 1):
        assert note.xpath(".//a/@href") == [f"#call-{number}"]
        assert page.xpath(f"//a[@id='call-{number}']/@href") == [f"#note-{number}"]


def test_the_page_runs_and_loads_nothing() -> None:
    assert "<script" not in PAGE
    assert "default-src 'none'" in PAGE
    assert not re.search(r"(?:src|url)\s*[=(]", PAGE.replace("default-src", ""))
    text = html.fromstring(PAGE).text_content()
    assert "<script>alert(1)</script>" in text
    assert not re.search(r"[\x00-\x08\u202e]", PAGE)


def test_cells_of_the_page_are_merged() -> None:
    table = html.fromstring(PAGE).xpath("//table")[0]
    assert table.xpath(".//tbody/tr[1]/td[1]/@rowspan") == ["10"]
    assert table.xpath(".//tbody/tr[1]/td[2]/@rowspan") == ["5"]
    assert len(table.xpath(".//tbody/tr[2]/td")) == 5


def test_the_picture_of_the_page_is_text() -> None:
    svg = html.fromstring(PAGE).xpath("//figure/svg")[0]
    assert svg.get("aria-label") == "时间轴：三个领域共40次会议，集中在2024年春季和秋季。"
    assert "第1次专家工作组会议（视频）" in svg.text_content()
    many = write_html(replace(DRAFT, annexes=(replace(annexes()[1], timeline=timeline(200)),)))
    assert "序号所指见下表" in many
    assert len(html.fromstring(many).xpath("//table[1]/tbody/tr")) == 200


def test_the_same_draft_gives_the_same_text() -> None:
    assert write_html(draft()) == PAGE
    assert write_md(draft()) == MARKDOWN


# --- Tables -----------------------------------------------------------------------------------------------------------------


def test_a_cell_merged_into_nothing_is_an_ordinary_one() -> None:
    rows = (
        (Cell(("a",), span_rows=0),),
        (Cell(("b",), span_rows=2),),
        (Cell((), span_rows=0),),
        (Cell((), span_rows=0),),
    )
    assert merges(rows) == [[None], ["restart"], ["continue"], [None]]


def test_numbers_of_sources_are_joined() -> None:
    sources = Sources("x")
    for number in range(8):
        sources.number(citation(number))
    assert sources.ranges([citation(0), citation(1), citation(2), citation(6), citation(6)]) == [(1, 3), (7, 7)]
    assert (mark(1, 3), mark(7, 7)) == ("[1–3]", "[7]")


# --- The picture --------------------------------------------------------------------------------------------------------------


def test_the_picture_is_the_same_every_time() -> None:
    png = draw(timeline())
    assert png == draw(timeline())
    image = Image.open(io.BytesIO(png))
    assert "Software" not in image.info
    assert round(image.width / 200 * 25.4) == 156


@pytest.mark.parametrize("count", [1, 40, 90, 300])
@pytest.mark.parametrize("words", [True, False])
def test_labels_do_not_meet(count: int, words: bool) -> None:
    lanes, _ = lay_out(timeline(count), lambda text: width(text) * 2.5, words=words)
    assert sum(len(lane.labels) for lane in lanes) == count
    for lane in lanes:
        for row in range(lane.rows):
            taken = sorted(
                (min(one.left, one.text_at), max(one.right, one.text_at + width(one.text) * 2.5))
                for one in lane.labels
                if one.row == row
            )
            assert all(end + GAP <= start + 1e-9 for (_, end), (start, _) in itertools.pairwise(taken))
            assert all(end <= WIDTH + EDGE for _, end in taken)


def test_many_events_are_numbers() -> None:
    drawn = picture(timeline(180))
    assert drawn.numbered
    assert "序号" in drawn.note
    assert drawn.height < 200
    assert not picture(timeline(40)).note or not drawing._chinese_font()


def test_without_a_chinese_font_the_caption_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "_chinese_font", lambda: None)
    drawn = picture(timeline(5))
    assert drawn.numbered
    assert "未安装中文字体" in drawn.note
    assert Image.open(io.BytesIO(drawn.png)).format == "PNG"


def test_marks_outside_the_period_stand_at_its_edge() -> None:
    marks = (Mark("2020-01-01", "2020-01-02", "早", "甲"), Mark("2030-01-01", "", "晚" * 60, "甲"))
    lanes, _ = lay_out(Timeline("", "2024-01-01", "2024-12-31", marks, ""), lambda text: len(text) * 2.5)
    assert all(one.text_at >= 0 and one.right <= WIDTH for one in lanes[0].labels)


def test_dollar_signs_are_no_formulas() -> None:
    marks = (Mark("2024-01-01", "2024-01-02", r"$\frac{1}{0$ ^_{}", "甲$x$"),)
    assert draw(Timeline(HOSTILE, "2024-01-01", "2024-12-31", marks, HOSTILE))


def test_alt_text_is_escaped_in_svg() -> None:
    page = write_html(replace(DRAFT, annexes=(replace(annexes()[1], timeline=replace(timeline(3), alt=HOSTILE)),)))
    assert etree.tostring(html.fromstring(page).xpath("//svg/title")[0], method="text", encoding="unicode") == clean(
        HOSTILE
    )
