"""Zip archives: the files in them, each read as if it stood in a folder.

Names in an archive are only names: nothing is written to a disk, and what would climb out
of a folder is left out of them. They are in whatever encoding the packer's system used,
which in China is GBK, while the specification knows CP437 and UTF-8 (APPNOTE.TXT 4.4.4).
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from corpus.characters import INVISIBLE
from corpus.errors import Reason, UnreadableReport
from corpus.formats.base import Member
from corpus.messages import Message
from corpus.packages import Package, names_in
from corpus.signatures import ARCHIVE, recognise

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterator

    from corpus.formats.base import Source

_SIGNATURES = (b"PK\x03\x04", b"PK\x05\x06")
_DOCUMENT = frozenset({"[Content_Types].xml", "mimetype", "OFD.xml"})
"""What an archive holds that is itself a document of some kind."""

_UTF8 = 0x800
_CLIMBING = frozenset({"", ".", ".."})
_DRIVE = re.compile(r"^[A-Za-z]:")
_COMMANDS = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
"""Characters that drive a terminal, break lines or turn the direction of writing."""

_SKIPPED = re.compile(r"\.|~\$|__MACOSX$|Thumbs\.db$|desktop\.ini$", re.IGNORECASE)
"""Beginnings of names of files and folders that systems and editors leave behind."""


class Zip:
    """Zip archives of files of any format."""

    name = "zip"
    suffixes = frozenset({".zip"})
    signed = True

    def claims(self, data: bytes) -> bool:
        """Claim zip files that are no documents, nor what is left of one."""
        if not data.startswith(_SIGNATURES):
            return False
        names = names_in(data)
        return _DOCUMENT.isdisjoint(names) and (bool(names) or recognise(data) in {ARCHIVE, ""})

    def members(self, source: Source) -> Iterator[Member | UnreadableReport]:
        """Give the files that a format reads, in the order of their names."""
        package = Package(source)
        largest = source.budget.limits.size
        for name, info in _named(package.listed):
            inner = source.within(name)
            if info.file_size > largest:
                size = f"{info.file_size / 2**20:.0f} MiB"
                detail = Message(
                    "{size}, where {most} MiB are allowed; split it",
                    size=size,
                    most=largest // 2**20,
                )
                yield UnreadableReport(inner.name, Reason.TOO_LARGE, detail)
                continue
            try:
                content = package.unpack(info, inner)
            except UnreadableReport as problem:
                if problem.source != inner.name:
                    raise
                yield problem
            else:
                yield Member(name, content)


def _named(entries: tuple[zipfile.ZipInfo, ...]) -> list[tuple[str, zipfile.ZipInfo]]:
    """Give the entries to read, each under a name of its own."""
    from corpus.formats import LOOKED_FOR  # all formats, this one among them

    taken: dict[str, int] = {}
    named: list[tuple[str, zipfile.ZipInfo]] = []
    for info in entries:
        name = _decoded(info)
        path = _path(name)
        is_file = not name.endswith(("/", "\\")) and path.suffix.lower() in LOOKED_FOR
        if is_file and not any(map(_SKIPPED.match, path.parts)):
            named.append((_distinct(path, taken), info))
    return sorted(named, key=lambda item: item[0])


def _distinct(path: PurePosixPath, taken: dict[str, int]) -> str:
    """Give a name that no other entry has: of several a.txt the second is a (2).txt."""
    first = name = str(path)
    while name in taken:
        taken[first] += 1
        name = str(path.with_stem(f"{path.stem} ({taken[first]})"))
    taken[name] = 1
    return name


def _path(name: str) -> PurePosixPath:
    """Give a name as a path that stays where it is."""
    parts = _DRIVE.sub("", name).replace("\\", "/").split("/")
    cleaned = (_COMMANDS.sub("", part).strip(INVISIBLE) for part in parts)
    return PurePosixPath(*(part for part in cleaned if part not in _CLIMBING))


def _decoded(info: zipfile.ZipInfo) -> str:
    """Give an entry's name as it was meant: without the flag for UTF-8 it may be that or GBK."""
    if info.flag_bits & _UTF8 or info.filename.isascii():
        return info.filename
    try:
        raw = info.filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename  # from an extra field, in UTF-8
    for encoding in ("utf-8", "gb18030"):
        try:
            name = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "utf-8" or _is_chinese(name):
            return name
    return info.filename


def _is_chinese(name: str) -> bool:
    """Whether most characters are of GB 2312: those that chance makes are not."""
    beyond = [char for char in name if not char.isascii()]
    common = len("".join(beyond).encode("gb2312", "ignore")) // 2
    return 2 * common > len(beyond)
