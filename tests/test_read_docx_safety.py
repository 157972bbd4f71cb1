"""Word files that are broken, or made to do harm: each is refused quickly, with a code and a way on."""

from __future__ import annotations

import io
import random
import re
import struct
import zipfile
from dataclasses import replace

import docx_builder as w
import pytest
from growth import assert_linear

from sco_extract.model.diagnostics import ReadError
from sco_extract.read.docx import read_docx
from sco_extract.read.limits import LIMITS, Limits


def refusal(data: bytes, limits: Limits = LIMITS) -> ReadError:
    with pytest.raises(ReadError) as caught:
        read_docx(data, "坏.docx", limits)
    assert str(caught.value).startswith("坏.docx: ")
    return caught.value


def document(xml: str | bytes, **extra: bytes) -> bytes:
    """A .docx with this ``word/document.xml``."""
    content = xml if isinstance(xml, bytes) else xml.encode()
    return w.Builder(extra={"word/document.xml": content, **extra}).build()


def body(inside: str) -> str:
    return f"<w:document {w.NAMESPACES}><w:body>{inside}</w:body></w:document>"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "DOCX001"),
        (b"<html></html>", "DOCX001"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "DOCX001"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "DOCX003"),
        (w.Builder().add("字").build()[:-40], "DOCX002"),
        (w.Builder().add("字").build()[:300], "DOCX002"),
        (w.zipped({"a.txt": b"x"}), "DOCX006"),
        (document("<x/>"), "DOCX006"),
        (document("<w:document"), "DOCX008"),
        (document(""), "DOCX008"),
        (w.Builder().build(), "DOCX011"),
    ],
)
def test_other_files_and_broken_ones(data: bytes, code: str) -> None:
    assert refusal(data).code == code


def test_password_on_the_zip() -> None:
    data = bytearray(w.Builder().add("字").build())
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        data[at + 8] |= 1
        at = data.find(b"PK\x01\x02", at + 1)
    error = refusal(bytes(data))
    assert (error.code, "password" in str(error)) == ("DOCX003", True)


def test_damaged_part() -> None:
    data = bytearray(w.Builder().add("字" * 500).build())
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        start = archive.getinfo("word/document.xml").header_offset
    struct.pack_into("<I", data, start + 60, 0xFFFFFFFF)
    assert refusal(bytes(data)).code == "DOCX002"


