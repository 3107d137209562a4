"""What search engines read: the list of pages, and where it is."""

from collections.abc import Iterable
from datetime import datetime
from xml.sax.saxutils import escape

from app.kit.links import PublicAddress
from app.kit.timestamps import format_timestamp
from app.schemas.exercise import Exercise
from app.schemas.routine import Routine

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
FIXED_PATHS = ("/", "/gallery", "/routines")


def write_sitemap(exercises: Iterable[Exercise], routines: Iterable[Routine], address: PublicAddress) -> str:
    """Return the list of every page of the catalogue, as XML after sitemaps.org."""
    entries = [_write_entry(address.absolute_link(path)) for path in FIXED_PATHS]
    for plural, records in (("exercises", exercises), ("routines", routines)):
        entries += [_write_entry(address.absolute_link(f"/{plural}/{each.slug}"), each.updated_at) for each in records]
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="{NAMESPACE}">\n' + "".join(entries) + "</urlset>\n"


def _write_entry(url: str, changed_at: datetime | None = None) -> str:
    changed = f"<lastmod>{format_timestamp(changed_at)}</lastmod>" if changed_at else ""
    return f"<url><loc>{escape(url)}</loc>{changed}</url>\n"


def write_robots(address: PublicAddress) -> str:
    """Return `robots.txt`. What is not to be kept says so itself: a robot that may not read it cannot know."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {address.absolute_link('/sitemap.xml')}\n"
