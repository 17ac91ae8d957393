"""What the site has that the pages do not: the commands, and links that need no server."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mkdocs.structure.pages import Page

_OTHER_LANGUAGE = re.compile(r"^\[(?:English|中文)\]\([\w-]+\.(?:en|zh)\.md\)\n", re.MULTILINE)
"""For readers of the repository; the site has a menu for it."""
_COMMANDS = "<!-- commands -->"


def on_page_markdown(markdown: str, page: Page, **_: Any) -> str:
    """Put the commands where the page has a mark for them, and leave out what the menu has."""
    markdown = _OTHER_LANGUAGE.sub("", markdown, count=1)
    if _COMMANDS in markdown:
        language = page.file.src_uri.split(".")[-2]
        markdown = markdown.replace(_COMMANDS, _commands(language))
    return markdown


@lru_cache
def _commands(language: str) -> str:
    """The commands in a language, which a process has one of."""
    return subprocess.run(
        [sys.executable, "-m", "search.terminal.reference"],
        capture_output=True, check=True, env={**os.environ, "LANGUAGE": language},
    ).stdout.decode()  # fmt: skip


def on_page_context(context: dict[str, Any], config: Any, **_: Any) -> dict[str, Any]:
    """Make the links to the page in the other language relative, for a site without a server."""
    for alternate in config.extra["alternate"]:
        alternate["link"] = alternate["link"].lstrip("/")
    return context
