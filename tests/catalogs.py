"""Bring the catalogs of messages in step with the source, and compile them.

    python -m tests.catalogs

New messages come into the .po files without a translation, those that nothing says any
more go, and the .mo files are made anew. What is still without a translation is named.
"""

from __future__ import annotations

import io
import os
import sys
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import click
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

os.environ["LANGUAGE"] = "en"  # in which the commands are to say what they are declared with

from corpus import Reason
from search import Source
from search.terminal.group import COMMANDS, FIRST_STEPS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from enum import Enum

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "search" / "data" / "locale" / "zh" / "LC_MESSAGES"
PACKAGES = ("corpus", "indexer", "search")

Texts = dict[str | tuple[str, str], list[str]]
"""Messages, each with the files that it is in; a pair is singular and plural."""

_COMMENTS = {
    "baogao": "# What baogao says, in Chinese.",
    "messages": "# What click says, in Chinese; it looks for its messages under this name.",
}
_NAMES: tuple[type[Enum], ...] = (Reason, Source)
"""What is shown by its value."""

_KEYWORDS = {"_": None, "Message": None, "ngettext": (1, 2)}


class _Catalog(Catalog):
    """A catalog whose header holds nothing that changes by itself, such as the time."""

    mime_headers = (  # type: ignore[assignment]  # computed in the class it comes from
        ("Language", "zh"),
        ("Plural-Forms", "nplurals=1; plural=0;"),
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Content-Transfer-Encoding", "8bit"),
    )


@cache
def catalogs() -> dict[str, Texts]:
    """By the name of a catalog the messages that it has to hold."""
    return {"baogao": _ours(), "messages": _clicks()}


def read(name: str) -> Catalog:
    """A catalog as it is in the repository."""
    catalog = _Catalog(locale="zh", fuzzy=False, header_comment=_COMMENTS[name])
    with (FOLDER / f"{name}.po").open("rb") as file:
        for message in read_po(file, locale="zh"):
            if message.id:
                catalog[message.id] = message
    return catalog


def updated(name: str, texts: Texts) -> Catalog:
    """A catalog that holds just these messages, with the translations that there are."""
    old, new = read(name), _Catalog(locale="zh", fuzzy=False, header_comment=_COMMENTS[name])
    for text, files in texts.items():
        known = old.get(text if isinstance(text, str) else text[0])
        new.add(
            text,
            known.string if known else "",
            locations=[(file, 0) for file in sorted(set(files))],
        )
    return new


def as_po(catalog: Catalog) -> bytes:
    """A catalog as the text of a .po file."""
    file = io.BytesIO()
    write_po(file, catalog, sort_output=True, width=100, include_lineno=False)
    return file.getvalue()


def as_mo(catalog: Catalog) -> bytes:
    """A catalog as the bytes of a .mo file."""
    file = io.BytesIO()
    write_mo(file, catalog)
    return file.getvalue()


def untranslated(catalog: Catalog) -> Iterator[str]:
    """The messages without a translation."""
    for message in catalog:
        if message.id and not all(translations(message)):
            yield str(message.id)


def translations(message: Message) -> tuple[str, ...]:
    """What a message is translated to: plural forms are several; empty if it is not."""
    string = message.string or ""
    return (string,) if isinstance(string, str) else tuple(string)


def _ours() -> Texts:
    texts: Texts = {}
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            for text in _called(path):
                texts.setdefault(text, []).append(str(path.relative_to(ROOT)))
    for declared, file in _declared():
        texts.setdefault(declared, []).append(file)
    for names in _NAMES:
        for name in names:
            texts.setdefault(name.value, []).append(f"{names.__module__.replace('.', '/')}.py")
    return texts


def _clicks() -> Texts:
    """What click says of commands, options and values; not its prompts nor its editor.

    What is translated stays: other versions of click say it otherwise.
    """
    texts: Texts = {
        message.id if isinstance(message.id, str) else (message.id[0], message.id[1]): [
            path for path, _ in message.locations
        ]
        for message in read("messages")
        if message.id
    }
    for name in ("core", "decorators", "exceptions", "formatting", "parser", "types"):
        path = Path(click.__file__).with_name(f"{name}.py")
        for text in _called(path):
            texts.setdefault(text, []).append(f"click/{path.name}")
    return texts


def _called(path: Path) -> Iterator[str | tuple[str, str]]:
    """The messages in calls of the functions that look them up."""
    with path.open("rb") as file:
        for _, message, _, _ in extract("python", file, keywords=_KEYWORDS):
            yield message if isinstance(message, str) else (message[0], message[1])


def _declared() -> Iterator[tuple[str, str]]:
    """The texts that commands are declared with, each with the module: help and examples."""
    for module in (import_module(f"search.terminal.commands.{name}_") for name in COMMANDS):
        command, path = module.command, f"{module.__name__.replace('.', '/')}.py"
        options = [option for option in command.own if isinstance(option, click.Option)]
        said = [command.help, *(one.meaning for one in command.examples)]
        for text in filter(None, [*said, *(option.help for option in options)]):
            yield text, path
    for example in FIRST_STEPS:
        yield example.meaning, "search/terminal/group.py"


def main() -> None:
    """Write the catalogs."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, texts in catalogs().items():
        catalog = updated(name, texts)
        (FOLDER / f"{name}.po").write_bytes(as_po(catalog))
        (FOLDER / f"{name}.mo").write_bytes(as_mo(catalog))
        for text in untranslated(catalog):
            sys.stdout.write(f"{name}: no translation of {text!r}\n")


if __name__ == "__main__":
    main()
