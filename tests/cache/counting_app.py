"""A small application that counts how often it is asked, behind the cache."""

import asyncio
from typing import Any

import httpx
from starlette.requests import Request
from starlette.responses import Response

from app.cache.middleware import RepresentationCache

LONG_BODY = b'{"said":"' + b"a word or two, " * 100 + b'"}'


class CountingApp:
    """Answers by path: `/public`, `/private`, `/error`, `/small`, `/stale`, `/negotiated`."""

    def __init__(self, max_bytes: int = 2**20) -> None:
        self.request_count, self.serial = 0, 1
        self.cache = RepresentationCache(self, serial=lambda: self.serial, max_bytes=max_bytes)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self.request_count += 1
        await asyncio.sleep(0)
        path = Request(scope).url.path
        headers = {"Cache-Control": "private, no-store" if path == "/private" else "public, max-age=60"}
        if path == "/stale":
            headers["X-Catalogue-Serial"] = str(self.serial)
            self.serial += 1
        if path == "/negotiated":
            headers["Vary"] = "Accept"
        status = 404 if path == "/error" else 200
        content = b"{}" if path == "/small" else LONG_BODY
        await Response(content, status, headers, "application/json")(scope, receive, send)

    def get(self, path: str, **headers: str) -> httpx.Response:
        return self.request("GET", path, [(name.replace("_", "-"), value) for name, value in headers.items()])

    def request(self, method: str, path: str, headers: list[tuple[str, str]]) -> httpx.Response:
        return self.request_concurrently(method, path, headers, times=1)[0]

    def request_concurrently(
        self, method: str, path: str, headers: list[tuple[str, str]], times: int
    ) -> list[httpx.Response]:
        async def go() -> list[httpx.Response]:
            transport = httpx.ASGITransport(self.cache)
            async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as http:
                del http.headers["accept-encoding"]
                return await asyncio.gather(*(http.request(method, path, headers=headers) for _ in range(times)))

        return asyncio.run(go())
