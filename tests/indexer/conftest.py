"""What the tests of indexing share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .notices import FLOOD, SCHOOL

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of two notices."""
    reports = tmp_path / "reports"
    reports.mkdir()
    (reports / "flood.txt").write_text(FLOOD, "utf-8")
    (reports / "school.txt").write_text(SCHOOL, "utf-8")
    return reports
