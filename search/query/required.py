"""Which strings have to stand in whatever a regular expression matches.

It is worked out from the parts of an expression upwards, as by Cox (2012), "Regular
Expression Matching with a Trigram Index": all that a part can match if that is little, else
what it begins and ends with, and what stands in between.
"""

from __future__ import annotations

from enum import Enum, auto
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

Strings = frozenset[str]

MOST = 400
"""Characters of all strings of which one has to stand there: more tell little and cost much."""

_COPIES = 4
"""Repetitions that are written out."""

NOTHING: Strings = frozenset([""])
"""What is matched by what takes no room; nothing has to stand where this is in a set."""


class Kind(Enum):
    """What a piece of an expression does."""

    ONE = auto()
    OPEN = auto()
    CLOSE = auto()
    OR = auto()
    REPEAT = auto()


class Piece(NamedTuple):
    """A piece of an expression.

    Attributes:
        kind: what it does.
        start: where it begins as written.
        end: where it ends.
        text: folded, as RE2 has to see it.
        strings: of `Kind.ONE` all that it can match; None if that is much.
    """

    kind: Kind
    start: int
    end: int
    text: str
    strings: Strings | None


def required_by(pieces: Sequence[Piece]) -> tuple[Strings, ...]:
    """Sets of strings of which each has one in whatever is matched.

    Args:
        pieces: of an expression that is well-formed.
    """
    return _Reader(pieces).either().required


class _Needs(NamedTuple):
    """What has to stand in what a part of an expression matches.

    Attributes:
        exact: all that it can match, if that is little.
        first: what it begins with.
        last: what it ends with.
        inner: sets of strings of which each has one in it besides.
    """

    exact: Strings | None
    first: Strings
    last: Strings
    inner: tuple[Strings, ...] = ()

    @property
    def required(self) -> tuple[Strings, ...]:
        """All sets of strings of which one has to stand in it."""
        sets = dict.fromkeys([self.first, self.last, *self.inner])
        return tuple(strings for strings in sets if "" not in strings)

    @property
    def telling(self) -> Strings:
        """That of these sets that tells most."""
        return max(self.required, key=lambda one: (min(map(len, one)), -len(one)), default=NOTHING)


def _only(strings: Strings) -> _Needs:
    return _Needs(strings, strings, strings)


_ANYTHING = _Needs(None, NOTHING, NOTHING)


class _Reader:
    """Reads pieces one after the other.

    Args:
        pieces: all of them.
    """

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self._pieces = pieces
        self._at = 0

    def either(self) -> _Needs:
        """What is read up to the end of a group."""
        needs = self._sequence()
        while self._is_at(Kind.OR):
            self._at += 1
            needs = _or(needs, self._sequence())
        return needs

    def _sequence(self) -> _Needs:
        needs = _only(NOTHING)
        while self._is_at(Kind.ONE) or self._is_at(Kind.OPEN):
            needs = _then(needs, self._part())
        return needs

    def _part(self) -> _Needs:
        piece = self._pieces[self._at]
        self._at += 1
        if piece.kind is Kind.OPEN:
            needs = self.either()
            self._at += 1
        else:
            needs = _ANYTHING if piece.strings is None else _only(piece.strings)
        while self._is_at(Kind.REPEAT):
            needs = _repeated(needs, *_times(self._pieces[self._at].text))
            self._at += 1
        return needs

    def _is_at(self, kind: Kind) -> bool:
        return self._at < len(self._pieces) and self._pieces[self._at].kind is kind


def _crossed(some: Strings | None, others: Strings | None) -> Strings | None:
    """What one and another make together, if that is little."""
    if some is None or others is None:
        return None
    size = len(others) * sum(map(len, some)) + len(some) * sum(map(len, others))
    return frozenset(map("".join, product(some, others))) if size <= MOST else None


def _then(left: _Needs, right: _Needs) -> _Needs:
    """One part behind another."""
    whole = _crossed(left.exact, right.exact)
    if whole is not None:
        return _only(whole)
    first = _crossed(left.exact, right.first) or left.first
    last = _crossed(left.last, right.exact)
    if last is not None:
        return _Needs(None, first, last, left.inner)
    seam = _crossed(left.last, right.first)
    seams = (left.last, right.first) if seam is None else (seam,)
    return _Needs(None, first, right.last, (*left.inner, *seams, *right.inner))


def _or(one: _Needs, other: _Needs) -> _Needs:
    """Either of two parts."""
    whole = None if one.exact is None or other.exact is None else one.exact | other.exact
    if whole is not None and _is_little(whole):
        return _only(whole)
    sets = (one.first | other.first, one.last | other.last, one.telling | other.telling)
    first, last, inner = (strings if _is_little(strings) else NOTHING for strings in sets)
    return _Needs(None, first, last, (inner,))


def _is_little(strings: Strings) -> bool:
    return sum(map(len, strings)) <= MOST


def _times(sign: str) -> tuple[int, int | None]:
    """How often a sign of repetition asks for a part, at the least and at the most."""
    if sign[0] != "{":
        return {"*": (0, None), "+": (1, None), "?": (0, 1)}[sign[0]]
    least, comma, most = sign.rstrip("?").strip("{}").partition(",")
    if not comma:
        return int(least), int(least)
    return int(least), int(most) if most else None


def _repeated(part: _Needs, least: int, most: int | None) -> _Needs:
    """A part so often."""
    if not least:
        is_optional = most == 1 and part.exact is not None
        return _or(part, _only(NOTHING)) if is_optional else _ANYTHING
    needs = part
    for _ in range(min(least, _COPIES) - 1):
        needs = _then(needs, part)
    return needs if most == least <= _COPIES else needs._replace(exact=None)
