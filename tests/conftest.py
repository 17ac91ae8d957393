"""Fixtures for the tests of every package."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

import search
from corpus import SAMPLES

# How long an example takes says more of the machine than of the code. The same commit gives
# the same result every time; `make test-slow` looks for examples that nobody has seen yet.
settings.register_profile("repeatable", deadline=None, derandomize=True)
settings.register_profile("explore", deadline=None, max_examples=500)
settings.load_profile("repeatable")

# What commands say is compared with what they say in English, whoever runs the tests.
os.environ["LANGUAGE"] = "en"
# A window is as wide as a test makes it: readline, which pytest imports, hands the size of its
# own terminal to the processes that tests are run in.
for size in ("COLUMNS", "LINES"):
    os.environ.pop(size, None)

# What is run in the background of a shell has Ctrl-C ignored, and so has all that it starts.
signal.signal(signal.SIGINT, signal.default_int_handler)

_BESIDE = Path(__file__).resolve().parents[2] / "shared" / "data"

Build = Callable[..., Path]
"""Makes an index in a folder of its own from texts, by file name; gives its directory."""


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder of real documents, which is no part of this repository."""
    folder = Path(os.environ.get("BAOGAO_DATA", _BESIDE))
    if not folder.is_dir():
        pytest.skip(f"real data not found at {folder}: set BAOGAO_DATA to test against it")
    return folder


@pytest.fixture(scope="session")
def samples_directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The directory of an index of the bundled reports; not to be written to."""
    directory = tmp_path_factory.mktemp("samples") / "index"
    summary = search.build_index(directory, [SAMPLES])
    assert not summary.failed
    return directory


@pytest.fixture(scope="session")
def samples(samples_directory: Path) -> Iterator[search.Index]:
    """An index of the bundled reports, open."""
    with search.open_index(samples_directory) as index:
        yield index


@pytest.fixture(scope="session")
def real_index(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[search.Index]:
    """An index of all the real reports, open."""
    directory = tmp_path_factory.mktemp("real") / "index"
    summary = search.build_index(directory, [real_data / "reports"])
    assert not summary.failed
    with search.open_index(directory) as index:
        yield index


@pytest.fixture(scope="session")
def national_directory(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The directory of an index of the reports of the State Council, one a year."""
    directory = tmp_path_factory.mktemp("national") / "index"
    summary = search.build_index(directory, [real_data / "reports" / "national"])
    assert not summary.failed
    return directory


@pytest.fixture(scope="session")
def build(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """See `Build`."""

    def build_texts(texts: dict[str, str]) -> Path:
        folder = tmp_path_factory.mktemp("texts")
        (folder / "reports").mkdir()
        for name, text in texts.items():
            (folder / "reports" / name).write_text(text, "utf-8")
        search.build_index(folder / "index", [folder / "reports"])
        return folder / "index"

    return build_texts


def pytest_addoption(parser: pytest.Parser) -> None:
    """Options of a run of the tests."""
    parser.addoption(
        "--write-transcripts", action="store_true",
        help="take down what the commands show now, as what they have to show",
    )  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest, so that no process is left alone with it at the end."""
    items.sort(key=lambda item: "real_index" not in getattr(item, "fixturenames", ()))
