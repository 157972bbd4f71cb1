"""Participants on a whole communiqué, and on text made to slow the rules down."""

from __future__ import annotations

from pathlib import Path

import pytest
from growth import assert_linear

from sco_extract.extract.participants import find_participants
from sco_extract.extract.unit import Unit
from sco_extract.lexicon.load import load
from sco_extract.model.mentions import ParticipantMention
from sco_extract.normalize import normalize
from sco_extract.read import read

SEEDS = Path(__file__).parents[2] / "shared" / "seeds"


def participants(data: bytes) -> tuple[ParticipantMention, ...]:
    return find_participants(Unit(normalize(read(data, "case.txt")), load()))


def test_roles_of_a_communique() -> None:
    path = next(SEEDS.glob("003_*.txt"), None)
    if path is None:
        pytest.skip("no seed documents beside the project")
    found = participants(path.read_bytes())
    roles = [one.role for one in found]
    assert (len(found), roles.count("member"), roles.count("official")) == (16, 9, 4)
    assert [one.name for one in found if one.role == "observer"] == ["戈洛夫琴科", "奥云额尔登"]
    assert [len(one.mentions) for one in found[:5]] == [2, 2, 2, 2, 3]


def test_every_office_of_the_lexicon_finds_its_person() -> None:
    missed = [one.name for one in load().office if len(participants(one.example.encode())) != 1]
    assert missed == []


def test_names_have_no_spaces() -> None:
    (one,) = participants("哈萨克斯坦共和国总统　　托 卡 耶 夫\n".encode())
    assert one.name == "托卡耶夫"


@pytest.mark.parametrize(
    "text",
    [
        "总统总理" * 20_000 + "出席",
        "总统阿尔巴出席、" * 5_000,
        "总统阿·阿·阿·阿·" * 5_000 + "出席",
        "中国俄罗斯" * 10_000 + "总统出席",
        "中国—" * 20_000 + "总统阿巴出席",
        "中国总统\n" * 10_000,
        "中国" + "部长兼" * 20_000 + "阿巴出席",
        "出席" * 40_000,
    ],
)
def test_hostile_text_is_linear(text: str) -> None:
    def find_in(size: int) -> None:
        find_participants(Unit(normalize(read(text[:size].encode(), "case.txt")), load()))

    assert_linear(find_in, len(text))
