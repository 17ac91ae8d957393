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

After a change run `make texts`, or `python -m tests.catalogs` for this alone: it brings
`data/locale/zh/LC_MESSAGES/baogao.po` in step with the source and names what has no
translation. Write the translations there, and run it again to compile them. What click says
itself is in `messages.po`, the name under which click looks for it.
"""

from __future__ import annotations

import gettext
import os
import re
from functools import cached_property, lru_cache

from corpus.messages import Message

DOMAIN = "baogao"
CLICKS_DOMAIN = "messages"
_PACKAGE = os.path.dirname(os.path.dirname(__file__))  # noqa: PTH120
LOCALE = os.path.join(_PACKAGE, "data", "locale")  # noqa: PTH118
"""Not a `Path`: to import that takes a tenth of what help takes."""

_VARIABLES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
"""Where the language is told, in the order of GNU gettext: the first that is set counts."""


def is_chinese() -> bool:
    """Whether the user's locale asks for Chinese before it asks for English."""
    told = next(filter(None, map(os.environ.get, _VARIABLES)), "")
    known = (tag[:2].lower() for tag in told.split(":"))
    return next((tag for tag in known if tag in {"zh", "en"}), "en") == "zh"


class _Chinese(gettext.GNUTranslations):
    """The Chinese catalog, which can also tell which message a filled one was made of."""

    def of_filled(self, text: str) -> str:
        """The translation of a text whose template is not known; the text if there is none."""
        from string import Formatter  # takes long to import for what is rarely needed

        for pattern, translation in self._patterns:
            if match := pattern.fullmatch(text):
                parts = Formatter().parse(translation)
                return "".join(
                    told + (self.of_filled(match[name]) if name else "")
                    for told, name, _spec, _sign in parts
                )
        return self.gettext(text) if text else ""

    @cached_property
    def _patterns(self) -> list[tuple[re.Pattern[str], str]]:
        """What every template looks like when it is filled; those that tell most come first."""
        templates: dict[str, str] = {
            template: translation
            for template, translation in self._catalog.items()  # type: ignore[attr-defined]
            if isinstance(template, str) and len(_PLACE.sub("", template)) >= _TELLING
        }
        return [
            (re.compile(_pattern(template), re.DOTALL), templates[template])
            for template in sorted(templates, key=lambda template: -len(_PLACE.sub("", template)))
            if _PLACE.search(template)
        ]


_PLACE = re.compile(r"\{(\w+)[^}]*\}")
_TELLING = 8
"""Characters besides its places that a template needs to be known by."""


def _pattern(template: str) -> str:
    """A regular expression for what a template gives: "at most (?P<most>.+) pages"."""
    pieces = _PLACE.split(template)
    seen: set[str] = set()
    pattern = re.escape(pieces[0])
    for name, told in zip(pieces[1::2], pieces[2::2], strict=True):
        pattern += f"(?P={name})" if name in seen else f"(?P<{name}>.+)"
        pattern += re.escape(told)
        seen.add(name)
    return pattern


@lru_cache(maxsize=2)
def _catalog(*, chinese: bool) -> gettext.NullTranslations:
    if not chinese:
        return gettext.NullTranslations()
    return gettext.translation(DOMAIN, LOCALE, languages=["zh"], class_=_Chinese)


def _(message: str) -> str:
    """A message in the user's language."""
    return _catalog(chinese=is_chinese()).gettext(message)


def ngettext(singular: str, plural: str, count: int) -> str:
    """A message about a number of things, in the user's language."""
    return _catalog(chinese=is_chinese()).ngettext(singular, plural, count)


def translated(text: str) -> str:
    """What library code says, in the user's language.

    A text that was kept, such as why a file could not be read, has lost its template: it is
    told from what it looks like.
    """
    if not isinstance(text, Message):
        catalog = _catalog(chinese=is_chinese())
        return catalog.of_filled(text) if isinstance(catalog, _Chinese) else text
    arguments = {
        name: translated(value) if isinstance(value, Message) else value
        for name, value in text.arguments.items()
    }
    return _(text.template).format(**arguments)


def speak_through_click() -> None:
    """Have click find its own messages in our catalogs, when it is to speak Chinese."""
    if is_chinese():
        gettext.bindtextdomain(CLICKS_DOMAIN, LOCALE)
