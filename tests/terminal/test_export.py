"""`baogao export`: all that a query finds, with its evidence, whole or not at all."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest

import search
from corpus import SAMPLES
from indexer.taking import digest
from search.terminal.files import write_whole

from .conftest import Outcome

Run = Callable[..., Outcome]
Build = Callable[..., Path]


def exported(baogao: Run, path: Path, *arguments: str | Path) -> dict[str, Any]:
    done = baogao("export", *arguments, "--output", path)
    assert done.status == 0, done.errors
    assert done.output == ""
    record: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return record


def test_the_file_has_every_hit_as_json_has_it(baogao: Run, tmp_path: Path) -> None:
    record = exported(baogao, tmp_path / "found.json", "行政复议", "改革")
    whole = json.loads(
        baogao("search", "行政复议", "改革", "-n", "10000", "--format", "json").output
    )
    for hit in record["hits"]:
        hit["score"] = round(hit["score"], 4)
    assert record["total"] == len(record["hits"]) > 10
    assert {name: record[name] for name in whole} == whole


def test_the_evidence_says_what_was_asked_of_which_index(
    baogao: Run, tmp_path: Path, samples: search.Index
) -> None:
    record = exported(baogao, tmp_path / "found.json", "放管服", "--no-expand", "--sort", "newest")
    assert (record["query"], record["version"]) == ("放管服", 1)
    assert record["options"] == {
        "sort": "newest", "literal": False, "expand": False, "relax": True,
    }  # fmt: skip
    assert record["understood"]["text"] == "放管服"
    assert record["index"] == samples.edition.to_dict()
    assert record["program"] == version("baogao")
    age = datetime.now(timezone.utc) - datetime.fromisoformat(record["time"])
    assert timedelta(0) <= age < timedelta(minutes=5)


def test_filters_are_part_of_what_was_asked(baogao: Run, tmp_path: Path) -> None:
    record = exported(baogao, tmp_path / "found.json", "改革", "--year", "2017")
    assert {hit["report"]["year"] for hit in record["hits"]} == {2017}
    assert "2017" in record["query"]
    alone = exported(baogao, tmp_path / "found.json", "--year", "2017")
    assert alone["total"] > record["total"] > 0
    assert baogao("export", "--output", tmp_path / "nothing.json").status == 2


def test_every_source_has_the_digest_of_its_bytes(baogao: Run, tmp_path: Path) -> None:
    record = exported(baogao, tmp_path / "found.json", "行政复议")
    sources = {source for hit in record["hits"] for source in hit["report"]["sources"]}
    assert list(record["digests"]) == sorted(sources)
    for path, checksum in record["digests"].items():
        assert checksum == digest(Path(path).read_bytes(), None)


def test_the_same_question_to_the_same_commit_gives_the_same_but_for_the_time(
    baogao: Run, tmp_path: Path
) -> None:
    once, again = (exported(baogao, tmp_path / name, "改革") for name in ("a.json", "b.json"))
    once.pop("time")
    again.pop("time")
    assert json.dumps(once) == json.dumps(again)


def test_the_fingerprint_is_another_after_a_commit(build: Build, tmp_path: Path) -> None:
    directory = build({"a.txt": "关于改革的通知\n\n各区要落实责任。\n"})
    with search.open_index(directory) as index:
        before = index.edition
    (tmp_path / "b.txt").write_text("关于防汛的通知\n\n各区要落实责任。\n", "utf-8")
    search.build_index(directory, [tmp_path / "b.txt"])
    with search.open_index(directory) as index:
        after = index.edition
    assert (before.analyzer, before.reader) == (after.analyzer, after.reader)
    assert before.generation < after.generation
    assert before.fingerprint != after.fingerprint


def test_what_was_there_is_replaced_or_stays_whole(
    baogao: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "found.json"
    path.write_text("before", "utf-8")
    monkeypatch.setattr(os, "fsync", _fail)
    with pytest.raises(OSError, match="no space"):
        write_whole(path, "after")
    assert path.read_text("utf-8") == "before"
    assert list(tmp_path.iterdir()) == [path]
    monkeypatch.undo()
    write_whole(path, "after")
    assert path.read_text("utf-8") == "after"
    assert list(tmp_path.iterdir()) == [path]


def _fail(_: int) -> None:
    raise OSError(28, "no space")


def test_the_file_has_the_mode_of_any_new_file(baogao: Run, tmp_path: Path) -> None:
    exported(baogao, tmp_path / "found.json", "改革")
    (tmp_path / "usual").touch()
    modes = {stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("found.json", "usual")}
    assert len(modes) == 1


def test_the_exit_status_says_how_it_ended(baogao: Run, tmp_path: Path) -> None:
    path = tmp_path / "found.json"
    nothing = baogao("export", '"饕餮貔貅"', "-o", path)
    assert nothing.status == 1
    assert json.loads(path.read_text("utf-8"))["hits"] == []
    assert baogao("export", "改革", "-o", tmp_path / "nowhere" / "found.json").status == 2
    assert baogao("export", "改革").status == 2
    assert baogao("export", "年份:abc", "-o", path).status == 2


def test_members_of_archives_have_the_digest_of_the_archive(tmp_path: Path) -> None:
    from zipfile import ZipFile

    archive = tmp_path / "reports.zip"
    with ZipFile(archive, "w") as file:
        file.write(SAMPLES / "2017-rule-of-law-linhu.txt", "内/一.txt")
    search.build_index(tmp_path / "index", [archive])
    with search.open_index(tmp_path / "index") as index:
        found = search.export(index, "依法行政")
    assert found.results.total
    assert found.digests == {str(archive): digest(archive.read_bytes(), None)}
