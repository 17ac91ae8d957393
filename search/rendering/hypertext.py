"""HTML: fragments with escaped text and `<mark>`, and a small page of results.

The page has no script and loads nothing; its policy says so to the browser as well
(Content Security Policy Level 3), so that a fault of ours would still run nothing.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from .hazards import neutralise
from .marking import marked
from .parts import SHAPE, about, path, range_shown, title_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from indexer import Span
    from search.results import Hit, Results

    from .marking import Around, Shown

_STYLE = """\
body { margin: 2em auto; max-width: 45em; padding: 0 1em; font-family: sans-serif;
       line-height: 1.6; color: #222; background: #fff; }
h1 { font-size: 1.4em; } h2 { font-size: 1.1em; margin: 2em 0 0; }
p { margin: .3em 0; overflow-wrap: anywhere; }
.about, .path, .near, .address, .count { color: #666; font-size: .9em; }
mark { background: #fd6; color: inherit; }
"""


def to_html(shown: Shown, spans: Iterable[Span] | None = None) -> str:
    """A text as a fragment of HTML: escaped, its highlights in `<mark>`.

    It may stand in any element that holds text, not in an attribute.

    Args:
        shown: a text, or a hit, a paragraph or a snippet, for its text.
        spans: what is highlighted in the text; None for what `shown` knows to be.
    """
    return marked(shown, spans, _escaped, ("<mark>", "</mark>"))


def html_page(results: Results, around: Around | None = None) -> str:
    """The answer to a query as a page of HTML.

    Args:
        results: what to show.
        around: of hits that are to be shown in their places, the paragraphs around them.
    """
    hits = "\n".join(line for hit in results for line in _hit(hit, around or {}))
    query = _escaped(results.query)
    return f"""\
<!DOCTYPE html>
<html lang="zh">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{_policy()}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="baogao-version" content="{SHAPE}">
<title>{query}</title>
<style>{_STYLE}</style>
</head>
<body>
<h1 dir="auto">{query}</h1>
<p class="count">{range_shown(results)}</p>
{hits}
</body>
</html>
"""


def _policy() -> str:
    from base64 import b64encode
    from hashlib import sha256

    style = b64encode(sha256(_STYLE.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{style}'; base-uri 'none'; form-action 'none'"


def _hit(hit: Hit, around: Around) -> Iterator[str]:
    yield f'<article id="hit-{hit.rank}">'
    yield f'<h2 dir="auto">{hit.rank}. {to_html(*title_of(hit))}</h2>'
    if known := about(hit.report):
        yield f'<p class="about" dir="auto">{_escaped(known)}</p>'
    if hit.heading:
        headings = (f"<bdi>{to_html(text, spans)}</bdi>" for text, spans in path(hit))
        yield f'<p class="path" dir="auto">{" › ".join(headings)}</p>'
    for passage in around.get(hit.address, (hit,)):
        if passage.paragraph == hit.paragraph:
            yield f'<p dir="auto">{to_html(hit)}</p>'
        else:
            text = f"<code>{_escaped(passage.address)}</code> {to_html(passage)}"
            yield f'<p class="near" dir="auto">{text}</p>'
    addresses = (f"<code>{_escaped(address)}</code>" for address in (hit.address, *hit.duplicates))
    yield f'<p class="address">{" ≡ ".join(addresses)}</p>'
    yield "</article>"


def _escaped(text: str) -> str:
    return escape(neutralise(text))
