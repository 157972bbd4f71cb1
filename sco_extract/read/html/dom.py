"""Walk a parsed page without recursion, and measure it: text, links, tables, ids, what is hidden.

A stranger's page may nest deeper than Python's stack, so every walk here is a loop.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

from sco_extract.read.html.facts import SiteFacts

DROPPED = frozenset((
    "script", "style", "noscript", "template", "head", "iframe", "frame", "frameset", "object", "embed", "svg",
    "math", "canvas", "audio", "video", "button", "select", "textarea", "input", "datalist", "rt", "rp", "map",
    "-comment",
))  # fmt: skip
FURNITURE_TAGS = frozenset(("nav", "aside", "footer", "form", "dialog", "menu"))
FURNITURE_ROLES = frozenset(("navigation", "complementary", "contentinfo", "banner", "search"))

_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_PROSE_MARKS = re.compile("[。！？；，、]")
_SPACE = re.compile(r"\s+")


def walk(root: LexborNode, skip: Callable[[LexborNode], bool]) -> Iterator[tuple[bool, LexborNode]]:
    """Every node below and including ``root``: ``(True, node)`` going in and ``(False, node)`` coming out.

    Subtrees for which ``skip`` is true are left out. Text nodes come in only.
    """
    top = root.mem_id
    node: LexborNode | None = root
    while node is not None:
        if not skip(node):
            yield True, node
            below = node.first_child
            if below is not None:
                node = below
                continue
            yield False, node
        node = yield from _next_after(node, top)


def _next_after(node: LexborNode, top: int) -> Generator[tuple[bool, LexborNode], None, LexborNode | None]:
    # A generator that returns the next node to enter, leaving finished parents on the way.
    here: LexborNode | None = node
    while here is not None and here.mem_id != top:
        if here.next is not None:
            return here.next
        here = here.parent
        if here is not None:
            yield False, here
    return None


def attribute(node: LexborNode, name: str) -> str:
    """The value of an attribute, ``""`` where it is missing or empty."""
    return node.attributes.get(name) or ""


def is_dropped(node: LexborNode) -> bool:
    """Whether a reader of the page does not see this subtree."""
    tag = node.tag
    if tag == "-text":
        return False
    if tag in DROPPED or tag is None or tag.startswith("-"):
        return tag != "-document"
    attributes = node.attributes
    return "hidden" in attributes or bool(_HIDDEN.search(attributes.get("style") or ""))


@dataclass(slots=True)
class Measure:
    """Counts below one element: characters that are no space, those in links, in prose, in furniture's prose, and tags."""

    text: int = 0
    linked: int = 0
    prose: int = 0
    boiled: int = 0
    links: int = 0
    tables: int = 0
    rows: int = 0
    cells: int = 0
    headers: int = 0
    largest_cell: int = 0

    def add(self, other: Measure) -> None:
        """Count a child in."""
        self.text += other.text
        self.linked += other.linked
        self.prose += other.prose
        self.links += other.links
        self.tables += other.tables
        self.rows += other.rows
        self.cells += other.cells
        self.headers += other.headers
        self.largest_cell = max(self.largest_cell, other.largest_cell)


@dataclass(slots=True)
class Survey:
    """A page measured: everything by ``mem_id`` of its element."""

    measures: dict[int, Measure] = field(default_factory=dict)
    order: dict[int, int] = field(default_factory=dict)
    dropped: set[int] = field(default_factory=set)
    furniture: set[int] = field(default_factory=set)
    ids: dict[str, LexborNode] = field(default_factory=dict)
    anchors: list[LexborNode] = field(default_factory=list)

    def measure(self, node: LexborNode) -> Measure:
        """The counts of ``node``, zero for one that was dropped."""
        return self.measures.get(node.mem_id) or Measure()


def survey(root: LexborNode, facts: SiteFacts) -> Survey:
    """Measure everything below ``root``."""
    found = Survey()
    stack: list[Measure] = [Measure()]
    links = 0

    def skip(node: LexborNode) -> bool:
        if not is_dropped(node):
            return False
        found.dropped.add(node.mem_id)
        return True

    for entering, node in walk(root, skip):
        tag = node.tag
        if tag == "-text":
            if entering:
                _count_text(stack[-1], node.text_content or "", linked=links > 0)
            continue
        change = 1 if entering else -1
        links += change * (tag == "a")
        if entering:
            found.order[node.mem_id] = len(found.order)
            _note_names(found, node)
            if _looks_like_furniture(node, facts):
                found.furniture.add(node.mem_id)
            stack.append(Measure())
        else:
            done = stack.pop()
            _count_element(done, tag or "")
            found.measures[node.mem_id] = done
            stack[-1].add(done)
    _settle_furniture(found, root)
    return found


def _settle_furniture(found: Survey, root: LexborNode) -> None:
    # A wrapper that holds most of the page (<body class="nav-open">) is no furniture, whatever its class says.
    half = found.measure(root).prose / 2
    found.furniture = {key for key in found.furniture if not found.measures[key].prose > half}
    stack = [0]
    for entering, node in walk(root, lambda node: node.mem_id in found.dropped):
        if node.tag == "-text":
            continue
        if entering:
            stack.append(0)
            continue
        measure = found.measures[node.mem_id]
        boiled = stack.pop()
        measure.boiled = measure.prose if node.mem_id in found.furniture else boiled
        stack[-1] += measure.boiled


def _count_text(measure: Measure, text: str, *, linked: bool) -> None:
    length = len(_SPACE.sub("", text))
    measure.text += length
    if linked:
        measure.linked += length
    elif length >= 40 or _PROSE_MARKS.search(text):
        # 40 characters without a mark are still a sentence (a title is shorter); navigation words are neither.
        measure.prose += length


def _count_element(measure: Measure, tag: str) -> None:
    if tag == "a":
        measure.links += 1
    elif tag in ("td", "th"):
        measure.cells += 1
        measure.headers += tag == "th"
        measure.largest_cell = max(measure.largest_cell, measure.text)
    elif tag == "tr":
        measure.rows += 1
    elif tag == "table":
        measure.tables += 1


def _note_names(found: Survey, node: LexborNode) -> None:
    attributes = node.attributes
    for name in (attributes.get("id"), attributes.get("name") if node.tag == "a" else None):
        if name:
            found.ids.setdefault(name, node)
    if node.tag == "a" and (attributes.get("href") or "").startswith("#"):
        found.anchors.append(node)


def _looks_like_furniture(node: LexborNode, facts: SiteFacts) -> bool:
    if node.tag in FURNITURE_TAGS:
        return True
    attributes = node.attributes
    if (attributes.get("role") or "").lower() in FURNITURE_ROLES:
        return True
    named = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"[:500]
    return any(word.lower() in facts.furniture_words for word in _WORD.findall(named))
