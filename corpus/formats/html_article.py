"""The article of a web page, told from what is set around it.

Pages are read as lines, and elements as the lines they hold (`html_walk`), so that what an
element holds is a difference of two sums. The article is in the container that content
systems put it in; if there is none, in the largest element without a menu around nearly all
running text. It is widened where that wins more running text than all else. A page without
many links has no frame, and is its own article.

Rather too much is kept than too little: only lists of links go, and what by its name frames a
page and holds no sentence.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import accumulate
from typing import TYPE_CHECKING

from corpus.characters import INVISIBLE, squeeze
from corpus.formats.office.stories import opens_with

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from corpus.formats.base import Line
    from corpus.formats.html_walk import Page, Span

CONTAINERS = (
    "#UCAP-CONTENT",
    ".TRS_Editor",
    ".trs_editor_view",
    ".TRS_UEDITOR",
    "#zoom",
    "#Zoom",
    "#zoomcon",
    ".article-content",
    ".article_content",
    ".pages_content",
    "#vsb_content",
    ".v_news_content",
    ".wp_articlecontent",
    "#endText",
    "#artibody",
    "#js_content",
    "article",
    "main",
)
"""Containers of the article itself, as content systems and portals name them, surest first."""

_STOP = re.compile("[。；]")
_SENTENCE = re.compile(r"[。；！？!?：:]|[.](?:\s|$)")
_LONG = 20
"""Characters from which weaker signs than a full stop make a sentence."""

_NAMED_SHARE = 0.75
_SHARE = 0.9
"""Of all running text, how much a container must hold: one by its name, and any other."""

_FEWEST_LINKS = 10
"""Links outside of the article from which a page has a frame."""

_LIST = 3
_LIST_SHARE = 0.6
"""Links that make a list, and how much of its text is links."""

_MOST_BETWEEN = 15
_IN_HEAD = 20
_SHORTEST_TITLE = 6
_SITE = re.compile(r"\s*[-_|｜—–]|\s")
"""What parts a title from the name of the site."""


def article(page: Page, title: str, stated: str) -> tuple[Line, ...]:
    """Give the lines of a page that are its article, headed by its title if that is a line.

    Args:
        page: the page.
        title: its title.
        stated: what the page calls itself, the name of its site included.
    """
    counts = _Counts(page)
    start, stop = _container(page, counts) or counts.whole
    each = ((index, index + 1) for index in range(len(page.lines)))
    menus = (span for span in (*page.blocks, *each) if counts.is_list(span))
    frames = (span for span in page.frames if not counts.stops(span))
    gone = _inside([*menus, *frames], len(page.lines))
    lines = [page.lines[index] for index in range(start, stop) if not gone[index]]
    if opens_with(lines, title):
        return tuple(lines)
    return (*_head(page, gone, start, title, stated), *lines)


def short_title(title: str, lines: Sequence[Line]) -> str:
    """Give a title without the site's name, if one of the first lines is the title without it."""
    for line in lines[:_IN_HEAD]:
        text = line.text.strip(INVISIBLE)
        rest = title.removeprefix(text)
        if len(text) >= _SHORTEST_TITLE and rest != title and _SITE.match(rest):
            return text
    return title


class _Counts:
    """Counts of what lies before each line, so that those of a span are a subtraction."""

    def __init__(self, page: Page) -> None:
        sizes = [len(line.text.strip()) for line in page.lines]
        framed = _inside(page.frames, len(page.lines))
        prose = [
            size - linked if 2 * linked < size and _is_prose(line) else 0
            for line, size, linked in zip(page.lines, sizes, page.linked, strict=True)
        ]
        plain = [0 if out else size for size, out in zip(prose, framed, strict=True)]
        if 2 * sum(plain) < sum(prose):
            plain = prose
        self._prose = _sums(plain)
        self._sizes = _sums(sizes)
        self._linked = _sums(page.linked)
        self._links = _sums(page.links)
        self._stops = _sums(_STOP.search(line.text) is not None for line in page.lines)
        self._any_prose = _sums(prose)
        self.whole = (0, len(page.lines))

    def prose(self, span: Span) -> int:
        """Characters of running text and of tables, links left out, frames too."""
        return self._prose[span[1]] - self._prose[span[0]]

    def other(self, span: Span) -> int:
        """Characters of all else."""
        return self._sizes[span[1]] - self._sizes[span[0]] - self.prose(span)

    def links(self, span: Span) -> int:
        """Links to other pages."""
        return self._links[span[1]] - self._links[span[0]]

    def stops(self, span: Span) -> int:
        """Lines that hold a full stop."""
        return self._stops[span[1]] - self._stops[span[0]]

    def is_list(self, span: Span) -> bool:
        """Whether a span is a list of links to other pages, and nothing else."""
        if self.links(span) < _LIST or self._any_prose[span[1]] > self._any_prose[span[0]]:
            return False
        linked = self._linked[span[1]] - self._linked[span[0]]
        return linked >= _LIST_SHARE * (self._sizes[span[1]] - self._sizes[span[0]])


