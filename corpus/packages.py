"""Zip files that are not to be trusted, and the XML in them.

Word, OpenDocument and OFD documents are zip files of XML. Sizes are counted while
unpacking, whatever the directory says; XML with a document type is refused, so there are
no entities to expand and nothing to fetch.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING, Any, Protocol
from xml.etree.ElementTree import Element, ParseError, XMLParser, XMLPullParser
from xml.parsers import expat

from corpus.errors import Reason, UnreadableReport
from corpus.messages import Message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpus.formats.base import Source

_CHUNK = 1 << 18
_ENTRY = b"PK\x01\x02"
_MOST_ENTRIES = 200_000
_ENCRYPTED = 0x1

_MOST_ELEMENTS = 5_000_000
_DEEPEST = 500
"""Nesting allowed in XML; that of office documents is some dozens."""


class XmlReader(Protocol):
    """What is told of XML as it goes by, so that nothing of it needs to be kept."""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins; names are {namespace}local."""

    def data(self, text: str) -> None:
        """A piece of text."""

    def end(self, tag: str) -> None:
        """An element ends."""


_FAULTS = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, OverflowError)


class Package:
    """A zip file, open for reading.

    Args:
        source: its bytes, and what may be spent on it.

    Raises:
        UnreadableReport: it is no zip file, or holds too many entries.
    """

    def __init__(self, source: Source) -> None:
        self._source = source
        if source.data.count(_ENTRY) > _MOST_ENTRIES:
            detail = Message("it holds more than {most:,} entries; split it", most=_MOST_ENTRIES)
            raise UnreadableReport(source.name, Reason.TOO_LARGE, detail)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(source.data))
        except (*_FAULTS, NotImplementedError) as error:
            raise _damaged(source, Message("the zip file"), error) from None
        self._known = {info.filename: info for info in self._zip.infolist()}

    @property
    def entries(self) -> tuple[zipfile.ZipInfo, ...]:
        """All entries, folders included, in the order of the directory; the last of each name."""
        return tuple(self._known.values())

    @property
    def listed(self) -> tuple[zipfile.ZipInfo, ...]:
        """All entries, several of one name among them."""
        return tuple(self._zip.infolist())

    def __contains__(self, name: str) -> bool:
        return name in self._known

    def read(self, name: str) -> bytes:
        """Unpack an entry.

        Raises:
            UnreadableReport: it is not there, encrypted, damaged, packed in a way that is
                not known, or there is too much in it.
        """
        info = self._known.get(name)
        if info is None:
            raise UnreadableReport(
                self._source.name, Reason.DAMAGED, Message("its part {name} is missing", name=name)
            )
        return self.unpack(info, self._source)

    def unpack(self, info: zipfile.ZipInfo, source: Source) -> bytes:
        """Unpack an entry that is a source of its own: errors name that one."""
        budget, part = source.budget, info.filename
        if info.flag_bits & _ENCRYPTED:
            detail = Message("it asks for a password; save it without")
            raise UnreadableReport(source.name, Reason.ENCRYPTED, detail)
        if info.file_size > budget.limits.unpacked:
            budget.unpack(info.file_size)
        pieces: list[bytes] = []
        try:
            with self._zip.open(info) as entry:
                while piece := entry.read(_CHUNK):
                    budget.unpack(len(piece))
                    pieces.append(piece)
        except UnreadableReport:
            raise
        except NotImplementedError:
            detail = Message(
                "its part {part} is packed in a way that is not known; pack it anew", part=part
            )
            raise UnreadableReport(source.name, Reason.UNSUPPORTED, detail) from None
        except Exception as error:  # noqa: BLE001 -- each way of packing has errors of its own
            raise _damaged(source, part, error) from None
        return b"".join(pieces)

    def xml(self, name: str) -> Element:
        """Unpack an entry and parse it, see `parse_xml`."""
        return parse_xml(self._source, name, self.read(name))


def names_in(data: bytes) -> frozenset[str]:
    """Give the names of the entries of a zip file; none if it is damaged or not one."""
    if data.count(_ENTRY) > _MOST_ENTRIES:
        return frozenset()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return frozenset(package.namelist())
    except (*_FAULTS, NotImplementedError):
        return frozenset()


