"""What a query finds, by reading every paragraph: plain loops over what is written of the language.

A point is a paragraph of a report and an offset in its folded text, a stretch is what lies
between two points. The matches of an operand are kept by their hull: the stretch from
the first to the last character. Whether operands stand near one another depends on their
hulls alone, so of all matches with one hull only the words that take part are kept.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache, cached_property, reduce
from itertools import groupby
from typing import TYPE_CHECKING

from indexer import FoldedText, fold
from indexer.quantities import Quantity, find_quantities
from indexer.units import KINDS
from search.query import AllOf, AnyOf, Exact, Fuzzy, Measured, Near, NoneOf, Scope, Wild, Words
from search.spans import spans_in
from search.words import Unit, exact, units

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from indexer import Segmenter, Span
    from search import Index, Passage
    from search.query import Node

    Point = tuple[int, int]
    Stretch = tuple[Point, Point]
    Matches = dict[Stretch, set[Stretch]]
    Place = int | Point | None
    Answer = dict[str, tuple[Span, ...]]

ENDS = "。!?"


@dataclass(frozen=True)
class Held:
    """Whether a part of a query holds for a paragraph; by a word in it; without any word."""

    holds: bool
    by_word: bool
    freely: bool


class Report:
    """The paragraphs of one report, folded."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self.passages = passages
        self.texts = [fold(passage.text) for passage in passages]
        self.sections = [
            number
            for number, (_, same) in enumerate(
                groupby((passage.heading, passage.section) for passage in passages)
            )
            for _ in same
        ]

    def unit(self, scope: Scope, stretch: Stretch) -> Place:
        """The sentence, paragraph or section that a stretch lies in; None if in several."""
        (first, start), (last, end) = stretch
        if scope is Scope.SECTION:
            section = self.sections[first]
            return section if section == self.sections[last] else None
        if first != last:
            return None
        if scope is not Scope.SENTENCE:
            return first
        before, within = self.texts[first][:start], self.texts[first][start : end - 1]
        if any(sign in ENDS for sign in within):
            return None
        return first, sum(sign in ENDS for sign in before)


class Oracle:
    """Answers parsed queries over all the reports of an index, as they are read from it."""

    def __init__(self, index: Index) -> None:
        self.reports = [Report(index.paragraphs(report.id)) for report in index.reports()]
        self.segmenter: Segmenter = index._snapshot.segmenter
        self.forms = cache(self._forms)
        self.units = cache(lambda chunk: units(chunk, self.segmenter))

    def answer(self, node: Node) -> Answer:
        """The addresses of all hits, and what is highlighted in their texts."""
        return {
            address: highlights
            for report in self.reports
            for address, highlights in _Reading(self, report).answer(node)
        }

    @cached_property
    def words(self) -> set[str]:
        """The words of the index."""
        cut = self.segmenter.index_words
        return {word for report in self.reports for text in report.texts for word in cut(text)}

    def _forms(self, node: Node) -> tuple[Unit, ...]:
        """The units of which a word or a string is any."""
        if isinstance(node, Exact):
            return (exact(node.text),)
        assert isinstance(node, Words | Wild)
        folded = fold(node.text)
        if isinstance(node, Wild):
            whole = re.compile(_expression(folded), re.DOTALL)
            return tuple(Unit((word,)) for word in filter(whole.fullmatch, self.words))
        asked = self.units(node.text)
        is_one_word = len(asked) == 1 and folded.count(asked[0].forms[0]) == 1
        return asked if is_one_word else (Unit((folded,)),)


