"""The parts of an OFD document (GB/T 33190-2016, section 7), page after page.

OFD.xml names documents, a document its pages and templates, a page its objects, which
`ofd_objects` turns into characters at their places.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from corpus.characters import tidy
from corpus.errors import Reason, UnreadableReport
from corpus.formats.base import Breaks, Draft, Source
from corpus.formats.pages import OUTLINES, Layer, Page, Size, lines_of, title_among
from corpus.formats.pages.ofd_objects import (
    Frame,
    Resources,
    attribute,
    characters,
    inner,
    named,
    numbers,
    resources,
)
from corpus.labels import meaning
from corpus.messages import Message
from corpus.packages import Package

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from xml.etree.ElementTree import Element

    from corpus.limits import Budget

_ROOT = "OFD.xml"
_ENCRYPTIONS = "Encryptions.xml"
"""The part that lists what is encrypted, and how (GM/T 0099)."""

_A4 = [0.0, 0.0, 210.0, 297.0]
"""The physical box of a page that does not say."""
_DRAWN = frozenset({"imageobject", "pathobject", "compositeobject"})


def read(source: Source) -> Draft:
    """Read the pages of all documents in a package.

    Raises:
        UnreadableReport: it is encrypted or damaged, or its pages are pictures.
    """
    package = _Parts(source)
    documents = [_document(package, body) for body in package.bodies()]
    pages = [page for document in documents for page in document.pages]
    layer = Layer(source, len(pages))
    lines = lines_of(_read(package, pages, layer))
    layer.check()
    stated = next((document.title for document in documents if document.title), "")
    fields = {label: value for document in documents for label, value in document.fields.items()}
    title = title_among(lines, stated)
    return Draft(lines, Breaks.MEANT, "", title, fields, tuple(layer.flaws()))


class _Parts:
    """The parts of a package, found by the locations that other parts give.

    A location is absolute, or relative to the part that gives it (7.3). Some programs write
    other slashes or cases than in the directory, or locations relative to the root.
    """

    def __init__(self, source: Source) -> None:
        self._source = source
        self._package = Package(source)
        self._parsed: dict[str, Element] = {}
        self._names = {_folded(entry.filename): entry.filename for entry in self._package.entries}
        if _folded(_ENCRYPTIONS) in self._names:
            detail = Message("its parts are encrypted; save it without a password")
            raise UnreadableReport(source.name, Reason.ENCRYPTED, detail)

    @property
    def budget(self) -> Budget:
        """What may be spent on the package."""
        return self._source.budget

    def bodies(self) -> list[Element]:
        """Give what the root part says of each document.

        Raises:
            UnreadableReport: it names none.
        """
        bodies = list(inner(self.xml(_ROOT), "docbody"))
        if not bodies:
            detail = Message("its part {root} names no document", root=_ROOT)
            raise UnreadableReport(self._source.name, Reason.DAMAGED, detail)
        return bodies

    def xml(self, name: str) -> Element:
        """Parse a part.

        Raises:
            UnreadableReport: it is missing, encrypted or damaged, or too large.
        """
        return self._package.xml(self._names.get(_folded(name), name))

    def shared(self, name: str) -> Element:
        """Parse a part that many others refer to, but once."""
        if name not in self._parsed:
            self._parsed[name] = self.xml(name)
        return self._parsed[name]

    def at(self, location: str, origin: str) -> str:
        """Give the name of the part at a location.

        Args:
            location: as it is given.
            origin: the part that gives it.
        """
        path = location.strip().replace("\\", "/")
        if path.startswith("/"):
            return path
        near = f"{PurePosixPath(origin).parent}/{path}"
        return near if _folded(near) in self._names or _folded(path) not in self._names else path


def _folded(name: str) -> str:
    """Give what a part's name is compared by: without "." and ".." in it, within the package."""
    steps: list[str] = []
    for step in name.replace("\\", "/").lower().split("/"):
        if step == "..":
            del steps[-1:]
        elif step not in {"", "."}:
            steps.append(step)
    return "/".join(steps)


