"""The lexicon's data proves itself: schema, order, script, no name twice, and every example fires through ``extract``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from opencc import OpenCC

from sco_extract.lexicon.jieba_words import tokenizer
from sco_extract.lexicon.load import (
    DATA,
    Body,
    Country,
    Event,
    Kind,
    Lexicon,
    Office,
    Organisation,
    Place,
    Sector,
    alternation,
    load,
)
from sco_extract.model.diagnostics import LexiconError
from sco_extract.model.records import Meeting, SourceFile
from sco_extract.normalize import normalize
from sco_extract.pipeline import extract
from sco_extract.read import read

LEXICON = load()
Entry = Country | Place | Organisation | Body | Event | Sector | Kind | Office

# How many examples one test runs: few enough to share the work among processes, many enough to keep the report short.
BATCH = 120


def names(entry: Entry) -> tuple[str, ...]:
    """All names by which the text may call the entry."""
    if isinstance(entry, Country):
        return (entry.name, entry.formal, *entry.aliases)
    if isinstance(entry, Place | Organisation | Body):
        return (entry.name, *entry.aliases)
    if isinstance(entry, Sector):
        return entry.words
    return (entry.name,)


TABLES: dict[str, tuple[Entry, ...]] = {
    "country": LEXICON.country,
    "place": LEXICON.place,
    "organisation": LEXICON.organisation,
    "body": LEXICON.body,
    "event": LEXICON.event,
    "sector": LEXICON.sector,
    "kind": LEXICON.kind,
    "office": LEXICON.office,
}
KEYS: dict[str, Callable[[Entry], object]] = {
    "country": lambda entry: entry.iso,
    "place": lambda entry: (entry.country, entry.name),
    "organisation": lambda entry: entry.id,
    "body": lambda entry: entry.id,
    "event": lambda entry: entry.name,
    "sector": lambda entry: entry.id,
}


@pytest.mark.parametrize("table", KEYS)
def test_entries_are_sorted(table: str) -> None:
    keys = [KEYS[table](entry) for entry in TABLES[table]]
    assert keys == sorted(keys)


@pytest.mark.parametrize("table", TABLES)
def test_no_name_stands_twice(table: str) -> None:
    count = Counter(name for entry in TABLES[table] for name in dict.fromkeys(names(entry)))
    assert [name for name, times in count.items() if times > 1] == []


@pytest.mark.parametrize("table", TABLES)
def test_no_alias_repeats_its_name(table: str) -> None:
    entries = TABLES[table]
    assert [entry for entry in entries if len(set(aliases := getattr(entry, "aliases", ()))) < len(aliases)] == []
    assert [entry.name for entry in entries if entry.name in getattr(entry, "aliases", ())] == []


SCRIPTS = "words_script.toml"  # about the scripts themselves


@pytest.mark.parametrize("path", sorted(set(DATA.glob("*.toml")) - {DATA / SCRIPTS}), ids=lambda path: path.stem)
def test_script_is_simplified(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    converted = OpenCC("t2s").convert(text)
    assert [pair for pair in zip(text.split("\n"), converted.split("\n"), strict=True) if pair[0] != pair[1]] == []


@pytest.mark.parametrize("table", TABLES)
def test_example_holds_the_name(table: str) -> None:
    assert [entry for entry in TABLES[table] if not any(name in entry.example for name in names(entry))] == []


def test_group_example_holds_a_word() -> None:
    assert [group.name for group in LEXICON.group if not any(word in group.example for word in group.words)] == []


def test_codes_lead_somewhere() -> None:
    isos = {country.iso for country in LEXICON.country}
    assert [place.name for place in LEXICON.place if place.country not in isos] == []
    organisations = {entry.id for entry in LEXICON.organisation} | {""}
    assert [body.id for body in LEXICON.body if body.organisation not in organisations] == []
    sectors = {entry.id for entry in LEXICON.sector} | {""}
    assert [body.id for body in LEXICON.body if body.sector not in sectors] == []
    assert {place.kind for place in LEXICON.place} == {"city", "region"}
    assert [sector.number for sector in sorted(LEXICON.sector, key=lambda s: s.number)] == list(range(1, 14))


@pytest.mark.parametrize(
    "name",
    [
        "上合组织成员国经贸部长会议",
        "上海合作组织成员国经贸部长会议",
        "上海合作组织经贸部长会议",
        "上合组织成员国政府首脑(总理)理事会",
        "东盟与中日韩（10+3）领导人会议",
        "中国-东盟外长会",
        "独立国家联合体政府首脑理事会",
    ],
)
def test_a_body_is_known_under_every_name_of_its_organisation(name: str) -> None:
    assert name in LEXICON.bodies


def test_sides_are_one_character_and_one_state() -> None:
    sides = [country.side for country in LEXICON.country if country.side]
    assert all(len(side) == 1 for side in sides)
    assert len(sides) == len(set(sides))


def test_a_place_is_a_state_only_where_both_are_one() -> None:
    shared = {name for name in LEXICON.places if name in LEXICON.countries}
    assert all(LEXICON.places[name].country == LEXICON.countries[name].iso for name in shared)


def _place_fires(place: Place, found: SourceFile) -> bool:
    return any(m.place == place.name and m.country == place.country for m in found.meetings)


def _organisation_fires(organisation: Organisation, found: SourceFile) -> bool:
    """It hosts, or someone comes from it, or an event of a forum without a secretariat is called after it."""
    hosts = {m.host for m in found.meetings} | {p.country for p in found.participants}
    return not hosts.isdisjoint(names(organisation)) or any(
        m.name.startswith(tuple(names(organisation))) for m in found.meetings
    )


def _country_fires(country: Country, found: SourceFile) -> bool:
    def said(meeting: Meeting) -> bool:
        return meeting.country == country.iso or meeting.host in names(country)

    return any(map(said, found.meetings)) or any(p.country in names(country) for p in found.participants)


FIRES: dict[str, Callable[[Entry, SourceFile], bool]] = {
    "country": _country_fires,
    "place": _place_fires,
    "organisation": _organisation_fires,
    "body": lambda entry, found: any(m.series == entry.id for m in found.meetings),
    "event": lambda entry, found: any(m.name.endswith(entry.name) for m in found.meetings),
    "sector": lambda entry, found: any(m.sector == entry.id for m in found.meetings),
    "kind": lambda entry, found: any(d.kind == entry.name for d in found.documents),
    "office": lambda entry, found: any(entry.name in (p.title or "") for p in found.participants),
}


def _batches() -> list[object]:
    return [
        pytest.param(table, entries[start : start + BATCH], id=f"{table}-{start}")
        for table, entries in TABLES.items()
        for start in range(0, len(entries), BATCH)
    ]


@pytest.mark.parametrize(("table", "batch"), _batches())
def test_example_fires(table: str, batch: tuple[Entry, ...]) -> None:
    silent = []
    for entry in batch:
        document = normalize(read(entry.example.encode(), "example.txt"))
        if not FIRES[table](entry, extract(document, LEXICON)):
            silent.append(f"{entry.name}: {entry.example}")
    assert not silent, "\n".join(silent)


def test_alternation_prefers_the_longest() -> None:
    assert alternation(["阿曼", "阿", "a+b"]) == r"a\+b|阿曼|阿"
    with pytest.raises(ValueError, match="needs a word"):
        alternation([])


def test_words_of_groups_join_once(tmp_path: Path) -> None:
    _write(tmp_path, '[[group]]\nname = "x"\nwords = ["甲", "乙"]\nexample = "甲"\n', "a.toml")
    _write(tmp_path, '[[group]]\nname = "x"\nwords = ["乙", "丙"]\nexample = "丙"\n', "b.toml")
    lexicon = load(tmp_path)
    assert lexicon.words("x") == ("甲", "乙", "丙")
    with pytest.raises(LexiconError, match="group 'y'"):
        lexicon.words("x", "y")


def test_a_folder_adds_and_replaces(tmp_path: Path) -> None:
    base = LEXICON.places["西安"]
    _write(
        tmp_path,
        '[[place]]\nname = "西安"\ncountry = "CN"\naliases = ["长安城"]\nexample = "在西安举行"\n'
        '[[place]]\nname = "新城"\ncountry = "KZ"\nexample = "在新城举行"\n',
    )
    lexicon = load(tmp_path)
    assert lexicon.places["长安城"].name == "西安"
    assert lexicon.places["新城"].country == "KZ"
    assert LEXICON.places["西安"] is base
    assert lexicon.version != LEXICON.version
    assert len(lexicon.place) == len(LEXICON.place) + 1


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("x = ", "not a TOML file"),
        ('[[plac]]\nname = "x"\n', r"\[\[plac\]\] not known here"),
        ('[[place]]\nname = "甲"\nexample = "甲"\n', r"\[\[place\]\] entry 1, country: "),
        ('[[place]]\nname = "甲"\ncountry = "XX"\nexample = "甲"\n', r"\[\[place\]\] entry 1 \(甲\), country: .*'XX'"),
        ('[[event]]\nname = "甲"\nexample = "甲"\ncolor = 1\n', r"\[\[event\]\] entry 1, color: not known here"),
    ],
)
def test_a_faulty_file_is_named(tmp_path: Path, content: str, message: str) -> None:
    _write(tmp_path, content)
    with pytest.raises(LexiconError, match=rf"own\.toml: {message}"):
        load(tmp_path)


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match="no such lexicon folder"):
        load(tmp_path / "missing")


def test_lexicon_is_a_key() -> None:
    assert {Lexicon("1"): "first"}[Lexicon("1", place=LEXICON.place)] == "first"
    assert Lexicon("1") != Lexicon("2")


def test_jieba_knows_the_names() -> None:
    import jieba

    assert list(tokenizer(LEXICON).cut("各方在乔蓬阿塔会晤")) == ["各方", "在", "乔蓬阿塔", "会晤"]
    assert list(tokenizer(LEXICON).cut("由吉尔吉斯共和国主持")) == ["由", "吉尔吉斯共和国", "主持"]
    assert tokenizer(LEXICON) is tokenizer(LEXICON)
    assert not jieba.dt.initialized


def _write(folder: Path, content: str, name: str = "own.toml") -> None:
    (folder / name).write_text(content, encoding="utf-8")
