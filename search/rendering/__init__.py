"""Results for showing, apart from searching: HTML, Markdown, and text for terminals.

    from search import rendering

    rendering.to_html(hit)                   fragments: a paragraph, a snippet or any text,
    rendering.to_markdown(hit.snippet(80))   escaped, with its highlighted spans marked
    rendering.to_ansi("行政复议", [(0, 2)])
    rendering.html_page(results)             whole documents
    rendering.markdown_page(results)

Pure functions from text to text. Reports are untrusted: whatever a text holds, it comes out
as text, and control, bidirectional and invisible characters are shown by name.
"""

from typing import TYPE_CHECKING

from corpus.lazily import lazily

if TYPE_CHECKING:
    from .ansi import to_ansi
    from .hazards import is_hazard, neutralise
    from .hypertext import html_page, to_html
    from .markdown import markdown_page, to_markdown
    from .marking import Around, Shown
else:  # to type checkers, any name would be there
    __getattr__ = lazily(
        __name__,
        {
            ".ansi": ("to_ansi",),
            ".hazards": ("is_hazard", "neutralise"),
            ".hypertext": ("html_page", "to_html"),
            ".markdown": ("markdown_page", "to_markdown"),
            ".marking": ("Around", "Shown"),
        },
    )

__all__ = [
    "Around",
    "Shown",
    "html_page",
    "is_hazard",
    "markdown_page",
    "neutralise",
    "to_ansi",
    "to_html",
    "to_markdown",
]
