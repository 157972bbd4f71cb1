"""The date rules as people see them."""

from __future__ import annotations

from sco_extract.model.rule import Rule

RULES: tuple[Rule, ...] = (
    Rule(
        "D001",
        "day",
        """A day: 2024年7月4日, 二〇二四年七月四日, 7月4号, and in lists 7月3日、5日.

        A month and day without year takes that of the list, bracket or main clause before it, never that of a title
        or of the brackets behind a title, nor one that describes a treaty, a figure or a target (1992年签署的公约); else
        of the reporting period or the document's date. A year may follow its day (7月4日，2024年；). A dateline without
        year takes that of the day its news tells of. In a chronicle the days that begin lines take the month above
        them. 日 may be left out where month and day are Chinese numerals and the clause ends or a verb follows
        (二〇二四年七月二十六在). Limitation: any other bare 4日 is taken only in a list of dates or before a word such as
        上午, 电, 举行, in the month nearest to the document's date; 八月十五 without year or before a feast is of the
        traditional calendar, and 2024年8月15 is the month, since the figures may be a note's number.
        """,
    ),
    Rule(
        "D002",
        "month",
        """A month: 2024年7月, 二〇二四年元月; 10月中旬 and 11月初 give the month with a modifier.

        Limitation: 三月 before a noun that makes it a name (三月三) is left out by a list of such nouns.
        """,
    ),
    Rule(
        "D003",
        "day-range",
        """Days from one to another: 9月4日至5日, 2023年11月30日至12月1日, 8月13至17日.

        One record over both ends. 12月30日至1月2日 ends in the next year; any other end before its beginning is
        reported (DAT201). Limitation: a range interrupted by a time of day is two days.
        """,
    ),
    Rule(
        "D004",
        "month-range",
        """Months from one to another: 2023年11月至2024年10月, 2022年1-7月, 11月至次年3月.

        Limitation: months joined by 、 or 和 are single months.
        """,
    ),
    Rule(
        "D005",
        "year",
        """A year: 2024年, 二〇二四年, 2023年底 (modifier), 2023年度.

        Four digits from 1001 to 2199 before 年; three from 200 on with a month and day, or behind 在, 于, 自, 从
        (在751年). Limitation: 2000年历史 and 近1500年 are lengths of time; other round numbers of four digits are years.
        """,
    ),
    Rule(
        "D006",
        "year-range",
        """Years from one to another: 2021—2025年, 2023年至2025年, 2023/24年度, 2010年之后2018年之前.

        Limitation: years joined by 、 or 和 are single years.
        """,
    ),
    Rule(
        "D007",
        "before",
        """Everything up to a date: 2026年前, 2025年1月1日前, 2025年底前, 2030年以前.

        The span includes 前. Limitation: 到2030年 and 至2030年 are the year. 前往, 前景, 前三季度 are no 前.
        """,
    ),
    Rule(
        "D008",
        "part-of-year",
        """A quarter, half or the first months of a year: 2024年第一季度, 上半年, 前三季度, 前10个月.

        Limitation: 每年第一季度 (of every year) is not taken.
        """,
    ),
    Rule(
        "D009",
        "decade-century",
        """A decade or century: 20世纪90年代, 1990年代, 二十一世纪.

        Limitation: 90年代 without its century is not taken.
        """,
    ),
    Rule(
        "D010",
        "era-year",
        """A year of an era: 民国113年7月4日 (1911 is added), 公元1206年, 公元前221年, 令和6年, 主体113年.

        A later year in the same line may leave 民国 out: 114年3月. Of reigns only those since 1912 that number the years of
        the Gregorian calendar. Limitation: 神龙元年十一月 and 光绪二十四年八月 are of another calendar and not taken.
        """,
    ),
    Rule(
        "D011",
        "numeric-day",
        """A day in figures: 2024-07-04, 2024.7.4, 2024 07 04, 4.7.2024, 15—16.10.2024, 25/10/2024, 25-10-2024.

        Not in addresses, versions or numbers of files. With the year last and dots the day comes first. With slashes or
        hyphens the order is that which alone gives a date, else that of the text's other days, else, in a range, the part
        both ends share is the month; else the record stays open and says why (3-7-2017). Limitation: 7/4 and 2024/7 are
        not taken: their meaning is not certain.
        """,
    ),
    Rule(
        "D012",
        "relative",
        """A date counted from the document's date or from the date before it: 今年7月, 去年, 本月15日, 同年9月,
        今（10）日.

        Without the document's date the record stays open and says why. 同日, 次日, 同年 and 当月 alone are no records: they
        only tell the order of events. Limitation: 今天 only where a day is certainly meant (今天上午).
        """,
    ),
    Rule(
        "D013",
        "reporting-period",
        """The period a report covers: 本报告期间, 报告期内.

        It is the period that the text states once (关于2023年11月至2024年10月期间…的报告), or the one given.
        Limitation: it stays open where the text states none.
        """,
    ),
    Rule(
        "D014",
        "bare-year",
        """Four digits without 年 that are certainly a year: 《愿景2030》, 2063议程, 从2016到2018, 任期：2024—2026,
        年份：2018, 2024是人文交流年.

        In names only beside nouns known to carry a year (愿景, 议程) or at the end of a title. A range of years behind 从, 自
        or a noun such as 任期, or alone in its line, where nothing counts or numbers them. Limitation: 2018 in a sentence
        that does not call it a year, or alone in a cell, is not taken.
        """,
    ),
    Rule(
        "D015",
        "decade-relative",
        """A decade of this or the last century: 上世纪90年代, by the document's date.

        Limitation: 本世纪初 is not taken.
        """,
    ),
    Rule(
        "D016",
        "recurring",
        """A day or month of every year: 每年3月21日 gives XXXX-03-21, without bounds.

        Limitation: the span leaves 每年 out; weekdays (每周一) are not taken.
        """,
    ),
)
