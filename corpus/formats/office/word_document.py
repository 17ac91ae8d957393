"""A Word document as a package: which of its parts is what, ECMA-376 parts 1 and 2.

Parts name one another by relationships (part 2, 9.3). The text is in the part that the
package names as its document, wherever that lies; its styles, lists and notes are in parts
that it names in turn. Whole files may be embedded in the text (w:altChunk), and are read
where they stand, by the format that they are of. Headers and footers belong to the page and
are not read.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import unquote

from corpus.errors import Reason, UnreadableReport
from corpus.formats.base import Breaks, Container, Draft, Source
from corpus.formats.mime import page_in
from corpus.formats.office.stories import opens_with
from corpus.formats.office.walking import Listener, walk
from corpus.formats.office.word_numbering import Numbering
from corpus.formats.office.word_styles import Styles
from corpus.formats.office.word_text import NAMESPACES, WordText
from corpus.messages import Message
from corpus.packages import Package

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus.formats.base import Line

_TYPES = "[content_types].xml"
_PREFIXES = {
    "http://schemas.openxmlformats.org/package/2006/relationships": "r",
    "http://schemas.openxmlformats.org/package/2006/content-types": "t",
    "http://purl.org/dc/elements/1.1/": "dc",
    **NAMESPACES,
}
_ARCHIVES = frozenset({"message/rfc822", "multipart/related", "application/x-mimearchive"})
_SUFFIXES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/rtf": ".rtf",
    "application/rtf": ".rtf",
    "application/msword": ".doc",
}
_MEDIA = "word/media/"


def read(source: Source) -> Draft:
    """Read a Word document.

    Raises:
        UnreadableReport: it is damaged, or holds nothing but pictures.
    """
    return _Document(source).read()


@dataclass(frozen=True, slots=True)
class _Relation:
    """That a part names another.

    Attributes:
        kind: the last word of the relationship's type, which strict and transitional share.
        target: the other part.
    """

    kind: str
    target: str


class _Document:
    def __init__(self, source: Source) -> None:
        self._source = source
        self._package = Package(source)
        # Part names know no case, and some producers write backslashes.
        self._names = {_plain(info.filename): info.filename for info in self._package.entries}
        self._embedded: dict[str, _Relation] = {}
        self._drafts: list[Draft] = []
        self._flaws: list[str] = []

    def read(self) -> Draft:
        """Read the document."""
        roots = self._relations("")
        main = self._main(roots)
        relations = self._relations(main)
        styles, numbering = Styles(), Numbering()
        text = WordText(styles, numbering, self._embed)
        self._tell(relations, "styles", styles.listener)
        self._tell(relations, "numbering", numbering.listener)
        self._tell(relations, "footnotes", text.listener)
        self._tell(relations, "endnotes", text.listener)
        self._embedded = {
            key: relation for key, relation in relations.items() if relation.kind == "aFChunk"
        }
        self._walk(main, text.listener)
        lines = text.finish()
        self._refuse_pictures(lines)
        title = text.title or self._title(roots, lines)
        return Draft(lines, Breaks.MEANT, "", title, flaws=tuple(self._flaws))

    def _main(self, roots: dict[str, _Relation]) -> str:
        named = [item.target for item in roots.values() if item.kind == "officeDocument"]
        for part in (*named, "word/document.xml"):
            if part in self._names:
                return part
        detail = Message("the part that its text should be in is missing")
        raise UnreadableReport(self._source.name, Reason.DAMAGED, detail)

    def _relations(self, part: str) -> dict[str, _Relation]:
        """Give what a part names, by ids; the package itself is the part ""."""
        folder, name = posixpath.split(part)
        stated = f"{folder}/_rels/{name}.rels".lstrip("/")
        relations: dict[str, _Relation] = {}

        def note(attributes: dict[str, str]) -> None:
            if attributes.get("TargetMode") != "External":
                target = posixpath.join(f"/{folder}", unquote(attributes.get("Target", "")))
                kind = attributes.get("Type", "").rpartition("/")[2]
                relations[attributes.get("Id", "")] = _Relation(
                    kind, _plain(posixpath.normpath(target))
                )

        if stated in self._names:
            self._walk(stated, Listener(enter={"r:Relationship": note}))
        return relations

    def _tell(self, relations: dict[str, _Relation], kind: str, listener: Listener) -> None:
        """Tell of the part of a kind, if there is one."""
        named = (item.target for item in relations.values() if item.kind == kind)
        part = next((part for part in named if part in self._names), None)
        if part is not None:
            self._walk(part, listener)

    def _walk(self, part: str, listener: Listener) -> None:
        data = self._package.read(self._names[part])
        walk(self._source, part, data, _PREFIXES, listener)

    def _embed(self, key: str) -> Sequence[Line]:
        """Read an embedded part, once; what cannot be read of it is a flaw of the document."""
        relation = self._embedded.pop(key, None)
        if relation is None:
            return ()
        if relation.target not in self._names:
            self._flaws.append(Message("its part {name} is missing", name=relation.target))
            return ()
        data = self._package.read(self._names[relation.target])
        source = self._source.within(relation.target, data)
        try:
            draft = self._read_embedded(source, self._kind(relation.target))
        except UnreadableReport as problem:
            if problem.source != source.name:
                raise  # the whole has cost what it may
            self._flaws.append(
                Message(
                    "its part {name} is not read: {problem}",
                    name=relation.target,
                    problem=problem.detail,
                )
            )
            return ()
        self._drafts.append(draft)
        return draft.lines

    def _read_embedded(self, source: Source, kind: str) -> Draft:
        from corpus.formats import choose

        if kind in _ARCHIVES:
            kind, source = "text/html", page_in(source)
        form = choose(_SUFFIXES.get(kind, ""), source.data)
        if isinstance(form, Container) or (kind not in _SUFFIXES and not form.signed):
            detail = Message(
                "it is {kind}, which is not read within a document",
                kind=kind or Message("of no kind"),
            )
            raise UnreadableReport(source.name, Reason.UNSUPPORTED, detail)
        source.budget.enter()
        try:
            return form.read(source)
        finally:
            source.budget.leave()

    def _kind(self, part: str) -> str:
        """Give the media type of a part, by its name or else by its suffix."""
        kind = self._kinds.get(part) or self._kinds.get(posixpath.splitext(part)[1], "")
        return kind.partition(";")[0].strip().lower()

    @cached_property
    def _kinds(self) -> dict[str, str]:
        """The media types that the package states, by part names and by suffixes."""
        kinds: dict[str, str] = {}

        def name(attributes: dict[str, str]) -> None:
            kinds[_plain(attributes.get("PartName", ""))] = attributes.get("ContentType", "")

        def suffix(attributes: dict[str, str]) -> None:
            key = attributes.get("Extension", "").lower()
            kinds[f".{key}"] = attributes.get("ContentType", "")

        if _TYPES in self._names:
            self._walk(_TYPES, Listener(enter={"t:Override": name, "t:Default": suffix}))
        return kinds

    def _refuse_pictures(self, lines: Sequence[Line]) -> None:
        """Say why there is no text: it could not be read, or there are only pictures."""
        if lines:
            return
        if self._flaws:
            raise UnreadableReport(self._source.name, Reason.DAMAGED, self._flaws[0])
        if any(name.startswith(_MEDIA) for name in self._names):
            detail = Message("there are only pictures in it; have their text recognised")
            raise UnreadableReport(self._source.name, Reason.SCAN, detail)

    def _title(self, roots: dict[str, _Relation], lines: Sequence[Line]) -> str:
        """Give the title that an embedded file or the properties state.

        Properties often keep the title of the document that this one was made from, so theirs
        counts only if the text opens with it.
        """
        embedded = next((draft.title for draft in self._drafts if draft.title), "")
        if embedded:
            return embedded
        found: list[str] = []
        listener = Listener(whole={"dc:title": lambda element: found.append(element.text or "")})
        self._tell(roots, "core-properties", listener)
        return next((title for title in found if opens_with(lines, title)), "")


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()
