"""Titles in one document: notes inside their marks, short forms that name nothing, titles without marks."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping

from ahocorasick_rs import AhoCorasick, MatchKind

from sco_extract.check.reading import REACH, enclosed, word_pattern
from sco_extract.check.rule import Passage
from sco_extract.check.sheet import Fault, Sheet, SheetCheck
from sco_extract.link.fold import title_key
from sco_extract.model.records import Span
from sco_extract.normalize.script import simplify

# Shorter titles (《日历》, 《北京宣言》) are words of the language, too.
SHORTEST = 8
# In 《…》: a bracket with a day or month, or with a place behind a year: （2005年10月26日，莫斯科）
_NOTE = re.compile(
    r"《[^《》\n]{0,80}[（(](?P<note>[^（）()《》\n]{0,20}[12][0-9]{3}年[0-9]{1,2}月[^（）()《》\n]{0,20})[）)][^《》\n]{0,80}》"
)
_YEARS = re.compile(r"[（(][0-9年—–~～至到-]+[）)]$")  # 《……行动计划（2021—2025年）》
_MARK = "《〈“「『"
_INTRODUCED = ("adopted", "approved", "signed", "agreed")


def note_in_title(sheet: Sheet) -> Iterator[Fault]:
    """A note with the date or place of a document stands inside the marks of its title.

    The note belongs behind the closing mark, that of a nested title behind the outer one or nowhere.

    Good: 《上合组织成员国政府间救灾互助协定》（2005年10月26日，莫斯科）. Bad: 《……救灾互助协定（2005年10月26日，莫斯科）》.

    Limitation: brackets with years alone (（2021—2025年）, （2024年版）) are parts of titles and left alone. Basis: GB/T 15834-2011,
    4.15: the marks enclose the name of the work.
    """
    text = sheet.document.text.text
    for match in _NOTE.finditer(text):
        span = sheet.read_span(match.start("note") - 1, match.end("note") + 1)
        yield Fault(span, {"note": match["note"]})


def bare_title(sheet: Sheet) -> Iterator[Fault]:
    """A title says only what kind of document it is, and the text does not say which.

    Good: 《上合组织秘书处与粮农组织谅解备忘录》 … 《谅解备忘录》 later in the same text; 《公约》 after 以下简称《公约》.
    Bad: 作为执行《谅解备忘录》的一部分, where no memorandum was named, or two were.

    Limitation: what a meeting is said to have adopted or signed under such a title (会议发表《联合公报》) is named by its meeting.
    """
    generic = frozenset(sheet.lexicon.words("proof_generic_titles"))
    bare = [one for one in sheet.record.documents if one.title in generic and one.refers_to is None]
    if not bare:
        return
    text = sheet.record.text
    issued, short = word_pattern(sheet.lexicon, "proof_issued"), word_pattern(sheet.lexicon, "proof_said_short")
    defined = _defined(sheet)
    named = {title: _antecedents(sheet, title) for title in {one.title for one in bare}}
    for one in bare:
        before = simplify(text[max(0, one.span.start - 8) : one.span.start])
        if one.action in _INTRODUCED or one.draft or one.date or one.body or short.search(before):
            continue
        if issued.search(_clause(text, one.span.start)) or one.title in defined:
            continue
        count = bisect_left(named[one.title], one.span.start)
        if count != 1:
            why = f"@antecedents:{count}" if count else "@no_antecedent"
            yield Fault(one.span, {"title": one.title, "why": why})


def _antecedents(sheet: Sheet, title: str) -> list[int]:
    """Where documents whose titles end with ``title`` are first named, in order."""
    first: dict[str, int] = {}
    for one in sheet.record.documents:
        if one.title != title and _YEARS.sub("", one.title).endswith(title):
            first.setdefault(title_key(one.title, sheet.lexicon), one.span.start)
    return sorted(first.values())


def _defined(sheet: Sheet) -> set[str]:
    """Short forms that the text introduces: （以下简称《公约》）, （简称“公约”）."""
    text = sheet.document.text.text
    return {
        text[match.end() + 1 : match.end() + 1 + len(title)]
        for match in word_pattern(sheet.lexicon, "proof_said_short").finditer(text)
        for title in sheet.lexicon.words("proof_generic_titles")
        if text.startswith(title, match.end() + 1)
    }


def _clause(text: str, at: int) -> str:
    """What stands before ``at`` in its sentence, in simplified script."""
    start = max(text.rfind(mark, max(0, at - REACH), at) for mark in "。；\n") + 1
    return simplify(text[max(start, at - REACH) : at])


def without_marks(sheet: Sheet) -> Iterator[Fault]:
    """The title of a document stands without 《》.

    Known titles are those that have their marks elsewhere in the text, and a few that are always cited with them.

    Good: 《联合国气候变化框架公约》. Bad: 联合国气候变化框架公约 in a sentence, above all where the text has it in 《》 elsewhere.

    Limitation: names of meetings with a title in them (区域全面经济伙伴关系协定领导人会议), headings and the title of the text
    itself need no marks.
    Basis: GB/T 15834-2011, 4.15.
    """
    text = sheet.document.text.text
    lines = {line.start: line.end for line in sheet.document.lines}
    known = _known(sheet)
    titles = sorted(known)
    finder = AhoCorasick(titles, matchkind=MatchKind.LeftmostLongest)
    for number, start, end in finder.find_matches_as_indexes(text):
        if _is_bare(sheet, text, (start, end), lines):
            example = known[titles[number]]
            others = (Passage(sheet.record.source.id, example),) if example else ()
            span = sheet.read_span(start, end)
            yield Fault(span, {"title": titles[number]}, others, fix=f"《{span.quote}》")


def _known(sheet: Sheet) -> Mapping[str, Span | None]:
    """Titles that stand in 《》 somewhere in the text, with the place, and those of the lexicon."""
    known: dict[str, Span | None] = dict.fromkeys(sheet.lexicon.words("proof_known_titles"))
    for one in sheet.record.documents:
        if one.kind and len(one.title) >= SHORTEST and one.span.quote[:1] in _MARK:
            known.setdefault(one.title, one.span)
            known[one.title] = known[one.title] or one.span
    return known


def _is_bare(sheet: Sheet, text: str, place: tuple[int, int], lines: Mapping[int, int]) -> bool:
    """Whether the title at ``place`` stands in running text without marks, and is not a part of a longer title."""
    start, end = place
    if text[start - 1 : start] in tuple(_MARK) or text[end : end + 1] in tuple("》〉”」』") or enclosed(text, start):
        return False
    if word_pattern(sheet.lexicon, "proof_title_in_name").match(text, end):
        return False
    first = text.rfind("\n", 0, start) + 1
    last = lines.get(first, len(text))
    around = text[max(first, start - REACH) : min(last, end + REACH)]
    return last - first > end - start + SHORTEST and any(mark in around for mark in "。，；,;")


CHECKS = (
    SheetCheck("INS403", "note-in-title", "warning", "none", note_in_title),
    SheetCheck("INS405", "bare-title", "warning", "none", bare_title),
    SheetCheck("INS407", "without-marks", "info", "unsafe", without_marks),
)
