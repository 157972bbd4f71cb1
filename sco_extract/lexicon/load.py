"""Read the lexicon's TOML files into frozen types.

Every ``*.toml`` file of a folder is read; its top-level tables say what it holds (``[[country]]``, ``[[place]]``, …), so one
file may hold several kinds and a kind may stand in several files. All names are in simplified script.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TypeVar

from pydantic import ConfigDict, TypeAdapter, ValidationError, with_config

from sco_extract.model.diagnostics import LexiconError

DATA = Path(__file__).parent / "data"

_Entry = TypeVar("_Entry")
_known_keys_only = with_config(ConfigDict(extra="forbid"))


@_known_keys_only
@dataclass(frozen=True, slots=True)
class Country:
    """A state. ``name`` is the short form (巴基斯坦), ``formal`` the long one (巴基斯坦伊斯兰共和国)."""

    name: str
    formal: str
    iso: str
    example: str
    aliases: tuple[str, ...] = ()
    side: str = ""  # the one-character form of 巴方, 哈方


@_known_keys_only
@dataclass(frozen=True, slots=True)
class Place:
    """A city, or a province, district or zone in which events are held (``kind = "region"``)."""

    name: str
    country: str  # ISO 3166-1 alpha-2
    example: str
    aliases: tuple[str, ...] = ()
    kind: str = "city"


@_known_keys_only
@dataclass(frozen=True, slots=True)
class Organisation:
    """An international organisation: 上海合作组织 with its short form 上合组织."""

    id: str
    name: str
    example: str
    aliases: tuple[str, ...] = ()


@_known_keys_only
@dataclass(frozen=True, slots=True)
class Body:
    """A body or mechanism whose sittings make a series: 上合组织成员国元首理事会.

    A name that begins with one name of the organisation stands for the same name under its other names, too.
    """

    id: str
    name: str
    example: str
    organisation: str = ""
    aliases: tuple[str, ...] = ()
    sector: str = ""


@_known_keys_only
@dataclass(frozen=True, slots=True)
class Office:
    """An office a person holds: 总理, 外交部长, 秘书长."""

    name: str
    example: str


@_known_keys_only
@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of document by its head noun: 宣言; ``source`` is the kind of file it makes, if any."""

    name: str
    example: str
    source: str = ""


@_known_keys_only
@dataclass(frozen=True, slots=True)
class Event:
    """A head noun of events: 会议, 论坛. ``bare`` is false where the noun alone is too common for an event (周, 节)."""

    name: str
    example: str
    bare: bool = True


@_known_keys_only
@dataclass(frozen=True, slots=True)
class Sector:
    """A section of the report, with the words that put an event into it."""

    id: str
    name: str
    number: int
    words: tuple[str, ...]
    example: str


@_known_keys_only
@dataclass(frozen=True, slots=True)
class Group:
    """A named group of words that rules use: verbs of adopting, words of mode, …"""

    name: str
    words: tuple[str, ...]
    example: str


@_known_keys_only
@dataclass(frozen=True, slots=True)
class _File:
    """The tables of one file."""

    country: tuple[Country, ...] = ()
    place: tuple[Place, ...] = ()
    organisation: tuple[Organisation, ...] = ()
    body: tuple[Body, ...] = ()
    office: tuple[Office, ...] = ()
    kind: tuple[Kind, ...] = ()
    event: tuple[Event, ...] = ()
    sector: tuple[Sector, ...] = ()
    group: tuple[Group, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """All entries, in file and line order, with indexes by name and alias; equal to another of the same ``version``."""

    version: str  # 12 hexadecimal digits: a digest of the files read
    country: tuple[Country, ...] = ()
    place: tuple[Place, ...] = ()
    organisation: tuple[Organisation, ...] = ()
    body: tuple[Body, ...] = ()
    office: tuple[Office, ...] = ()
    kind: tuple[Kind, ...] = ()
    event: tuple[Event, ...] = ()
    sector: tuple[Sector, ...] = ()
    group: tuple[Group, ...] = ()
    countries: Mapping[str, Country] = field(default_factory=dict)  # by name, formal name and alias
    places: Mapping[str, Place] = field(default_factory=dict)  # by name and alias
    bodies: Mapping[str, Body] = field(default_factory=dict)  # by name and alias, under every name of the organisation
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # words by group name

    def words(self, *groups: str) -> tuple[str, ...]:
        """All words of the named groups; ``LexiconError`` for a group that no file holds."""
        found: list[str] = []
        for name in groups:
            if name not in self.groups:
                raise LexiconError(f"no lexicon file holds the group {name!r}")
            found.extend(self.groups[name])
        return tuple(dict.fromkeys(found))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Lexicon) and self.version == other.version

    def __hash__(self) -> int:
        return hash(self.version)


