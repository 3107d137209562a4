"""The OpenAPI document as the tests read it: its operations, its examples, and a checker of answers."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import quote

import httpx
from jsonschema_rs import Draft202012Validator, Registry

from app.partners.example_key import EXAMPLE_KEY

PARAMETER_PATTERN = re.compile(r"\{\w+\}")
"""A parameter in a path, which may be a part of a segment: `{slug}.html`."""
PROBLEM_MEDIA_TYPE = "application/problem+json"
PROBLEM_PATH = ("components", "schemas", "Problem")
JSON_TYPES = ("application/json", PROBLEM_MEDIA_TYPE)
TIME_WITH_FRACTION = re.compile(r"T\d\d:\d\d:\d\d(\.|[^\"]*[+-]\d\d:)")
"""A time that has a fraction of a second, or an offset in place of the Z."""


class Operation(NamedTuple):
    """One operation of the document; `spec` is what the document says of it."""

    method: str
    path: str
    spec: dict[str, Any]

    @property
    def id(self) -> str:
        return str(self.spec["operationId"])

    @property
    def request_body(self) -> dict[str, Any]:
        media_type: dict[str, Any] = self.spec.get("requestBody", {}).get("content", {}).get("application/json", {})
        return media_type

    @property
    def headers(self) -> dict[str, str]:
        """The key that the operation needs, where it needs one, and the header parameters with an example."""
        parameters = (each for each in self.spec.get("parameters", ()) if each["in"] == "header")
        headers = {each["name"]: each["example"] for each in parameters if "example" in each}
        return headers | ({"Authorization": f"Bearer {EXAMPLE_KEY}"} if "security" in self.spec else {})

    def example_bodies(self, document: dict[str, Any]) -> dict[str, Any]:
        """The example bodies by name: of the operation, else of what it takes."""
        if "examples" in self.request_body:
            return {name: example["value"] for name, example in self.request_body["examples"].items()}
        if "example" in self.request_body:
            return {"example": self.request_body["example"]}
        name = self.request_body.get("schema", {}).get("$ref", "").rsplit("/", 1)[-1]
        schema = document["components"]["schemas"].get(name, {})
        return {f"example-{index}": example for index, example in enumerate(schema.get("examples", ()))}

    def example_address(self) -> str:
        """The path with the example of each path parameter, and of each query parameter that is required.

        Where the operation writes, also of those that are not: `dry_run`.
        """
        path, query = self.path, []
        for parameter in self.spec.get("parameters", ()):
            is_needed = self.method not in ("GET", "POST") and parameter["in"] == "query" and "example" in parameter
            if parameter["required"] or is_needed or parameter["name"] == "dry_run":
                value = str(parameter["example"] if "example" in parameter else parameter["schema"]["examples"][0])
                if parameter["in"] == "path":
                    path = path.replace("{" + parameter["name"] + "}", value)
                else:
                    values = parameter["example"] if isinstance(parameter["example"], list) else [value]
                    query += [f"{parameter['name']}={item}" for item in values]
        return path + ("?" + "&".join(query) if query else "")


def list_operations(document: dict[str, Any]) -> list[Operation]:
    """Return every operation of the document, with the answers that it shares with others."""
    shared = document["components"].get("responses", {})

    def resolve(responses: dict[str, Any]) -> dict[str, Any]:
        names = {status: response.get("$ref", "").rsplit("/", 1)[-1] for status, response in responses.items()}
        return {status: shared.get(names[status], response) for status, response in responses.items()}

    return [
        Operation(method.upper(), path, spec | {"responses": resolve(spec["responses"])})
        for path, methods in document["paths"].items()
        for method, spec in methods.items()
    ]


def operation_at(document: dict[str, Any], address: str, method: str) -> Operation:
    """Return the operation that answers at `address`; a fixed part of a path takes precedence over a parameter."""
    parts = address.partition("?")[0].split("/")
    matching = [
        operation
        for operation in list_operations(document)
        if operation.method == method and _matches(operation.path.split("/"), parts)
    ]
    assert matching, f"{method} {address} stands in no documented operation"
    return max(matching, key=lambda operation: len(PARAMETER_PATTERN.sub("", operation.path)))


def _matches(template_parts: list[str], parts: list[str]) -> bool:
    return len(template_parts) == len(parts) and all(
        re.fullmatch(".*".join(map(re.escape, PARAMETER_PATTERN.split(template))), part)
        for template, part in zip(template_parts, parts, strict=True)
    )


class ContractChecker:
    """Checks answers against the document."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.document = document
        self.registry = Registry([("urn:document", document)])
        self.validators: dict[str, Draft202012Validator] = {}

    def _validator(self, *path: str) -> Draft202012Validator:
        pointer = "/".join(part.replace("~", "~0").replace("/", "~1") for part in path)
        if pointer not in self.validators:
            schema = {"$ref": f"urn:document#/{quote(pointer, safe='/~')}"}
            self.validators[pointer] = Draft202012Validator(schema, registry=self.registry)
        return self.validators[pointer]

    def find_violations(self, operation: Operation, answer: httpx.Response) -> Iterator[str]:
        """Yield each difference between an answer and the document."""
        request = f"{operation.method} {answer.request.url.raw_path.decode()[:100]} {answer.status_code}"
        response_spec = operation.spec["responses"].get(str(answer.status_code))
        if response_spec is None:
            yield f"{request}: this status is not documented"
            return
        if answer.is_success and ("ETag" in response_spec["headers"]) != ("etag" in answer.headers):
            yield f"{request}: ETag is sent or documented, and not both"
        if not answer.content or answer.status_code == 308:
            return
        media_type = answer.headers.get("content-type", "").partition(";")[0]
        if media_type not in response_spec.get("content", {}):
            yield f"{request}: {media_type} is not documented"
            return
        if media_type in JSON_TYPES and TIME_WITH_FRACTION.search(answer.text):
            yield f"{request}: a time is not in whole seconds"
        if media_type in JSON_TYPES and "schema" in response_spec["content"][media_type]:
            path = ("paths", operation.path, operation.method.lower(), "responses", str(answer.status_code))
            is_problem = media_type == PROBLEM_MEDIA_TYPE  # which may stand elsewhere, for many operations
            validator = self._validator(*(PROBLEM_PATH if is_problem else (*path, "content", media_type, "schema")))
            for error in validator.iter_errors(answer.json()):
                yield f"{request}: /{'/'.join(map(str, error.instance_path))}: {error.message[:200]}"
