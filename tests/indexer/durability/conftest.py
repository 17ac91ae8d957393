"""Fixtures of the tests of durability."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

import indexer.draft

from .support import SCENARIOS, Scenario, small_dictionary

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="package", autouse=True)
def _quick_writing() -> Iterator[None]:
    """Have this process write quickly: with a small dictionary, and without the disk.

    What is written outlives its writer even so; the loss of power is simulated.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(indexer.draft, "make_dictionary", small_dictionary)
        patch.setattr(os, "fsync", lambda _: None)
        yield


@pytest.fixture(scope="package", params=SCENARIOS)
def scenario(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Scenario:
    return SCENARIOS[request.param](tmp_path_factory.mktemp(request.param))
