"""Any bytes under any name end in a document or in an error that says what to do; every character is accounted for."""

from __future__ import annotations

import gzip
import io
import random
import zipfile
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sco_extract.model.diagnostics import ReadError
from sco_extract.model.document import Document
from sco_extract.normalize import normalize
from sco_extract.read import Limits, read
from sco_extract.read.limits import LIMITS
from sco_extract.read.markdown import read_markdown
from sco_extract.read.sniff import sniff
from sco_extract.read.txt import read_txt

TEXT = "第三次部长会议联合声明\n\n　　2024年5月20日，第三次部长会议在金边举行，通过了《行动计划》。\n".encode()


def _zip(**parts: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name.replace("__", "/").replace("_x", ".")), content)
    return buffer.getvalue()


WORD = (
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r>'
    "<w:t>会议通过了联合公报。</w:t></w:r></w:p></w:body></w:document>"
)
DOCX = _zip(word__document_xxml=WORD, _xContent_xTypes="<Types/>")
HTML = b"<!DOCTYPE html><html><head><meta charset=utf-8><title>a</title></head><body><p>" + TEXT + b"</p></body></html>"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (TEXT, "a.txt", "txt"),
        (TEXT, "a.docx", "txt"),
        (TEXT, "a", "txt"),
        (TEXT, "a.md", "md"),
        (b"# a\n\n**b** c\n", "a.txt", "md"),
        (HTML, "a.txt", "html"),
        (HTML.decode().encode("utf-16"), "a.htm", "html"),
        (b"<p>a</p>", "a.html", "html"),
        (b"a <p> b", "a.txt", "txt"),
        (DOCX, "a.pdf", "docx"),
        (PDF, "a.docx", "pdf"),
        (b"\n\n" + PDF, "a.txt", "pdf"),
    ],
)
def test_format_is_found_by_content(data: bytes, name: str, kind: str) -> None:
    assert sniff(data, name) == kind


