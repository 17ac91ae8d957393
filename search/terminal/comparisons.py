"""Comparisons as text for people: words that came and went, paragraphs with their changes.

What was taken out and what came in is told by colour, or by the signs of wdiff where there
is none: [-out-] and {+in+}.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from search.rendering.parts import day_of, name_of

from .cells import neutralise
from .counts import paragraphs_counted
from .language import _, ngettext
from .render import Piece, block, marked, table_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from indexer import Span
    from search import (
        AlignedPair,
        Alignment,
        Comparison,
        Edit,
        Keyness,
        KeyPhrase,
        NearPassage,
        Passage,
        Side,
    )

    from .render import Page

_SIGNS = {"removed": ("[-", "-]"), "added": ("{+", "+}")}
"""What stands around a change where there is no colour."""

_RATES_FROM = 60
"""Cells that the page must have for the rates of phrases."""

_INDENT = "  "


def side_lines(comparison: Comparison, page: Page) -> Iterator[str]:
    """What is compared."""
    for sign, side in (("−", comparison.before), ("+", comparison.after)):
        text = _("{name}: {paragraphs}").format(
            name=_name(side), paragraphs=paragraphs_counted(side.paragraphs)
        )
        yield from block([Piece(f"{sign} "), *marked(text, (), "title")], page, "", _INDENT)


def _name(side: Side) -> str:
    return side.name if side.report is None else f"{side.report.id} {name_of(side.report)}"


def phrase_lines(words: Keyness, page: Page) -> Iterator[str]:
    """Tables of the phrases that came, went, grew and shrank."""
    kinds = (
        (_("came"), words.came),
        (_("went"), words.went),
        (_("grew"), words.grew),
        (_("shrank"), words.shrank),
    )
    has_rates = page.width is None or page.width >= _RATES_FROM
    rates = (_("rate before"), _("rate after")) if has_rates else ()
    headings = ("G²", _("before"), _("after"), *rates)
    for heading, phrases in kinds:
        if phrases:
            rows = [(*headings, heading), *(_row(one, has_rates=has_rates) for one in phrases)]
            yield ""
            yield from table_lines(rows, page, right=frozenset(range(len(headings))))


def _row(phrase: KeyPhrase, *, has_rates: bool) -> tuple[str, ...]:
    rates = f"{phrase.rate_before:,.2f}", f"{phrase.rate_after:,.2f}"
    return (
        f"{phrase.keyness:,.1f}",
        f"{phrase.before:,}",
        f"{phrase.after:,}",
        *(rates if has_rates else ()),
        phrase.text,
    )


def paragraph_lines(paragraphs: Alignment, page: Page) -> Iterator[str]:
    """The paragraphs that were reworded, those that came and those that went, each in full."""
    changed = [pair for pair in paragraphs.pairs if pair.edits]
    same = len(paragraphs.pairs) - len(changed)
    told = ngettext(
        "{count:,} paragraph kept as it was", "{count:,} paragraphs kept as they were", same
    )
    yield from _heading(told, same, page)
    told = ngettext("{count:,} paragraph reworded", "{count:,} paragraphs reworded", len(changed))
    yield from _heading(told, len(changed), page)
    for pair in changed:
        yield ""
        yield from _pair_lines(pair, page)
    told = ngettext("{count:,} new paragraph", "{count:,} new paragraphs", len(paragraphs.added))
    yield from _heading(told, len(paragraphs.added), page)
    yield from _passage_lines(paragraphs.added, "+ ", page)
    told = ngettext(
        "{count:,} paragraph gone", "{count:,} paragraphs gone", len(paragraphs.removed)
    )
    yield from _heading(told, len(paragraphs.removed), page)
    yield from _passage_lines(paragraphs.removed, "− ", page)


def similar_lines(passage: Passage, near: Sequence[NearPassage], page: Page) -> Iterator[str]:
    """Paragraphs that are near in wording to one, with what is worded otherwise in them."""
    for number, one in enumerate(near):
        if number:
            yield ""
        report = one.passage.report
        parts = [
            Piece(f"≈ {one.similarity:.0%} ", "quiet"),
            Piece(one.passage.address, "address"),
            *marked(f" {name_of(report)} {day_of(report)}".rstrip(), (), "quiet"),
        ]
        yield from block(parts, page, "", _INDENT)
        if _is_legible(passage.text, one.passage.text, one.edits):
            yield from block(_woven(passage.text, one.passage.text, one.edits, page), page)
        else:
            yield from block(marked(one.passage.text, ()), page)


def _heading(told: str, count: int, page: Page) -> Iterator[str]:
    if count:
        yield ""
        yield from block([Piece(told.format(count=count), "title")], page, "", _INDENT)


def _passage_lines(passages: Sequence[Passage], sign: str, page: Page) -> Iterator[str]:
    for passage in passages:
        address = Piece(f"{passage.address} ", "address")
        yield from block([Piece(sign), address, *marked(passage.text, ())], page, "", _INDENT)


def _pair_lines(pair: AlignedPair, page: Page) -> Iterator[str]:
    told = f"{pair.before.address} → {pair.after.address}"
    parts = [Piece(told, "address"), Piece(f" ≈ {pair.similarity:.0%}", "quiet")]
    yield from block(parts, page, "", _INDENT)
    before, after = pair.before.text, pair.after.text
    if _is_legible(before, after, pair.edits):
        yield from block(_woven(before, after, pair.edits, page), page)
        return
    old = _with(before, [edit.before for edit in pair.edits], "removed", page)
    new = _with(after, [edit.after for edit in pair.edits], "added", page)
    yield from block([Piece("− "), *old], page, "", _INDENT)
    yield from block([Piece("+ "), *new], page, "", _INDENT)


def _with(text: str, spans: Sequence[Span], style: str, page: Page) -> Iterator[Piece]:
    """A text with its changes marked."""
    done = 0
    for start, end in spans:
        yield Piece(neutralise(text[done:start]))
        yield from _changed(text[start:end], style, page)
        done = end
    yield Piece(neutralise(text[done:]))


def _is_legible(before: str, after: str, edits: Sequence[Edit]) -> bool:
    """Whether two texts have so much in common that they can be read as one."""
    kept = sum(end - start for start, end in _kept(after, edits))
    return 4 * kept >= len(before) + len(after)


def _kept(after: str, edits: Sequence[Edit]) -> Iterator[tuple[int, int]]:
    done = 0
    for edit in edits:
        yield done, edit.after[0]
        done = edit.after[1]
    yield done, len(after)


def _woven(before: str, after: str, edits: Sequence[Edit], page: Page) -> list[Piece]:
    """Two texts as one, with what was taken out and what came in."""
    parts: list[Piece] = []
    done = 0
    for edit in edits:
        parts.append(Piece(neutralise(after[done : edit.after[0]])))
        parts += _changed(before[slice(*edit.before)], "removed", page)
        parts += _changed(after[slice(*edit.after)], "added", page)
        done = edit.after[1]
    return [*parts, Piece(neutralise(after[done:]))]


def _changed(text: str, style: str, page: Page) -> Iterator[Piece]:
    """What was taken out or came in; between signs where there is no colour."""
    if text:
        opening, closing = ("", "") if page.colour else _SIGNS[style]
        yield Piece(f"{opening}{neutralise(text)}{closing}", style)
