"""The engines side by side over the same paragraphs."""

from __future__ import annotations

import statistics
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

import click

from .commands import time_commands
from .engines import ENGINES
from .material import Material  # noqa: TC001 -- a field of a dataclass
from .measure import WARM_UP, Built, Child, NotInstalled, build, cold, counted, warm
from .queries import draw

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from .queries import Arguments
    from .worker import Answered


@dataclass(frozen=True)
class Measured:
    """What was measured of one engine.

    Attributes:
        built: how the index that it searches was built.
        nearly: the methods whose answers are only near to what is asked for.
        warm: method → answers to the queries, in their order.
        cold: seconds of searches in new processes.
    """

    built: Built
    nearly: tuple[str, ...]
    warm: dict[str, list[Answered]]
    cold: list[float]

    def median(self, method: str) -> float | None:
        """The median time of a class's queries, if the engine answers such."""
        answers = self.warm.get(method)
        return statistics.median(answer.seconds for answer in answers) if answers else None


@dataclass(frozen=True)
class Comparison:
    """All that was measured, and over what.

    Attributes:
        material: what was indexed.
        queries: method → queries.
        share: of the paragraphs in which a word stands that is asked for, at the least.
        standing: of each exact string that was asked for, in how many paragraphs it stands.
        engines: name → figures.
        missing: name → the module that it needs and that is not installed.
        commands: of our own index: title → seconds of the command in new processes.
    """

    material: Material
    share: float
    queries: dict[str, list[Arguments]]
    standing: list[int]
    engines: dict[str, Measured] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)
    commands: dict[str, list[float]] = field(default_factory=dict)

    def share_found(self, totals: Iterable[int]) -> float:
        """Of the paragraphs in which the exact strings stand, how many were found at the most."""
        found = map(min, totals, self.standing)
        return sum(found) / sum(self.standing)


def compare(
    material: Material, names: Sequence[str], number: int, share: float, cold_runs: int, work: Path
) -> Comparison:
    """Build every engine's index, one after the other, then search them in turn.

    Args:
        material: what is indexed.
        names: the engines.
        number: of queries of each class.
        share: see `draw`.
        cold_runs: searches in new processes.
        work: the folder in which the indexes are put.
    """
    click.echo("drawing queries", err=True)
    paragraphs = list(material.paragraphs())
    queries = draw(paragraphs, WARM_UP + number, share)
    counting = {asked.method: counted(drawn) for asked, drawn in queries.items()}
    texts = [paragraph.text for paragraph in paragraphs]
    standing = [sum(str(string) in text for text in texts) for (string,) in counting["exact"]]
    comparison = Comparison(material, share, counting, standing)

    owners = {name: ENGINES[name].index or name for name in names}
    built: dict[str, Built] = {}
    for owner in dict.fromkeys(owners.values()):
        click.echo(f"building {owner}", err=True)
        try:
            built[owner] = build(owner, material, work / owner)
        except NotInstalled as error:
            comparison.missing[owner] = str(error)
    indexes = {name: work / owner for name, owner in owners.items() if owner in built}

    click.echo("searching", err=True)
    with ExitStack() as stack:
        children = {name: stack.enter_context(Child(name)) for name in indexes}
        for name, child in children.items():
            child.tell("open", indexes[name])
        nearly = {name: child.tell("nearly") for name, child in children.items()}
        answers = warm(children, queries)

    click.echo("searching in new processes", err=True)
    builders = {name: index for name, index in indexes.items() if owners[name] == name}
    words = (str(word) for (word,) in islice(counting["one"], cold_runs))
    seconds = cold(builders, words)
    for name, index in indexes.items():
        comparison.engines[name] = Measured(
            built[owners[name]], nearly[name], answers[name], seconds.get(name, [])
        )
        if ENGINES[name].console:
            comparison.commands.update(time_commands(index, counting, cold_runs))
    return comparison
