"""The pages on formats: every key and every example in them is as they say."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from datetime import datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import search
from search.equivalents import Kind
from search.rendering.parts import SHAPE
from search.terminal import records

from .pages import code_in, tables

if TYPE_CHECKING:
    from collections.abc import Mapping

_DOCS = Path(__file__).parents[2] / "docs"
PAGES = {
    language: (_DOCS / f"formats.{language}.md").read_text("utf-8") for language in ("en", "zh")
}
BAOGAO = Path(sys.executable).with_name("baogao")
LEFT_OUT = "…"

SAVED = search.SavedQuery(
    "复议", "行政复议", (), literal=False, expand=True, relax=True,
    saved=datetime.now(timezone.utc), seen=datetime.now(timezone.utc), generation=1, paragraphs={},
)  # fmt: skip

each_page = pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)


def blocks(page: str, kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)


def keys_of(page: str) -> dict[str, list[str]]:
    """Name of a shape → the keys that the page says it has."""
    sections = re.split(r"^### (\w+)$", page, flags=re.MULTILINE)
    return {
        name: [code_in(row[0])[0] for row in next(tables(text)).rows]
        for name, text in zip(sections[1::2], sections[2::2], strict=True)
    }


def shapes(index: search.Index) -> dict[str, Mapping[str, Any]]:
    """Name of a shape → an example of it."""
    results = index.search("行政复议", limit=1)
    hit = results.hits[0]
    return {
        "results": records.results_record(results, {}),
        "hit": hit.to_dict(),
        "report": hit.report.to_dict(),
        "saved": SAVED.to_dict(),
        "account": index.account("行政复义").to_dict(),
        "explanation": (explanation := index.explain("行政复议").to_dict()),
        "clause": explanation["understood"],
        "share": explanation["hits"][0]["shares"][0],
        "outline": index.outline(hit.report.id)[0].to_dict(),
        "facet": index.facets("行政复议", ["year"]).facets[0].to_dict(),
        "trend": {"version": SHAPE, **(trend := index.trend(["行政复议"]).to_dict())},
        "period": trend["periods"][0],
        "term": trend["terms"][0],
        "usage": trend["terms"][0]["total"],
        "export": search.export(index, "行政复议").to_dict(),
        "concordance": {"version": SHAPE, **(kwic := index.kwic("行政复议").to_dict())},
        "line": kwic["lines"][0],
        "collocate": index.collocates("行政复议")[0].to_dict(),
        "comparison": {"version": SHAPE, **(compared := _compared(index))},
        "side": compared["before"],
        "keyness": compared["words"],
        "phrase": compared["words"]["came"][0],
        "alignment": compared["paragraphs"],
        "pair": (pair := next(one for one in compared["paragraphs"]["pairs"] if one["edits"])),
        "edit": pair["edits"][0],
        "near": index.similar(pair["before"]["address"])[0].to_dict(),
    }


def _compared(index: search.Index) -> dict[str, Any]:
    return index.compare("年份:2018 文种:政府工作报告", "年份:2019 文种:政府工作报告").to_dict()


def agrees(said: Any, found: Any) -> bool:
    """Whether an example is what is found, but for what it leaves out."""
    if said == LEFT_OUT:
        return True
    if isinstance(said, dict) and isinstance(found, dict):
        named = said.keys() - {LEFT_OUT}
        is_whole = LEFT_OUT in said or named == found.keys()
        return is_whole and all(name in found and agrees(said[name], found[name]) for name in named)
    if isinstance(said, list) and isinstance(found, list):
        return len(said) == len(found) and all(map(agrees, said, found))
    return bool(said == found)


@each_page
def test_every_shape_has_the_keys_that_the_page_names(page: str, samples: search.Index) -> None:
    found = {name: list(shape) for name, shape in shapes(samples).items()}
    assert {name: sorted(keys) for name, keys in keys_of(page).items()} == {
        name: sorted(keys) for name, keys in found.items()
    }


@each_page
def test_the_page_names_every_kind_of_clause_share_reason_and_change(page: str) -> None:
    named = set(code_in(page))
    for kind in (*search.ClauseKind, *search.Merit, *search.Change, *Kind):
        assert kind.value in named


@each_page
def test_the_version_is_the_one_that_is_printed(page: str) -> None:
    assert f" {SHAPE}" in re.search(r"\*\*(?:version|版本)\*\*.*", page)[0]  # type: ignore[index]


@each_page
def test_json_examples_are_what_is_printed(page: str, samples: search.Index) -> None:
    (block,) = blocks(page, "json")
    said = json.loads(block)
    results = samples.search(said["query"])
    assert agrees(said, records.results_record(results, {}))


@each_page
def test_console_examples_print_what_the_page_shows(page: str, samples_directory: Path) -> None:
    count = 0
    for block in blocks(page, "console"):
        for command, shown in re.findall(
            r"^\$ baogao (.*)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE
        ):
            ended = subprocess.run(
                [BAOGAO, *shlex.split(command), "--index", samples_directory],
                capture_output=True, check=True, timeout=60,
            )  # fmt: skip
            printed = ended.stdout.decode().replace("\r\n", "\n")
            pattern = re.escape(shown).replace(re.escape(LEFT_OUT), ".*")
            assert re.fullmatch(pattern, printed), command
            count += 1
    assert count >= 5


@each_page
def test_the_program_of_the_page_runs(page: str, samples_directory: Path, tmp_path: Path) -> None:
    (program,) = blocks(page, "python")
    (tmp_path / "index").symlink_to(samples_directory)
    checked = f"{program}\nassert '<mark>' in fragment and '<mark>' in line and '\\x1b[' in shown\n"
    subprocess.run([sys.executable, "-c", checked], check=True, cwd=tmp_path, timeout=60)


def test_both_languages_have_the_same_examples() -> None:
    for kind in ("json", "console", "python"):
        assert blocks(PAGES["en"], kind) == blocks(PAGES["zh"], kind)
    assert keys_of(PAGES["en"]) == keys_of(PAGES["zh"])
