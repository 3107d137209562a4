"""The OpenAPI document: FastAPI's own, with the one error shape and the answers that every operation can give."""

import copy
import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from fastapi import FastAPI

from app.kit.closed_lists import list_words
from app.kit.errors import (
    BodyTooLarge,
    ErrorLocation,
    InternalError,
    MalformedJson,
    Problem,
    UnsupportedMediaType,
    UriTooLong,
)
from app.kit.nullable_schemas import drop_null_from_parameter, shorten_nullable_schemas
from app.kit.shared_responses import share_headers, share_problem_responses

REQUEST_EXAMPLES = "request"
"""Stands among the statuses of an operation for what it takes, where that is made by the service as well."""
AnswerExamples = dict[str, dict[str, dict[str, dict[str, Any]]]]
"""By the id of an operation, the status and the media type: the `example`, or the `x-linked-example`, its address."""
FASTAPI_DESCRIPTION = "Successful Response"
"""What FastAPI says of an answer that its route does not describe."""
UNUSED_SCHEMAS = ("HTTPValidationError", "ValidationError")
"""FastAPI's own error shapes, which this service never sends."""
COMMON_PROBLEMS: tuple[type[Problem], ...] = (InternalError,)
"""Errors that every operation can answer."""
REQUEST_BODY_PROBLEMS: tuple[type[Problem], ...] = (MalformedJson, BodyTooLarge, UnsupportedMediaType)
"""Errors that every operation with a body can answer."""
COMMON_HEADERS = {
    "X-Request-ID": {"description": "Names this request in the log.", "schema": {"type": "string"}},
}
"""Headers of every answer that a client may use."""
ETAG_HEADER = {"description": "Changes with the content.", "schema": {"type": "string"}}
"""A header of every read that succeeds."""
PROBLEM_SCHEMA: dict[str, Any] = {
    "title": "Problem",
    "description": "An error, as RFC 9457 has it. Every error of this service has this shape.",
    "type": "object",
    "required": ["type", "title", "status", "detail", "request_id"],
    "properties": {
        "type": {"type": "string", "description": "Names the kind of problem; stable."},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "What was wrong here, and what would be right."},
        "request_id": {"type": "string", "description": "The same as in the X-Request-ID header and the log."},
        "errors": {
            "type": "array",
            "description": "Every wrong value, where there are such.",
            "items": {"$ref": "#/components/schemas/FieldError"},
        },
    },
}
"""The OpenAPI schema of every error. It is open, as that of every answer: some errors have fields of their own."""
FIELD_ERROR_SCHEMA: dict[str, Any] = {
    "title": "FieldError",
    "description": "One wrong value of a request: where it stands, what is wrong, and what would be right.",
    "type": "object",
    "required": ["in", "detail"],
    "properties": {
        "in": {"$ref": "#/components/schemas/ErrorLocation"},
        "pointer": {"type": "string", "description": "JSON pointer into the body."},
        "name": {"type": "string", "description": "Name of the parameter."},
        "detail": {"type": "string"},
        "allowed": {
            "type": "array",
            # One scalar type: generators make no class of a union, and what is allowed is text for people.
            "items": {"type": "string"},
            "description": "The values, or the names, that would be right, as texts.",
        },
    },
}
"""The OpenAPI schema of each entry of `errors`."""
ERROR_LOCATION_SCHEMA: dict[str, Any] = {
    "type": "string",
    "description": "The part of a request that a wrong value is in, or a list is taken in.",
    "enum": list(list_words(ErrorLocation)),
}
"""The OpenAPI schema of the place of a wrong value."""
ERROR_SCHEMAS = {"Problem": PROBLEM_SCHEMA, "FieldError": FIELD_ERROR_SCHEMA, "ErrorLocation": ERROR_LOCATION_SCHEMA}
"""The schemas that no route returns as its answer: FastAPI does not know them."""


def install_openapi(
    app: FastAPI,
    examples_path: Path,
    written_path: Path | None = None,
    shared_problems: Sequence[type[Problem]] = (),
) -> None:
    """Make `app.openapi()` return the completed document, with the examples of answers of a file, if there is one.

    `shared_problems` are what every operation below `/v1/` may answer; each stands in the document once.
    `written_path` is a file that holds the document already. To generate it takes most of a second, in which nothing
    else is answered, and 10 to 19 MB: Pydantic then keeps the schema of every field of every route.
    """
    generate = app.openapi

    def read_document() -> dict[str, Any]:
        if app.openapi_schema is None:
            if written_path is not None and written_path.is_file():
                document: dict[str, Any] = json.loads(written_path.read_bytes())
                return document  # not kept: it is asked for once in a while, and takes 5 MB
            # A copy: FastAPI keeps what `generate` returns and would complete it a second time.
            generated, examples = copy.deepcopy(generate()), read_answer_examples(examples_path)
            app.openapi_schema = _complete(generated, examples, shared_problems)
        return app.openapi_schema

    app.openapi = read_document  # type: ignore[method-assign]


def read_answer_examples(path: Path) -> AnswerExamples:
    """Return the examples of answers that a file holds; none where it does not exist yet."""
    examples: AnswerExamples = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return examples


