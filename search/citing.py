"""Citations of paragraphs, in the forms that papers, notes and bibliographies take.

GB/T 7714—2015 《信息与文献 参考文献著录规则》: by clause 4.1, for monographs and reports,
`responsible body. title: other title information[type]. date: place cited`, with the signs of
annex B: R for what reports (报告, 公报), Z for any other document. A document number is other
title information. The standard knows pages; after them, or in their place, stand the
paragraph and the headings above it. What a report does not say is left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

from .rendering.hazards import neutralise
from .rendering.markdown import to_markdown
from .rendering.parts import HEADING_SIGN, day_of, name_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from .results import Passage

Style = Literal["gbt7714", "markdown", "bibtex"]
"""How a citation is written."""

_REPORTING = ("报告", "公报")
_MOST_BODIES = 3
"""Bodies that GB/T 7714 names (8.1); 等 stands for more."""


def cite(passage: Passage, style: Style = "gbt7714") -> str:
    """The citation of a paragraph: issuer, title, number, date, headings, paragraph.

    Args:
        passage: what to cite, from `Index.get` or a search.
        style: "gbt7714" for GB/T 7714—2015 as plain text, "markdown" for a line of notes,
            "bibtex" for an entry of BibTeX or BibLaTeX.

    Returns:
        Text that is safe in its form: whatever the report holds is escaped for it.

    Raises:
        ValueError: there is no such style.
    """
    if style not in _STYLES:
        raise ValueError(f"style is one of {', '.join(get_args(Style))}")
    return _STYLES[style](passage)


def _gbt7714(passage: Passage) -> str:
    report = passage.report
    bodies = _bodies(passage)
    named = ", ".join(bodies[:_MOST_BODIES]) + ", 等" * (len(bodies) > _MOST_BODIES)
    title = name_of(report) + (f": {report.number}" if report.number else "")
    place = ", ".join(filter(None, [str(passage.page or ""), _ordinal(passage), _path(passage)]))
    dated = ": ".join(filter(None, [day_of(report), place]))
    parts = [named, f"{title}[{_type(passage)}]", dated]
    return neutralise(". ".join(filter(None, parts)) + ".")


def _markdown(passage: Passage) -> str:
    report = passage.report
    title = f"《{name_of(report)}》" + (f"（{report.number}）" if report.number else "")
    issued = "：".join(filter(None, [report.issuer, title]))
    path = _path(passage)
    cited = "，".join(filter(None, [issued, day_of(report), path, _ordinal(passage)]))
    return f"{to_markdown(cited)}（`{passage.address}`）"


def _bibtex(passage: Passage) -> str:
    report = passage.report
    bodies = [f"{{{_in_tex(body)}}}" for body in _bodies(passage)]
    is_report = _type(passage) == "R"
    fields = {
        "author": " and ".join(bodies),
        "title": f"{{{_in_tex(name_of(report))}}}",
        "institution": _in_tex(report.issuer) if is_report else "",
        "number": _in_tex(report.number),
        "date": report.date.isoformat() if report.date else "",
        "year": str(report.date.year if report.date else report.year or ""),
        "pages": str(passage.page or ""),
        "note": _in_tex(", ".join([_ordinal(passage), *filter(None, [_path(passage)])])),
    }
    lines = [f"  {name:<11} = {{{value}}}," for name, value in fields.items() if value]
    entry = "techreport" if is_report else "misc"
    return "\n".join([f"@{entry}{{{passage.address.replace(':', '-')},", *lines, "}"])


_STYLES: dict[str, Callable[[Passage], str]] = {
    "gbt7714": _gbt7714,
    "markdown": _markdown,
    "bibtex": _bibtex,
}


def _bodies(passage: Passage) -> list[str]:
    """The issuers, one by one: joint ones are printed with 、 between them."""
    return [body for body in passage.report.issuer.split("、") if body]


def _type(passage: Passage) -> str:
    return "R" if passage.report.kind.endswith(_REPORTING) else "Z"


def _path(passage: Passage) -> str:
    return HEADING_SIGN.join(heading.rstrip("。") for heading in passage.heading)


def _ordinal(passage: Passage) -> str:
    return f"第{passage.paragraph}段"


_TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "$&#%_"},
}
"""Signs of TeX → what prints them. Braces are named: BibTeX counts them even after a backslash."""


def _in_tex(text: str) -> str:
    return "".join(_TEX.get(character, character) for character in neutralise(text))
