"""The documentation page: Swagger UI, served whole from this host."""

from functools import cache
from html import escape
from importlib.resources import files
from pathlib import Path
from string import Template

from fastapi import APIRouter
from starlette.responses import Response

from app.kit import caching
from app.kit.errors import NotFound
from app.kit.service_routes import CurrentIndex

router = APIRouter()
STATIC = Path(__file__).resolve().parent / "static"
DOCS_PAGE_CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""Content-Security-Policy of the page. Swagger UI draws icons from `data:` URLs, and answered pictures from `blob:`."""
SWAGGER_UI_ASSETS = {
    "swagger-ui.css": "text/css; charset=utf-8",
    "swagger-ui-bundle.js": "text/javascript; charset=utf-8",
    "favicon-32x32.png": "image/png",
}
"""Files of Swagger UI's Python package that the page loads, with their media types."""
OWN_ASSETS = {"docs.css": "text/css; charset=utf-8", "docs.js": "text/javascript; charset=utf-8"}
"""Files of `static/` that the page loads, with their media types."""


@router.get("/docs", include_in_schema=False)
def get_docs(index: CurrentIndex) -> Response:
    """The page that explains every operation and lets the reader try it."""
    page = Template((STATIC / "docs.html").read_text(encoding="utf-8")).substitute(title=escape(index.name))
    headers = {"Content-Security-Policy": DOCS_PAGE_CSP, "Cache-Control": caching.PAGES_AND_DOCUMENTS}
    return Response(page, headers=headers, media_type="text/html")


@router.get("/docs/{name}", include_in_schema=False)
def get_docs_asset(name: str) -> Response:
    """A script, style sheet or icon of the page. Raises `NotFound` for any other name."""
    media_type = SWAGGER_UI_ASSETS.get(name) or OWN_ASSETS.get(name)
    if media_type is None:
        raise NotFound(f"There is nothing at /docs/{name[:60]}.")
    return Response(_read_asset(name), headers={"Cache-Control": caching.PAGE_ASSETS}, media_type=media_type)


@cache
def _read_asset(name: str) -> bytes:
    if name in OWN_ASSETS:
        return (STATIC / name).read_bytes()
    return files("fastapi_swagger").joinpath("resources", name).read_bytes()
