"""Numbers in Chinese and Arabic figures."""

from __future__ import annotations

import pytest

from sco_extract.values.numerals import to_int


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("7", 7),
        ("２０２４", 2024),
        ("零", 0),
        ("两", 2),
        ("十", 10),
        ("十二", 12),
        ("三十一", 31),
        ("廿", 20),
        ("廿五", 25),
        ("卅一", 31),
        ("一百零八", 108),
        ("一百一十", 110),
        ("二〇二四", 2024),
        ("二零二四", 2024),
        ("二○二四", 2024),
        ("二千零二十四", 2024),
        ("两千零四", 2004),
        ("两千", 2000),
        ("一万二千", 12000),
    ],
)
def test_numbers(text: str, value: int) -> None:
    assert to_int(text) == value


@pytest.mark.parametrize("text", ["", "2十", "十十", "千", "百二", "两两", "二三十", "abc", "十百", "廿十", "七月"])
def test_no_numbers(text: str) -> None:
    assert to_int(text) is None


def _write(value: int) -> str:
    digits = "零一二三四五六七八九"
    tens, ones = divmod(value, 10)
    head = {0: "", 1: "十"}.get(tens, digits[tens] + "十")
    return head + (digits[ones] if ones or not tens else "")


@pytest.mark.parametrize("value", range(100))
def test_every_number_to_ninety_nine(value: int) -> None:
    assert to_int(_write(value)) == value
