"""Files made to hurt, in a folder that is indexed: each is refused or read, and soon.

What is measured is the whole of it: reading in a process of its own, cutting, writing.
"""

from __future__ import annotations

import io
import os
import resource
import struct
import zipfile
import zlib
from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING

import pytest

import search
from corpus import Limits, Reason

from ..corpus.writing import zipped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

GIB = 1 << 30
GOOD = "关于防汛工作的通知\n\n各区要落实防汛责任。\n"

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
DOCUMENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
CONTENT_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    f'<Override PartName="/word/document.xml" ContentType="{DOCUMENT}"/></Types>'
)
RELATIONSHIPS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r" Target="word/document.xml" Type="http://schemas.openxmlformats.org/'
    'officeDocument/2006/relationships/officeDocument"/></Relationships>'
)


def bomb(
    name: str,
    before: bytes = b"",
    times: int = 1,
    size: int = GIB,
    first: Mapping[str, str] = MappingProxyType({}),
) -> bytes:
    """A zip file with entries of spaces.

    Args:
        name: of the entries, their number in braces.
        before: what each begins with.
        times: how many there are.
        size: of each, about.
        first: the contents of the entries before them, by their names.
    """
    entries = [(entry, _stored(content.encode())) for entry, content in first.items()]
    deflated = _spaces(before, size >> 20)
    entries += [(name.format(number), deflated) for number in range(times)]
    data, directory = bytearray(), bytearray()
    for entry, (method, checksum, packed, unpacked) in entries:
        known = struct.pack("<HHHHLLL", 0, method, 0, 33, checksum, len(packed), unpacked)
        encoded = entry.encode()
        place = len(data)
        data += b"PK\3\4" + struct.pack("<H", 20) + known
        data += struct.pack("<HH", len(encoded), 0) + encoded + packed
        directory += b"PK\1\2" + struct.pack("<HH", 20, 20) + known
        directory += struct.pack("<HHHHHLL", len(encoded), 0, 0, 0, 0, 0, place) + encoded
    counts = struct.pack("<HHHHLLH", 0, 0, len(entries), len(entries), len(directory), len(data), 0)
    return bytes(data + directory + b"PK\5\6" + counts)


def _stored(content: bytes) -> tuple[int, int, bytes, int]:
    return zipfile.ZIP_STORED, zlib.crc32(content), content, len(content)


def _spaces(before: bytes, mebibytes: int) -> tuple[int, int, bytes, int]:
    """So many mebibytes deflated: one, over and over."""
    one = b" " * (1 << 20)
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    head = packer.compress(before) + packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(one) + packer.flush(zlib.Z_FULL_FLUSH)
    checksum = zlib.crc32(before)
    for _ in range(mebibytes):
        checksum = zlib.crc32(one, checksum)
    packed = head + block * mebibytes + packer.flush()
    return zipfile.ZIP_DEFLATED, checksum, packed, len(before) + (mebibytes << 20)


def word(document: str) -> bytes:
    return zipped(
        {
            "[Content_Types].xml": CONTENT_TYPES,
            "_rels/.rels": RELATIONSHIPS,
            "word/document.xml": document,
        }
    )


def open_document(content: str) -> bytes:
    kind = "application/vnd.oasis.opendocument.text"
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("mimetype", kind, zipfile.ZIP_STORED)
        file.writestr("content.xml", content)
    return data.getvalue()


ENTITIES = (
    '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "报告报告报告报告">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in pairwise("abcdefghij"))
    + "]>"
)
FETCHING = '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY j SYSTEM "file:///etc/passwd">]>'
PARAGRAPH = "<text:p>&j;</text:p>"
ODF = "urn:oasis:names:tc:opendocument:xmlns:"


def body(text: str) -> str:
    return f'<w:document xmlns:w="{WORD}"><w:body>{text}</w:body></w:document>'


def run(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def odf(text: str) -> str:
    return (
        f'<office:document-content xmlns:office="{ODF}office:1.0" xmlns:text="{ODF}text:1.0">'
        f"<office:body><office:text>{text}</office:text></office:body></office:document-content>"
    )


def nested(depth: int) -> bytes:
    data = GOOD.encode()
    for level in range(depth):
        name = "通知.txt" if not level else "inner.zip"
        data = zipped({name: data})
    return data


CYCLIC_PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Count 9/Kids[2 0 R 2 0 R]/Parent 2 0 R>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF"
)

