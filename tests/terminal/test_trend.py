"""baogao trend as a user meets it: chart, table, data, pictures; gaps are gaps in all of them."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest
from wcwidth import wcswidth

import search
from search import Facet, FacetValue
from search.terminal.bars import Bar, bar_lines, facet_lines
from search.terminal.charts import chart_lines
from search.terminal.extras import ExtraMissing
from search.terminal.pictures import NoFont, write_picture
from search.terminal.render import Page

from .conftest import Outcome

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Run = Callable[..., Outcome]
Show = Callable[..., str]
Build = Callable[[dict[str, str]], Path]

ANSI = re.compile("\x1b\\[[0-9;]*m")
GAPS = {1976, 1977, 1989, 1990, 1991, 1996, 2020, *range(1961, 1964), *range(1965, 1975)}
BRAILLE = re.compile("[\u2801-\u28ff]")


def gap_report(title: str, year: int, text: str) -> str:
    return f"---\ntitle: {title}\nyear: {year}\n---\n\n{text}\n"


@pytest.fixture(scope="module")
def gapped(build: Build) -> Path:
    """An index of four reports, with none of 2012 and 2013; GDP is in all but that of 2011."""
    return build(
        {
            "a.md": gap_report("甲文", 2010, "GDP和GDP。"),
            "b.md": gap_report("乙文", 2011, "没有这个词。"),
            "c.md": gap_report("丙文", 2014, "GDP增长。"),
            "d.md": gap_report("丁文", 2015, "GDP增长，GDP。"),
        }
    )


@pytest.mark.parametrize("columns", [24, 40, 80, 120])
@pytest.mark.parametrize(
    "line",
    [
        "trend 营商环境 放管服 改革 就业",
        "trend 改革 --by region",
        "trend 行政复议 改革 --by issuer",
        "trend 改革 --by kind --year 2016",
    ],
)
def test_no_line_is_wider_than_the_terminal(terminal: Show, line: str, columns: int) -> None:
    lines = ANSI.sub("", terminal(columns, *line.split())).splitlines()
    assert len(lines) > 5
    assert [line for line in lines if wcswidth(line) > columns] == []


def test_the_table_says_what_the_library_does(baogao: Run, samples: search.Index) -> None:
    trend = samples.trend(["改革"])
    ended = baogao("trend", "改革")
    assert ended.status == 0
    for period, usage in zip(trend.periods, trend.terms[0].uses, strict=True):
        (row,) = [
            line.split()[1:]
            for line in ended.output.splitlines()
            if line.startswith(f"{period.value} ")
        ]
        expected = usage and [
            f"{usage.paragraphs}", f"{usage.reports}/{period.reports}", f"{usage.rate:.2f}"
        ]  # fmt: skip
        assert row == (expected or ["–", "–", "–"])


def test_first_and_last_use_are_told_with_their_addresses(
    baogao: Run, samples: search.Index
) -> None:
    (term,) = samples.trend(["改革"]).terms
    lines = baogao("trend", "改革").output.splitlines()
    for name, found in (("first", term.first), ("last", term.last)):
        assert found
        assert any(line.startswith(name) and found.address in line for line in lines)


def test_gaps_of_the_national_reports_are_gaps_in_the_terminal_and_in_data(
    baogao: Run, national_directory: Path
) -> None:
    line = ("trend", "改革", "放管服", "--index", national_directory)
    text = baogao(*line).output
    for year in range(1954, 2026):
        (row,) = [found for found in text.splitlines() if found.startswith(f"{year} ")]
        assert (row.split()[1:] == ["–"] * 6) == (year in GAPS)
    assert "–: no reports (1961–1963, 1965–1974, 1976–1977, 1989–1991, 1996, 2020)" in text

    told = json.loads(baogao(*line, "--format", "json").output)
    values = [period["value"] for period in told["periods"]]
    assert values == list(range(1954, 2026))
    for term in told["terms"]:
        assert {year for year, use in zip(values, term["uses"], strict=True) if not use} == GAPS

    records = list(csv.DictReader(io.StringIO(baogao(*line, "--format", "csv").output)))
    assert len(records) == 2 * len(values)
    for record in records:
        for name in ("paragraphs", "reports", "occurrences", "rate"):
            assert (record[name] == "") == (int(record["period"]) in GAPS)


def test_the_line_of_a_chart_and_its_axis_are_broken_in_a_gap(gapped: Path) -> None:
    with search.open_index(gapped) as index:
        lines = list(chart_lines(index.trend(["GDP"]), Page(80, colour=False)))
    left = lines[1].index("┤") + 1
    *chart, axis, years = [line[left:] for line in lines[1:]]
    # The six years have four cells each; a line goes from the middle of one to that of the next.
    assert years.split() == ["2010", "2012", "2014"]
    marked = {column for line in chart for column, sign in enumerate(line) if BRAILLE.match(sign)}
    assert marked == {*range(2, 7), *range(18, 23)}
    assert [sign == " " for sign in axis] == [8 <= column < 16 for column in range(24)]


def test_a_year_with_reports_that_do_not_use_a_term_is_drawn_at_zero(gapped: Path) -> None:
    with search.open_index(gapped) as index:
        lines = list(chart_lines(index.trend(["GDP"]), Page(80, colour=False)))
    left = lines[1].index("┤") + 1
    assert BRAILLE.match(lines[5][left + 6])
    assert not any(BRAILLE.match(line[left + 6 :]) for line in lines[1:5])


def test_exit_status_is_1_when_no_term_is_used(baogao: Run) -> None:
    assert baogao("trend", "改革", "这句话哪里也没有").status == 0
    ended = baogao("trend", "这句话哪里也没有")
    assert ended.status == 1
    assert ended.errors == "nothing found for 这句话哪里也没有\n"


def test_filters_that_leave_nothing_are_no_error(baogao: Run) -> None:
    ended = baogao("trend", "改革", "--year", "1901")
    assert ended.status == 1
    assert json.loads(baogao("trend", "改革", "--year", "1901", "--format", "json").output) == {
        "version": 1,
        "by": "year",
        "periods": [],
        "terms": [
            {
                "term": "改革",
                "total": {"paragraphs": 0, "reports": 0, "occurrences": 0, "rate": 0.0},
                "uses": [],
                "first": None,
                "last": None,
            }
        ],
    }


def test_names_from_reports_cannot_drive_the_terminal(
    baogao: Run, build: Build, tmp_path: Path
) -> None:
    front = "region: '\u202e甲\x1b[31m市'"
    index = build({"a.md": f"---\ntitle: 文\n{front}\n---\n\n改革。\n"})
    for form in ("text", "json", "csv"):
        ended = baogao("trend", "改革", "--by", "region", "--index", index, "--format", form)
        assert ended.status == 0
        assert "\x1b" not in ended.output
        assert "\u202e" not in ended.output


# Pictures


def drawn(trend: search.Trend, monkeypatch: pytest.MonkeyPatch, path: Path) -> Figure:
    """The figure that is drawn, before it becomes a file."""
    from matplotlib.figure import Figure

    figures: list[Figure] = []
    save = Figure.savefig

    def note(figure: Figure, *arguments: Any, **options: Any) -> None:
        figures.append(figure)
        save(figure, *arguments, **options)

    monkeypatch.setattr(Figure, "savefig", note)
    write_picture(trend, path)
    return figures[0]


def test_gaps_of_the_national_reports_are_gaps_in_the_picture(
    national_directory: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with search.open_index(national_directory) as index:
        trend = index.trend(["GDP", "6.5%"])
    (axes,) = drawn(trend, monkeypatch, tmp_path / "trend.svg").axes
    known = sorted(set(range(1954, 2026)) - GAPS)
    runs = 1 + sum(after - before > 1 for before, after in pairwise(known))
    lines: list[Any] = list(axes.lines)
    assert len(lines) == 2 * runs
    assert sorted(year for line in lines for year in line.get_xdata()) == sorted(known * 2)
    for line in lines:
        assert {after - before for before, after in pairwise(line.get_xdata())} <= {1}
    rates = [usage.rate for usage in trend.terms[0].uses if usage]
    assert [rate for line in lines[:runs] for rate in line.get_ydata()] == rates
    grounds: list[Any] = list(axes.patches)
    assert sorted(ground.get_x() + 0.5 for ground in grounds) == sorted(GAPS)


def test_a_picture_is_a_picture(gapped: Path, baogao: Run, tmp_path: Path) -> None:
    for name, begins in (("trend.svg", b"<?xml"), ("TREND.PNG", b"\x89PNG")):
        line = ("trend", "GDP", "--index", gapped, "--output", tmp_path / name)
        ended = baogao(*line)
        assert (ended.status, ended.errors) == (0, "")
        assert (tmp_path / name).read_bytes().startswith(begins)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["TREND.PNG", "trend.svg"]


@pytest.mark.parametrize("name", ["trend.svg", "trend.png"])
def test_the_same_trend_gives_the_same_picture(gapped: Path, tmp_path: Path, name: str) -> None:
    contents = set()
    for folder in ("one", "other"):
        (tmp_path / folder).mkdir()
        with search.open_index(gapped) as index:
            write_picture(index.trend(["GDP"]), tmp_path / folder / name)
        contents.add((tmp_path / folder / name).read_bytes())
    assert len(contents) == 1


def test_what_is_drawn_is_text_and_no_markup(
    gapped: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    terms = ['"$\\frac{1}{0}$"', '"</g><script>x</script>"', '"\x1b[31m_\u202e"']
    with search.open_index(gapped) as index:
        figure = drawn(index.trend(terms), monkeypatch, tmp_path / "trend.svg")
    legend = figure.axes[0].get_legend()
    assert legend
    labels = [text.get_text() for text in legend.get_texts()]
    assert labels[:2] == terms[:2]
    assert not any(sign in "".join(labels) for sign in "\x1b\u202e")
    assert not any(text.get_parse_math() for text in legend.get_texts())
    names = {element.tag.rpartition("}")[2] for element in ET.parse(tmp_path / "trend.svg").iter()}
    assert "script" not in names


def test_regions_are_drawn_as_bars_with_their_names(
    samples: search.Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trend = samples.trend(["改革", "就业"], by="region")
    try:
        (axes,) = drawn(trend, monkeypatch, tmp_path / "trend.svg").axes
    except NoFont:
        pytest.skip("no Chinese font is installed here")
    names = [label.get_text() for label in axes.get_yticklabels()]
    assert names == [str(period.value or "unknown") for period in trend.periods]
    rates = [usage.rate for term in trend.terms for usage in term.uses if usage]
    bars: list[Any] = list(axes.patches)
    assert [one.get_width() for one in bars] == rates


def test_a_file_that_is_no_picture_is_refused(baogao: Run, tmp_path: Path) -> None:
    ended = baogao("trend", "改革", "--output", tmp_path / "trend.pdf")
    assert ended.status == 2
    assert ".svg or .png" in ended.errors


def test_who_lacks_matplotlib_is_told_what_to_install(
    samples: search.Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(ExtraMissing, match=re.escape("pip install 'baogao[plot]'")):
        write_picture(samples.trend(["改革"]), tmp_path / "trend.svg")
    assert list(tmp_path.iterdir()) == []


def test_who_lacks_a_chinese_font_is_told_so(
    samples: search.Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from matplotlib.font_manager import fontManager

    latin = [font for font in fontManager.ttflist if font.name == "DejaVu Sans"]
    monkeypatch.setattr(fontManager, "ttflist", latin)
    with pytest.raises(NoFont, match="Noto Sans CJK"):
        write_picture(samples.trend(["改革"]), tmp_path / "trend.svg")
    assert list(tmp_path.iterdir()) == []


# Bars


def bar(line: str) -> int:
    """How long the bar of a line is, in eighths of a cell."""
    eighths = {sign: number for number, sign in enumerate(" ▏▎▍▌▋▊▉█")}
    return sum(eighths.get(sign, 0) for sign in line)


@pytest.mark.parametrize("columns", [20, 40, 80])
def test_bars_are_as_long_as_their_numbers_and_end_with_the_window(columns: int) -> None:
    bars = [Bar("省", 100, "100"), Bar("自治区的", 50, "50"), Bar("a", 1, "1"), Bar("b", 0, "0")]
    lines = list(bar_lines(bars, Page(columns, colour=False)))
    most, half, least, none = map(bar, lines)
    assert max(map(wcswidth, lines)) == columns
    assert abs(most / 2 - half) <= 1
    assert (least > 0, none) == (True, 0)
    if columns > 20:
        starts = [wcswidth(line[: line.index(told)]) + len(told)
                  for line, told in zip(lines, ["100", "50", "1", "0"], strict=True)]  # fmt: skip
        assert len(set(starts)) == 1


def test_a_facet_shows_its_greatest_values_in_its_order() -> None:
    years = tuple(FacetValue(year, year % 7 + 1, 1) for year in range(2000, 2020))
    facet = Facet("year", years, FacetValue(None, 3, 1))
    name, *bars, unknown, more = facet_lines(facet, Page(60, colour=False), most=4)
    assert name == "year"
    assert [line.split()[0] for line in bars] == ["2000", "2001", "2008", "2015"]
    assert unknown.split()[:2] == ["unknown", "3"]
    assert more == "and 16 more"
