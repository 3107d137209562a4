"""Every closed list of the OpenAPI document is in the vocabulary, with its words in order and with what takes them."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.app_client import Client

LISTS_WITHOUT_TERMS = {
    **dict.fromkeys(("ExerciseField", "GuidelineField", "ReferenceField", "RoutineField"), "names of fields"),
    "QuestionId": "GET /v1/screening has the texts",
    "SelfTestId": "GET /v1/self-tests has the texts",
}
"""Closed lists whose words are no words of a screen, or that bring their texts, and why."""
LEVEL_NAMES = ("level", "level_max")


@pytest.fixture(scope="module")
def schemas(client: Client) -> Any:
    return client.get("/openapi.json").json()["components"]["schemas"]


@pytest.fixture(scope="module")
def vocabulary(client: Client) -> Any:
    return client.get("/v1/vocabulary").json()


def find_words(schema: Any, schemas: Any, path: str = "", seen: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """Yield the closed lists inside a schema, each with the path to it; `levels` stands for the levels."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        if "enum" in schemas[name]:
            yield name, path
        elif name not in seen:
            yield from find_words(schemas[name], schemas, path, (*seen, name))
    elif path.rpartition("/")[2] in LEVEL_NAMES and schema.get("maximum") == 5:
        yield "levels", path
    for choice in ("anyOf", "allOf", "oneOf"):
        for part in schema.get(choice, ()):
            yield from find_words(part, schemas, path, seen)
    parts = {name: schema[name] for name in ("items", "additionalProperties") if isinstance(schema.get(name), dict)}
    for part in parts.values():
        yield from find_words(part, schemas, f"{path}/*" if path.startswith("/") else path, seen)
    for name, part in schema.get("properties", {}).items():
        yield from find_words(part, schemas, f"{path}/{name}", seen)


def list_uses(document: Any) -> Iterator[tuple[str, str, str, str]]:
    """Yield closed list, location, name and operation of everything that takes words."""
    schemas = document["components"]["schemas"]
    for operations in document["paths"].values():
        for operation in operations.values():
            for parameter in operation.get("parameters", ()):
                for name, _ in find_words(parameter["schema"], schemas, parameter["name"]):
                    yield name, parameter["in"], parameter["name"], operation["operationId"]
            for content in operation.get("requestBody", {}).get("content", {}).values():
                for name, path in find_words(content["schema"], schemas):
                    yield name, "body", path, operation["operationId"]


def test_every_closed_list_is_in_the_vocabulary(schemas: Any, vocabulary: Any) -> None:
    list_by_schema = {schema: one["name"] for one in vocabulary["lists"] for schema in one["schemas"]}
    closed = {name: schema["enum"] for name, schema in schemas.items() if "enum" in schema}
    assert closed.keys() - list_by_schema.keys() == LISTS_WITHOUT_TERMS.keys()
    assert list_by_schema.keys() <= closed.keys()
    for schema, name in list_by_schema.items():
        words = [term["value"] for term in vocabulary[name]]
        assert closed[schema] == [word for word in words if word in closed[schema]], schema
    for one in vocabulary["lists"]:
        told = {word for schema in one["schemas"] for word in closed[schema]}
        assert told == {term["value"] for term in vocabulary[one["name"]]} or one["name"] == "levels"


def test_every_parameter_that_takes_words_is_named_with_its_list(client: Client, vocabulary: Any) -> None:
    schemas_of_list = {one["name"]: one["schemas"] or [one["name"]] for one in vocabulary["lists"]}
    named = {
        (schema, parameter["location"], parameter["name"], operation)
        for one in vocabulary["lists"]
        for schema in schemas_of_list[one["name"]]
        for parameter in one["parameters"]
        for operation in parameter["operations"]
    }
    used = {use for use in list_uses(client.get("/openapi.json").json()) if use[0] not in LISTS_WITHOUT_TERMS}
    assert used - named == set()
    # A list of several schemas names each use once for all of them.
    assert {use[1:] for use in named} == {use[1:] for use in used}


def test_every_list_has_labels_and_descriptions_that_differ(vocabulary: Any) -> None:
    assert [one["name"] for one in vocabulary["lists"]] != []
    assert {one["name"] for one in vocabulary["lists"]} == vocabulary.keys() - {"lists", "serial"}
    for one in vocabulary["lists"]:
        terms = vocabulary[one["name"]]
        assert len({term["label"] for term in terms}) == len({term["description"] for term in terms}) == len(terms)
        for term in terms:
            assert 0 < len(term["label"]) <= 36
            assert term["description"].endswith(".")
            assert len(term["description"]) > len(term["label"])
