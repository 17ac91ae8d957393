"""Strings that nobody meant: brackets, signs, quotes, words and control characters by chance."""

from __future__ import annotations

import random
from collections import Counter
from time import perf_counter
from typing import TYPE_CHECKING

from search import QueryError, open_index

from .tables import figure, p95

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NUMBER = 10_000
_LONGEST = 40
_SEED = 20150305
_SIGNS = [*"()（）[]【】{}“”\"'「」《》〔〕:：-－+*?？~～.^&|!！/／\\<>＝=,，。;；%@#$`"]
_CONTROL = ["\x00", "\x07", "\x1b[31m", "\u200b", "\u202e", "\ufeff", "\n", "\t", "\u3000", " "]
_WORDS = [
    *"的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动",
    *("改革", "营商环境", "行政复议", "放管服", "百分之六点五", "二〇一七年", "2017", "6.5%", "C#"),
    *("AND", "OR", "NOT", "AND NOT", "/句", ">句", "/段", "/节", "/10", ">10", "/s", "/p", "/h"),
    *(
        "标题:",
        "年份:",
        "日期:",
        "文号:",
        "部分:",
        "title:",
        "year:",
        "similar:",
        "within:",
        "re:/",
    ),
    *("2015..2020", "..", "增长>6%", "投资>=100亿元", "下降:3%..5%", "*", "~", "行政*", "*复议"),
]


def strings(number: int) -> Iterator[str]:
    """Draw strings, the same each time."""
    chance = random.Random(_SEED)
    pieces = (_SIGNS, _CONTROL, _WORDS)
    for _ in range(number):
        length = chance.randint(1, _LONGEST)
        drawn = chance.choices(pieces, weights=(5, 1, 6), k=length)
        yield "".join(map(chance.choice, drawn))


def ask_nonsense(directory: Path) -> Iterator[str]:
    """Ask an index each string; say what came of it, and how long it took."""
    outcomes, seconds = Counter[str](), []
    with open_index(directory) as index:
        for string in strings(NUMBER):
            start = perf_counter()
            try:
                index.search(string)
                outcome = "answered"
            except QueryError:
                outcome = "refused"
            seconds.append(perf_counter() - start)
            outcomes[outcome] += 1
    yield f"{NUMBER:,} strings of signs, words and control characters by chance:"
    yield f"{outcomes['answered']:,} answered, {outcomes['refused']:,} refused with the place"
    yield f"p95 {figure(1000 * p95(seconds))} ms, longest {figure(1000 * max(seconds))} ms"
