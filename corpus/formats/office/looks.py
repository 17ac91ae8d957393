"""How paragraphs and runs look, as far as a reader of lines needs it, and how styles inherit it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Look:
    """What is set for a paragraph or a run; None where nothing is.

    Attributes:
        level: heading level, 1 the outermost; 0 for body text.
        list_id: the list that numbers it.
        list_level: the level within that, counted from 0.
        strong: whether it is bold.
        hidden: whether it is not shown.
    """

    level: int | None = None
    list_id: str | None = None
    list_level: int | None = None
    strong: bool | None = None
    hidden: bool | None = None

    def over(self, base: Look) -> Look:
        """Give this look, with what it leaves open as another has it."""
        if self is PLAIN:
            return base
        return Look(
            base.level if self.level is None else self.level,
            base.list_id if self.list_id is None else self.list_id,
            base.list_level if self.list_level is None else self.list_level,
            base.strong if self.strong is None else self.strong,
            base.hidden if self.hidden is None else self.hidden,
        )


PLAIN = Look()


class Looks:
    """The looks of a document's styles, by the styles' ids; a style may be based on another."""

    def __init__(self) -> None:
        self._own: dict[str, tuple[str, Look]] = {}
        self._whole: dict[str, Look] = {}

    def define(self, style: str, base: str, look: Look) -> None:
        """Note what a style sets itself. The first of several of one id counts."""
        self._own.setdefault(style, (base, look))

    def look(self, style: str) -> Look:
        """Give what a style sets, itself or by those it is based on."""
        chain: list[str] = []
        while style in self._own and style not in self._whole:
            # A style that is based on itself, by whatever detour, ends there.
            self._whole[style] = PLAIN
            chain.append(style)
            style = self._own[style][0]
        look = self._whole.get(style, PLAIN)
        for link in reversed(chain):
            look = self._own[link][1].over(look)
            self._whole[link] = look
        return look
