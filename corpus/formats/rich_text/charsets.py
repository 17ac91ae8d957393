"""From the bytes of an RTF file to characters: RTF 1.9.1, "Font table" and "Code page support"."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

WESTERN = "cp1252"

_ANSI, _DEFAULT, SYMBOLS = 0, 1, 2
_BY_CHARSET = {
    77: "mac_roman", 78: "shift_jis", 79: "euc_kr", 80: "gb18030", 81: "big5", 128: "cp932",
    129: "cp949", 130: "johab", 134: "gb18030", 136: "big5", 161: "cp1253", 162: "cp1254",
    163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874",
    238: "cp1250", 254: "cp437", 255: "cp850",
}  # fmt: skip
_BY_CODE_PAGE = {
    0: WESTERN, 932: "cp932", 936: "gb18030", 949: "cp949", 950: "big5", 1361: "johab",
    10000: "mac_roman", 54936: "gb18030", 65001: "utf-8",
}  # fmt: skip
_BIG5 = ("big5hkscs", "cp950")
_IN_PAIRS = {"gb18030", "big5", "cp932", "cp949"}
_PAIRS = re.compile(rb"((?:[\xa1-\xfe]{2})+)")


@dataclass(slots=True)
class Font:
    """A font of the font table.

    Attributes:
        name: its name, as far as it is in ASCII.
        charset: the number of its character set.
        code_page: the number of its code page, or None.
    """

    name: str = ""
    charset: int = _DEFAULT
    code_page: int | None = None

    @property
    def has_symbols(self) -> bool:
        """Whether its characters are of its own making."""
        return self.charset == SYMBOLS


def codec_of(code_page: int) -> str:
    """Give Python's name for a code page; that of the Western one if it is not known."""
    name = _BY_CODE_PAGE.get(code_page, f"cp{code_page}")
    try:
        codecs.lookup(name)
    except LookupError:
        return WESTERN
    return name


def decode(data: bytes, font: Font, usual: str) -> str:
    """Decode bytes that are set in a font; what makes no sense becomes U+FFFD.

    A font for Western text is often set for Chinese too, by writers that leave it to the
    reader to take another. So what stands in pairs of high bytes is then read as the
    document's own code page says.

    Args:
        data: the bytes.
        font: the font.
        usual: the codec of the document's own code page.
    """
    if data.isascii():
        return data.decode("ascii")
    codec = _codec_of(font, usual)
    if font.charset != _ANSI or codec != WESTERN or usual not in _IN_PAIRS:
        return _decode(data, codec)
    parts = _PAIRS.split(data)
    return "".join(_decode(part, usual if n % 2 else codec) for n, part in enumerate(parts))


def _codec_of(font: Font, usual: str) -> str:
    if font.code_page is not None:
        return codec_of(font.code_page)
    return usual if font.charset == _DEFAULT else _BY_CHARSET.get(font.charset, WESTERN)


def _decode(data: bytes, codec: str) -> str:
    for choice in _BIG5 if codec == "big5" else (codec,):
        try:
            return data.decode(choice)
        except UnicodeDecodeError:
            pass
    return data.decode(_BIG5[1] if codec == "big5" else codec, "replace")
