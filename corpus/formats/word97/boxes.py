"""What stands beside the text of a Word document, and where it belongs: notes and text boxes.

[MS-DOC] 2.8.18 and 2.8.19 (notes), 2.8.31 and 2.8.32 (text boxes), [MS-ODRAW] 2.2 (shapes).
"""

from __future__ import annotations

import struct
from itertools import pairwise
from typing import TYPE_CHECKING

from corpus.formats.word97.binary import plc, u16, u32

if TYPE_CHECKING:
    from collections.abc import Iterator

_MARK = 2
_SHAPE = 26
_BOX = 22
_UNUSED_AT, _SHAPE_AT = 8, 14

_HEAD = 8
_GROUPS, _DRAWING, _GROUP, _OWN = 0xF000, 0xF002, 0xF003, 0xF00A
_CONTAINER = 0xF

Beside = list[tuple[int, range]]
"""Places in the main text, and where what belongs there stands in all of the text."""


def notes(marks: bytes, texts: bytes, story: range) -> Beside:
    """Give the notes, in the order of the marks that refer to them.

    Args:
        marks: where the marks are: PlcffndRef, PlcfendRef.
        texts: where the notes are within their story: PlcffndTxt, PlcfendTxt.
        story: where that stands.
    """
    at, _ = plc(marks, _MARK)
    places, _ = plc(texts, 0)
    return list(zip(at, _ranges(places, story), strict=False))


def text_boxes(boxes: bytes, anchors: bytes, drawings: bytes, story: range) -> Beside:
    """Give the text boxes, in the order of their texts.

    Args:
        boxes: where their texts are within their story, and of which shapes: PlcftxbxTxt.
        anchors: where shapes hang: PlcSpaMom.
        drawings: the shapes: OfficeArtContent.
        story: where the story stands. A box that hangs nowhere is put at its beginning,
            which is behind the main text.
    """
    at, shapes = plc(anchors, _SHAPE)
    hung = {u32(shape, 0): place for place, shape in zip(at, shapes, strict=False)}
    groups = dict(_groups(drawings))
    places, items = plc(boxes, _BOX)
    found: Beside = []
    for where, item in zip(_ranges(places, story), items, strict=False):
        if not u16(item, _UNUSED_AT):
            shape = u32(item, _SHAPE_AT)
            anchor = hung.get(shape, hung.get(groups.get(shape, 0), story.start))
            found.append((anchor, where))
    return found


def _ranges(places: tuple[int, ...], story: range) -> Iterator[range]:
    """Give the ranges between places within a story; none twice, whatever they say."""
    last = story.start
    for start, end in pairwise(places):
        first = max(story.start + start, last)
        last = max(first, min(story.start + end, story.stop))
        yield range(first, last)


def _groups(drawings: bytes) -> Iterator[tuple[int, int]]:
    """Give for each shape within a group the outermost group's own shape, which is hung."""
    try:
        at = _HEAD + u32(drawings, 4)
        while at < len(drawings):
            at += 1  # whether the drawing is of the text or of its headers
            size = u32(drawings, at + 4)
            yield from _grouped(drawings[at + _HEAD : at + _HEAD + size])
            at += _HEAD + size
    except struct.error:
        return


def _grouped(drawing: bytes) -> Iterator[tuple[int, int]]:
    at = 0
    ends: list[int] = []
    top = 0
    while at + _HEAD <= len(drawing):
        version, kind, size = struct.unpack_from("<HHI", drawing, at)
        at += _HEAD
        while ends and at > ends[-1]:
            ends.pop()
        if kind == _GROUP:
            ends.append(at + size)
            top = 0 if len(ends) == 2 else top  # noqa: PLR2004 -- the first is the page
        elif kind == _OWN and len(ends) > 1:
            shape = u32(drawing, at)
            top = top or shape
            yield shape, top
        if version & _CONTAINER != _CONTAINER:
            at += size
