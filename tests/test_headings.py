"""Headings that files of Word, web pages and PDF show without marking them."""

from __future__ import annotations

import io

import docx
import pytest

from sco_extract.model.document import Document
from sco_extract.read import read

PROSE = "2024年6月，各方在明斯克就这一领域的合作交换了意见，商定继续落实已经达成的共识，并在下次会议上报告进展。"


def word(lines: list[tuple[str, str | None]]) -> Document:
    document = docx.Document()
    for text, style in lines:
        document.add_paragraph(text, style=style)
    out = io.BytesIO()
    document.save(out)
    return read(out.getvalue(), "a.docx")


def headings(document: Document) -> list[tuple[int, str]]:
    return [
        (block.level, document.source[block.span.start : block.span.end])
        for block in document.blocks
        if block.kind == "heading"
    ]


def page(*lines: str) -> Document:
    body = "".join(f"<p>{line}</p>" for line in lines)
    return read(
        f"<html><head><meta charset=utf-8></head><body><article>{body}</article></body></html>".encode(), "a.html"
    )


def test_title_and_numbered_headings_of_a_word_file_without_styles() -> None:
    lines = ["能源部长会议成果报告", "一、总体情况", PROSE, "（一）电力", PROSE, "二、下一步工作", PROSE]
    assert headings(word([(line, None) for line in lines])) == [
        (1, "能源部长会议成果报告"),
        (1, "一、总体情况"),
        (2, "（一）电力"),
        (1, "二、下一步工作"),
    ]


def test_short_lines_between_paragraphs_of_a_page() -> None:
    found = headings(page(PROSE, "数字经济合作", PROSE, "人员往来", PROSE))
    assert [text for _, text in found] == ["数字经济合作", "人员往来"]


def test_styles_of_the_file_are_all_its_headings() -> None:
    lines: list[tuple[str, str | None]] = [
        ("成果报告", "Title"), ("总体情况", "Heading 1"), (PROSE, None), ("1. 电力", None), (PROSE, None), ("交通", None), (PROSE, None),
    ]  # fmt: skip
    assert [text for _, text in headings(word(lines))] == ["成果报告", "总体情况"]


@pytest.mark.parametrize(
    "lines",
    [
        ["1. 电力", "2. 交通", "3. 农业"],
        ["1.各方商定扩大贸易，并简化通关手续。"],
        ["（王某、李某）"],
        ["2024年6月1日于明斯克"],
        ["1.《关于扩大农产品贸易"],
    ],
)
def test_what_is_no_heading(lines: list[str]) -> None:
    assert headings(page(PROSE, *lines, PROSE)) == []