def _damaged(source: Source, part: str, error: Exception) -> UnreadableReport:
    detail = Message("{part} cannot be unpacked: {error}", part=part, error=error)
    return UnreadableReport(source.name, Reason.DAMAGED, detail)


def parse_xml(source: Source, part: str, data: bytes) -> Element:
    """Parse XML without a document type, so that it can neither grow nor fetch anything.

    Args:
        source: whose part it is; names errors.
        part: the part's name.
        data: the XML, in any encoding that it declares.

    Raises:
        UnreadableReport: it is not well-formed, has a document type, or holds more or more
            deeply nested elements than a document has.
    """
    _refuse_mass(source, part, data)
    root: Element | None = None
    depth = 0
    try:
        _refuse_document_type(data)
        for event, element in _events(data):
            root = element if root is None else root
            depth += 1 if event == "start" else -1
            _refuse_abyss(depth)
    except _XML_FAULTS as error:
        raise _not_xml(source, part, error) from None
    if root is None:
        raise UnreadableReport(
            source.name, Reason.DAMAGED, Message("{part} holds nothing", part=part)
        )
    return root


def stream_xml(source: Source, part: str, data: bytes, reader: XmlReader) -> None:
    """Parse XML as `parse_xml` does, but tell of it instead of keeping it.

    Args:
        source: whose part it is; names errors.
        part: the part's name.
        data: the XML, in any encoding that it declares.
        reader: who is told.

    Raises:
        UnreadableReport: see `parse_xml`; or what the reader raises.
    """
    _refuse_mass(source, part, data)
    try:
        _refuse_document_type(data)
        parser = XMLParser(target=_Shallow(reader))  # noqa: S314 -- no document type passes
        for start in range(0, len(data), _CHUNK):
            parser.feed(data[start : start + _CHUNK])
        parser.close()
    except _XML_FAULTS as error:
        raise _not_xml(source, part, error) from None


class _Shallow:
    """Passes on what goes by as long as it is not nested too deep."""

    def __init__(self, reader: XmlReader) -> None:
        self.data = reader.data
        self._reader = reader
        self._depth = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        _refuse_abyss(self._depth)
        self._reader.start(tag, attributes)

    def end(self, tag: str) -> None:
        self._depth -= 1
        self._reader.end(tag)

    def close(self) -> None:
        """End, as a parser's target must."""


def _refuse_mass(source: Source, part: str, data: bytes) -> None:
    if data.count(b"<") > 2 * _MOST_ELEMENTS:
        raise UnreadableReport(
            source.name, Reason.TOO_LARGE, Message("{part} holds too many elements", part=part)
        )


def _not_xml(source: Source, part: str, error: Exception) -> UnreadableReport:
    detail = Message("{part} is not XML of a document: {error}", part=part, error=error)
    return UnreadableReport(source.name, Reason.DAMAGED, detail)


def _events(data: bytes) -> Iterator[tuple[str, Element]]:
    parser: Any = XMLPullParser(("start", "end"))
    for start in range(0, len(data), _CHUNK):
        parser.feed(data[start : start + _CHUNK])
        yield from parser.read_events()
    parser.close()
    yield from parser.read_events()


def _refuse_abyss(depth: int) -> None:
    if depth > _DEEPEST:
        raise _Refused(Message("its elements are nested more than {most} deep", most=_DEEPEST))


class _Refused(Exception):
    """XML that may be well-formed and is not read."""


_XML_FAULTS = (ParseError, expat.ExpatError, _Refused, ValueError, LookupError)


class _Prolog(Exception):
    """The first element is reached."""


def _refuse_document_type(data: bytes) -> None:
    def refuse(*_: object) -> None:
        raise _Refused(Message("it has a document type, which no office document has"))

    def stop(*_: object) -> None:
        raise _Prolog

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = stop
    try:
        for start in range(0, len(data), _CHUNK):
            parser.Parse(data[start : start + _CHUNK])
    except _Prolog:
        return
