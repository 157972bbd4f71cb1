"""The rules of the family M: what each finds, as ``sco-extract rules`` prints it."""

from __future__ import annotations

from sco_extract.model.rule import Rule

RULES: tuple[Rule, ...] = (
    Rule(
        "M001",
        "event-with-bracket",
        """The name of an event with a bracket that says its date, place or mode.

        上合组织能源论坛（2023年10月3日至4日，阿斯塔纳） is one event; a bracket that lists sittings with different places or
        modes gives one record for each of them, and in A、B（date，place） the bracket holds for A as well.

        Limitation: after 和 a bracket belongs to the last name only.
        """,
    ),
    Rule(
        "M002",
        "event-with-verb",
        """The name of an event governed by a verb of holding, with the date, place, mode and host of the clause.

        2023年5月18日，首届中国—中亚峰会在西安举行; 举办了A、B和C shares the clause's date among the names that the verb
        governs. 会议 alone takes the body that sits as its name (工作组于…举行会议).

        Limitation: a name of more than 90 characters is cut.
        """,
    ),
    Rule(
        "M003",
        "event-with-date-or-ordinal",
        """The name of an event with an ordinal of its own, or with a date right before it or before 出席, without a verb of holding.

        2021年上合组织杜尚别峰会, 第七十八届联合国大会, 2022年11月出席二十国集团领导人第十七次峰会.

        Limitation: where the text gives only an ordinal, date and place stay unknown.
        """,
    ),
    Rule(
        "M004",
        "event-in-a-calendar",
        """A row of a table with a column of dates, or a line of a list under a name, that gives date and place.

        会议名称 | 时间 | 地点, then 第三次外长会 | 2022年7月4日 | 蒲甘 in each row, in Word, HTML, PDF and Markdown tables;
        中非合作论坛部长级会议, then 1. 2000年10月，北京 in each line.

        Limitation: a table without a header row, or a list of one line, gives no events by this rule.
        """,
    ),
)
