"""How much one file may cost: bytes unpacked, members, nesting, seconds.

What comes packed says nothing true about its size, so bytes are counted while they are
unpacked, over all members of a file and all that is packed in them.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from corpus.errors import Reason, UnreadableReport
from corpus.messages import Message

_MIB = 2**20
_PATIENCE = 16 * _MIB


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost.

    Attributes:
        size: bytes of the file itself. The longest report known is below 1 MiB.
        unpacked: bytes unpacked from it, all its parts and members together.
        members: files in an archive, or rows of a table, that are read as reports.
        nesting: archives within archives.
        seconds: time that reading and indexing it may take, and as much again for every
            16 MiB of it; kept by the one who runs the reading in a process of its own.
    """

    size: int = 64 * _MIB
    unpacked: int = 256 * _MIB
    members: int = 100_000
    nesting: int = 4
    seconds: float = 120

    def seconds_for(self, size: int) -> float:
        """How long a file of so many bytes may take."""
        return self.seconds * (1 + size / _PATIENCE)


@dataclass(slots=True)
class Budget:
    """What is left to spend on one file.

    What is said of it when it is spent names the file itself, whatever of it is read just
    then: nothing more of it is.

    Attributes:
        name: the file, as it is named in errors.
        limits: what it may cost.
        depth: how many archives the source at hand lies in.
    """

    name: str
    limits: Limits = field(default_factory=Limits)
    depth: int = 0
    _unpacked: int = 0
    _members: int = 0

    def unpack(self, size: int) -> None:
        """Count bytes that were unpacked.

        Raises:
            UnreadableReport: they are more than allowed.
        """
        self._unpacked += size
        if self._unpacked > self.limits.unpacked:
            raise self._too_large(
                Message(
                    "it unpacks to more than {most} MiB; unpack it and index what it holds",
                    most=self.limits.unpacked // _MIB,
                )
            )

    def count_member(self) -> None:
        """Count a member.

        Raises:
            UnreadableReport: they are more than allowed.
        """
        self._members += 1
        if self._members > self.limits.members:
            raise self._too_large(
                Message("it holds more than {most:,} members; split it", most=self.limits.members)
            )

    def enter(self) -> None:
        """Go into an archive; `leave` it afterwards.

        Raises:
            UnreadableReport: it lies in too many others.
        """
        if self.depth >= self.limits.nesting:
            raise self._too_large(
                Message(
                    "archives are nested more than {most} deep; unpack them",
                    most=self.limits.nesting,
                )
            )
        self.depth += 1

    def leave(self) -> None:
        """Leave the archive that was entered last."""
        self.depth -= 1

    def _too_large(self, detail: str) -> UnreadableReport:
        return UnreadableReport(self.name, Reason.TOO_LARGE, detail)
