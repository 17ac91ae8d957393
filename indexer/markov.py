"""jieba's algorithm: Chinese text into words, token for token as jieba 0.42.1 cuts it.

A block is cut along its most probable path through the words of a dictionary
(`jieba.Tokenizer.calc`). Characters that stay single on that path may be a word that no
dictionary has: a run of them is cut by a hidden Markov model (`jieba.finalseg`).

It is done here again because jieba spends most of its time making a dict of lists of
every block. Sums are added in jieba's order and ties fall to the same side, so that
rounding cannot make a difference.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, lru_cache
from math import inf, log
from typing import TYPE_CHECKING

from ._jieba import model

if TYPE_CHECKING:
    from collections.abc import Mapping

Weigh = Callable[[str], "float | None"]
"""A string → the logarithm of its probability; -inf if words only begin with it, else None."""

CHINESE = "一-\u9fd5"
"""What jieba holds for Chinese characters, as a range in a regular expression."""

BLOCK = rf"[{CHINESE}a-zA-Z0-9+#&._%\-]+"
"""A block, as a regular expression: no word goes beyond one."""

CACHEABLE = 64
"""Longer strings are not remembered: they hardly come again, and few would fill the memory."""

_NEVER = -3.14e100
"""jieba's logarithm of the probability of what its tables don't have."""

_B, _E, _M, _S = range(4)
"""The states of a character, in the order in which jieba prefers them when they are equal."""


def weighing(frequencies: Mapping[str, int], total: int) -> Weigh:
    """Weigh by looking up in a dictionary, however it may change."""
    log_total = log(total)

    def weigh(piece: str) -> float | None:
        frequency = frequencies.get(piece)
        if frequency is None:
            return None
        return log(frequency) - log_total if frequency else -inf

    return weigh


def weights(frequencies: Mapping[str, int], total: int) -> dict[str, float]:
    """What `weighing` gives for everything in a dictionary, for lookups by the million."""
    log_total = log(total)
    by_frequency = {count: log(count) - log_total for count in {*frequencies.values()} - {0}}
    by_frequency[0] = -inf
    return dict(zip(frequencies, map(by_frequency.__getitem__, frequencies.values()), strict=True))


def is_listed(weight: float | None) -> bool:
    """Whether this is the weight of a word of the dictionary."""
    return weight is not None and weight > -inf


def cut(weigh: Weigh, unknown: float, block: str) -> list[str]:
    """Cut a block into words, as `jieba.Tokenizer.cut` does.

    Args:
        weigh: the dictionary.
        unknown: the weight of a character that is not in it.
        block: a text that matches `BLOCK`, or a single character.
    """
    words: list[str] = []
    run = start = 0
    for end in _route(weigh, unknown, block):
        if end - start > 1:
            if run < start:
                words += _cut_run(weigh, block[run:start])
            words.append(block[start:end])
            run = end
        start = end
    if run < start:
        words += _cut_run(weigh, block[run:])
    return words


@cache
def _anything() -> re.Pattern[str]:
    """A block, or a character between blocks; compiled late like `_run_parts`."""
    return re.compile(rf"{BLOCK}|.", re.DOTALL)


def cut_without_model(weigh: Weigh, unknown: float, text: str) -> list[str]:
    """Cut any text by the dictionary alone, as `jieba.Tokenizer.cut(text, HMM=False)` does.

    Args:
        weigh: the dictionary.
        unknown: the weight of a character that is not in it.
        text: a text without line breaks.
    """
    words: list[str] = []
    for block in _anything().findall(text):
        start, after_letter = 0, False
        for end in _route(weigh, unknown, block):
            word = block[start:end]
            is_letter = len(word) == 1 and word.isascii() and word.isalnum()
            if is_letter and after_letter:
                words[-1] += word
            else:
                words.append(word)
            start, after_letter = end, is_letter
    return words


def _route(weigh: Weigh, unknown: float, block: str) -> list[int]:
    """The ends of the words of the most probable path; the longer word if two are equal."""
    size = start = len(block)
    scores = [0.0] * (size + 1)
    ends = [0] * size
    while start:
        best = -inf
        end = best_end = start
        start -= 1
        while (weight := weigh(block[start:end])) is not None:
            score = weight + scores[end]
            if score >= best:
                best, best_end = score, end
            if end == size:
                break
            end += 1
        if best == -inf:
            best_end = start + 1
            best = unknown + scores[best_end]
        scores[start] = best
        ends[start] = best_end
    route: list[int] = []
    while start < size:
        start = ends[start]
        route.append(start)
    return route


def _cut_run(weigh: Weigh, run: str) -> tuple[str, ...]:
    """Cut what the path left in single characters; a word that it left so stays so."""
    if len(run) == 1 or is_listed(weigh(run)):
        return tuple(run)
    return recognize(run)


def recognize(run: str) -> tuple[str, ...]:
    """Cut a run of characters that no dictionary joins, as `jieba.finalseg.cut` does."""
    return _recognize_again(run) if len(run) <= CACHEABLE else _recognize(run)


@cache
def _run_parts() -> re.Pattern[str]:
    """What a run is of; so large a set takes milliseconds to compile, and few queries have one."""
    return re.compile(rf"[{CHINESE}]+|[a-zA-Z0-9]+(?:\.\d+)?%?|[^{CHINESE}a-zA-Z0-9]+")


def _recognize(run: str) -> tuple[str, ...]:
    """Chinese by the model, the rest by its look."""
    words: list[str] = []
    for part in _run_parts().findall(run):
        if part[0] < CHINESE[0]:
            words.append(part)
        else:
            words += _cut_by_model(part)
    return tuple(words)


_recognize_again = lru_cache(maxsize=1 << 14)(_recognize)
"""The same runs come again and again, and the model knows nothing of what is around them."""


def _cut_by_model(run: str) -> list[str]:
    """Cut Chinese characters along the most probable states of the hidden Markov model."""
    words: list[str] = []
    start = 0
    for end, state in enumerate(_viterbi(run), 1):
        if state in (_E, _S):
            words.append(run[start:end])
            start = end
    return words


def _viterbi(run: str) -> list[int]:
    """The most probable state of each character (Viterbi's algorithm, `jieba.finalseg.viterbi`).

    A state has two that may stand before it; where both are equally probable jieba's
    comparison of tuples takes the one whose letter is later: S, not E; M, not B.
    """
    first, transition, emission = model()
    emit_b, emit_e, emit_m, emit_s = (emission[state].get for state in "BEMS")
    b_e, b_m = transition["B"]["E"], transition["B"]["M"]
    e_b, e_s = transition["E"]["B"], transition["E"]["S"]
    m_e, m_m = transition["M"]["E"], transition["M"]["M"]
    s_b, s_s = transition["S"]["B"], transition["S"]["S"]

    b, e, m, s = (first[state] + emission[state].get(run[0], _NEVER) for state in "BEMS")
    before: list[tuple[int, int, int, int]] = []
    for character in run[1:]:
        emitted = emit_b(character, _NEVER)
        b_after_e, b_after_s = e + e_b + emitted, s + s_b + emitted
        emitted = emit_e(character, _NEVER)
        e_after_b, e_after_m = b + b_e + emitted, m + m_e + emitted
        emitted = emit_m(character, _NEVER)
        m_after_b, m_after_m = b + b_m + emitted, m + m_m + emitted
        emitted = emit_s(character, _NEVER)
        s_after_e, s_after_s = e + e_s + emitted, s + s_s + emitted
        before.append(
            (
                _E if b_after_e > b_after_s else _S,
                _B if e_after_b > e_after_m else _M,
                _B if m_after_b > m_after_m else _M,
                _E if s_after_e > s_after_s else _S,
            )
        )
        b, e = max(b_after_e, b_after_s), max(e_after_b, e_after_m)
        m, s = max(m_after_b, m_after_m), max(s_after_e, s_after_s)

    states = [_E if e > s else _S]
    for choices in reversed(before):
        states.append(choices[states[-1]])
    states.reverse()
    return states
