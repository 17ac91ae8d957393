"""Names of a package that are imported when they are first asked for (PEP 562).

A command that searches has no use for the readers of all formats, nor one that prints
its help for an index; what is not asked for costs no time at the start.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence


def lazily(package: str, modules: Mapping[str, Sequence[str]]) -> Callable[[str], Any]:
    """The `__getattr__` of a package.

    Args:
        package: its name.
        modules: name of a module, `.name` for one within → the names that it gives; of one
            that is a name of the package itself, none.
    """
    parts = {module[1:] for module, names in modules.items() if not names}
    homes = {name: module for module, names in modules.items() for name in names}

    def get(name: str) -> Any:
        if name in parts:
            return import_module(f".{name}", package)
        if name not in homes:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        value = getattr(import_module(homes[name], package), name)
        setattr(sys.modules[package], name, value)
        return value

    return get
