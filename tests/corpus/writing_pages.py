"""Write small PDF and OFD documents, character by character where the test says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from .writing import zipped

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

WIDTH, HEIGHT = 595.0, 842.0
LEFT, RIGHT, TOP, BOTTOM = 90.0, 506.0, 72.0, 770.0
SIZE, STEP = 16.0, 28.0
"""How official documents are set: 26 characters of 16 points a line, 28 points apart."""


@dataclass(frozen=True)
class Words:
    """A line of text at its place: from the left, and down to its base line."""

    text: str
    x: float = LEFT
    y: float = TOP
    size: float = SIZE
    turn: str = "1 0 0 1"
    font: str = "F1"
    before: str = ""


def width_of(text: str, size: float = SIZE) -> float:
    return sum(size / 2 if char.isascii() else size for char in text)


def wrapped(paragraph: str, indent: int = 2, size: float = SIZE) -> list[tuple[float, str]]:
    """Wrap a paragraph as a typesetter would: where each line begins, and the line."""
    lines: list[tuple[float, str]] = []
    left, line = LEFT + indent * size, ""
    for char in paragraph:
        if left + width_of(line + char, size) > RIGHT and char not in "，。；：、）”":
            lines.append((left, line))
            left, line = LEFT, ""
        line += char
    return [*lines, (left, line)]


def pages_of(paragraphs: Sequence[str], indent: int = 2) -> list[list[Words]]:
    """Set paragraphs in one column, over as many pages as it takes."""
    pages: list[list[Words]] = [[]]
    y = TOP
    for paragraph in paragraphs:
        for left, line in wrapped(paragraph, indent):
            if y > BOTTOM:
                pages.append([])
                y = TOP
            pages[-1].append(Words(line, left, y))
            y += STEP
    return pages


def pdf(
    pages: Sequence[Sequence[Words]], *, title: str = "", extra: str = "", rotate: int = 0
) -> bytes:
    """Write a PDF document with fonts that tell what their characters are, and no more.

    F1 and F2, its bold, have no glyphs; F3 is Helvetica, which PDFium brings.

    Args:
        pages: what is set on each, in the order of the file.
        title: what the document says it is called.
        extra: operators before the text of every page.
        rotate: how viewers turn the pages.
    """
    used = sorted({char for page in pages for words in page for char in words.text})
    mapping = "\n".join(f"<{ord(char):04X}> <{ord(char):04X}>" for char in used)
    kids = " ".join(f"{10 + 2 * index} 0 R" for index in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        f"<< /Title <feff{title.encode('utf-16-be').hex()}> >>",
        _font("Song", 5),
        _characters_font("Song"),
        _stream(
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def\n"
            "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
            f"{len(used)} beginbfchar\n{mapping}\nendbfchar\nendcmap end end"
        ),
        _font("Song-Bold", 9),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        _characters_font("Song-Bold"),
    ]
    for index, page in enumerate(pages):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Rotate {rotate}"
            f" /Contents {11 + 2 * index} 0 R"
            " /Resources << /Font << /F1 4 0 R /F2 7 0 R /F3 8 0 R >> >> >>"
        )
        objects.append(_stream(extra + "\n".join(map(_shown, page))))
    return _file(objects)


def _font(name: str, descendant: int) -> str:
    return (
        f"<< /Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /Identity-H"
        f" /DescendantFonts [{descendant} 0 R] /ToUnicode 6 0 R >>"
    )


def _characters_font(name: str) -> str:
    return (
        f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{name} /DW 1000 /W [32 126 500]"
        " /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
        f" /FontDescriptor << /Type /FontDescriptor /FontName /{name} /Flags 4 /ItalicAngle 0"
        " /FontBBox [0 -120 1000 880] /Ascent 880 /Descent -120 /CapHeight 700 /StemV 80 >> >>"
    )


def _shown(words: Words) -> str:
    place = f"{words.turn} {words.x:.2f} {HEIGHT - words.y:.2f} Tm"
    codes = words.text.encode("latin-1" if words.font == "F3" else "utf-16-be").hex()
    return f"BT {words.before} /{words.font} {words.size} Tf {place} <{codes}> Tj ET"


def _stream(content: str) -> str:
    return f"<< /Length {len(content)} >>\nstream\n{content}\nendstream"


def _file(objects: Sequence[str]) -> bytes:
    out, places = "%PDF-1.7\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n"
    out += "".join(f"{place:010d} 00000 n \n" for place in places)
    out += f"trailer << /Size {len(objects) + 1} /Root 1 0 R /Info 3 0 R >>\n"
    return (out + f"startxref\n{start}\n%%EOF\n").encode("latin-1")


NAMESPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
_MM = 25.4 / 72


def ofd(
    pages: Sequence[Sequence[Words] | str],
    *,
    info: str = "",
    parts: Mapping[str, str] | None = None,
) -> bytes:
    """Write an OFD document.

    Args:
        pages: what is set on each: words, or the objects of its layer as XML.
        info: more elements for what the package says of the document.
        parts: other parts, or other content for these, by their names; "" leaves one out.
    """
    contents = [
        page if isinstance(page, str) else "".join(map(text_object, page)) for page in pages
    ]
    kids = "".join(
        f'<ofd:Page ID="{number}" BaseLoc="Pages/Page_{number}/Content.xml"/>'
        for number in range(len(pages))
    )
    files = {
        "OFD.xml": f"<ofd:OFD {NAMESPACE}><ofd:DocBody><ofd:DocInfo>{info}</ofd:DocInfo>"
        "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {NAMESPACE}><ofd:CommonData>{BOX}"
        "<ofd:PublicRes>PublicRes.xml</ofd:PublicRes></ofd:CommonData>"
        f"<ofd:Pages>{kids}</ofd:Pages></ofd:Document>",
        "Doc_0/PublicRes.xml": f'<ofd:Res {NAMESPACE}><ofd:Fonts><ofd:Font ID="F1"'
        ' FontName="FangSong"/><ofd:Font ID="F2" FontName="SimHei"/></ofd:Fonts></ofd:Res>',
        **{
            f"Doc_0/Pages/Page_{number}/Content.xml": page_part(content)
            for number, content in enumerate(contents)
        },
        **(parts or {}),
    }
    return zipped({name: content for name, content in files.items() if content})


BOX = (
    "<ofd:PageArea><ofd:PhysicalBox>0 0 "
    f"{WIDTH * _MM:.2f} {HEIGHT * _MM:.2f}</ofd:PhysicalBox></ofd:PageArea>"
)


def page_part(objects: str, before: str = "") -> str:
    """Write the content of a page from the objects of its layer."""
    return (
        f"<ofd:Page {NAMESPACE}>{before}<ofd:Content><ofd:Layer>{objects}</ofd:Layer>"
        "</ofd:Content></ofd:Page>"
    )


def text_object(words: Words) -> str:
    """Write words as a text object with the steps from each character to the next."""
    size = words.size * _MM
    steps = " ".join(f"{width_of(char, size):.3f}" for char in words.text[:-1])
    return (
        f'<ofd:TextObject Font="{words.font}" Size="{size:.3f}"'
        f' Boundary="{words.x * _MM:.3f} {words.y * _MM - size:.3f} 150 {size:.3f}">'
        f'<ofd:TextCode X="0" Y="{size:.3f}" DeltaX="{steps}">{escape(words.text)}</ofd:TextCode>'
        "</ofd:TextObject>"
    )
