"""Libraries that only some commands need, and that are installed on request."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from corpus.errors import BaogaoError
from corpus.messages import Message

if TYPE_CHECKING:
    from collections.abc import Iterator


class ExtraMissing(BaogaoError):
    """A library that a command needs is not installed; the text says how to install it."""


@contextmanager
def needing(extra: str, *libraries: str) -> Iterator[None]:
    """Import within what an extra of the package brings.

    Args:
        extra: its name in setup.cfg.
        libraries: the top names of what it brings.

    Raises:
        ExtraMissing: one of the libraries is not there.
    """
    try:
        yield
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in libraries:
            raise
        problem = Message(
            "this command needs {library}; install it with: pip install 'baogao[{extra}]'",
            library=error.name,
            extra=extra,
        )
        raise ExtraMissing(problem) from None
