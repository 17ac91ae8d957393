"""What queries mean, to be compared."""

from __future__ import annotations

from typing import Any

_BESIDE = {"place", "expression"}
"""Where a part was written, and what was worked out of its text."""


def meaning(node: Any) -> Any:
    """Parts of a query as plain tuples: of each its kind and what it says, not its place."""
    if not isinstance(node, tuple):
        return node
    names = getattr(node, "_fields", None)
    if names is None:
        return tuple(map(meaning, node))
    said = (meaning(value) for name, value in zip(names, node, strict=True) if name not in _BESIDE)
    return type(node), *said
