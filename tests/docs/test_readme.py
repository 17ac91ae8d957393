"""The programs of the README run as they stand there."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from corpus import SAMPLES

if TYPE_CHECKING:
    import pytest

README = (Path(__file__).parents[2] / "README.md").read_text("utf-8")


def test_the_programs_run_one_after_the_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    programs = re.findall(r"^```python\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
    assert len(programs) > 1
    (tmp_path / "reports").symlink_to(SAMPLES)
    monkeypatch.setenv("PYTHONUTF8", "1")
    for program in programs:
        ended = subprocess.run(
            [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True,
            encoding="utf-8", check=False,
        )  # fmt: skip
        assert ended.stderr == ""
        assert "行政" in ended.stdout
