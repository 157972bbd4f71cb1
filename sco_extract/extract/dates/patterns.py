"""The patterns of the date rules: one for expressions that begin with a number, one for those that begin with a word.

Both find a whole expression (year, month, day, range, 前) and name its parts; nothing is searched again in what they
matched. Both begin with a set of characters, so that the engine skips quickly to the few places worth a try.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal, NamedTuple

from sco_extract.lexicon.load import Lexicon, alternation
from sco_extract.model.mentions import DateModifier
from sco_extract.values.numerals import NUMERAL

N = f"[{NUMERAL}]"
JOIN = r"(?:至|到|[-–—―─~～〜－]{1,2})"  # 4日至5日, 2021—2025年
BETWEEN = (
    r"[与和](?=[12][0-9]{3}年(?:[0-9]{1,2}月(?:[0-9]{1,2}[日号])?)?(?:之间|间(?!隔|接|断|谍|歇)))"  # 2007年与2009年之间
)
WEEKDAY = r"(?:[（(](?:星期|周|礼拜)[一二三四五六日天][）)])?"  # 4日（星期四）至5日
YEAR = "[12][0-9]{3}"
OPEN = "[《〈“「『]"
LIST = r"(?:[、，,]|和|与|及|以及|或)"  # 3月、5月和9月
AFTER = (
    r"(?:之后|以后)[、，]?(?=[12][0-9]{3}年(?:[0-9]{1,2}月(?:[0-9]{1,2}[日号])?)?(?:之前|以前))"  # 2010年之后2018年之前
)
TENS = (
    "(?:[一二三]?十[一二三四五六七八九]|[二三]十|[廿卅][一二三四五六七八九]?)"  # a day from 11 to 31, 二十 but not 十
)

Base = Literal["document", "antecedent", "period", "era"]


class Parts(NamedTuple):
    """The named parts of one expression, as matched; None where the expression lacks them.

    ``lead`` is the first number, whose role the next part says: ``year`` (年), ``month`` (月), ``day`` (日), ``century``,
    ``decade`` (年代), ``quarter``; ``m``/``d``/``q``/``h`` follow a year, ``md`` a month; the names with 2 belong to the
    right end of a range.
    """

    lead: str | None
    year: str | None
    decade: str | None
    m: str | None
    d: str | None
    m_late: str | None
    q: str | None
    quarter2: str | None
    q_first: str | None
    first_months: str | None
    h: str | None
    y_late: str | None
    month: str | None
    md: str | None
    month_late: str | None
    day: str | None
    this_day: str | None
    century: str | None
    c_decade: str | None
    c_decade2: str | None
    quarter: str | None
    mark: str | None
    nm: str | None
    nd: str | None
    ny2: str | None
    nm2: str | None
    nd2: str | None
    dmark: str | None
    dm: str | None
    dy: str | None
    dd2: str | None
    dm2: str | None
    dy2: str | None
    fiscal: str | None
    open_left: str | None
    listed: str | None
    cn: str | None
    cn2: str | None
    bare: str | None
    bare2: str | None
    span2: str | None
    told: str | None
    cell: str | None
    next_year: str | None
    lead2: str | None
    year2: str | None
    m2: str | None
    d2: str | None
    q2: str | None
    h2: str | None
    month2: str | None
    md2: str | None
    day2: str | None
    late2: str | None
    before: str | None


@dataclass(frozen=True, slots=True)
class Word:
    """What a relative word means: a unit, counted from the document's date, an antecedent or the reporting period."""

    unit: Literal["year", "month", "day", "half", "period"]
    offset: int  # behind the base; of an era the year itself
    base: Base
    modifier: DateModifier | None = None


