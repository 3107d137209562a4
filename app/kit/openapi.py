"""The OpenAPI document: FastAPI's own, with the one error shape and the answers that every operation can give."""

import copy
from typing import Any

from fastapi import FastAPI

from app.kit.errors import SCHEMA, BodyTooLarge, InternalError, MalformedJson, Problem, UnsupportedMediaType

DEAD = ("HTTPValidationError", "ValidationError")
ANY: tuple[type[Problem], ...] = (InternalError,)
WITH_BODY: tuple[type[Problem], ...] = (MalformedJson, BodyTooLarge, UnsupportedMediaType)
HEADERS = {
    "X-Request-ID": {"description": "Names this request in the log.", "schema": {"type": "string"}},
}


def complete(app: FastAPI, patches: dict[str, dict[str, Any]]) -> None:
    """Make `app.openapi()` answer the whole document. `patches`: schema name -> property -> schema to put there."""
    made = app.openapi

    def document() -> dict[str, Any]:
        if app.openapi_schema is None:
            plain = copy.deepcopy(made())
            app.openapi_schema = _complete(plain, patches)
        return app.openapi_schema

    app.openapi = document  # type: ignore[method-assign]


def _complete(document: dict[str, Any], patches: dict[str, dict[str, Any]]) -> dict[str, Any]:
    schemas = document["components"]["schemas"]
    for name in DEAD:
        schemas.pop(name, None)
    schemas["Problem"] = SCHEMA
    for name, properties in patches.items():
        for field, schema in properties.items():
            stood = schemas[name]["properties"][field]
            kept = {key: stood[key] for key in ("title", "description") if key in stood}
            schemas[name]["properties"][field] = {**kept, **schema}
    for path in document["paths"].values():
        for operation in path.values():
            _prefill(operation)
            _answers(operation)
    document["components"]["schemas"] = dict(sorted(schemas.items()))
    return document


def _prefill(operation: dict[str, Any]) -> None:
    """Pages that try operations out prefill what is required; an optional filter is left for the reader to choose."""
    for parameter in operation.get("parameters", ()):
        examples = parameter["schema"].get("examples", ())
        if parameter["required"] and examples:
            parameter.setdefault("example", examples[0])


def _answers(operation: dict[str, Any]) -> None:
    kinds = ANY + (WITH_BODY if "requestBody" in operation else ())
    for status, said in kinds[0].documented(*kinds[1:]).items():
        operation["responses"].setdefault(str(status), said)
    if "422" in operation["responses"] and "application/json" in operation["responses"]["422"].get("content", {}):
        del operation["responses"]["422"]
    for status, said in operation["responses"].items():
        said.setdefault("headers", {}).update(HEADERS)
        for kind in said.get("content", {}).values():
            kind.setdefault("schema", {"type": "string"})
        if status == "200":
            said["headers"]["ETag"] = {"description": "Changes with the content.", "schema": {"type": "string"}}
    operation["responses"] = dict(sorted(operation["responses"].items()))


def names_known(app: FastAPI, template: str, method: str, where: str, path: tuple[str | int, ...]) -> list[str]:
    """Names that would have been known where an unknown one stood: parameters of a path, or fields of a body."""
    document = app.openapi()
    operation = document["paths"].get(template, {}).get(method.lower(), {})
    if where == "query":
        return [one["name"] for one in operation.get("parameters", ()) if one["in"] == "query"]
    content = operation.get("requestBody", {}).get("content", {})
    schema: dict[str, Any] = content.get("application/json", {}).get("schema", {})
    for part in path:
        schema = _resolve(document, schema)
        schema = schema.get("items", {}) if isinstance(part, int) else schema.get("properties", {}).get(part, {})
    return list(_resolve(document, schema).get("properties", {}))


def _resolve(document: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    """What a `$ref`, or the one object among several choices, stands for."""
    for one in schema.get("anyOf", ()):
        if "$ref" in one or one.get("type") in ("object", "array"):
            schema = one
            break
    if "$ref" in schema:
        found: dict[str, Any] = document["components"]["schemas"][schema["$ref"].rsplit("/", 1)[-1]]
        return found
    return schema
