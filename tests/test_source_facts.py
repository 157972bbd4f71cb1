"""What a source says of itself: kind, title, date and place, over documents of several bodies."""

from __future__ import annotations

import pytest

from sco_extract.extract.dates import find_dates
from sco_extract.extract.source import SourceFacts, describe_source
from sco_extract.extract.unit import Unit
from sco_extract.lexicon.load import load
from sco_extract.normalize import normalize
from sco_extract.read import read

CASES: dict[str, tuple[str, SourceFacts]] = {
    "date and place in brackets below the title": (
        "中国—中亚峰会西安宣言\n"
        "（2023年5月19日，西安）\n"
        "\n"
        "中华人民共和国主席习近平同中亚五国元首举行峰会。\n"
        "一、各方支持合作。\n",
        SourceFacts("declaration", "中国—中亚峰会西安宣言", "2023-05-19", "西安"),
    ),
    "subtitle, then date with country and city": (
        "金砖国家领导人第十六次会晤喀山宣言\n"
        "加强多边主义，促进公正的全球发展与安全\n"
        "2024年10月23日，俄罗斯喀山\n"
        "\n"
        "我们，金砖国家领导人，于2024年10月22日至24日在喀山举行会晤。\n",
        SourceFacts("declaration", "金砖国家领导人第十六次会晤喀山宣言", "2024-10-23", "喀山"),
    ),
    "closing formula of an agreement": (
        "上海合作组织成员国政府间国际道路运输便利化协定\n"
        "\n"
        "上海合作组织成员国政府，达成协议如下：\n"
        "第一条\n"
        "本协定适用于国际道路运输。\n"
        "本协定于2014年9月12日在杜尚别签订，正本一份，用中文和俄文写成。\n",
        SourceFacts("agreement", "上海合作组织成员国政府间国际道路运输便利化协定", "2014-09-12", "杜尚别"),
    ),
    "line of the site with day and source": (
        "上合组织秘书长出席论坛开幕式\n"
        "发布时间：2024-05-20 10:11 来源：中国新闻网\n"
        "中新社北京5月20日电（记者张三）上合组织秘书长20日出席论坛开幕式并致辞。\n",
        SourceFacts("news", "上合组织秘书长出席论坛开幕式", "2024-05-20", "北京"),
    ),
    "dateline with year": (
        "上合峰会在阿斯塔纳举行\n"
        "\n"
        "新华社阿斯塔纳2024年7月4日电（记者李四）上海合作组织成员国元首理事会第二十四次会议4日在阿斯塔纳举行。\n",
        SourceFacts("news", "上合峰会在阿斯塔纳举行", "2024-07-04", "阿斯塔纳"),
    ),
    "a report has neither its period nor a meeting as date": (
        "上海合作组织秘书处\n"
        "关于2023年工作情况的报告\n"
        "\n"
        "2023年11月至2024年10月，本组织开展了工作。\n"
        "2024年7月4日，元首理事会会议在阿斯塔纳举行。\n",
        SourceFacts("report", "上海合作组织秘书处关于2023年工作情况的报告", None, None),
    ),
    "a month below the title": (
        "东盟秘书处年度报告\n2024年8月\n\n一、概况\n本报告期内，各方开展合作。\n",
        SourceFacts("report", "东盟秘书处年度报告", "2024-08", None),
    ),
    "first sentence of a communiqué": (
        "第二十六次中国—东盟领导人会议联合新闻公报\n"
        "\n"
        "2023年9月6日，第二十六次中国—东盟领导人会议在雅加达举行。东盟国家领导人出席。\n",
        SourceFacts("communique", "第二十六次中国—东盟领导人会议联合新闻公报", "2023-09-06", "雅加达"),
    ),
    "marks and annex numbers are no titles; line of adoption": (
        "机密\n"
        "附件1\n"
        "澜沧江—湄公河合作五年行动计划（2023—2027）\n"
        "2023年12月25日通过\n"
        "\n"
        "一、总体目标\n"
        "各方将落实共识。\n",
        SourceFacts("action_plan", "澜沧江—湄公河合作五年行动计划（2023—2027）", "2023-12-25", None),
    ),
    "date in Chinese numerals under the signatures": (
        "上海合作组织成立宣言\n"
        "\n"
        "哈萨克斯坦共和国、中华人民共和国各国元首兹宣告成立上海合作组织。\n"
        "哈萨克斯坦共和国总统\n"
        "纳扎尔巴耶夫\n"
        "二○○一年六月十五日于上海\n",
        SourceFacts("declaration", "上海合作组织成立宣言", "2001-06-15", "上海"),
    ),
    "statement sent by an agency": (
        "中华人民共和国和哈萨克斯坦共和国联合声明\n"
        "（全文）\n"
        "新华社阿斯塔纳7月3日电\n"
        "中华人民共和国和哈萨克斯坦共和国联合声明\n"
        "应托卡耶夫总统邀请，习近平主席于2024年7月2日至3日对哈萨克斯坦进行国事访问。\n"
        "二〇二四年七月三日于阿斯塔纳\n",
        SourceFacts("declaration", "中华人民共和国和哈萨克斯坦共和国联合声明", "2024-07-03", "阿斯塔纳"),
    ),
    "abstract and keywords make an article": (
        "# 亚信进程的新机遇\n\n作者：王某\n\n摘要：本文分析亚信。\n\n关键词：亚信；安全\n\n2024年，亚信成立。\n",
        SourceFacts("article", "亚信进程的新机遇", None, None),
    ),
    "title in marks, no date": (
        "《中国—东盟全面战略伙伴关系行动计划（2026—2030）》\n\n为落实共识，双方制定本计划。\n",
        SourceFacts("action_plan", "中国—东盟全面战略伙伴关系行动计划（2026—2030）", None, None),
    ),
    "traditional script": (
        "亞太經合組織領導人宣言\n（2023年11月17日，舊金山）\n\n我們，亞太經合組織領導人，在舊金山會晤。\n",
        SourceFacts("declaration", "亚太经合组织领导人宣言", "2023-11-17", "旧金山"),
    ),
    "title over two lines": (
        "中华人民共和国商务部与东盟秘书处\n"
        "关于电子商务合作的谅解备忘录\n"
        "\n"
        "双方达成如下谅解。\n"
        "本备忘录于二〇二三年九月六日在雅加达签署，一式两份。\n",
        SourceFacts(
            "agreement", "中华人民共和国商务部与东盟秘书处关于电子商务合作的谅解备忘录", "2023-09-06", "雅加达"
        ),
    ),
    "numbered first paragraph": (
        "中国—阿拉伯国家合作论坛第十届部长级会议北京宣言\n"
        "\n"
        "一、中国—阿拉伯国家合作论坛第十届部长级会议于2024年5月30日在北京举行。\n"
        "二、双方强调合作。\n",
        SourceFacts("declaration", "中国—阿拉伯国家合作论坛第十届部长级会议北京宣言", "2024-05-30", "北京"),
    ),
    "no title but a body": (
        "各方同意继续开展合作，并就有关问题保持沟通。会议在友好的气氛中进行。\n",
        SourceFacts("other", None, None, None),
    ),
    "a section's name is no title": (
        "引言\n本报告由秘书处编写，介绍各领域合作的进展。\n",
        SourceFacts("report", None, None, None),
    ),
    "the day of an event is not that of an article": (
        "区域合作的前景\n摘要：本文讨论区域合作。\n2024年7月4日，峰会在阿斯塔纳举行。\n",
        SourceFacts("article", "区域合作的前景", None, None),
    ),
    "line of the source above, dateline without year": (
        "来源：人民网\n"
        "新华社万象10月11日电\n"
        "第二十七次中国—东盟领导人会议主席声明\n"
        "\n"
        "我们，东盟和中国领导人，于2024年10月10日至11日举行会议。\n",
        SourceFacts("declaration", "第二十七次中国—东盟领导人会议主席声明", "2024-10-11", "万象"),
    ),
    "announcement of an agency, then the document": (
        "新华社北京6月12日电 亚信峰会12日发表公报。公报全文如下：\n"
        "亚信第六次峰会联合公报\n"
        "（2022年6月12日，北京）\n"
        "一、各方支持对话。\n",
        SourceFacts("communique", "亚信第六次峰会联合公报", "2022-06-12", "北京"),
    ),
    "headline behind the dateline, events of other years": (
        "新华社努尔苏丹9月10日电 新闻背景：亚信大事记\n"
        "新华社记者\n"
        "1992年10月5日，倡议在联合国大会上提出。\n"
        "2002年6月4日，首次峰会在阿拉木图举行。\n",
        SourceFacts("news", "新闻背景：亚信大事记", None, "努尔苏丹"),
    ),
    "stamp of the site is not the day of a declaration": (
        "第十三次东亚峰会主席声明\n18.11.2018 09:30\n\n2018年11月15日，第十三次东亚峰会在新加坡举行。\n",
        SourceFacts("declaration", "第十三次东亚峰会主席声明", "2018-11-15", "新加坡"),
    ),
    "weekday below the name of a paper's column": (
        "2022年06月30日 星期四\n【新闻背景】\n里海沿岸国家峰会\n新华社记者\n里海沿岸国家峰会29日在阿什哈巴德举行。\n",
        SourceFacts("news", "里海沿岸国家峰会", "2022-06-30", None),
    ),
    "press release in brackets": (
        "外交部介绍中国—中亚机制\n（新闻稿，2024年6月20日）\n\n问：请介绍情况。\n",
        SourceFacts("news", "外交部介绍中国—中亚机制", "2024-06-20", None),
    ),
    "we, the leaders": (
        "——迈向共同繁荣\n我们，六国领导人，于2023年12月25日在中国海南省三亚市举行会议。\n",
        SourceFacts("declaration", "——迈向共同繁荣", "2023-12-25", "三亚"),
    ),
    "title again with day and place": (
        "中亚五国外长会晤联合公报\n中亚五国外长会晤联合公报 2024年3月27日于塔什干\n一、各方交换了意见。\n",
        SourceFacts("communique", "中亚五国外长会晤联合公报", "2024-03-27", "塔什干"),
    ),
    "where the page stands, column of the site, slashed day": (
        "香港新聞網>>財經\nAPEC | 財長會議將在香港舉行\n25/10/2025\n\n財長會議將於明年舉行。\n",
        SourceFacts("other", "财长会议将在香港举行", "2025-10-25", None),
    ),
    "a meeting to come does not date the list": (
        "成果文件清单\n\n一、文件\n下一次会议订于2026年二月中旬在比什凯克举行。\n",
        SourceFacts("other", "成果文件清单", None, None),
    ),
    "minutes behind the day": (
        "科普：气候大会\n2023-12-01 11:01:34 来源：新华网\n\n缔约方大会30日在迪拜开幕。\n",
        SourceFacts("news", "科普：气候大会", "2023-12-01", None),
    ),
}


def facts(text: str, name: str = "sample.txt", title_hint: str = "", date_hint: str = "") -> SourceFacts:
    document = normalize(read(text.encode(), name))
    unit = Unit(document, load(), None, find_dates(document.text.text, load()).dates)
    return describe_source(unit, title_hint, date_hint)


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES)
def test_facts(text: str, expected: SourceFacts) -> None:
    assert facts(text, "sample.md" if text.startswith("#") else "sample.txt") == expected


def test_title_of_the_file_is_used_where_the_text_has_none() -> None:
    text = "各方同意继续开展合作，并就有关问题保持沟通。会议在友好的气氛中进行。\n"
    assert facts(text, title_hint="东盟外长会议联合声明_某网").title == "东盟外长会议联合声明"


def test_date_of_the_file_is_not_used_for_plain_text() -> None:
    assert facts("喀山宣言\n\n各方重申合作。\n", date_hint="2024-10-23").date is None
