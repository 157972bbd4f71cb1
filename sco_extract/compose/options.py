"""What a report is asked for, and the sections it has."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field

from sco_extract.compose.phrases import phrases_of
from sco_extract.lexicon.load import Lexicon
from sco_extract.model.diagnostics import LexiconError
from sco_extract.values.edtf import Value


@dataclass(frozen=True, slots=True)
class SectionPlan:
    """A section: sectors of the records that belong to it, words in a name or heading that put something there."""

    id: str
    heading: str
    sectors: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above the text; None: what the lexicon has for the organisation of the plan, '' for nothing."""

    title: str | None = None
    submitted_by: str | None = None
    submitted_to: str | None = None


@dataclass(frozen=True, slots=True)
class Sections:
    """A file of ``--sections``: head and sections of the report, in order."""

    section: tuple[SectionPlan, ...] = ()
    head: Head = field(default_factory=Head)


@dataclass(frozen=True, slots=True)
class Options:
    """The period as first and last day, the day the draft is made on (ISO), and its sections."""

    period: Value
    as_of: str
    sections: Sections
    against: Value | None = None


def default_sections(lexicon: Lexicon) -> tuple[SectionPlan, ...]:
    """A section for each sector of the lexicon, in its order."""
    phrases = phrases_of(lexicon)
    found: list[SectionPlan] = []
    for one in sorted(lexicon.sector, key=lambda sector: sector.number):
        group = "section"
        if one.id in phrases.words("sectors_plain"):
            group = "section_plain"
        if one.id in phrases.words("sectors_bare"):
            group = "section_short"
        found.append(SectionPlan(one.id, phrases.note(group, {"sector": one.name}), (one.id,), one.words))
    return tuple(found)


def read_sections(data: bytes, name: str) -> Sections:
    """The head and sections in TOML ``data``; ``LexiconError`` names the file and the key that is wrong."""
    try:
        raw = tomllib.loads(data.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise LexiconError(f"{name}: not a TOML file: {error}") from error
    _known(raw, {"head": dict, "section": list}, name)
    head = raw.get("head", {})
    _known(head, dict.fromkeys(("title", "submitted_by", "submitted_to"), str), f"{name}: [head]")
    plans: list[SectionPlan] = []
    for number, one in enumerate(raw.get("section", []), 1):
        where = f"{name}: section {number}"
        _known(one, {"id": str, "heading": str, "sectors": list, "words": list}, where)
        if not one.get("id") or not one.get("heading"):
            raise LexiconError(f"{where}: a section has an id and a heading")
        lists = [tuple(str(word) for word in one.get(key, ())) for key in ("sectors", "words")]
        plans.append(SectionPlan(one["id"], one["heading"], *lists))
    ids = [one.id for one in plans]
    if twice := next((one for one in ids if ids.count(one) > 1), None):
        raise LexiconError(f"{name}: section {twice!r} stands twice; give each its own id")
    return Sections(tuple(plans), Head(**head))


def _known(table: object, keys: Mapping[str, type], where: str) -> None:
    """``LexiconError`` for a key that is not among ``keys``, or whose value is of another type."""
    if not isinstance(table, dict):
        raise LexiconError(f"{where}: expected a table with {', '.join(keys)}")
    for key, value in table.items():
        if key not in keys:
            raise LexiconError(f"{where}: {key!r} is not known here; the keys are {', '.join(keys)}")
        if not isinstance(value, keys[key]):
            raise LexiconError(f"{where}: {key} is no {_TYPES[keys[key]]}")


_TYPES: dict[type, str] = {str: "text", list: "list", dict: "table"}
