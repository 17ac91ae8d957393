"""The full-screen reader without a terminal: pressing its keys, and looking at its screen."""

from __future__ import annotations

import asyncio
import re
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from wcwidth import wcswidth

from search.terminal.browse.screen import Browser

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Sequence

    from textual.pilot import Pilot

    import search

TEXT = "{http://www.w3.org/2000/svg}text"
CELL = 12.2
"""How wide the picture of a screen has a cell."""
PATIENCE = 1000
"""Times to look whether a screen has settled."""


class Visit:
    """A reader that keys are pressed in."""

    def __init__(self, app: Browser, pilot: Pilot[None]) -> None:
        self.app = app
        self._pilot = pilot

    async def press(self, *keys: str) -> None:
        """Press keys, one after another, each when all is done that the one before asked for."""
        for key in keys:
            await self._pilot.press(key)
            await self.settle()

    async def write(self, text: str) -> None:
        """Type a text, and Enter."""
        await self._pilot.press(*text, "enter")
        await self.settle()

    async def resize(self, columns: int, lines: int) -> None:
        """Make the window larger or smaller."""
        await self._pilot.resize_terminal(columns, lines)
        await self.settle()

    async def settle(self) -> None:
        """Wait until there is nothing that goes on."""
        for _ in range(PATIENCE):
            await self._pilot.pause()
            workers = self.app.workers
            if self.app._resting is None and all(worker.is_finished for worker in workers):
                await self._pilot.pause()
                return
            await asyncio.sleep(0.01)
        raise TimeoutError

    @property
    def lines(self) -> list[str]:
        """The lines of the screen, as the picture of it has them."""
        picture = ET.fromstring(self.app.export_screenshot())
        lines = [""] * self.app.size.height
        for element in picture.iter(TEXT):
            if found := re.search(r"line-(\d+)\)", element.get("clip-path", "")):
                number = int(found[1])
                text = (element.text or "").replace("\xa0", " ")
                start = round(float(element.get("x", "0")) / CELL)
                gap = start - wcswidth(lines[number])
                assert gap >= 0, (lines[number], text)
                lines[number] += " " * gap + text
        return [line.rstrip() for line in lines]

    @property
    def status(self) -> str:
        """The line in which something is said."""
        return self.lines[-2]


@asynccontextmanager
async def visit(
    index: search.Index, query: str, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[Visit]:
    """Open the reader in a window of some columns and lines."""
    app = Browser(index, query)
    async with app.run_test(size=size) as pilot:
        visit = Visit(app, pilot)
        await visit.settle()
        yield visit


def visiting(
    index: search.Index,
    query: str,
    act: Callable[[Visit], Awaitable[None]],
    size: tuple[int, int] = (80, 24),
) -> None:
    """Open the reader and do something in it."""

    async def run() -> None:
        async with visit(index, query, size) as there:
            await act(there)

    asyncio.run(run())


def screen_after(
    index: search.Index, query: str, keys: Sequence[str], size: tuple[int, int]
) -> list[str]:
    """The lines of the screen after some keys."""
    seen: list[str] = []

    async def look(there: Visit) -> None:
        await there.press(*keys)
        seen.extend(there.lines)

    visiting(index, query, look, size)
    return seen
