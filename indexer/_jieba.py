"""jieba, kept quiet and to itself.

`import jieba` may import pkg_resources, which warns; its own tokenizer reads and
writes a cache in the shared temporary directory through marshal, and logs to stderr.
Ours is an instance that is given its dictionary and touches nothing else.
"""

from __future__ import annotations

import logging
import sys
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

_IS_OURS = "jieba" not in sys.modules
with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import jieba
if _IS_OURS:
    # It gives its logger a handler to stderr and the level DEBUG when it is imported.
    jieba.default_logger.removeHandler(jieba.log_console)
    jieba.default_logger.setLevel(logging.NOTSET)

if TYPE_CHECKING:
    from collections.abc import Mapping

JIEBA_DICTIONARY = Path(jieba.__file__).with_name("dict.txt")
"""The word list that jieba brings: `word frequency tag` a line."""


class Tokenizer(jieba.Tokenizer):  # type: ignore[misc]  # jieba has no types
    """A jieba tokenizer over a given table of frequencies.

    Args:
        frequencies: word → frequency, with every prefix of a word at 0 or more.
        total: the sum of the frequencies.
    """

    def __init__(self, frequencies: Mapping[str, int], total: int) -> None:
        super().__init__()
        self.FREQ = frequencies
        self.total = total
        self.initialized = True
