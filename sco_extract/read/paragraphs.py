"""Lines of a text file -> which of them belong to one paragraph; shared by plain text and Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median_high

from sco_extract.model.document import Block
from sco_extract.model.span import Span

SPACES = " \t\u00a0\u3000\u2000-\u200a\u202f\u200b\ufeff\x1c-\x1f\x85"
_LINE = re.compile(r"[^\r\n\f\u2028]*(\r\n|[\r\n\f\u2028]|\Z)")
_LEFT = re.compile(f"[{SPACES}]*")
_NARROW = re.compile(r"[\x20-\x7e]")

# The end of a sentence or of a clause that a list of items may follow, closing marks and note calls included.
FINAL = re.compile(
    r"(?:[。！？!?…；;：:]|[A-Za-z0-9)][.])[”’\"'」』）)\]〕】*_]*(?:<sup>.{1,6}</sup>|[①-⑳]|\[\^?[0-9]{1,3}\])*\Z"
)
OPEN = re.compile(r"[，、,（(《〈“「『]\Z")  # more of the sentence must follow
SENTENCE = re.compile(r"[，。；,;]")
PAIRS = ("《》", "（）", "“”", "「」")
CLAUSE = re.compile(r"[，。；、,;]")
CAPTION = re.compile(
    r"""(?:表|图|圖)\s?[0-9一二三四五六七八九十]{1,3}(?![0-9]*[年月日.、所显顯中])  # 表1 进出口额, but 表1显示
      | (?:资料|資料|数据|數據)[来來]?源\s?[:：] | 注\s?[:：]""",
    re.VERBOSE,
)
DATELINE = re.compile(
    r"[（(]?[^，。；]{0,20}[0-9〇○零一二三四五六七八九十]{1,4}\s?年[^，。；]{0,20}日?[^，。；]{0,12}[）)]?\Z"
)

PROSE = 20  # columns (a Chinese character is one): shorter lines are headings, names, dates, cells
MIN_WRAPPED = 3  # lines of equal length, with marks inside, that make a text wrapped by a machine; two happen by chance
WRAP_SHARE = 0.7  # of the unfinished lines, those that end at the margin; paragraphs typed as lines reach 0.2
MARGIN = 3  # columns that punctuation rules and Latin words leave free at the right margin
WIDEST = 90  # columns; longer lines are paragraphs


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line without its outer white space. ``indent`` in columns; ``gap``: an empty line, ``page``: a page break before."""

    start: int
    end: int
    text: str
    indent: int = 0
    gap: bool = False
    page: bool = False


@dataclass(frozen=True, slots=True)
class Setting:
    """How a text is set: the width at which it is wrapped (0: not), whether paragraphs are indented, end in a mark."""

    wrap: float = 0.0
    indented: bool = False
    finished: bool = False


def split_lines(source: str, taken: Iterable[Span] = ()) -> list[TextLine]:
    """The lines of ``source`` that are not empty, without those that lie in the ranges ``taken``."""
    lines: list[TextLine] = []
    gap = page = False
    ranges = iter((*taken, Span(len(source) + 1, len(source) + 1)))
    table = next(ranges)
    for match in _LINE.finditer(source):
        low, high = match.start(), match.start(1)
        while table.end <= low:
            table = next(ranges)
            gap = True
        left = _LEFT.match(source, low, high)
        start = left.end() if left else low
        if start == high or (table.start < high and low < table.end):
            gap = True
        else:
            text = source[start:high].rstrip()
            lines.append(TextLine(start, start + len(text), text, _columns(source[low:start]), gap, page))
            gap = page = False
        page = page or match.group(1) == "\f"
        if match.end() == len(source):
            break
    return lines


def _columns(space: str) -> int:
    return sum(4 if character == "\t" else 2 if character == "\u3000" else 1 for character in space)


def width(text: str) -> float:
    """Columns of a line: one a Chinese character, half of one an ASCII character."""
    return len(text) - 0.5 * len(_NARROW.findall(text))


def is_final(text: str) -> bool:
    """Whether a paragraph can end like this."""
    return FINAL.search(text[-24:]) is not None


def is_prose(text: str) -> bool:
    """Whether a line is running text by its length and marks, not a heading, a name, a date or a cell."""
    return width(text) >= PROSE and CLAUSE.search(text) is not None and "\t" not in text


def find_setting(lines: Sequence[TextLine]) -> Setting:
    """How ``lines`` are set; judged by all of them together."""
    least = min((line.indent for line in lines), default=0)
    long = [line for line in lines if width(line.text) >= PROSE]
    shifted = sum(1 for line in long if line.indent >= least + 2)
    ends = sum(1 for line in long if is_final(line.text))
    return Setting(
        wrap=_wrap_width(lines, len(long)),
        indented=shifted >= 2 and shifted >= 0.15 * len(long),
        finished=bool(long) and ends >= 0.6 * len(long),
    )


