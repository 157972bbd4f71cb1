"""Decide what each piece of a page is, once all pieces are known: title, byline, article, furniture."""

from __future__ import annotations

import re
from collections.abc import Callable

from sco_extract.read.html.body import iso_day
from sco_extract.read.html.build import Piece
from sco_extract.read.html.facts import SiteFacts
from sco_extract.read.labels import find_label

# A byline is short: 2023-10-26 16:42 来源：… 作者：… 编辑：… 字体：大 中 小
_BYLINE_LENGTH = 100
# It stands among the first blocks after the title.
_BYLINE_DISTANCE = 4
_TITLE_LENGTH = 200
# A title has at least so many characters (中非合作论坛宣言 has 8); 要闻, 热点 and names of columns have fewer.
_TELLING_LENGTH = 8
_TITLE_DISTANCE = 4
# （2022年10月13日，阿斯塔纳）
_DATELINE = re.compile(r"[（(][^（()）]{4,40}[）)]")
_NUMERIC_DAY = re.compile(r"(?:19|20)\d{2}\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}")
# Styles of numbers that headings have, with the level they show where the page marks none.
_LEVELS = {"part": 2, "chapter": 2, "section": 3, "chinese": 2, "chinese_space": 2, "chinese_bracket": 3}
_HEADING_LENGTH = 40
_NO_HEADING_END = tuple("。；;，,：:")
_SPACE = re.compile(r"\s+")


def settle_pieces(pieces: list[Piece], title: str, facts: SiteFacts) -> list[Piece]:
    """The pieces in order, with title, byline and furniture marked."""
    _mark_related(pieces, facts)
    body = [at for at, piece in enumerate(pieces) if piece.inside and not piece.furniture]
    start = body[0] if body else 0
    at = _find_title(pieces, title, start)
    if at is not None:
        _make_title(pieces[at])
    elif title and not _is_said(pieces, body[:3], title):
        pieces.insert(start, Piece("heading", title, level=1, inside=True))
        at = start
    if at is not None:
        _take_datelines(pieces[at:start])
    _mark_byline(pieces, at if at is not None else start, facts)
    for piece in pieces:
        _settle(piece)
    return pieces


def _key(text: str) -> str:
    return _SPACE.sub("", text)


def _mark_related(pieces: list[Piece], facts: SiteFacts) -> None:
    for piece in pieces:
        if len(piece.text) <= _TITLE_LENGTH and piece.text.startswith(facts.furniture_headings):
            piece.furniture = True


def _find_title(pieces: list[Piece], title: str, start: int) -> int | None:
    # The nearest of: a block with the words of the page's title; a block that goes on after them or is their beginning;
    # the last h1; the last heading or bold line, where the page's title is the name of the site.
    wanted = _key(title)
    near = [at for at in range(min(start + 3, len(pieces)) - 1, -1, -1) if pieces[at].kind != "table"]
    shown = [at for at in near if not pieces[at].furniture]
    tests: tuple[tuple[list[int], Callable[[Piece], bool]], ...] = (
        (near, lambda piece: _key(piece.text) == wanted),
        (shown, lambda piece: len(piece.text) <= _TITLE_LENGTH and _is_part(_key(piece.text), wanted)),
        (shown, lambda piece: piece.kind == "heading" and piece.level == 1),
        ([at for at in shown if at < start][:_TITLE_DISTANCE], _looks_like_title),
    )
    return next((at for places, test in tests for at in places if test(pieces[at])), None)


def _is_part(text: str, wanted: str) -> bool:
    shorter, longer = sorted((text, wanted), key=len)
    return len(shorter) >= _TELLING_LENGTH and longer.startswith(shorter)


def _looks_like_title(piece: Piece) -> bool:
    if not (piece.bold or piece.kind == "heading") or piece.text.endswith(_NO_HEADING_END):
        return False
    return _TELLING_LENGTH <= len(piece.text) <= _TITLE_LENGTH


def _make_title(piece: Piece) -> None:
    piece.kind, piece.level, piece.label = "heading", 1, ""
    piece.inside, piece.furniture = True, False


def _is_said(pieces: list[Piece], body: list[int], title: str) -> bool:
    wanted = _key(title)
    return any(wanted in _key(pieces[at].text) for at in body)


def _take_datelines(between: list[Piece]) -> None:
    for piece in between:
        if not piece.furniture and _DATELINE.fullmatch(piece.text):
            piece.inside = True


def _mark_byline(pieces: list[Piece], title: int, facts: SiteFacts) -> None:
    found = False
    distance = 0
    for piece in pieces[title : title + 30]:
        if piece.kind not in ("paragraph", "list_item") or _DATELINE.fullmatch(piece.text):
            continue
        distance += piece.inside
        if distance > _BYLINE_DISTANCE:
            return
        if len(piece.text) <= _BYLINE_LENGTH and _is_byline(piece.text, facts) and not (found and not piece.inside):
            piece.kind, piece.role, piece.label, piece.level = "paragraph", "byline", "", 0
            piece.inside, piece.furniture = True, False
            found = True


def _is_byline(text: str, facts: SiteFacts) -> bool:
    match = _NUMERIC_DAY.search(text)
    if match is None or not iso_day(match.group()):
        return False
    rest = text[: match.start()] + text[match.end() :]
    # The day alone, with an hour, or beside a word such as 来源. A sentence that begins with a day has a full stop.
    return "。" not in rest and (
        any(word in rest for word in facts.byline_words) or not re.search("[\u4e00-\u9fff]{5}", rest)
    )


def _settle(piece: Piece) -> None:
    if piece.furniture or not (piece.inside or piece.note):
        piece.kind = "furniture" if piece.kind != "table" else piece.kind
        piece.furniture, piece.role, piece.level, piece.label = True, "navigation", 0, ""
        return
    label = find_label(piece.text)
    level = _LEVELS.get(label.style, 0) if label is not None else 0
    mark = label.text if label is not None else ""
    if piece.kind == "heading":
        piece.label = mark
    elif _is_bold_heading(piece, numbered=level > 0):
        piece.kind, piece.level, piece.label = "heading", level or 2, mark


def _is_bold_heading(piece: Piece, *, numbered: bool) -> bool:
    if piece.kind != "paragraph" or piece.role or not piece.bold or piece.text.endswith(_NO_HEADING_END):
        return False
    return len(piece.text) <= (_HEADING_LENGTH if numbered else _HEADING_LENGTH // 2)
