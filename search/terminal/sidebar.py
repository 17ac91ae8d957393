"""What stands beside the main text where the window is wide, and below it elsewhere."""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import TYPE_CHECKING

from .cells import width

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .render import Page

_FROM_WIDTH = 100
"""Cells of a window from which there is room beside the text."""

_SIDE = 36
_BAR = " │ "
_ESCAPES = re.compile(r"\x1b\[[0-9;]*m|\x1b\]8;[^\x1b]*\x1b\\")
"""What styles and links are made of; they take no cells."""


def with_sidebar(
    main: Callable[[Page], Iterator[str]], side: Callable[[Page], Iterator[str]], page: Page
) -> Iterator[str]:
    """Lines of a main text with others beside or below them.

    Args:
        main: gives the lines of the main text, for a page.
        side: gives those that stand beside it.
        page: both together.
    """
    if page.width is None or page.width < _FROM_WIDTH:
        above = list(main(page))
        yield from (*above, "") if above else ()
        yield from side(page)
        return
    room = page.width - _SIDE - len(_BAR)
    left, right = main(page._replace(width=room)), side(page._replace(width=_SIDE))
    for text, beside in zip_longest(left, right, fillvalue=""):
        blank = " " * (room - width(_ESCAPES.sub("", text)))
        yield f"{text}{blank}{_BAR}{beside}".rstrip()
