"""Where the terms of a stored text stand, found by cutting it again.

Positions are not kept: few queries ask for them, and then only of the documents that hold
all of their terms.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from whoosh.formats import tokens

if TYPE_CHECKING:
    from whoosh.fields import FieldType

Placed = dict[bytes, list["Place"]]
"""Where each term of a text stands, in the order of its tokens."""


class Place(NamedTuple):
    """Where a term stands.

    Attributes:
        position: the token's, as its analyzer numbers them.
        start: its first character.
        end: the character after its last.
    """

    position: int
    start: int | None
    end: int | None


def placed(field: FieldType, value: object) -> Placed:
    """Where the terms of a field's value stand, as they did when it was indexed.

    Args:
        field: the field.
        value: a text, or a list of terms.
    """
    characters = field.format.supports("characters")
    options = {"mode": "index", "positions": True, "boosts": True}
    if characters:
        options["chars"] = True
    places: Placed = {}
    for token in tokens(value, field.analyzer, options):
        start, end = (token.startchar, token.endchar) if characters else (None, None)
        place = Place(token.pos, start, end)
        places.setdefault(token.text.encode("utf-8"), []).append(place)
    return places
