"""Texts as words with their places, and which of them say something."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from indexer import Segmenter

_FUNCTION_WORDS = """
的 了 和 与 及 以及 等 等等 在 是 为 对 对于 把 被 将 也 都 而 而且 并 并且 或 或者 从 到 向 往 以
于 由 就 又 还 之 其 所 这 那 这个 这些 那些 该 各 使 让 给 地 得 着 过 有 要 个 们 性 同 跟 同时
如 即 则 但 但是 因 因为 所以 虽 虽然 如果 以来 之后 之前 以上 以下 上 下 中 里 内 外 间 前 后
不 没 没有 只 更 最 很 再 已 已经 正在 能 可以
a an and are as at by for from in is it of on or the to was were with
"""
FUNCTION_WORDS = frozenset(_FUNCTION_WORDS.split())
"""Words that bind others together and say little by themselves."""


class Token(NamedTuple):
    """A word where it stands.

    Attributes:
        word: folded.
        start: offset of its first character in the folded text.
        end: offset after its last.
    """

    word: str
    start: int
    end: int


def tokens(folded: str, segmenter: Segmenter, start: int = 0) -> Iterator[Token]:
    """The words of a text, in order; what is between them are signs and spaces.

    Args:
        folded: the text.
        segmenter: cuts it.
        start: the offset at which the text begins in the whole.
    """
    end = 0
    for word in segmenter.words(folded):
        place = folded.index(word, end)
        end = place + len(word)
        yield Token(word, start + place, start + end)


def says_something(word: str) -> bool:
    """Whether a word is neither a function word nor a mere number."""
    return word not in FUNCTION_WORDS and any(
        character.isalpha() and not character.isnumeric() for character in word
    )
