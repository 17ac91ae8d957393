"""HTML in a real browser, without a window: whatever a report holds, nothing of it runs.

Any Chromium that is installed will do; without one these tests are skipped.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest

import search
from search.rendering import html_page, to_html

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
RUN = "document.documentElement.setAttribute('data-owned','yes')"
PAYLOADS = [
    f"<script>{RUN}</script>",
    f"</title><script>{RUN}</script>",
    f"</style></p></article><script>{RUN}</script>",
    f'<img src=x onerror="{RUN}">',
    f'"><svg onload="{RUN}">',
    f'\'><details open ontoggle="{RUN}">',
    f'<a href="javascript:{RUN}" autofocus onfocus="{RUN}">改革</a>',
    f'<iframe srcdoc="<script>parent.{RUN}</script>"></iframe>',
    '<meta http-equiv="refresh" content="0;url=data:text/html,owned">',
    '<base href="http://nowhere.invalid/"><link rel=stylesheet href=x.css>',
    f"&lt;script&gt;{RUN}&lt;/script&gt;",
    f"<!--><script>{RUN}</script>-->",
    f"<mark><script>{RUN}</script></mark>",
    f"\u202e<scr\u200bipt>{RUN}</script>\x00<script >{RUN}</script\n>",
    f"<noscript><p title='</noscript><script>{RUN}</script>'>",
    f"<math><mtext></p><style><img src=x onerror={RUN}>",
]

Show = Callable[[Path], str]
Build = Callable[..., Path]


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Show:
    """Open a file; gives the page as it is once all scripts have run."""
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        pytest.skip(f"no browser found: install one of {', '.join(NAMES)}")
    profile = tmp_path_factory.mktemp("profile")

    def show(file: Path) -> str:
        ended = subprocess.run(
            [
                path, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
                f"--user-data-dir={profile}", "--virtual-time-budget=2000", "--dump-dom",
                file.as_uri(),
            ],
            capture_output=True, check=True, timeout=120,
        )  # fmt: skip
        return ended.stdout.decode()

    return show


def test_the_browser_runs_what_is_not_escaped(browser: Show, tmp_path: Path) -> None:
    """Else the tests below would say nothing."""
    page = tmp_path / "page.html"
    for payload in (PAYLOADS[0], PAYLOADS[3], PAYLOADS[4]):
        page.write_text(f'<!DOCTYPE html><meta charset="utf-8"><p>{payload}</p>', "utf-8")
        assert "data-owned" in browser(page).partition(">")[2].partition(">")[0]


def test_a_page_of_results_shows_payloads_as_text(
    browser: Show, build: Build, tmp_path: Path
) -> None:
    text = "\n\n".join(
        [
            f"关于{PAYLOADS[1]}改革的通知",
            f"一、{PAYLOADS[3]}",
            *(f"改革{payload}。" for payload in PAYLOADS),
        ]
    )
    with search.open_index(build({"a.txt": text + "\n"})) as index:
        results = index.search("改革", limit=None)
        around = {hit.address: index.around(hit, 1) for hit in results}
    page = tmp_path / "page.html"
    page.write_text(html_page(results, around), "utf-8")
    shown = browser(page)
    assert "data-owned" not in shown.partition("<head>")[0]
    assert len(results) > len(PAYLOADS)
    assert set(re.findall(r"<([a-z0-9]+)", shown)) <= {
        "html", "head", "meta", "title", "style", "body", "h1", "h2", "p", "article", "mark",
        "code", "bdi",
    }  # fmt: skip
    visible = unescape(re.sub(r"</?mark>", "", shown))
    for hit in results:
        assert search.rendering.neutralise(hit.text) in visible


def test_the_policy_of_the_page_stops_what_would_slip_through(
    browser: Show, samples: search.Index, tmp_path: Path
) -> None:
    """A page with a script put into it, as a fault of ours would."""
    written = html_page(samples.search("行政复议", limit=1))
    page = tmp_path / "page.html"
    page.write_text(written.replace("</h1>", f"</h1>{PAYLOADS[0]}{PAYLOADS[3]}"), "utf-8")
    shown = browser(page)
    assert "<script>" in shown
    assert "data-owned" not in shown.partition("<head>")[0]


def test_the_page_keeps_its_style_under_its_policy(
    browser: Show, samples: search.Index, tmp_path: Path
) -> None:
    """The digest in the policy is that of the style: a script that may run can tell."""
    written = html_page(samples.search("行政复议", limit=1))
    look = "<script>document.title = getComputedStyle(document.body).maxWidth</script>"
    page = tmp_path / "page.html"
    page.write_text(
        written.replace(
            "default-src 'none'", "default-src 'none'; script-src 'unsafe-inline'"
        ).replace("</body>", f"{look}</body>"),
        "utf-8",
    )
    assert re.search(r"<title>[1-9][0-9.]*px</title>", browser(page))


def test_a_fragment_may_stand_in_any_page(browser: Show, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    cells = "".join(f"<td>{to_html(payload, [(0, 3), (5, 9)])}</td>" for payload in PAYLOADS)
    page.write_text(f'<!DOCTYPE html><meta charset="utf-8"><table><tr>{cells}</table>', "utf-8")
    shown = browser(page)
    assert "data-owned" not in shown.partition("<head>")[0]
    assert shown.count("<td>") == len(PAYLOADS)
    assert set(re.findall(r"<([a-z0-9]+)", shown)) == {
        "html", "head", "meta", "body", "table", "tbody", "tr", "td", "mark",
    }  # fmt: skip
