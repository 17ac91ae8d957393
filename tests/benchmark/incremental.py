"""How baogao takes one report after the other, and what that does to searching."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

from .material import choose
from .measure import WARM_UP, Child, size_on_disk, warm
from .queries import CLASSES, draw
from .tables import figure, row, rule

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from .worker import Answered

_ENGINE = "baogao"
_ADDITIONS = 200


def add_one_by_one(data: Path, least: int, number: int, share: float, work: Path) -> Iterator[str]:
    """Index reports, then the reports that follow, each by a run of its own.

    The runs are one after the other in one process; a new file is in the folder each
    time, and the run is told the folder. What is so made is compared with an index made
    of the same files in one run: in size, and in how long queries take, both indexes
    being asked in turn.

    Args:
        data: the folder of reports.
        least: how many paragraphs to begin with.
        number: of queries of each class.
        share: see `draw`.
        work: the folder in which files and indexes are put.
    """
    material, following = choose(data, least, work, further=_ADDITIONS)
    indexes = {"one by one": work / "grown", "in one run": work / "fresh"}
    grown, fresh = indexes.values()
    with Child(_ENGINE) as child:
        first: float = child.tell("build", material, grown)
        additions: list[float] = []
        for waiting, place in following:
            place.parent.mkdir(parents=True, exist_ok=True)
            waiting.rename(place)
            additions.append(child.tell("build", material, grown))
        again: float = child.tell("build", material, fresh)
    queries = draw(list(material.paragraphs()), WARM_UP + number, share)
    with Child(_ENGINE) as one, Child(_ENGINE) as other:
        children = dict(zip(indexes, (one, other), strict=True))
        for name, child in children.items():
            child.tell("open", indexes[name])
        answers = warm(children, queries)

    yield f"{material.count:,} paragraphs of {material.reports:,} reports in {figure(first)} s"
    yield (
        f"{len(additions)} reports after them, each by a run of its own: "
        f"median {figure(median(additions))} s, longest {figure(max(additions))} s"
    )
    yield f"all of them in one run: {figure(again)} s"
    yield ""
    yield row("", [*indexes, "ratio"])
    yield _compared("index, MB", [size_on_disk(grown) / 1e6, size_on_disk(fresh) / 1e6])
    yield rule("warm, ms: median", len(indexes) + 1)
    for asked in CLASSES:
        answered = [answers[name].get(asked.method, []) for name in indexes]
        if all(answered):
            yield _compared(asked.title, list(map(_milliseconds, answered)))


def _compared(label: str, values: list[float]) -> str:
    grown, fresh = values
    return row(label, [figure(grown), figure(fresh), figure(grown / fresh)])


def _milliseconds(answers: list[Answered]) -> float:
    return 1000 * median(answer.seconds for answer in answers)
