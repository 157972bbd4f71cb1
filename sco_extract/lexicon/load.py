"""Read the lexicon's TOML files into frozen types.

Every ``*.toml`` file of a folder is read; its top-level tables say what it holds (``[[country]]``, ``[[place]]``, …), so one
file may hold several kinds and a kind may stand in several files. All names are in simplified script.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from pathlib import Path

from pydantic import ConfigDict, TypeAdapter, ValidationError

from sco_extract.model.diagnostics import LexiconError

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Country:
    """A state. ``name`` is the short form (巴基斯坦), ``formal`` the long one (巴基斯坦伊斯兰共和国)."""

    name: str
    formal: str
    iso: str
    example: str
    aliases: tuple[str, ...] = ()
    side: str = ""  # the one-character form of 巴方, 哈方


@dataclass(frozen=True, slots=True)
class Place:
    """A city, or a province, district or zone in which events are held (``kind = "region"``)."""

    name: str
    country: str  # ISO 3166-1 alpha-2
    example: str
    aliases: tuple[str, ...] = ()
    kind: str = "city"


@dataclass(frozen=True, slots=True)
class Organisation:
    """An international organisation: 上海合作组织 with its short form 上合组织."""

    id: str
    name: str
    example: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Body:
    """A body or mechanism whose sittings make a series: 上合组织成员国元首理事会."""

    id: str
    name: str
    example: str
    organisation: str = ""
    aliases: tuple[str, ...] = ()
    sector: str = ""


@dataclass(frozen=True, slots=True)
class Office:
    """An office a person holds: 总理, 外交部长, 秘书长."""

    name: str
    example: str


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of document by its head noun: 宣言; ``source`` is the kind of file it makes, if any."""

    name: str
    example: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """A head noun of events: 会议, 论坛. ``bare`` is false where the noun alone is too common to be an event (周, 节)."""

    name: str
    example: str
    bare: bool = True


@dataclass(frozen=True, slots=True)
class Sector:
    """A section of the report, with the words that put an event into it."""

    id: str
    name: str
    number: int
    words: tuple[str, ...]
    example: str


@dataclass(frozen=True, slots=True)
class Group:
    """A named group of words that rules use: verbs of adopting, words of mode, …"""

    name: str
    words: tuple[str, ...]
    example: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All entries, in file and line order, with indexes by name and alias."""

    version: str
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
    bodies: Mapping[str, Body] = field(default_factory=dict)  # by name and alias
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # words by group name

    def words(self, *groups: str) -> tuple[str, ...]:
        """All words of the named groups; ``LexiconError`` for a group that no file holds."""
        found: list[str] = []
        for name in groups:
            if name not in self.groups:
                raise LexiconError(f"no lexicon file holds the group {name!r}")
            found.extend(self.groups[name])
        return tuple(dict.fromkeys(found))

    def __hash__(self) -> int:
        return hash(self.version)


_TABLES = {
    "country": Country,
    "place": Place,
    "organisation": Organisation,
    "body": Body,
    "office": Office,
    "kind": Kind,
    "event": Event,
    "sector": Sector,
    "group": Group,
}
_ADAPTERS: dict[str, TypeAdapter[tuple[object, ...]]] = {}


@cache
def load(*extra: Path) -> Lexicon:
    """The packaged lexicon, extended by every ``*.toml`` file of the ``extra`` folders.

    A later ``[[group]]`` of the same name adds its words; other entries of the same name replace the earlier one.
    Raises ``LexiconError`` naming file and entry where a file is missing, is no TOML or breaks the schema.
    """
    tables: dict[str, dict[str, object]] = {name: {} for name in _TABLES}
    digest = hashlib.sha256()
    for path in _files((DATA, *extra)):
        data = path.read_bytes()
        digest.update(path.name.encode() + b"\0" + data)
        for name, entries in _entries(path, data).items():
            for entry in entries:
                _add(tables[name], entry)
    return _index(digest.hexdigest()[:12], tables)


def alternation(words: Iterable[str]) -> str:
    """A regex group body that matches the longest of ``words`` first; ``ValueError`` for no words."""
    import re

    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    if not ordered:
        raise ValueError("an alternation needs a word")
    return "|".join(re.escape(word) for word in ordered)


def _files(folders: Iterable[Path]) -> Iterable[Path]:
    for folder in folders:
        if not folder.is_dir():
            raise LexiconError(f"{folder}: no such lexicon folder")
        yield from sorted(folder.glob("*.toml"))


def _entries(path: Path, data: bytes) -> dict[str, tuple[object, ...]]:
    try:
        raw = tomllib.loads(data.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise LexiconError(f"{path}: not a TOML file: {error}") from error
    found: dict[str, tuple[object, ...]] = {}
    for name, rows in raw.items():
        if name not in _TABLES:
            raise LexiconError(f"{path}: unknown table [[{name}]]; known are {', '.join(_TABLES)}")
        try:
            found[name] = _adapter(name).validate_python(rows)
        except ValidationError as error:
            first = error.errors()[0]
            where = first["loc"][0] if first["loc"] else 0
            raise LexiconError(f"{path}: [[{name}]] entry {where}: {first['loc'][1:]}: {first['msg']}") from error
    return found


def _adapter(name: str) -> TypeAdapter[tuple[object, ...]]:
    if name not in _ADAPTERS:
        entry = _TABLES[name]
        entry.__pydantic_config__ = ConfigDict(extra="forbid")  # type: ignore[attr-defined]
        _ADAPTERS[name] = TypeAdapter(tuple[entry, ...])  # type: ignore[valid-type]
    return _ADAPTERS[name]


def _add(table: dict[str, object], entry: object) -> None:
    key = getattr(entry, "id", "") or getattr(entry, "name", "")
    before = table.get(key)
    if isinstance(entry, Group) and isinstance(before, Group):
        entry = Group(entry.name, tuple(dict.fromkeys(before.words + entry.words)), entry.example)
    table[key] = entry


def _index(version: str, tables: Mapping[str, Mapping[str, object]]) -> Lexicon:
    rows = {name: tuple(table.values()) for name, table in tables.items()}
    known = {item.name for item in fields(Lexicon)}
    lexicon = Lexicon(version, **{name: value for name, value in rows.items() if name in known})  # type: ignore[arg-type]
    by_name = lexicon
    object.__setattr__(
        by_name, "countries", {n: c for c in lexicon.country for n in (*c.aliases, c.formal, c.name)}
    )
    object.__setattr__(by_name, "places", {n: p for p in lexicon.place for n in (*p.aliases, p.name)})
    object.__setattr__(by_name, "bodies", {n: b for b in lexicon.body for n in (*b.aliases, b.name)})
    object.__setattr__(by_name, "groups", {g.name: g.words for g in lexicon.group})
    return lexicon
