"""Arrays that are kept in memory: made once while they are asked for, dropped within a bound."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from indexer.storage.kept import Kept

NUMBERS = 1_000
ROOM_FOR = 40
MOST = ROOM_FOR * 8 * NUMBERS


class Making:
    """Makes arrays, and knows which it has made."""

    def __init__(self, kept: Kept) -> None:
        self.kept = kept
        self.made: list[int] = []

    def get(self, key: int, numbers: int = NUMBERS) -> int:
        """The array of a key, which is full of that number; gives what it is full of."""
        ((values),) = self.kept.get(key, lambda: self._make(key, numbers))
        assert len(values) == numbers
        assert bool((values == key).all())
        return int(values[0])

    def _make(self, key: int, numbers: int) -> tuple[np.ndarray]:
        self.made.append(key)
        return (np.full(numbers, key),)


def test_what_is_asked_for_again_is_not_made_again() -> None:
    making = Making(Kept(MOST))
    assert [making.get(key) for key in (1, 2, 1, 2)] == [1, 2, 1, 2]
    assert making.made == [1, 2]


def test_what_was_not_asked_for_longest_goes_first() -> None:
    making = Making(Kept(MOST))
    for key in range(ROOM_FOR - 2):
        making.get(key)
    making.get(0)
    for key in range(ROOM_FOR, ROOM_FOR + 20):
        making.get(key)
    making.made.clear()
    making.get(0)
    making.get(1)
    assert making.made == [1]


@given(st.lists(st.integers(0, 60), max_size=200))
@example(list(range(60)))
def test_never_more_than_the_bound_is_kept_and_always_what_belongs_to_the_key(
    keys: list[int],
) -> None:
    making = Making(Kept(MOST))
    assert [making.get(key) for key in keys] == keys
    making.made.clear()
    for key in reversed(dict.fromkeys(reversed(keys))):  # the last ones asked for last
        making.get(key)
    again = len(dict.fromkeys(keys)) - len(making.made)
    assert again <= ROOM_FOR


def test_what_would_drive_out_all_else_is_not_kept() -> None:
    making = Making(Kept(MOST))
    making.get(1)
    making.get(2, numbers=NUMBERS * ROOM_FOR // 2)
    making.get(2, numbers=NUMBERS * ROOM_FOR // 2)
    making.get(1)
    assert making.made == [1, 2, 2]


def test_nobody_can_write_to_what_others_are_given() -> None:
    (values,) = Kept().get("one", lambda: (np.zeros(3),))
    with pytest.raises(ValueError, match="read-only"):
        values[0] = 1


def test_threads_are_given_what_they_asked_for() -> None:
    making = Making(Kept(MOST))
    keys = [key % 77 for key in range(5_000)]
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(making.get, keys)) == keys
