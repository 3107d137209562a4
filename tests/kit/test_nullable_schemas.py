"""Values that may be null have one type and null; references and choices of several stay as they are."""

from typing import Any

import pytest

from app.kit.nullable_schemas import drop_null_from_parameter, shorten_nullable_schemas

NULL = {"type": "null"}
REFERENCE = {"$ref": "#/components/schemas/Side"}
TEXT = {"type": "string", "maxLength": 5}


@pytest.mark.parametrize(
    ("schema", "shortened"),
    [
        ({"anyOf": [TEXT, NULL]}, {"type": ["string", "null"], "maxLength": 5}),
        ({"anyOf": [NULL, TEXT]}, {"type": ["string", "null"], "maxLength": 5}),
        (
            {"anyOf": [{**TEXT, "description": "inner"}, NULL], "description": "outer", "default": "a"},
            {"type": ["string", "null"], "maxLength": 5, "description": "outer", "default": "a"},
        ),
        ({"anyOf": [{"type": "array", "items": TEXT}, NULL]}, {"type": ["array", "null"], "items": TEXT}),
        ({"anyOf": [REFERENCE, NULL]}, {"anyOf": [REFERENCE, NULL]}),
        ({"anyOf": [TEXT, {"type": "integer"}, NULL]}, {"anyOf": [TEXT, {"type": "integer"}, NULL]}),
        ({"anyOf": [TEXT, REFERENCE]}, {"anyOf": [TEXT, REFERENCE]}),
        ({"properties": {"anyOf": TEXT}}, {"properties": {"anyOf": TEXT}}),
        ({"examples": [{"anyOf": [TEXT, NULL]}]}, {"examples": [{"anyOf": [TEXT, NULL]}]}),
    ],
)
def test_a_choice_of_one_type_and_null_is_one_type_and_null(schema: dict[str, Any], shortened: dict[str, Any]) -> None:
    document = {"deep": [{"properties": {"field": schema}}]}
    shorten_nullable_schemas(document)
    assert document == {"deep": [{"properties": {"field": shortened}}]}


@pytest.mark.parametrize(
    ("schema", "without_null"),
    [
        ({"anyOf": [TEXT, NULL], "title": "Q"}, {**TEXT, "title": "Q"}),
        ({"anyOf": [REFERENCE, NULL], "description": "A side."}, {**REFERENCE, "description": "A side."}),
        (TEXT, TEXT),
    ],
)
def test_a_parameter_is_absent_and_never_null(schema: dict[str, Any], without_null: dict[str, Any]) -> None:
    schema = dict(schema)
    drop_null_from_parameter(schema)
    assert schema == without_null
