"""Signs of fonts that have characters of their own making: w:sym, ECMA-376 part 1, 17.3.3.30.

Forms tick their boxes with them, and formulas have Greek letters. What is not in the
tables is a pictograph, and left out.
"""

from __future__ import annotations

_WINGDINGS = {
    0x51: "☒", 0x52: "☑", 0x6C: "●", 0x6D: "○", 0x6E: "■", 0x6F: "□", 0x71: "□", 0x72: "□",
    0x75: "◆", 0x77: "◆", 0x9F: "•", 0xA1: "○", 0xA7: "▪", 0xA8: "□", 0xAB: "★", 0xDF: "←",
    0xE0: "→", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
_WINGDINGS_2 = {
    0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0x98: "●", 0xA3: "□",
}  # fmt: skip
_SYMBOL = {
    **dict(zip(range(0x61, 0x7B), "αβχδεφγηιϕκλμνοπθρστυϖωξψζ", strict=True)),
    **dict(zip(range(0x41, 0x5B), "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ", strict=True)),
    0xA3: "≤", 0xA5: "∞", 0xAC: "←", 0xAE: "→", 0xB0: "°", 0xB1: "±", 0xB2: "″", 0xB3: "≥",
    0xB4: "×", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBA: "≡", 0xBB: "≈", 0xC5: "⊕", 0xCE: "∈",
    0xD0: "∠", 0xD6: "√", 0xD7: "⋅", 0xE5: "∑", 0xF2: "∫",
}  # fmt: skip
_FONTS = {"symbol": _SYMBOL, "wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2}
_OWN = range(0xF000, 0xF100)
_PRIVATE = range(0xE000, 0xF900)


def symbol(font: str, code: str) -> str:
    """Give the character that a font shows for a code, or "".

    Args:
        font: the font's name.
        code: the character's code, hexadecimal.
    """
    try:
        value = int(code[:6], 16)
    except ValueError:
        return ""
    signs = _FONTS.get(font.strip().lower())
    if signs is not None:
        return signs.get(value - _OWN.start if value in _OWN else value, "")
    return "" if value in _PRIVATE or not 0x20 <= value < 0xD800 else chr(value)  # noqa: PLR2004
