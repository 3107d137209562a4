"""The JSON Schema of entries takes the seed files as they are, and refuses what the checks of single fields refuse."""

import json
from typing import Any

from jsonschema_rs import Draft202012Validator

from app.editing.seed_files import FILE_BY_KIND
from app.kit.settings import PROJECT_ROOT
from app.kit.yaml_files import read_yaml

SCHEMA = json.loads((PROJECT_ROOT / "openapi" / "entries.schema.json").read_text())
SEED = PROJECT_ROOT / "seed"


def read(name: str) -> Any:
    return read_yaml(SEED / name, name).value


def test_the_seed_files_are_as_the_schema_says() -> None:
    validator = Draft202012Validator(SCHEMA)
    for path in [*SEED.glob("exercises/*.yaml"), *SEED.glob("guidelines/*.yaml")]:
        assert validator.is_valid(read(str(path.relative_to(SEED)))), path.name
    for name in FILE_BY_KIND.values():
        assert validator.is_valid(read(name)), name


def test_a_wrong_field_is_found() -> None:
    validator = Draft202012Validator({**SCHEMA, "anyOf": [{"$ref": "#/$defs/exercise"}]})
    entry = read("exercises/open-book.yaml")
    assert validator.is_valid(entry)
    wrong_values: tuple[dict[str, Any], ...] = (
        {"level": 6},
        {"colour": "red"},
        {"goals": {}},
        {"slug": "Open Book"},
        {"position": "floating"},
    )
    for wrong in wrong_values:
        assert not validator.is_valid(entry | wrong), wrong