def test_a_damaged_optional_part_is_a_warning() -> None:
    layout = read_docx(w.Builder(["<w:p/>", w.paragraph("字")], styles=" ", extra={"word/styles.xml": b"<w:styles"}).build(), "a", LIMITS)  # fmt: skip  # noqa: E501
    assert [diagnostic.code for diagnostic in layout.diagnostics] == ["DOCX108"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused(encoding: str) -> None:
    doctype = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
    assert (
        refusal(document((doctype + body("<w:p><w:r><w:t>A&e;B</w:t></w:r></w:p>")).encode(encoding))).code == "DOCX005"
    )


def test_entities_in_other_parts_are_refused_too() -> None:
    styles = b'<!DOCTYPE x [<!ENTITY a "aa">]><w:styles xmlns:w="x"/>'
    assert (
        refusal(w.Builder([w.paragraph("字")], styles=" ", extra={"word/styles.xml": styles}).build()).code == "DOCX005"
    )


def test_zip_bomb_by_ratio_and_by_size() -> None:
    bomb = w.Builder(["字"], extra={"word/media/a.bin": b"\0" * 20_000_000}).build()
    assert refusal(bomb).code == "DOCX004"
    assert refusal(bomb, replace(LIMITS, max_zip_ratio=10**6, max_unpacked_bytes=10**6)).code == "DOCX004"


def test_many_entries() -> None:
    many = w.zipped({f"{number}": b"" for number in range(50)})
    assert refusal(many, replace(LIMITS, max_zip_entries=40)).code == "DOCX004"


def test_other_limits() -> None:
    data = w.Builder([w.paragraph("字" * 100)] * 10).build()
    assert refusal(data, replace(LIMITS, max_bytes=100)).code == "DOCX004"
    assert refusal(data, replace(LIMITS, max_part_bytes=100)).code == "DOCX004"
    assert refusal(data, replace(LIMITS, max_elements=20)).code == "DOCX007"
    assert refusal(data, replace(LIMITS, max_characters=500)).code == "DOCX010"
    assert refusal(data, replace(LIMITS, max_depth=3)).code == "DOCX009"


def test_a_million_tiny_nodes_are_refused() -> None:
    data = document(body("<w:p/>" * 1_000_000))
    assert refusal(data).code == "DOCX007"


@pytest.mark.parametrize("depth", [240, 300, 100_000])
def test_deep_nesting_is_read_or_refused(depth: int) -> None:
    nested = "<w:p><w:r><w:t>底</w:t></w:r></w:p>"
    for opening, closing in (
        ("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"),
        ("<w:tbl><w:tr><w:tc>", "<w:p/></w:tc></w:tr></w:tbl>"),
    ):
        times = (depth - 5) // opening.count("<")  # fmt: skip
        data = document(body(opening * times + nested + closing * times))
        if depth > LIMITS.max_depth:
            assert refusal(data).code in ("DOCX008", "DOCX009")
        else:
            assert "底" in read_docx(data, "t", LIMITS).source


def test_long_vertical_merge_is_fast() -> None:
    def merged(count: int) -> None:
        rows = [
            w.row(w.cell("领域" if not at else "", merge="continue" if at else "restart"), f"措施{at}")
            for at in range(count)
        ]
        block = read_docx(w.Builder([w.table(*rows)]).build(), "t", LIMITS).blocks[0]
        assert block.rows[0][0].row_span == count
        assert len(block.rows) == count

    assert_linear(merged, 1100)


def test_hostile_numbers_are_clamped() -> None:
    cells = w.cell("甲", span=10**12) + '<w:tc><w:tcPr><w:gridSpan w:val="x"/></w:tcPr><w:p/></w:tc>'
    layout = read_docx(w.Builder([w.table(w.row(cells)), w.paragraph("字", num=(10**9, 99))]).build(), "t", LIMITS)
    assert layout.blocks[0].rows[0][0].column_span == 1000


def test_external_relationships_are_not_followed() -> None:
    data = w.unzipped(w.Builder([w.paragraph("字")], headers=[w.paragraph("眉")]).build())
    rels = data["word/_rels/document.xml.rels"]
    data["word/_rels/document.xml.rels"] = rels.replace(b"/>", b' TargetMode="External"/>')
    assert read_docx(w.zipped(data), "t", LIMITS).source == "字\n"


def test_random_damage_never_crashes() -> None:
    numbering = w.abstract(0, w.level(0, "decimal", "%1.")) + w.num(1, 0)
    whole = w.Builder(
        [w.paragraph("字", w.note_call("footnote", 1), num=(1, 0)), w.table(w.row(w.cell("甲", merge="restart"), "乙"))],
        numbering=numbering, footnotes={1: w.paragraph("注")}, styles=w.style("1", "heading 1"),
    ).build()  # fmt: skip
    dice = random.Random(20240704)
    for _ in range(300):
        data = bytearray(whole[: dice.randrange(len(whole))] if dice.random() < 0.3 else whole)
        for _ in range(dice.randrange(1, 30)):
            data[dice.randrange(len(data))] = dice.randrange(256) if data else 0
            if not data:
                break
        _read_or_refuse(bytes(data))


def test_random_xml_damage_never_crashes() -> None:
    """The container is whole, the XML well-formed but not what the schema says."""
    whole = w.Builder(
        [
            w.paragraph("字", w.text_box(w.paragraph("框")), num=(1, 0)),
            w.table(w.row(w.cell("甲", merge="restart"), "乙")),
        ]
    ).document_xml()
    tags = sorted(set(re.findall(r"w:\w+", whole)))
    dice = random.Random(7)
    for _ in range(300):
        one, other = dice.choice(tags), dice.choice(tags)
        _read_or_refuse(document(whole.replace(one, "w:zzz").replace(other, one).replace("w:zzz", other)))


def _read_or_refuse(data: bytes) -> None:
    try:
        read_docx(data, "坏.docx", LIMITS)
    except ReadError as error:
        assert error.code.startswith("DOCX")


@pytest.mark.parametrize(
    "unit",
    [
        "<w:r><w:fldChar w:fldCharType='begin'/><w:fldChar w:fldCharType='separate'/><w:t>a</w:t></w:r>",
        "<w:r><w:fldChar w:fldCharType='begin'/><w:fldChar w:fldCharType='separate'/><w:fldChar w:fldCharType='begin'/></w:r>",
        "<w:r><w:footnoteReference w:customMarkFollows='1'/><w:t>a</w:t></w:r>",
        "<w:footnoteReference w:customMarkFollows='1'/><w:t>a</w:t>",
    ],
)
@pytest.mark.parametrize("wrapped", [True, False])
def test_piles_of_open_fields_and_marks_take_linear_time(unit: str, wrapped: bool) -> None:
    def pile(count: int) -> None:
        inside = f"<w:p>{unit}</w:p>" * count if wrapped else f"<w:p>{unit * count}</w:p>"
        _read_or_refuse(document(body(inside)))

    assert_linear(pile, 20_000)


def test_endless_labels_are_cut() -> None:
    numbering = w.abstract(0, w.level(0, "decimal", "%1" * 10_000)) + w.num(1, 0)
    layout = read_docx(w.Builder([w.paragraph("字", num=(1, 0))], numbering=numbering).build(), "t", LIMITS)
    assert len(layout.blocks[0].label) < 200
