"""The sizes that both caches state for their entries, against the memory that Python allocates."""

import asyncio
import tracemalloc
from functools import partial
from typing import Any

import pytest

from app.cache.middleware import RepresentationCache
from app.cache.ready_answers import ReadyAnswers

REQUESTS = 400


async def _answer(scope: Any, receive: Any, send: Any) -> None:
    """Send an answer of its own for each path: small ones and larger ones."""
    number = int(scope["path"][1:])
    headers = [(b"cache-control", b"public, max-age=60"), (b"etag", b'"%d"' % number), (b"x-number", b"%d" % number)]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"%d" % number * (1 if number % 2 else 1000)})


async def _ask_all(cache: Any) -> None:
    async def send(_message: Any) -> None:
        pass

    for number in range(REQUESTS):
        scope = {"type": "http", "method": "GET", "path": f"/{number}", "query_string": b"", "headers": []}
        await cache(scope, None, send)


@pytest.mark.parametrize(
    ("kind", "name"),
    [(RepresentationCache, "representations"), (partial(ReadyAnswers, name_route=lambda _: "/{number}"), "answers")],
)
def test_the_sum_of_the_sizes_is_the_memory_that_is_taken(kind: Any, name: str) -> None:
    cache = kind(_answer, serial=lambda: 1, max_bytes=2**30)
    tracemalloc.start()
    before_bytes, _ = tracemalloc.get_traced_memory()
    asyncio.run(_ask_all(cache))
    after_bytes, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    taken_bytes = after_bytes - before_bytes
    size_bytes = getattr(cache, name).size_bytes
    assert 0.95 * taken_bytes < size_bytes < 1.4 * taken_bytes  # names of headers are shared, yet counted
