"""Names of the OOXML elements the Word reader knows, and small readers for their attributes.

Everything is in the transitional namespaces of ECMA-376 part 4; ``package.py`` renames the strict ones (ISO/IEC 29500-1)
while parsing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lxml.etree import _Element

W_NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R_NS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
M_NS = "http://schemas.openxmlformats.org/officeDocument/2006/math"
MC_NS = "http://schemas.openxmlformats.org/markup-compatibility/2006"

W = f"{{{W_NS}}}"
R_ID = f"{{{R_NS}}}id"
VAL = f"{W}val"
W_ID = f"{W}id"

P, R, T, TBL, TR, TC = (W + name for name in ("p", "r", "t", "tbl", "tr", "tc"))
P_PR, R_PR, TR_PR, TC_PR = (W + name for name in ("pPr", "rPr", "trPr", "tcPr"))
SDT, SDT_CONTENT, SECT_PR, TXBX_CONTENT = (W + name for name in ("sdt", "sdtContent", "sectPr", "txbxContent"))
INS, DEL, MOVE_TO, MOVE_FROM = (W + name for name in ("ins", "del", "moveTo", "moveFrom"))
ALTERNATE = f"{{{MC_NS}}}AlternateContent"
FALLBACK = f"{{{MC_NS}}}Fallback"
MATH_TEXT = f"{{{M_NS}}}t"

_FALSE = frozenset({"0", "false", "off"})
_TEXT_TAGS = (T, f"{W}sym", MATH_TEXT)


def value(parent: _Element | None, name: str) -> str | None:
    """``w:val`` of the child ``w:name``, or None where parent, child or attribute is missing."""
    child = parent.find(W + name) if parent is not None else None
    return child.get(VAL) if child is not None else None


def number(text: str | None, default: int, *, low: int = -1_000_000, high: int = 1_000_000) -> int:
    """An XML integer within ``low..high``; ``default`` where it is missing or no number."""
    try:
        return min(max(int(text), low), high) if text is not None and len(text) < 20 else default
    except ValueError:
        return default


def toggle(parent: _Element | None, name: str) -> bool | None:
    """A Word on/off property: True and False where ``w:name`` says so, None where it is absent."""
    child = parent.find(W + name) if parent is not None else None
    if child is None:
        return None
    return child.get(VAL, "true").lower() not in _FALSE


def chosen_branch(alternate: _Element) -> _Element | None:
    """The one branch of ``mc:AlternateContent`` to read: the first that holds text, else the first.

    Word writes a text box twice, as DrawingML (``mc:Choice``) and as VML (``mc:Fallback``), with the same text.
    """
    branches = [child for child in alternate if isinstance(child.tag, str)]
    for branch in branches:
        if next(branch.iter(*_TEXT_TAGS), None) is not None:
            return branch
    return branches[0] if branches else None


_TRANSPARENT = frozenset(
    [
        SDT,
        SDT_CONTENT,
        INS,
        MOVE_TO,
        *(W + name for name in ("customXml", "smartTag", "hyperlink", "bdo", "dir", "fldSimple")),
    ]
)


def children(parent: _Element, wanted: Iterable[str]) -> Iterator[_Element]:
    """Descendants with a tag in ``wanted``, in document order, looking through wrappers that hold content.

    Content controls, custom XML, insertions and ``mc:AlternateContent`` are such wrappers; deletions are not.
    """
    tags = frozenset(wanted)
    stack = list(reversed(parent))
    while stack:
        element = stack.pop()
        if element.tag in tags:
            yield element
        elif element.tag == ALTERNATE:
            branch = chosen_branch(element)
            stack.extend(reversed(branch) if branch is not None else ())
        elif element.tag in _TRANSPARENT:
            stack.extend(reversed(element))
