"""Word files as different programs package them."""

from __future__ import annotations

import docx
import docx_builder as w
import pytest
from docx.oxml import parse_xml
from test_read_docx import check, shown, texts

from sco_extract.read.docx import read_docx
from sco_extract.read.limits import LIMITS


def test_strict_namespaces() -> None:
    data = w.unzipped(w.Builder().add("严格", w.table(w.row("格"))).build())
    for name, content in data.items():
        strict = content.replace(
            b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        )
        data[name] = strict.replace(b"http://schemas.openxmlformats.org/officeDocument/2006/relationships", b"http://purl.oclc.org/ooxml/officeDocument/relationships")  # fmt: skip  # noqa: E501
    assert texts(check(read_docx(w.zipped(data), "s.docx", LIMITS))) == ["严格", "格"]


@pytest.mark.parametrize("by", ["relationship", "content type", "usual name"])
def test_main_part_is_found(by: str) -> None:
    data = w.unzipped(w.Builder().add("主体").build())
    if by != "usual name":
        data["word/document2.xml"] = data.pop("word/document.xml")
        for name in ("_rels/.rels", "[Content_Types].xml"):
            data[name] = data[name].replace(b"document.xml", b"document2.xml")
    if by != "relationship":
        del data["_rels/.rels"]
    if by == "usual name":
        del data["[Content_Types].xml"]
    assert texts(read_docx(w.zipped(data), "m.docx", LIMITS)) == ["主体"]


def test_utf16_part() -> None:
    data = w.unzipped(w.Builder().add("双字节").build())
    data["word/document.xml"] = data["word/document.xml"].decode().replace("UTF-8", "UTF-16").encode("utf-16")
    assert texts(read_docx(w.zipped(data), "u.docx", LIMITS)) == ["双字节"]


def test_files_of_python_docx_with_a_footnote() -> None:
    document = docx.Document()
    document.core_properties.title = "样例"
    document.add_heading("公报", 0)
    document.add_heading("总则", 2)
    called = document.add_paragraph("会议于2024年7月4日举行。")
    called._p.append(parse_xml(w.note_call("footnote", 1).replace("<w:r>", f"<w:r {w.NAMESPACES}>", 1)))
    document.add_comment(called.runs, "请核", "a")
    filled = document.add_table(2, 2)
    filled.cell(0, 0).merge(filled.cell(1, 0)).text = "合并"
    layout = check(read_docx(w.with_parts(document, footnotes='<w:footnote w:id="1"><w:p><w:r><w:t>注</w:t></w:r></w:p></w:footnote>'), "p.docx", LIMITS))  # fmt: skip  # noqa: E501
    assert shown(layout) == [
        ("title", "公报"), ("heading", "总则"), ("paragraph", "会议于2024年7月4日举行。"), ("footnote", "注"),
        ("comment", "请核"), ("table", "合并\n\n"),
    ]  # fmt: skip
    assert layout.title_hint == "样例"