class _Reading:
    """A query put to one report."""

    def __init__(self, oracle: Oracle, report: Report) -> None:
        self._oracle = oracle
        self._report = report
        self._taking_part: dict[Node, dict[int, set[Span]]] = {}

    def answer(self, node: Node) -> Iterator[tuple[str, tuple[Span, ...]]]:
        for number, passage in enumerate(self._report.passages):
            held = self._held(node, number, negated=False)
            if held.by_word or held.freely:
                folded = FoldedText(passage.text)
                shown = {folded.original_span(*span) for span in self._shown(node, number)}
                yield passage.address, _merged(shown)

    def _held(self, node: Node, number: int, *, negated: bool) -> Held:
        if isinstance(node, AllOf | AnyOf):
            parts = [self._held(part, number, negated=negated) for part in node.parts]
            by_word, freely = [part.by_word for part in parts], [part.freely for part in parts]
            if isinstance(node, AnyOf):
                return Held(any(part.holds for part in parts), any(by_word), any(freely))
            holds = all(part.holds for part in parts)
            return Held(holds, holds and any(by_word), all(freely))
        if isinstance(node, NoneOf):
            holds = not self._held(node.part, number, negated=True).holds
            return Held(holds, by_word=False, freely=holds)
        text = self._report.texts[number]
        if isinstance(node, Words):
            places = [text] if negated else [text, *self._around(number)]
            asked = self._oracle.units(node.text)
            holds = all(any(_stands(unit, place) for place in places) for unit in asked)
            in_text = holds and any(_stands(unit, text) for unit in asked)
        elif isinstance(node, Exact):
            holds = in_text = _stands(exact(node.text), text)
        else:
            assert isinstance(node, Fuzzy | Wild | Measured | Near)
            holds = in_text = bool(self._located(node)[number])
        return Held(holds, in_text and not negated, holds and negated)

    def _around(self, number: int) -> Iterator[str]:
        """The title and the headings above a paragraph, which are not its own text."""
        passage = self._report.passages[number]
        yield fold(passage.report.title)
        own = passage.heading[-1:] == (passage.text,)
        yield from map(fold, passage.heading[:-1] if own else passage.heading)

    def _shown(self, node: Node, number: int) -> Iterator[Span]:
        """What is highlighted in a paragraph, in its folded text."""
        text = self._report.texts[number]
        if isinstance(node, AllOf | AnyOf):
            for part in node.parts:
                yield from self._shown(part, number)
        elif isinstance(node, Words):
            asked = self._oracle.units(node.text)
            run = [Unit((fold(node.text),))] if len(asked) > 1 else []
            for unit in (*asked, *run):
                yield from spans_in(text, unit)
        elif isinstance(node, Exact):
            yield from spans_in(text, exact(node.text))
        elif isinstance(node, Fuzzy | Wild | Measured | Near):
            yield from self._located(node)[number]

    def _located(self, node: Node) -> dict[int, set[Span]]:
        """By paragraph the stretches of words that take part in a match."""
        if node not in self._taking_part:
            found: dict[int, set[Span]] = defaultdict(set)
            for taking_part in self._matches(node).values():
                for (number, start), (_, end) in taking_part:
                    found[number].add((start, end))
            self._taking_part[node] = found
        return self._taking_part[node]

    def _matches(self, node: Node) -> Matches:
        if isinstance(node, AnyOf):
            found: Matches = defaultdict(set)
            for part in node.parts:
                for hull, taking_part in self._matches(part).items():
                    found[hull] |= taking_part
            return found
        if isinstance(node, AllOf):
            return reduce(self._in_one_paragraph, map(self._matches, node.parts))
        if isinstance(node, Near):
            left, right = self._matches(node.left), self._matches(node.right)
            return self._pairs(left, right, node.scope, lambda a, b: _near(node, a, b))
        if isinstance(node, Measured):
            return self._measured(node)
        stretches = {((number, start), (number, end)) for number, (start, end) in self._leaf(node)}
        return {stretch: {stretch} for stretch in stretches}

    def _measured(self, node: Measured) -> Matches:
        """The word with the first quantity behind it in its clause; or else the last before it."""
        found: Matches = defaultdict(set)
        for number, (start, end) in self._leaf(node.word):
            text = self._report.texts[number]
            clauses = _clauses(text)
            of_kind = [one for one in _quantities(text) if KINDS[one.kind] == node.kind]
            behind = [one for one in of_kind if one.start >= end]
            behind = [one for one in behind if clauses[one.start] == clauses[end - 1]]
            before = [one for one in of_kind if one.start + one.length <= start]
            before = [one for one in before if clauses[one.start] == clauses[start]]
            for one in behind[:1] or before[-1:]:
                if node.above < one.value < node.below:
                    word = (number, start), (number, end)
                    quantity = (number, one.start), (number, one.start + one.length)
                    hull = min(word[0], quantity[0]), max(word[1], quantity[1])
                    found[hull] |= {word, quantity}
        return found

    def _in_one_paragraph(self, left: Matches, right: Matches) -> Matches:
        return self._pairs(left, right, Scope.PARAGRAPH, lambda _, __: True)

    def _pairs(
        self,
        left: Matches,
        right: Matches,
        scope: Scope,
        holds: Callable[[Stretch, Stretch], bool],
    ) -> Matches:
        in_unit = defaultdict(list)
        for hull in right:
            in_unit[self._report.unit(scope, hull)].append(hull)
        in_unit.pop(None, None)
        found: Matches = defaultdict(set)
        for one in left:
            for other in in_unit.get(self._report.unit(scope, one), ()):
                if holds(one, other):
                    hull = min(one[0], other[0]), max(one[1], other[1])
                    found[hull] |= left[one] | right[other]
        return found

    def _leaf(self, node: Node) -> Iterator[tuple[int, Span]]:
        """Where a word, a string or a pattern stands."""
        texts = self._report.texts
        if isinstance(node, Fuzzy) or (isinstance(node, Wild) and "*" not in fold(node.text)):
            folded = fold(node.text)
            forms = one_edit(folded) if isinstance(node, Fuzzy) else [_expression(folded)]
            for form in forms:
                ahead = re.compile(f"(?=({form}))", re.DOTALL)
                for number, text in enumerate(texts):
                    yield from ((number, found.span(1)) for found in ahead.finditer(text))
            return
        for unit in self._oracle.forms(node):
            for number, text in enumerate(texts):
                yield from ((number, span) for span in spans_in(text, unit))