def _is_prose(line: Line) -> bool:
    if "\t" in line.text or _STOP.search(line.text):
        return True
    return len(line.text) >= _LONG and _SENTENCE.search(line.text) is not None


def _sums(values: Iterable[int]) -> list[int]:
    return list(accumulate(values, initial=0))


def _inside(spans: Iterable[Span], size: int) -> list[bool]:
    """Say of each line whether it lies in one of the spans."""
    steps = [0] * (size + 1)
    for start, stop in spans:
        steps[start] += 1
        steps[stop] -= 1
    return [depth > 0 for depth in accumulate(steps[:size])]


def _container(page: Page, counts: _Counts) -> Span | None:
    """Give the lines of the element that holds the article; None for a page without frame."""
    named = next(filter(None, (_named(page, counts, name) for name in CONTAINERS)), None)
    if named is not None:
        return _widened(named, page.blocks, counts)
    wanted = _SHARE * counts.prose(counts.whole)
    holding = (span for span in page.blocks if counts.prose(span) >= wanted > 0)
    smallest = min(holding, default=None, key=_size)
    if smallest is None or counts.links(counts.whole) - counts.links(smallest) < _FEWEST_LINKS:
        return None
    around = [block for block in page.blocks if _holds(block, smallest)]
    few = counts.links(smallest) + _LIST
    full = max((block for block in around if counts.links(block) < few), key=_size)
    return _widened(full, page.blocks, counts)


def _holds(block: Span, span: Span) -> bool:
    return block[0] <= span[0] and span[1] <= block[1]


def _size(span: Span) -> int:
    return span[1] - span[0]


def _named(page: Page, counts: _Counts, name: str) -> Span | None:
    """Give the lines of the containers of a name, if they hold most of the running text."""
    spans = page.marked.get(name, [])
    spans = [span for span in spans if counts.prose(span)] or spans[:1]
    if not spans:
        return None
    covered = min(start for start, _ in spans), max(stop for _, stop in spans)
    enough = counts.prose(covered) >= _NAMED_SHARE * counts.prose(counts.whole)
    return covered if enough else None


def _widened(span: Span, blocks: Sequence[Span], counts: _Counts) -> Span:
    """Give the largest element around a span that adds more running text than all else."""
    widest = span
    for block in blocks:
        if _holds(block, span):
            won = counts.prose(block) - counts.prose(span)
            lost = counts.other(block) - counts.other(span)
            if won >= lost and counts.stops(block) > counts.stops(span):
                widest = block
    return widest


def _head(page: Page, gone: Sequence[bool], start: int, title: str, stated: str) -> Iterator[Line]:
    """Give the title and the lines below it, where they stand above the article's container."""
    for index in reversed(range(start)):
        if _is_title(page, index, squeeze(title), squeeze(stated)):
            yield replace(page.lines[index], level=1, apart=True)
            between = range(index + 1, start)
            if len(between) <= _MOST_BETWEEN:
                yield from (page.lines[each] for each in between if not gone[each])
            return


def _is_title(page: Page, index: int, title: str, stated: str) -> bool:
    text = squeeze(page.lines[index].text)
    if 2 * page.linked[index] > len(text):
        return False
    return text == title or (len(text) >= _SHORTEST_TITLE and stated.startswith(text))
