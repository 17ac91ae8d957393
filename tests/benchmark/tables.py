"""Figures as text: three digits each, six columns within a width of 100."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_LABEL = 22
_COLUMN = 13
_DIGITS = 3

WIDTH = 100
"""Characters of the longest line."""

ABSENT = "n/a"
"""What stands where an engine cannot do what is asked for."""


def figure(value: float) -> str:
    """A number with three digits, or all of those before the point."""
    before = 1 if value < 1 else 1 + math.floor(math.log10(value))
    return f"{value:.{max(0, _DIGITS + (value < 1) - before)}f}"


def p95(values: Sequence[float]) -> float:
    """The least value that at least 95 in 100 do not exceed."""
    return sorted(values)[math.ceil(0.95 * len(values)) - 1]


def row(label: str, cells: Sequence[str]) -> str:
    """One line of a table."""
    return f"{label:{_LABEL}}{''.join(f'{cell:>{_COLUMN}}' for cell in cells)}".rstrip()


def rule(label: str, columns: int) -> str:
    """A line that begins a part of a table."""
    return f"{label} ".ljust(_LABEL + columns * _COLUMN, "-")
