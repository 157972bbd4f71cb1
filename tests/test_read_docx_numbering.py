"""List labels that Word numbers by itself, and its number formats."""

from __future__ import annotations

import docx_builder as w
import pytest

from sco_extract.read.docx import read_docx
from sco_extract.read.docx.formats import format_number
from sco_extract.read.limits import LIMITS


def labels(builder: w.Builder) -> list[str]:
    """Labels of blocks and cells in order."""
    found = []
    for block in read_docx(builder.build(), "n.docx", LIMITS).blocks:
        found.extend([cell.label for row in block.rows for cell in row] or [block.label])
    return found


def items(*places: tuple[int, int]) -> list[str]:
    return [w.paragraph("项", num=place) for place in places]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("decimal", {1: "1", 12: "12"}),
        ("decimalZero", {1: "01", 12: "12"}),
        ("decimalFullWidth", {10: "１０"}),
        ("decimalEnclosedCircle", {1: "①", 20: "⑳", 21: "21"}),
        ("decimalEnclosedCircleChinese", {10: "⑩", 21: "㉑", 36: "㊱", 50: "㊿"}),
        ("decimalEnclosedParen", {3: "⑶"}),
        ("decimalEnclosedFullstop", {20: "⒛"}),
        ("upperRoman", {4: "IV", 1999: "MCMXCIX", 0: "0"}),
        ("lowerRoman", {9: "ix"}),
        ("upperLetter", {1: "A", 27: "AA", 53: "AAA"}),
        ("lowerLetter", {26: "z", 28: "bb", 999_999: "999999"}),
        ("russianLower", {1: "а", 29: "я"}),
        ("ordinal", {1: "1st", 12: "12th", 23: "23rd"}),
        ("numberInDash", {5: "- 5 -"}),
        ("hex", {255: "FF"}),
        ("chineseCounting", {1: "一", 10: "十", 11: "十一", 20: "二十", 99: "九十九", 100: "一〇〇", 110: "一一〇"}),
        ("chineseCountingThousand", {15: "十五", 100: "一百", 101: "一百零一", 110: "一百一十", 1024: "一千零二十四"}),
        ("chineseCountingThousand", {2000: "二千", 10203: "一万零二百零三", 110000: "十一万"}),
        ("taiwaneseCountingThousand", {20000: "二萬"}),
        ("japaneseCounting", {11: "十一", 100: "百", 111: "百十一", 1200: "千二百"}),
        ("ideographDigital", {10: "一〇", 21: "二一"}),
        ("taiwaneseDigital", {10: "一○"}),
        ("chineseLegalSimplified", {1: "壹", 10: "壹拾", 12: "壹拾贰", 105: "壹佰零伍"}),
        ("ideographLegalTraditional", {26: "貳拾陸"}),
        ("ideographTraditional", {1: "甲", 10: "癸", 11: "11"}),
        ("ideographZodiac", {12: "亥"}),
        ("ideographZodiacTraditional", {1: "甲子", 60: "癸亥"}),
        ("ideographEnclosedCircle", {3: "㊂"}),
        ("none", {3: ""}),
        ("bahtText", {3: "3"}),
    ],
)  # fmt: skip
def test_number_formats(kind: str, expected: dict[int, str]) -> None:
    assert {value: format_number(value, kind) for value in expected} == expected


def test_custom_format_keeps_its_width() -> None:
    assert format_number(7, "custom", "001, 002, 003, ...") == "007"


def test_negative_and_huge_numbers_do_not_fail() -> None:
    kinds = ("upperRoman", "lowerLetter", "chineseCounting", "chineseCountingThousand", "japaneseCounting", "ideographDigital",
             "ideographZodiacTraditional", "decimalEnclosedCircle", "hex", "chineseLegalSimplified")  # fmt: skip
    assert all(format_number(value, kind) for kind in kinds for value in (-5, 0, 10**9))


def test_outline_of_a_communique() -> None:
    definition = w.abstract(
        0, w.level(0, "chineseCountingThousand", "%1、"), w.level(1, "chineseCountingThousand", "（%2）"), w.level(2, "decimal", "%3."),
        w.level(3, "decimal", "%1.%3.%4", extra="<w:isLgl/>"),
    )  # fmt: skip
    places = [(1, 0), (1, 1), (1, 2), (1, 2), (1, 1), (1, 2), (1, 3), (1, 0), (1, 1)]
    found = labels(w.Builder(items(*places), numbering=definition + w.num(1, 0)))
    assert found == ["一、", "（一）", "1.", "2.", "（二）", "1.", "1.1.1", "二、", "（一）"]


def test_articles_count_on_through_chapters() -> None:
    restart = '<w:lvlRestart w:val="0"/>'
    definition = w.abstract(
        0, w.level(0, "chineseCounting", "第%1章"), w.level(1, "chineseCounting", "第%2条", extra=restart),
        w.level(2, "decimal", "%3", extra='<w:lvlRestart w:val="1"/>'),
    )  # fmt: skip
    places = [(1, 0), (1, 1), (1, 2), (1, 1), (1, 2), (1, 0), (1, 1), (1, 2)]
    found = labels(w.Builder(items(*places), numbering=definition + w.num(1, 0)))
    assert found == ["第一章", "第一条", "1", "第二条", "2", "第二章", "第三条", "1"]


def test_lists_of_one_definition_count_on_and_start_overrides_apply_once() -> None:
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    numbering = (
        w.abstract(0, w.level(0, "decimal", "%1."), w.level(1, "decimal", "%1.%2"))
        + w.num(1, 0)
        + w.num(2, 0)
        + w.num(3, 0, override)
    )
    found = labels(w.Builder(items((1, 0), (2, 0), (3, 0), (3, 1), (3, 0), (1, 0)), numbering=numbering))  # fmt: skip
    assert found == ["1.", "2.", "5.", "5.1", "6.", "7."]


