"""The OpenAPI document as the tests read it: its operations, its examples, and whether an answer keeps its word."""

from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import quote

import httpx
from jsonschema_rs import Draft202012Validator, Registry

JSON_TYPES = ("application/json", "application/problem+json")


class Operation(NamedTuple):
    method: str
    path: str
    spec: dict[str, Any]

    @property
    def id(self) -> str:
        return str(self.spec["operationId"])

    @property
    def request_body(self) -> dict[str, Any]:
        found: dict[str, Any] = self.spec.get("requestBody", {}).get("content", {}).get("application/json", {})
        return found

    def example_bodies(self, document: dict[str, Any]) -> dict[str, Any]:
        """The example bodies by name: of the operation, else of what it takes."""
        if "examples" in self.request_body:
            return {name: one["value"] for name, one in self.request_body["examples"].items()}
        if "example" in self.request_body:
            return {"example": self.request_body["example"]}
        name = self.request_body.get("schema", {}).get("$ref", "").rsplit("/", 1)[-1]
        schema = document["components"]["schemas"].get(name, {})
        return {f"example-{place}": one for place, one in enumerate(schema.get("examples", ()))}

    def example_address(self) -> str:
        """The path with the example of each path parameter, and of each query parameter that is required."""
        path, query = self.path, []
        for one in self.spec.get("parameters", ()):
            if one["required"]:
                value = str(one["example"] if "example" in one else one["schema"]["examples"][0])
                if one["in"] == "path":
                    path = path.replace("{" + one["name"] + "}", value)
                else:
                    query.append(f"{one['name']}={value}")
        return path + ("?" + "&".join(query) if query else "")


def list_operations(document: dict[str, Any]) -> list[Operation]:
    return [
        Operation(method.upper(), path, said)
        for path, methods in document["paths"].items()
        for method, said in methods.items()
    ]


def operation_at(document: dict[str, Any], address: str, method: str) -> Operation:
    """The operation that answers at `address`; a fixed part of a path goes before a parameter."""
    parts = address.partition("?")[0].split("/")

    def fits(one: Operation) -> bool:
        wanted = one.path.split("/")
        return len(wanted) == len(parts) and all(
            w == p or w.startswith("{") for w, p in zip(wanted, parts, strict=True)
        )

    found = [one for one in list_operations(document) if one.method == method and fits(one)]
    assert found, f"{method} {address} stands in no documented operation"
    return min(found, key=lambda one: one.path.count("{"))


class ContractChecker:
    """Checks answers against the document."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.document = document
        self.registry = Registry([("urn:document", document)])
        self.validators: dict[str, Draft202012Validator] = {}

    def _validator(self, *place: str) -> Draft202012Validator:
        pointer = "/".join(part.replace("~", "~0").replace("/", "~1") for part in place)
        if pointer not in self.validators:
            schema = {"$ref": f"urn:document#/{quote(pointer, safe='/~')}"}
            self.validators[pointer] = Draft202012Validator(schema, registry=self.registry)
        return self.validators[pointer]

    def find_violations(self, operation: Operation, answer: httpx.Response) -> Iterator[str]:
        """What an answer does otherwise than the document says."""
        where = f"{operation.method} {answer.request.url.raw_path.decode()[:100]} {answer.status_code}"
        said = operation.spec["responses"].get(str(answer.status_code))
        if said is None:
            yield f"{where}: this status is not documented"
            return
        kind = answer.headers.get("content-type", "").partition(";")[0]
        if not answer.content or answer.status_code == 308:
            return
        if kind not in said.get("content", {}):
            yield f"{where}: {kind} is not documented"
            return
        if b"fields=" in answer.request.url.query and answer.status_code == 200:
            return  # some fields of a record are not the record
        if kind in JSON_TYPES and "schema" in said["content"][kind]:
            place = ("paths", operation.path, operation.method.lower(), "responses", str(answer.status_code))
            validator = self._validator(*place, "content", kind, "schema")
            for error in validator.iter_errors(answer.json()):
                yield f"{where}: /{'/'.join(map(str, error.instance_path))}: {error.message[:200]}"
