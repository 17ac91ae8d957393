"""The web service under load while a writer commits: no error, no mixed answer, flat memory."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import psutil
import pytest

from . import load
from .running import PATIENCE, needs_service, serving

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

pytestmark = needs_service

THREADS = 8
PROCESSES = 4
LONG = float(os.environ.get("BAOGAO_SOAK", "300"))
"""Seconds of the long load."""

GROWTH = 0.05
"""By which share memory may be larger at the end than after a third of the time."""


def started(act: str, where: str | Path, seconds: float) -> subprocess.Popen[str]:
    """Begin a part of the load in a process of its own."""
    command = [sys.executable, load.__file__, act, where, str(seconds)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def ended(process: subprocess.Popen[str]) -> dict[str, Any]:
    """What a part of the load tells at its end."""
    output, _ = process.communicate(timeout=LONG + PATIENCE)
    assert process.returncode == 0
    told: dict[str, Any] = json.loads(output)
    return told


def memory(number: int, seconds: float) -> list[int]:
    """What memory a process has, second by second, in bytes."""
    process, sizes = psutil.Process(number), []
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        sizes.append(process.memory_info().rss)
        time.sleep(1)
    return sizes


def growth(sizes: Sequence[int]) -> float:
    """By which share a process grows from a third of the time to its end, by a line through it."""
    settled = sizes[len(sizes) // 3 :]
    line = statistics.linear_regression(range(len(settled)), settled)
    return line.slope * len(settled) / statistics.mean(settled)


def carry(place: Path, seconds: float) -> list[int]:
    """Carry the load for some time; gives what memory the service has meanwhile."""
    load.commit(place, 0)
    with serving(place / "index") as service:
        writer = started("commit", place, seconds)
        clients = [started("ask", service.url, seconds) for _ in range(PROCESSES)]
        with ThreadPoolExecutor(THREADS) as pool:
            asking = [pool.submit(load.ask, service.url, seconds) for _ in range(THREADS)]
            sizes = memory(service.number, seconds)
            told = [one.result() for one in asking] + [ended(client) for client in clients]
        commits = ended(writer)["commits"]
    assert all(one["generations"] > 1 for one in told)
    answers = sum(one["answers"] for one in told)
    each = max(1, len(sizes) // 20)
    told_at_the_end = f"{answers} answers, {commits} commits, MiB of memory:"
    sys.stdout.write(f"{told_at_the_end} {[size >> 20 for size in sizes[::each]]}\n")
    return sizes


def test_every_answer_under_load_is_of_one_generation(tmp_path: Path) -> None:
    carry(tmp_path, 4)


@pytest.mark.slow
def test_memory_stays_flat_under_a_long_load(tmp_path: Path) -> None:
    assert growth(carry(tmp_path, LONG)) < GROWTH
