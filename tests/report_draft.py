"""A report draft of our own for the tests of the writers: every form a draft can take, hostile text included."""

from __future__ import annotations

from datetime import date, timedelta

from sco_extract.model.draft import (
    Annex,
    Cell,
    Citation,
    Column,
    Draft,
    Mark,
    Paragraph,
    Part,
    Section,
    Sentence,
    Table,
    Timeline,
)

HOSTILE = 'A<b>&"\x00\x0b{ TOC }</w:t> =1+1 |`*_[x](javascript:1)\u202e ]]> <script>alert(1)</script>'
LONG = "各方指出，" + "应当继续发挥机制作用并按照既定安排推进各项措施，" * 12 + "各方对此表示满意。"
SECTORS = ("贸易和投资领域合作", "数字化、信息通信技术和创新领域合作", "生态和环保领域合作")


def citation(number: int, quote: str = "") -> Citation:
    """A passage of an invented protocol."""
    return Citation(
        f"protocol_{number % 7}",
        f"上海合作组织成员国第{number % 7 + 20}次部长会议纪要",
        "2024-07-04" if number % 3 else None,
        number + 1,
        quote or f"第{number}次磋商以视频方式举行，各方通报了工作进展",
    )


def _sentence(number: int, doubts: tuple[str, ...] = ()) -> Sentence:
    texts = (
        "2024年3月12日，成员国主管部门专家工作组第{n}次会议以视频方式举行，各方就联合行动计划草案交换了意见，并商定下次会议在杜尚别召开。",
        "会议通过《上海合作组织成员国“绿色走廊”合作构想（第{n}版）》，并责成秘书处协调后续工作。",
        "经授权，有关部门于2024年5月14日至15日在比什凯克举办第{n}届青年企业家论坛，来自8个国家的120余名代表参加。",
    )
    cited = (citation(number),) if number % 4 else (citation(number), citation(number + 1), citation(number + 2, LONG))
    return Sentence(texts[number % 3].format(n=number + 2), cited, doubts)


def _section(index: int, heading: str) -> Section:
    meetings = tuple(
        Paragraph(
            tuple(
                _sentence(index * 20 + start + step, ("日期在两份来源中不一致。",) if step == 1 else ())
                for step in range(3)
            )
        )
        for start in range(0, 9, 3)
    )
    papers = (Paragraph((_sentence(index * 20 + 10), _sentence(index * 20 + 11, ("名称有两种写法。", "届次待核。")))),)
    return Section(f"sector-{index}", heading, (Part("会议和活动", meetings), Part("通过和签署的文件", papers)))


def matrix(rows: int = 60) -> Table:
    """Measures in areas of ten, sub-areas of five."""
    lines = []
    for number in range(rows):
        area = Cell(
            (f"{('一', '二', '三')[number // 10 % 3]}、贸易便利化",),
            span_rows=min(10, rows - number) if number % 10 == 0 else 0,
        )
        sub = Cell((f"{number // 5 + 1}.电子商务",), span_rows=min(5, rows - number) if number % 5 == 0 else 0)
        lines.append(
            (
                area if area.span_rows else Cell((), span_rows=0),
                sub if sub.span_rows else Cell((), span_rows=0),
                Cell((f"第{number + 1}项：就制定成员国跨境电子商务合作措施清单开展磋商，并提出建议。",)),
                Cell(("2024年12月31日前",)),
                Cell(("成员国经贸部门", "秘书处")),
                Cell(("有直接依据" if number % 3 else "暂无依据",), doubts=("期限已过。",) if number == 4 else ()),
                Cell(
                    ("2024年3月12日会议通报了进展。",) if number % 3 else (),
                    (citation(number), citation(number + 1)) if number % 3 else (),
                ),
            )
        )
    heads = (
        ("领域", 0.09),
        ("分领域", 0.1),
        ("措施", 0.28),
        ("期限", 0.1),
        ("执行方", 0.13),
        ("状态", 0.1),
        ("依据", 0.2),
    )
    return Table("《多边经贸合作纲要》落实情况", tuple(Column(head, share) for head, share in heads), tuple(lines))


