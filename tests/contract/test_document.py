"""The document itself: complete and consistent; and the settings that the README names."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from fastapi.routing import iter_route_contexts
from jsonschema_rs import Draft202012Validator, meta

from app.kit.settings import PROJECT_ROOT, Settings
from app.main import create_app
from tests.contract.document import list_operations

PROBLEM = {"$ref": "#/components/schemas/Problem"}


def schemas_in(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        if "$ref" in node:
            yield node
        for value in node.values():
            yield from schemas_in(value)
    elif isinstance(node, list):
        for value in node:
            yield from schemas_in(value)


def test_every_operation_id_is_unique_and_names_its_function(document: dict[str, Any]) -> None:
    id_by_operation = {(operation.method, operation.path): operation.id for operation in list_operations(document)}
    assert [name for name, times in Counter(id_by_operation.values()).items() if times > 1] == []
    functions = {
        (method, route.path_format): getattr(route.endpoint, "__name__", "")
        for route in iter_route_contexts(create_app(Settings()).routes)
        for method in route.methods or ()
    }
    assert id_by_operation == {key: functions[key] for key in id_by_operation}


def test_every_operation_says_what_it_is(document: dict[str, Any]) -> None:
    tags = {tag["name"] for tag in document["tags"]}
    used: set[str] = set()
    for operation in list_operations(document):
        assert operation.spec["summary"].strip(), operation.id
        assert len(operation.spec["summary"]) <= 60, operation.id
        assert len(operation.spec["description"].split()) >= 4, operation.id
        assert operation.spec["tags"], operation.id
        assert set(operation.spec["tags"]) <= tags, operation.id
        used |= set(operation.spec["tags"])
    assert used == tags


def test_every_error_is_typed(document: dict[str, Any]) -> None:
    for operation in list_operations(document):
        errors = {status: response for status, response in operation.spec["responses"].items() if status >= "400"}
        assert "500" in errors, operation.id
        assert "422" in errors or not (operation.spec.get("parameters") or operation.request_body), operation.id
        if operation.request_body:
            assert {"400", "413", "415", "422"} <= set(errors), operation.id
        for status, response in errors.items():
            assert set(response["content"]) == {"application/problem+json"}, (operation.id, status)
            assert response["content"]["application/problem+json"]["schema"] == PROBLEM, (operation.id, status)


def test_every_answer_is_typed(document: dict[str, Any]) -> None:
    for operation in list_operations(document):
        good = {status: response for status, response in operation.spec["responses"].items() if status < "300"}
        assert good, operation.id
        for response in good.values():
            assert all(kind.get("schema") for kind in response.get("content", {}).values()), operation.id


def test_every_picture_is_a_file(document: dict[str, Any]) -> None:
    """Clients that openapi-generator makes refuse a picture whose schema is text."""
    content = [
        (media_type, media.get("schema"))
        for operation in list_operations(document)
        for response in operation.spec["responses"].values()
        for media_type, media in response.get("content", {}).items()
        if media_type.startswith("image/")
    ]
    assert len(content) >= 3
    assert [media_type for media_type, schema in content if schema != {"type": "string", "format": "binary"}] == []


def test_every_parameter_and_field_of_a_request_is_described(document: dict[str, Any]) -> None:
    for operation in list_operations(document):
        for parameter in operation.spec.get("parameters", ()):
            assert parameter.get("description"), (operation.id, parameter["name"])
        body_schema = operation.request_body.get("schema", {})
        if body_schema.get("type") == "object":  # what is written for a record: the schema of the seed files
            assert body_schema["description"], operation.id
        elif operation.request_body:
            name = operation.request_body["schema"]["$ref"].rsplit("/", 1)[-1]
            for field, schema in document["components"]["schemas"][name]["properties"].items():
                choices = [schema, *schema.get("anyOf", ())]
                assert any("description" in choice or "$ref" in choice for choice in choices), (name, field)


def test_every_reference_leads_somewhere_and_every_schema_is_used(document: dict[str, Any]) -> None:
    referenced = {node["$ref"].rsplit("/", 1)[-1] for node in schemas_in(document)}
    assert referenced == set().union(*(document["components"][kind] for kind in ("schemas", "responses", "headers")))


def test_every_schema_is_a_schema(document: dict[str, Any]) -> None:
    for schema in document["components"]["schemas"].values():
        meta.validate(schema)


def test_names_are_ours_not_the_frameworks(document: dict[str, Any]) -> None:
    generated_names = [
        name for name in document["components"]["schemas"] if not re.fullmatch(r"[A-Z][A-Za-z0-9]*", name)
    ]
    assert generated_names == []


def test_examples_of_errors_are_of_the_shape(document: dict[str, Any]) -> None:
    validator = Draft202012Validator({**PROBLEM, "components": document["components"]})
    for operation in list_operations(document):
        for status, response in operation.spec["responses"].items():
            for kind in response.get("content", {}).values():
                if status >= "400":
                    validator.validate(kind["example"])
                    assert str(kind["example"]["status"]) == status


def test_every_operation_can_be_tried_as_it_stands(document: dict[str, Any]) -> None:
    for operation in list_operations(document):
        assert "{" not in operation.example_address(), operation.id
        assert operation.example_bodies(document) or not operation.request_body, operation.id


def test_every_setting_stands_in_the_readme() -> None:
    readme = (PROJECT_ROOT / "README.md").read_text(encoding="utf-8")
    names = [f"THORACIC_{name.upper()}" for name in Settings.model_fields]
    assert [name for name in names if f"`{name}`" not in readme] == []


def test_every_setting_in_the_readme_is_one() -> None:
    readme = (PROJECT_ROOT / "README.md").read_text(encoding="utf-8")
    known = {f"THORACIC_{name.upper()}" for name in Settings.model_fields}
    assert set(re.findall(r"THORACIC_[A-Z_]+", readme)) <= known


def test_an_empty_value_is_allowed_where_it_means_something(document: dict[str, Any]) -> None:
    allowing = {
        parameter["name"]
        for path in document["paths"].values()
        for operation in path.values()
        for parameter in operation.get("parameters", ())
        if parameter.get("allowEmptyValue")
    }
    assert allowing == {"available_equipment"}
