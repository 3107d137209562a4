"""Renders pages from templates. What stands in a template is escaped; links are relative, so right under any prefix."""

from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.kit.links import relative_link
from app.pages.texts import page_texts
from app.rules.notices import CONTENT_LICENSE
from app.texts.loader import LANGUAGE

if TYPE_CHECKING:
    from jinja2 import Environment

PACKAGE = Path(__file__).resolve().parent
STYLESHEET_PATH = "/pages/style.css"
PAGE_CSP = (
    "default-src 'none'; img-src 'self'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""Content-Security-Policy of every page: own images and the own style sheet only."""


@cache
def read_stylesheet() -> bytes:
    """Return the style sheet of every page."""
    return (PACKAGE / "static" / "style.css").read_bytes()


@cache
def _environment() -> "Environment":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # few services show pages, all would wait for it

    return Environment(
        loader=FileSystemLoader(PACKAGE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def render_page(template_name: str, path: str, **values: Any) -> str:
    """Return the page at `path` as HTML. In the template `link(path)` is the link to another path of the service."""
    return (
        _environment()
        .get_template(template_name)
        .render(
            **values,
            link=partial(relative_link, page=path),
            texts=page_texts(),
            language=LANGUAGE,
            license=CONTENT_LICENSE,
            stylesheet_path=STYLESHEET_PATH,
        )
    )
