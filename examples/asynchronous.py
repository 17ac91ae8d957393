"""Questions from asyncio: each is asked in a thread, and all are answered of one commit.

python examples/asynchronous.py index 放管服 营商环境 '行政复议 年份:2017..'
"""

import asyncio
import sys
from collections.abc import Iterable

import search


async def ask(index: search.Index, queries: Iterable[str]) -> list[search.Results]:
    """The answers to queries; others have their turn while they are looked for."""
    snapshot = index.snapshot()
    asked = (asyncio.to_thread(snapshot.search, query, limit=3) for query in queries)
    return await asyncio.gather(*asked)


async def main(directory: str, *queries: str) -> None:
    """Ask an index and print what is found."""
    with search.open_index(directory) as index:
        for results in await ask(index, queries):
            print(f"{results.query}: {results.total} paragraphs")
            for hit in results:
                print(f"  {hit.address} {hit.snippet(60).text}")


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