_WORD_GROUPS: tuple[tuple[str, Word], ...] = (
    ("date_this_year", Word("year", 0, "document")),
    ("date_last_year", Word("year", -1, "document")),
    ("date_last_year_end", Word("year", -1, "document", "end")),
    ("date_year_before_last", Word("year", -2, "document")),
    ("date_next_year", Word("year", 1, "document")),
    ("date_this_month", Word("month", 0, "document")),
    ("date_last_month", Word("month", -1, "document")),
    ("date_next_month", Word("month", 1, "document")),
    ("date_today", Word("day", 0, "document")),
    ("date_yesterday", Word("day", -1, "document")),
    ("date_tomorrow", Word("day", 1, "document")),
    ("date_same_year", Word("year", 0, "antecedent")),
    ("date_following_year", Word("year", 1, "antecedent")),
    ("date_same_month", Word("month", 0, "antecedent")),
    ("date_following_month", Word("month", 1, "antecedent")),
    ("date_same_day", Word("day", 0, "antecedent")),
    ("date_following_day", Word("day", 1, "antecedent")),
    ("date_first_half", Word("half", 1, "document")),
    ("date_second_half", Word("half", 2, "document")),
    ("date_year_start", Word("year", 0, "document", "start")),
    ("date_year_end", Word("year", 0, "document", "end")),
    ("date_reporting_period", Word("period", 0, "period")),
    ("date_minguo_first", Word("year", 1912, "era")),
    ("date_taisho_first", Word("year", 1912, "era")),
    ("date_showa_first", Word("year", 1926, "era")),
    ("date_heisei_first", Word("year", 1989, "era")),
    ("date_reiwa_first", Word("year", 2019, "era")),
)


@dataclass(frozen=True, slots=True)
class Patterns:
    """Everything compiled from one lexicon."""

    number: re.Pattern[str]
    word: re.Pattern[str]
    words: Mapping[str, Word]
    today: tuple[str, ...]
    day_words: tuple[str, ...]  # 今 in 今（10）日
    bare_day: re.Pattern[str]  # what follows 4日 or 今天 where it certainly is a day
    not_day: re.Pattern[str]  # what follows 15日 where it is a length of time
    lunar: tuple[str, ...]
    feast_day: re.Pattern[str]  # what follows a month where it makes the name of a day: 五月一
    lunar_day: re.Pattern[str]  # 初一, or the day of a feast of the traditional calendar
    word_after: re.Pattern[str]  # what follows a relative word that is none: 同日本
    word_inside: tuple[str, ...]  # compounds that begin one character before a word that is none: 如今年轻
    not_month_after: re.Pattern[str]
    not_month_before: tuple[str, ...]
    not_round_year: re.Pattern[str]
    minguo: tuple[str, ...]
    common_era: tuple[str, ...]
    before_era: tuple[str, ...]
    reigns: tuple[tuple[tuple[str, ...], int, range], ...]  # names, the year before the first one, the years
    first_year: tuple[str, ...]  # 元年 of a reign
    early_year_after: re.Pattern[str]  # what follows three figures and 年 where they are a length of time
    counted: re.Pattern[str]  # what follows four figures where they count or number something
    bare_before: tuple[str, ...]  # what stands before a bare year: 愿景2030
    number_noun: re.Pattern[str]  # what stands before figures that are the number of a thing
    year_noun: re.Pattern[str]  # what stands before a range of bare years
    year_head: re.Pattern[str]  # what stands before a bare year: 年份：
    target: tuple[str, ...]
    future: re.Pattern[str]
    described: re.Pattern[str]  # what follows a date that only tells which treaty is meant: 签署的
    measured: re.Pattern[str]  # what follows the year of a statistic or target: 贸易额, 目标
    every_year: tuple[str, ...]
    last_century: tuple[str, ...]
    this_century: tuple[str, ...]
    sent: tuple[str, ...]
    period_after: tuple[str, ...]
    report: tuple[str, ...]


# Groups of names, the year before the first one, and the years: eras that number the years of the Gregorian calendar.
# Those of the last one were introduced in 1997, and its name is a common word before small numbers (主体3年).
_REIGNS: tuple[tuple[str, int, range], ...] = (
    ("date_era_reiwa", 2018, range(1, 100)),
    ("date_era_heisei", 1988, range(1, 32)),
    ("date_era_showa", 1925, range(1, 65)),
    ("date_era_taisho", 1911, range(1, 16)),
    ("date_era_juche", 1911, range(80, 200)),
)


