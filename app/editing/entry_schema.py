"""The JSON Schema of what people write: seed files, and bodies of edits. Text editors complete and check with it."""

from typing import Any, Final

from pydantic.json_schema import models_json_schema

from app.changes.record_kind import RecordKind
from app.editing.entry_fields import ENTRY_BY_KIND

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"


def write_entries_schema() -> dict[str, Any]:
    """Return the schema. `$defs` has the entry of each kind by its word, such as `exercise`; a file may be a list."""
    models, document = models_json_schema(
        [(entry_type, "validation") for entry_type in ENTRY_BY_KIND.values()], ref_template="#/$defs/{model}"
    )
    kinds = {kind: models[entry_type, "validation"] for kind, entry_type in ENTRY_BY_KIND.items()}
    definitions = {**kinds, **document["$defs"]}
    record = {"anyOf": [{"$ref": f"#/$defs/{kind}"} for kind in kinds]}
    return {
        "$schema": DIALECT,
        "title": "What is written for the records of the catalogue",
        "anyOf": [*record["anyOf"], {"type": "array", "items": record}],
        "$defs": definitions,
    }


def write_entry_schema(kind: RecordKind) -> dict[str, Any]:
    """Return the JSON Schema of a file that holds one entry of a kind."""
    schema = ENTRY_BY_KIND[kind].model_json_schema(ref_template="#/$defs/{model}")
    return {"$schema": DIALECT, **schema}
