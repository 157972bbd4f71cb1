"""Short names that a document introduces: 以下简称“上合组织”."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from sco_extract.check.marks import HAN, Zones, line_at, mended, passage, titles
from sco_extract.check.sheet import Fault, Sheet, SheetCheck
from sco_extract.normalize.script import simplify

_DEFINITION = re.compile(
    rf"""
    [（(](?:[^（）()\n]{{1,40}}[,，;；])?                              # （英文缩写SCO，以下简称……）
    (?:以下)?(?:简称为?|統称|统称|下称|称)[：: ]?
    (?P<names>  (?:[“「《‘『][^”」》’』\n]{{1,20}}[”」》’』](?:[、,，和或及]|以及|或者)*)+     # “上合组织”或“本组织”
              | [A-Za-z0-9{HAN}·—-]{{2,12}})                          # 上合组织
    [）)]
    """,
    re.VERBOSE,
)
_NAME = re.compile(r"[“「《‘『]([^”」》’』\n]{1,20})[”」》’』]")
MOST = 100  # short names that are followed up in one document; nobody keeps more in mind
_NOT_DEFINED = re.compile("简称|统称|下称")
_APART = re.compile(r"[，。；：、,;\n]")  # without one of these before the brackets, what stands there is the full name


@dataclass(frozen=True, slots=True)
class _Defined:
    name: str
    start: int
    end: int
    alone: bool  # whether the brackets define nothing else


def abbreviations(sheet: Sheet) -> Iterable[Fault]:
    """A short name is used before it is introduced, is introduced twice, or is not used after it was introduced.

    Bad: ``世界贸易组织（以下简称“世贸组织”）`` in a text that never says 世贸组织 again
    Good: ``世界贸易组织`` alone, or the short name in what follows

    Limitation: only names introduced in brackets with 简称, 下称 or 统称; headings, titles and tables may use them before.
    Names everybody knows without an introduction (GDP, 中方) are not asked for one. The fix removes a second or a needless
    introduction.
    """
    text = simplify(sheet.written.text)
    if not _NOT_DEFINED.search(text) and "称“" not in text:
        return
    defined = list(_definitions(text))
    groups: dict[str, list[_Defined]] = defaultdict(list)
    for one in defined:
        groups[one.name].append(one)
    named = titles(text)
    for name, members in list(groups.items())[:MOST]:
        if _other_used(text, members[0], defined):
            continue
        yield from _judged(sheet, (text, named), name, members)


def _definitions(text: str) -> Iterator[_Defined]:
    for match in _DEFINITION.finditer(text):
        names = _NAME.findall(match["names"]) or [match["names"]]
        if _is_definition(match):
            yield from (_Defined(name, match.start(), match.end(), len(names) == 1) for name in names)


def _is_definition(match: re.Match[str]) -> bool:
    """Whether the words say so: 简称, 下称, or 以下称; a bare 称 only with quotation marks."""
    said = match.group()[: match.start("names") - match.start()]
    return _NOT_DEFINED.search(said) is not None or "以下" in said


def _judged(sheet: Sheet, read: tuple[str, Zones], name: str, members: Sequence[_Defined]) -> Iterator[Fault]:
    text, named = read
    first = members[0]
    inside = Zones(tuple(one.start for one in members), tuple(one.end for one in members))
    uses = [at for at in _uses(text, name) if at not in inside]
    for again in members[1:]:
        fix = "" if again.alone else None
        found = mended(sheet, (again.start, again.end), {"name": name, "kind": "@defined_twice"}, fix)
        yield replace(found, others=(passage(sheet, sheet.span(first.start, first.end)),))
    if not any(at >= first.end for at in uses):
        fix = "" if first.alone and len(members) == 1 else None
        yield mended(sheet, (first.start, first.end), {"name": name, "kind": "@never_used"}, fix)
    early = next(
        (at for at in uses if at < first.start and at not in named and _counts(sheet, text, at, name, first)), None
    )
    if early is not None:
        others = (passage(sheet, sheet.span(first.start, first.end)),)
        yield Fault(sheet.span(early, early + len(name)), {"name": name, "kind": "@used_before"}, others)


def _other_used(text: str, first: _Defined, defined: Sequence[_Defined]) -> bool:
    """Whether another name of the same introduction, “上合组织”或“本组织”, is used after it, and this one is not."""
    others = [one for one in defined if one.start == first.start and one.name != first.name]
    return first.name not in text[first.end :] and any(one.name in text[first.end :] for one in others)


def _uses(text: str, name: str) -> Iterator[int]:
    at = text.find(name)
    while at >= 0:
        yield at
        at = text.find(name, at + len(name))


def _counts(sheet: Sheet, text: str, at: int, name: str, first: _Defined) -> bool:
    """Whether a use before the introduction is one in running text, and no part of the full name itself."""
    line = line_at(sheet, at)
    kind = sheet.document.blocks[line.block].kind
    if kind not in ("paragraph", "list_item") or line.cell is not None:
        return False
    if not re.search("[，。；,;]", text[line.start : line.end]) or not _APART.search(text, at, first.start):
        return False
    return len(name) > 2 or name.isascii()


CHECKS = (SheetCheck("ORG601", "short-name", "info", "safe", abbreviations),)
