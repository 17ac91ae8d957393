"""What an explanation of a query says: plain frozen data."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from corpus.plain import Plain

if TYPE_CHECKING:
    from search.contributions import Merit


class ClauseKind(Enum):
    """What a part of a query asks for."""

    ALL = "all"
    ANY = "any"
    NONE = "none"
    WORDS = "words"
    QUESTION = "question"
    STRING = "string"
    FUZZY = "fuzzy"
    WILD = "wild"
    EXPRESSION = "expression"
    QUANTITY = "quantity"
    NEAR = "near"
    CONDITION = "condition"


@dataclass(frozen=True, slots=True)
class OtherForm(Plain):
    """Another way to write a term.

    Attributes:
        text: folded.
        weight: what an occurrence counts, by one of the term itself.
    """

    text: str
    weight: float


@dataclass(frozen=True, slots=True)
class Term(Plain):
    """One thing that a paragraph must have.

    Attributes:
        text: what was typed, folded.
        others: what else will do.
        reason: why that will do: "synonym", "number", "date", "plan", "document number", or
            "pattern" of the words that a pattern stands for; empty if nothing else will do.
        paragraphs: how many hold it where it is looked for.
    """

    text: str
    others: tuple[OtherForm, ...]
    reason: str
    paragraphs: int


@dataclass(frozen=True, slots=True)
class Clause(Plain):
    """A part of a query as it was understood.

    Attributes:
        kind: what it asks for.
        text: what was typed, or the operator between what stands near; of a condition the
            value; empty of groups.
        field: the English name of the field that it is asked of; empty if of none.
        paragraphs: how many it finds by itself.
        terms: what words are cut into, in order, all required; those of a question, of which
            enough is required; the term of a string or a pattern.
        parts: of a group, of what stands near, and of what is excluded.
    """

    kind: ClauseKind
    text: str
    field: str
    paragraphs: int
    terms: tuple[Term, ...] = ()
    parts: tuple[Clause, ...] = ()


@dataclass(frozen=True, slots=True)
class Share(Plain):
    """A part of a hit's score.

    Attributes:
        merit: what earns it.
        text: the word, the pattern, the run; what was typed of that as a whole.
        score: how much it is.
        in_text: how often it stands in the paragraph's text, in any form.
        in_headings: the same of the headings above, where it was looked for.
        in_title: the same of the title.
        paragraphs: how many hold it; 0 where that is not what it earns by.
        rarity: what that makes it worth (idf); 0 where that is not what it earns by.
    """

    merit: Merit
    text: str
    score: float
    in_text: int
    in_headings: int
    in_title: int
    paragraphs: int
    rarity: float


@dataclass(frozen=True, slots=True)
class ExplainedHit(Plain):
    """What a hit's score is made of.

    Attributes:
        rank: its place among all hits, counted from 1.
        address: of the paragraph.
        score: its score.
        shares: parts that add up to it, the largest first.
    """

    rank: int
    address: str
    score: float
    shares: tuple[Share, ...]


@dataclass(frozen=True, slots=True)
class Explanation(Plain):
    """How a query was understood, and why its hits are in their order.

    Attributes:
        query: as it was asked.
        understood: the whole of it.
        relaxed: whether a plain question is in it, of which a hit need not hold all words.
        total: how many paragraphs answer it, of all there are.
        paragraphs: how many there are.
        hits: those that were asked for, best first.
    """

    query: str
    understood: Clause
    relaxed: bool
    total: int
    paragraphs: int
    hits: tuple[ExplainedHit, ...]
