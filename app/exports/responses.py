"""Headers of exported files."""

from typing import Annotated

from fastapi import Header

from app.kit import caching
from app.kit.links import PublicAddress

Accept = Annotated[str, Header(include_in_schema=False)]
"""The header that chooses a format where the query names none."""


def cache_control_of_links(cache_control: str, address: PublicAddress) -> str:
    """Return how long an answer with absolute links may be kept.

    A shared cache must not keep links made from one client's Host header.
    """
    return cache_control if address.is_configured else caching.HOST_DEPENDENT_LINKS


def describe_headers(file_name: str, serial: int, cache_control: str) -> dict[str, str]:
    """Return the headers of a file: its name, how long it may be kept, and the serial of what it was made from."""
    return {
        "Cache-Control": cache_control,
        "X-Catalogue-Serial": str(serial),
        "Content-Disposition": f'inline; filename="{file_name}"',
    }
