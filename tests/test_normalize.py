"""Normalizing: each step, the script conversion against the package's own converter, and the way back to the source."""

from __future__ import annotations

import random
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from opencc import OpenCC

from sco_extract.model.document import Document
from sco_extract.model.mapped import MappedText
from sco_extract.normalize import STEPS, normalize
from sco_extract.normalize.script import script_of, simplify
from sco_extract.read import read

REFERENCE = OpenCC("t2s")
TO_TRADITIONAL = OpenCC("s2t")
SEEDS = Path(__file__).parent / "../../shared/seeds"
RUN = {step.id: step.run for step in STEPS}

SIMPLIFIED = (
    "东盟与中日韩领导人会议发表联合声明，强调维护产业链供应链稳定。各方一致同意深化农业、能源和数字经济合作，"
    "并请秘书处就项目清单提出建议。会议由主席国主持，观察员和对话伙伴列席。着眼于后续落实，部长们决定每年举行一次磋商。"
)


def _step(name: str, text: str) -> str:
    return RUN[name](MappedText.of(text)).text


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("fold_ideographs", "7⽉4⽇，⻓江", "7月4日，长江"),
        ("fold_ideographs", "㈠ 目标", "㈠ 目标"),
        ("unify_circle_zero", "二○二四年七月", "二〇二四年七月"),
        ("unify_circle_zero", "二Ｏ二四年", "二〇二四年"),
        ("unify_circle_zero", "二OO八年", "二〇〇八年"),
        ("unify_circle_zero", "二００八年", "二〇〇八年"),
        ("unify_circle_zero", "一九九○年代", "一九九〇年代"),
        ("unify_circle_zero", "○ 主要目标", "○ 主要目标"),
        ("unify_circle_zero", "张○○代表", "张○○代表"),
        ("unify_circle_zero", "１００年，第１０届，100年", "１００年，第１０届，100年"),
        ("fold_width_digits", "２０２４年７月，ＡＰＥＣ（第３次）", "2024年7月，APEC（第3次）"),
        ("unify_dashes", "2021‒2025年，2021－2025年，2021―2025年", "2021–2025年，2021-2025年，2021—2025年"),
        ("unify_dashes", "3〜5日", "3～5日"),
        ("unify_dashes", "2021—2025年、中国-东盟、3~5日、10%～20%", "2021—2025年、中国-东盟、3~5日、10%～20%"),
        ("join_spaced_cjk", "2024 年 7 月 4 日", "2024年7月4日"),
        ("join_spaced_cjk", "于 2024 年\u00a0在河内举行", "于2024年在河内举行"),
        ("join_spaced_cjk", "总理李  强、王\u3000毅", "总理李强、王毅"),
        ("join_spaced_cjk", "2021 — 2025年，1 ~ 10 月", "2021—2025年，1~10月"),
        ("join_spaced_cjk", "6月25日, 金边", "6月25日,金边"),
        ("join_spaced_cjk", "理事会 (2024年) 通过", "理事会(2024年)通过"),
        ("join_spaced_cjk", "1. 贸易合作", "1. 贸易合作"),
        ("join_spaced_cjk", "1) 贸易合作", "1) 贸易合作"),
        ("join_spaced_cjk", "ASEAN Plus Three 会议", "ASEAN Plus Three 会议"),
        ("join_spaced_cjk", "2023 2024 2025", "2023 2024 2025"),
        ("join_spaced_cjk", "序号\t名称", "序号 名称"),
        ("join_spaced_cjk", "外交部长    某某", "外交部长 某某"),
        ("join_spaced_cjk", "部长\u200b会议", "部长会议"),
        ("to_simplified", "東盟與中日韓領導人會議", "东盟与中日韩领导人会议"),
        ("to_simplified", "麵對曆史，平方公裏，經濟複蘇", "面对历史，平方公里，经济复苏"),
        ("to_simplified", "显著、著名、瞭望", "显著、著名、瞭望"),
    ],
)
def test_step(name: str, before: str, after: str) -> None:
    assert _step(name, before) == after


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.id)
def test_step_without_work_returns_the_same_object(step: object) -> None:
    text = MappedText.of("各方同意继续落实《行动计划》，并于2025年在河内举行会议。")
    assert RUN[step.id](text) is text  # type: ignore[attr-defined]


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.id)
@given(text=st.text(alphabet="二○〇ＯO0２2年月日 \u3000\u00a0\t\n會议，,.)(—-‒〜⽉\u200bab", max_size=60))
@settings(deadline=None)
def test_step_keeps_lines_and_is_stable(step: object, text: str) -> None:
    once = RUN[step.id](MappedText.of(text))  # type: ignore[attr-defined]
    assert once.text.count("\n") == text.count("\n")


def test_every_step_is_documented_with_an_example() -> None:
    for step in STEPS:
        assert step.run.__doc__ and "->" in step.run.__doc__ and "Left alone" in step.run.__doc__


