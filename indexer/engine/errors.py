"""What the engine refuses."""

from __future__ import annotations

from corpus import BaogaoError


class Unsupported(BaogaoError, ValueError):
    """A schema or a document asks for something that the engine does not keep."""
