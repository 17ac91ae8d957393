"""XML told by short names: a table says who is told what.

Elements are called `prefix:local`, where several namespaces may share a prefix: Office XML
has two for everything (ISO/IEC 29500 strict and transitional). Attributes, and all that is
within an element that is kept whole, are called by their local names.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, TreeBuilder

from corpus.packages import stream_xml

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from corpus.formats.base import Source

_MOST_NAMES = 4_000
_MOST_KEPT = 100_000
"""Elements within one that is kept whole; the definition of a list has some hundreds."""


def _ignore(text: str) -> None:
    pass


@dataclass(frozen=True, slots=True)
class Listener:
    """Who is told what.

    Attributes:
        enter: by name, told of an element's attributes where it begins; says whether to
            leave the element out, with all that is in it.
        leave: by name, told where it ends.
        whole: by name, given the element when it is complete; nothing in it is told.
        skipped: names of elements that are left out.
        text: told of text that is in none of these.
    """

    enter: Mapping[str, Callable[[dict[str, str]], bool | None]] = field(default_factory=dict)
    leave: Mapping[str, Callable[[], None]] = field(default_factory=dict)
    whole: Mapping[str, Callable[[Element], None]] = field(default_factory=dict)
    skipped: frozenset[str] = frozenset()
    text: Callable[[str], None] = _ignore


def walk(
    source: Source, part: str, data: bytes, prefixes: Mapping[str, str], listener: Listener
) -> None:
    """Tell a listener of XML, element by element.

    Args:
        source: whose part it is.
        part: the part's name.
        data: the XML.
        prefixes: namespace to prefix. Elements of any other are passed through, unnamed.
        listener: who is told.

    Raises:
        UnreadableReport: it is not XML that is read, see `corpus.packages.stream_xml`.
    """
    stream_xml(source, part, data, _Walk(prefixes, listener))


class _Walk:
    def __init__(self, prefixes: Mapping[str, str], listener: Listener) -> None:
        self._prefixes = prefixes
        self._listener = listener
        self._names: dict[str, str] = {}
        self._open: list[Callable[[], None] | None] = []
        self._left_out = 0
        self._builder: TreeBuilder | None = None
        self._whole: Callable[[Element], None] | None = None
        self._kept = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Tell of an element's beginning, unless it is in one that is kept or left out."""
        if self._builder is not None:
            self._keep(tag, attributes)
            return
        if self._left_out:
            self._left_out += 1
            return
        name, listener = self._name(tag), self._listener
        whole = listener.whole.get(name)
        if whole is not None:
            self._builder, self._whole, self._kept = TreeBuilder(), whole, 0
            self._keep(tag, attributes)
            return
        enter = listener.enter.get(name)
        if name in listener.skipped or (enter is not None and enter(_locally(attributes))):
            self._left_out = 1
            return
        self._open.append(listener.leave.get(name))

    def data(self, text: str) -> None:
        """Tell of text."""
        if self._builder is not None:
            self._builder.data(text)
        elif not self._left_out:
            self._listener.text(text)

    def end(self, tag: str) -> None:
        """Tell of an element's end."""
        if self._builder is not None:
            self._builder.end(_local(tag))
            self._kept -= 1
            if not self._kept:
                self._give()
        elif self._left_out:
            self._left_out -= 1
        else:
            leave = self._open.pop()
            if leave is not None:
                leave()

    def _keep(self, tag: str, attributes: dict[str, str]) -> None:
        assert self._builder is not None
        self._builder.start(_local(tag), _locally(attributes))
        self._kept += 1

    def _give(self) -> None:
        assert self._builder is not None
        assert self._whole is not None
        element, give = self._builder.close(), self._whole
        self._builder = self._whole = None
        give(element)

    def _name(self, tag: str) -> str:
        name = self._names.get(tag)
        if name is None:
            space, _, local = tag.removeprefix("{").rpartition("}")
            prefix = self._prefixes.get(space)
            name = f"{prefix}:{local}" if prefix else ""
            if len(self._names) < _MOST_NAMES:
                self._names[tag] = name
        return name


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def _locally(attributes: dict[str, str]) -> dict[str, str]:
    return {_local(name): value for name, value in attributes.items()}


def whole_number(text: str | None, *, least: int = 0, most: int = 1_000_000) -> int | None:
    """Read a number that an attribute states; None if it is none, or not within the bounds."""
    digits = (text or "").strip()
    if len(digits) > len(str(most)) or not digits.removeprefix("-").isascii():
        return None
    try:
        value = int(digits)
    except ValueError:
        return None
    return value if least <= value <= most else None
