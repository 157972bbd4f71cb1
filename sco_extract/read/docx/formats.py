"""Word's number formats (ECMA-376 part 1, 17.18.59 ``ST_NumberFormat``): a number as a list label shows it."""

from __future__ import annotations

from collections.abc import Callable

_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
    (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщыэюя"  # Word leaves out ё, й, ъ and ь
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_COMMON = "〇一二三四五六七八九"
_LEGAL_SIMPLIFIED = ("零壹贰叁肆伍陆柒捌玖", "拾佰仟", "万")
_LEGAL_TRADITIONAL = ("零壹貳參肆伍陸柒捌玖", "拾佰仟", "萬")
_COUNTING = ("零一二三四五六七八九", "十百千", "万")
_COUNTING_TRADITIONAL = ("零一二三四五六七八九", "十百千", "萬")
_LARGEST = 99_999_999  # two groups of four digits; larger numbers stay decimal
_LONGEST = 26 * 20  # aa, bb … repeat the letter; Word itself stops at 780


def _roman(value: int) -> str:
    if not 0 < value < 32_768:
        return str(value)
    parts = []
    for size, sign in _ROMAN:
        parts.append(sign * (value // size))
        value %= size
    return "".join(parts)


def _letters(alphabet: str) -> Callable[[int], str]:
    def render(value: int) -> str:
        if not 0 < value <= _LONGEST:
            return str(value)
        times, at = divmod(value - 1, len(alphabet))
        return alphabet[at] * (times + 1)

    return render


def _one_of(signs: str) -> Callable[[int], str]:
    return lambda value: signs[value - 1] if 0 < value <= len(signs) else str(value)


def _digits(signs: str) -> Callable[[int], str]:
    table = str.maketrans("0123456789", signs)
    return lambda value: str(value).translate(table)


def _group(value: int, digits: str, units: str) -> str:
    """A number below 10,000 in units of ten, hundred and thousand: 1,024 is 一千零二十四."""
    text, gap = "", False
    for power in (3, 2, 1, 0):
        digit = value // 10**power % 10
        if digit:
            text += (digits[0] if gap and text else "") + digits[digit] + (units[power - 1] if power else "")
            gap = False
        else:
            gap = True
    return text


def _counting(signs: tuple[str, str, str], *, short_ten: bool = False) -> Callable[[int], str]:
    digits, units, myriad = signs

    def render(value: int) -> str:
        if not 0 < value <= _LARGEST:
            return digits[0] if value == 0 else str(value)
        high, low = divmod(value, 10_000)
        text = _group(high, digits, units) + myriad if high else ""
        text += digits[0] if high and 0 < low < 1000 else ""
        text += _group(low, digits, units)
        return text[1:] if short_ten and text.startswith(digits[1] + units[0]) else text

    return render


_thousands = _counting(_COUNTING, short_ten=True)
_thousands_traditional = _counting(_COUNTING_TRADITIONAL, short_ten=True)


def _chinese_counting(value: int) -> str:
    """一 … 九十九 with units, from 100 on digit by digit (一〇〇), as Word shows ``chineseCounting``."""
    return _thousands(value) if 0 <= value < 100 else _digits(_COMMON)(value)


def _japanese_counting(value: int) -> str:
    """Units without a leading one: 百, 千二百, but 一万."""
    if not 0 < value < 10_000:
        return _thousands(value)
    text = ""
    for power, unit in ((3, "千"), (2, "百"), (1, "十"), (0, "")):
        digit = value // 10**power % 10
        if digit:
            text += ("" if digit == 1 and power else _COMMON[digit]) + unit
    return text


def _sexagenary(value: int) -> str:
    return _STEMS[(value - 1) % 10] + _BRANCHES[(value - 1) % 12] if 0 < value <= 60 else str(value)


def _ordinal(value: int) -> str:
    ending = "th" if value % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
    return f"{value}{ending}"


_CIRCLED = "".join(map(chr, (*range(0x2460, 0x2474), *range(0x3251, 0x3260), *range(0x32B1, 0x32C0))))  # ① to ㊿
_legal_simplified = _counting(_LEGAL_SIMPLIFIED)
_legal_traditional = _counting(_LEGAL_TRADITIONAL)

_RENDER: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalHalfWidth": str,
    "decimalZero": lambda value: f"{value:02d}",
    "decimalFullWidth": _digits("０１２３４５６７８９"),
    "decimalFullWidth2": _digits("０１２３４５６７８９"),
    "decimalEnclosedCircle": _one_of(_CIRCLED[:20]),
    "decimalEnclosedCircleChinese": _one_of(_CIRCLED),
    "decimalEnclosedParen": _one_of("".join(map(chr, range(0x2474, 0x2488)))),
    "decimalEnclosedFullstop": _one_of("".join(map(chr, range(0x2488, 0x249C)))),
    "numberInDash": lambda value: f"- {value} -",
    "hex": lambda value: f"{value:X}",
    "ordinal": _ordinal,
    "upperRoman": _roman,
    "lowerRoman": lambda value: _roman(value).lower(),
    "upperLetter": _letters(_LATIN.upper()),
    "lowerLetter": _letters(_LATIN),
    "russianUpper": _letters(_RUSSIAN.upper()),
    "russianLower": _letters(_RUSSIAN),
    "chineseCounting": _chinese_counting,
    "taiwaneseCounting": _chinese_counting,
    "chineseCountingThousand": _thousands,
    "taiwaneseCountingThousand": _thousands_traditional,
    "japaneseCounting": _japanese_counting,
    "japaneseDigitalTenThousand": _digits(_COMMON),
    "taiwaneseDigital": _digits("○一二三四五六七八九"),
    "ideographDigital": _digits(_COMMON),
    "koreanDigital2": _digits("零一二三四五六七八九"),
    "chineseLegalSimplified": _legal_simplified,
    "ideographLegalTraditional": _legal_traditional,
    "ideographTraditional": _one_of(_STEMS),
    "ideographZodiac": _one_of(_BRANCHES),
    "ideographZodiacTraditional": _sexagenary,
    "ideographEnclosedCircle": _one_of("㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉"),
    "none": lambda _: "",
}


def format_number(value: int, kind: str, pattern: str = "") -> str:
    """``value`` in Word's format ``kind`` (``upperRoman``, ``chineseCounting`` …); decimal where the format is unknown.

    ``pattern`` is the list of examples that the format ``custom`` carries (``001, 002, 003, ...``): its width is kept.
    """
    if kind == "custom":
        first = pattern.partition(",")[0].strip()
        return f"{value:0{min(len(first), 9)}d}" if first.isdecimal() else str(value)
    return _RENDER.get(kind, str)(value)