@pytest.mark.parametrize(
    ("data", "code", "word"),
    [
        (b"", "READ001", "empty"),
        (b" \r\n\t", "READ001", "empty"),
        (b"\xef\xbb\xbf\n", "READ001", "empty"),
        ("　　\n".encode(), "READ001", "no text"),
        (b"{\\rtf1\\ansi}", "READ003", "RTF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "WordDocument".encode("utf-16-le"), "READ003", ".docx"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "EncryptedPackage".encode("utf-16-le"),
            "READ003",
            "password",
        ),
        (_zip(xl__workbook_xxml="a"), "READ003", "Excel"),
        (_zip(ppt__a_xxml="a"), "READ003", "PowerPoint"),
        (_zip(content_xxml="a", mimetype="application/vnd.oasis.opendocument.text"), "READ003", "OpenDocument"),
        (_zip(OFD_xxml="a"), "READ003", "OFD"),
        (_zip(a_xtxt="a"), "READ003", "archive"),
        (gzip.compress(TEXT, mtime=0), "READ003", "gzip"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "READ003", "OCR"),
        (b"\xff\xd8\xff\xe0" + bytes(50), "READ003", "OCR"),
        (DOCX[:60], "READ006", "damaged"),
        (b'<?xml version="1.0"?><rss/>', "READ003", "XML"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n", "READ003", ".html"),
    ],
)
def test_what_is_not_read_says_what_it_is_and_what_to_do(data: bytes, code: str, word: str) -> None:
    with pytest.raises(ReadError, match=word) as caught:
        read(data, "a.docx")
    assert caught.value.code == code


def test_limits_are_said() -> None:
    with pytest.raises(ReadError, match="limit is 100") as caught:
        read(TEXT, "a.txt", Limits(max_bytes=100))
    assert caught.value.code == "READ002"
    with pytest.raises(ReadError, match="limit is 10") as caught:
        read(TEXT, "a.txt", Limits(max_characters=10))
    assert caught.value.code == "READ002"


def _hostile() -> Iterator[tuple[bytes, str]]:
    chance = random.Random(20261120)
    suffixes = ("txt", "md", "docx", "pdf", "html", "doc", "xlsx", "")
    good = (TEXT * 5, DOCX, HTML, PDF, TEXT.decode().encode("gb18030"), TEXT.decode().encode("utf-16"))
    magic = (b"", b"PK\x03\x04", b"%PDF-1.7\n", b"<html>", b"\xff\xfe", b"\xef\xbb\xbf", b"# a\n", b"\x84\x31\x95\x33")
    for number in range(200):
        suffix = suffixes[number % len(suffixes)]
        kind = number % 4
        whole = chance.choice(good)
        if kind == 0:
            data = chance.choice(magic) + chance.randbytes(chance.randrange(1, 3000))
        elif kind == 1:
            data = whole[: chance.randrange(len(whole))]
        elif kind == 2:
            data = whole
        else:
            at = chance.randrange(len(whole))
            data = whole[:at] + chance.randbytes(chance.randrange(1, 40)) + whole[at + chance.randrange(20) :]
        yield data, f"{number}.{suffix}"


def test_two_hundred_broken_files_end_in_a_document_or_an_error() -> None:
    outcomes = []
    for data, name in _hostile():
        try:
            outcome: Document | ReadError = normalize(read(data, name))
        except ReadError as error:
            outcome = error
            assert len(str(error)) > 20
        outcomes.append(outcome)
    assert len(outcomes) == 200
    assert any(isinstance(outcome, Document) for outcome in outcomes)


PIECES = st.lists(
    st.sampled_from(
        [
            "会议于2024年在河内举行，各方达成共识。", "一、合作", "（一）", "1. 甲", "\n", "\n\n", "\r\n", "　　", "\t", "\f",
            "— 3 —", "---", "① 注", "①", "[1: 注]", "[footnoteRef:1]", "**", "# ", "| a | b |\n|--|--|\n| c |", "<b>",
            "[甲](http://a.b)", "> ", "- ", "`", "《", "。", "乙", "  ", "序号\t名称\n1\t甲\n", "[^1]", "[^1]: 注", "<!-- 丙 -->",
        ]
    ),
    max_size=25,
)  # fmt: skip


@pytest.mark.parametrize("reader", [read_txt, read_markdown])
@given(pieces=PIECES)
@settings(deadline=None, max_examples=300)
def test_every_character_is_in_a_block_or_white_space(reader: object, pieces: list[str]) -> None:
    text = "".join(pieces)
    if not text.strip():
        return
    layout = reader(text.encode(), "a", LIMITS)  # type: ignore[operator]
    assert layout.source == text
    ends = [0, *(block.span.end for block in layout.blocks)]
    starts = [*(block.span.start for block in layout.blocks), len(text)]
    for end, start in zip(ends, starts, strict=True):
        assert end <= start, "blocks overlap or are out of order"
        assert text[end:start].strip("\u200b\ufeff") == "" or text[end:start].isspace()
    skipped = [(span.start, span.end) for span in layout.skipped]
    assert skipped == sorted(skipped)
    for block in layout.blocks:
        for row in block.rows:
            assert all(block.span.start <= cell.span.start <= cell.span.end <= block.span.end for cell in row)


@given(pieces=PIECES, name=st.sampled_from(["a.txt", "a.md"]))
@settings(deadline=None, max_examples=300)
def test_reading_text_quotes_the_source(pieces: list[str], name: str) -> None:
    try:
        document = normalize(read("".join(pieces).encode(), name))
    except ReadError:
        return
    text = document.text.text
    assert "\n".join(text[line.start : line.end] for line in document.lines) == text
    for line in document.lines:
        block = document.blocks[line.block]
        assert block.kind != "furniture"
        if line.cell is not None and line.start < line.end:
            span = document.text.span(line.start, line.end)
            assert line.cell.span.start <= span.start <= span.end <= line.cell.span.end
        for at in range(line.start, line.end):
            span = document.text.span(at, at + 1)
            if not text[at].isspace():
                assert document.source[span.start : span.end] == text[at]