def _document(text: str) -> Document:
    return read(text.encode(), "a.txt")


def test_lines_follow_the_normalized_text() -> None:
    text = "第１次會議\r\n\r\n會議於 2024 年 7 月 4 日在河內舉行，各方同意就合作交換意見。\r\n"
    document = normalize(_document(text))
    assert [document.text.text[line.start : line.end] for line in document.lines] == [
        "第1次会议",
        "会议于2024年7月4日在河内举行，各方同意就合作交换意见。",
    ]
    at = document.text.text.index("2024年7月4日")
    span = document.text.span(at, at + len("2024年7月4日"))
    assert document.source[span.start : span.end] == "2024 年 7 月 4 日"


def test_steps_are_named_replayable_and_can_be_left_out() -> None:
    raw = _document("會議於 ２０２４ 年舉行。\n與會各方同意繼續磋商。\n")
    whole = normalize(raw)
    assert whole.steps == tuple(step.id for step in STEPS)
    replayed = raw
    for name in whole.steps:
        replayed = normalize(replayed, [step for step in STEPS if step.id == name])
    assert replayed == whole
    kept = normalize(raw, [step for step in STEPS if step.id != "to_simplified"])
    assert kept.text.text.startswith("會議於2024年舉行。")


@given(st.text(alphabet="會議于２０２4 年月\u3000\u00a0-—○二\n，。李强abc\t⽉", min_size=1, max_size=80))
@settings(deadline=None)
def test_every_range_of_the_reading_text_comes_from_the_source(text: str) -> None:
    if not text.strip(" \t\r\n\u3000\u00a0"):
        return
    document = normalize(_document(text))
    for line in document.lines:
        for at in range(line.start, line.end):
            span = document.text.span(at, at + 1)
            assert 0 <= span.start <= span.end <= len(document.source)
            if document.text.text[at] in "，。abc":
                assert document.source[span.start : span.end] == document.text.text[at]


# --- script ---------------------------------------------------------------------------------------------------------


def _entries(name: str) -> list[str]:
    text = (files("opencc") / "dictionary" / name).read_text(encoding="utf-8")
    return [line.split("\t")[0] for line in text.splitlines() if line.strip()]


def test_every_phrase_and_character_converts_as_the_package_does() -> None:
    entries = _entries("TSPhrases.txt") + _entries("TSCharacters.txt")
    assert len(entries) > 4000
    assert [entry for entry in entries if simplify(entry) != REFERENCE.convert(entry)] == []


def test_long_texts_of_both_scripts_convert_as_the_package_does() -> None:
    simplified = SIMPLIFIED * 60
    traditional = TO_TRADITIONAL.convert(simplified)
    assert traditional != simplified
    assert simplify(traditional) == REFERENCE.convert(traditional)
    assert simplify(simplified) == REFERENCE.convert(simplified) == simplified


def test_overlapping_phrases_convert_as_the_package_does() -> None:
    phrases = _entries("TSPhrases.txt")
    chance = random.Random(7)
    alphabet = "".join(phrases)
    for _ in range(400):
        parts = (chance.choice(phrases) if chance.random() < 0.5 else chance.choice(alphabet) for _ in range(10))
        text = "".join(parts)
        assert simplify(text) == REFERENCE.convert(text)


@given(st.text(alphabet="乾隆坤淨瞭解著名覆藉口於會議𠮷𫝈㑮發髮后後里裏，。 a", max_size=30))
@settings(deadline=None)
def test_any_text_converts_as_the_package_does(text: str) -> None:
    converted = simplify(text)
    assert converted == REFERENCE.convert(text)
    assert len(converted) == len(text)


def test_simplified_text_costs_nothing() -> None:
    text = SIMPLIFIED * 5
    assert simplify(text) is text


@pytest.mark.parametrize(
    ("text", "script"),
    [
        (SIMPLIFIED, "hans"),
        (TO_TRADITIONAL.convert(SIMPLIFIED), "hant"),
        (SIMPLIFIED + "會", "hans"),
        (TO_TRADITIONAL.convert(SIMPLIFIED) + "总麵公裏曆複", "hant"),
        (SIMPLIFIED + TO_TRADITIONAL.convert(SIMPLIFIED), "mixed"),
        ("2024 ASEAN", "hans"),
        ("峰會", "hant"),
        ("乾县显著", "hans"),
    ],
)
def test_script_of(text: str, script: str) -> None:
    assert script_of(text) == script


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the five real documents are not part of the package")
def test_real_documents_convert_as_the_package_does() -> None:
    scripts = []
    for path in sorted(SEEDS.glob("*.txt")):
        text = path.read_bytes().decode("utf-8")
        assert simplify(text) == REFERENCE.convert(text)
        scripts.append(script_of(text))
    assert scripts == ["hans", "hans", "hans", "hans", "hant"]
