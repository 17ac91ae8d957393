"""What an engine has to do to be compared."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from ..material import Material

TOP = 10
"""How many paragraphs are wanted of every query, with their texts."""


@dataclass(frozen=True)
class Found:
    """What an engine found.

    Attributes:
        total: how many paragraphs answer the query; None if the engine does not say.
        hits: id and text of the first of them.
        years: year → paragraphs, if that was asked for.
    """

    total: int | None
    hits: list[tuple[str, str]]
    years: dict[int, int] = field(default_factory=dict)


class Engine:
    """An engine: builds an index, opens it, and answers queries class by class.

    A class that it cannot answer is left as it is here. Methods take words as a reader
    types them; cutting them is part of the answer.

    Attributes:
        nearly: the methods that answer something near to what is asked for.
    """

    nearly: tuple[str, ...] = ()

    def build(self, material: Material, directory: Path) -> None:
        """Build an index in a directory that is there and empty."""
        raise NotImplementedError

    def open(self, directory: Path) -> None:
        """Open the index for searching."""
        raise NotImplementedError

    def one(self, word: str) -> Found:
        """The paragraphs with a word."""
        raise NotImplementedError

    def all_of(self, *words: str) -> Found:
        """Those with all words."""
        raise NotImplementedError

    def any_of(self, *words: str) -> Found:
        """Those with any of the words."""
        raise NotImplementedError

    def exact(self, string: str) -> Found:
        """Those in which a string stands, wherever its words begin and end."""
        raise NotImplementedError

    def prefix(self, start: str) -> Found:
        """Those with a word that begins so."""
        raise NotImplementedError

    def in_years(self, word: str, first: int, last: int) -> Found:
        """Those with a word, of reports from the first year to the last."""
        raise NotImplementedError

    def newest(self, word: str) -> Found:
        """Those with a word, the newest first."""
        raise NotImplementedError

    def by_year(self, word: str) -> Found:
        """Those with a word, and how many there are of each year."""
        raise NotImplementedError

    def in_sentence(self, left: str, right: str) -> Found:
        """Those with two words in one sentence."""
        raise NotImplementedError

    def in_order(self, left: str, right: str) -> Found:
        """Those with a word and another within ten characters behind it."""
        raise NotImplementedError

    def numbered(self, number: str) -> Found:
        """Those that cite a document number, in any brackets, or are of the document itself."""
        raise NotImplementedError

    def measured(self, word: str, unit: str) -> Found:
        """Those with a word, and a quantity of at least one of such units next to it."""
        raise NotImplementedError

    def fuzzy(self, string: str) -> Found:
        """Those with a string or one that differs by a character."""
        raise NotImplementedError

    def asked(self, question: str) -> Found:
        """Those that answer a question best."""
        raise NotImplementedError
