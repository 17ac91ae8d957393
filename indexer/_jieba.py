"""What is taken from jieba: its word list and the tables of its hidden Markov model.

They are read from its folder and jieba itself is not imported: that takes 30 ms or more,
may import pkg_resources, which warns, and gives a logger a handler to stderr.
"""

from __future__ import annotations

import importlib.util
import re
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple


class Model(NamedTuple):
    """A hidden Markov model of four states, in logarithms of probabilities.

    A character begins a word (B), stands within (M) or ends (E) one, or is one itself (S).

    Attributes:
        start: state → how likely a text begins in it.
        transition: state → next state → how likely the one follows the other.
        emission: state → character → how likely it stands there.
    """

    start: dict[str, float]
    transition: dict[str, dict[str, float]]
    emission: dict[str, dict[str, float]]


@lru_cache(maxsize=1)
def _folder() -> Path:
    """Where jieba is installed.

    Raises:
        ModuleNotFoundError: it is not.
    """
    spec = importlib.util.find_spec("jieba")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("jieba is not installed", name="jieba")
    return Path(spec.origin).parent


def version() -> str:
    """The version of jieba, as its source says; `importlib.metadata` takes 20 ms to ask."""
    source = (_folder() / "__init__.py").read_text("utf-8")
    match = re.search(r"^__version__ = '(.+)'$", source, re.MULTILINE)
    assert match, "jieba 0.42.1 is pinned"
    return match[1]


def word_list() -> str:
    """The word list that jieba brings: `word frequency tag` a line."""
    return (_folder() / "dict.txt").read_text("utf-8")


@lru_cache(maxsize=1)
def model() -> Model:
    """The model by which jieba finds words that no dictionary has; 8 ms the first time."""
    return Model(_table("prob_start"), _table("prob_trans"), _table("prob_emit"))


def _table(name: str) -> Any:
    """A table of `jieba.finalseg`: its module, which is data only, run by itself."""
    path = _folder() / "finalseg" / f"{name}.py"
    spec = importlib.util.spec_from_file_location(f"jieba.finalseg.{name}", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.P
