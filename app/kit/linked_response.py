"""Responses with links, and the public address of a request as a dependency."""

import hashlib
from typing import Annotated

from fastapi import Depends, Request
from starlette.datastructures import MutableHeaders
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from app.kit.links import PublicAddress, link_header, link_json_paths

LINK_HEADERS = ("location", "link")


def find_link_base(scope: Scope) -> str:
    """Return what stands before each path in the links of an answer; nothing, unless the middleware has set it."""
    link_base: str = scope.get("state", {}).get("link_base", "")
    return link_base


def find_public_address(request: Request) -> PublicAddress:
    """Return the address under which the client of this request finds the service."""
    return PublicAddress(find_link_base(request.scope), str(request.base_url).rstrip("/"))


async def current_public_address(request: Request) -> PublicAddress:
    """Return the address under which the client of this request finds the service, as a dependency."""
    return find_public_address(request)


CurrentPublicAddress = Annotated[PublicAddress, Depends(current_public_address)]
"""The address that the links of an answer start with."""


def _etag_with_links(etag: str, link_base: str) -> str:
    """Return the ETag of the same content with links: it has other bytes under each address."""
    return f'"{hashlib.sha256(f"{etag} {link_base}".encode()).hexdigest()[:32]}"'


class LinkedResponse(Response):
    """A response whose JSON body and headers hold paths of this service: when it is sent they become links.

    What is stored and cached before holds paths alone, so that it is right under every address.
    """

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the response, with the public address of this request in front of each path."""
        link_base = find_link_base(scope)
        if link_base:
            self.body = link_json_paths(bytes(self.body), link_base)
            headers = MutableHeaders(raw=self.raw_headers)
            if "etag" in headers:
                headers["etag"] = _etag_with_links(headers["etag"], link_base)
            headers["content-length"] = str(len(self.body))
            for name in LINK_HEADERS:
                if name in headers:
                    headers[name] = link_header(headers[name], link_base)
        await super().__call__(scope, receive, send)
