"""What one query may cost beyond what is typed in it, all of its parts together."""

from __future__ import annotations

from dataclasses import dataclass, field
from time import monotonic

from corpus.messages import Message

from .errors import TooMuchError

MAX_FORMS = 3_000
"""Strings that are looked for by one query: all that its words and patterns are widened to."""

MAX_SECONDS = 10.0
"""How long one query may take; it is compared before each part and each text that is read."""

_MAX_STEPS = 1_000_000_000
"""Of what cannot be broken off once it has begun."""


def _deadline() -> float:
    return monotonic() + MAX_SECONDS


@dataclass(slots=True)
class Allowance:
    """What is left to one query.

    Attributes:
        forms: strings that may yet be looked for.
        until: when it has to end, by `time.monotonic`.
    """

    forms: int = field(default_factory=lambda: MAX_FORMS)
    until: float = field(default_factory=_deadline)

    def widen(self, forms: int, place: tuple[int, int]) -> None:
        """Take some strings for what stands at a place in the query.

        Raises:
            TooMuchError: no more are left.
        """
        self.forms -= forms
        if self.forms < 0:
            problem = Message(
                "with this the query looks for more than {most:,} strings, all ways of writing "
                "counted; quote what is to be found as it is, or ask in several queries",
                most=MAX_FORMS,
            )
            raise TooMuchError(place, problem)

    def go_on(self, place: tuple[int, int], steps: int = 0) -> None:
        """Go on with what stands at a place in the query.

        Args:
            place: the place.
            steps: how many it takes at the worst before this is asked again.

        Raises:
            TooMuchError: the time is over, or would be long before that.
        """
        if steps > _MAX_STEPS or monotonic() > self.until:
            problem = Message(
                "the query takes more than {seconds:g} seconds; ask for less at once, and in "
                "an expression for more characters that have to stand there",
                seconds=MAX_SECONDS,
            )
            raise TooMuchError(place, problem)