REFUSED: dict[str, tuple[Callable[[], bytes], set[Reason]]] = {
    "a bomb.zip": (lambda: bomb("通知.txt"), {Reason.TOO_LARGE}),
    "a bomb.docx": (
        lambda: bomb(
            "word/document.xml",
            body("").encode()[:99],
            first={"[Content_Types].xml": CONTENT_TYPES, "_rels/.rels": RELATIONSHIPS},
        ),
        {Reason.TOO_LARGE},
    ),
    "a bomb.odt": (
        lambda: bomb(
            "content.xml", b"<a>", first={"mimetype": "application/vnd.oasis.opendocument.text"}
        ),
        {Reason.TOO_LARGE},
    ),
    "a bomb.ofd": (lambda: bomb("OFD.xml", b"<a>"), {Reason.TOO_LARGE}),
    "a bomb.xlsx": (lambda: bomb("xl/workbook.xml", b"<a>"), {Reason.TOO_LARGE}),
    "many bombs.zip": (
        lambda: bomb("{}.txt", times=40, size=GIB >> 4),
        {Reason.TOO_LARGE, Reason.EMPTY},
    ),
    "nested deep.zip": (lambda: nested(12), {Reason.TOO_LARGE}),
    "entities.docx": (lambda: word(ENTITIES + body(run("&j;"))), {Reason.DAMAGED}),
    "entities.odt": (
        lambda: open_document(ENTITIES + odf("<text:p>&j;</text:p>")),
        {Reason.DAMAGED},
    ),
    "entities.ofd": (lambda: zipped({"OFD.xml": ENTITIES + "<a>&j;</a>"}), {Reason.DAMAGED}),
    "entities.xlsx": (
        lambda: zipped(
            {"[Content_Types].xml": CONTENT_TYPES, "xl/workbook.xml": ENTITIES + "<a>&j;</a>"}
        ),
        {Reason.DAMAGED},
    ),
    "a fetcher.docx": (lambda: word(FETCHING + body(run("&j;"))), {Reason.DAMAGED}),
    "a fetcher.odt": (
        lambda: open_document(FETCHING + odf("<text:p>&j;</text:p>")),
        {Reason.DAMAGED},
    ),
    "cyclic.pdf": (lambda: CYCLIC_PDF, {Reason.DAMAGED, Reason.SCAN, Reason.EMPTY}),
    "a million paragraphs.docx": (
        lambda: word(body("<w:p/>" * 1_000_000)),
        {Reason.EMPTY, Reason.TOO_LARGE},
    ),
    "a million paragraphs.odt": (
        lambda: open_document(odf("<text:p/>" * 1_000_000)),
        {Reason.EMPTY, Reason.TOO_LARGE},
    ),
    "deep.docx": (
        lambda: word(body("<w:p>" * 100_000 + "</w:p>" * 100_000)),
        {Reason.DAMAGED},
    ),
    "braces.rtf": (
        lambda: b"{\\rtf1" + b"{" * 2_000_000,
        {Reason.DAMAGED, Reason.EMPTY, Reason.TOO_LARGE},
    ),
}
"""How a file is made, and why it may be refused."""


@pytest.fixture
def bounded() -> Iterator[None]:
    """No process started meanwhile has ever had more memory than two and a half gibibytes."""
    yield
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    assert peak < 2_500_000


@pytest.mark.usefixtures("bounded")
@pytest.mark.parametrize("name", REFUSED)
def test_a_file_made_to_hurt_is_refused_and_the_one_beside_it_is_read(
    name: str, tmp_path: Path
) -> None:
    make, reasons = REFUSED[name]
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / name).write_bytes(make())
    (folder / "good.txt").write_text(GOOD, "utf-8")
    summary = search.build_index(tmp_path / "index", folder, limits=Limits(seconds=100))
    assert summary.reports == 1
    assert summary.failed
    for problem in summary.failed:
        assert problem.source.startswith(str(folder / name))
        assert problem.reason in reasons, str(problem)
        assert "please report" not in problem.detail
    with search.open_index(tmp_path / "index") as index:
        assert index.search("passwd OR root").total == 0
        assert index.search("防汛").total


def test_names_that_climb_out_of_an_archive_are_only_names(tmp_path: Path) -> None:
    names = ["../../通知.txt", "/etc/通知.txt", "C:\\windows\\通知.txt", "a/../../b/通知.txt"]
    archive = tmp_path / "climbing.zip"
    with zipfile.ZipFile(archive, "w") as file:
        for number, name in enumerate(names):
            file.writestr(name, GOOD.replace("防汛", f"第{number}号"))
    before = set(tmp_path.parent.rglob("*通知.txt"))
    summary = search.build_index(tmp_path / "index", archive)
    assert summary.reports == len(names)
    assert set(tmp_path.parent.rglob("*通知.txt")) == before
    with search.open_index(tmp_path / "index") as index:
        sources = [source for report in index.reports() for source in report.sources]
    members = [source.removeprefix(f"{archive}!/") for source in sources]
    assert all(".." not in member and not member.startswith("/") for member in members)


def test_loops_of_links_and_pipes_are_passed_over(tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    (folder / "below").mkdir(parents=True)
    (folder / "good.txt").write_text(GOOD, "utf-8")
    (folder / "below" / "up").symlink_to(folder)
    (folder / "itself.txt").symlink_to(folder / "itself.txt")
    os.mkfifo(folder / "pipe.txt")
    os.mkfifo(folder / "pipe.pdf")
    summary = search.build_index(tmp_path / "index", folder)
    assert (summary.added, summary.reports) == (1, 1)
    assert {os.path.basename(one.source) for one in summary.failed} == {"itself.txt"}  # noqa: PTH119


NAMES = [
    "evil\x1b[2J.txt",
    "\x1b]0;title\x07.txt",
    "a\rb.txt",
    "a\nb.txt",
    "\u202efdp.txt",
    "\x9b31m.txt",
]


def test_names_with_control_characters_are_names_like_others(tmp_path: Path) -> None:
    archive = tmp_path / "names.zip"
    with zipfile.ZipFile(archive, "w") as file:
        for number, name in enumerate(NAMES):
            file.writestr(name, GOOD.replace("防汛", f"第{number}号"))
    folder = tmp_path / "reports"
    folder.mkdir()
    for number, name in enumerate(NAMES):
        (folder / name).write_text(GOOD.replace("防汛", f"第{number + 9}号"), "utf-8")
    summary = search.build_index(tmp_path / "index", [archive, folder])
    assert (summary.reports, summary.failed) == (2 * len(NAMES), ())
