"""How many examples are generated, where it is not to be as many as everywhere."""

from __future__ import annotations

from hypothesis import settings


def examples(percent: int) -> settings:
    """Settings for so many of a hundred examples, and of what else the profile asks for."""
    return settings(max_examples=settings().max_examples * percent // 100)
