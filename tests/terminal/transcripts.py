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
        windows: where it is run: "80x24", "120x40", "pipe"; data for programs is for a pipe.
    """

    lines: str
    typed: str = ""
    windows: tuple[str, ...] = ("80x24", "120x40", "pipe")


TRANSCRIPTS = {
    "search": Row("baogao search -n 3 行政复议"),
    "search-two-words": Row("baogao search -n 2 营商环境 放管服"),
    "search-filters": Row("baogao search -n 2 '文种:通知 年份:2021..2022 牵头'"),
    "search-nothing": Row("baogao search '\"饕餮貔貅\"'"),
    "search-explain": Row("baogao search --explain -n 1 '放管服 年份:2018'"),
    "search-mistake": Row("baogao search '改革 年代:2017'"),
    "search-no-colour": Row("NO_COLOR=1 baogao search -n 1 行政复议"),
    "search-compact": Row("baogao search --compact 行政复议"),
    "search-context": Row("baogao search -n 1 -C 1 行政复议"),
    "search-facets": Row("baogao search -n 2 --facets year,kind 行政复议"),
    "search-json": Row("baogao search -n 1 --format json 行政复议", windows=("pipe",)),
    "search-jsonl": Row("baogao search -n 2 --format jsonl 行政复议", windows=("pipe",)),
    "search-csv": Row("baogao search -n 2 --format csv 行政复议", windows=("pipe",)),
    "search-markdown": Row("baogao search -n 2 --format md 行政复议", windows=("pipe",)),
    "search-html": Row("baogao search -n 2 --format html 行政复议", windows=("pipe",)),
    "show": Row("baogao show 0dc2ad5c8a86:22"),
    "show-report": Row("baogao show 9154400e23b9"),
    "show-outline": Row("baogao show 0dc2ad5c8a86 --outline"),
    "show-nothing": Row("baogao show abcdef:1"),
    "cite": Row("baogao cite 0dc2ad5c8a86:22"),
    "cite-markdown": Row("baogao cite 0dc2ad5c8a86:22 9154400e23b9:21 --style markdown"),
    "cite-bibtex": Row("baogao cite 9154400e23b9:21 --style bibtex"),
    "export": Row("baogao export 行政复议 --output found.json"),
    "list": Row("baogao list"),
    "list-failed": Row("baogao list --failed"),
    "stats": Row("baogao stats"),
    "suggest": Row("baogao suggest 行政"),
    "check": Row("baogao check"),
    "trend": Row("baogao trend 营商环境 放管服"),
    "kwic": Row("baogao kwic 改革 -n 5"),
    "compare": Row("baogao compare 656f5851b779 53d306b882de"),
    "similar": Row("baogao similar 5391ac510e5a:5 -n 3"),
    "similar-nothing": Row("baogao similar 9154400e23b9:15"),
    "kwic-left": Row("baogao kwic -n 6 改革 --sort left"),
    "kwic-collocates": Row("baogao kwic -n 6 改革 --collocates"),
    "kwic-json": Row("baogao kwic -n 1 行政复议 --format json", windows=("pipe",)),
    "kwic-csv": Row("baogao kwic -n 2 行政复议 --format csv", windows=("pipe",)),
    "compare-words": Row("baogao compare 1f69584713d3 dd3e743400f8 --words -n 3"),
    "sets": Row("baogao search 行政复议 -n 1 --keep 复议\nbaogao sets"),
    "watch": Row("baogao watch --help"),
    # What is new is so once: each window has an index of its own to look at, begun anew.
    "new": Row(
        "BAOGAO_INDEX=news baogao index -q --rebuild reports/2015-work-report.txt\n"
        "BAOGAO_INDEX=news baogao search -n 0 --save 复议 行政复议\n"
        "BAOGAO_INDEX=news baogao index -q reports/2019-rule-of-law-city.md\n"
        "BAOGAO_INDEX=news baogao new 复议 -n 1\n"
        "BAOGAO_INDEX=news baogao new 复议 --compact\n"
        "BAOGAO_INDEX=news baogao new 复议\n"
        "BAOGAO_INDEX=news baogao new"
    ),
    "completion": Row("baogao completion --help"),
    "help": Row("baogao --help"),
    "help-search": Row("baogao search --help"),
    "help-chinese": Row("LANGUAGE=zh baogao search --help"),
    "search-chinese": Row("LANGUAGE=zh baogao search -n 1 行政复议"),
    # How far it is shows on a terminal, and takes its time.
    "index": Row("baogao index reports", windows=("pipe",)),
    "demo": Row("baogao demo", windows=("pipe",)),
}
