"""What is compared: this engine, and plain BM25 over words, search mode and bigrams.

Plain BM25 is that of Robertson and Zaragoza 2009, with the parameters most engines come
with (k1 1.2, b 0.75). It is asked with the same folded texts as ours, names included.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from math import log
from typing import TYPE_CHECKING

import numpy as np

import search
from corpus import Reason
from indexer import Segmenter, build_index, fold, open_snapshot
from search.errors import QueryError, TooMuchError
from search.evaluation import evaluate
from search.hits import best
from search.occurrences import Occurrences
from search.query import parse
from search.words import Wording

from .sets import DEPTH

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from search.ranking import Parameters

    from .sets import Entry

_K1, _B = 1.2, 0.75


class Plain:
    """Plain BM25 over some terms.

    Args:
        entries: what is searched.
        cut: gives the terms of a text.
    """

    def __init__(self, entries: Sequence[Entry], cut: Callable[[str], Iterable[str]]) -> None:
        self._cut = cut
        self._size = len(entries)
        self._postings: dict[str, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
        lengths = np.zeros(len(entries))
        for number, entry in enumerate(entries):
            counts = Counter(cut(fold(f"{entry.name}\n{entry.text}")))
            lengths[number] = counts.total()
            for term, often in counts.items():
                numbers, frequencies = self._postings[term]
                numbers.append(number)
                frequencies.append(often)
        self._norms = _K1 * (1 - _B + _B * lengths / lengths.mean())

    def __call__(self, question: str) -> list[int]:
        """The best entries."""
        scores = np.zeros(self._size)
        for term in set(self._cut(fold(question))) & self._postings.keys():
            numbers, often = map(np.array, self._postings[term])
            rarity = log(1 + (self._size - len(numbers) + 0.5) / (len(numbers) + 0.5))
            scores[numbers] += rarity * often * (_K1 + 1) / (often + self._norms[numbers])
        order = np.argsort(-scores, kind="stable")[:DEPTH]
        return [int(number) for number in order if scores[number]]


def bigrams(text: str) -> list[str]:
    """Pairs of neighbouring characters, signs and spaces aside."""
    pairs = (text[start : start + 2] for start in range(len(text) - 1))
    return [pair for pair in pairs if pair.isalnum()]


def plain_engines(
    entries: Sequence[Entry], segmenter: Segmenter
) -> dict[str, Callable[[str], Sequence[int]]]:
    """Plain BM25 over jieba's words, over those of its search mode, and over bigrams."""
    cuts = {
        "BM25, words": segmenter.words,
        "BM25, search mode": segmenter.index_words,
        "BM25, bigrams": bigrams,
    }
    return {name: Plain(entries, cut) for name, cut in cuts.items()}


class Ours:
    """This engine: every entry is a report of one paragraph, its name the title.

    Args:
        entries: what is searched.
        folder: to keep the index in.
    """

    def __init__(self, entries: Sequence[Entry], folder: Path) -> None:
        source = folder / "entries.jsonl"
        with source.open("w", encoding="utf-8") as file:
            for entry in entries:
                record = {"title": entry.name, "content": " ".join(entry.text.split())}
                kept = {key: value for key, value in record.items() if value}
                file.write(json.dumps(kept, ensure_ascii=False) + "\n")
        summary = build_index(folder / "index", source)
        assert all(failure.reason is Reason.EMPTY for failure in summary.failed), summary
        self.snapshot = open_snapshot(folder / "index")
        self._index = search.open_index(folder / "index")

    def __call__(self, question: str) -> list[int]:
        """The best entries, asked as a user asks; a query that is an error finds none."""
        try:
            results = self._index.search(question, limit=3 * DEPTH)
        except QueryError:
            return []
        return self._numbers(hit.report.sources for hit in results)

    def with_parameters(self, parameters: Parameters) -> Callable[[str], Sequence[int]]:
        """The same with other parameters of ranking."""

        def ask(question: str) -> list[int]:
            wording = Wording(self.snapshot.segmenter)
            occurrences = Occurrences(self.snapshot, parameters)
            try:
                answer = evaluate(parse(question), self.snapshot, occurrences, wording)
            except (QueryError, TooMuchError):
                return []
            places = best(answer, "relevance", self.snapshot, 3 * DEPTH)
            rows = self.snapshot.rows[answer.documents[places]].tolist()
            return self._numbers(self.snapshot.reports.report(row).sources for row in rows)

        return ask

    def _numbers(self, sources: Iterable[tuple[str, ...]]) -> list[int]:
        """The entries that reports were read from: those with the same text are one report."""
        found = [
            int(source.rpartition("!/")[2]) - 1 for of_report in sources for source in of_report
        ]
        return list(dict.fromkeys(found))
