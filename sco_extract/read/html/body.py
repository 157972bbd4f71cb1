"""Find the article in a page, its title, and what the page says about itself."""

from __future__ import annotations

import re
from datetime import date

from selectolax.lexbor import LexborHTMLParser, LexborNode

from sco_extract.read.html.dom import Survey, attribute
from sco_extract.read.html.facts import SiteFacts

# An element holds the article if this share of the page's prose (outside links and furniture) is in it. A named
# element needs less than a nameless one, because its name is evidence too.
_SHARE_NAMED = 0.5
_SHARE_NAMELESS = 0.85

_CONTAINERS = frozenset((
    "body", "div", "section", "article", "main", "center", "table", "tbody", "tr", "td", "span", "font", "form",
))  # fmt: skip
_ROWS = frozenset(("table", "tbody", "tr"))

# 2024-07-04, 2024/7/4, 2024年7月4日, 20240704
_DAY = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*[-/.年]?\s*(\d{1,2})\s*[-/.月]?\s*(\d{1,2})(?!\d)")
# What stands between the title of an article and the name of its site: 公报_某某网, 公报 | 某某网, 公报-某某网
_SITE_SEPARATOR = re.compile(r"\s*[_|｜]\s*|\s+[-–—·]\s+|(?<=.{7}\D)-(?=[^-\d]{2,12}$)|\s*-{2,}\s*")


def find_article(parser: LexborHTMLParser, page: LexborNode, survey: Survey, facts: SiteFacts) -> LexborNode:
    """The element that holds the article: a well-known selector if it holds enough, else the densest container."""
    total = _own_prose(page, survey)
    if total == 0:
        return page
    for selector in facts.selectors:
        nodes = [node for node in parser.css(selector) if node.mem_id in survey.measures]
        best = max(nodes, key=lambda node: _own_prose(node, survey), default=None)
        if best is not None and _own_prose(best, survey) >= _SHARE_NAMED * total:
            return best
    return _densest(page, survey, total)


def _own_prose(node: LexborNode, survey: Survey) -> int:
    measure = survey.measure(node)
    return measure.prose - measure.boiled


def _densest(page: LexborNode, survey: Survey, total: int) -> LexborNode:
    here, outer = page, page
    while True:
        below = here.first_child
        inner: LexborNode | None = None
        while below is not None and inner is None:
            if below.tag in _CONTAINERS and _own_prose(below, survey) >= _SHARE_NAMELESS * total:
                inner = below
            below = below.next
        if inner is None:
            # A table that stops the descent between its rows is the article's own table: take what is around it.
            return outer if here.tag in _ROWS else here
        outer = inner if inner.tag not in _ROWS and here.tag not in ("td",) else outer
        here = inner
        if here.tag == "td":
            outer = here


def meta_date(parser: LexborHTMLParser, facts: SiteFacts) -> str:
    """The day of publication by the page's ``<meta>`` elements as an ISO day, ``""`` where none says it."""
    stated: dict[str, str] = {}
    for node in parser.css("meta[content]"):
        for name in ("name", "property", "itemprop", "http-equiv"):
            key = attribute(node, name).strip().lower()
            if key:
                stated.setdefault(key, attribute(node, "content"))
    for key in facts.date_metas:
        day = iso_day(stated.get(key, ""))
        if day:
            return day
    return ""


def iso_day(text: str) -> str:
    """The first day written in ``text`` as an ISO day, ``""`` where there is none or it does not exist."""
    match = _DAY.search(text)
    if match is None:
        return ""
    year, month, day = (int(part) for part in match.groups())
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


def page_title(parser: LexborHTMLParser) -> str:
    """The article's title as the page's head states it: ``og:title``, else ``<title>`` without the site's name."""
    for selector in ("meta[property='og:title']", "meta[name='ArticleTitle']", "meta[name='articletitle']"):
        node = parser.css_first(selector)
        if node is not None and attribute(node, "content").strip():
            return _without_site(_one_line(attribute(node, "content")), parser)
    node = parser.css_first("head > title") or parser.css_first("title")
    return _without_site(_one_line(node.text()), parser) if node is not None else ""


def _one_line(text: str) -> str:
    return " ".join(text[:1000].split())


def _without_site(title: str, parser: LexborHTMLParser) -> str:
    shown = {_one_line(node.text()) for node in parser.css("h1")}
    parts = [part for part in _SITE_SEPARATOR.split(title) if part]
    for part in (title, *parts):
        if part in shown:
            return part
    if len(parts) < 2:
        return title
    # The title stands first; where a site puts its own name first, the title is the longer part.
    return parts[0] if len(parts[0]) >= 8 else max(parts, key=len)
