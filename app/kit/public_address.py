"""Middleware that finds the public address of each request: from the settings, a trusted proxy, or the ASGI server.

Inside of it every path is one of the service itself, and `state["link_base"]` holds what stands before it in links.
"""

import logging
import re
from functools import lru_cache
from urllib.parse import urlsplit

from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from app.kit.links import PATH_PREFIX, ROOT
from app.kit.response_headers import Header
from app.kit.route_table import RouteTable

log = logging.getLogger("thoracic.proxy")
FORWARDED_START = b"x-forwarded-"
PREFIX_HEADER, HOST_HEADER, SCHEME_HEADER = b"x-forwarded-prefix", b"x-forwarded-host", b"x-forwarded-proto"


class PublicAddressMiddleware:
    """Wraps the application. `public_url` is the setting; `trusted_proxies` are addresses and networks, or `*`."""

    def __init__(self, app: ASGIApp, *, public_url: str, trusted_proxies: str, route_table: RouteTable) -> None:
        self.app, self.public_url, self.route_table = app, public_url, route_table
        self.public_prefix = urlsplit(public_url).path
        # uvicorn's own middleware reads X-Forwarded-For and X-Forwarded-Proto.
        self.proxy_headers = ProxyHeadersMiddleware(app, trusted_proxies)  # type: ignore[arg-type]
        self.has_warned = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on with its own path and its public address."""
        if scope["type"] == "http":
            forwarded = {name: value for name, value in scope["headers"] if name.startswith(FORWARDED_START)}
            if forwarded and self._is_trusted(scope):
                await self._pass_on_forwarded(scope, forwarded, receive, send)
                return
            if scope.get("root_path") or self.public_url:
                scope = self._move_to_root(scope, scope.get("root_path", ""))
        await self.app(scope, receive, send)

    async def _pass_on_forwarded(
        self, scope: Scope, forwarded: dict[bytes, bytes], receive: Receive, send: Send
    ) -> None:
        """Pass on a request of a trusted proxy, as if the client had sent it here."""
        prefix = _read_prefix(forwarded.get(PREFIX_HEADER, b""))
        scope = self._move_to_root(scope, prefix or scope.get("root_path", ""))
        scope["headers"] = _with_forwarded_values(scope["headers"], forwarded)
        if prefix and not self.public_url:
            send = _vary_by_prefix(send)
        await self.proxy_headers(scope, receive, send)  # type: ignore[arg-type]

    def _is_trusted(self, scope: Scope) -> bool:
        client = scope.get("client")
        if (client[0] if client else None) in self.proxy_headers.trusted_hosts:
            return True
        if not self.has_warned:
            self.has_warned = True  # once: a client may send such headers with every request
            log.warning("X-Forwarded headers are ignored: THORACIC_TRUSTED_PROXIES does not name their sender")
        return False

    def _move_to_root(self, scope: Scope, prefix: str) -> Scope:
        """Return the scope with the path of the service itself, and with the base of its links."""
        path = _strip_prefix(scope["path"], scope.get("root_path", ""))
        public_prefix = self.public_prefix if self.public_url else prefix
        # A proxy may leave the prefix in place. A prefix like `/v1` begins own paths, too: these are left whole.
        if public_prefix and path.startswith(public_prefix) and not self.route_table.methods(path):
            path = _strip_prefix(path, public_prefix)
        state = {**(scope.get("state") or {}), "link_base": self.public_url or prefix}
        return {**scope, "path": path, "root_path": "", "state": state}


def _strip_prefix(path: str, prefix: str) -> str:
    """Return the path without the prefix, where it begins with these whole segments."""
    if prefix and (path == prefix or path.startswith(prefix + "/")):
        return path[len(prefix) :] or ROOT
    return path


def _last_value(value: bytes) -> str:
    """Return the last of the values of a header: the one that the nearest proxy has added."""
    return value.decode("latin-1").rpartition(",")[2].strip()


@lru_cache(maxsize=256)
def _read_prefix(value: bytes) -> str:
    """Return the prefix that a proxy took off the path; empty where it names none, or none that is safe."""
    prefix = _last_value(value).rstrip("/")
    return prefix if re.fullmatch(PATH_PREFIX, prefix) else ""


def _with_forwarded_values(headers: list[Header], forwarded: dict[bytes, bytes]) -> list[Header]:
    """Return the headers with the host and the scheme that the client used.

    Starlette checks the form of the host where it is used. uvicorn reads the scheme, but compares the whole header.
    """
    replaced = {b"host": forwarded.get(HOST_HEADER, b""), SCHEME_HEADER: forwarded.get(SCHEME_HEADER, b"")}
    values = [(name, _last_value(value).encode("latin-1")) for name, value in replaced.items() if value]
    names = {name for name, _ in values}
    return [header for header in headers if header[0] not in names] + values


def _vary_by_prefix(send: Send) -> Send:
    """Return a `send` that tells caches which header the links come from."""

    async def send_varied(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = message.get("headers", ())
            vary = [value for name, value in headers if name == b"vary"]
            others = [header for header in headers if header[0] != b"vary"]
            message = {**message, "headers": [(b"vary", b", ".join((*vary, b"X-Forwarded-Prefix"))), *others]}
        await send(message)

    return send_varied