@cache
def patterns(lexicon: Lexicon) -> Patterns:
    """The patterns for ``lexicon``; compiled once for each."""

    def starts(group: str) -> re.Pattern[str]:
        return re.compile(alternation(lexicon.words(group)))

    words = {word: meaning for group, meaning in _WORD_GROUPS for word in lexicon.words(group)}
    return Patterns(
        number=re.compile(_number(lexicon), re.VERBOSE),
        word=re.compile(_word(lexicon, words), re.VERBOSE),
        words=words,
        today=lexicon.words("date_today", "date_yesterday", "date_tomorrow"),
        day_words=lexicon.words("date_day_words"),
        bare_day=starts("date_after_bare_day"),
        not_day=starts("date_day_not_after"),
        lunar=lexicon.words("date_lunar"),
        feast_day=re.compile(r"[一二三四五六七八九十](?=[，。、；：）)！？”》\n]|\Z|佳节)"),
        lunar_day=re.compile(
            rf"初[一二三四五六七八九十]|(?:{TENS}|[一二三四五六七八九十])[的，是（(]?(?:{alternation(lexicon.words('date_lunar_feast'))})"
        ),
        word_after=starts("date_word_not_after"),
        word_inside=lexicon.words("date_word_inside"),
        not_month_after=starts("date_month_not_after"),
        not_month_before=lexicon.words("date_month_not_before"),
        not_round_year=starts("date_round_year_not_after"),
        minguo=lexicon.words("date_era_minguo"),
        common_era=lexicon.words("date_era_common"),
        before_era=lexicon.words("date_era_before"),
        reigns=tuple((lexicon.words(group), before, years) for group, before, years in _REIGNS),
        first_year=lexicon.words("date_reign_first_year"),
        early_year_after=starts("date_early_year_not_after"),
        counted=re.compile(rf"{alternation(lexicon.words('date_bare_not_after'))}|[页号款版点%％‰℃°$￥¥€]"),
        bare_before=lexicon.words("date_before_bare_year"),
        number_noun=re.compile(
            rf"(?:{alternation(lexicon.words('date_number_before'))})[：:为是第（( .从自由在]{{0,3}}\Z"
        ),
        year_noun=re.compile(rf"(?:{alternation(lexicon.words('date_year_noun'))})[：:为是（( 从自在于]{{0,2}}\Z"),
        year_head=re.compile(rf"(?:{alternation(lexicon.words('date_year_head'))}|(?:\n|\A)年度)[：: \n]{{0,2}}\Z"),
        future=starts("date_future_before"),
        described=re.compile(
            rf"(?:[在于][^，。；、\n]{{1,8}})?(?:{alternation(lexicon.words('date_instrument_made'))})(?:并生效)?的"
        ),
        measured=re.compile(rf"[^，。；：、\n]{{0,14}}?(?:{alternation(lexicon.words('date_measure'))})"),
        target=lexicon.words("date_target_before"),
        every_year=lexicon.words("date_every_year"),
        last_century=lexicon.words("date_last_century"),
        this_century=lexicon.words("date_this_century"),
        sent=lexicon.words("date_sent"),
        period_after=lexicon.words("date_period_after"),
        report=lexicon.words("date_report"),
    )


def _modifiers(lexicon: Lexicon) -> Mapping[str, str]:
    not_start = alternation(lexicon.words("date_not_start"))
    not_end = alternation(lexicon.words("date_not_end"))
    ends = alternation(lexicon.words("date_after_numeral_day")) + "|在(?![校职编任岗册建场线读籍])"
    weekday = "[（(](?:星期|周[一二三四五六日])"
    side = "(?:之|以)?[前后](?!往)"
    stop = rf"(?=[，。、；：）)！？”》\n]|\Z|起|以来|{weekday}|{side}|{ends}|{JOIN}[一二三四五六七八九十]{{1,2}}月)"
    short = rf"初(?!{not_start})|底(?!{not_end})|末|中(?=[，。、；：）),;以之前]|\n|\Z)"
    return {
        "tens": rf"(?<=[一二三四五六七八九十]月){TENS}{stop}",  # 八月十五，
        "month_late": rf"[上中下]旬|{short}",  # 10月中旬, 11月初
        "year_late": rf"年[初底末中]|岁末|初期(?!{not_start})|{short}",  # 2023年年底, 2023年底
        # 2026年前, 2026年以前, 2026年或之前, 2026年（含）前
        "before": rf"(?:(?<=季度)[末底])?(?:[及或](?=[以之])|[（(]含[）)])?(?:以|之)?前(?!{alternation(lexicon.words('date_not_before'))})",
    }


