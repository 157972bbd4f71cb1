"""Characters of Word's symbol fonts, which have no meaning outside them, as the Unicode characters they look like."""

from __future__ import annotations

# Wingdings and Symbol positions that Word uses for bullets, check boxes and arrows, by the code's low byte; the pictures
# are those of Unicode's own mapping table for Wingdings (L2/11-052).
_WINGDINGS = {
    0x6C: "●", 0x6D: "❍", 0x6E: "■", 0x6F: "□", 0x70: "□", 0x71: "❑", 0x72: "❒", 0x73: "⬧", 0x74: "⧫", 0x75: "◆",
    0x76: "❖", 0x77: "⬥", 0x9F: "•", 0xA7: "▪", 0xA8: "□", 0xD8: "➢", 0xE0: "→", 0xE8: "➔", 0xF0: "⇨", 0xFB: "✗",
    0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
_SYMBOL = dict(
    zip(
        range(0x41, 0x7B),
        "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ",
        strict=True,
    )
)
_SYMBOL.update({0xA3: "≤", 0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB7: "•", 0xAE: "→", 0xB8: "÷", 0xB9: "≠"})
_PRIVATE = range(0xE000, 0xF900)


def readable(sign: str, font: str = "") -> str:
    """One character of a label or ``w:sym`` as text: private-use codes by font, a bullet where the code is unknown."""
    code = ord(sign)
    if code not in _PRIVATE:
        return sign
    low = code & 0xFF
    if font.lower() == "symbol":
        return _SYMBOL.get(low, chr(low) if 0x20 <= low < 0x7F else "•")
    return _WINGDINGS.get(low, "•")


def symbol(code: str, font: str) -> str:
    """The text of ``<w:sym w:font= w:char=>``; codes are hexadecimal, with or without the private-use offset F000."""
    try:
        point = int(code, 16)
    except ValueError:
        return ""
    if not 0x20 <= point < 0xD800 and point not in _PRIVATE:
        return ""
    symbolic = font.lower().startswith(("symbol", "wingdings", "webdings"))
    return readable(chr(point | 0xF000 if symbolic and point < 0x100 else point), font)
