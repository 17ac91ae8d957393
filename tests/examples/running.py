"""The examples as real processes."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.error import HTTPError
from urllib.parse import quote, urlencode
from urllib.request import urlopen

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

EXAMPLES = Path(__file__).parents[2] / "examples"
PATIENCE = 60
"""Seconds until what runs is taken to wait for something that will not come."""

needs_service = pytest.mark.skipif(
    any(find_spec(package) is None for package in ("fastapi", "uvicorn")),
    reason="fastapi and uvicorn are not installed: they come with the extra `examples`",
)


def example(name: str, *arguments: str | Path, folder: Path, **environment: str | Path) -> str:
    """Run an example in a folder; gives what it says."""
    ended = subprocess.run(
        [sys.executable, EXAMPLES / f"{name}.py", *arguments],
        cwd=folder, env={**os.environ, "PYTHONUTF8": "1", **environment},
        capture_output=True, text=True, encoding="utf-8", timeout=PATIENCE, check=False,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stderr
    return ended.stdout + ended.stderr


class Answer(NamedTuple):
    """What the service says.

    Attributes:
        status: of HTTP.
        text: what it sent.
    """

    status: int
    text: str

    def json(self) -> Any:
        return json.loads(self.text)


class Service(NamedTuple):
    """The service, while it runs.

    Attributes:
        url: where it is.
        number: of its process.
    """

    url: str
    number: int

    def get(self, path: str, **options: Any) -> Answer:
        """Ask for a page; options of several values are given as a list."""
        url = f"{self.url}{quote(path)}?{urlencode(options, doseq=True)}"
        try:
            with urlopen(url, timeout=PATIENCE) as response:
                return Answer(response.status, response.read().decode())
        except HTTPError as error:
            with error:
                return Answer(error.code, error.read().decode())


@contextmanager
def serving(index: Path) -> Iterator[Service]:
    """Run the service over an index by uvicorn, as its docstring says."""
    command = ("uvicorn", "service:app", "--app-dir", EXAMPLES, "--port", "0", "--no-access-log")
    with subprocess.Popen(
        [sys.executable, "-m", *command],
        cwd=index.parent, env={**os.environ, "BAOGAO_INDEX": str(index)},
        stderr=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        assert process.stderr
        said = ""
        try:
            for line in process.stderr:
                said += line
                if found := re.search(r"running on (http://\S+)", line):
                    yield Service(found[1], process.pid)
                    break
            else:
                raise AssertionError(said)
        finally:
            process.terminate()
        said = process.stderr.read()
    assert "Traceback" not in said, said
