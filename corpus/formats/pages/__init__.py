"""From characters placed on pages to paragraphs, for formats that know no more than that.

`rows` puts characters together, `running` takes running heads and page numbers away,
`order` finds columns and the cells of tables, `paragraphs` joins what was wrapped, and
`layer` says whether there is text at all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus.formats.pages.layer import OUTLINES, Layer, title_among
from corpus.formats.pages.order import in_order
from corpus.formats.pages.paragraphs import paragraphs
from corpus.formats.pages.placed import Char, Page, Size
from corpus.formats.pages.rows import rows_of
from corpus.formats.pages.running import without_frames

if TYPE_CHECKING:
    from collections.abc import Iterable

    from corpus.formats.base import Line
    from corpus.formats.pages.placed import Row

__all__ = ["OUTLINES", "Char", "Layer", "Page", "Size", "lines_of", "title_among"]


def lines_of(pages: Iterable[Page]) -> tuple[Line, ...]:
    """Give the paragraphs of a document, without running heads, footers and page numbers.

    Args:
        pages: in order; each is let go as soon as its rows are made.
    """
    widths: list[float] = []
    rows: list[list[Row]] = []
    for page in pages:
        found = rows_of(page)
        widths.append(page.size.height if found and found[0].turn % 2 else page.size.width)
        rows.append(found)
    stacks = [in_order(kept) for kept in without_frames(rows)]
    return tuple(paragraphs(stacks, widths))
