"""The command: chooses what is measured, runs it, prints it."""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .comparison import compare
from .engines import ENGINES
from .incremental import add_one_by_one
from .material import choose
from .nonsense import ask_nonsense
from .reading import read_all
from .report import as_data, as_text

if TYPE_CHECKING:
    from collections.abc import Iterable

_BESIDE = Path(__file__).resolve().parents[3] / "shared" / "data"


def main() -> None:
    """Run the benchmark that the arguments ask for."""
    options = _parser().parse_args()
    if not options.data.is_dir():
        sys.exit(f"no reports at {options.data}: name a folder with --data, or set BAOGAO_DATA")
    with tempfile.TemporaryDirectory(prefix="baogao-benchmark-") as folder:
        run = _incremental if options.incremental else _reading if options.reading else _all
        for line in run(options, Path(folder)):
            click.echo(line)


def _compare(options: argparse.Namespace, work: Path) -> Iterable[str]:
    material, _ = choose(options.data, options.paragraphs, work)
    comparison = compare(material, options.only, options.queries, options.share, options.cold, work)
    if options.json:
        data = as_data(comparison, options.data)
        options.json.write_text(json.dumps(data, ensure_ascii=False, indent=1), "utf-8")
    yield from as_text(comparison, options.data)
    if comparison.commands:
        yield from ("", *ask_nonsense(work / "baogao"))


def _reading(options: argparse.Namespace, _: Path) -> Iterable[str]:
    return read_all(options.data.parent, options.files)


def _all(options: argparse.Namespace, work: Path) -> Iterable[str]:
    yield from _compare(options, work)
    yield ""
    yield from _reading(options, work)


def _incremental(options: argparse.Namespace, work: Path) -> Iterable[str]:
    return add_one_by_one(options.data, options.paragraphs, options.queries, options.share, work)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmark",
        description="Compare baogao with other engines over the same paragraphs.",
    )
    data = Path(os.environ.get("BAOGAO_DATA", _BESIDE)) / "laws"
    parser.add_argument("--data", type=Path, default=data, help="a folder of reports")
    parser.add_argument("--paragraphs", type=int, default=100_000, help="how many at the least")
    parser.add_argument("--queries", type=int, default=100, help="how many of each class")
    parser.add_argument(
        "--share",
        type=float,
        default=0.01,
        help="of the paragraphs in which a word has to stand to be asked for; 0 for any word",
    )
    parser.add_argument("--cold", type=int, default=15, help="how many searches in new processes")
    parser.add_argument("--only", nargs="+", choices=ENGINES, default=list(ENGINES), metavar="NAME")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all figures here")
    parser.add_argument(
        "--incremental",
        action="store_true",
        help="measure instead how baogao takes one report after the other",
    )
    parser.add_argument("--files", type=int, default=1000, help="how many to read, of all formats")
    parser.add_argument(
        "--reading",
        action="store_true",
        help="measure only how fast files of every format are read",
    )
    return parser
