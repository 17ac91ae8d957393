"""The language of the interface: Chinese under a Chinese locale, English otherwise.

How to write what users read:

    from search.terminal.language import _, ngettext

    say(_("nothing begins with {prefix}").format(prefix=prefix))
    say(ngettext("{count:,} report", "{count:,} reports", count).format(count=count))

The text in the call is the whole sentence, a plain string with named places: never an
f-string, never glued from parts. A table at module level may hold `_("…")` too, as the
language is that of the environment and stays. Help needs no call: the help texts, short
helps, examples and docstrings of commands of our class `Command` are looked up as they are.

Library code knows no language. What it tells users is a `corpus.messages.Message`, and
`translated` gives it in theirs.

After a change run `python -m tests.catalogs`: it brings `data/locale/zh/LC_MESSAGES/baogao.po`
in step with the source. Write the translations there, and run it again to compile them.
What click says itself is in `messages.po`, the name under which click looks for it.
"""

from __future__ import annotations

import gettext
import os
from functools import lru_cache
from pathlib import Path

from corpus.messages import Message

DOMAIN = "baogao"
CLICKS_DOMAIN = "messages"
LOCALE = Path(__file__).parents[1] / "data" / "locale"

_VARIABLES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
"""Where the language is told, in the order of GNU gettext: the first that is set counts."""


def is_chinese() -> bool:
    """Whether the user's locale asks for Chinese before it asks for English."""
    told = next(filter(None, map(os.environ.get, _VARIABLES)), "")
    known = (tag[:2].lower() for tag in told.split(":"))
    return next((tag for tag in known if tag in {"zh", "en"}), "en") == "zh"


@lru_cache(maxsize=2)
def _catalog(*, chinese: bool) -> gettext.NullTranslations:
    if not chinese:
        return gettext.NullTranslations()
    return gettext.translation(DOMAIN, LOCALE, languages=["zh"])


def _(message: str) -> str:
    """A message in the user's language."""
    return _catalog(chinese=is_chinese()).gettext(message)


def ngettext(singular: str, plural: str, count: int) -> str:
    """A message about a number of things, in the user's language."""
    return _catalog(chinese=is_chinese()).ngettext(singular, plural, count)


def translated(text: str) -> str:
    """What library code says, in the user's language.

    A text that was kept, such as why a file could not be read, has lost its template: it is
    looked up as it is.
    """
    if not isinstance(text, Message):
        return _(text) if text else ""
    arguments = {
        name: translated(value) if isinstance(value, Message) else value
        for name, value in text.arguments.items()
    }
    return _(text.template).format(**arguments)


def speak_through_click() -> None:
    """Have click find its own messages in our catalogs, when it is to speak Chinese."""
    if is_chinese():
        gettext.bindtextdomain(CLICKS_DOMAIN, os.fspath(LOCALE))
