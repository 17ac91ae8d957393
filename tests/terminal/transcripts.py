"""What the transcripts are of: a row a command.

To add one, add a row here, run

    pytest -n 0 tests/terminal/test_transcripts.py --write-transcripts -k NAME

look at the files that this makes in `transcripts/` (`cat` shows them in colour), and commit
them with the row.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """A command, or several one after another.

    Attributes:
        lines: what is typed at a shell, a command a line: variables of the environment may
            come before it. The index is that of the bundled reports; the folder is that of
            all transcripts, the user's own files are each row's.
        typed: what is typed to the command while it runs.
    """

    lines: str
    typed: str = ""


TRANSCRIPTS = {
    "search": Row("baogao search -n 3 行政复议"),
    "search-two-words": Row("baogao search -n 2 营商环境 放管服"),
    "search-filters": Row("baogao search -n 2 '文种:通知 年份:2021..2022 牵头'"),
    "search-nothing": Row("baogao search 这句话哪里也没有"),
    "search-mistake": Row("baogao search '改革 年代:2017'"),
    "search-no-colour": Row("NO_COLOR=1 baogao search -n 1 行政复议"),
    "show": Row("baogao show 0dc2ad5c8a86:22"),
    "list": Row("baogao list"),
}
