"""What a shell may complete: reports, words of the index, fields of queries and their values.

The shells' own part is click's. A shell asks by running the command with a
variable in its environment; nothing may go wrong then, so what cannot be known is not proposed.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from corpus.errors import BaogaoError

from .app import ASKED_BY_SHELL, allow_shared, default_index
from .cells import neutralise

if TYPE_CHECKING:
    from collections.abc import Iterator

    import click
    from click.shell_completion import CompletionItem

    from search.index import Index
    from search.named_files import NamedFiles

SHELLS = ("bash", "zsh", "fish")
_MOST = 50


def answer(group: click.Command, instruction: str) -> int:
    """Answer a shell; give the exit status."""
    from click.shell_completion import shell_complete

    return shell_complete(group, {}, "baogao", ASKED_BY_SHELL, instruction)


def script(group: click.Command, shell: str) -> str:
    """The script that tells a shell how to ask."""
    from click.shell_completion import get_completion_class

    found = get_completion_class(shell)
    assert found
    completer = found(group, {}, "baogao", ASKED_BY_SHELL)
    return completer.source_template % completer.source_vars()


def reports(
    context: click.Context,
    parameter: click.Parameter,  # noqa: ARG001 (as click calls it)
    incomplete: str,
) -> list[CompletionItem]:
    """The ids of reports that begin so, with their titles."""
    from click.shell_completion import CompletionItem

    with _index(context) as index:
        if index is None:
            return []
        return [
            CompletionItem(report.id, help=neutralise(report.title))
            for report in index.reports()
            if report.id.startswith(incomplete)
        ][:_MOST]


def query(
    context: click.Context, parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """The fields of queries that begin so, the values of one, and words of the index."""
    from click.shell_completion import CompletionItem

    from search.query.fields import field_named

    from .vocabulary import Vocabulary, field_names

    told, colon, value = incomplete.rpartition(":")
    before: tuple[str, ...] = context.params.get(parameter.name or "") or ()
    if not colon and before[-1:] == (":",):
        # bash ends a word at a colon.
        told = before[-2] if before[:-1] else ""
    field = field_named(told) if told else None
    kept, beginning = (incomplete.removesuffix(value), value) if field else ("", incomplete)
    with _index(context) as index:
        found = Vocabulary(index).proposals(field, beginning) if index else field_names()
    texts = (kept + one.text for one in found)
    return [CompletionItem(text) for text in texts if text.startswith(incomplete)]


def values(
    context: click.Context, parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """The values of the field that an option is named after."""
    from click.shell_completion import CompletionItem

    from search.query.fields import field_named

    from .vocabulary import Vocabulary

    field = field_named(parameter.name or "")
    with _index(context) as index:
        if index is None or field is None:
            return []
        found = Vocabulary(index).proposals(field, incomplete)
    return [CompletionItem(one.text) for one in found if one.text.startswith(incomplete)]


def result_sets(
    context: click.Context,
    parameter: click.Parameter,  # noqa: ARG001 (as click calls it)
    incomplete: str,
) -> list[CompletionItem]:
    """The names of result sets that begin so."""
    with _index(context) as index:
        return _names(index.sets if index else None, incomplete)


def saved_queries(
    context: click.Context,
    parameter: click.Parameter,  # noqa: ARG001 (as click calls it)
    incomplete: str,
) -> list[CompletionItem]:
    """The names of saved queries that begin so."""
    with _index(context) as index:
        return _names(index.saved if index else None, incomplete)


def _names(files: NamedFiles[Any] | None, incomplete: str) -> list[CompletionItem]:
    from click.shell_completion import CompletionItem

    names = files.names() if files else []
    return [CompletionItem(name) for name in names if name.startswith(incomplete)]


@contextmanager
def _index(context: click.Context) -> Iterator[Index | None]:
    """The index that the command would read, if it can be."""
    from search.index import open_index

    directory = context.params.get("directory") or default_index()
    with context.scope(cleanup=False):
        is_shared = allow_shared()
    try:
        with open_index(directory, allow_shared=is_shared) as index:
            yield index
    except BaogaoError:
        yield None
