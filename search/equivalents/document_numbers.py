"""Document numbers (发文字号), in every bracket and spacing: 国办发〔2017〕24号.

GB/T 9704-2012, 7.2.5 has the form: the mark of the issuer, the year in 〔〕, and the
serial number without 第 and without leading zeros. Everything else is found in practice.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .found import Equivalent, Form, Kind, equivalent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_OPENING = "〔[(【〈《〖"
_CLOSING = "〕])】〉》〗"
_PAIRS = tuple(zip(_OPENING, _CLOSING, strict=True))

_ISSUED = "发函字办规电复批通"
"""How the mark of an issuer ends; asked of one where the year has no brackets."""

_PATTERN = re.compile(
    rf"(?P<issuer>[^\W\d_]{{1,20}})"
    rf"(?: ?[{re.escape(_OPENING)}] ?(?P<year>[0-9]{{4}}) ?[{re.escape(_CLOSING)}] ?"
    rf"|(?<=[{_ISSUED}])(?P<bare>[0-9]{{4}})年)"
    r"第?0{0,4}(?P<serial>[1-9][0-9]{0,4}) ?号"
)

_USUAL = 3
"""Brackets that are looked for with a space before them as well."""

_TAILS = ("{}号", "{} 号", " {}号", " {} 号")
_ORDINAL_TAILS = ("第{}号", "第{} 号")


def find_document_numbers(folded: str, is_cut: Callable[[int], bool]) -> Iterator[Equivalent]:  # noqa: ARG001
    """Find the document numbers in a folded text."""
    for match in _PATTERN.finditer(folded):
        year = match["year"] or match["bare"]
        forms = _forms(match["issuer"], year, match["serial"])
        yield equivalent(match.start(), match[0], Kind.DOCUMENT_NUMBER, forms)


def _forms(issuer: str, year: str, serial: str) -> Iterator[Form]:
    """The ways to write a document number."""
    brackets = [(f"{left}{year}{right}", f"{left} {year} {right}") for left, right in _PAIRS]
    tails = [tail.format(serial) for tail in _TAILS]
    ordinals = [tail.format(serial) for tail in _ORDINAL_TAILS]
    for tail in (*tails, *ordinals):
        yield from (Form(f"{issuer}{bracket}{tail}") for bracket, _ in brackets)
    yield from (Form(f"{issuer}{year}年{tail}") for tail in (tails[0], ordinals[0]))
    for bracket, spaced in brackets[:_USUAL]:
        yield from (Form(f"{issuer} {bracket}{tail}") for tail in tails)
        yield Form(f"{issuer} {spaced} {serial} 号")
