"""The errors of reading reports, and the root of every error of this project.

The tree of them all is drawn in `search/errors.py`.
"""

from __future__ import annotations

from enum import Enum

from .messages import Message


class BaogaoError(Exception):
    """Root of every error that this project raises.

    Its text says what is wrong and what the user can do about it; `exit_code`
    is what a command line ends with.
    """

    exit_code = 2

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle by its parts, so that an error crosses between processes."""
        return _revive, (type(self), self.args, self.__dict__)


def _revive(
    kind: type[BaogaoError], args: tuple[object, ...], state: dict[str, object]
) -> BaogaoError:
    error = kind.__new__(kind, *args)
    error.__dict__.update(state)
    return error


class Reason(str, Enum):
    """Why a file could not be read: the closed list shown in summaries."""

    ENCRYPTED = "encrypted"
    SCAN = "scan without text"
    DAMAGED = "damaged"
    UNSUPPORTED = "unsupported format"
    TOO_LARGE = "too large"
    TOO_SLOW = "too slow"
    EMPTY = "empty"
    NOT_TEXT = "not text"
    PERMISSION = "permission denied"
    VANISHED = "vanished"

    @property
    def is_of_limits(self) -> bool:
        """Whether the file might be read with other limits."""
        return self in {Reason.TOO_LARGE, Reason.TOO_SLOW}


class UnreadableReport(BaogaoError):
    """A file that could not be read as a report.

    Attributes:
        source: the path as it was given.
        reason: one of the closed list.
        detail: one sentence on what was found and what to do.
    """

    def __init__(self, source: str, reason: Reason, detail: str) -> None:
        super().__init__(
            Message(
                "{source}: {reason}: {detail}",
                source=source,
                reason=Message(reason.value),
                detail=detail,
            )
        )
        self.source = source
        self.reason = reason
        self.detail = detail
