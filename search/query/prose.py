"""Whether a query is a plain question or a sentence, and not written in the language.

What is typed as it comes to mind has signs in it that mean something in the language: a
question mark, a colon, brackets. So before a query is cut into tokens it is looked at as a
whole: one that has the signs of prose and nothing that only the language has is taken for
one run of words.
"""

from __future__ import annotations

import re

from .fields import field_named

FEWEST = 8
"""Ideographs of the shortest prose; what is shorter is a pattern, such as 行?复议。"""

_IDEOGRAPH = re.compile("[㐀-鿿]")
_SIGN = re.compile("[，。；、,;！!《》]|[？?]$|[？?][^*?？]{4}")
_ASKING = re.compile("什么|怎么|怎样|如何|多少|哪|谁|吗|为何|是否|请问")
_LANGUAGE = re.compile(
    r"[\"“”*~><=]|\.\.|(?:^|\s)(?:-|NOT|AND|OR|非|或|且)|\s(?:[/>]\s*\w+)\s|re:/|[|&]|[a-zA-Z][:：]"
)
_NAME = re.compile(r"(?:^|[\s(（])-?(\w+)[:：]")


def is_prose(query: str) -> bool:
    """Whether a query is to be taken for one run of words, whatever signs it holds."""
    if len(_IDEOGRAPH.findall(query)) < FEWEST:
        return False
    if _LANGUAGE.search(query) or any(map(field_named, _NAME.findall(query))):
        return False
    return bool(_SIGN.search(query.strip()) or _ASKING.search(query))
