"""One text in every format, encoding and script gives the same records by value, each quoting its own source."""

from __future__ import annotations

import html
import io
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

import docx
import pytest
from opencc import OpenCC

from sco_extract.model import records
from sco_extract.normalize import normalize
from sco_extract.pipeline import extract
from sco_extract.read import read

pytest.importorskip("reportlab")

from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, PageTemplate, Paragraph, Spacer
from reportlab.platypus.frames import Frame

SEEDS = Path(__file__).parents[2] / "shared" / "seeds"
SONG, MING = "STSong-Light", "MSung-Light"

COMMUNIQUE = """
第六次中国—中亚外长会晤联合公报

　　2025年4月26日，第六次中国—中亚外长会晤在阿拉木图举行。
　　中国外交部部长王毅、哈萨克斯坦副总理兼外交部部长努尔特列乌、吉尔吉斯斯坦外交部部长库鲁巴耶夫出席会晤。
　　一、政治合作
　　各方回顾了2023年5月18日至19日在西安举行的首届中国—中亚峰会，高度评价峰会通过的《中国—中亚峰会西安宣言》（2023年5月19日，西安）的落实情况，并商定于2025年6月在阿斯塔纳举办第二届峰会。
　　各方注意到2024年12月1日在成都举行的第五次外长会晤的成果，支持《中国同中亚五国数据安全合作倡议》，愿在2030年前继续就新的路线图草案开展磋商。
　　二、经贸和交通
　　第十一届中国—亚欧博览会（2024年6月26日至30日，乌鲁木齐）期间举办了贸易便利化圆桌会议。各方主张尽快落实《关于共同推进中吉乌铁路建设的政府间协定》（2024年6月6日，北京），并每年交流建设进展。
　　各方满意地指出，2024年第四季度以来货运量明显增加，2025年上半年还将以视频方式召开海关部门专家会议，讨论口岸通关、检验检疫和信息交换等具体问题。
　　三、人文交流
　　中国—中亚教育部长会议（2025年3月20日，视频方式）讨论了互认学历和扩大留学名额的问题。各方欢迎2025年7月1日至5日在塔什干举办的青年艺术节，认为此类活动有助于增进各国人民的相互了解。
　　2025年4月26日于阿拉木图
"""

PLAN = """
澜沧江—湄公河合作五年行动计划落实措施
（2023年12月25日，内比都）

\t合作领域
\t措施
\t期限
\t执行机构

\t一、水资源合作

\t（一）信息共享
\t1、每年向下游国家通报汛期水文数据，并改进《澜湄水资源合作信息共享平台》。
\t每年
\t水利主管部门、澜湄水资源合作中心

\t
\t2、举办水资源合作部长级会议，交流防洪抗旱、水库调度和流域治理方面的经验，为下一阶段合作提出建议。
\t2027年前
\t水利主管部门（牵头）、外交部门

\t（二）人员培训
\t1、开展青年工程师培训。
\t定期
\t教育部门

\t二、农业合作

\t（一）贸易便利
\t1、商签《澜湄农产品检验检疫合作协定》。
\t根据协商情况
\t海关部门、农业部门

\t
\t2、建立农产品展销中心。
\t2024—2026年
\t农业部门、工商会
"""


def values(data: bytes, name: str) -> dict[str, list[object]]:
    """The records of a file without places in it; every span must quote its source."""
    found = extract(normalize(read(data, name)))
    kinds: dict[str, list[records.Date] | list[records.Instrument] | list[records.Meeting]] = {
        "dates": found.dates,
        "documents": found.documents,
        "meetings": found.meetings,
        "participants": found.participants,
        "actions": found.actions,
    }
    for one in (record for group in kinds.values() for record in group):
        assert found.text[one.span.start : one.span.end] == one.span.quote
    told: dict[str, list[object]] = {
        kind: [record.model_dump(exclude={"span", "mentions", "rule"}) for record in group]
        for kind, group in kinds.items()
    }
    told["source"] = [found.source.model_dump(include={"kind", "title", "date", "place"})]
    return told


@cache
def _converter() -> OpenCC:
    return OpenCC("s2t")


def traditional(text: str) -> str:
    converted = str(_converter().convert(text)).replace("爲", "為")  # as it is written where Big5 is used
    assert len(converted) == len(text)
    return converted


def word(text: str) -> bytes:
    document = docx.Document()
    for line in text.split("\n"):
        document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def paragraphs(text: str) -> str:
    return "\n".join(f"<p>{html.escape(line)}</p>" for line in text.split("\n"))


def page(text: str) -> bytes:
    return f"<!DOCTYPE html><html><head><meta charset=utf-8></head><body>{paragraphs(text)}</body></html>".encode()


