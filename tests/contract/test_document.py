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
    said = {(one.method, one.path): one.id for one in list_operations(document)}
    assert [name for name, times in Counter(said.values()).items() if times > 1] == []
    functions = {
        (method, route.path_format): getattr(route.endpoint, "__name__", "")
        for route in iter_route_contexts(create_app(Settings()).routes)
        for method in route.methods or ()
    }
    assert said == {place: functions[place] for place in said}


def test_every_operation_says_what_it_is(document: dict[str, Any]) -> None:
    tags = {tag["name"] for tag in document["tags"]}
    used: set[str] = set()
    for one in list_operations(document):
        assert one.spec["summary"].strip(), one.id
        assert len(one.spec["summary"]) <= 60, one.id
        assert len(one.spec["description"].split()) >= 4, one.id
        assert one.spec["tags"], one.id
        assert set(one.spec["tags"]) <= tags, one.id
        used |= set(one.spec["tags"])
    assert used == tags


def test_every_error_is_typed(document: dict[str, Any]) -> None:
    for one in list_operations(document):
        errors = {status: said for status, said in one.spec["responses"].items() if status >= "400"}
        assert "500" in errors, one.id
        assert "422" in errors or not (one.spec.get("parameters") or one.request_body), one.id
        if one.request_body:
            assert {"400", "413", "415", "422"} <= set(errors), one.id
        for status, said in errors.items():
            assert set(said["content"]) == {"application/problem+json"}, (one.id, status)
            assert said["content"]["application/problem+json"]["schema"] == PROBLEM, (one.id, status)


def test_every_answer_is_typed(document: dict[str, Any]) -> None:
    for one in list_operations(document):
        good = {status: said for status, said in one.spec["responses"].items() if status < "300"}
        assert good, one.id
        for said in good.values():
            assert all(kind.get("schema") for kind in said["content"].values()), one.id


def test_every_parameter_and_field_of_a_request_is_described(document: dict[str, Any]) -> None:
    for one in list_operations(document):
        for parameter in one.spec.get("parameters", ()):
            assert parameter.get("description"), (one.id, parameter["name"])
        if one.request_body:
            name = one.request_body["schema"]["$ref"].rsplit("/", 1)[-1]
            for field, said in document["components"]["schemas"][name]["properties"].items():
                choices = [said, *said.get("anyOf", ())]
                assert any("description" in one or "$ref" in one for one in choices), (name, field)


def test_every_reference_leads_somewhere_and_every_schema_is_used(document: dict[str, Any]) -> None:
    wanted = {one["$ref"].rsplit("/", 1)[-1] for one in schemas_in(document)}
    assert wanted == set(document["components"]["schemas"])


def test_every_schema_is_a_schema(document: dict[str, Any]) -> None:
    for schema in document["components"]["schemas"].values():
        meta.validate(schema)


def test_names_are_ours_not_the_frameworks(document: dict[str, Any]) -> None:
    strange = [name for name in document["components"]["schemas"] if not re.fullmatch(r"[A-Z][A-Za-z0-9]*", name)]
    assert strange == []


def test_examples_of_errors_are_of_the_shape(document: dict[str, Any]) -> None:
    validator = Draft202012Validator(document["components"]["schemas"]["Problem"])
    for one in list_operations(document):
        for status, said in one.spec["responses"].items():
            for kind in said.get("content", {}).values():
                if status >= "400":
                    validator.validate(kind["example"])
                    assert str(kind["example"]["status"]) == status


def test_every_operation_can_be_tried_as_it_stands(document: dict[str, Any]) -> None:
    for one in list_operations(document):
        assert "{" not in one.example_address(), one.id
        assert one.example_bodies(document) or not one.request_body, one.id


def test_every_setting_stands_in_the_readme() -> None:
    readme = (PROJECT_ROOT / "README.md").read_text(encoding="utf-8")
    names = [f"THORACIC_{name.upper()}" for name in Settings.model_fields]
    assert [name for name in names if f"`{name}`" not in readme] == []


def test_every_setting_in_the_readme_is_one() -> None:
    readme = (PROJECT_ROOT / "README.md").read_text(encoding="utf-8")
    known = {f"THORACIC_{name.upper()}" for name in Settings.model_fields}
    assert set(re.findall(r"THORACIC_[A-Z_]+", readme)) <= known
