"""Evaluate the ranking, or fit it: `python -m tests.evaluation [--fit] [SET ...]`.

The sets are read from $BAOGAO_DATA/eval. Every second question is for fitting, the others
for judging; the table has both. Nothing is set for one set or another.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from .engines import Ours, plain_engines
from .fitting import fit
from .sets import NAMES, Questions, measure, read

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_BESIDE = Path(__file__).resolve().parents[3] / "shared" / "data"


def main() -> int:
    """Print a table of MRR@10 and R@10, or the steps of fitting."""
    root = Path(os.environ.get("BAOGAO_DATA", _BESIDE)) / "eval"
    names = [name for name in sys.argv[1:] if name != "--fit"] or list(NAMES)
    missing = [name for name in names if not (root / name / "qrels.trec").is_file()]
    if missing:
        print(f"no questions at {root}: {', '.join(missing)}; set BAOGAO_DATA", file=sys.stderr)  # noqa: T201
        return 2
    sets = [read(root / name) for name in names]
    with tempfile.TemporaryDirectory() as folder:
        ours = {}
        for one in sets:
            place = Path(folder) / one.name
            place.mkdir()
            ours[one.name] = Ours(one.entries, place)
        if "--fit" in sys.argv:
            for line in fit(sets, ours):
                print(line, flush=True)  # noqa: T201
        else:
            _print_table(sets, ours)
    return 0


def _print_table(sets: list[Questions], ours: dict[str, Ours]) -> None:
    print("| set | engine | all | for fitting | for judging |")  # noqa: T201
    print("|---|---|---|---|---|")  # noqa: T201
    for one in sets:
        engine = ours[one.name]
        engines: dict[str, Callable[[str], Sequence[int]]] = {
            "baogao": engine,
            **plain_engines(one.entries, engine.snapshot.segmenter),
        }
        for name, ask in engines.items():
            cells = [
                f"{found.rank:.3f} / {found.recall:.3f}"
                for found in (
                    measure(ask, part) for part in (one.questions, one.for_fitting, one.for_judging)
                )
            ]
            print(f"| {one.name} | {name} | {' | '.join(cells)} |", flush=True)  # noqa: T201


if __name__ == "__main__":
    sys.exit(main())
