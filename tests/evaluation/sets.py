"""Sets of questions with known answers, and the measures of a ranking over them."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

NAMES = ("equals_test", "rgb_zh", "cmrc2018_para")
DEPTH = 10
"""Hits that count."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What is searched: a text, with a name where the set gives one."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question and the numbers of the entries that answer it."""

    text: str
    answers: frozenset[int]


@dataclass(frozen=True, slots=True)
class Questions:
    """A set.

    Attributes:
        name: of the set.
        entries: all of them.
        questions: those with an answer among the entries, in order.
    """

    name: str
    entries: tuple[Entry, ...]
    questions: tuple[Question, ...]

    @property
    def for_fitting(self) -> tuple[Question, ...]:
        """Every second question, from the first."""
        return self.questions[::2]

    @property
    def for_judging(self) -> tuple[Question, ...]:
        """The others."""
        return self.questions[1::2]


@dataclass(frozen=True, slots=True)
class Measures:
    """How good a ranking is.

    Attributes:
        rank: MRR@10, the mean of 1 / the rank of the first answer, 0 if it is not among ten.
        recall: R@10, the mean share of the answers that are among ten.
    """

    rank: float
    recall: float


def read(folder: Path) -> Questions:
    """Read a set: `corpus.jsonl`, `queries.jsonl` and `qrels.trec` in a folder."""
    corpus = _records(folder / "corpus.jsonl")
    numbers = {entry["id"]: number for number, entry in enumerate(corpus)}
    answers: dict[str, set[int]] = defaultdict(set)
    for line in (folder / "qrels.trec").read_text("utf-8").splitlines():
        query, _, entry, grade = line.split()
        if int(grade) > 0:
            answers[query].add(numbers[entry])
    return Questions(
        folder.name,
        tuple(Entry(entry.get("name", ""), entry["text"]) for entry in corpus),
        tuple(
            Question(query["text"], frozenset(answers[query["id"]]))
            for query in _records(folder / "queries.jsonl")
            if answers[query["id"]]
        ),
    )


def _records(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def measure(ask: Callable[[str], Sequence[int]], questions: Sequence[Question]) -> Measures:
    """Ask every question and see where its answers are."""
    rank = recall = 0.0
    for question in questions:
        found = [
            place
            for place, entry in enumerate(ask(question.text)[:DEPTH], 1)
            if entry in question.answers
        ]
        rank += 1 / found[0] if found else 0
        recall += len(found) / len(question.answers)
    return Measures(rank / len(questions), recall / len(questions))
