"""A web service over one index: hits with highlights, facets beside them, paragraphs by address.

    pip install 'baogao[examples]'
    BAOGAO_INDEX=index uvicorn examples.service:app

FastAPI calls plain functions in threads, and all of them share the index. Each answer begins
with a look whether something was committed since, and is of one commit as a whole.
"""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated, Any

from fastapi import Depends, FastAPI, Query, Request
from fastapi.responses import HTMLResponse, JSONResponse

import search
from search import rendering


@asynccontextmanager
async def opened(_: FastAPI) -> AsyncIterator[dict[str, search.Index]]:
    """The index, open while the service runs; requests find it in their state."""
    with search.open_index(os.environ["BAOGAO_INDEX"]) as index:
        yield {"index": index}


def committed_last(request: Request) -> search.Index:
    """The index as it is now, for one answer."""
    index: search.Index = request.state.index
    index.refresh()
    return index.snapshot()


Index = Annotated[search.Index, Depends(committed_last)]
Filters = Annotated[tuple[str, ...], Query(alias="filter")]
Limit = Annotated[int, Query(ge=0, le=100)]
Offset = Annotated[int, Query(ge=0)]

app = FastAPI(title="baogao", lifespan=opened)


@app.get("/search")
def find(
    index: Index, q: str = "", filters: Filters = (), limit: Limit = 10, offset: Offset = 0
) -> dict[str, Any]:
    """Hits with their snippets as HTML, and how many there are of each year, region and kind."""
    results = index.search(q, filters=filters, limit=limit, offset=offset)
    hits = [{**hit.to_dict(), "html": rendering.to_html(hit.snippet())} for hit in results]
    facets = index.facets(q, ["year", "region", "kind"], filters=filters).to_dict()["facets"]
    return {"generation": index.generation, "total": results.total, "hits": hits, "facets": facets}


@app.get("/page", response_class=HTMLResponse)
def page(index: Index, q: str, limit: Limit = 10, offset: Offset = 0) -> str:
    """Hits as a page to read."""
    return rendering.html_page(index.search(q, limit=limit, offset=offset))


@app.get("/paragraphs/{address}")
def paragraph(index: Index, address: str) -> dict[str, Any]:
    """A paragraph, with what to cite it as."""
    passage = index.get(address)
    return {**passage.to_dict(), "citation": search.cite(passage)}


@app.exception_handler(search.BaogaoError)
def explained(_: Request, error: search.BaogaoError) -> JSONResponse:
    """What is wrong and what to do, and whose fault it is."""
    whose = {search.QueryError: 422, search.UnknownAddress: 404}
    return JSONResponse({"problem": str(error)}, whose.get(type(error), 503))
