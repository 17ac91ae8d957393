"""Texts as arrays of their characters' numbers in Unicode, for what looks at many at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def code_points(text: str) -> NDArray[np.uint32]:
    """The number of each character; not to be written to."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