@cache
def load(*extra: Path) -> Lexicon:
    """The packaged lexicon, extended by every ``*.toml`` file of the ``extra`` folders.

    A later ``[[group]]`` of the same name adds its words; another entry of the same key (``iso`` of a country, else
    ``id``, else ``name``) replaces the earlier one. Raises ``LexiconError`` naming file and entry where a folder is
    missing, a file is no TOML or breaks the schema, or a place lies in a country that no file holds.
    """
    files: dict[Path, _File] = {}
    digest = hashlib.sha256()
    for path in _paths((DATA, *extra)):
        data = path.read_bytes()
        digest.update(path.name.encode() + b"\0" + data)
        files[path] = _parse(path, data)
    _check_countries(files)
    return _join(digest.hexdigest()[:12], list(files.values()))


def alternation(words: Iterable[str]) -> str:
    """A regex group body that matches the longest of ``words`` first; ``ValueError`` for no words."""
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    if not ordered:
        raise ValueError("an alternation needs a word")
    return "|".join(re.escape(word) for word in ordered)


def _paths(folders: Iterable[Path]) -> Iterable[Path]:
    for folder in folders:
        if not folder.is_dir():
            raise LexiconError(f"{folder}: no such lexicon folder")
        yield from sorted(folder.glob("*.toml"))


@cache
def _adapter() -> TypeAdapter[_File]:
    return TypeAdapter(_File)


def _parse(path: Path, data: bytes) -> _File:
    try:
        return _adapter().validate_python(tomllib.loads(data.decode("utf-8")))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise LexiconError(f"{path}: not a TOML file: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        table, *rest = first["loc"]
        where = f"entry {rest[0] + 1}, " if rest and isinstance(rest[0], int) else ""
        key = f"{rest[-1]}: " if rest and isinstance(rest[-1], str) else ""
        what = "not known here" if first["type"] == "unexpected_keyword_argument" else first["msg"]
        raise LexiconError(f"{path}: [[{table}]] {where}{key}{what}") from error


def _check_countries(files: Mapping[Path, _File]) -> None:
    known = {entry.iso for file in files.values() for entry in file.country}
    for path, file in files.items():
        for number, entry in enumerate(file.place, 1):
            if entry.country not in known:
                raise LexiconError(
                    f"{path}: [[place]] entry {number} ({entry.name}), country: no [[country]] has iso = {entry.country!r}"
                )


def _join(version: str, files: Sequence[_File]) -> Lexicon:
    country = _latest((entry for file in files for entry in file.country), lambda entry: entry.iso)
    place = _latest((entry for file in files for entry in file.place), lambda entry: entry.name)
    organisation = _latest((entry for file in files for entry in file.organisation), lambda entry: entry.id)
    body = _latest((entry for file in files for entry in file.body), lambda entry: entry.id)
    group = _merge(entry for file in files for entry in file.group)
    return Lexicon(
        version=version,
        country=country,
        place=place,
        organisation=organisation,
        body=body,
        office=_latest((entry for file in files for entry in file.office), lambda entry: entry.name),
        kind=_latest((entry for file in files for entry in file.kind), lambda entry: entry.name),
        event=_latest((entry for file in files for entry in file.event), lambda entry: entry.name),
        sector=_latest((entry for file in files for entry in file.sector), lambda entry: entry.id),
        group=group,
        countries={name: entry for entry in country for name in (*entry.aliases, entry.formal, entry.name)},
        places={name: entry for entry in place for name in (*entry.aliases, entry.name)},
        bodies=_index_bodies(body, organisation),
        groups={entry.name: entry.words for entry in group},
    )


def _index_bodies(bodies: Sequence[Body], organisations: Sequence[Organisation]) -> dict[str, Body]:
    """Bodies by every name; a name that an entry gives goes before one that is only derived."""
    index = {name: body for body in bodies for name in (*body.aliases, body.name)}
    called = {entry.id: sorted((entry.name, *entry.aliases), key=len, reverse=True) for entry in organisations}
    for body in bodies:
        for name in (body.name, *body.aliases):
            for other in _other_names(name, called.get(body.organisation, [])):
                index.setdefault(other, body)
    return index


def _other_names(name: str, organisation: Sequence[str]) -> Iterable[str]:
    """``name`` under the other names of its ``organisation`` (longest first) and with the other dashes (— - –)."""
    lead = next((one for one in organisation if name.startswith(one)), "")
    for one in organisation if lead else ("",):
        other = one + name[len(lead) :]
        yield other
        if "—" in other:
            yield other.replace("—", "-")
            yield other.replace("—", "–")


def _latest(entries: Iterable[_Entry], key: Callable[[_Entry], str]) -> tuple[_Entry, ...]:
    """One entry for each key, the last one, at the place of the first."""
    return tuple({key(entry): entry for entry in entries}.values())


def _merge(groups: Iterable[Group]) -> tuple[Group, ...]:
    merged: dict[str, Group] = {}
    for entry in groups:
        before = merged.get(entry.name)
        words = (before.words if before else ()) + entry.words
        merged[entry.name] = Group(entry.name, tuple(dict.fromkeys(words)), entry.example)
    return tuple(merged.values())
