"""A crawler: asks for every address that answers hold, in headers, JSON, HTML, SVG, calendars and the document."""

import json
import math
import re
from collections import deque
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any, NamedTuple
from urllib.parse import urldefrag, urljoin, urlsplit

import httpx

from tests.contract.document import list_operations

LINK_ATTRIBUTES = {"href", "src", "action", "data", "poster", "xlink:href", "content"}
ABSOLUTE_URL = re.compile(r"(?:https?|webcals?)://[^\s\"'<>\\)]+")
DOCUMENTED_ADDRESS = re.compile(r"`(?:GET )?(/v1/[^`\s{]+)`")


MOVING_PICTURES = (".webp", ".gif")
MAX_MOVING_PICTURES = 10
"""Moving pictures of one kind that are visited: each takes most of a second, and all of them are made elsewhere."""


class Visit(NamedTuple):
    """One address, where it was found, and what it answered."""

    url: str
    found_at: str
    status: int


class Crawler:
    """Visits every link from `start` on that has the same host. Links to other hosts are kept in `foreign`."""

    def __init__(self, client: httpx.Client, start: str, max_alike: int | None = None) -> None:
        self.client, self.start, self.max_alike = client, start, max_alike
        self.host = urlsplit(start).netloc
        self.queue: deque[tuple[str, str]] = deque([(start, "")])
        self.seen = {start}
        self.visits: list[Visit] = []
        self.foreign: set[str] = set()
        self.alike: dict[str, int] = {}

    def run(self) -> None:
        """Visit until nothing new is found."""
        while self.queue:
            url, found_at = self.queue.popleft()
            response = self.client.get(url)
            self.visits.append(Visit(url, found_at, response.status_code))
            self.follow(response)
            if url == self.start:  # a browser gets another answer at the root
                self.follow(self.client.get(url, headers={"Accept": "text/html"}))

    def follow(self, response: httpx.Response) -> None:
        """Note the links of an answer."""
        url = str(response.request.url)
        for link in find_links(response):
            absolute = urldefrag(urljoin(url, re.sub("^webcal", "https", link).replace("httpss", "https"))).url
            if urlsplit(absolute).netloc != self.host:
                self.foreign.add(absolute)
            elif absolute not in self.seen and not self._has_enough_like(absolute):
                self.seen.add(absolute)
                self.queue.append((absolute, url))

    def _has_enough_like(self, url: str) -> bool:
        """Whether `max_alike` links were noted that differ from this one in values alone."""
        parts = urlsplit(url)
        shape = re.sub(r"/(exercises|routines|guidelines|references)/[\w-]+", r"/\1/*", parts.path)
        shape += "?" + re.sub(r"=[^&]*", "", parts.query)
        self.alike[shape] = self.alike.get(shape, 0) + 1
        max_alike = MAX_MOVING_PICTURES if parts.path.endswith(MOVING_PICTURES) else math.inf
        return self.alike[shape] > min(max_alike, self.max_alike or math.inf)

    def list_statuses(self, *allowed: int) -> list[Visit]:
        """Return the visits that were answered otherwise."""
        return [visit for visit in self.visits if visit.status not in allowed]


def find_links(response: httpx.Response) -> Iterator[str]:
    """Yield every link of an answer, as it is written there."""
    for name in ("location", "content-location"):
        if name in response.headers:
            yield response.headers[name]
    yield from re.findall(r"<([^>]*)>", response.headers.get("link", ""))
    media_type = response.headers.get("content-type", "").partition(";")[0]
    if media_type == "application/x-ndjson":
        yield from (link for line in response.text.splitlines() for link in _json_links(json.loads(line)))
    elif media_type.endswith("json"):
        content = response.json()
        yield from _document_links(content) if "openapi" in content and "paths" in content else _json_links(content)
    elif media_type in ("text/html", "image/svg+xml"):
        parser = _LinkParser()
        parser.feed(response.text)
        yield from parser.links
    elif media_type == "text/css":
        yield from (link for link in re.findall(r"url\(['\"]?([^)'\"]+)", response.text) if link[:5] != "data:")
    elif media_type == "text/calendar":
        unfolded = re.sub(r"\r\n[ \t]", "", response.text)
        yield from (link.rstrip(".,;") for link in ABSOLUTE_URL.findall(unfolded.replace("\\n", "\n")))


def _json_links(value: Any) -> Iterator[str]:
    """Yield the strings that are addresses: a path, or an absolute URL."""
    if isinstance(value, str):
        if value.startswith("/") or ABSOLUTE_URL.fullmatch(value):
            yield value
    elif isinstance(value, (dict, list)) and not _is_body_field(value):
        for child in value.values() if isinstance(value, dict) else value:
            yield from _json_links(child)


def _is_body_field(value: dict[str, Any] | list[Any]) -> bool:
    """Whether this names a field of a body: a JSON Pointer such as `/goals/*/goal` looks as a path does."""
    return isinstance(value, dict) and value.get("location") == "body"


def _document_links(document: dict[str, Any]) -> Iterator[str]:
    """Yield the addresses of documented examples, at the server that the document names."""
    server = document["servers"][0]["url"].rstrip("/")
    for operation in list_operations(document):
        texts = [
            operation.spec["description"],
            *(p.get("description", "") for p in operation.spec.get("parameters", ())),
        ]
        yield from (server + address for text in texts for address in DOCUMENTED_ADDRESS.findall(text))
        if operation.method == "GET" and not operation.headers:  # a link has no key
            yield server + operation.example_address()


class _LinkParser(HTMLParser):
    """Collects the links of HTML or SVG."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []

    def handle_starttag(self, _: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "srcset":
                self.links += [part.split()[0] for part in (value or "").split(",") if part.strip()]
            elif value and name in LINK_ATTRIBUTES and (name != "content" or ABSOLUTE_URL.fullmatch(value)):
                self.links.append(value)
