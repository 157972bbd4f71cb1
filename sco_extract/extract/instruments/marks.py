"""Where titles stand: the marks that open and close them, well paired or not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sco_extract.extract.instruments.words import Words

# Longest title met in official Chinese texts: about 150 characters; the bound keeps hostile text linear.
LONGEST = 300
# Titles nest two deep, three at most (a report on a plan to carry out a declaration); the bound has the same reason.
DEEPEST = 5
_OPEN = re.compile(r"《|<<|〈|＜|«|‹|「|『|<(?=[一-鿿“])")
_MARK = re.compile(r"<<|>>|[《》〈〉＜＞«»‹›<>\n]")
_OPENERS = {"《": "》", "<<": ">>", "〈": "〉", "＜": "＞", "«": "»", "‹": "›", "<": ">"}
_CLOSERS = {close: mark for mark, close in _OPENERS.items()}
_OUTER = frozenset("《»«") | {"<<", ">>", "》"}
_CORNER = {
    "「": re.compile(r"「(?:[^「」『』\n。；！？]|『[^「」『』\n。]{1,60}』){2,120}」"),
    "『": re.compile(r"『(?:[^「」『』\n。；！？]|「[^「」『』\n。]{1,60}」){2,120}』"),
}
# Behind an earlier title: 「A」（2022年9月16日，撒馬爾罕）、 and so on up to the next.
_LISTED = re.compile(r"(?:[（(][^（）()\n]{1,40}[）)])?[、，,]?(?:和|及|与|以及)?\Z")
# Code points from which a quoted text is the name of a document by its kind alone: 巴黎协定, 货物贸易协议, and others.
_SHORT_NAME, _MIDDLE_NAME, _LONG_NAME = 4, 6, 12
_KNOWN = 200  # titles of a text among which a short form is looked for; keeps hostile text linear
_YEAR = re.compile(r"(?:19|20)\d\d")
_NESTED_TO_INNER = str.maketrans(
    {"《": "〈", "》": "〉", "＜": "〈", "＞": "〉", "‹": "〈", "›": "〉", "«": "〈", "»": "〉"}
)
_CORNER_TO_INNER = str.maketrans("「」『』", "“”〈〉")
_HAN_SPACE = re.compile(r"(?<=[一-鿿，、：（）“”〈〉—])\s+|\s+(?=[一-鿿，、：（）“”〈〉—])")
_DOUBLED = re.compile(r"〈([^〈〉]+)〉")
_SUBTITLE = re.compile(r"[—–―-]{1,2}|[：:]")
_TAG = re.compile(r"[<>]{1,2}")


@dataclass(frozen=True, slots=True)
class Title:
    """A title in its marks: ``start`` to ``end`` cover the marks; ``text`` is without the outer ones, normalized."""

    start: int
    end: int
    text: str
    rule: str


def find_titles(text: str, words: Words) -> Iterator[Title]:
    """Outermost titles in order. Marks that nest wrongly are read as meant; an opening mark without partner is passed."""
    at = 0
    known: set[str] = set()
    while found := _OPEN.search(text, at):
        title = _corner(text, found, words, at, known) if found[0] in _CORNER else _title_at(text, found, words)
        if title:
            known.add(title.text)
            yield title
            at = title.end
        else:
            at = found.end()


def head_noun(title: str, words: Words) -> str | None:
    """The kind a title ends in, brackets, years and quotes behind it left aside: 谅解备忘录（草案） → 备忘录."""
    for _ in range(4):
        if found := words.kind.search(title[-6:]):
            return None if words.not_kind.search(title[-6:]) else found[0]
        tail = words.tail.search(title[-48:])
        if not tail or tail.start() == tail.end():
            return None
        title = title[: len(title) - (tail.end() - tail.start())]
    return None


def titled_kind(title: str, words: Words) -> str | None:
    """The kind of a title, also where a subtitle follows the head noun: 三亚宣言——打造命运共同体."""
    if kind := head_noun(title, words):
        return kind
    for cut in _SUBTITLE.finditer(title):
        head = title[: cut.start()]
        if words.firm_kind.search(head[-6:]):
            return head_noun(head, words)
    return None


def clean_title(text: str) -> str:
    """Without layout spaces, with nested marks as 〈〉."""
    text = text.strip().replace("<<", "〈").replace(">>", "〉").translate(_NESTED_TO_INNER)
    text = _TAG.sub(lambda mark: "〈" if mark[0][0] == "<" else "〉", text)
    text = _HAN_SPACE.sub("", text)
    doubled = _DOUBLED.fullmatch(text)
    return doubled[1] if doubled else text


def _title_at(text: str, found: re.Match[str], words: Words) -> Title | None:
    mark = found[0]
    end = _closing(text, found)
    if mark == "《" or mark == "<<":
        if end is None:
            return _recover(text, found, words) if mark == "《" else None
        inner = clean_title(text[found.end() : end[0]])
        if mark == "<<" and not re.search(r"[一-鿿]{3}", inner):
            return None
        return Title(found.start(), end[1], inner, "T001" if mark == "《" else "T002") if inner else None
    if end is None:
        return None
    inner = clean_title(text[found.end() : end[0]])
    return Title(found.start(), end[1], inner, "T002") if len(inner) > 3 and head_noun(inner, words) else None


def _closing(text: str, found: re.Match[str]) -> tuple[int, int] | None:
    """Start and end of the mark that closes the title opened by ``found``; None where the line or the bound ends first."""
    stack = [found[0]]
    limit = min(len(text), found.end() + LONGEST)
    marks = _MARK.finditer(text, found.end(), limit)
    for here in marks:
        mark = here[0]
        if mark == "\n":
            return None
        if mark in _OPENERS:
            stack.append(mark)
            if len(stack) > DEEPEST:
                return None
            continue
        _close(stack, mark, _next_mark(text, here.end(), limit))
        if not stack:
            return None if _runs_on(text, found.end(), here.start()) else (here.start(), here.end())
    return None


def _close(stack: list[str], mark: str, after: str) -> None:
    """Take from ``stack`` what ``mark`` closes. ``after`` is the next mark: it tells a wrong mark from a missing one."""
    if stack[-1] == _CLOSERS[mark]:
        stack.pop()
    elif len(stack) > 1:
        outer_meant = mark in _OUTER and stack[0] == _CLOSERS[mark] and after not in _CLOSERS
        if outer_meant:
            stack.clear()  # 《落实〈X纲要行动计划》: the inner mark was never closed
        else:
            stack.pop()  # 《落实〈X》行动计划》: the inner mark was closed by the wrong one
    elif mark not in {">", ">>"} and after not in _CLOSERS:
        stack.clear()  # 《X〉


def _next_mark(text: str, at: int, limit: int) -> str:
    found = _MARK.search(text, at, limit)
    return found[0] if found else ""


def _runs_on(text: str, start: int, end: int) -> bool:
    """Whether a sentence ends inside: then the opening mark belongs to an earlier title that was never closed."""
    stop = text.find("。", start, end)
    return stop >= 0 and (end - start > 60 or text.find("《", stop, end) >= 0)


def _recover(text: str, found: re.Match[str], words: Words) -> Title | None:
    """A title whose closing mark is missing: up to its head noun, where what follows cannot belong to it."""
    stop = text.find("\n", found.end(), found.end() + LONGEST)
    limit = min(found.end() + 64, stop if stop >= 0 else len(text))
    recovered = words.recovered.match(text, found.end(), limit)
    if not recovered or len(recovered[0]) < 4:
        return None
    return Title(found.start(), recovered.end(), clean_title(recovered[0]), "T004")


def _names(inner: str, quoted: str, kind: str, words: Words) -> bool:
    """Whether a quoted text that ends in ``kind`` is a name by its form, wherever it stands.

    「巴黎協定」, 「天津宣言」: kinds that hardly stand in a slogan; other kinds only with a year, a nested title, or at
    some length, since 「全球發展倡議」 and 「上海精神」 are no documents.
    """
    if words.verb.match(inner) or words.corner_false.search(inner):
        return words.verb.match(inner) is not None and bool({*quoted[1:-1]} & {*"「『〈"})
    if {*quoted[1:-1]} & {*"「『〈"}:
        return True
    if words.clause.search(inner):
        return False
    if _YEAR.search(inner) or (inner.startswith("关于") and len(inner) >= _LONG_NAME):
        return True
    size = len(inner)
    if words.corner_kind.search(inner) or (words.firm_kind.search(inner) and size >= _MIDDLE_NAME):
        return size >= _SHORT_NAME
    return size >= _LONG_NAME and words.soft_kind.fullmatch(kind) is None


def _short_form(inner: str, before: str, known: set[str], words: Words) -> bool:
    """（以下簡稱「公約」） behind a title, and the last word of an earlier title on its own: 「備忘錄」."""
    if words.shortened.search(before):
        return bool(known)
    return len(known) <= _KNOWN and any(title.endswith(inner) for title in known)


def _corner(text: str, found: re.Match[str], words: Words, last: int, known: set[str]) -> Title | None:
    """「…」 that holds a title: it ends in a kind of document, and is no speech, slogan or name of a concept.

    ``last`` is where the title before it ended, ``known`` are the titles found so far: a title stays one.
    """
    quoted = _CORNER[found[0]].match(text, found.start())
    if not quoted:
        return None
    inner = clean_title(quoted[0][1:-1]).translate(_CORNER_TO_INNER)
    before = text[max(0, found.start() - 40) : found.start()]
    kind = titled_kind(inner, words)
    if not kind or words.pronoun.match(inner) or (words.speech.search(before) and not words.shortened.search(before)):
        return None
    listed = last > 0 and found.start() - last <= 48 and _LISTED.match(text[last : found.start()])
    named = inner in known or _names(inner, quoted[0], kind, words) or _short_form(inner, before, known, words)
    governed = (
        words.governor.search(before) or words.collective.search(before) or words.passive.match(text, quoted.end())
    )
    dated = re.match(r"[（(]\d{4}年", text[quoted.end() : quoted.end() + 8])
    return Title(quoted.start(), quoted.end(), inner, "T003") if governed or listed or named or dated else None
