"""What is indexed of a paragraph: its zones, each in two ways.

A zone is a part of a paragraph that is indexed: its text, and the headings above it.
Each is indexed as jieba words, which tell where a string is a word of its own, and as
grams, every character with the one after it, spaces and signs included, which leave no
string out.

What a report has but once (title, issuer, dates, kind …) is not repeated in every
paragraph: it is in the table of reports.
"""

from __future__ import annotations

from enum import Enum


class Zone(Enum):
    """An indexed part of a paragraph; its value names the field of its words."""

    HEADING = "heading"
    TEXT = "text"

    @property
    def grams(self) -> str:
        """The field of the zone's grams."""
        return f"{self.value}_grams"


def heading_text(heading: tuple[str, ...], text: str) -> str:
    """A heading path as one text, in which no string crosses from a heading to the next.

    A heading line's own words are in its text, and are not counted again as its heading:
    it would outrank the paragraphs that stand below it.
    """
    above = heading[:-1] if heading and heading[-1] == text else heading
    return "\n".join(above)
