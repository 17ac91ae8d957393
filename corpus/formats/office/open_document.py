"""An OpenDocument text as a package or as one flat file: OASIS ODF 1.3 parts 2 and 3.

The text is in content.xml, the styles it names there and in styles.xml.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus.errors import Reason, UnreadableReport
from corpus.formats.base import Breaks, Draft
from corpus.formats.office.open_text import NAMESPACES, OpenText
from corpus.formats.office.stories import opens_with
from corpus.formats.office.walking import Listener, walk
from corpus.messages import Message
from corpus.packages import Package

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from corpus.formats.base import Source

_CONTENT, _STYLES, _META = "content.xml", "styles.xml", "meta.xml"
_MANIFEST = "META-INF/manifest.xml"
_PICTURES = "Pictures/"
_PREFIXES = {
    **NAMESPACES,
    "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0": "manifest",
    "http://purl.org/dc/elements/1.1/": "dc",
}


def read_package(source: Source) -> Draft:
    """Read an OpenDocument text that is a package.

    Raises:
        UnreadableReport: it is damaged, encrypted, or holds nothing but pictures.
    """
    package = Package(source)
    _refuse_encrypted(source, package)
    text, titles = OpenText(), list[str]()

    def tell(part: str, listener: Listener) -> None:
        walk(source, part, package.read(part), _PREFIXES, listener)

    if _STYLES in package:
        tell(_STYLES, text.styles)
    tell(_CONTENT, text.listener)
    if _META in package:
        tell(_META, _title_into(titles))
    lines = text.finish()
    if not lines and any(entry.filename.startswith(_PICTURES) for entry in package.entries):
        detail = Message("there are only pictures in it; have their text recognised")
        raise UnreadableReport(source.name, Reason.SCAN, detail)
    stated = (title for title in titles if opens_with(lines, title))
    return Draft(lines, Breaks.MEANT, "", text.title or next(stated, ""))


def read_flat(source: Source) -> Draft:
    """Read an OpenDocument text that is one XML file.

    Raises:
        UnreadableReport: it is not well-formed.
    """
    text = OpenText()
    walk(source, "the document", source.data, _PREFIXES, text.listener)
    return Draft(text.finish(), Breaks.MEANT, "", text.title)


def _title_into(titles: list[str]) -> Listener:
    def note(element: Element) -> None:
        titles.append(element.text or "")

    return Listener(whole={"dc:title": note})


def _refuse_encrypted(source: Source, package: Package) -> None:
    encrypted: list[dict[str, str]] = []
    if _MANIFEST in package:
        listener = Listener(enter={"manifest:encryption-data": encrypted.append})
        walk(source, _MANIFEST, package.read(_MANIFEST), _PREFIXES, listener)
    if encrypted:
        detail = Message("it asks for a password; save it without")
        raise UnreadableReport(source.name, Reason.ENCRYPTED, detail)
