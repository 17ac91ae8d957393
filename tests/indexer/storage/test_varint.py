"""Variable-byte integers: what is encoded comes back, and what is none is refused."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.storage.varint import encode, running_sums

if TYPE_CHECKING:
    from collections.abc import Sequence

MODULUS = 2**32
BORDERS = [0, 1, *(2**bits + by for bits in (7, 14, 21, 28, 31) for by in (-1, 0)), MODULUS - 1]
NUMBERS = st.lists(st.one_of(st.sampled_from(BORDERS), st.integers(0, MODULUS - 1)), max_size=80)
BYTES = st.lists(
    st.one_of(st.sampled_from([0, 1, 0x7F, 0x80, 0x81, 0xFF]), st.integers(0, 255)), max_size=40
)


def leb128(number: int) -> list[int]:
    """One number, as the format's definition puts it."""
    digits = []
    while number >= 0x80:
        digits.append(number % 0x80 + 0x80)
        number //= 0x80
    return [*digits, number]


def decoded(data: Sequence[int]) -> list[int] | None:
    """The numbers that bytes stand for, one by one; None if they stand for none."""
    numbers, digits = [], list[int]()
    for byte in data:
        digits.append(byte % 0x80)
        if byte < 0x80:
            if len(digits) > 5:
                return None
            numbers.append(sum(digit << 7 * place for place, digit in enumerate(digits)))
            digits = []
    return None if digits else numbers


def sums(numbers: Sequence[int]) -> list[int]:
    return [total % MODULUS for total in accumulate(numbers)]


@given(NUMBERS)
def test_the_running_sums_of_what_was_encoded_are_those_of_the_numbers(numbers: list[int]) -> None:
    """Sums beyond 2**32 begin again at 0."""
    encoded, _ = encode(np.array(numbers, np.uint32))
    assert running_sums(encoded).tolist() == sums(numbers)


@given(NUMBERS)
def test_every_number_is_encoded_as_leb128_and_its_end_is_told(numbers: list[int]) -> None:
    """Numbers follow one another with nothing between them."""
    encoded, ends = encode(np.array(numbers, np.uint32))
    one_by_one = [leb128(number) for number in numbers]
    assert encoded.tolist() == [byte for digits in one_by_one for byte in digits]
    assert ends.tolist() == list(accumulate(map(len, one_by_one)))


@given(BYTES)
def test_any_bytes_are_numbers_or_refused(data: list[int]) -> None:
    """Bytes that hold an endless number, or one of more than five bytes, raise ValueError."""
    encoded, numbers = np.array(data, np.uint8), decoded(data)
    if numbers is None:
        with pytest.raises(ValueError, match="a number"):
            running_sums(encoded)
    else:
        assert running_sums(encoded).tolist() == sums(numbers)


@given(NUMBERS, st.data())
def test_bytes_that_are_cut_off_within_a_number_are_refused(
    numbers: list[int], data: st.DataObject
) -> None:
    """Wherever encoded numbers are cut, only the ends of numbers are good places."""
    encoded, ends = encode(np.array(numbers, np.uint32))
    place = data.draw(st.integers(0, len(encoded)))
    whole = [0, *ends.tolist()]
    if place in whole:
        assert running_sums(encoded[:place]).tolist() == sums(numbers[: whole.index(place)])
    else:
        with pytest.raises(ValueError, match="does not end"):
            running_sums(encoded[:place])