def _after_year(parts: Mapping[str, str]) -> str:
    return rf"""
      (?: (?P<m>{N}{{1,3}}|元) (?: 月份? (?:
              (?P<d> {N}{{1,3}} (?: (?=[日号])                                                # 7月4日
                  | (?={WEEKDAY}{JOIN}{N}{{1,3}}[日号])                                        # 13 in 8月13至17日
                  | (?=(?:{LIST}{N}{{1,3}}){{0,12}}{LIST}{N}{{1,3}}[日号]) )                          # 3 in 7月3、4日
                | {parts["tens"]} ) [日号]?
            | (?P<m_late>{parts["month_late"]}) )?
          | (?={JOIN}{N}{{1,3}}月(?!{N}{{1,3}}[日号]))                                         # 1 in 2022年1-7月
          | (?=(?:{LIST}{N}{{1,3}}){{0,12}}{LIST}{N}{{1,3}}月(?!{N})) )                               # 3 in 2024年3、5月
        | 第?(?P<q>[一二三四1234]) (?: (?:季度)?(?:{JOIN}第?(?P<quarter2>[二三四234])季度)? (?<=季度)   # 第一季度
            | (?<=第.)季(?![节报刊军赛])                                                           # 第2季
            | (?=(?:[、和及]第?[一二三四1234]){{1,3}}季度) )                                     # 三 in 第三、四季度
        | [前首](?P<q_first>[一二两三23]|(?<=首))个?季(?:度|(?![节报刊军赛]))                                                     # 前三季度
        | [前首](?P<first_months>{N}{{1,2}})个?月                                                    # 前10个月
        | (?P<h>[上下])半年
        | 度(?!假) | 间(?!隔) | (?P<y_late>{parts["year_late"]}) )"""


def _right_end(parts: Mapping[str, str]) -> str:
    return rf"""
      (?: {WEEKDAY} (?: (?:起|开始)?{JOIN} | {BETWEEN} | {AFTER} ) (?P<next_year>次年|翌年)? (?P<lead2>{N}{{1,6}})
          (?: (?P<year2>年) (?: (?P<m2>{N}{{1,3}})月 (?: (?P<d2>{N}{{1,3}}(?=[日号])|{parts["tens"]})[日号]? )? | 度   # 至2024年7月4日
                | 第?(?P<q2>[一二三四1234])季度 | (?P<h2>[上下])半年 )?                        # 至2026年一季度
            | (?P<month2>月份?) (?: (?P<md2>{N}{{1,3}}(?=[日号])|{parts["tens"]})[日号]? )?    # 至12月1日
            | (?P<day2>[日号]) )                                                               # 至5日
          (?P<late2>{parts["month_late"]}|年[底末初])? )?"""