def _complete(
    document: dict[str, Any], examples: AnswerExamples, shared_problems: Sequence[type[Problem]]
) -> dict[str, Any]:
    schemas = document["components"]["schemas"]
    for name in UNUSED_SCHEMAS:
        schemas.pop(name, None)
    schemas |= ERROR_SCHEMAS
    for path in document["paths"].values():
        for method, operation in path.items():
            for parameter in operation.get("parameters", ()):
                drop_null_from_parameter(parameter["schema"])
            _complete_parameters(operation)
            _add_common_responses(operation)
            _complete_callbacks(operation)
            if method == "get":
                operation["responses"]["200"]["headers"]["ETag"] = ETAG_HEADER
            _describe_success(operation, schemas)
            _add_answer_examples(operation, examples)
    _add_shared_problems(document, shared_problems)
    share_problem_responses(document)
    share_headers(document)
    shorten_nullable_schemas(document)
    _drop_unused_schemas(document)
    document["paths"] = _place_paths_after_their_parents(document["paths"])
    document["components"]["schemas"] = dict(sorted(schemas.items()))
    document["security"] = []  # says that no operation needs a key; left out, it would say nothing
    return document


def _drop_unused_schemas(document: dict[str, Any]) -> None:
    """Take out what nothing refers to: a schema of which only the fields were taken over into another one."""
    schemas = document["components"]["schemas"]
    used = set(re.findall(r'"#/components/schemas/(\w+)"', json.dumps(document)))
    for name in schemas.keys() - used:
        del schemas[name]


def _complete_callbacks(operation: dict[str, Any]) -> None:
    """Leave FastAPI's own error out of what the service sends: receivers answer what they like."""
    for by_address in operation.get("callbacks", {}).values():
        for methods in by_address.values():
            for sent in methods.values():
                sent["responses"].pop("422", None)


def _place_paths_after_their_parents(paths: dict[str, Any]) -> dict[str, Any]:
    """Return paths in their order, but `/exercises/{slug}/license` and `/routines/{slug}.html` after what they extend.

    Readers meet the whole before its parts; the order of the routes is that in which they are matched.
    """
    places = {path: index for index, path in enumerate(paths)}

    def find_place(path: str) -> tuple[int, int]:
        parents = [place for parent, place in places.items() if path.startswith((f"{parent}/", f"{parent}."))]
        return max(places[path], *parents, -1), len(path)

    return {path: paths[path] for path in sorted(paths, key=find_place)}


def _add_shared_problems(document: dict[str, Any], problems: Sequence[type[Problem]]) -> None:
    """Refer to problems from every operation below `/v1/` that does not describe one of that status itself."""
    shared = document["components"].setdefault("responses", {}) if problems else {}
    for problem in problems:
        (response,) = problem.openapi_responses().values()
        shared[problem.__name__] = response | {"headers": COMMON_HEADERS}
        operations = (
            operation
            for path, methods in document["paths"].items()
            if path.startswith("/v1/")
            for operation in methods.values()
        )
        for operation in operations:
            operation["responses"].setdefault(
                str(problem.status), {"$ref": f"#/components/responses/{problem.__name__}"}
            )
            operation["responses"] = dict(sorted(operation["responses"].items()))


def _complete_parameters(operation: dict[str, Any]) -> None:
    """Move what a schema says of its parameter to the parameter, and give the required ones an example.

    Pages prefill parameters with their example. Other optional ones stay empty, so that the first answer is not an
    empty list.
    """
    for parameter in operation.get("parameters", ()):
        schema = parameter["schema"]
        # Of a parameter, not of its schema, where OpenAPI 3.1 has `examples` only, and no word for an empty value.
        parameter |= {name: schema.pop(name) for name in ("example", "allowEmptyValue") if name in schema}
        if "example" in parameter:
            continue
        if parameter["required"] and schema.get("examples"):
            parameter["example"] = schema["examples"][0]


def _add_answer_examples(operation: dict[str, Any], examples: AnswerExamples) -> None:
    for status, by_media_type in examples.get(operation["operationId"], {}).items():
        owner = operation["requestBody"] if status == REQUEST_EXAMPLES else operation["responses"].get(status, {})
        content = owner.get("content", {})
        for media_type, example in by_media_type.items():
            content.get(media_type, {}).update(example)


def _add_common_responses(operation: dict[str, Any]) -> None:
    responses = operation["responses"]
    takes_query = any(parameter["in"] == "query" for parameter in operation.get("parameters", ()))
    problems = (
        *COMMON_PROBLEMS,
        *(REQUEST_BODY_PROBLEMS if "requestBody" in operation else ()),
        *((UriTooLong,) if takes_query else ()),
    )
    for status, response in problems[0].openapi_responses(*problems[1:]).items():
        responses.setdefault(str(status), response)
    if "application/json" in responses.get("422", {}).get("content", {}):
        del responses["422"]  # FastAPI's own; a route whose input can be invalid declares InvalidRequest
    for response in responses.values():
        response.setdefault("headers", {}).update(COMMON_HEADERS)
        for media_type in response.get("content", {}).values():
            media_type.setdefault("schema", {"type": "string"})
    operation["responses"] = dict(sorted(responses.items()))


def _describe_success(operation: dict[str, Any], schemas: dict[str, Any]) -> None:
    """Say of a successful answer what it is, in the words of its schema, where no route says it."""
    for response in operation["responses"].values():
        schema = response.get("content", {}).get("application/json", {}).get("schema", {})
        if response["description"] == FASTAPI_DESCRIPTION and "$ref" in schema:
            description = schemas[schema["$ref"].rsplit("/", 1)[-1]].get("description", FASTAPI_DESCRIPTION)
            response["description"] = description.partition("\n\n")[0]