def site(text: str, charset: str) -> bytes:
    links = "".join(f"<li><a href='/{at}'>{name}</a></li>" for at, name in enumerate(("首页", "要闻", "专题", "视频")))
    related = "".join(f"<li><a href='/n{at}'>第{at}届论坛2022年5月{at}日在京举行</a></li>" for at in range(1, 6))
    whole = (
        f"<html><head><meta charset={charset}></head><body><div class='nav'><ul>{links}</ul></div>"
        f"<div class='content'>{paragraphs(text)}</div><div class='sidebar'><ul>{related}</ul></div>"
        f"<div class='footer'><p>版权所有</p><ul>{links}</ul></div></body></html>"
    )
    return whole.encode(charset, "xmlcharrefreplace")


def pdf(text: str, columns: int = 1, font: str = SONG) -> bytes:
    """Several pages with a running header and page numbers; first lines are indented where the text indents them."""
    pdfmetrics.registerFont(UnicodeCIDFont(font))
    out = io.BytesIO()

    def margins(canvas: Canvas, document: BaseDocTemplate) -> None:
        canvas.setFont(font, 8)
        canvas.drawCentredString(whole / 2, height - 25, "文件汇编")
        canvas.drawCentredString(whole / 2, 25, f"— {document.page} —")

    whole, height = (420, 330) if len(text) < 3000 else (595, 842)  # so that every text takes several pages
    width = (whole - 80) / columns
    frames = [Frame(40 + at * width, 50, width - 20 * (columns > 1), height - 90, 0, 0, 0, 0) for at in range(columns)]
    document = BaseDocTemplate(out, pagesize=(whole, height), invariant=1)
    document.addPageTemplates([PageTemplate("page", frames, onPage=margins)])
    size = 11
    flush = ParagraphStyle("flush", fontName=font, fontSize=size, leading=2 * size, wordWrap="CJK")
    first = ParagraphStyle("first", parent=flush, firstLineIndent=2 * size)
    story: list[Flowable] = []
    for line in text.split("\n"):
        style = first if line[:1].isspace() else flush
        story.append(Paragraph(html.escape(line.strip()), style) if line.strip() else Spacer(1, size))
    document.build(story)
    return out.getvalue()


FORMS: dict[str, tuple[Callable[[str], bytes], str]] = {
    "traditional": (lambda text: traditional(text).encode(), "a.txt"),
    "traditional-big5": (lambda text: traditional(text).encode("big5hkscs"), "a.txt"),
    "gb18030": (lambda text: text.encode("gb18030"), "a.txt"),
    "utf-16": (lambda text: text.encode("utf-16"), "a.txt"),
    "crlf": (lambda text: text.replace("\n", "\r\n").encode(), "a.txt"),
    "word": (word, "a.docx"),
    "word-traditional": (lambda text: word(traditional(text)), "a.docx"),
    "page": (page, "a.html"),
    "site": (lambda text: site(text, "gb18030"), "a.html"),
    "site-big5": (lambda text: site(traditional(text), "big5hkscs"), "a.html"),
    "pdf": (pdf, "a.pdf"),
    "pdf-columns": (lambda text: pdf(text, 2), "a.pdf"),
    "pdf-traditional": (lambda text: pdf(traditional(text), 1, MING), "a.pdf"),
}


@pytest.mark.parametrize("form", FORMS)
def test_same_records_in_every_form(form: str) -> None:
    _assert_same(COMMUNIQUE, form)


# Short lines in two columns may as well be the rows of a table without rules, and are read so.
@pytest.mark.parametrize("form", [form for form in FORMS if form != "pdf-columns"])
def test_same_rows_of_a_flattened_plan_in_every_form(form: str) -> None:
    _assert_same(PLAN, form)


def _assert_same(text: str, form: str) -> None:
    make, name = FORMS[form]
    expected, found = values(text.encode(), "a.txt"), values(make(text), name)
    for kind, wanted in expected.items():
        assert found[kind] == wanted, kind


def test_the_texts_hold_records_of_all_types() -> None:
    communique, plan = values(COMMUNIQUE.encode(), "a.txt"), values(PLAN.encode(), "a.txt")
    assert all(len(communique[kind]) >= 3 for kind in ("dates", "documents", "meetings", "participants"))
    assert len(plan["actions"]) == 5


FORMS_OF_SEEDS = [form for form in FORMS if form not in ("traditional-big5", "pdf-traditional")]


@pytest.mark.parametrize("form", FORMS_OF_SEEDS)
@pytest.mark.parametrize("seed", ["003", "001"])
def test_same_records_of_a_real_document(seed: str, form: str) -> None:
    found = sorted(SEEDS.glob(f"{seed}_*.txt"))
    if not found:
        pytest.skip("no seeds beside the project")
    text = found[0].read_bytes().decode()
    make, name = FORMS[form]
    expected, told = values(text.encode(), "a.txt"), values(make(text), name)
    for kind, wanted in expected.items():
        assert _sorted(told[kind]) == _sorted(wanted), kind


def _sorted(found: Iterable[object]) -> list[str]:
    return sorted(map(repr, found))
