"""Errors as pages: who follows an old link in a browser reads a sentence and finds a way on, not JSON."""

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from app.kit import caching
from app.kit.error_handlers import handle_http_error, handle_problem, handle_validation_error
from app.kit.errors import NotAcceptable, Problem
from app.kit.linked_response import find_public_address
from app.kit.links import ROOT
from app.kit.negotiation import JSON_MEDIA_TYPE, choose_media_type
from app.pages.rendering import PageHead, render_page
from app.pages.responses import private_page_response
from app.pages.texts import ErrorTexts, page_texts

API_START = "/v1/"
PAGE_MEDIA_TYPE = "text/html"
ErrorHandler = Callable[[Request, Exception], Coroutine[Any, Any, Response]]


def with_page_for_browsers(handler: ErrorHandler) -> ErrorHandler:
    """Return an exception handler that answers as `handler` does, and with a page where a browser asks for a page."""

    async def handle(request: Request, error: Exception) -> Response:
        response = await handler(request, error)
        return _as_page(request, response) if _wants_page(request) else response

    return handle


def _wants_page(request: Request) -> bool:
    """Whether a browser opens an address outside of the API, where an error is always JSON."""
    if request.url.path.startswith(API_START) or request.method not in ("GET", "HEAD"):
        return False
    try:
        accept = request.headers.get("accept", "")
        return choose_media_type(accept, (JSON_MEDIA_TYPE, PAGE_MEDIA_TYPE)) == PAGE_MEDIA_TYPE
    except NotAcceptable:
        return False


def _as_page(request: Request, response: Response) -> Response:
    texts = _choose_texts(response.status_code)
    path = request.scope["path"] if request.scope["path"].startswith(ROOT) else ROOT
    address = find_public_address(request)
    head = PageHead(path=path, address=address, title=texts.title, description=texts.text)
    page = render_page("error.html", head, error=texts, status=response.status_code)
    answer = private_page_response(page, caching.NO_STORE, response.status_code)
    answer.headers["Vary"] = "Accept"
    for name in ("Allow", "Retry-After"):
        if name in response.headers:
            answer.headers[name] = response.headers[name]
    return answer


def _choose_texts(status: int) -> ErrorTexts:
    texts = page_texts()
    known = {404: texts.not_found, 405: texts.not_found, 410: texts.gone}
    return known.get(status, texts.failed if status >= 500 else texts.not_understood)


EXCEPTION_HANDLERS: dict[int | type[Exception], ErrorHandler] = {
    Problem: with_page_for_browsers(handle_problem),
    HTTPException: with_page_for_browsers(handle_http_error),
    RequestValidationError: with_page_for_browsers(handle_validation_error),
}
"""How the application answers what a route raises."""