def _wrap_width(lines: Sequence[TextLine], long: int) -> float:
    """The right margin: where the unfinished lines end that another line follows at once, if they end in one place."""
    pairs = [
        (before, after)
        for before, after in pairwise(lines)
        if not after.gap and width(before.text) >= PROSE and not is_final(before.text)
    ]
    if len(pairs) < MIN_WRAPPED or len(pairs) < 0.3 * long:
        return 0.0
    ends = [width(before.text) + before.indent / 2 for before, _ in pairs]
    margin = median_high(ends)
    close = sum(1 for columns in ends if abs(columns - margin) <= MARGIN)
    # Titles or names in a list may have lines of one length (with 、 in them), but no sentence runs through them.
    running = sum(1 for before, after in pairs if SENTENCE.search(before.text) or SENTENCE.search(after.text[:-1]))
    finished = any(is_final(after.text) for _, after in pairs)
    sure = close >= WRAP_SHARE * len(ends) and 2 * running >= len(pairs) and finished
    return margin if sure and margin <= WIDEST else 0.0


def joins(before: TextLine, after: TextLine, setting: Setting, least_indent: int = 0) -> bool:
    """Whether ``after`` goes on with the paragraph of ``before``; both are plain text, no label or note starts ``after``."""
    if after.gap or after.page or "\t" in before.text or "\t" in after.text:
        return False
    if setting.indented and after.indent >= least_indent + 2:
        return False
    final = is_final(before.text)
    if not final and _is_closed_by(before.text, after.text):
        return True
    if setting.wrap:
        full = width(before.text) + before.indent / 2 >= setting.wrap - MARGIN
        return full and (not final or setting.indented)
    if final:
        return False
    if OPEN.search(before.text) and width(before.text) >= PROSE / 2:
        return True
    # A title may list states with 、; only the marks of a sentence make a running text.
    running = width(before.text) >= PROSE and SENTENCE.search(before.text) is not None
    return running and setting.finished and is_final(after.text) and width(after.text) >= 8


def _is_closed_by(before: str, after: str) -> bool:
    """Whether ``after`` closes a mark that ``before`` opens: …《联合 / 声明》和…"""
    return any(
        is_left_open(before, pair) and after.find(pair[1]) >= 0 and not _opens_first(after, pair) for pair in PAIRS
    )


def is_left_open(text: str, pair: str) -> bool:
    """Whether the last opening mark of ``pair`` stays open to the end of ``text``."""
    return text.rfind(pair[0]) > text.rfind(pair[1])


def _opens_first(text: str, pair: str) -> bool:
    return 0 <= text.find(pair[0]) < text.find(pair[1])


def find_continuations(source: str, blocks: Sequence[Block], skipped: Sequence[Span] = ()) -> Iterator[tuple[int, int]]:
    """Pairs (later, earlier) of paragraphs that a page break, a note or a figure cut in two.

    The earlier half is long and ends within a sentence, without any mark; nothing but notes, furniture and captions (and
    their tables) stands between; the later half begins like the rest of a sentence and ends like a paragraph. An empty
    line alone cuts only what holds a whole sentence or is too long for a title (90 columns): titles end without a mark.
    """
    texts = {index: source[block.span.start : block.span.end] for index, block in enumerate(blocks)}
    waiting: int | None = None
    last = 0  # the half at hand: the waiting paragraph, or the last part that went on with it
    for index, block in enumerate(blocks):
        text = texts[index]
        if block.kind in ("furniture", "footnote") or block.role == "caption":
            continue
        if block.kind == "table":
            waiting = waiting if index and blocks[index - 1].role == "caption" else None
            continue
        if block.kind != "paragraph":
            waiting = None
            continue
        apart = index - last > 1 or "\f" in source[blocks[last].span.end : block.span.start]
        if waiting is not None and (apart or _is_no_title(texts[last])) and _goes_on(text):
            yield index, waiting
            last = index
            if is_final(text):
                waiting = None
            continue
        waiting, last = (index if _is_cut(text) else None), index


CUT = re.compile(r"[\u4e00-\u9fffA-Za-z0-9，、,]\Z")
BEGINS = re.compile(r"[\u4e00-\u9fffA-Za-z0-9，、。；：,;）》〉”」』]")


def _is_cut(text: str) -> bool:
    plain = re.sub(r"<[^<>]{0,20}>", "", text[-40:]).rstrip()
    if width(text) < PROSE * 1.5 or DATELINE.match(text[-60:]):
        return False
    return is_prose(text) and CUT.search(plain) is not None


def _is_no_title(text: str) -> bool:
    return "。" in text or width(text) > WIDEST


def _goes_on(text: str) -> bool:
    return BEGINS.match(text) is not None and (is_final(text) or _is_cut(text))
