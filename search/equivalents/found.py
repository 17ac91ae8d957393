"""What is found in a query that may be written in other ways, and what those are."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_FORMS = 64
"""Ways to write one thing that are looked for, the one that was typed included."""


class Kind(Enum):
    """Why something may be written in other ways."""

    DOCUMENT_NUMBER = "document number"
    DATE = "date"
    PLAN = "plan"
    SYNONYM = "synonym"
    NUMBER = "number"

    @property
    def is_whole(self) -> bool:
        """Whether what was typed is one string, and not cut into words."""
        return self not in {Kind.PLAN, Kind.SYNONYM}

    @property
    def is_numeric(self) -> bool:
        """Whether it is found only where no number goes on at its ends."""
        return self in {Kind.DATE, Kind.NUMBER}


class Form(NamedTuple):
    """Another way to write something.

    Attributes:
        text: folded.
        weight: what an occurrence counts, by one of what was typed.
    """

    text: str
    weight: float = 1.0


class Widening(NamedTuple):
    """A part of a query, and what else is looked for in its place.

    Attributes:
        typed: the part, folded.
        kind: why there are other forms.
        forms: the others.
    """

    typed: str
    kind: Kind
    forms: tuple[Form, ...]


class Equivalent(NamedTuple):
    """A widening and its place in the folded text, [start, end)."""

    start: int
    end: int
    widening: Widening


def equivalent(start: int, typed: str, kind: Kind, forms: Iterator[Form]) -> Equivalent:
    """What was found at a place, with the first of its forms, each once."""
    others = dict.fromkeys(form for form in forms if form.text != typed)
    widening = Widening(typed, kind, tuple(others)[: MAX_FORMS - 1])
    return Equivalent(start, start + len(typed), widening)
