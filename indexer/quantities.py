"""Quantities: numbers with their units, found in folded text.

A number is written in digits or in words, may have a scale (万, 亿) and 多 or 余, and its
unit follows it: 1,234.5 万元, 一百二十亿元, 100多家; of a share in words it stands before:
百分之六. Of a range (6—7%, 3至5年) each end is a quantity. What is only numbered is none:
years, dates, 第35条, 〔2017〕24号; nor is what is more or less so many: 几十亿元, 三五年.

One regular expression finds them. Every repetition in it has a bound, and no number begins
within a longer one, so it takes time that is linear in the text.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from .amounts import (
    ALL_SCALE,
    AMOUNT,
    DIGITS,
    FIRST_OF_WORDS,
    NUMERALS,
    SHARE,
    TAIL,
    WORDS,
    Amount,
    read_amount,
)
from .units import UNITS, Unit

if TYPE_CHECKING:
    from collections.abc import Iterator

_TO = "[-–—―−~至到]{1,2}"
_NAMES = sorted(UNITS, key=len, reverse=True)
_UNIT = (
    # Where none of them begins they need not be tried one by one.
    f"(?=[{''.join(dict.fromkeys(name[0] for name in _NAMES))}])"
    f"(?:{'|'.join(re.escape(name) + UNITS[name].followed for name in _NAMES)})"
)

_FIND = re.compile(
    # It begins with one class of characters, as `re` is quick to find one.
    f"[0-9{NUMERALS}]"
    rf"(?<![0-9a-z第点⁄/{NUMERALS}].)(?<![0-9][.,].)(?<![几数][十百千万])"
    "(?<![第统唯单同之专归任逐其每某这那哪另进划不]一)"
    f"(?:(?<=[0-9]){DIGITS}{TAIL}|(?<={FIRST_OF_WORDS}){WORDS}{TAIL}|(?<=[百千万])"
    f"(?:{ALL_SCALE}{TAIL}|分之(?P<share>{SHARE})(?:{_TO}{SHARE}(?! ?(?:{_UNIT}|分之)))?))"
    f"(?(share)|(?:{_TO}{AMOUNT})?{_UNIT})",
    re.DOTALL,
)
_AMOUNT = re.compile(AMOUNT)
_READ = re.compile(
    f"(?P<of>[百千万])分之(?P<share>{SHARE})(?:{_TO}(?P<to>{SHARE}))?"
    f"|(?P<first>{AMOUNT})(?:{_TO}(?P<last>{AMOUNT}))?(?P<unit>{'|'.join(map(re.escape, _NAMES))})"
)

_SHARES = {"百": UNITS["%"], "千": UNITS["‰"], "万": UNITS["‱"]}
_YEAR = re.compile("[12][0-9]{3}")
_IDIOMS_OF_ONE = frozenset("度起处头只株张场笔种部批间层门")
"""Units that behind a bare 一 do not count: 一起, 一批."""

_REACH = 40
"""Characters before a quantity that are looked at."""
_MINUSES = "-−"
_ENDED = frozenset("0123456789abcdefghijklmnopqrstuvwxyz%)]")
"""Behind these a - is no sign of the number after it."""
_DOUBTFUL = f"{_MINUSES}–—~、至到和或及月"
_NUMBERED = re.compile(
    rf"(?:第[0-9{NUMERALS}{re.escape(_DOUBTFUL)}条款项章节]{{1,40}}|月[0-9]{{1,2}}日?[^0-9])\Z"
)
"""What comes before the later ones of 第三、四、五条, and before the last day in 6月28日至30日."""

_REMEMBERED = 1 << 14


class Quantity(NamedTuple):
    """A quantity in a text.

    Attributes:
        start: the offset of its first character.
        length: its characters.
        value: by the first unit of its kind.
        kind: its place in `units.KINDS`.
    """

    start: int
    length: int
    value: float
    kind: int


def find_quantities(text: str) -> Iterator[Quantity]:
    """Find the quantities of a folded text, in order."""
    end = 0
    for match in _FIND.finditer(text):
        found = _read(match[0])
        start = match.start()
        if found and start and text[start - 1] in _DOUBTFUL:
            found = _in_context(found, text, start, end)
        for first, length, value, kind in found:
            end = start + first + length
            yield Quantity(start + first, length, value, kind)


def read_quantity(text: str) -> Quantity | None:
    """Read a folded text as one quantity; None if it is not."""
    is_negative = text[:1] in tuple(_MINUSES)
    found = _read(text[is_negative:])
    if len(found) != 1:
        return None
    return found[0]._replace(value=-found[0].value) if is_negative else found[0]


def read_range(low: str, high: str) -> tuple[Quantity, Quantity] | None:
    """Read two folded texts as a range; the first may be without its unit, as in 3—5%."""
    first, last = read_quantity(low), read_quantity(high)
    if first is None and last is not None:
        both = _read(f"{low.lstrip(_MINUSES)}至{high.lstrip(_MINUSES)}")
        first = both[0] if len(both) > 1 else None
        if first and low[0] in _MINUSES:
            first = first._replace(value=-first.value)
    return (first, last) if first and last else None


def is_number(text: str) -> bool:
    """Whether a folded text is a number without a unit."""
    return _AMOUNT.fullmatch(text) is not None and read_amount(text) is not None


@lru_cache(_REMEMBERED)
def _read(text: str) -> tuple[Quantity, ...]:
    """Read what `_FIND` may find as a quantity, or as the two of a range."""
    match = _READ.fullmatch(text)
    if match is None:
        return ()
    of, share, to, first, last, name = match.groups()
    unit = _SHARES[of] if of else UNITS[name]
    if first and _counts_nothing(first.rstrip(), (last or "").rstrip(), unit):
        return ()
    low, high = share or first, to or last
    amount = read_amount(low)
    if amount is None:
        return ()
    if high is None:
        return (_quantity(0, len(text), amount, unit),)
    end = read_amount(high)
    if end is None:
        return ()
    if amount.scale is None and amount.plain <= end.plain:  # 3—5万, but not 5000—1万
        amount = amount._replace(scale=end.scale)
    before, start = match.start("share" if of else "first"), match.start("to" if of else "last")
    return (
        _quantity(0, before + len(low.rstrip()), amount, unit),
        _quantity(start, len(text) - start, end, unit),
    )


def _quantity(start: int, length: int, amount: Amount, unit: Unit) -> Quantity:
    return Quantity(start, length, float(amount.value * unit.factor), unit.kind)


def _counts_nothing(first: str, last: str, unit: Unit) -> bool:
    """Whether it only looks like a quantity or a range: a year, 一起, 20成."""
    if unit.name == "年":
        return bool(_YEAR.fullmatch(first) or _YEAR.fullmatch(last))
    if unit.name == "成":
        return len(first) > 1
    return first == "一" and unit.name in _IDIOMS_OF_ONE


def _in_context(
    found: tuple[Quantity, ...], text: str, start: int, before: int
) -> tuple[Quantity, ...]:
    """Look at what stands before quantities.

    Args:
        found: the quantities.
        text: in which they stand.
        start: where they begin.
        before: where the quantity before them ends; 0 if there is none.

    Returns:
        None of what is numbered or a date, and a negative one behind a sign.
    """
    if _NUMBERED.search(text[max(0, start - _REACH) : start]):
        return ()
    sign = text[start - 1]
    if sign == "月" and text[start + found[0].length - 1] == "日":
        return ()
    goes_on = text[max(0, start - 2) : start - 1] in _ENDED or (
        before and not text[before : start - 1].strip(" ")
    )
    if sign not in _MINUSES or goes_on:
        return found
    first = found[0]
    return Quantity(first.start - 1, first.length + 1, -first.value, first.kind), *found[1:]
