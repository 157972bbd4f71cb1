"""What each rule of instruments says about itself."""

from __future__ import annotations

from sco_extract.model.rule import Rule

RULES: tuple[Rule, ...] = (
    Rule(
        "T001",
        "title-in-marks",
        """A title in 《》, outermost marks only.

        《〈上合组织至2025年发展战略〉落实行动计划》 is one record; nested 〈〉 belong to the title, also where 《》 are used for
        them. A noun behind the marks (《纲要》落实行动计划) names another document: the record is the one in the marks, and what
        the sentence says of the other (drafting, a date in brackets) is not given to it. Date and place come from the
        bracket right behind the title, from the clause that says when and where it was adopted, approved or signed, or from
        the row of a table whose header names a column of documents and one of dates.
        Limitation: a date that only a neighbouring sentence gives is left out.""",
    ),
    Rule(
        "T002",
        "title-in-other-marks",
        """A title in marks that stand for 《》: <<…>>, «…», ‹…›, ＜…＞, <…>, or 〈…〉 alone.

        Limitation: single marks and guillemets count only where the title ends in a kind of document (宣言, 协定, …).""",
    ),
    Rule(
        "T003",
        "title-in-corner-quotes",
        """A title in 「」 or 『』, as traditional typesetting has it.

        Only where it ends in a kind of document, and a verb (簽署, 落實), a list or a dated bracket shows that it is one, or
        its form does: a firm kind (「巴黎協定」), a year, a nested title, a long name, a title found before. 「一帶一路」倡議
        and 「全球發展倡議」 are none. Limitation: a short plan or strategy that is only mentioned in passing is left out.""",
    ),
    Rule(
        "T004",
        "title-left-open",
        """A title whose closing mark is missing: from 《 to its head noun.

        Limitation: only where what follows the head noun cannot belong to the title (的, 、, ，, a bracket, the end of the line).""",
    ),
    Rule(
        "T005",
        "numbered-decision",
        """A decision named by body and number: 安理会第2231（2015）号决议, 元首理事会2024年7月4日第10号决议.

        The title carries the body and leaves the date out; each number of a list is a record. Limitation: a number
        alone counts only where exactly one earlier decision of the text has it.""",
    ),
    Rule(
        "T006",
        "dated-decision",
        """A 决议 or 决定 without number, named by body with its date in brackets: 元首理事会决议（2019年6月14日，比什凯克）.

        Limitation: without the date in brackets it is none.""",
    ),
    Rule(
        "T007",
        "cited-title",
        """A title in a reference: a web address, a periodical with its number or a publishing house follows it.

        Its kind is 引文. Limitation: names of newspapers and journals are left out.""",
    ),
    Rule(
        "T008",
        "short-title",
        """A short form of a title named before: （以下简称《纲要》）, later 《纲要》; 《阿斯塔纳宣言》 after its full title.

        ``refers_to`` is the full title. Limitation: it is given only where exactly one earlier title fits, by
        definition or by its ending.""",
    ),
)
