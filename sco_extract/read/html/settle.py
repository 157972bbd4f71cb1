"""Decide what each piece of a page is, once all pieces are known: title, byline, article, furniture."""

from __future__ import annotations

import re

from sco_extract.read.html.body import iso_day
from sco_extract.read.html.build import Piece
from sco_extract.read.html.facts import SiteFacts

# A byline is short: 2023-10-26 16:42 来源：… 作者：… 编辑：… 字体：大 中 小
_BYLINE_LENGTH = 100
# It stands among the first blocks after the title.
_BYLINE_DISTANCE = 4
_TITLE_LENGTH = 200
_NUMERIC_DAY = re.compile(r"(?:19|20)\d{2}\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}")
# 一、 第一章 （二）
_CHINESE = "[一二三四五六七八九十百]{1,4}"
_NUMBERED = re.compile(rf"第(?:{_CHINESE}|[0-9]{{1,3}})[章节節编編部](?:分)?|{_CHINESE}、|[（(]{_CHINESE}[）)]")
_HEADING_LENGTH = 40
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
    # The nearest of: a block with the words of the page's title; the last h1 up to the article's first block.
    wanted = _key(title)
    near = range(min(start + 3, len(pieces)) - 1, -1, -1)
    for at in near:
        if wanted and pieces[at].kind != "table" and _key(pieces[at].text) == wanted:
            return at
    for at in near:
        if pieces[at].kind == "heading" and pieces[at].level == 1 and not pieces[at].furniture:
            return at
    return None


def _make_title(piece: Piece) -> None:
    piece.kind, piece.level, piece.label = "heading", 1, ""
    piece.inside, piece.furniture = True, False


def _is_said(pieces: list[Piece], body: list[int], title: str) -> bool:
    wanted = _key(title)
    return any(wanted in _key(pieces[at].text) for at in body)


def _mark_byline(pieces: list[Piece], title: int, facts: SiteFacts) -> None:
    found = False
    distance = 0
    for piece in pieces[title : title + 30]:
        if piece.kind not in ("paragraph", "list_item"):
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
    match = _NUMBERED.match(piece.text)
    if piece.kind == "heading" and match:
        piece.label = match.group()
    elif piece.kind == "paragraph" and not piece.role and len(piece.text) <= _HEADING_LENGTH:
        ends = piece.text.endswith(tuple("。；;，,：:"))
        if piece.bold and not ends and (match or len(piece.text) <= _HEADING_LENGTH // 2):
            piece.kind, piece.level, piece.label = "heading", _level(match), match.group() if match else ""


def _level(match: re.Match[str] | None) -> int:
    return 3 if match is not None and match.group()[0] in "（(" else 2
