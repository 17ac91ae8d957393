"""Abbreviations, slogans and names that stand for one another, from a file of sets.

One set a line; what a # begins is a comment:

    国务院办公厅 | 国办                     each finds the others
    放管服 => 简政放权 放管结合 优化服务    the left finds the parts on the right too,
                                            which do not find it; they count half

A form may have spaces, a part on the right may not. The left side may have several forms.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.messages import Message
from indexer import fold
from search.errors import SynonymsError

from .found import Equivalent, Form, Kind, equivalent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

PART_WEIGHT = 0.5
"""What an occurrence of a part counts, by one of what it is a part of."""

_SHOWN = 40


class Synonyms:
    """A table of what stands for what.

    Args:
        table: folded form → the forms of its sets, among which it may be itself.
    """

    def __init__(self, table: Mapping[str, tuple[Form, ...]]) -> None:
        self._table = table
        self._longest = max(map(len, table), default=0)

    @classmethod
    def parse(cls, data: bytes, name: str) -> Synonyms:
        """Read a file's content.

        Args:
            data: the content, UTF-8.
            name: what to call it in an error.

        Raises:
            SynonymsError: a line that is no set, or a form in two of them, by its number.
        """
        table: dict[str, tuple[Form, ...]] = {}
        sets: dict[str, int] = {}
        for number, line in _lines(data, name):
            left, arrow, right = line.partition("=>")
            forms = list(dict.fromkeys(filter(None, map(str.strip, left.split("|")))))
            parts = [Form(part, PART_WEIGHT) for part in right.split()]
            if not forms or not (parts if arrow else forms[1:]):
                shown = line.strip()[:_SHOWN]
                problem = Message(
                    "{shown!r} is neither `form | form` nor `form => part part`", shown=shown
                )
                raise SynonymsError(
                    Message(
                        "{name}, line {number}: {problem}",
                        name=name,
                        number=number,
                        problem=problem,
                    )
                )
            for form in () if arrow else forms:
                if form in sets:
                    problem = Message(
                        "{form} is in the set of line {other} already", form=form, other=sets[form]
                    )
                    raise SynonymsError(
                        Message(
                            "{name}, line {number}: {problem}",
                            name=name,
                            number=number,
                            problem=problem,
                        )
                    )
                sets[form] = number
            found = tuple(parts or map(Form, forms))
            for form in forms:
                table[form] = (*table[form], *found) if form in table else found
        return cls(table)

    @classmethod
    def read(cls, path: Path) -> Synonyms:
        """Read a file, see `parse`.

        Raises:
            SynonymsError: it cannot be read, or a line of it is no set.
        """
        try:
            data = path.read_bytes()
        except OSError as error:
            raise SynonymsError(
                Message("{path}: {reason}", path=path, reason=error.strerror)
            ) from error
        return cls.parse(data, str(path))

    def __len__(self) -> int:
        """How many forms have others."""
        return len(self._table)

    def __or__(self, other: Synonyms) -> Synonyms:
        """What either knows, this one's forms first."""
        both = {
            form: (*self._table.get(form, ()), *other._table.get(form, ()))
            for form in {**self._table, **other._table}
        }
        return Synonyms(both)

    def find(self, folded: str, is_cut: Callable[[int], bool]) -> Iterator[Equivalent]:
        """Find the forms in a folded text that begin and end between words, longest first."""
        position = 0
        cuts = [offset for offset in range(len(folded) + 1) if is_cut(offset)]
        for place, start in enumerate(cuts):
            if start < position:
                continue
            last = bisect_right(cuts, start + self._longest)
            for end in reversed(cuts[place + 1 : last]):
                if others := self._table.get(folded[start:end]):
                    yield equivalent(start, folded[start:end], Kind.SYNONYM, iter(others))
                    position = end
                    break


@lru_cache(maxsize=1)
def bundled() -> Synonyms:
    """The sets that come with the program, read when they are first asked for."""
    path = Path(__file__).parent.parent / "data" / "synonyms.txt"
    return Synonyms.read(path)


def _lines(data: bytes, name: str) -> Iterator[tuple[int, str]]:
    """The lines that are not empty, folded and without comments, with their numbers."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SynonymsError(
            Message(
                "{name}: not UTF-8 at byte {start}; save it as UTF-8", name=name, start=error.start
            )
        ) from None
    # Folded in one go, which is the same: each character is folded by itself.
    for number, line in enumerate(fold(text).splitlines(), 1):
        content = line.partition("#")[0]
        if content.strip():
            yield number, content
