"""The answer to a query in every form that `baogao search` prints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus.plain import plain

from . import records
from .app import is_unicode, json_text
from .hits import hit_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from corpus.plain import Plain
    from search import Facet, Results
    from search.explaining.explanation import Explanation
    from search.rendering import Around

    from .render import Page


def with_facets(
    text: Callable[[Page], Iterator[str]], facets: Sequence[Facet], page: Page
) -> Iterator[str]:
    """A text with facets beside it, or below it."""
    from .bars import facet_lines  # most searches have none
    from .sidebar import with_sidebar

    def counts(page: Page) -> Iterator[str]:
        for number, facet in enumerate(facets):
            if number:
                yield ""
            yield from facet_lines(facet, page)

    return with_sidebar(text, counts, page)


def text_lines(
    results: Results, around: Around, explanation: Explanation | None, page: Page
) -> Iterator[str]:
    """Hits for reading, with what their scores are made of, if that is explained."""
    if explanation:
        from .explaining import explanation_lines, score_lines

        yield from explanation_lines(explanation, page)
    for number, hit in enumerate(results):
        if number or explanation:
            yield ""
        yield from hit_lines(hit, page, around.get(hit.address, ()))
        if explanation:
            yield from score_lines(explanation, hit.address, page)


def json_lines(
    results: Results, around: Around, **told: Plain | Sequence[Plain] | None
) -> Iterator[str]:
    """The results and what else is told of them, by name."""
    record = records.results_record(results, around)
    record.update((name, plain(one)) for name, one in told.items() if one)
    yield json_text(record, indent=1)


def jsonl_lines(results: Results, around: Around) -> Iterator[str]:
    """A hit a line."""
    return (json_text(records.hit_record(hit, around)) for hit in results)


def csv_lines(results: Results, _around: Around) -> Iterator[str]:
    """A hit a row."""
    return records.as_csv([records.hit_row(hit) for hit in results], records.HIT_COLUMNS)


def markdown_lines(results: Results, around: Around) -> Iterator[str]:
    """A page of Markdown."""
    from search.rendering import markdown_page

    yield from markdown_page(results, around).splitlines()


def html_lines(results: Results, around: Around) -> Iterator[str]:
    """A page of HTML; what standard output cannot take is named by number."""
    from search.rendering import html_page

    written = html_page(results, around)
    if not is_unicode():
        written = written.encode("ascii", "xmlcharrefreplace").decode()
    yield from written.splitlines()


FORMS: dict[str, Callable[[Results, Around], Iterator[str]]] = {
    "jsonl": jsonl_lines,
    "csv": csv_lines,
    "md": markdown_lines,
    "html": html_lines,
}
"""What has nothing to tell but results, by the name of the format."""
