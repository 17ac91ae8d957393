"""EUC-TW, the encoding of Unix systems in Taiwan, which Python has no codec for.

It holds planes of CNS 11643, each 94 rows of 94 characters: the first in two bytes, any in
four. The first two planes are Big5 in another arrangement, so a table of runs that are in
the same order in both is all it takes; characters of the others are rare and not decoded.
"""

from __future__ import annotations

import re
from functools import cache

NAME = "euc-tw"

_RUNS = {
    1: """
    2121 a140 21  2136 a157 2  2139 a156 1  213a a159 48  216a a1ac 1  216b a1ab 1  216c a1ad 48
    2242 a1e2 1  2243 a1e1 1  2244 a1e3 19  2257 a1f7 1  2258 a1f6 1  2259 a1f8 84  2421 a2af 174
    2621 c7e9 20  4421 a440 1412
    5323 ad40 424  5753 acfe 1  5754 afd0 1876  6b50 be52 1  6b51 bbc8 387  6f5c be53 525
    7535 c2cb 1  7536 c1ab 189  7737 c2cc 84  782d c456 1  782e c361 54  7864 c3ba 1
    7865 c3b9 1  7866 c3bb 90  7962 c457 354
    """,
    2: """
    2121 c940 10  212b c94b 33  214c c9be 1  214d c96c 48  217d c9bf 46  224d caf7 1  224e c9ed 167
    2439 caf8 1840  376f dadf 1  3770 d6cd 108  387e d77b 537  3e63 d6cc 1  3e64 dae0 100
    3f6a d77a 1  3f6b dba7 399  4176 ddfc 1  4424 ddfd 1637  554b ebf1 1  554c e8a3 146
    5722 ecde 1  5723 e976 287  5a28 f0cb 1  5a29 eb5b 116  5b3f ebf2 137  5c6a ecdf 104
    5d74 f056 1  5d75 edaa 222  6039 eeec 198  6243 f057 82  6337 f0cc 86  642f eeeb 1
    6430 f163 8  6438 f16c 153  6573 f269 56  664d f4b5 1  664e f2c3 113  6761 f16b 1
    6762 f375 142  6934 f268 1  6935 f466 45  6962 f4b6 71  6a4b f663 1  6a4c f4fd 194
    6c52 f664 490  7166 f9c4 1  7167 f977 43  7234 f9c5 1  7235 f9c7 11  7240 f9c6 1  7241 f9d2 4
    """,
}
"""For each plane its runs: where one begins there and in Big5, and how many characters it has."""

_ROW = 94
_ROW_OF_BIG5 = 157
_LOWER = 63
"""A row of Big5 has this many characters below 0x7F, and the others from 0xA1 on."""

_CHARACTER = re.compile("\x8e[\xa1-\xb0][\xa1-\xfe]{2}|[\xa1-\xfe]{2}|[\x80-\xff]")


def decode(data: bytes, errors: str = "strict") -> str:
    """Decode EUC-TW.

    Args:
        data: the bytes.
        errors: "strict", or "surrogateescape" for what that means in `bytes.decode`.

    Raises:
        UnicodeDecodeError: bytes are no character of the first two planes.
    """
    known = _characters()

    def character(match: re.Match[str]) -> str:
        found = known.get(match[0])
        if found is not None:
            return found
        if errors == "strict":
            raise UnicodeDecodeError(NAME, data, *match.span(), "no character of planes 1 and 2")
        return "".join(chr(0xDC00 + ord(byte)) for byte in match[0])

    return _CHARACTER.sub(character, data.decode("latin-1"))


@cache
def _characters() -> dict[str, str]:
    """Give the characters by their bytes, each byte as the character of its number."""
    characters: dict[str, str] = {}
    for plane, runs in _RUNS.items():
        words = runs.split()
        for begin, big5, count in zip(words[::3], words[1::3], words[2::3], strict=True):
            place, other = _place(int(begin, 16)), _place_in_big5(int(big5, 16))
            for step in range(int(count)):
                row, column = divmod(place + step, _ROW)
                pair = chr(row + 0xA1) + chr(column + 0xA1)
                character = _big5(other + step)
                characters[f"\x8e{chr(0xA0 + plane)}{pair}"] = character
                if plane == 1:
                    characters[pair] = character
    return characters


def _place(code: int) -> int:
    return ((code >> 8) - 0x21) * _ROW + (code & 0xFF) - 0x21


def _place_in_big5(code: int) -> int:
    low = code & 0xFF
    column = low - 0x40 if low < 0x40 + _LOWER else low - 0xA1 + _LOWER
    return ((code >> 8) - 0xA1) * _ROW_OF_BIG5 + column


def _big5(place: int) -> str:
    row, column = divmod(place, _ROW_OF_BIG5)
    low = column + 0x40 if column < _LOWER else column - _LOWER + 0xA1
    return bytes((row + 0xA1, low)).decode("cp950")
