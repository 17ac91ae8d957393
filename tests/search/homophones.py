"""How often a misspelt word is proposed as it was meant, over an index of any reports.

    python -m tests.search.homophones INDEX [COUNT]

Words are taken from the index's own, by chance with a fixed seed: of two to six ideographs,
in five paragraphs or more. In each one character is replaced by another that sounds the
same, by pypinyin's reading of the whole word, or that looks alike, such that there is no
such word in the index. The wrong characters are any of the 3,755 common ones of GB 2312.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from pypinyin import lazy_pinyin

import search
from indexer import Zone, open_snapshot
from search.suggesting.look import LOOK_ALIKE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from indexer import Snapshot

SEED = 20240229
_LEAST_PARAGRAPHS = 5
_LENGTHS = range(2, 7)


@dataclass(frozen=True)
class Case:
    """A word, and how it was misspelt."""

    right: str
    wrong: str


def frequencies(snapshot: Snapshot) -> Counter[str]:
    """The words of an index and in how many paragraphs each stands."""
    counts: Counter[str] = Counter()
    for segment in snapshot.segments:
        postings = segment.postings(Zone.TEXT.value)
        often = postings.document_frequencies(0, len(postings)).tolist()
        for term, count in zip(postings.terms(), often, strict=True):
            counts[term.decode()] += count
    return counts


def cases(snapshot: Snapshot, count: int) -> list[Case]:
    """Words of an index, misspelt; fewer if it has not as many."""
    return list(islice(_cases(frequencies(snapshot)), count))


def _cases(known: Counter[str]) -> Iterator[Case]:
    chance = random.Random(SEED)
    alike = _alike_by_sound()
    words = sorted(word for word, often in known.items() if _is_chosen(word, often))
    chance.shuffle(words)
    for word in words:
        if wrong := sorted(_misspelt(word, alike) - known.keys()):
            yield Case(word, chance.choice(wrong))


def _is_chosen(word: str, often: int) -> bool:
    is_written_so = all("\u4e00" <= character <= "\u9fff" for character in word)
    return often >= _LEAST_PARAGRAPHS and len(word) in _LENGTHS and is_written_so


def _misspelt(word: str, alike: dict[str, str]) -> set[str]:
    """Every way to misspell one character of a word."""
    wrong = set()
    for at, (character, syllable) in enumerate(zip(word, lazy_pinyin(word), strict=True)):
        for other in {*alike.get(syllable, ""), *LOOK_ALIKE.get(character, ())} - {character}:
            wrong.add(word[:at] + other + word[at + 1 :])
    return wrong


def _alike_by_sound() -> dict[str, str]:
    """The common characters of each syllable: the first 40 rows of ideographs of GB 2312."""
    alike: dict[str, str] = {}
    for row in range(0xB0, 0xD8):
        for cell in range(0xA1, 0xFF):
            character = bytes([row, cell]).decode("gb2312", "ignore")
            if character:
                syllable = lazy_pinyin(character)[0]
                alike[syllable] = alike.get(syllable, "") + character
    return alike


def failures(index: search.Index, tried: Sequence[Case]) -> list[tuple[Case, list[str]]]:
    """The cases in which another word is proposed first, or none, each with what is."""
    found = []
    for case in tried:
        proposed = [proposal.query for proposal in index.account(case.wrong).proposals]
        if proposed[:1] != [case.right]:
            found.append((case, proposed))
    return found


def main(directory: Path, count: int) -> None:
    """Print the failures and the share of words that are proposed first."""
    tried = cases(open_snapshot(directory), count)
    with search.open_index(directory) as index:
        failed = failures(index, tried)
    for case, proposed in failed:
        sys.stdout.write(f"{case.right} as {case.wrong}: {' '.join(proposed) or 'none'}\n")
    right = len(tried) - len(failed)
    sys.stdout.write(f"{right} of {len(tried)} are proposed first: {right / len(tried):.1%}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if sys.argv[2:] else 200)
