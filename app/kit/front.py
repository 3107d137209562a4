"""The doors of the service: what it is, whether it lives, whether it is ready, and the documentation page."""

from collections.abc import Callable
from functools import cache
from html import escape
from importlib.resources import files
from typing import Annotated, Any

from fastapi import APIRouter, FastAPI, Header
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import JSONResponse, Response

from app.kit.errors import NotFound, NotReady
from app.kit.parameters import Nothing

PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
ASSETS = {
    "swagger-ui.css": "text/css; charset=utf-8",
    "swagger-ui-bundle.js": "text/javascript; charset=utf-8",
    "favicon-32x32.png": "image/png",
}
INIT = """const dark = window.matchMedia("(prefers-color-scheme: dark)");
const follow = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
dark.addEventListener("change", follow);
follow();
window.ui = SwaggerUIBundle({
  url: "openapi.json",
  dom_id: "#swagger-ui",
  deepLinking: true,
  tryItOutEnabled: true,
  displayRequestDuration: true,
  defaultModelsExpandDepth: -1,
  defaultModelRendering: "model",
  docExpansion: "list",
  validatorUrl: null,
  presets: [SwaggerUIBundle.presets.apis],
});
"""
STYLE = """body { margin: 0; }
@media (prefers-color-scheme: dark) { html { background: #1c2022; color: #e4e6e6; } }
noscript { display: block; margin: 2rem; font-family: sans-serif; }
.dark-mode .swagger-ui .headers td, .dark-mode .swagger-ui .examples-select__section-label { color: #b7bcbf; }
.swagger-ui .info { margin: 2rem 0 1rem; }
.swagger-ui .wrapper { max-width: 72rem; }
.swagger-ui .try-out, .swagger-ui .response-col_links { display: none; }
.swagger-ui .parameters-col_description input, .swagger-ui .parameters-col_description select { max-width: 100%; }
@media (max-width: 40rem) {
  .swagger-ui .wrapper { padding: 0 0.6rem; }
  .swagger-ui .opblock-tag { flex-wrap: wrap; }
  .swagger-ui .opblock-tag small { order: 1; flex: 0 0 100%; padding: 0; }
  .swagger-ui .opblock-section .table-container { padding: 0.6rem; }
  .swagger-ui .parameters-container table tr { display: block; }
  .swagger-ui .parameters-container table thead { display: none; }
  .swagger-ui .parameters-container table td { display: block; max-width: none; padding: 0.3rem 0; }
}
"""


class Alive(BaseModel):
    """The process runs."""

    model_config = ConfigDict(frozen=True)
    status: str = Field(examples=["alive"])


class Ready(BaseModel):
    """The catalogue is loaded and the database answers."""

    model_config = ConfigDict(frozen=True)
    status: str = Field(examples=["ready"])
    serial: int = Field(description="The catalogue serial that is served.")


class Index(BaseModel):
    """What this is and where everything is."""

    model_config = ConfigDict(frozen=True)
    name: str
    version: str
    description: str
    documentation: str
    openapi: str
    license: str
    content_license: str
    links: dict[str, str]


def routes(app: FastAPI, index: Index, ready: Callable[[], int | None]) -> APIRouter:
    """`ready` gives the serial that is served, or None while it cannot be trusted."""
    router = APIRouter()

    @router.get("/", tags=["Service"], response_model=Index, summary="What this is, and where everything is")
    def get_index(asked: Nothing, accept: Annotated[str, Header(include_in_schema=False)] = "") -> Response:
        """A map of the service. A browser is sent to the documentation page."""
        if accept.partition(",")[0].strip().startswith("text/html"):
            return Response(status_code=307, headers={"Location": "docs", "Vary": "Accept"})
        headers = {"Vary": "Accept", "Cache-Control": "public, max-age=3600"}
        return JSONResponse(index.model_dump(), headers=headers)

    @router.get("/healthz", tags=["Service"], summary="Whether the process lives")
    async def get_health(asked: Nothing, response: Response) -> Alive:
        """200 as long as the process can answer at all."""
        response.headers["Cache-Control"] = "no-store"
        return Alive(status="alive")

    @router.get(
        "/readyz", tags=["Service"], responses=NotReady.documented(), summary="Whether it can be trusted with work"
    )
    async def get_readiness(asked: Nothing, response: Response) -> Ready:
        """200 when the catalogue is loaded and the database answers, else 503."""
        serial = ready()
        if serial is None:
            raise NotReady("The database does not answer; what was loaded is served on.", headers={"Retry-After": "5"})
        response.headers["Cache-Control"] = "no-store"
        return Ready(status="ready", serial=serial)

    @router.get("/openapi.json", include_in_schema=False)
    def get_openapi(asked: Nothing) -> Response:
        return JSONResponse(app.openapi(), headers={"Cache-Control": "public, max-age=300"})

    @router.get("/docs", include_in_schema=False)
    def get_docs() -> Response:
        headers = {"Content-Security-Policy": PAGE_POLICY, "Cache-Control": "public, max-age=300"}
        return Response(_page(index.name), headers=headers, media_type="text/html")

    @router.get("/docs/{name}", include_in_schema=False)
    def get_docs_asset(name: str) -> Response:
        headers = {"Cache-Control": "public, max-age=86400"}
        if name == "init.js":
            return Response(INIT, headers=headers, media_type="text/javascript")
        if name == "page.css":
            return Response(STYLE, headers=headers, media_type="text/css")
        if name not in ASSETS:
            raise NotFound(f"There is nothing at /docs/{name[:60]}.")
        return Response(_asset(name), headers=headers, media_type=ASSETS[name])

    return router


@cache
def _asset(name: str) -> bytes:
    """Swagger UI's own files, as its Python package carries them."""
    return files("fastapi_swagger").joinpath("resources", name).read_bytes()


def _page(title: str) -> str:
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{escape(title)}</title>
<link rel="icon" type="image/png" href="docs/favicon-32x32.png">
<link rel="stylesheet" href="docs/swagger-ui.css">
<link rel="stylesheet" href="docs/page.css">
</head>
<body>
<div id="swagger-ui"></div>
<noscript>This page needs JavaScript. What it shows is in <a href="openapi.json">openapi.json</a>.</noscript>
<script src="docs/swagger-ui-bundle.js"></script>
<script src="docs/init.js"></script>
</body>
</html>
"""


def index_of(app: FastAPI, links: dict[str, str], licenses: tuple[str, str]) -> Index:
    said: dict[str, Any] = {"name": app.title, "version": app.version, "description": app.summary or ""}
    return Index(
        **said,
        documentation="/docs",
        openapi="/openapi.json",
        license=licenses[0],
        content_license=licenses[1],
        links=links,
    )