def test_level_override_replaces_the_level() -> None:
    override = f'<w:lvlOverride w:ilvl="0">{w.level(0, "upperRoman", "%1)")}</w:lvlOverride>'
    numbering = w.abstract(0, w.level(0, "decimal", "%1.")) + w.num(1, 0, override)
    assert labels(w.Builder(items((1, 0), (1, 0)), numbering=numbering)) == ["I)", "II)"]


def test_first_number_and_missing_higher_level() -> None:
    numbering = w.abstract(0, w.level(0, "decimal", "%1", start=3), w.level(1, "decimal", "%1.%2")) + w.num(1, 0)
    assert labels(w.Builder(items((1, 1), (1, 0)), numbering=numbering)) == ["3.1", "3"]


def test_numbering_through_styles() -> None:
    """Linked levels, numId inherited through basedOn, and a paragraph that switches its style's numbering off."""
    definition = w.abstract(
        7, w.level(0, "chineseCounting", "第%1部分", extra='<w:pStyle w:val="1"/>'),
        w.level(1, "decimal", "%2.", extra='<w:pStyle w:val="2"/>'),
    )  # fmt: skip
    styles = (
        w.style("1", "heading 1", paragraph_properties='<w:numPr><w:numId w:val="4"/></w:numPr>')
        + w.style("2", "heading 2", based_on="1", paragraph_properties='<w:numPr><w:ilvl w:val="1"/></w:numPr>')
        + w.style("own", "自定", based_on="2")
        + w.style("off", "无号", based_on="1", paragraph_properties='<w:numPr><w:numId w:val="0"/></w:numPr>')
    )
    body = [w.paragraph("题", style=style) for style in ("1", "2", "own", "off", "1", "2")]
    body.insert(2, w.paragraph("题", style="2", num=(0, 0)))
    builder = w.Builder(body, styles=styles, numbering=definition + w.num(4, 7))
    assert labels(builder) == ["第一部分", "1.", "", "2.", "", "第二部分", "1."]


def test_numbering_style_link() -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="list"/></w:abstractNum>'
        + w.abstract(1, w.level(0, "ideographTraditional", "%1、")) + w.num(1, 0) + w.num(2, 1)
    )  # fmt: skip
    styles = w.style("list", "表", kind="numbering", paragraph_properties='<w:numPr><w:numId w:val="2"/></w:numPr>')
    assert labels(w.Builder(items((1, 0), (1, 0)), numbering=numbering, styles=styles)) == ["甲、", "乙、"]


def test_a_style_link_to_itself_does_not_hang() -> None:
    numbering = '<w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="list"/></w:abstractNum>' + w.num(1, 0)
    styles = w.style("list", "表", kind="numbering", paragraph_properties='<w:numPr><w:numId w:val="1"/></w:numPr>')
    assert labels(w.Builder(items((1, 0)), numbering=numbering, styles=styles)) == [""]


def test_bullets_are_readable() -> None:
    numbering = w.abstract(
        0, w.level(0, "bullet", "\uf0b7"), w.level(1, "bullet", "\uf0d8"), w.level(2, "bullet", "–")
    ) + w.num(1, 0)
    assert labels(w.Builder(items((1, 0), (1, 1), (1, 2)), numbering=numbering)) == ["•", "➢", "–"]  # fmt: skip


def test_cells_numbered_by_word_even_when_empty() -> None:
    numbering = w.abstract(0, w.level(0, "decimal", "%1.")) + w.num(1, 0)
    empty = w.cell(w.paragraph(num=(1, 0)))
    several = w.cell(w.paragraph("甲", num=(1, 0)), "乙", w.paragraph("丙", num=(1, 0)))
    table = w.table(w.row(empty, "措施"), w.row(empty, several))
    assert labels(w.Builder([table], numbering=numbering)) == ["1.", "", "2.", "3.\n\n4."]


def test_deleted_paragraph_marks_are_not_counted() -> None:
    numbering = w.abstract(0, w.level(0, "decimal", "%1.")) + w.num(1, 0)
    body = [*items((1, 0)), w.paragraph("并", num=(1, 0), properties=w.MARK_DELETED), *items((1, 0), (1, 0))]
    assert labels(w.Builder(body, numbering=numbering)) == ["1.", "2.", "3."]


def test_kind_and_level_of_list_items() -> None:
    numbering = w.abstract(0, w.level(0, "decimal", "%1."), w.level(1, "none", "")) + w.num(1, 0)
    layout = read_docx(w.Builder(items((1, 0), (1, 1), (9, 0)), numbering=numbering).build(), "k.docx", LIMITS)
    assert [(block.kind, block.level) for block in layout.blocks] == [
        ("list_item", 1),
        ("paragraph", 0),
        ("paragraph", 0),
    ]
    assert "1." not in layout.source


def test_custom_number_format_in_alternate_content() -> None:
    alternate = (
        '<mc:AlternateContent><mc:Choice Requires="w14"><w:numFmt w:val="custom" w:format="001, 002, 003, ..."/></mc:Choice>'
        '<mc:Fallback><w:numFmt w:val="decimal"/></mc:Fallback></mc:AlternateContent>'
    )
    one = f'<w:lvl w:ilvl="0"><w:start w:val="1"/>{alternate}<w:lvlText w:val="%1"/></w:lvl>'
    assert labels(w.Builder(items((1, 0)), numbering=w.abstract(0, one) + w.num(1, 0))) == ["001"]
