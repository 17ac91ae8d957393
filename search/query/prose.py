"""Whether a query is a plain question or a sentence, and not written in the language.

What is typed as it comes to mind has signs in it that mean something in the language: a
question mark, a colon, brackets. So before a query is cut into tokens it is looked at as a
whole: one that has the signs of prose and nothing that only the language has is taken for
one run of words.
"""

from __future__ import annotations

import re

from .fields import field_named, fields_like

FEWEST = 8
"""Ideographs of the shortest prose; what is shorter is a pattern, such as 行?复议。"""

_IDEOGRAPHS = ("㐀", "鿿")

# As strings: most queries are too short for any of them to be compiled.
_SIGN = "[,。;、!《》]|[?]$|[?][^*?]{4}|什么|怎么|怎样|如何|多少|哪些|哪里|哪儿|哪个|为何|是否|请问"
_MAYBE_ASKING = "哪|谁|吗"
"""What asks in a sentence, but may also be a part of a word: 哪吒, 谁执法谁普法."""
_LANGUAGE = (
    r"[\"“”「」『』*><=≤≥≦≧⩽⩾]|\.\.|~\w?(?=$|[\s()])|(?:^|\s)(?:[-−]|NOT|AND|OR|非|或|且)"
    r"|\s/(?:[句段节節\d]|\s*\w+(?=$|[\s()]))|re:/|[|&]|[a-zA-Z]:"
)
_NAME = r"(?:^|[\s(])-?(\w+):"
_NARROW = {code + 0xFEE0: code for code in range(ord("!"), ord("~") + 1)}
"""Signs and letters of full width, as the narrow ones that they stand for."""


def is_prose(query: str) -> bool:
    """Whether a query is to be taken for one run of words, whatever signs it holds."""
    first, last = _IDEOGRAPHS
    if sum(first <= character <= last for character in query) < FEWEST:
        return False
    narrow = query.strip().translate(_NARROW)
    is_in_parts = len(narrow.split()) > 1
    named = re.findall(_NAME, narrow)
    if re.search(_LANGUAGE, narrow) or any(map(field_named, named)):
        return False
    if is_in_parts:
        return not any(map(fields_like, named)) and bool(re.search(_SIGN, narrow))
    return bool(re.search(f"{_SIGN}|{_MAYBE_ASKING}", narrow))
