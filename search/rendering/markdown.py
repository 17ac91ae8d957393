"""Markdown (CommonMark 0.31): fragments with escaped text and `<mark>`, and a page of results.

Highlights are `<mark>`, for `**` cannot stand everywhere: `**6.5%**左右` is not bold, as
the second pair of signs has a sign before it and a letter after it (CommonMark 6.2).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .hazards import neutralise
from .marking import marked
from .parts import HEADING_SIGN, SHAPE, about, path, range_shown, title_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from indexer import Span
    from search.results import Hit, Results

    from .marking import Around, Shown

_MARK = ("<mark>", "</mark>")
_SIGNS = re.compile(
    r"[\\`*_{}\[\]#|~$^@=:]|%(?=%)|\+(?=\+)|(?<=www)\.|\.(?=[^\W\d])", re.IGNORECASE
)
"""What could begin something other than text within a line, in CommonMark or what is built on
it (tables, formulas, links, notes, citations, emoji by name)."""

_AT_START = re.compile(r"^([-+]|\d+(?=[.)]))")
_BLANK_ENDS = re.compile(r"^\s+|\s+$")
_ENTITIES = {"<": "&lt;", ">": "&gt;", "&": "&amp;"}


def to_markdown(shown: Shown, spans: Iterable[Span] | None = None) -> str:
    """A text as a fragment of Markdown, on one line: escaped, its highlights in `<mark>`.

    It may stand in any block that holds text; begin no code block with it.

    Args:
        shown: a text, or a hit, a paragraph or a snippet, for its text.
        spans: what is highlighted in the text; None for what `shown` knows to be.
    """
    line = marked(shown, spans, _escaped, _MARK)
    line = _AT_START.sub(lambda found: _set_apart(found.group()), line)
    return _BLANK_ENDS.sub(_as_entities, line)


def markdown_page(results: Results, around: Around | None = None) -> str:
    """The answer to a query as a page of Markdown.

    Args:
        results: what to show.
        around: of hits that are to be shown in their places, the paragraphs around them.
    """
    blocks = [
        f"<!-- baogao-version: {SHAPE} -->",
        f"# {to_markdown(results.query)}",
        range_shown(results),
        *(block for hit in results for block in _hit(hit, around or {})),
    ]
    return "\n\n".join(blocks) + "\n"


def _hit(hit: Hit, around: Around) -> Iterator[str]:
    yield f"## {hit.rank}\\. {to_markdown(*title_of(hit))}"
    if known := about(hit.report):
        yield to_markdown(known)
    if hit.heading:
        yield HEADING_SIGN.join(to_markdown(text, spans) for text, spans in path(hit))
    for passage in around.get(hit.address, (hit,)):
        if passage.paragraph == hit.paragraph:
            yield to_markdown(hit)
        else:
            yield f"> `{passage.address}` {to_markdown(passage)}"
    yield " ≡ ".join(f"`{address}`" for address in (hit.address, *hit.duplicates))


def _escaped(text: str) -> str:
    escaped = _SIGNS.sub(lambda found: f"\\{found.group()}", neutralise(text))
    return re.sub("[<>&]", lambda found: _ENTITIES[found.group()], escaped)


def _as_entities(blank: re.Match[str]) -> str:
    """Space at an end, which would be left out, or make code of what follows it."""
    return "".join(f"&#{ord(character)};" for character in blank.group())


def _set_apart(beginning: str) -> str:
    """What could begin a list, so that it does not."""
    return f"{beginning}\\" if beginning.isdigit() else f"\\{beginning}"
