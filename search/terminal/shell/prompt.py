"""The prompt of the shell at a terminal."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

from platformdirs import user_state_path
from prompt_toolkit import PromptSession
from prompt_toolkit.auto_suggest import AutoSuggestFromHistory
from prompt_toolkit.completion import Completer, Completion, ThreadedCompleter
from prompt_toolkit.filters import Condition
from prompt_toolkit.history import FileHistory, InMemoryHistory
from prompt_toolkit.layout.processors import Processor, Transformation
from prompt_toolkit.output.color_depth import ColorDepth
from prompt_toolkit.styles import Style

from search.query.fields import field_named
from search.terminal import manner
from search.terminal.app import warn
from search.terminal.cells import is_hazard, neutralise
from search.terminal.language import _
from search.terminal.vocabulary import Vocabulary

from .commands import COMMANDS
from .showing import bar_text, prompt_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from prompt_toolkit.completion import CompleteEvent
    from prompt_toolkit.document import Document
    from prompt_toolkit.history import History
    from prompt_toolkit.layout.processors import TransformationInput

    from search.index import Index

    from .state import Session

HISTORY = "shell-history"

_HIDDEN = "\ufffd"
_MENU = 7
"""Lines of the menu of completions."""

_STYLE = Style.from_dict({"bottom-toolbar": "noreverse dim", "prompt": "bold"})
_WORD = re.compile(r"""[^\s()（）"“”「」]*$""")
_SIGNS = "-－−+＋"


class Prompt:
    """A prompt at a terminal, with history and completion."""

    def __init__(self, index: Index) -> None:
        self._asking: PromptSession[str] = PromptSession(
            history=_history(),
            completer=ThreadedCompleter(Words(Vocabulary(index))),
            complete_while_typing=Condition(self._is_typing),
            reserve_space_for_menu=_MENU,
            auto_suggest=AutoSuggestFromHistory(),
            input_processors=[_Safe()],
            style=_STYLE,
            color_depth=None if manner.is_coloured() else ColorDepth.DEPTH_1_BIT,
        )

    def _is_typing(self) -> bool:
        """Whether there is a menu: its room would push what was found out of the window."""
        return bool(self._asking.default_buffer.text)

    def line(self, session: Session) -> str | None:
        """The next line that is typed; None if the user has left."""
        while True:
            columns = shutil.get_terminal_size().columns
            try:
                return self._asking.prompt(
                    [("class:prompt", prompt_text(session, columns))],
                    bottom_toolbar=[("", bar_text(session, columns))],
                )
            except KeyboardInterrupt:
                continue
            except EOFError:
                return None


class _Safe(Processor):
    """Shows a sign in place of what could deceive the user, pasted or from the history."""

    def apply_transformation(self, transformation_input: TransformationInput) -> Transformation:
        """A line as it is shown, character by character."""
        return Transformation(
            [
                (
                    style,
                    "".join(_HIDDEN if is_hazard(one) else one for one in text),
                )
                for style, text, *_handler in transformation_input.fragments
            ]
        )


class Words(Completer):
    """Completes the word before the cursor: commands, fields, values, words of the index."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary

    def get_completions(
        self,
        document: Document,
        complete_event: CompleteEvent,  # noqa: ARG002 (as prompt_toolkit calls it)
    ) -> Iterator[Completion]:
        """What the word may go on to, the likeliest first."""
        before = document.text_before_cursor
        if before.startswith((":", "：")):
            for name, command in COMMANDS.items():
                if name.startswith(before[1:].lower()):
                    yield Completion(name, 1 - len(before), display_meta=command.meaning)
            return
        found = _WORD.search(before)
        word = found[0].lstrip(_SIGNS) if found else ""
        name, colon, value = word.replace("：", ":").partition(":")
        field = field_named(name) if colon else None
        beginning = value if field else word
        if beginning or field:
            for one in self._vocabulary.proposals(field, beginning):
                yield Completion(
                    one.text,
                    -len(beginning),
                    display=neutralise(one.text),
                    display_meta=neutralise(one.meaning),
                )


def _history() -> History:
    """The lines of earlier sessions, in a file that is the user's own."""
    folder = user_state_path("baogao")
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = folder / HISTORY
        path.touch(mode=0o600)
    except OSError as error:
        warn(_("no history is kept: {reason}").format(reason=error))
        return InMemoryHistory()
    return FileHistory(path)
