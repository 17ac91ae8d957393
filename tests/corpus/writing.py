"""Small files of binary formats, written by hand for the tests."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from html import escape


def zipped(entries: Mapping[str, str | bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip file of entries, by name."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as package:
        for name, content in entries.items():
            package.writestr(name, content)
    return buffer.getvalue()


Cell = str | float | bool
Sheets = Mapping[str, Sequence[Sequence[Cell]]]

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_STYLES = (
    f'<styleSheet xmlns="{_MAIN}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/>'
    "</cellXfs></styleSheet>"
)


def xlsx(sheets: Sheets, *, hidden: Sequence[str] = (), merged: str = "") -> bytes:
    """An Excel workbook (ECMA-376 part 1, 18).

    Args:
        sheets: rows of cells, by the sheet's name; a number below 0 is a day.
        hidden: names of the sheets that are.
        merged: a range of cells that are merged, in each sheet.
    """
    numbers = range(1, len(sheets) + 1)
    listed = "".join(
        f'<sheet name="{name}" sheetId="{i}" r:id="s{i}"'
        + (' state="hidden"/>' if name in hidden else "/>")
        for i, name in zip(numbers, sheets, strict=True)
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"/>',
        "_rels/.rels": _relations([("w", f"{_OFFICE}/officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{listed}'
        "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": _relations(
            [("st", f"{_OFFICE}/styles", "styles.xml")]
            + [(f"s{i}", f"{_OFFICE}/worksheet", f"worksheets/sheet{i}.xml") for i in numbers]
        ),
        "xl/styles.xml": _STYLES,
    }
    merges = f'<mergeCells><mergeCell ref="{merged}"/></mergeCells>' if merged else ""
    for i, rows in zip(numbers, sheets.values(), strict=True):
        data = "".join(f"<row>{''.join(map(_cell, row))}</row>" for row in rows)
        parts[f"xl/worksheets/sheet{i}.xml"] = sheet_of(f"<sheetData>{data}</sheetData>{merges}")
    return zipped(parts)


def sheet_of(content: str) -> str:
    """The XML of a worksheet."""
    return f'<worksheet xmlns="{_MAIN}">{content}</worksheet>'


def _cell(value: Cell) -> str:
    if isinstance(value, bool):
        return f'<c t="b"><v>{int(value)}</v></c>'
    if isinstance(value, str):
        text = f'<is><t xml:space="preserve">{escape(value)}</t></is>'
        return f'<c t="inlineStr">{text}</c>' if value else "<c/>"
    return f'<c s="1"><v>{-value}</v></c>' if value < 0 else f"<c><v>{value}</v></c>"


def _relations(relations: Sequence[tuple[str, str, str]]) -> str:
    listed = "".join(
        f'<Relationship Id="{key}" Type="{kind}" Target="{target}"/>'
        for key, kind, target in relations
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>'