@dataclass(frozen=True, slots=True)
class _Page:
    """A page that a document names.

    Attributes:
        part: where its content is.
        box: the physical box of the document's pages: left, top, width, height.
        templates: the parts of the document's templates, by their identifiers.
        known: the document's resources.
    """

    part: str
    box: list[float]
    templates: Mapping[str, str]
    known: Resources


@dataclass(frozen=True, slots=True)
class _Document:
    """What the root part and the document's own say of a document."""

    pages: list[_Page]
    title: str
    fields: dict[str, str]


def _document(parts: _Parts, body: Element) -> _Document:
    root = next((tidy(element.text or "") for element in inner(body, "docroot")), "")
    part = parts.at(root, _ROOT)
    document = parts.xml(part)
    box = [
        number
        for element in inner(document, "commondata", "pagearea", "physicalbox")
        for number in numbers(element.text or "")
    ]
    templates = {
        attribute(element, "ID"): parts.at(attribute(element, "BaseLoc"), part)
        for element in inner(document, "commondata", "templatepage")
    }
    known = resources(list(_resource_parts(parts, document, part)), parts.budget)
    pages = [
        _Page(parts.at(attribute(element, "BaseLoc"), part), box, templates, known)
        for element in inner(document, "pages", "page")
    ]
    title = next((tidy(element.text or "") for element in inner(body, "docinfo", "title")), "")
    return _Document(pages, title, dict(_fields(body)))


def _resource_parts(parts: _Parts, document: Element, part: str) -> Iterator[Element]:
    """Give the resource parts that can be read: without them only bold type is lost."""
    for kind in ("publicres", "documentres"):
        for element in inner(document, "commondata", kind):
            try:
                yield parts.xml(parts.at(element.text or "", part))
            except UnreadableReport as problem:
                if problem.reason is not Reason.DAMAGED:
                    raise


def _fields(body: Element) -> Iterator[tuple[str, str]]:
    """Give the values that the producer added under labels, such as 发文字号 (7.4)."""
    for element in inner(body, "docinfo", "customdatas", "customdata"):
        name, value = attribute(element, "Name"), tidy(element.text or "")
        if value and meaning(name):
            yield name, value


def _read(parts: _Parts, pages: list[_Page], layer: Layer) -> Iterator[Page]:
    for number, page in enumerate(pages, start=1):
        try:
            content = parts.xml(page.part)
            shown = [*_templates(parts, content, page), content]
        except UnreadableReport as problem:
            if problem.reason is not Reason.DAMAGED:
                raise
            layer.unread.append(number)
            continue
        box = _box(content, page)
        frame, size = Frame(e=-box[0], f=-box[1]), Size(box[2], box[3])
        chars = tuple(char for part in shown for char in characters(part, frame, size, page.known))
        if layer.add(chars) and _is_drawn(shown):
            layer.add_picture(number)
        yield Page(number, size, chars)


def _templates(parts: _Parts, content: Element, page: _Page) -> Iterator[Element]:
    """Give the templates that a page is laid over (7.7)."""
    for element in inner(content, "template"):
        part = page.templates.get(attribute(element, "TemplateID"))
        if part:
            yield parts.shared(part)


def _box(content: Element, page: _Page) -> list[float]:
    own = [
        number
        for element in inner(content, "area", "physicalbox")
        for number in numbers(element.text or "")
    ]
    box = own if len(own) == 4 else page.box  # noqa: PLR2004 -- left, top, width, height
    return box if len(box) == 4 and box[2] > 0 else _A4  # noqa: PLR2004


def _is_drawn(shown: list[Element]) -> bool:
    """Whether a page without text shows an image, or writing that is drawn as outlines."""
    kinds = [named(element) for page in shown for element in page.iter()]
    return "imageobject" in kinds or sum(kind in _DRAWN for kind in kinds) >= OUTLINES
