"""What the words of RTF mean, as far as lines of text depend on them: RTF 1.9.1, appendix B."""

from __future__ import annotations

CHARACTERS = {
    "tab": "\t", "emdash": "—", "endash": "–", "emspace": "\u2003", "enspace": "\u2002",
    "qmspace": "\u2005", "bullet": "•", "lquote": "‘", "rquote": "’", "ldblquote": "“",
    "rdblquote": "”", "zwj": "\u200d", "zwnj": "\u200c", "ltrmark": "\u200e",
    "rtlmark": "\u200f", "~": "\u00a0", "_": "-",
}  # fmt: skip
"""Words that stand for a character."""

BREAKS = frozenset({"line", "lbr", "page", "column", "softline", "softpage", "softcol"})
"""Words that begin a line within a paragraph."""

SKIPPED = frozenset(
    """
    annotation atnauthor atnid aftncn aftnsep aftnsepc bkmkend bkmkstart colorschememapping
    colortbl comment datastore docvar falt filetbl fldinst footer footerf footerl footerr ftncn
    ftnsep ftnsepc generator header headerf headerl headerr latentstyles listoverridetable
    listtable macpict mmathPict nonesttables nonshppict objclass objdata objname panose pgdsctbl
    pict pntxta pntxtb private revtbl rsidtbl rxe shppict shprslt sn sp sv tc template themedata
    txe xe xmlnstbl
    maccPr mbarPr mborderBoxPr mboxPr mctrlPr mdPr meqArrPr mfPr mfuncPr mgroupChrPr mlimLowPr
    mlimUppPr mmPr mmathPr mnaryPr moMathParaPr mphantPr mradPr msPrePr msSubPr msSubSupPr msSupPr
    """.split()  # noqa: SIM905 -- a list of words reads best as one
)
"""Destinations whose text is not the document's."""

TRANSPARENT = frozenset({"fldrslt", "moMath", "moMathPara", "nesttableprops"})
"""Destinations that are text although a reader that does not know them is to skip them."""

SWITCHES = {"b": "strong", "v": "hidden", "deleted": "deleted", "intbl": "in_table"}
"""Words that set something on, or off with the number 0, by what they set."""

CODE_PAGES = {"ansi": "cp1252", "mac": "mac_roman", "pc": "cp437", "pca": "cp850"}
"""Words that state a code page."""
