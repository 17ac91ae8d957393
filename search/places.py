"""The places in which a query's words may stand."""

from __future__ import annotations

from enum import Enum


class Place(Enum):
    """Where a word may stand: a zone of the paragraph, or the title of its report."""

    TITLE = "title"
    HEADING = "heading"
    TEXT = "text"
