"""A comparison as text and as data."""

from __future__ import annotations

import os
import platform
import sqlite3
import textwrap
from dataclasses import asdict
from importlib.metadata import version
from statistics import mean, median
from typing import TYPE_CHECKING, Any

from .engines import ENGINES
from .measure import WARM_UP
from .queries import CLASSES
from .tables import ABSENT, WIDTH, figure, p95, row, rule

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from .comparison import Comparison, Measured

_MEGABYTE = 1e6

_METHOD = f"""\
Build: a process each, from its modules being imported to the index being closed; loading jieba's
  dictionary and cutting are part of it. baogao begins with the files of the reports: reading and
  decoding them, and fsync, are in its time. The others are handed the paragraphs, already read.
  Each takes as many processes and threads as it takes by itself.
Memory: the largest sum of PSS over the building process and all below it, looked at every 50 ms.
Warm: processes that stay, engines in turn, no query twice, {WARM_UP} of each class (of few, half)
  before those that count; the first 10 paragraphs with their texts, and the total if the engine
  tells it. Words come again in other queries: baogao keeps 32 MiB of what it decoded of them, no
  answers.
Cold: a whole process, the files in the page cache. baogao's is its own command; the others' is a
  script that imports, opens, cuts one word, searches and prints 10 texts.
≈: near to what was asked for. An exact string as a phrase of jieba's words; AND as OR."""


def as_data(comparison: Comparison, data: Path) -> dict[str, Any]:
    """All figures as they were measured: seconds and bytes."""
    counts = asdict(comparison.material)
    del counts["folder"], counts["records"]
    return {
        "data": str(data),
        "environment": _environment(comparison),
        **asdict(comparison),
        "material": counts,
    }


def as_text(comparison: Comparison, data: Path) -> Iterator[str]:
    """The tables, line by line."""
    material, known = comparison.material, _environment(comparison)
    yield f"{data}"
    yield (
        f"the first {material.reports:,} reports: {material.count:,} paragraphs, "
        f"{material.characters:,} characters, {figure(material.size / _MEGABYTE)} MB of UTF-8"
    )
    yield f"Python {known['python']}, {known['cpus']} CPUs, {known['system']}"
    versions = ", ".join(f"{name} {number}" for name, number in known["versions"].items())
    yield from textwrap.wrap(versions, WIDTH)
    for name, module in comparison.missing.items():
        yield f"not installed: {ENGINES[name].title} (there is no module {module})"
    yield from ("", *_METHOD.splitlines())
    yield f"Words asked for stand in at least {comparison.share:.0%} of the paragraphs each."
    yield ""
    yield from _figures(comparison)
    has_others = any(not ENGINES[name].ours for name in comparison.engines)
    for name in comparison.engines:
        if ENGINES[name].ours and has_others:
            yield from ("", *_ratios(comparison, name))
    if comparison.commands:
        yield from ("", rule("baogao's commands, whole processes, ms: median/min", 1))
    for title, seconds in comparison.commands.items():
        yield row(title, [_median_and(min, seconds)])


def _environment(comparison: Comparison) -> dict[str, Any]:
    """What it ran on, and the versions of what is compared."""
    used = [name for engine in comparison.engines for name in ENGINES[engine].distributions]
    return {
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        "cpus": os.cpu_count(),
        "versions": {name: version(name) for name in dict.fromkeys(used)}
        | {"SQLite": sqlite3.sqlite_version},
    }


def _figures(comparison: Comparison) -> Iterator[str]:
    engines = comparison.engines.values()
    built = [measured.built for measured in engines]
    text = comparison.material.size
    yield row("", [ENGINES[name].title for name in comparison.engines])
    yield row("build, s", [figure(one.seconds) for one in built])
    yield row("memory, MB", [figure(one.peak / _MEGABYTE) for one in built])
    yield row("index, MB", [figure(one.size / _MEGABYTE) for one in built])
    yield row("index / text", [figure(one.size / text) for one in built])
    yield row("cold, ms: median/min", [_median_and(min, measured.cold) for measured in engines])
    yield rule("warm, ms: median/p95", len(built))
    for asked in CLASSES:
        yield row(asked.title, [_warm(measured, asked.method) for measured in engines])
    yield rule("paragraphs found by a query, mean", len(built))
    for asked in CLASSES:
        yield row(asked.title, [_found(measured, asked.method) for measured in engines])
    yield row("of exact strings, %", [_share_found(comparison, measured) for measured in engines])


def _ratios(comparison: Comparison, ours: str) -> Iterator[str]:
    """How many times as much the others take as ours does."""
    own = comparison.engines[ours]
    others = {name: rest for name, rest in comparison.engines.items() if not ENGINES[name].ours}
    yield rule(f"others / {ENGINES[ours].title}: above 1, it is better", len(others))
    yield row("", [ENGINES[name].title for name in others])
    measures: list[tuple[str, Callable[[Measured], float | None]]] = [
        ("build", lambda measured: measured.built.seconds),
        ("memory", lambda measured: measured.built.peak),
        ("index", lambda measured: measured.built.size),
        ("cold", lambda measured: median(measured.cold) if measured.cold else None),
    ]
    for label, measure in measures:
        yield row(label, [_ratio(measure(other), measure(own)) for other in others.values()])
    for asked in CLASSES:
        yield row(
            asked.title,
            [
                _marked(other, asked.method)
                + _ratio(other.median(asked.method), own.median(asked.method))
                for other in others.values()
            ],
        )


def _ratio(other: float | None, own: float | None) -> str:
    return figure(other / own) if other and own else ABSENT


def _warm(measured: Measured, method: str) -> str:
    seconds = [answer.seconds for answer in measured.warm.get(method, [])]
    return _marked(measured, method) + _median_and(p95, seconds)


def _found(measured: Measured, method: str) -> str:
    totals = _totals(measured, method)
    return _marked(measured, method) + figure(mean(totals)) if totals else ABSENT


def _share_found(comparison: Comparison, measured: Measured) -> str:
    totals = _totals(measured, "exact")
    return figure(100 * comparison.share_found(totals)) if totals else ABSENT


def _totals(measured: Measured, method: str) -> list[int]:
    totals = (answer.total for answer in measured.warm.get(method, []))
    return [total for total in totals if total is not None]


def _marked(measured: Measured, method: str) -> str:
    return "≈" if method in measured.nearly else ""


def _median_and(other: Callable[[Sequence[float]], float], seconds: Sequence[float]) -> str:
    if not seconds:
        return ABSENT
    return f"{figure(1000 * median(seconds))}/{figure(1000 * other(seconds))}"
