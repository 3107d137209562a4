"""oEmbed (oembed.com): what a content system asks for when somebody pastes the address of a page."""

import re
from typing import NamedTuple
from urllib.parse import urlsplit

from app.kit.links import PublicAddress
from app.kit.models import FrozenModel
from app.pages.sharing import EMBED_HEIGHTS, EMBED_WIDTH, write_frame
from app.pages.texts import page_texts
from app.rules.notices import CONTENT_LICENSE
from app.schemas.exercise import Exercise, Figure
from app.schemas.routine import Routine

RECORD_PATH = re.compile(r"/(?:embed/)?(exercises|routines)/([a-z0-9-]{1,80})/?")
THUMBNAIL_WIDTH = 480
CACHE_AGE_S = 86_400


class NamedRecord(NamedTuple):
    """A record as an address names it: its kind as paths have it, and its slug."""

    plural: str
    slug: str


class OembedAnswer(FrozenModel):
    """An answer of type `rich`, after the specification 1.0."""

    version: str
    type: str
    title: str
    author_name: str
    provider_name: str
    provider_url: str
    cache_age: int
    html: str
    width: int
    height: int
    thumbnail_url: str | None
    thumbnail_width: int | None
    thumbnail_height: int | None


def read_address(url: str, address: PublicAddress) -> NamedRecord | None:
    """Return the record whose page or card is at an address of this service; None for any other address."""
    start = urlsplit(address.absolute_link(""))
    parts = urlsplit(url)
    if parts.netloc.lower() != start.netloc.lower() or parts.scheme not in ("http", "https"):
        return None
    if not parts.path.startswith(f"{start.path}/"):
        return None
    found = RECORD_PATH.fullmatch(parts.path.removeprefix(start.path))
    return NamedRecord(found[1], found[2]) if found else None


def describe_embed(
    record: Exercise | Routine, plural: str, figure: Figure | None, max_size: tuple[int, int], address: PublicAddress
) -> OembedAnswer:
    """Return the answer for a record; the frame is at most as wide and as high as `max_size`, in pixels."""
    width, height = min(EMBED_WIDTH, max_size[0]), min(EMBED_HEIGHTS[plural], max_size[1])
    thumbnail_url = address.absolute_link(f"{figure.png}?width={THUMBNAIL_WIDTH}") if figure else None
    return OembedAnswer(
        version="1.0",
        type="rich",
        title=record.name,
        author_name=CONTENT_LICENSE.attribution,
        provider_name=page_texts().site_name,
        provider_url=address.absolute_link("/"),
        cache_age=CACHE_AGE_S,
        html=write_frame(
            address.absolute_link(f"/embed/{plural}/{record.slug}"), record.name, width=width, height=height
        ),
        width=width,
        height=height,
        thumbnail_url=thumbnail_url,
        thumbnail_width=THUMBNAIL_WIDTH if figure else None,
        thumbnail_height=THUMBNAIL_WIDTH * 3 // 4 if figure else None,
    )
