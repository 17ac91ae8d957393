"""Write indexer/data/traditional.txt from OpenCC's dictionary of characters.

    python make_traditional.py OpenCC/data/dictionary/TSCharacters.txt 1.4.2 > traditional.txt

OpenCC's source archive (https://pypi.org/project/OpenCC/#files) holds the dictionary: one
traditional character a line, a tab, and its simplified forms, the preferred one first.
"""

from __future__ import annotations

import sys
from pathlib import Path

# 吒 belongs to simplified text as well (哪吒), and OpenCC lists 咤 before it.
KEPT = frozenset("吒")

HEADER = """\
# Traditional characters and the simplified ones they fold to: traditional<TAB>simplified.
#
# Derived from OpenCC {version}, data/dictionary/TSCharacters.txt
# (https://github.com/BYVoid/OpenCC), licensed under the Apache License, Version 2.0
# (https://www.apache.org/licenses/LICENSE-2.0). Changed: only the first simplified form
# is kept, characters that are their own first form are left out, as is {kept}, a form
# that is itself folded is replaced by what it folds to, and the lines are sorted by
# code point.
#
# Written by make_traditional.py; do not edit by hand.
"""


def read_pairs(source: Path) -> dict[str, str]:
    """Read the dictionary: each character with its preferred simplified form."""
    pairs: dict[str, str] = {}
    for line in source.read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        traditional, forms = line.split("\t")
        simplified = forms.split()[0]
        if len(traditional) != 1 or len(simplified) != 1:
            continue
        if traditional != simplified and traditional not in KEPT:
            pairs[traditional] = simplified
    return pairs


def settle(pairs: dict[str, str]) -> dict[str, str]:
    """Follow each pair to a character that no pair changes, so that folding twice is once."""
    settled: dict[str, str] = {}
    for traditional, first in pairs.items():
        seen = {traditional}
        simplified = first
        while simplified in pairs:
            if simplified in seen:
                raise ValueError(f"the pairs run in a circle: {''.join(sorted(seen))}")
            seen.add(simplified)
            simplified = pairs[simplified]
        settled[traditional] = simplified
    return settled


def main() -> None:
    """Write the table of the dictionary named on the command line to standard output."""
    source, version = sys.argv[1:]
    pairs = settle(read_pairs(Path(source)))
    lines = [HEADER.format(version=version, kept="".join(sorted(KEPT)))]
    lines += [f"{traditional}\t{pairs[traditional]}\n" for traditional in sorted(pairs)]
    sys.stdout.buffer.write("".join(lines).encode("utf-8"))


if __name__ == "__main__":
    main()
