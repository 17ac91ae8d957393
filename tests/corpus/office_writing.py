"""Documents of word processors, written by hand from their XML."""

from __future__ import annotations

import io
import zipfile
from types import MappingProxyType
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from .writing import zipped

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_NOTHING: Mapping[str, str] = MappingProxyType({})
_NAMES = (
    f'xmlns:w="{_WORD}" xmlns:r="{_OFFICE}" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def paragraph(text: str = "", style: str = "", properties: str = "") -> str:
    """Give a paragraph of a Word document, of one run."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    run = f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{run}</w:p>"


def numbered(text: str, list_id: int, level: int = 0) -> str:
    """Give a paragraph of a Word document that a list numbers."""
    place = f'<w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/>'
    return paragraph(text, properties=f"<w:numPr>{place}</w:numPr>")


def table(rows: Iterable[Iterable[str]]) -> str:
    """Give a table of a Word document; what is no markup is a paragraph."""
    return (
        "<w:tbl>"
        + "".join(
            "<w:tr>"
            + "".join(f"<w:tc>{c if c.startswith('<') else paragraph(c)}</w:tc>" for c in row)
            + "</w:tr>"
            for row in rows
        )
        + "</w:tbl>"
    )


def word(
    body: str,
    parts: Mapping[str, str] = _NOTHING,
    *,
    main: str = "word/document.xml",
    kinds: Mapping[str, str] = _NOTHING,
    relations: Mapping[str, tuple[str, str]] = MappingProxyType({}),
    files: Mapping[str, bytes] = MappingProxyType({}),
    strict: bool = False,
) -> bytes:
    """Give a Word document.

    Args:
        body: what is in its body.
        parts: what is in its styles, numbering, footnotes and endnotes.
        main: the name of the part that holds it.
        kinds: media types of other files, by name.
        relations: what the body names besides its parts: id to kind and target.
        files: other files, by name.
        strict: whether it is of the strict kind.
    """
    packed = {
        "[Content_Types].xml": _types({main: _MAIN, **kinds}),
        "_rels/.rels": _relations({"a": ("officeDocument", main)}),
    }
    folder, _, name = main.rpartition("/")
    named = {root: (root, f"{root}.xml") for root in parts} | dict(relations)
    packed[f"{folder}/_rels/{name}.rels".lstrip("/")] = _relations(named)
    packed[main] = f"<w:document {_NAMES}><w:body>{body}</w:body></w:document>".encode()
    for root, content in parts.items():
        packed[f"{folder}/{root}.xml".lstrip("/")] = (
            f"<w:{root} {_NAMES}>{content}</w:{root}>".encode()
        )
    if strict:
        packed = {name: _strictly(data) for name, data in packed.items()}
    return zipped({**packed, **files})


def _strictly(data: bytes) -> bytes:
    main, office = (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        (b"http://purl.oclc.org/ooxml/officeDocument/relationships"),
    )
    return data.replace(_WORD.encode(), main).replace(_OFFICE.encode(), office)


def _types(kinds: Mapping[str, str]) -> bytes:
    stated = "".join(
        f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in kinds.items()
    )
    return f'<Types xmlns="{_PACKAGE}/content-types">{stated}</Types>'.encode()


def _relations(named: Mapping[str, tuple[str, str]]) -> bytes:
    stated = "".join(
        f'<Relationship Id="{key}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for key, (kind, target) in named.items()
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{stated}</Relationships>'.encode()


_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
_OPEN_NAMES = " ".join(
    f'xmlns:{prefix}="{_OASIS}:{name}:1.0"'
    for prefix, name in {
        "office": "office", "text": "text", "table": "table", "draw": "drawing",
        "style": "style", "fo": "xsl-fo-compatible", "svg": "svg-compatible",
    }.items()
)  # fmt: skip
_OPEN_KIND = "application/vnd.oasis.opendocument.text"


def open_document(
    body: str, styles: str = "", automatic: str = "", files: Mapping[str, str] = _NOTHING
) -> bytes:
    """Give an OpenDocument text.

    Args:
        body: what is in its text.
        styles: what is in its common styles.
        automatic: what is in its automatic styles.
        files: other files, by name.
    """
    content = (
        f"<office:document-content {_OPEN_NAMES}><office:automatic-styles>{automatic}"
        f"</office:automatic-styles>{_open_body(body)}</office:document-content>"
    )
    common = (
        f"<office:document-styles {_OPEN_NAMES}><office:styles>{styles}</office:styles>"
        f"<office:master-styles><text:p>页眉</text:p></office:master-styles></office:document-styles>"
    )
    parts = {"styles.xml": common, "content.xml": content, **files}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr("mimetype", _OPEN_KIND)
        for name, part in parts.items():
            package.writestr(name, part, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def flat_document(body: str, styles: str = "") -> bytes:
    """Give an OpenDocument text in one XML file."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document {_OPEN_NAMES} '
        f'office:mimetype="{_OPEN_KIND}"><office:styles>{styles}</office:styles>'
        f"{_open_body(body)}</office:document>"
    ).encode()


def _open_body(body: str) -> str:
    return f"<office:body><office:text>{body}</office:text></office:body>"
