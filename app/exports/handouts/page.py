"""A hand-out as an HTML page to print: one file with all pictures, without scripts, that loads nothing."""

import base64
import hashlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from app.exports.handouts.content import Handout
from app.exports.handouts.paper import CSS_SIZES, Paper

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES = Path(__file__).resolve().parent / "templates"
PAPER_SIZE = "/* size */"
"""Stands in the style sheet where the size of the paper comes."""
UNESCAPED = " =/:;,-_.()'+*!~@&?"
"""Characters that stay as they are in the address of an SVG document; no quotation mark of HTML is among them."""


class HandoutPage(NamedTuple):
    """A page, and the policy under which browsers show it."""

    content: bytes
    policy: str


@cache
def _environment() -> "Environment":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # few ask for pages, all would wait for it

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["data_address"] = write_data_address
    return environment


@cache
def _load_style(paper: Paper) -> str:
    return (TEMPLATES / "handout.css").read_text().replace(PAPER_SIZE, f"size: {CSS_SIZES[paper]};")


def write_data_address(svg: str) -> str:
    """Return an SVG document as an address (RFC 2397). As text, not Base64: compressed it is half as long."""
    return f"data:image/svg+xml,{quote(svg, safe=UNESCAPED)}"


def render_handout_page(handout: Handout, paper: Paper) -> HandoutPage:
    """Return a hand-out as a page whose print-out has the size of the paper."""
    style = _load_style(paper)
    page = _environment().get_template("handout.html").render(handout=handout, style=style)
    return HandoutPage(page.encode(), _describe_policy(style))


def _describe_policy(style: str) -> str:
    """Return the Content-Security-Policy: the pictures and the style that the page itself holds, and nothing else."""
    style_hash = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return (
        f"default-src 'none'; img-src data:; style-src 'sha256-{style_hash}'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    )
