"""Regular expressions over folded texts, by RE2, which takes time linear in the text.

An expression is folded as the texts are, but for its signs: what is ASCII is syntax, and
letters of it are lower-cased outside escapes; anything else stands for itself, so （ is a
parenthesis in the text and ( opens a group. Strings that every match must hold are looked
for in the index first, so that few texts are read.

The syntax is RE2's: https://github.com/google/re2/wiki/Syntax
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING, Any

import numpy as np

from corpus.messages import Message
from indexer import Zone, find_string, fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from indexer import ParagraphSegment

    Numbers = NDArray[np.int64]

_MEMORY = 1 << 23
"""Bytes that RE2 may use for an expression; what needs more is refused."""

_PIECE = re.compile(
    r"""
    (?P<verbatim>\\[pP]\{[^}]*\} | \\[pPx]. | \(\?(?:P?<\w*>|[a-zA-Z]*[:)]?) )
    | \\(?P<escape>[a-zA-Z0-9])
    | \\(?P<escaped>.)
    | (?P<set>\[\^?\]?(?:\\.|\[:\w+:\]|[^\]\\])*\])
    | (?P<repeat>[*+?] | \{\d*,?\d*\})
    | (?P<sign>[()|.^$])
    | (?P<literal>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_KEPT = frozenset("\\[]^-:")


class ExpressionError(Exception):
    """An expression cannot be used.

    Attributes:
        problem: why.
    """

    def __init__(self, problem: Message) -> None:
        super().__init__(problem)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Expression:
    """An expression that is ready to be used.

    Attributes:
        pattern: folded.
        required: of each way to match, strings that stand in everything matched so; empty
            if there is a way without any.
        program: what RE2 made of it.
    """

    pattern: str
    required: tuple[tuple[str, ...], ...]
    program: Any

    def places(self, segment: ParagraphSegment, until: float) -> tuple[Numbers, Numbers]:
        """Where it matches in a segment: the starts and the ends, as slots, in order.

        Args:
            segment: where to look.
            until: when to give up, by `time.monotonic`.

        Raises:
            ExpressionError: it takes too long.
        """
        starts, ends = [], []
        firsts = segment.paragraph_starts
        for paragraph in self._candidates(segment).tolist():
            if monotonic() > until:
                raise ExpressionError(
                    Message("it takes too long; give it more characters that have to stand there")
                )
            first = int(firsts[paragraph])
            for match in self.program.finditer(fold(segment.text(paragraph))):
                start, end = match.span()
                if end > start:
                    starts.append(first + start)
                    ends.append(first + end)
        return np.array(starts, np.int64), np.array(ends, np.int64)

    def _candidates(self, segment: ParagraphSegment) -> Numbers:
        """The paragraphs of a segment that may match, rising."""
        if not self.required:
            return np.flatnonzero(segment.living)
        postings = segment.postings(Zone.TEXT.grams)
        any_way = np.zeros(len(segment.living), bool)
        for strings in self.required:
            held = segment.living.copy()
            for string in strings:
                there = np.zeros(len(held), bool)
                there[postings.cells(find_string(postings, string))] = True
                held &= there
            any_way |= held
        return np.flatnonzero(any_way)


def expression(text: str) -> Expression:
    """Make an expression ready.

    Args:
        text: as written, without the slashes around it.

    Raises:
        ExpressionError: it is none, or needs too much memory.
    """
    import re2

    pattern, required = _folded(text)
    options = re2.Options()
    options.max_mem = _MEMORY
    options.log_errors = False
    try:
        program = re2.compile(pattern, options)
    except re2.error as error:
        reason = error.args[0] if error.args else ""
        told = reason.decode("utf-8", "replace") if isinstance(reason, bytes) else str(reason)
        raise ExpressionError(
            Message("this is no regular expression: {reason}", reason=told)
        ) from None
    return Expression(pattern, required, program)


def _folded(text: str) -> tuple[str, tuple[tuple[str, ...], ...]]:
    """An expression with its characters folded, and what has to stand in what it matches."""
    out: list[str] = []
    ways: list[list[str]] = [[""]]
    depth = 0
    for piece in _PIECE.finditer(text):
        kind, found = str(piece.lastgroup), piece[0]
        literal = ""
        if kind in {"literal", "escaped"} and found != "[":  # one alone is a mistake
            literal = fold(piece[kind])
            found = _quoted(literal)
        elif kind == "set":
            found = "".join(_in_set(found))
        out.append(found)
        if found in {"(", ")"}:
            depth += 1 if found == "(" else -1
        elif kind == "verbatim" and found.startswith("(?") and not found.endswith(")"):
            depth += 1
        if found == "|" and not depth:
            ways.append([""])
        elif kind == "repeat":
            if found != "+":
                ways[-1][-1] = ways[-1][-1][:-1]
            ways[-1].append("")
        elif literal and not depth:
            ways[-1][-1] += literal
        else:
            ways[-1].append("")
    required = tuple(tuple(dict.fromkeys(filter(None, runs))) for runs in ways)
    return "".join(out), required if all(required) else ()


def _quoted(literal: str) -> str:
    """Characters that stand for themselves."""
    quoted = "".join(re.escape(c) if c.isascii() and not c.isalnum() else c for c in literal)
    return quoted if len(literal) == 1 else f"(?:{quoted})"


def _in_set(text: str) -> Iterator[str]:
    """The pieces of a set of characters, folded; classes and escapes as they are."""
    for piece in re.finditer(r"\\.|\[:\w+:\]|.", text, re.DOTALL):
        found = piece[0]
        if len(found) > 1 or found in _KEPT:
            yield found
        else:
            folded = fold(found)
            yield re.escape(folded) if len(folded) == 1 and not folded.isalnum() else folded
