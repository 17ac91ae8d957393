"""A load on the service that can be judged: a writer that commits, and clients that ask.

    python load.py commit PLACE SECONDS     commit again and again
    python load.py ask URL SECONDS          ask again and again; print how many answers there were

Of every generation it is known what it holds, so an answer can be judged by itself.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any
from urllib.parse import quote
from urllib.request import urlopen

import search
from corpus import SAMPLES

KINDS = 7
"""How many texts come and go, so that an index does not grow."""

QUERY = quote("澄澜桥 OR 各区照办")
COMMIT_PAUSE, ASK_PAUSE = 0.3, 0.15
"""Seconds: the load is bounded, to leave room for others on the machine."""


def commit(place: Path, number: int) -> None:
    """Make a generation of a number: two reports that tell it, and some that depend on it."""
    reports = place / "reports"
    reports.mkdir(exist_ok=True)
    for name in "甲乙":
        text = f"关于桥梁的通知\n\n一、安排\n\n修缮澄澜桥，编号第{number}号之{name}。\n"
        (reports / f"{name}.txt").write_text(text, "utf-8")
    for kind in range(KINDS):
        path = reports / f"{kind}.txt"
        if kind <= number % KINDS:
            path.write_text(f"关于第{kind}项工作的通知\n\n各区照办第{kind}项。\n", "utf-8")
        else:
            path.unlink(missing_ok=True)
    search.build_index(place / "index", [SAMPLES, reports])


def judge(answer: dict[str, Any]) -> int:
    """The generation that an answer is of, of which all that it says has to be."""
    number = answer["generation"] - 1
    found = sorted(hit["text"] for hit in answer["hits"])
    expected = [f"修缮澄澜桥，编号第{number}号之{name}。" for name in "甲乙"]
    expected += [f"各区照办第{kind}项。" for kind in range(number % KINDS + 1)]
    assert found == sorted(expected), (number, found)
    assert answer["total"] == len(expected)
    for facet in answer["facets"]:
        counts = [value["paragraphs"] for value in [*facet["values"], facet["unknown"]]]
        assert sum(counts) == len(expected), (number, facet)
    return int(answer["generation"])


def ask(url: str, seconds: float) -> dict[str, int]:
    """Ask for some time; gives how many answers of how many generations there were."""
    end = time.monotonic() + seconds
    answers, generations, newest = 0, set(), 0
    while time.monotonic() < end:
        with urlopen(f"{url}/search?limit=100&q={QUERY}", timeout=60) as response:
            generation = judge(json.load(response))
        assert generation >= newest, f"{generation} after {newest}"
        newest = generation
        generations.add(generation)
        answers += 1
        time.sleep(ASK_PAUSE)
    return {"answers": answers, "generations": len(generations)}


def commit_for(place: Path, seconds: float) -> dict[str, int]:
    """Commit for some time, from the second generation on; gives how often."""
    end, number = time.monotonic() + seconds, 0
    while time.monotonic() < end:
        number += 1
        commit(place, number)
        time.sleep(COMMIT_PAUSE)
    return {"commits": number}


if __name__ == "__main__":
    _, act, where, for_seconds = sys.argv
    told = {
        "ask": lambda: ask(where, float(for_seconds)),
        "commit": lambda: commit_for(Path(where), float(for_seconds)),
    }[act]()
    sys.stdout.write(json.dumps(told))
