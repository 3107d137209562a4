"""How a record is used elsewhere: the words that name its source, and the card that other pages show."""

from html import escape
from typing import NamedTuple

from app.kit.links import PublicAddress
from app.pages.texts import page_texts
from app.rules.notices import CONTENT_LICENSE
from app.schemas.exercise import Exercise
from app.schemas.routine import Routine

SHORT_LICENSE_NAME = "CC BY 4.0"
EMBED_WIDTH, EMBED_HEIGHTS = 480, {"exercises": 640, "routines": 640}
"""Pixels of a card. Its real height depends on its text: it tells the page around it."""


class Sharing(NamedTuple):
    """Ready texts to copy."""

    page_url: str
    embed_path: str
    attribution_text: str
    attribution_html: str
    embed_html: str


def describe_sharing(record: Exercise | Routine, plural: str, address: PublicAddress) -> Sharing:
    """Return the ready texts for a record; `plural` is its kind as paths name it."""
    texts = page_texts().sharing
    page_url = address.absolute_link(f"/{plural}/{record.slug}")
    embed_path = f"/embed/{plural}/{record.slug}"
    values = {"title": record.name, "author": CONTENT_LICENSE.attribution, "license": SHORT_LICENSE_NAME}
    escaped = {name: escape(value) for name, value in values.items()}
    return Sharing(
        page_url=page_url,
        embed_path=embed_path,
        attribution_text=texts.attribution_text.fill(**values, url=page_url),
        attribution_html=texts.attribution_html.fill(
            **escaped, license_url=escape(CONTENT_LICENSE.url), url=escape(page_url)
        ),
        embed_html=write_frame(
            address.absolute_link(embed_path), record.name, width=EMBED_WIDTH, height=EMBED_HEIGHTS[plural]
        ),
    )


def write_frame(url: str, title: str, *, width: int, height: int) -> str:
    """Return the HTML of a card for a page of others. It has no style: strict policies refuse that."""
    return (
        f'<iframe src="{escape(url)}" title="{escape(title)}" width="{width}" height="{height}" '
        f'frameborder="0" loading="lazy" allow="screen-wake-lock"></iframe>'
    )
