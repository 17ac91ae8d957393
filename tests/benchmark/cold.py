"""One query in a process of its own: `python -m tests.benchmark.cold ENGINE DIRECTORY WORD`.

It imports the engine and jieba, opens the index, cuts the word, and prints what it
found first: what a command for that engine would have to do at the least.
"""

from __future__ import annotations

import sys
from pathlib import Path

from .engines import ENGINES


def main() -> None:
    """Search and print."""
    name, directory, word = sys.argv[1:]
    engine = ENGINES[name].load()
    engine.open(Path(directory))
    for _, text in engine.one(word).hits:
        print(text)  # noqa: T201


if __name__ == "__main__":
    main()
