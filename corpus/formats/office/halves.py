"""Characters beyond the basic plane, from formats that count in units of two bytes."""

from __future__ import annotations


def whole(text: str) -> str:
    """Join the halves of characters that stand side by side; a half alone becomes U+FFFD."""
    if text.isascii() or not any("\ud800" <= char <= "\udfff" for char in text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
