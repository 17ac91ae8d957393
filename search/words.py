"""What a bare query word asks for: its units, each with the ways it may be written.

A chunk of a query written without spaces is cut by the segmenter into units that are
all required. Numbers, dates and document numbers are kept whole. What may be written in
other ways (`equivalents`) is widened in place: the unit has more forms, of which any will
do. A run of words that stands for something else gives the other forms to each of its
words, for (国内 or GDP) and (生产总值 or GDP) is (国内 and 生产总值) or GDP: so widening a
query never loses a hit.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from indexer import fold
from indexer.bounds import FREE, NUMBER, WORD

from .equivalents import Widening, bundled, find_equivalents

if TYPE_CHECKING:
    from collections.abc import Iterator

    from indexer import Segmenter
    from indexer.bounds import Bounds

    from .equivalents import Equivalent, Synonyms

MAX_WIDENED = 32
"""Parts of a chunk that are widened; what comes after them is asked for as typed."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One thing that a hit must have.

    Attributes:
        forms: the folded strings of which any will do; the first is as it was asked.
        bounded: whether letters and digits at its ends must not go on in the text, so
            that 6.9 is not found in 16.9, nor art in party.
        numeric: whether numbers in words must not go on either.
        weights: what an occurrence of each form counts; empty when all count in full.
        widening: why there are several forms.
    """

    forms: tuple[str, ...]
    bounded: bool = True
    numeric: bool = False
    weights: tuple[float, ...] = ()
    widening: Widening | None = field(default=None, compare=False)

    @property
    def bounds(self) -> Bounds:
        """What at its ends makes it part of something longer."""
        return (NUMBER if self.numeric else WORD) if self.bounded else FREE

    @property
    def by_weight(self) -> dict[float, tuple[str, ...]]:
        """The forms that count alike, by what they count."""
        groups: dict[float, tuple[str, ...]] = {}
        for form, weight in zip(self.forms, self.weights or (1.0,) * len(self.forms), strict=True):
            groups[weight] = (*groups.get(weight, ()), form)
        return groups

    @property
    def in_full(self) -> Unit:
        """The unit without the forms that are not quite the same."""
        return replace(self, forms=self.by_weight[1.0], weights=())

    @property
    def as_typed(self) -> Unit:
        """The unit without its other forms."""
        return replace(self, forms=self.forms[:1], weights=(), widening=None)


def exact(text: str) -> Unit:
    """The unit of a quoted string: just that, wherever it stands."""
    return Unit((fold(text),), bounded=False)


def units(
    text: str, segmenter: Segmenter, synonyms: Synonyms | None = None, *, expand: bool = True
) -> tuple[Unit, ...]:
    """Cut a chunk of a query into what it asks for, in order, each once.

    A chunk in which there is no word, such as a lone sign, is asked for as it is.

    Args:
        text: the chunk.
        segmenter: cuts it as the texts were cut.
        synonyms: what stands for what; None for what comes with the program.
        expand: whether what may be written in other ways is found in all of them; if not,
            the units are the same ones with what was typed alone.
    """
    folded = fold(text)
    known = bundled() if synonyms is None else synonyms
    parts = find_equivalents(folded, _Cuts(folded, segmenter), known)
    found: list[Unit] = []
    position = 0
    for number, part in enumerate(parts):
        found += _words(folded[position : part.start], segmenter)
        widened = _widened(part, segmenter)
        found += widened if expand and number < MAX_WIDENED else (u.as_typed for u in widened)
        position = part.end
    found += _words(folded[position:], segmenter)
    return tuple(dict.fromkeys(found)) or (Unit((folded,)),)


def _words(folded: str, segmenter: Segmenter) -> Iterator[Unit]:
    return (Unit((word,)) for word in segmenter.words(folded))


def _widened(part: Equivalent, segmenter: Segmenter) -> Iterator[Unit]:
    """The units of what may be written in other ways."""
    widening = part.widening
    words = [widening.typed]
    if not widening.kind.is_whole:
        words = segmenter.words(widening.typed) or words
    for word in words:
        forms = {word: 1.0}
        for form in widening.forms:
            forms.setdefault(form.text, form.weight)
        weights = tuple(forms.values())
        yield Unit(
            tuple(forms),
            numeric=widening.kind.is_numeric,
            weights=weights if min(weights) < 1 else (),
            widening=widening if len(forms) > 1 else None,
        )


class Wording(NamedTuple):
    """How the words of a query are understood: see `units`.

    Attributes:
        segmenter: cuts them as the texts were cut.
        synonyms: what stands for what; None for what comes with the program.
        expand: whether what may be written in other ways is found in all of them.
        relax: whether of a plain question not all words are required, see `questions`.
        together: whether words that are written together have to stand together.
    """

    segmenter: Segmenter
    synonyms: Synonyms | None = None
    expand: bool = True
    relax: bool = True
    together: bool = False

    def units(self, text: str) -> tuple[Unit, ...]:
        """Cut a chunk of a query into what it asks for."""
        return (self.run(text),) if self.together else self._cut(text)

    def run(self, text: str) -> Unit:
        """What a chunk asks for as one: several words have to stand as they are written."""
        folded = fold(text)
        found = self._cut(text)
        is_one_word = len(found) == 1 and folded.count(found[0].forms[0]) == 1
        return found[0] if is_one_word else Unit((folded,))

    def _cut(self, text: str) -> tuple[Unit, ...]:
        return units(text, self.segmenter, self.synonyms, expand=self.expand)


class _Cuts:
    """Whether words end at an offset of a text, which is cut when it is first asked.

    Args:
        folded: the text.
        segmenter: cuts it.
    """

    def __init__(self, folded: str, segmenter: Segmenter) -> None:
        self._folded = folded
        self._segmenter = segmenter
        self._within: set[int] | None = None

    def __call__(self, offset: int) -> bool:
        if self._within is None:
            self._within = set()
            end = 0
            for word in self._segmenter.words(self._folded):
                start = self._folded.index(word, end)
                end = start + len(word)
                self._within.update(range(start + 1, end))
        return offset not in self._within
