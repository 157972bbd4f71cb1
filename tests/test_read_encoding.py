"""Encodings: found on short Chinese text of both scripts, sure or refused, never a wrong text in silence."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from opencc import OpenCC

from sco_extract.model.diagnostics import ReadError
from sco_extract.model.span import Span
from sco_extract.read.encoding import decode

TO_TRADITIONAL = OpenCC("s2t")
SNIPPETS = (
    "各国元首举行非正式会晤",
    "部长会议通过联合公报",
    "会议将于明年在河内举行",
    "二〇二四年七月四日",
    "东盟与中日韩财长会议",
    "加强互联互通伙伴关系",
    "秘书处应每年提交报告",
    "有关部门负责人出席论坛",
    "《区域合作行动计划》",
    "本协定自签字之日起生效",
    "中亚五国外长会晤成果",
    "阿拉伯国家联盟秘书长",
    "金砖国家领导人第十六次会晤",
    "中非合作论坛北京峰会",
    "欧亚经济联盟最高理事会",
    "独立国家联合体执行委员会",
    "亚洲相互协作与信任措施会议",
    "澜沧江—湄公河合作外长会",
    "推动贸易和投资便利化",
    "粮食安全与绿色发展倡议",
    "主席国哈萨克斯坦介绍情况",
    "各方商定2025年上半年磋商",
    "第三届论坛（线上）成功举办",
    "吉尔吉斯共和国总统致辞",
    "塔什干宣言\r\n第一条 宗旨",
    "关于打击恐怖主义的声明",
    "数字经济工作组例会纪要",
    "联合国大会第七十九届会议",
    "能源部长第四次会议声明",
    "一、政治和安全领域合作",
    "（二）经济贸易领域合作",
    "教育部长会议在阿斯塔纳召开",
)
ENCODINGS = ("utf-8", "gb18030", "big5hkscs", "utf-16-le", "utf-16-be")


def _cases() -> list[tuple[str, str]]:
    cases = []
    for snippet in SNIPPETS:
        for encoding in ENCODINGS:
            for text in {snippet, TO_TRADITIONAL.convert(snippet)}:
                try:
                    text.encode(encoding)
                except UnicodeEncodeError:
                    continue
                cases.append((text, encoding))
    return sorted(cases)


def test_short_texts_are_enough_and_many() -> None:
    texts = {text for text, _ in _cases()}
    assert len(texts) >= 60
    assert min(map(len, texts)) <= 10


@pytest.mark.parametrize(("text", "encoding"), _cases())
def test_short_text_is_decoded_as_written(text: str, encoding: str) -> None:
    decoded = decode(text.encode(encoding))
    assert decoded.text == text
    assert decoded.encoding == encoding
    assert 0.5 <= decoded.confidence <= 1
    assert decoded.diagnostics == ()


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
        (b"\x84\x31\x95\x33", "gb18030"),
    ],
)
def test_byte_order_mark_decides_and_is_not_text(mark: bytes, encoding: str) -> None:
    text = "会议\r\n公报\r结束\n"
    decoded = decode(mark + text.encode(encoding))
    assert (decoded.text, decoded.encoding, decoded.confidence) == (text, encoding, 1.0)


@pytest.mark.parametrize(
    ("declared", "encoding", "found"),
    [
        ("gb2312", "gb18030", "gb18030"),
        ("GBK", "gb18030", "gb18030"),
        ("big5", "big5hkscs", "big5hkscs"),
        ("'utf-8'", "utf-8", "utf-8"),
        ("iso-8859-1", "gb18030", "gb18030"),  # a wrong statement of the file
        ("big5", "utf-8", "utf-8"),
        ("x-unknown", "gb18030", "gb18030"),
        (None, "gb18030", "gb18030"),
    ],
)
def test_declared_encoding_is_believed_where_the_bytes_agree(declared: str | None, encoding: str, found: str) -> None:
    text = "会议通过了《联合公报》，各方就合作交换意见。"
    text = TO_TRADITIONAL.convert(text) if encoding == "big5hkscs" else text
    decoded = decode(text.encode(encoding), declared)
    assert (decoded.text, decoded.encoding) == (text, found)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5hkscs"])
def test_a_few_bad_bytes_are_shown_and_said(encoding: str) -> None:
    text = TO_TRADITIONAL.convert("各方同意在上述文件基础上继续开展合作。") * 40
    data = text.encode(encoding)
    decoded = decode(data[:120] + b"\xff" + data[120:])
    assert decoded.encoding == encoding
    (diagnostic,) = decoded.diagnostics
    assert diagnostic.code == "ENC001"
    assert diagnostic.span is not None
    assert set(decoded.text[diagnostic.span.start : diagnostic.span.end]) == {"\ufffd"}
    assert diagnostic.span == Span(decoded.text.index("\ufffd"), decoded.text.rindex("\ufffd") + 1)
    assert decoded.confidence < 1


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "READ001"),
        (bytes(range(256)) * 8, "READ004"),
        (b"\x00\x01\x02\x03" * 100, "READ004"),
        ("Договор о сотрудничестве".encode("cp1251") * 20, "READ005"),
        ("会议".encode() * 50 + "会议".encode("gb18030") * 50, "READ005"),
    ],
)
def test_no_text_is_an_error(data: bytes, code: str) -> None:
    with pytest.raises(ReadError) as caught:
        decode(data)
    assert caught.value.code == code
    assert len(str(caught.value)) > 30


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1, max_size=60))
@settings(deadline=None, max_examples=300)
def test_any_unicode_text_in_utf8_comes_back(text: str) -> None:
    if text.startswith("\ufeff"):
        return
    decoded = decode(text.encode("utf-8"))
    assert decoded.text == text or decoded.encoding.startswith("utf-16")


@given(st.binary(max_size=300))
@settings(deadline=None, max_examples=300)
def test_any_bytes_end_in_text_or_error(data: bytes) -> None:
    try:
        decoded = decode(data)
    except ReadError as error:
        assert error.code in {"READ001", "READ004", "READ005"}
    else:
        assert 0 <= decoded.confidence <= 1
