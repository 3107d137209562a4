"""Renders pages from templates. What stands in a template is escaped; links are relative, so right under any prefix."""

import json
from collections.abc import Mapping
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from app.kit.links import ROOT, PublicAddress, relative_link
from app.pages.assets import locate_asset
from app.pages.texts import page_texts
from app.rules.notices import CONTENT_LICENSE
from app.schemas.exercise import Figure
from app.texts.loader import LANGUAGE

if TYPE_CHECKING:
    from jinja2 import Environment

PACKAGE = Path(__file__).resolve().parent
PREVIEW_WIDTH = 1024
"""Pixels of the picture that other sites show beside a link."""


class PageHead(NamedTuple):
    """What stands in the head of a page: for search engines, and for sites that show a preview of a link."""

    path: str
    """The path at which the page is read; links are relative to it."""
    address: PublicAddress
    title: str
    description: str
    canonical_path: str | None = None
    """The one path under which the page is to be known; None where no search engine is to keep it."""
    data_path: str | None = None
    """The same as JSON."""
    figure: Figure | None = None
    embed_path: str | None = None
    """The card of the record, for pages of others."""
    structured_data: Mapping[str, Any] | None = None
    """The page as JSON-LD."""
    scripts: tuple[str, ...] = ()
    """Names of the scripts of the page, in `static/`."""

    @property
    def canonical_url(self) -> str | None:
        """The address under which the page is to be known."""
        return self.address.absolute_link(self.canonical_path) if self.canonical_path else None

    @property
    def image_url(self) -> str | None:
        """The picture that other sites show beside a link to the page."""
        return self.address.absolute_link(f"{self.figure.png}?width={PREVIEW_WIDTH}") if self.figure else None


@cache
def _environment() -> "Environment":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # few services show pages, all would wait for it

    environment = Environment(
        loader=FileSystemLoader(PACKAGE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["json_block"] = encode_json_block
    return environment


def encode_json_block(value: Any) -> Any:
    """Return a value as JSON that can stand inside of a `script` element: no `<` can end the element early."""
    from markupsafe import Markup  # a part of Jinja

    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)


def render_page(template_name: str, head: PageHead, **values: Any) -> str:
    """Return a page as HTML.

    In the template `link(path)` is the link to another path of the service, `asset(name)` to a file of `static/`.
    """
    # The start of the service may be read without the slash at its end, against which relative links are wrong.
    is_start_with_prefix = head.path == ROOT and head.address.link_base
    link = head.address.link if is_start_with_prefix else partial(relative_link, page=head.path)
    return (
        _environment()
        .get_template(template_name)
        .render(
            **values,
            head=head,
            canonical_url=head.canonical_url,
            image_url=head.image_url,
            link=link,
            asset=lambda name: link(locate_asset(name)),
            texts=page_texts(),
            language=LANGUAGE,
            license=CONTENT_LICENSE,
        )
    )
