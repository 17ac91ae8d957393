"""Joining what a query writes without a space: a quoted string and the words next to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .syntax import AllOf, AnyOf, Exact, Node, NoneOf, Words

if TYPE_CHECKING:
    from collections.abc import Sequence


def joined(query: str, node: Node) -> Node:
    """A query in which what is written together is one string, with its quotation marks.

    “三农”问题 is how reports write it; as a string and a word, these would be found anywhere
    in a paragraph. Other marks than the Chinese ones stand for these as well.

    Args:
        query: as it was asked.
        node: what it was understood as.
    """
    if isinstance(node, AnyOf):
        return AnyOf(tuple(joined(query, part) for part in node.parts))
    if isinstance(node, NoneOf):
        return NoneOf(joined(query, node.part))
    if not isinstance(node, AllOf):
        return node
    parts: list[Node] = []
    run: list[Exact | Words] = []
    for part in (*node.parts, None):
        text = part if isinstance(part, Exact | Words) and part.field is None else None
        if run and (text is None or text.place[0] != run[-1].place[1]):
            parts.append(_string(query, run))
            run = []
        if text is not None:
            run.append(text)
        elif part is not None:
            parts.append(joined(query, part))
    return parts[0] if len(parts) == 1 else AllOf(tuple(parts))


def _string(query: str, run: Sequence[Exact | Words]) -> Node:
    """Texts that are written together, as one."""
    if len(run) == 1:
        return run[0]
    place = run[0].place[0], run[-1].place[1]
    typed = query[slice(*place)]
    marked = "".join(f"“{one.text}”" if isinstance(one, Exact) else one.text for one in run)
    ways = [Exact(text, None, place) for text in dict.fromkeys([typed, marked])]
    return ways[0] if len(ways) == 1 else AnyOf(tuple(ways))
