"""Plain text: what its lines are, told from the lines alone; in both scripts."""

from __future__ import annotations

import pytest
from opencc import OpenCC

from sco_extract.model.document import Document
from sco_extract.normalize import normalize
from sco_extract.read import read

TO_TRADITIONAL = OpenCC("s2t")

COMMUNIQUE = """区域合作论坛第三次外长会议联合声明
2024年5月20日，金边

　　2024年5月20日，区域合作论坛第三次外长会议在金边举行。各国外长出席会议。
　　会议由柬埔寨主持，通过了《合作论坛2025—2027年行动计划》。

一、政治合作

　　各方重申恪守《联合国宪章》的宗旨和原则，支持通过对话解决分歧。
　　（一）关于反恐
　　各方同意加强情报交流。

　　柬埔寨王国外交大臣  某某
　　老挝人民民主共和国外交部长  某某
　　2024年5月20日
"""


def _read(text: str) -> Document:
    return normalize(read(text.encode(), "a.txt"))


def _blocks(text: str) -> list[tuple[str, str]]:
    document = _read(text)
    return [(block.kind, document.source[block.span.start : block.span.end]) for block in document.blocks]


def _lines(text: str) -> list[str]:
    return _read(text).text.text.split("\n")


@pytest.mark.parametrize("convert", [str, TO_TRADITIONAL.convert], ids=["hans", "hant"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_communique(convert: object, newline: str) -> None:
    text = convert(COMMUNIQUE).replace("\n", newline)  # type: ignore[operator]
    document = _read(text)
    assert document.source == text
    kinds = [(block.kind, block.label, block.role) for block in document.blocks]
    bracket = "（一）"
    assert kinds == [
        ("heading", "", "title"),
        ("paragraph", "", ""),
        ("paragraph", "", ""),
        ("paragraph", "", ""),
        ("heading", "一、", ""),
        ("paragraph", "", ""),
        ("heading", bracket, ""),
        ("paragraph", "", ""),
        ("paragraph", "", ""),
        ("paragraph", "", ""),
        ("paragraph", "", ""),
    ]
    assert [block.level for block in document.blocks if block.kind == "heading"] == [1, 1, 2]
    assert not document.source[document.blocks[2].span.start].isspace()


def test_hard_wrapped_text_becomes_paragraphs() -> None:
    text = (
        "会议记录\n\n"
        "    各方就进一步深化农业、能源、交通和数字经济领域的合作深入\n"
        "交换了意见，并一致同意在平等互利的基础上继续推进现有项目，\n"
        "同时研究启动新的合作倡议。会议还听取了秘书处关于预算执行情\n"
        "况的报告。\n"
        "    主席国代表介绍了下一阶段的工作安排，建议各工作组在第三季\n"
        "度举行会议，并将结果提交下次部长级会议审议。各方对此表示支\n"
        "持，希望秘书处做好协调。\n"
    )
    blocks = _blocks(text)
    assert [kind for kind, _ in blocks] == ["heading", "paragraph", "paragraph"]
    assert blocks[1][1].count("\n") == 3
    lines = _lines(text)
    assert lines[1].endswith("会议还听取了秘书处关于预算执行情况的报告。")
    assert "第三季度举行会议" in lines[2]


def test_short_wrapped_text_with_numbered_paragraphs() -> None:
    text = (
        "东盟与中国领导人会议主席声明\n（2023年9月6日，雅加达）\n\n"
        "1. 第二十六次东盟—中国领导人会议于2023年9月6日在印度\n"
        "尼西亚雅加达举行，会议由印度尼西亚共和国总统主持。各方\n"
        "重申维护和平与稳定的重要性。\n"
        "2. 会议通过了《东盟—中国关于加强共同的可持续发展的联合\n"
        "声明》和《关于电子商务合作的倡议》。\n"
    )
    lines = _lines(text)
    assert len(lines) == 4
    assert "在印度尼西亚雅加达举行" in lines[2]
    assert "《东盟—中国关于加强共同的可持续发展的联合声明》" in lines[3]


def test_line_that_ends_within_a_title_goes_on() -> None:
    assert _lines("会议通过了《关于加强\n合作的声明》。\n各方表示欢迎。\n")[0] == "会议通过了《关于加强合作的声明》。"


def test_wrapped_latin_keeps_one_space_between_words() -> None:
    text = "".join(
        f"The parties agreed to continue their work on {word} and to meet again\n"
        for word in ("trade, transport", "customs, energy", "digital, finance", "tourism, schools")
    )
    assert "meet again The parties" in _lines(text + "in Hanoi in 2025.\n")[0]


def test_stray_break_inside_a_sentence_is_joined() -> None:
    text = (
        "各国部长听取了工作组的汇报，充分肯定了过去一年取得的进展。\n"
        "会议在视频方式下举行，部长们就产业链、供应链以及当前面临的\n"
        "各种困难交换了意见，同意加强政策协调。\n"
        "下次会议将在首尔举行，具体时间由各方通过外交渠道商定。\n"
    )
    lines = _lines(text)
    assert len(lines) == 3
    assert "当前面临的各种困难" in lines[1]


@pytest.mark.parametrize(
    "text",
    [
        "马来西亚总理  某某\n文莱苏丹  某某\n新加坡总理  某某\n",
        "关于加强粮食安全合作的联合声明\n（2024年10月10日，万象）\n各方商定如下：\n",
        "第一条\n本协定的目的，是建立合作机制。\n第二条\n缔约方应每年举行会议，交换情况。\n",
        "1、召开工作组会议，讨论下列问题\n2、交换统计数据，并及时公布\n3、制定路线图，提交部长审议\n",
        "中方：某某部长，代表团团长\n俄方：某某部长，代表团团长\n",
        "关于加强数字经济领域务实合作的部长级联合声明\n关于维护产业链供应链稳定畅通的部长级倡议书\n"
        "关于深化农业和粮食安全领域合作的联合宣言书\n关于推动绿色低碳发展与能源转型的合作路线图\n"
        "以上文件自签署之日起生效。\n",
        "出席会议的有：\n马来西亚政府副总理、马方代表团团长某某某某\n文莱苏丹国外交部长、文方代表团团长某某某\n"
        "新加坡共和国副总理、新方代表团团长某某某某\n泰王国副总理、泰方代表团团长某某某某某某\n会议由泰方主持。\n",
    ],
)
def test_lines_that_stand_alone_stay_alone(text: str) -> None:
    assert len(_blocks(text)) == text.count("\n")


def test_article_with_text_is_an_item_and_alone_a_heading() -> None:
    text = "合作协定\n\n第一条 宗旨\n缔约方本着友好精神，开展长期合作。\n第二条 缔约方应当每年举行磋商。\n"
    document = _read(text)
    assert [(block.kind, block.label) for block in document.blocks] == [
        ("heading", ""),
        ("heading", "第一条"),
        ("paragraph", ""),
        ("list_item", "第二条"),
    ]


def test_numbered_lines_in_a_row_are_items_and_apart_are_headings() -> None:
    text = "1.贸易合作\n各方同意减少贸易壁垒，提高便利化水平。\n2.投资合作\n各方同意保护投资者权益，改善营商环境。\n"
    assert [kind for kind, _ in _blocks(text)] == ["heading", "paragraph", "heading", "paragraph"]
    text = "会议讨论了下列问题：\n1.贸易合作\n2.投资合作\n3.人文交流\n"
    assert [kind for kind, _ in _blocks(text)][1:] == ["list_item"] * 3


def test_page_numbers_and_page_headers_are_furniture() -> None:
    page = "论坛秘书处工作报告\n　　各方在第{0}阶段继续推进合作，取得了积极成果，得到普遍肯定。\n— {0} —\n\f"
    document = _read("".join(page.format(number) for number in range(1, 5)))
    roles = [block.role for block in document.blocks if block.kind == "furniture"]
    assert roles.count("page_number") == 4
    assert roles.count("header") == 3
    assert document.blocks[0].role == "title"  # the first one is the title of the whole
    assert document.text.text.count("工作报告") == 1


def test_single_number_is_no_page_number() -> None:
    assert "2024" in _read("成员国数目\n2024\n10\n").text.text


def test_notes_below_a_rule_know_their_call() -> None:
    text = (
        "　　论坛成员增加到十个①，合作领域不断拓展，影响力持续上升。\n"
        "———————\n"
        "① 见论坛网站2024年的统计。\n"
        "[1] 见秘书处年度报告。\n"
    )
    document = _read(text)
    assert [block.kind for block in document.blocks] == ["paragraph", "furniture", "footnote", "footnote"]
    assert document.blocks[2].label == "①"
    assert document.blocks[2].reference == text.index("①")


def test_converter_residue_of_a_note_leaves_the_sentence() -> None:
    text = "各方支持落实《行动计划》[footnoteRef:1]。[1: 有关国家不是该文件的参与方。]\n"
    document = _read(text)
    assert document.text.text.split("\n") == ["各方支持落实《行动计划》。", "有关国家不是该文件的参与方。"]
    note = document.blocks[1]
    assert (note.kind, note.label, note.reference) == ("footnote", "1", text.index("[footnoteRef"))


def test_paragraph_split_by_a_page_is_read_as_one() -> None:
    text = (
        "　　各方高度评价论坛在促进地区互联互通方面所发挥的作用，支持尽快启动跨境铁路项目的可行\n"
        "— 1 —\n\f"
        "性研究，并请有关国际金融机构提供支持。\n"
        "　　会议强调，应继续扩大本币结算，降低企业的交易成本。\n"
    )
    lines = _lines(text)
    assert len(lines) == 2
    assert "可行性研究" in lines[0]


def test_tabs_make_a_table() -> None:
    document = _read("序号\t会议\t时间\n1\t财长会议\t2024年3月\n2\t卫生部长会议\t2024年6月\n")
    (table,) = document.blocks
    assert table.kind == "table"
    assert len(table.rows) == 3
    assert document.text.text.split("\n")[:3] == ["序号", "会议", "时间"]


def test_hostile_texts_are_read_in_linear_time() -> None:
    for piece in (
        "一、",
        "（",
        "[1",
        "① ",
        "《",
        "=",
        "第",
        "　",
        "2024年",
        "\t甲\n",
        "甲，\n",
        "[1: a] [footnoteRef:1]",
    ):
        document = _read(piece * 20_000 + "。")
        assert document.blocks


@pytest.mark.parametrize(
    "title",
    [
        "中国、哈萨克斯坦、吉尔吉斯斯坦、塔吉克斯坦、土库曼斯坦和乌兹别克斯坦领导人关于互联互通合作的联合宣言",
        "东盟成员国、中国、日本和韩国关于加强区域供应链、粮食储备和能源安全合作的联合声明",
        "关于建立中亚地区合作机制以及进一步推动各国之间贸易投资便利化和人员往来的若干原则的联合公报",
    ],
)
@pytest.mark.parametrize("gap", ["\n", "\n\n"], ids=["no empty line", "empty line"])
def test_a_long_title_is_not_joined_with_the_text_below(title: str, gap: str) -> None:
    body = ["我们，各国领导人，在会晤中就地区合作交换意见，达成以下共识。", "各方同意加强合作，推动落实各项协议。"]
    text = gap.join([title, *body, *body])
    assert _lines(text) == [title, *body, *body]
    first = _read(text).blocks[0]
    assert (first.kind, first.role) == ("heading", "title")


def test_a_sentence_cut_by_an_empty_line_goes_on() -> None:
    first = "成员国之间的贸易额连年增长。各方认为，当前的国际形势复杂多变，地区国家应当共同维护产业链"
    rest = "和供应链的稳定，并为企业创造良好的营商环境。"
    assert _lines(f"{first}\n\n{rest}\n") == [first + rest]
