r"""How a regular expression is read: folded as the texts are, but for its signs.

The syntax is that of RE2 (https://github.com/google/re2/wiki/Syntax), but that \w is any
ideograph too. What is not ASCII stands for itself: （ is a parenthesis in the text, ( opens a
group. Characters that stand for themselves are folded; escapes and classes are left alone.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from corpus.messages import Message
from indexer import fold

from .required import MOST, NOTHING, Kind, Piece, required_by

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from .required import Strings

MOST_INSTRUCTIONS = 10_000
"""Of what an expression is compiled to: in the worst case all are tried on every character."""

_MEMORY = 1 << 22
"""Bytes that RE2 may use for an expression."""


class BadExpressionError(ValueError):
    """An expression that is none, or is too large.

    Attributes:
        problem: what is wrong.
        start: where the place that is wrong begins in the expression.
        end: where it ends.
    """

    def __init__(self, problem: Message, start: int, end: int) -> None:
        super().__init__(problem)
        self.problem = problem
        self.start = start
        self.end = end


@dataclass(frozen=True, slots=True)
class Expression:
    """An expression that was read.

    Attributes:
        required: sets of strings; of each set one stands in whatever is matched.
        program: what RE2 made of it.
    """

    required: tuple[Strings, ...]
    program: Any


def read_expression(text: str) -> Expression:
    """Read an expression.

    Args:
        text: as written, without the slashes around it.

    Raises:
        BadExpressionError: it cannot be used.
    """
    pieces = list(_pieces(text))
    program, told = _compiled(pieces)
    if told:
        raise _bad(told, pieces, len(text))
    if program.programsize > MOST_INSTRUCTIONS:
        raise BadExpressionError(_TOO_LARGE, 0, len(text))
    return Expression(required_by(pieces), program)


def _compiled(pieces: Sequence[Piece]) -> tuple[Any, str]:
    """What RE2 makes of an expression; or None, and what it says is wrong."""
    import re2

    options = re2.Options()
    options.max_mem = _MEMORY
    options.never_capture = True
    options.log_errors = False
    try:
        return re2.compile("".join(piece.text for piece in pieces), options), ""
    except re2.error as error:
        return None, error.args[0].decode("utf-8", "replace")


_NOT_CLOSED = "missing )"
_TOO_LARGE = Message("the expression is too large: it repeats too much")
_PROBLEMS: dict[str, Callable[[str], Message]] = {
    _NOT_CLOSED: lambda _: Message(
        "this parenthesis of the expression is not closed; to search for the sign itself write \\("
    ),
    "unexpected )": lambda _: Message(
        "this parenthesis of the expression was not opened; to search for the sign itself write \\)"
    ),
    "missing ]": lambda _: Message(
        "this bracket of the expression is not closed; to search for the sign itself write \\["
    ),
    "no argument for repetition operator": lambda sign: Message(
        "there is nothing for {sign} to repeat; to search for the sign itself write \\{sign}",
        sign=sign,
    ),
    "bad repetition operator": lambda sign: Message(
        "{sign} repeats a repetition; put what is to be repeated in (…)", sign=sign
    ),
    "invalid repetition size": lambda _: Message("it may repeat 1,000 times in all"),
    "invalid character class range": lambda sign: Message(
        "there is no such range or class of characters as {sign}", sign=sign
    ),
    "invalid escape sequence": lambda sign: Message("{sign} has no meaning here", sign=sign),
    "invalid perl operator": lambda sign: Message(
        "{sign} has no meaning; what stands around a match cannot be asked for", sign=sign
    ),
    "pattern too large - compile failed": lambda _: _TOO_LARGE,
}
"""What RE2 says of an expression, as we say it."""


def _bad(told: str, pieces: Sequence[Piece], size: int) -> BadExpressionError:
    """What RE2 says of an expression, with the place; of all of it if there is none."""
    problem, _, sign = told.partition(": ")
    say = _PROBLEMS.get(problem)
    said = say(sign) if say else Message("this is no regular expression: {reason}", reason=told)
    if said is _TOO_LARGE:
        return BadExpressionError(said, 0, size)
    piece = pieces[_not_closed(pieces) if problem == _NOT_CLOSED else _refused(pieces, problem)]
    return BadExpressionError(said, piece.start, piece.end)


def _not_closed(pieces: Sequence[Piece]) -> int:
    """The number of the innermost group that has no end."""
    opened: list[int] = []
    for number, piece in enumerate(pieces):
        if piece.kind is Kind.OPEN:
            opened.append(number)
        elif piece.kind is Kind.CLOSE:
            opened.pop()
    return opened[-1]


def _refused(pieces: Sequence[Piece], problem: str) -> int:
    """The number of the piece at which RE2, which reads on from the left, sees a problem."""

    def is_seen(number: int) -> bool:
        return _compiled(pieces[: number + 1])[1].startswith(problem)

    return bisect_left(range(len(pieces) - 1), x=True, key=is_seen)


_CODE = r"\\x(?:\{[^}]*\}|..) | \\[0-7]{1,3}"
_CLASS = r"\\[dDsSwW] | \\[pP](?:\{[^}]*\}|.)"
_NAMED = r"\[:\^?\w+:\]"
_PIECE = re.compile(
    rf"""
      \\Q(?P<quoted>.*?)(?:\\E|$)
    | (?P<nothing>[$^]|\\[bBAz]|\(\?[imsU]*(?:-[imsU]+)?\))
    | (?P<open>\((?:\?(?:P?<[^>)]*>|[imsU]*(?:-[imsU]+)?:|P?[<=!>]*))?)
    | (?P<close>\))
    | (?P<or>\|)
    | (?P<repeat>(?:[*+?]|\{{(?:0|[1-9]\d*)(?:,(?:0|[1-9]\d*)?)?\}})\??)
    | (?P<set>\[\^?(?:\]|(?!\]))(?:\\.|{_NAMED}|(?!{_NAMED})[^\]\\])*\])
    | (?P<any>[.\[]|{_CLASS}|{_CODE}|\\[0-9A-Za-z])
    | \\?(?P<character>.)
    """,
    re.VERBOSE | re.DOTALL | re.ASCII,
)
_ITEM = re.compile(
    rf"""
      (?P<class>{_NAMED}|{_CLASS})
    | (?P<low>{_CODE}|\\?.)(?:-(?P<high>{_CODE}|\\?[^\]]))?
    """,
    re.VERBOSE | re.DOTALL | re.ASCII,
)
_KINDS = {"open": Kind.OPEN, "close": Kind.CLOSE, "or": Kind.OR, "repeat": Kind.REPEAT}
_SIGNS = frozenset("\\.+*?()|[]{}^$-")
_KNOWN = {r"\d": frozenset("0123456789")}
_WIDER = {r"\w": r"[\w\p{Han}]", r"\W": r"[^\w\p{Han}]", r"\C": "(?s:.)"}
_WIDER_IN_SETS = {r"\w": r"\w\p{Han}"}


def _pieces(text: str) -> Iterator[Piece]:
    """Cut an expression into pieces; all of it is in one of them.

    Raises:
        BadExpressionError: a set has in it what cannot be said in one.
    """
    for match in _PIECE.finditer(text):
        start, end = match.span()
        name, found = str(match.lastgroup), match[0]
        kind = _KINDS.get(name, Kind.ONE)
        if name in {"quoted", "character"}:
            for character in match[name]:
                folded = fold(character)
                yield Piece(kind, start, end, _literal(folded), frozenset([folded]))
        elif name == "set":
            yield Piece(kind, start, end, *_set(found, start))
        else:
            strings = NOTHING if name == "nothing" else _KNOWN.get(found)
            yield Piece(kind, start, end, _WIDER.get(found, found), strings)


def _literal(folded: str) -> str:
    """What a character was folded to, as RE2 takes it for itself."""
    return _quoted(folded) if len(folded) == 1 else f"(?:{_quoted(folded)})"


def _quoted(string: str) -> str:
    return "".join(f"\\{sign}" if sign in _SIGNS else sign for sign in string)


def _set(text: str, place: int) -> tuple[str, Strings | None]:
    """A set of characters, folded, and all that it can match, if that is little."""
    is_negated = text.startswith("[^")
    opening = "[^" if is_negated else "["
    inside: list[str] = []
    longer: list[str] = []
    members: Strings | None = frozenset()
    for item in _ITEM.finditer(text, len(opening), len(text) - 1):
        low, high = item["low"], item["high"]
        more: Strings | None = None
        if item[0] == r"\W":
            problem = Message("\\W cannot stand in a set; write [^\\w] for it")
            raise BadExpressionError(problem, place + item.start(), place + item.end())
        if low is None:
            inside.append(_WIDER_IN_SETS.get(item[0], item[0]))
            more = _KNOWN.get(item[0])
        elif high is not None:
            first, last = _end_of_range(low), _end_of_range(high)
            inside.append(f"{first}-{last}")
            more = _range(first, last)
        elif _is_code(low):
            inside.append(low)
        else:
            folded = fold(low[-1])
            more = frozenset([folded])
            (inside if len(folded) == 1 else longer).append(_quoted(folded))
        members = None if members is None or more is None else members | more
    ways = [f"{opening}{''.join(inside)}]"] if inside or is_negated else []
    if longer and not is_negated:
        ways += longer
    is_little = members is not None and not is_negated and len(members) <= MOST
    return ways[0] if ways == ways[:1] else f"(?:{'|'.join(ways)})", members if is_little else None


def _is_code(item: str) -> bool:
    r"""Whether an item of a set is an escape such as \n or \x41."""
    return len(item) > 1 and item[1].isascii() and item[1].isalnum()


def _end_of_range(item: str) -> str:
    """One end of a range: of width and case only, for others a range is in their order."""
    character = item[-1]
    if _is_code(item):
        return item
    folded = fold(character)
    is_kept = len(folded) != 1 or not (folded.isascii() or folded == character.casefold())
    return _quoted(character if is_kept else folded)


def _range(first: str, last: str) -> Strings | None:
    """The characters of a range, if they are few; with (?i) those that they are folded to."""
    if _is_code(first) or _is_code(last):
        return None
    characters = list(map(chr, range(ord(first[-1]), ord(last[-1]) + 1)))
    return frozenset([*characters, *map(fold, characters)]) if len(characters) <= MOST else None
