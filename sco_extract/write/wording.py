"""Words that all writers of the report share: citations, dates and numbers in Chinese, text made safe for any format."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from sco_extract.lexicon.load import load
from sco_extract.model.draft import Citation

# Code points of a quotation in a note; longer ones lose their middle. Two lines of a footnote are about a hundred.
QUOTE_LIMIT = 120
# In the list below the tables of an annex: a line of a page on its side.
ANNEX_LIMIT = 60

# What XML 1.0 cannot hold (controls, lone surrogates, U+FFFE, U+FFFF), and marks that turn the direction of what follows.
_ILLEGAL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]"
)
_BREAKS = re.compile(r"[\t\n\r\x85\u2028\u2029]+")
_DAY = re.compile(
    r"""
    (?P<year>\d{4})
    (?: - (?P<month>0[1-9]|1[0-2]) (?: - (?P<day>0[1-9]|[12]\d|3[01]) )? )?   # 2024, 2024-07, 2024-07-04
    """,
    re.VERBOSE,
)
_SPOKEN_DAY = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")  # 2024年11月5日
_MARKS = re.compile("[《〈》〉]")
_DIGITS = "零一二三四五六七八九"


def label(group: str) -> str:
    """The one word of a group of report_form.toml."""
    return load().words(group)[0]


def labels(group: str) -> tuple[str, ...]:
    """All words of a group of report_form.toml."""
    return load().words(group)


def clean(text: str) -> str:
    """``text`` as one line without what no format can hold: control characters go, line ends and tabs become a space."""
    return _BREAKS.sub(" ", _ILLEGAL.sub("", text))


def shorten(quote: str, limit: int = QUOTE_LIMIT) -> str:
    """``quote`` in at most ``limit`` code points; of a longer one the middle becomes ``……``."""
    if len(quote) <= limit:
        return quote
    kept = limit - 2
    return f"{quote[: kept - kept // 2]}……{quote[-(kept // 2) :]}"


def cite(citation: Citation) -> str:
    """A citation in words: 《title》（date），第3段：“…”."""
    return label("report_citation").format(source=named(citation), passage=passage(citation))


def named(citation: Citation) -> str:
    """The source of a citation: 《title》（date); one without a title by what it is called."""
    title = clean(citation.title).strip()
    when = in_words(citation.date) if citation.date else ""
    called = label("report_untitled").format(called=clean(citation.called or citation.source))
    return (_in_title_marks(title) if title else called) + (f"（{when}）" if when else "")


def passage(citation: Citation, limit: int = QUOTE_LIMIT) -> str:
    """The passage of a citation: 第3段：“…”, its words in at most ``limit`` code points."""
    quote = shorten(clean(citation.quote).strip(), limit)
    return label("report_passage").format(paragraph=citation.paragraph, quote=quote)


def footnote(citations: Iterable[Citation]) -> str:
    """The text of a sentence's note: every passage once, a source named once before its passages, in order."""
    grouped: dict[str, dict[str, None]] = {}
    for one in citations:
        grouped.setdefault(named(one), {})[passage(one)] = None
    said = (
        label("report_citation").format(source=source, passage="；".join(passages))
        for source, passages in grouped.items()
    )
    return label("report_footnote").format(citations="；".join(said))


def in_words(edtf: str) -> str:
    """An EDTF day, month, year or interval of days in Chinese; anything else as it is.

    2024-07-04 → 2024年7月4日; 2023-09-04/2023-09-05 → 2023年9月4日至5日.
    """
    first, _, last = edtf.partition("/")
    start, end = _DAY.fullmatch(first), _DAY.fullmatch(last)
    if not start or (last and not end):
        return clean(edtf)
    if not end:
        return _spoken(start.groups())
    shared = 0
    while shared < 2 and start.groups()[shared] == end.groups()[shared] and end.groups()[shared + 1]:
        shared += 1
    return f"{_spoken(start.groups())}至{_spoken(end.groups(), shared)}"


def _spoken(parts: tuple[str | None, ...], skipped: int = 0) -> str:
    units = zip(parts, "年月日", strict=True)
    return "".join(f"{int(part)}{unit}" for index, (part, unit) in enumerate(units) if part and index >= skipped)


def day_of(made_on: str) -> date | None:
    """The day that ``made_on`` names (2024年11月5日 or 2024-11-05), None where it names none."""
    if spoken := _SPOKEN_DAY.search(made_on):
        year, month, day = (int(part) for part in spoken.groups())
    elif (iso := _DAY.fullmatch(made_on.strip())) and iso["day"]:
        year, month, day = int(iso["year"]), int(iso["month"]), int(iso["day"])
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def width(text: str) -> float:
    """Width in characters: digits and Latin letters are half of one, and a quarter stands between them and Chinese."""
    total, before = 0.0, ""
    for character in text:
        latin = character < "\u2000"
        total += 0.5 if latin else 1.0
        if before and latin != (before < "\u2000") and character.isalnum() and before.isalnum():
            total += 0.25
        before = character
    return total


def chinese(number: int) -> str:
    """``number`` from 1 to 99 in Chinese (十三); beyond that in digits."""
    if not 0 < number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    head = "" if not tens else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return head + (_DIGITS[ones] if ones else "")


def _in_title_marks(title: str) -> str:
    """``title`` in 《》, marks inside it as 〈〉 (GB/T 15834-2011, 4.15); one that has its own marks around it keeps them."""
    if title.startswith("《") and title.find("》") == len(title) - 1:
        return title
    return f"《{_MARKS.sub(_Turned(), title)}》"


class _Turned:
    """Turns title marks by their depth: 〈〉 inside 《》, and 《》 again inside these."""

    def __init__(self) -> None:
        self.depth = 0

    def __call__(self, match: re.Match[str]) -> str:
        if match[0] in "《〈":
            self.depth += 1
            return "〈" if self.depth % 2 else "《"
        self.depth = max(self.depth - 1, 0)
        return "》" if self.depth % 2 else "〉"