def _number(lexicon: Lexicon) -> str:
    parts = _modifiers(lexicon)
    counted = alternation(lexicon.words("date_bare_not_after"))
    named = alternation(lexicon.words("date_after_bare_year"))
    visions = alternation(lexicon.words("date_vision"))
    seems = alternation(lexicon.words("date_seems"))
    not_told = "[" + "".join(lexicon.words("date_year_not_told")) + "0-9]"
    behind = "|".join(rf"(?<={word}{YEAR})" for word in lexicon.words("date_before_bare_year"))
    return rf"""
    (?P<lead>{N}(?<!{N}{N}){N}{{0,6}})
    (?: (?P<year>年) (?: (?P<decade>代) | {_after_year(parts)} )?
      | (?P<month>月份?) (?:
            (?P<md> {N}{{1,3}} (?: (?=[日号])
                | (?={WEEKDAY}{JOIN}{N}{{1,3}}[日号])
                | (?=(?:{LIST}{N}{{1,3}}){{0,12}}{LIST}{N}{{1,3}}[日号]) )
              | {parts["tens"]} ) [日号]?
          | (?P<month_late>{parts["month_late"]}) )?
      | (?P<day>[日号])
      | (?P<this_day>[）)]日)                                                                  # 10 in 今（10）日
      | (?P<century>世纪) (?: (?P<c_decade>{N}{{1,3}})(?:年代)? (?: {JOIN}(?P<c_decade2>{N}{{1,2}})年代 )? (?<=年代) )?
      | (?P<quarter>季度)
      | (?P<mark>[-./–]|(?<=[0-9]{{4}})\x20) (?P<nm>[0-9]{{1,2}}) (?P=mark) (?P<nd>[0-9]{{1,2}})
          (?: {JOIN} (?: (?P<ny2>{YEAR}) (?P=mark) )? (?P<nm2>[0-9]{{1,2}}) (?P=mark) (?P<nd2>[0-9]{{1,2}}) )?
          (?![0-9A-SU-Za-z_/]|[-.][0-9])   # 2024-07-04
      | (?P<dmark>[-./]) (?P<dm>[0-9]{{1,2}}) (?P=dmark) (?P<dy>{YEAR})                              # 25.10.2024
          (?: {JOIN} (?P<dd2>[0-9]{{1,2}}) (?P=dmark) (?P<dm2>[0-9]{{1,2}}) (?P=dmark) (?P<dy2>{YEAR}) )?
          (?![0-9A-Za-z_/]|[-.][0-9])
      | [/] (?P<fiscal>[0-9]{{4}}|[0-9]{{2}}) (?:学年|财年|年度|年)                                # 2023/24年度
      | (?P<open_left>) (?={WEEKDAY}{JOIN}{N}{{1,6}}[年月日号])                                # 2021 in 2021—2025年
      | (?P<listed>) (?=(?:{LIST}{N}{{4}}){{0,12}}{LIST}{N}{{4}}年)                                   # 2023 in 2023、2024年
      | (?P<cn>)(?<=[（(][一二]{N}{{3}}) {JOIN} (?P<cn2>[一二]{N}{{3}}) (?=[）)])                 # （二〇二一至二〇二五）
      | (?<={YEAR}) (?: (?P<bare>) (?: {JOIN} (?P<bare2>{YEAR}) )?
          (?: (?=[”’"》〉」』：]|{named}) | (?<=[（(]{YEAR}) (?=[）)][》”])
            | (?<=[（(]{YEAR}.{YEAR}) (?=[）)]) | (?<=[（(]{YEAR}..{YEAR}) (?=[）)])           # （2021—2025）
            | {behind}                                               # 2030 in 愿景2030
            | (?=[一-鿿]{{2,6}}(?:{visions}))                            # 2040太子城愿景
            | (?: (?<={OPEN}{YEAR}) | (?<={OPEN}{YEAR}.{YEAR}) | (?=[“「『《]) ) (?=[“「『《\u4e00-\u9fff]) (?!{counted}) )
        | {JOIN} (?P<span2>{YEAR}) (?![0-9A-Za-z_/%％‰年月日.,:-]|[（(][0-9])               # 从2016到2018
        | (?P<told>) (?=(?:{seems})?是[^，。；：\n]{{1,30}}(?<!{not_told})年份?(?:[，。；！\n]|\Z))   # 2024是合作之年
        | (?P<cell>) (?<=[\n\x20：:、，,份]{YEAR}) (?=[\n\x20：:、，,；;。）)]|\Z) )                         # 年份：2018
    )
    {_right_end(parts)}
    (?P<before>{parts["before"]})?"""


def _word(lexicon: Lexicon, words: Mapping[str, Word]) -> str:
    parts = _modifiers(lexicon)
    return rf"""
    (?P<lead>{alternation(words)})
    (?: (?<=[年度]) {_after_year(parts)}                                                         # 今年7月4日
      | (?<=月) (?: (?P<md>{N}{{1,3}})[日号] | (?P<month_late>{parts["month_late"]}) )           # 同月15日
      | (?<=底) )?
    {_right_end(parts)}
    (?P<before>{parts["before"]})?"""


def fields(match: re.Match[str]) -> Parts:
    """The parts of a match of ``Patterns.word``, which has only some of them."""
    found = match.groupdict()
    return Parts(*(found.get(name) for name in Parts._fields))


def names_before(text: str, at: int, names: tuple[str, ...]) -> str:
    """The longest of ``names`` that ends at ``at``, or an empty text."""
    if not text.endswith(names, 0, at):
        return ""
    return max((name for name in names if text.endswith(name, 0, at)), key=len)
