"""The style sheets, scripts and icons of the pages, and the policies under which browsers run them."""

import hashlib
from functools import cache
from pathlib import Path
from typing import NamedTuple

STATIC = Path(__file__).resolve().parent / "static"
ASSETS_PATH = "/pages"
SERVICE_WORKER = "service-worker.js"
"""It is sent from the start of the service: a browser lets it answer for what is below its own path."""
MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".ico": "image/x-icon",
    ".png": "image/png",
}


def describe_policy(frame_ancestors: str = "'none'", style_hash: str | None = None) -> str:
    """Return the Content-Security-Policy of a page: only what this service sends, and nothing written into the page.

    `style_hash` is the SHA-256 of one style element that the page itself holds, in Base64.
    """
    styles = f"'self' 'sha256-{style_hash}'" if style_hash else "'self'"
    return (
        f"default-src 'none'; img-src 'self' blob:; style-src {styles}; script-src 'self'; connect-src 'self'; "
        f"worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors {frame_ancestors}"
    )


SERVICE_WORKER_POLICY = "default-src 'none'; connect-src 'self'; frame-ancestors 'none'"
"""The policy under which the service worker runs: it asks for what this service sends."""


class Asset(NamedTuple):
    """A file that pages load."""

    content: bytes
    media_type: str


@cache
def load_assets() -> dict[str, Asset]:
    """Return every file of `static/`, by its name."""
    return {path.name: Asset(path.read_bytes(), MEDIA_TYPES[path.suffix]) for path in sorted(STATIC.iterdir())}


@cache
def read_assets_version() -> str:
    """Return the version of all files together, 16 hexadecimal digits: another file or another content changes it."""
    digest = hashlib.sha256()
    for name, asset in load_assets().items():
        digest.update(name.encode() + b"\0" + hashlib.sha256(asset.content).digest())
    return digest.hexdigest()[:16]


def locate_asset(name: str) -> str:
    """Return the path of a file with the version in it. Scripts import each other relatively: of the same version."""
    return f"{ASSETS_PATH}/{read_assets_version()}/{name}"
