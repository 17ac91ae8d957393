"""Rich text for tests."""

from __future__ import annotations

FONTS = (
    r"{\fonttbl{\f0\froman\fcharset0 Times New Roman;}{\f1\fnil\fcharset134 SimSun;}"
    r"{\f2\fnil\fcharset136 MingLiU;}{\f3\fnil\fcharset2 Wingdings;}}"
)


def rtf(body: str, *, code_page: int = 936, head: str = FONTS) -> bytes:
    """A file in rich text; what of its body is not ASCII is written in bytes of GB18030.

    Args:
        body: its text, with its words; in the Chinese font to begin with.
        code_page: the code page it states.
        head: what comes before.
    """
    text = "".join(char if char.isascii() else escaped(char) for char in body)
    return rf"{{\rtf1\ansi\ansicpg{code_page}\deff0{head}\f1 {text}}}".encode("ascii")


def escaped(text: str, codec: str = "gb18030") -> str:
    """Text in bytes of a code page."""
    return "".join(rf"\'{byte:02x}" for byte in text.encode(codec))
