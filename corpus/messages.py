"""What library code tells users: English text that can be said in another language too."""

from __future__ import annotations

import os
from typing import Any


class Message(str):
    """A text made of a template and what stands in its places.

    It is the English text, so it can be used as any other string. Whoever shows it to a
    user may translate the template instead, and fill the same places.

    Attributes:
        template: with places such as {count:,}, as `str.format` takes them.
        arguments: what stands in the places, by name; messages among them.
    """

    __slots__ = ("arguments", "template")
    template: str
    arguments: dict[str, Any]

    def __new__(cls, template: str, /, **arguments: Any) -> Message:
        """Fill the places of a template; paths and errors are kept as their text."""
        kept = {
            name: str(value) if isinstance(value, BaseException | os.PathLike) else value
            for name, value in arguments.items()
        }
        message = super().__new__(cls, template.format(**kept))
        message.template = template
        message.arguments = kept
        return message

    def __getnewargs_ex__(self) -> tuple[tuple[str], dict[str, Any]]:
        """Pickle by its parts, as errors cross between processes."""
        return (self.template,), self.arguments