@cache
def _clauses(text: str) -> list[int]:
    """Of every character of a folded text the number of its clause."""
    numbers, clause = [], 0
    for place, sign in enumerate(text):
        numbers.append(clause)
        around = text[max(0, place - 1) : place + 2 : 2]
        is_within_number = len(around) == 2 and set(around) <= set("0123456789")
        clause += sign in "。!?;" or (sign in ",:" and not is_within_number)
    return numbers


@cache
def _quantities(text: str) -> list[Quantity]:
    return list(find_quantities(text))


def one_edit(string: str) -> list[str]:
    """Regular expressions of a string with at most one edit, each a list of characters.

    Those of one character other, one too much within, one missing, two swapped.
    """
    places = range(len(string))
    characters = [re.escape(character) for character in string]
    forms = [characters]
    forms += [[*characters[:at], ".", *characters[at + 1 :]] for at in places]
    forms += [[*characters[:at], ".", *characters[at:]] for at in places if at > 0]
    if len(string) >= 3:
        forms += [[*characters[:at], *characters[at + 1 :]] for at in places]
    for at in places[:-1]:
        one, other = characters[at : at + 2]
        forms.append([*characters[:at], other, one, *characters[at + 2 :]])
    return ["".join(form) for form in forms]


def _expression(pattern: str) -> str:
    return re.escape(pattern).replace(r"\*", ".*").replace(r"\?", ".")


def _near(node: Near, one: Stretch, other: Stretch) -> bool:
    """Whether two stretches of one unit are in order, and not too far apart."""
    if node.ordered and one[1] > other[0]:
        return False
    if node.scope is not Scope.CHARACTERS:
        return True
    (_, later), (_, earlier) = max(one[0], other[0]), min(one[1], other[1])
    return later - earlier <= node.distance


def _stands(unit: Unit, text: str) -> bool:
    return any(True for _ in spans_in(text, unit))


def _merged(spans: set[Span]) -> tuple[Span, ...]:
    """Overlapping spans as one; those that only touch stay apart."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return tuple(merged)
