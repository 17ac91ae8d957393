"""The examples that are run from the command line: what they print, draw and mail."""

from __future__ import annotations

import mailbox
import socket
import subprocess
import sys
import time
from email import message_from_bytes, policy
from typing import TYPE_CHECKING

import pytest

import search

from .running import PATIENCE, example

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from email.message import EmailMessage
    from pathlib import Path

RECIPIENT = "editor@example.org"


def test_questions_from_asyncio_are_answered_as_others_are(
    samples: search.Index, samples_directory: Path, tmp_path: Path
) -> None:
    queries = ("放管服", "行政复议 年份:2017..")
    printed = example("asynchronous", samples_directory, *queries, folder=tmp_path)
    for query in queries:
        results = samples.search(query, limit=3)
        assert f"{query}: {results.total} paragraphs" in printed
        assert all(hit.address in printed for hit in results)


def drawn(index: Path, folder: Path) -> dict[str, list[str]]:
    """The rows that the example of a trend prints, by year."""
    pytest.importorskip("pandas", reason="pandas comes with the extra `examples`")
    pytest.importorskip("matplotlib", reason="matplotlib comes with the extra `examples`")
    printed = example(
        "trend", folder=folder, BAOGAO_INDEX=index, MPLBACKEND="agg",
        MPLCONFIGDIR=folder / "matplotlib",
    )  # fmt: skip
    _, _, *lines = printed.partition("\n\n")[0].splitlines()
    return {line.split()[0]: line.split()[1:] for line in lines if line[:1].isdigit()}


def test_a_trend_is_printed_and_drawn(
    samples: search.Index, samples_directory: Path, tmp_path: Path
) -> None:
    rows = drawn(samples_directory, tmp_path)
    trend = samples.trend(["营商环境", "放管服", "行政复议"])
    assert len(rows) == len(trend.periods)
    for place, period in enumerate(trend.periods):
        uses = [term.uses[place] for term in trend.terms]
        assert rows[str(period.value)] == [f"{use.rate:.2f}" if use else "NaN" for use in uses]
    picture = (tmp_path / "trend.svg").read_text("utf-8")
    assert all(term.term in picture for term in trend.terms)


def test_a_trend_has_gaps_for_years_without_reports_and_nothing_of_unknown_years(
    build: Callable[..., Path], tmp_path: Path
) -> None:
    text = "{}年政府工作报告\n\n深化放管服改革。\n"
    texts = {f"{year}.txt": text.format(year) for year in (2018, 2020)}
    rows = drawn(build({**texts, "无.txt": "深化放管服改革，各区落实。\n"}), tmp_path)
    assert list(rows) == ["2018", "2019", "2020"]
    assert rows["2019"] == ["NaN"] * 3


@pytest.fixture
def mails(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """A mail server of its own process: its port, and the folder that it puts mails into."""
    pytest.importorskip("aiosmtpd", reason="aiosmtpd comes with the extra `test`")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    box = tmp_path / "mails"
    command = ("aiosmtpd", "-n", "-l", f"127.0.0.1:{port}", "-c", "aiosmtpd.handlers.Mailbox", box)
    with subprocess.Popen([sys.executable, "-m", *command]) as process:
        try:
            _wait_for(port)
            yield str(port), box
        finally:
            process.terminate()


def _wait_for(port: int) -> None:
    end = time.monotonic() + PATIENCE
    while True:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except ConnectionRefusedError:
            assert time.monotonic() < end
            time.sleep(0.05)
        else:
            return


def _received(box: Path) -> list[EmailMessage]:
    """The mails that came, and takes them out."""
    received = mailbox.Maildir(box)
    found = [
        message_from_bytes(received.get_bytes(key), policy=policy.default)
        for key in received.keys()  # noqa: SIM118 (a mailbox is iterated by its mails)
    ]
    received.clear()
    return sorted(found, key=lambda mail: mail["Subject"])


def nightly(mails: tuple[str, Path], folder: Path) -> tuple[str, list[EmailMessage]]:
    """What the nightly job says, and the mails that it sends."""
    port, box = mails
    said = example(
        "nightly", folder / "reports", folder / "index", RECIPIENT,
        folder=folder, SMTP_HOST="127.0.0.1", SMTP_PORT=port,
    )  # fmt: skip
    return said, _received(box)


def test_a_nightly_job_indexes_a_folder_and_mails_once_what_is_new(
    mails: tuple[str, Path], tmp_path: Path
) -> None:
    reports = tmp_path / "reports"
    reports.mkdir()
    (reports / "旧.txt").write_text("关于防汛的通知\n\n做好防汛准备。\n", "utf-8")
    search.build_index(tmp_path / "index", reports)
    with search.open_index(tmp_path / "index") as index:
        for number, query in enumerate(["防汛", "抗旱 OR 落实", "没有的话"]):
            index.save(f"q{number}", query)
    assert nightly(mails, tmp_path) == ("", [])

    (reports / "新.txt").write_text(
        "关于抗旱的通知\n\n防汛抗旱一起抓，<b>各区</b>落实。\n", "utf-8"
    )
    (reports / "空.txt").write_text("", "utf-8")
    said, sent = nightly(mails, tmp_path)
    assert "空.txt: empty" in said
    first, second = sent
    for mail, query in ((first, "防汛"), (second, "抗旱 OR 落实")):
        assert query in mail["Subject"]
        assert mail["To"] == RECIPIENT
        text, page = (part.get_content() for part in mail.iter_parts())
        assert "做好防汛准备" not in text + page
        assert "各区" in text + page
        assert "&lt;b&gt;" in page
    assert first["Subject"].startswith("1 new")
    assert second["Subject"].startswith("2 new")
    assert nightly(mails, tmp_path) == ("", [])


def test_news_that_could_not_be_mailed_come_with_the_next_night(
    mails: tuple[str, Path], tmp_path: Path
) -> None:
    reports = tmp_path / "reports"
    reports.mkdir()
    (reports / "旧.txt").write_text("关于工作的通知\n\n各区落实。\n", "utf-8")
    search.build_index(tmp_path / "index", reports)
    with search.open_index(tmp_path / "index") as index:
        index.save("flood", "防汛")
    (reports / "新.txt").write_text("关于防汛的通知\n\n做好准备。\n", "utf-8")
    with pytest.raises(AssertionError, match="refused"):
        nightly(("1", tmp_path), tmp_path)
    _, sent = nightly(mails, tmp_path)
    assert len(sent) == 1
