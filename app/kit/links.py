"""Links: every address of this service that an answer holds is made here, from a path such as `/v1/exercises`."""

import posixpath
from typing import NamedTuple

ROOT = "/"
PATH_PREFIX = r"(/(?!\.{1,2}(/|$))[A-Za-z0-9._~!$&()*+,;=:@%-]+)+"
"""A pattern: a path that is safe before a link, without empty segments (`//host` is a host), `..` or quotes."""
JSON_PATH_START = b'"/v1/'
"""How a JSON string begins whose value is a path of this service."""


class PublicAddress(NamedTuple):
    """Where clients find the service."""

    link_base: str
    """What stands before each path in a link: an absolute URL, a path prefix such as `/pub`, or nothing."""
    origin: str = ""
    """Scheme and host of the request, such as `https://example.org`."""

    @property
    def is_configured(self) -> bool:
        """True where the operator has set the address. Else a part of it comes from headers of the request."""
        return "://" in self.link_base

    @property
    def server_url(self) -> str:
        """The address of the service itself, as OpenAPI's `servers` has it: absolute, or relative to the origin."""
        return self.link_base or ROOT

    def link(self, path: str) -> str:
        """Return the link to a path: absolute where the operator has set the address, else relative to the origin."""
        return f"{self.link_base}{path}"

    def absolute_link(self, path: str) -> str:
        """Return the link to a path with scheme and host, for what is read outside of an HTTP client."""
        return self.link(path) if self.is_configured else f"{self.origin}{self.link_base}{path}"


def relative_link(path: str, page: str) -> str:
    """Return the link to a path from an HTML page of this service; it is right under every address.

    `page` is the path of the page: from `/gallery` the link to `/v1/exercises` is `v1/exercises`.
    """
    folder, name = posixpath.split(path)
    # Of the folder, because a link that ends in `..` would lead to a folder where a page is meant.
    way = posixpath.relpath(folder, posixpath.dirname(page))
    return f"{way}/{name}" if way != "." or not name else name


def link_json_paths(content: bytes, link_base: str) -> bytes:
    """Return JSON with `link_base` before every string that is a path of this service.

    A string that begins with `/v1/` is always such a path: a quote inside a text has a backslash before it.
    """
    if not link_base:
        return content
    return content.replace(JSON_PATH_START, b'"' + link_base.encode() + JSON_PATH_START[1:])


def link_header(value: str, link_base: str) -> str:
    """Return the value of a `Location` or `Link` header with `link_base` before its path."""
    if value.startswith("/"):
        return link_base + value
    return value.replace("</", f"<{link_base}/")
