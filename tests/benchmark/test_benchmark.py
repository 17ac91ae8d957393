"""The benchmark itself: that it runs, prints every class, and asks all engines the same."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from corpus import SAMPLES
from corpus.formats import FORMATS

pytest.importorskip("psutil", reason="the benchmark measures memory with psutil")

_CHECKOUT = Path(__file__).resolve().parents[2]
_TITLES = (
    "one term",
    "AND of 2",
    "OR of 3",
    "exact string",
    "prefix",
    "years and term",
    "newest first",
    "counts by year",
    "same sentence",
    "within 10, in order",
    "document number",
    "quantity",
    "one character astray",
    "question",
)


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, dict[str, Any]]:
    """What a small run prints and writes."""
    figures = tmp_path_factory.mktemp("benchmark") / "figures.json"
    command = (
        f"-m tests.benchmark --data {SAMPLES} --paragraphs 200 --queries 10 --cold 1 --files 40"
    )
    printed = subprocess.run(
        [sys.executable, *command.split(), "--only", "fts5", "baogao", "--json", str(figures)],
        cwd=_CHECKOUT,
        stdout=subprocess.PIPE,
        check=True,
    )
    return printed.stdout.decode(), json.loads(figures.read_text("utf-8"))


def test_every_class_is_in_the_tables(run: tuple[str, dict[str, Any]]) -> None:
    lines = run[0].splitlines()
    for title in _TITLES:
        times, found, ratios = (line for line in lines if line.startswith(title))
        assert times != found != ratios
    # The first line is the path of the data.
    assert max(map(len, lines[1:])) <= 100


def test_every_format_is_read(run: tuple[str, dict[str, Any]]) -> None:
    lines = run[0].splitlines()
    read = {line.split()[0] for line in lines if " × " in line}
    assert read == {form.name for form in FORMATS}
    assert "× 40" in next(line for line in lines if line.startswith("×"))


def test_engines_agree_on_single_words(run: tuple[str, dict[str, Any]]) -> None:
    """Ours finds what jieba's words find, and beyond them what stands in headings and words."""
    engines = run[1]["engines"]
    words, strings = (
        [answer["total"] for answer in engines[name]["warm"]["one"]] for name in ("fts5", "baogao")
    )
    assert len(words) >= 10
    assert all(0 < word <= string for word, string in zip(words, strings, strict=True))


def test_exact_strings_are_found_wherever_they_stand(run: tuple[str, dict[str, Any]]) -> None:
    totals = [answer["total"] for answer in run[1]["engines"]["baogao"]["warm"]["exact"]]
    assert totals == run[1]["standing"]
