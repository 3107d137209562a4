"""Reads the HTML of a page as tests compare it."""

import json
from html.parser import HTMLParser
from typing import Any


class PageReader(HTMLParser):
    """Collects the tags of a page, its text, its metadata and its blocks of data."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.blocks: dict[str, Any] = {}
        self._block: str | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.tags.append((tag, values))
        if tag == "script" and "src" not in values:
            self._block = values.get("type") or "text/javascript"

    def handle_endtag(self, _: str) -> None:
        self._block = None

    def handle_data(self, data: str) -> None:
        if self._block is None:
            self.text += data
        else:
            self.blocks[self._block] = json.loads(data)

    def metadata(self) -> dict[str, str | None]:
        named = ((attrs.get("property") or attrs.get("name"), attrs.get("content")) for _, attrs in self.tags)
        return {name: content for name, content in named if name}

    def links(self) -> set[str]:
        values = (attrs.get(name) for _, attrs in self.tags for name in ("href", "src", "srcset"))
        return {value for value in values if value}

    def find(self, tag: str, **wanted: str) -> dict[str, str | None] | None:
        """The attributes of the first such tag."""
        found = (attrs for name, attrs in self.tags if name == tag and wanted.items() <= attrs.items())
        return next(found, None)

    def sentences(self) -> str:
        """The text with single spaces."""
        return " ".join(self.text.split())
