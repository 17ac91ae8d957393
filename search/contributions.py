"""What the scores of an answer are added up from."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from .locating import Places
    from .occurrences import Found
    from .places import Place
    from .query import Fuzzy, Regex, Wild
    from .words import Unit


class Merit(Enum):
    """What earns a part of a score.

    A word, by BM25F; a pair of characters of a plain question, and all its characters, in
    the same way; a pattern, as a word that stands where it matches; standing near one
    another; a run of words that stand together as they were typed; being near in wording to
    what stands at an address.
    """

    WORD = "word"
    PAIR = "pair"
    CHARACTERS = "characters"
    NEARNESS = "nearness"
    COMPLETE = "complete"
    PATTERN = "pattern"
    RUN = "run"
    LIKENESS = "likeness"


class Contribution(NamedTuple):
    """What one thing that a query asks for adds to the scores.

    Attributes:
        merit: what earns it.
        of: the thing.
        places: where it was looked for.
        found: the paragraphs that hold it, and what it adds to the score of each.
        stands: where a pattern stands.
    """

    merit: Merit
    of: Unit | Fuzzy | Wild | Regex
    places: tuple[Place, ...]
    found: Found
    stands: Places | None = None
