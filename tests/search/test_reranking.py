"""The second reading: what it tells of the best hits, against plain loops over their texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.characters import is_ideograph
from indexer import Zone, fold
from search.places import Place
from search.questions import character_rarity
from search.ranking import DEFAULT
from search.reranking import reread

if TYPE_CHECKING:
    import search
    from indexer import Snapshot

CHARACTERS = "改革发展经济社会2016年19.5%的 ab，工伤保险条例"


@given(st.data())
def test_it_tells_what_reading_each_text_by_itself_tells(
    samples: search.Index, data: st.DataObject
) -> None:
    snapshot = samples._snapshot  # a stage of ranking has no public face
    asked = data.draw(st.text(CHARACTERS, max_size=12).map(fold))
    numbers = st.lists(st.integers(0, snapshot.size - 1), unique=True, max_size=150).map(sorted)
    documents = np.array(data.draw(numbers), np.int64)
    scores = np.arange(len(documents), dtype=float)
    told = reread(asked, documents, scores, snapshot, DEFAULT)
    best = documents[-DEFAULT.candidates :].tolist()
    assert documents[told.places].tolist() == best
    assert told.nearness.tolist() == [nearness(asked, document, snapshot) for document in best]
    expected = [by_characters(asked, document, snapshot) for document in best]
    assert told.characters.tolist() == pytest.approx(expected)


def rarities(asked: str, snapshot: Snapshot) -> dict[str, float]:
    """What each character of a query is worth."""
    return {c: character_rarity(c, snapshot) for c in dict.fromkeys(asked) if is_ideograph(c)}


def numbers_in(asked: str) -> list[str]:
    """The numbers and Latin words of a query: letters, digits and points from the first on."""
    found, number = [], ""
    for character in f"{asked} ":
        if character.isascii() and (character.isalnum() or (number and character == ".")):
            number += character
        elif number:
            found.append(number)
            number = ""
    return found


def nearness(asked: str, document: int, snapshot: Snapshot) -> float:
    """The share of the query, by worth, that the best stretch of a text holds."""
    sought = rarities(asked, snapshot)
    number_worth = max(sought.values(), default=1.0)
    sought |= dict.fromkeys(numbers_in(asked), number_worth)
    text = fold(snapshot.text(document))
    best, start = 0.0, 0
    while sought and (start == 0 or start < len(text) - DEFAULT.stretch + DEFAULT.stretch // 4):
        part = text[start : start + DEFAULT.stretch]
        best = max(best, sum(worth for item, worth in sought.items() if item in part))
        start += DEFAULT.stretch // 4
    return best / sum(sought.values()) if sought else 0.0


def by_characters(asked: str, document: int, snapshot: Snapshot) -> float:
    """What its characters earn a text by BM25."""
    text = fold(snapshot.text(document))
    (length,) = snapshot.relative_lengths(Zone.TEXT, np.array([document]))
    b, k1 = DEFAULT.length_norm[Place.TEXT], DEFAULT.saturation
    total = 0.0
    for character, weight in rarities(asked, snapshot).items():
        often = text.count(character) / (1 - b + b * length)
        total += weight * often * (k1 + 1) / (often + k1)
    return total
