"""Whole numbers as Chinese documents write them: 24, 二十四, 廿四, 二〇二四, 二千零二十四."""

from __future__ import annotations

from functools import lru_cache

DIGITS = {char: value for value, char in enumerate("〇一二三四五六七八九")} | {"○": 0, "零": 0, "两": 2}
_TENS = {"廿": 20, "卅": 30}
_UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10_000}
NUMERAL = "0-9" + "".join(DIGITS) + "".join(_TENS) + "十百千"  # inside a character class


@lru_cache(maxsize=4096)
def to_int(text: str) -> int | None:
    """The number that ``text`` writes, or None where it is no well-formed number.

    Understands Arabic digits (full-width too), digits read one by one (二〇二四), and numbers with units up to 万
    (二千零二十四, 十二, 一百零八). A mixture such as 2十 is None.

    >>> to_int("二〇二四"), to_int("廿五"), to_int("二千零二十四"), to_int("2十")
    (2024, 25, 2024, None)
    """
    if text.isdecimal():
        return int(text)
    if not text:
        return None
    if "0" in text:
        text = text.replace("0", "〇")  # 二00八年, as typed without 〇
    if all(char in DIGITS for char in text):
        return _by_digits(text)
    return _by_units(text)


def to_chinese(number: int) -> str:
    """``number`` from 1 to 9999 in Chinese numerals with units; any other in Arabic digits.

    >>> to_chinese(23), to_chinese(80), to_chinese(110), to_chinese(1005)
    ('二十三', '八十', '一百一十', '一千零五')
    """
    if not 0 < number < 10_000:
        return str(number)
    said = ""
    for unit, value in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit, number = divmod(number, value)
        if digit:
            said += "零一二三四五六七八九"[digit] + unit
        elif said and number and not said.endswith("零"):
            said += "零"
    return said.removeprefix("一") if said.startswith("一十") else said


def _by_digits(text: str) -> int | None:
    """二〇二四: one digit after the other; 两 stands only alone."""
    if "两" in text and len(text) > 1:
        return None
    value = 0
    for char in text:
        value = value * 10 + DIGITS[char]
    return value


def _by_units(text: str) -> int | None:
    """二千零二十四: digits before falling units, 零 where a unit is left out."""
    total = 0
    digit: int | None = None
    below = 100_000
    for char in text:
        if char in _UNITS:
            unit = _UNITS[char]
            if unit >= below or digit == 0 or (digit is None and unit != 10):
                return None
            total += (1 if digit is None else digit) * unit
            digit, below = None, unit
        elif char in _TENS:
            if below <= 10 or digit:
                return None
            total, digit, below = total + _TENS[char], None, 10
        elif char in DIGITS:
            if digit:
                return None
            digit = DIGITS[char]
        else:
            return None
    return total + (digit or 0)