def timeline(marks: int = 40) -> Timeline:
    """Marks spread over a year, in bunches, in the three sections."""
    start = date(2023, 11, 1)
    days = [start + timedelta(days=(number * 37 + number * number) % 360) for number in range(marks)]
    return Timeline(
        "2023年11月至2024年10月会议时间分布",
        "2023-11-01",
        "2024-10-31",
        tuple(
            Mark(
                day.isoformat(),
                (day + timedelta(days=number % 4)).isoformat(),
                f"第{number + 1}次专家工作组会议（视频）",
                SECTORS[number % 3],
            )
            for number, day in enumerate(sorted(days))
        ),
        f"时间轴：三个领域共{marks}次会议，集中在2024年春季和秋季。",
    )


def _rows(count: int, columns: int) -> tuple[tuple[Cell, ...], ...]:
    return tuple(
        tuple(
            Cell((f"第{row + 1}行第{column + 1}栏内容",), (citation(row),) if column == columns - 1 else ())
            for column in range(columns)
        )
        for row in range(count)
    )


def _columns(*heads: str) -> tuple[Column, ...]:
    return tuple(Column(head, 1 / len(heads)) for head in heads)


def annexes(marks: int = 40) -> tuple[Annex, ...]:
    """One of every kind, one of them empty."""
    said = Paragraph((Sentence("本附件按领域列出各项措施及其依据，方括号内数字指附件末尾所列资料来源。", ()),))
    return (
        Annex("matrix", "行动计划落实情况对照表", (said,), (matrix(),)),
        Annex(
            "calendar", "会议日程表", (), (Table("", _columns("日期", "会议", "地点"), _rows(12, 3)),), timeline(marks)
        ),
        Annex(
            "documents",
            "报告期内文件清单",
            (),
            (
                Table("通过的文件", _columns("文件", "日期"), _rows(3, 2)),
                Table("", _columns("文件", "日期"), _rows(2, 2)),
            ),
        ),
        Annex(
            "doubts", "待核实事项", (), (Table("", _columns("事项", "说明"), ()),), empty="本报告期未发现待核实事项。"
        ),
        Annex(
            "requests",
            "需补充材料清单",
            (),
            (
                Table(
                    "",
                    _columns("措施", "需补充内容"),
                    ((Cell((HOSTILE,), (citation(3, HOSTILE),)), Cell(("请说明进展。",))),),
                ),
            ),
        ),
        Annex("changes", "与上一报告期相比的变化", (), (Table("", _columns("措施", "上期", "本期"), _rows(2, 3)),)),
    )


def draft(marks: int = 40) -> Draft:
    """Three sections (one says it is empty), six annexes."""
    intro = Paragraph(
        (Sentence("报告期内，成员国按照元首理事会和政府首脑（总理）理事会决议推进务实合作。", (citation(1),)),)
    )
    empty = Section(
        "empty", "旅游领域合作", (Part("", (Paragraph((Sentence("本报告期未见该领域活动的记录。", ()),)),)),)
    )
    hostile = Section(
        "bad <key> & \x07",
        "多边组织合作" + HOSTILE,
        (Part("", (Paragraph((Sentence(HOSTILE, (citation(5, HOSTILE),), (HOSTILE,)),)),)),),
    )
    return Draft(
        ("上海合作组织成员国多边经贸合作纲要", "落实情况报告"),
        "上海合作组织秘书处",
        "上海合作组织成员国政府首脑（总理）理事会",
        "2023年11月至2024年10月",
        "征求意见稿（2024年11月5日）",
        "2024年11月5日",
        Section("introduction", "引言", (Part("", (intro, intro)),)),
        (*(_section(index, heading) for index, heading in enumerate(SECTORS)), empty, hostile),
        annexes(marks),
    )
