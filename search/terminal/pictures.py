"""Trends as pictures for papers and slides, drawn by Matplotlib: SVG and PNG.

The same trend gives the same file. What comes from reports is drawn as text and never read as
markup. Nothing of Matplotlib is changed for a program that runs us.
"""

from __future__ import annotations

import io
from itertools import cycle
from typing import TYPE_CHECKING, Any
from warnings import catch_warnings, simplefilter

from corpus.errors import BaogaoError
from corpus.messages import Message

from .bars import FIELDS
from .cells import neutralise
from .charts import MOST_BARS, name_of_period, rates_by_year, runs
from .extras import needing
from .files import write_whole
from .language import _

if TYPE_CHECKING:
    from pathlib import Path

    from matplotlib.axes import Axes

    from search import Trend

FORMATS = {".svg": "svg", ".png": "png"}
"""What a picture is, by how its file is called."""

_FONTS = (
    "Noto Sans CJK SC", "Noto Sans CJK JP", "Source Han Sans SC", "Noto Sans SC", "PingFang SC",
    "Hiragino Sans GB", "Microsoft YaHei", "SimHei", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei",
    "Noto Serif CJK SC", "Noto Serif CJK JP", "SimSun", "AR PL UMing CN", "Droid Sans Fallback",
)  # fmt: skip
"""Chinese fonts that systems come with, those without serifs first."""

_LATIN_FONT = "DejaVu Sans"
"""Comes with Matplotlib."""
_IDEOGRAPHS = range(0x4E00, 0xA000)

_SETTINGS: dict[Any, Any] = {
    "axes.unicode_minus": False,
    "svg.fonttype": "path",
    "svg.hashsalt": "baogao",
    "text.parse_math": False,
    "text.usetex": False,
}
"""Letters are outlines, so that no font is needed to see the picture; ids stay the same."""

_WIDTH, _HEIGHT, _BAR_HEIGHT = 9.0, 4.5, 0.2
"""In inches, as Matplotlib has it."""
_DOTS_PER_INCH = 150
_MARKERS = "os^Dv*XP"
_RATE = _("occurrences in 10,000 characters")


class NoFont(BaogaoError):
    """No font is installed that has the characters of a picture; the text says what to do."""


def write_picture(trend: Trend, path: Path) -> None:
    """Draw a trend into a file, in the format that its name asks for.

    Raises:
        ExtraMissing: Matplotlib is not installed.
        NoFont: no Chinese font is installed.
        OSError: the file cannot be written; what was there stays.
    """
    with needing("plot", "matplotlib"):
        from matplotlib import rc_context

    shown = "".join(_texts(trend))
    with rc_context({**_SETTINGS, "font.family": _fonts(shown)}), catch_warnings():
        # Of a character that no font has, a box is drawn: that is all one can do.
        simplefilter("ignore")
        write_whole(path, _drawn(trend, FORMATS[path.suffix.lower()]))


def _drawn(trend: Trend, form: str) -> bytes:
    """The picture's bytes."""
    from matplotlib.figure import Figure

    figure = Figure(layout="constrained")
    axes = figure.add_subplot()
    draw, height = (_lines, _HEIGHT) if trend.by == "year" else (_bars, _bars_height(trend))
    figure.set_size_inches(_WIDTH, height)
    draw(axes, trend)
    axes.legend(frameon=False)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    picture = io.BytesIO()
    metadata = {"Date": None} if form == "svg" else {"Software": None}
    figure.savefig(picture, format=form, dpi=_DOTS_PER_INCH, metadata=metadata)
    return picture.getvalue()


def _lines(axes: Axes, trend: Trend) -> None:
    """A line for each term over the years; it and the ground are broken where there are none."""
    from matplotlib.ticker import MaxNLocator

    for term, colour, marker in zip(trend.terms, _colours(trend), cycle(_MARKERS), strict=False):
        label = neutralise(term.term)
        for run in runs(rates_by_year(trend, term)):
            years, rates = zip(*run, strict=True)
            axes.plot(years, rates, marker + "-", color=colour, label=label, markersize=3.5)
            label = ""
    label = _("no reports")
    for year, rate in rates_by_year(trend, trend.terms[0]):
        if rate is None:
            axes.axvspan(year - 0.5, year + 0.5, color="0.92", linewidth=0, label=label)
            label = ""
    axes.set_ylim(bottom=0)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.set_xlabel(FIELDS["year"])
    axes.set_ylabel(_RATE)


def _bars(axes: Axes, trend: Trend) -> None:
    """A bar of each term for each period, the first at the top."""
    periods = trend.periods[:MOST_BARS]
    thickness = 0.8 / len(trend.terms)
    for number, (term, colour) in enumerate(zip(trend.terms, _colours(trend), strict=True)):
        middles = [place + (number + 0.5) * thickness - 0.4 for place in range(len(periods))]
        rates = [usage.rate if usage else 0 for usage in term.uses[:MOST_BARS]]
        axes.barh(middles, rates, thickness, color=colour, label=neutralise(term.term))
    axes.set_yticks(range(len(periods)), [neutralise(name_of_period(one)) for one in periods])
    axes.invert_yaxis()
    axes.set_ylabel(FIELDS[trend.by])
    axes.set_xlabel(_RATE)


def _bars_height(trend: Trend) -> float:
    bars = min(len(trend.periods), MOST_BARS) * len(trend.terms)
    return max(_HEIGHT, bars * _BAR_HEIGHT)


def _colours(trend: Trend) -> list[str]:
    """A colour of the usual cycle for each term."""
    return [f"C{number}" for number in range(len(trend.terms))]


def _texts(trend: Trend) -> list[str]:
    """All that is written in a picture."""
    terms = [neutralise(term.term) for term in trend.terms]
    names = [neutralise(name_of_period(period)) for period in trend.periods[:MOST_BARS]]
    return [_RATE, FIELDS[trend.by], _("no reports"), *terms, *names]


def _fonts(text: str) -> list[str]:
    """The names of installed fonts for a text, the first for all that it has.

    Raises:
        NoFont: the text is in part Chinese, and no font is.
    """
    if not any(map(_IDEOGRAPHS.__contains__, map(ord, text))):
        return [_LATIN_FONT]
    from matplotlib.font_manager import fontManager
    from matplotlib.ft2font import FT2Font

    installed = {font.name: font.fname for font in fontManager.ttflist}
    for name in (*_FONTS, *sorted(installed)):
        if name in installed and FT2Font(installed[name]).get_char_index(_IDEOGRAPHS.start):
            return [name, _LATIN_FONT]
    raise NoFont(
        Message("no font with Chinese characters is installed; install one, such as Noto Sans CJK")
    )
