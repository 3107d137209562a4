"""Answers that are pages, with the policy under which browsers show them."""

from starlette.responses import Response

from app.kit import caching
from app.kit.links import PublicAddress
from app.pages.assets import describe_policy


def page_response(
    page: str, address: PublicAddress, catalogue_serial: int, policy: str = describe_policy(), status: int = 200
) -> Response:
    """Return a page that is made from the catalogue."""
    headers = {
        # What search engines and other sites read has absolute links.
        "Cache-Control": caching.CATALOGUE if address.is_configured else caching.HOST_DEPENDENT_LINKS,
        "Content-Security-Policy": policy,
        "X-Catalogue-Serial": str(catalogue_serial),
    }
    return Response(page, status, headers, "text/html")


def home_page_response(page: str, address: PublicAddress) -> Response:
    """Return the start page, which stands under one address with the index of the service."""
    headers = {
        "Cache-Control": caching.PAGES_AND_DOCUMENTS if address.is_configured else caching.HOST_DEPENDENT_LINKS,
        "Content-Security-Policy": describe_policy(),
        "Vary": "Accept",
    }
    return Response(page, headers=headers, media_type="text/html")


def private_page_response(page: str, cache_control: str, status: int = 200) -> Response:
    """Return a page that no search engine is to keep: somebody's session, or an error."""
    headers = {
        "Cache-Control": cache_control,
        "Content-Security-Policy": describe_policy(),
        "X-Robots-Tag": "noindex",
    }
    return Response(page, status, headers, "text/html")
