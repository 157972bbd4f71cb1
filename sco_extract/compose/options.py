"""What a report is asked for, and the sections it has."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field

from pydantic import ConfigDict, TypeAdapter, ValidationError, with_config

from sco_extract.compose.phrases import phrases_of
from sco_extract.lexicon.load import Lexicon
from sco_extract.model.diagnostics import LexiconError
from sco_extract.values.edtf import Value


@with_config(ConfigDict(extra="forbid"))
@dataclass(frozen=True, slots=True)
class SectionPlan:
    """A section: sectors of the records that belong to it, words in a name or heading that put something there."""

    id: str
    heading: str
    sectors: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


@with_config(ConfigDict(extra="forbid"))
@dataclass(frozen=True, slots=True)
class Head:
    """What stands above the text; all of it empty where nobody has said it."""

    title: str = ""
    submitted_by: str = ""
    submitted_to: str = ""


@with_config(ConfigDict(extra="forbid"))
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
        found = TypeAdapter(Sections).validate_python(tomllib.loads(data.decode("utf-8")))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise LexiconError(f"{name}: not a TOML file: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part + 1 if isinstance(part, int) else part) for part in first["loc"])
        raise LexiconError(f"{name}: {where}: {first['msg']}; a section has id, heading, sectors, words") from error
    ids = [one.id for one in found.section]
    if twice := next((one for one in ids if ids.count(one) > 1), None):
        raise LexiconError(f"{name}: section {twice!r} stands twice; give each its own id")
    return found
