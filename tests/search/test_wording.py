"""How words are understood: widened unless it is switched off, with the user's own synonyms."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import search

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

TEXTS = {
    "a.txt": "深化放管服改革。\n",
    "b.txt": "持续优化服务，提高效率。\n",
    "c.txt": "推进营商新政落地。\n",
    "d.txt": "二〇一七年取得成效。\n",
}


@pytest.fixture(scope="module")
def directory(build: Callable[[dict[str, str]], Path]) -> Path:
    return build(TEXTS)


@pytest.fixture
def index(directory: Path) -> Iterator[search.Index]:
    with search.open_index(directory) as opened:
        yield opened


def found(index: search.Index, query: str, *, expand: bool = True) -> set[str]:
    return {hit.text for hit in index.search(query, expand=expand, limit=None)}


def test_widening_can_be_switched_off(index: search.Index) -> None:
    assert found(index, "2017年") == {"二〇一七年取得成效。"}
    assert found(index, "2017年", expand=False) == set()


def test_what_is_quoted_is_not_widened(index: search.Index) -> None:
    assert found(index, '"2017年"') == set()


def test_parts_of_an_abbreviation_are_found_after_the_abbreviation_itself(
    index: search.Index,
) -> None:
    hits = [hit.text for hit in index.search("放管服")]
    assert hits == ["深化放管服改革。", "持续优化服务，提高效率。"]


def test_what_is_excluded_is_what_was_meant_and_not_its_parts(index: search.Index) -> None:
    assert "持续优化服务，提高效率。" in found(index, "-放管服")
    assert "深化放管服改革。" not in found(index, "-放管服")


def test_the_users_synonyms_are_read_when_the_index_is_opened(
    directory: Path, tmp_path: Path
) -> None:
    own = tmp_path / "own.txt"
    own.write_text("营商新政 | 营商十条\n", "utf-8")
    with search.open_index(directory) as index:
        assert found(index, "营商十条") == set()
    with search.open_index(directory, synonyms=own) as index:
        assert found(index, "营商十条") == {"推进营商新政落地。"}
        assert found(index, "2017年")
    own.write_text("营商新政 | 营商二十条\n", "utf-8")
    with search.open_index(directory, synonyms=own) as index:
        assert found(index, "营商十条") == set()
        assert found(index, "营商二十条") == {"推进营商新政落地。"}


def test_synonyms_that_cannot_be_read_are_an_error_that_names_the_line(
    directory: Path, tmp_path: Path
) -> None:
    own = tmp_path / "own.txt"
    own.write_text("营商新政 | 营商十条\n放管服\n", "utf-8")
    with pytest.raises(search.SynonymsError, match="line 2"):
        search.open_index(directory, synonyms=own)
    with pytest.raises(search.SynonymsError):
        search.open_index(directory, synonyms=tmp_path / "none.txt")
