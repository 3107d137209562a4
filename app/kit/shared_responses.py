"""Says each problem and each header once in the OpenAPI document: nearly all operations have the same ones."""

import re
from typing import Any

from app.kit.errors import PROBLEM_MEDIA_TYPE


def share_problem_responses(document: dict[str, Any]) -> None:
    """Put the response of each problem into the components of the document, and refer to it."""
    shared: dict[str, Any] = document["components"].setdefault("responses", {})
    for methods in document["paths"].values():
        for operation in methods.values():
            for status, response in operation["responses"].items():
                if PROBLEM_MEDIA_TYPE in response.get("content", {}):
                    operation["responses"][status] = _refer_to(response, status, shared)
    document["components"]["responses"] = dict(sorted(shared.items()))


def _refer_to(response: dict[str, Any], status: str, shared: dict[str, Any]) -> dict[str, str]:
    """Return a reference to a response among `shared`, which gets it where it is new."""
    words = "".join(word.capitalize() for word in re.findall(r"[A-Za-z]+", response["description"]))
    names = (f"{words}{status}{suffix}" for suffix in ("", *"BCDEFGHIJKLMNOPQRSTUVWXYZ"))
    name = next((name for name, known in shared.items() if known == response), None)
    name = name or next(name for name in names if name not in shared)
    shared[name] = response
    return {"$ref": f"#/components/responses/{name}"}


def share_headers(document: dict[str, Any]) -> None:
    """Put each header that responses describe into the components of the document, and refer to it."""
    shared: dict[str, Any] = document["components"].setdefault("headers", {})
    operations = [operation for methods in document["paths"].values() for operation in methods.values()]
    responses = [response for operation in operations for response in operation["responses"].values()]
    for response in (*responses, *document["components"]["responses"].values()):
        if "headers" in response:
            response["headers"] = {
                name: _refer_to_header(name, header, shared) for name, header in response["headers"].items()
            }


def _refer_to_header(name: str, header: dict[str, Any], shared: dict[str, Any]) -> dict[str, Any]:
    """Return a reference to a header among `shared`; the header itself where another one has its name."""
    return {"$ref": f"#/components/headers/{name}"} if shared.setdefault(name, header) == header else header
