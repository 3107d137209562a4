"""What the OpenAPI document says about a place in a request: the names and the words that are valid there."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from fastapi import FastAPI, Request

Schema = dict[str, Any]
Path = tuple[str | int, ...]
"""Names and indexes that lead from the top of a query or a body to a value in it."""


class RequestSchema(NamedTuple):
    """One operation, and the document that it stands in."""

    document: Schema
    operation: Schema

    def parameters(self) -> dict[str, Schema]:
        """Return the schema of each query parameter by its name."""
        parameters = self.operation.get("parameters", ())
        return {parameter["name"]: parameter["schema"] for parameter in parameters if parameter["in"] == "query"}

    def find(self, source: str, path: Path) -> Schema:
        """Return the schema of a place in the `query` or the `body`; empty where the document has none."""
        if source == "query":
            return self._resolve(self.parameters().get(str(path[0]), {}))
        content = self.operation.get("requestBody", {}).get("content", {})
        schema = self._resolve(content.get("application/json", {}).get("schema", {}))
        for part in path:
            inner = schema.get("items", {}) if isinstance(part, int) else schema.get("properties", {}).get(part, {})
            schema = self._resolve(inner)
        return schema

    def names(self, source: str, path: Path) -> list[str]:
        """Return the names that are valid beside the last one of `path`."""
        if source == "query":
            return list(self.parameters())
        return list(self.find(source, path[:-1]).get("properties", {}))

    def words(self, source: str, path: Path) -> list[str]:
        """Return the words that are valid at `path`, or in the list there; empty where no list is closed."""
        schema = self.find(source, path)
        return list(schema.get("enum") or self.item_schema(schema).get("enum", ()))

    def example(self, path: Path) -> Any:
        """Return a value that is right at a place in the body, made of the document's examples; None without any."""
        if not path:
            content = self.operation.get("requestBody", {}).get("content", {}).get("application/json", {})
            shown: Iterable[Any] = (example["value"] for example in content.get("examples", {}).values())
            return self._example(content.get("schema", {})) or next(iter(shown), None)
        outer, last = self.find("body", path[:-1]), path[-1]
        inner = outer.get("items", {}) if isinstance(last, int) else outer.get("properties", {}).get(last, {})
        return self._example(inner)

    def _example(self, schema: Schema) -> Any:
        """Return an example of a schema: its own, the first word of a closed list, or one made of required parts."""
        resolved = self._resolve(schema)
        values = (*schema.get("examples", ()), *resolved.get("examples", ()), *resolved.get("enum", ()))
        example = next((value for value in values if value is not None), None)
        if example is not None:
            return example
        if "array" in resolved.get("type", ()):  # one type, or several
            item = self._example(resolved.get("items", {}))
            return None if item is None else [item]
        parts = {name: self._example(resolved["properties"][name]) for name in resolved.get("required", ())}
        return parts if parts and None not in parts.values() else None

    def item_schema(self, schema: Schema) -> Schema:
        """Return the schema of the items of a list."""
        return self._resolve(schema.get("items", {}))

    def _resolve(self, schema: Schema) -> Schema:
        """Return the schema that a reference points to, also where the choice is between it and null."""
        reference = next((choice for choice in (schema, *schema.get("anyOf", ())) if "$ref" in choice), None)
        if reference is None:
            return schema
        target: Schema = self.document["components"]["schemas"][reference["$ref"].rsplit("/", 1)[-1]]
        return target


def find_request_schema(request: Request) -> RequestSchema:
    """Return what the document says about a request; nothing for a page that the document leaves out."""
    template = str(getattr(request.scope.get("route"), "path_format", request.scope["path"]))
    return find_operation(request.app, template, request.method)


def find_operation(app: FastAPI, template: str, method: str) -> RequestSchema:
    """Return what the document says about an operation, which its path (as in the document) and method name."""
    document = _request_document(app)
    paths: Mapping[str, Schema] = document["paths"]
    return RequestSchema(document, paths.get(template, {}).get(method.lower(), {}))


def _request_document(app: FastAPI) -> Schema:
    """Return the document without answers, which are most of it. It is kept: every wrong request asks for it."""
    kept: Schema | None = getattr(app.state, "request_document", None)
    if kept is None:
        document = app.openapi()
        paths = {
            template: {
                method: {name: value for name, value in operation.items() if name != "responses"}
                for method, operation in path.items()
            }
            for template, path in document["paths"].items()
        }
        kept = app.state.request_document = {"paths": paths, "components": document["components"]}
    return kept
