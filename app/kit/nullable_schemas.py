"""Values that may be null, as every generator of clients reads them.

Pydantic writes `anyOf: [{"type": "string"}, {"type": "null"}]`, of which several generators make a class with two
values, or nothing. JSON Schema has a shorter form that they read: `type: ["string", "null"]`.
"""

from typing import Any

NULL_SCHEMA = {"type": "null"}


def shorten_nullable_schemas(node: Any) -> None:
    """Put `type: [x, "null"]` in place of a choice of `x` and null, everywhere in a document.

    A choice of null and a named schema stays as it is: a reference has no `type` that null could stand beside.
    """
    if isinstance(node, list):
        for item in node:
            shorten_nullable_schemas(item)
        return
    if not isinstance(node, dict):
        return
    for name, value in node.items():
        if name not in ("example", "examples"):  # values, not schemas
            shorten_nullable_schemas(value)
    choice = _only_choice_beside_null(node)
    if choice is not None and isinstance(choice.get("type"), str):
        del node["anyOf"]
        _merge(node, {**choice, "type": [choice["type"], "null"]})


def drop_null_from_parameter(schema: dict[str, Any]) -> None:
    """Leave out null in the schema of a parameter: an address cannot say null, a parameter is given or is absent."""
    choice = _only_choice_beside_null(schema)
    if choice is not None:
        del schema["anyOf"]
        _merge(schema, choice)


def _only_choice_beside_null(schema: dict[str, Any]) -> dict[str, Any] | None:
    """Return the one schema that stands beside null in a choice; None where there is no such choice."""
    choices = schema.get("anyOf")
    if not isinstance(choices, list) or NULL_SCHEMA not in choices:
        return None
    others: list[dict[str, Any]] = [choice for choice in choices if choice != NULL_SCHEMA]
    return others[0] if len(others) == 1 else None


def _merge(schema: dict[str, Any], choice: dict[str, Any]) -> None:
    """Add what `choice` says to `schema`, first of all; what `schema` says of the same takes precedence."""
    merged = {**choice, **schema}
    schema.clear()
    schema.update(merged)
