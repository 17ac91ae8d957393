"""What is marked in a text, as every form of output needs it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from indexer import Span
    from search.highlighting import Snippet
    from search.results import Passage

Shown: TypeAlias = "str | Passage | Snippet"
"""What can be shown: a text, or what has a text and knows what is highlighted in it."""

Around: TypeAlias = "Mapping[str, Sequence[Passage]]"
"""Address of a hit → the paragraphs around it in order, itself among them."""


class Piece(NamedTuple):
    """A stretch of a text.

    Attributes:
        text: the stretch.
        is_marked: whether it is highlighted.
    """

    text: str
    is_marked: bool


def pieces(shown: Shown, spans: Iterable[Span] | None = None) -> Iterator[Piece]:
    """A text cut where highlights begin and end; no piece is empty.

    Args:
        shown: the text, or what has one.
        spans: what is highlighted in it, as [start, end) offsets of characters, in any
            order; None for what `shown` knows to be.
    """
    text = shown if isinstance(shown, str) else shown.text
    if spans is None:
        spans = getattr(shown, "highlights", ())
    done = 0
    for first, last in sorted(spans):
        start, end = max(done, first), min(last, len(text))
        if start < end:
            if done < start:
                yield Piece(text[done:start], is_marked=False)
            yield Piece(text[start:end], is_marked=True)
            done = end
    if done < len(text):
        yield Piece(text[done:], is_marked=False)


def marked(
    shown: Shown, spans: Iterable[Span] | None, escape: Callable[[str], str], mark: tuple[str, str]
) -> str:
    """A text, escaped piece by piece, its highlights between two signs."""
    before, after = mark
    return "".join(
        before + escape(piece.text) + after if piece.is_marked else escape(piece.text)
        for piece in pieces(shown, spans)
    )
