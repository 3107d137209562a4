"""Shortens an answer to what a reader of the document needs: the same shape, with the first entries of each list."""

import itertools
import json
from collections.abc import Mapping
from typing import Any

MAX_ENTRIES = 2
"""Entries that a list, or a table by name, keeps."""
MAX_NESTED_OBJECTS = 1
"""Objects that a list inside of another list keeps."""
MAX_REPEATED_LENGTH = 3000
"""Characters of the first entry, as JSON, up to which a second one is kept: two sessions tell no more than one."""
Schema = Mapping[str, Any]


class AnswerShortener:
    """Shortens answers of the shapes that a document describes."""

    def __init__(self, schemas: Mapping[str, Schema]) -> None:
        """Take the schemas of the document by name: they tell an object from a table, whose names are data."""
        self.schemas = schemas

    def shorten(self, value: Any, schema: Schema, depth: int = 0) -> Any:
        """Return a value of a schema with the first entries of its lists and tables, `depth` lists deep."""
        schema = self._resolve(value, schema)
        if isinstance(value, list):
            is_nested = depth > 0 and isinstance(next(iter(value), None), dict)
            kept = value[: MAX_NESTED_OBJECTS if is_nested else MAX_ENTRIES]
            return _keep_few([self.shorten(item, schema.get("items", {}), depth + 1) for item in kept])
        if not isinstance(value, dict):
            return value
        entry_schema = schema.get("additionalProperties")
        if isinstance(entry_schema, dict):
            entries = itertools.islice(value.items(), MAX_ENTRIES)
            shorter = [(name, self.shorten(entry, entry_schema, depth + 1)) for name, entry in entries]
            return dict(_keep_few(shorter))
        fields = schema.get("properties", {})
        return {name: self.shorten(field, fields.get(name, {}), depth) for name, field in value.items()}

    def _resolve(self, value: Any, schema: Schema) -> Schema:
        """Return the schema that a reference or a choice leads to; of several the one that knows most of the fields."""
        if "$ref" in schema:
            return self._resolve(value, self.schemas[schema["$ref"].rsplit("/", 1)[-1]])
        choices = [self._resolve(value, choice) for choice in (*schema.get("anyOf", ()), *schema.get("oneOf", ()))]
        if not choices or not isinstance(value, dict):
            return schema
        return max(choices, key=lambda choice: len(choice.get("properties", {}).keys() & value.keys()))


def _keep_few(entries: list[Any]) -> list[Any]:
    """Return the entries, or the first alone where it is long."""
    return entries[:1] if entries and len(json.dumps(entries[0])) > MAX_REPEATED_LENGTH else entries
