"""Read a web page: the article without the site around it."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser

from sco_extract.model.diagnostics import ReadError
from sco_extract.read.encoding import decode
from sco_extract.read.html.body import find_article, meta_date, page_title
from sco_extract.read.html.build import Builder
from sco_extract.read.html.dom import survey
from sco_extract.read.html.facts import site_facts
from sco_extract.read.html.notes import find_notes
from sco_extract.read.html.settle import settle_pieces
from sco_extract.read.html.write import layout_of
from sco_extract.read.layout import Layout
from sco_extract.read.limits import Limits

# The standard looks for the charset in the first 1,024 bytes; sites put scripts before it.
_META_WINDOW = 4096
_META_CHARSET = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{1,40})", re.IGNORECASE)
# Tags whose end the parser supplies where it is missing, and tags without an end: they do not nest.
_FLAT = frozenset((
    "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option", "optgroup", "br", "hr", "img",
    "input", "meta", "link", "col", "area", "base", "embed", "source", "track", "wbr", "rt", "rp", "html", "head",
    "body",
))  # fmt: skip
# Authors of pages leave tags open, which no XML does: what counts as depth here is up to so many times the real one.
_OPEN_TAGS = 4
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]{0,20})")


def read_html(data: bytes, name: str, limits: Limits) -> Layout:
    """The page ``data`` as text and blocks; what surrounds the article is furniture. ``name`` is the file's, not used.

    Raises :class:`ReadError`: ``READ002`` the page is nested too deep or has too many elements, ``HTML002`` it holds no
    text, and what decoding raises.
    """
    decoded = decode(data, _declared_charset(data))
    _check_size(decoded.text, limits)
    parser = LexborHTMLParser(decoded.text)
    page = parser.body
    if page is None:
        raise _no_text()
    facts = site_facts()
    surveyed = survey(page, facts)
    notes = find_notes(page, surveyed)
    article = find_article(parser, page, surveyed, facts)
    title = page_title(parser)
    pieces = settle_pieces(Builder(surveyed, notes, article).build(page), title, facts)
    # Where <title> names the site only, the title that was found in the page is meant.
    shown = next((piece.text for piece in pieces if piece.kind == "heading" and piece.level == 1), title)
    layout = layout_of(pieces, decoded, title=shown.replace("\n", ""), date=meta_date(parser, facts))
    if not any(block.kind != "furniture" for block in layout.blocks):
        raise _no_text()
    return layout


def _declared_charset(data: bytes) -> str | None:
    match = _META_CHARSET.search(data[:_META_WINDOW])
    return match.group(1).decode("ascii") if match else None


def _check_size(text: str, limits: Limits) -> None:
    most = _OPEN_TAGS * limits.max_depth
    depth = elements = 0
    for match in _TAG.finditer(text):
        elements += 1
        if match.group(2).lower() in _FLAT:
            continue
        depth = max(0, depth - 1) if match.group(1) else depth + 1
        if depth > most:
            # A parser needs time quadratic in the depth: 100,000 nested <div> take 10 s.
            raise ReadError("READ002", f"elements nest deeper than {most}; save the article alone and read that")
    if elements > limits.max_elements:
        raise ReadError("READ002", f"the page has {elements} tags, more than {limits.max_elements}; split the page")


def _no_text() -> ReadError:
    return ReadError("HTML002", "the page holds no text (a frame, or filled by a script); save it from a browser")
