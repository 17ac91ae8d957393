"""Cutting with jieba as its users do, for the engines that do not do it themselves."""

from __future__ import annotations

import logging
from itertools import chain

import jieba

jieba.setLogLevel(logging.WARNING)


def tokens(text: str) -> list[str]:
    """The tokens of a text to index, or of a string to find in it: words and parts of words."""
    return [token for token in jieba.cut_for_search(text) if not token.isspace()]


def words(*typed: str) -> list[str]:
    """The words of what was typed."""
    return list(chain.from_iterable(map(jieba.cut, typed)))
