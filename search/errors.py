"""The errors of searching, and where they stand among all that this project raises.

    BaogaoError
    ├── UnreadableReport        a file that could not be read as a report, with its reason
    ├── DictionaryError         a user dictionary that cannot be read
    ├── IndexingError           an index that cannot be read or written
    │   ├── IndexMissing        there is no index in the directory
    │   ├── IndexLocked         another process is writing it
    │   │   └── WriterLocked    the same, for Whoosh's helpers too (indexer.engine)
    │   ├── IndexCorrupt        a file of it is missing, cut short or changed
    │   ├── IndexOutdated       it was built by other rules than this version's
    │   │   └── SchemaDiffers   it was written with another schema (indexer.engine)
    │   └── IndexExposed        others can write its files
    ├── Unsupported             what Whoosh would keep and our files do not (indexer.engine)
    └── SearchError             an index that cannot be asked so
        ├── QueryError          a query that cannot be understood, with the place in it
        ├── ResultSetError      a result set that cannot be read, written or named so
        ├── SavedQueryError     the same of a saved query
        ├── SynonymsError       a file of synonyms that cannot be read
        ├── UnknownAddress      an address at which the index holds nothing
        └── IndexClosed         an index that is asked after it was closed

All but those of `indexer.engine` are names of `search`. Each says what is wrong and what to
do, can be pickled, and has the exit status of a command that ends with it. Exceptions of
dependencies are mapped to these where they arise. An argument that no call could mean
(limit=-1) is a ValueError. What is called an error and is no `BaogaoError` stays within the
package.
"""

from __future__ import annotations

from corpus import BaogaoError
from corpus.messages import Message


class SearchError(BaogaoError):
    """Root of the errors of asking an index."""


class QueryError(SearchError):
    """A query that cannot be understood.

    Attributes:
        query: the whole query as it was given.
        start: offset of the first character of the place that is wrong.
        end: offset after its last character.
        problem: one sentence that says what is wrong there and what to write instead.
    """

    def __init__(self, query: str, start: int, end: int, problem: str) -> None:
        super().__init__(
            Message("query, character {place}: {problem}", place=start + 1, problem=problem)
        )
        self.query = query
        self.start = start
        self.end = end
        self.problem = problem


class SynonymsError(SearchError):
    """A file of synonyms that cannot be read; names the line."""


class UnknownAddress(SearchError):
    """An address at which the index holds nothing.

    Attributes:
        address: as it was given.
    """

    def __init__(self, address: str, problem: str) -> None:
        super().__init__(Message("{address}: {problem}", address=address, problem=problem))
        self.address = address


class ResultSetError(SearchError):
    """A result set that is not there, cannot be read or written, or cannot be called so."""


class SavedQueryError(SearchError):
    """A saved query that is not there, cannot be read or written, or cannot be called so."""


class IndexClosed(SearchError):
    """An index that is asked after it was closed."""

    def __init__(self) -> None:
        super().__init__(Message("the index is closed; open it again with search.open_index"))


class PartError(Exception):
    """A part of a query that cannot be answered.

    Attributes:
        place: of the part in the query.
        problem: what is wrong, and what to do.
    """

    def __init__(self, place: tuple[int, int], problem: str) -> None:
        super().__init__(problem)
        self.place = place
        self.problem = problem


class TooMuchError(PartError):
    """A part of a query that would take too long."""
