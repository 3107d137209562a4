"""The documents of the contract in `openapi/`: written, or compared with what would be written."""

import json
from pathlib import Path
from typing import Any

from app.changes.record_kind import RecordKind
from app.contract.answer_examples import request_answer_examples
from app.editing.entry_schema import write_entries_schema, write_entry_schema
from app.kit.settings import Settings
from app.main import ANSWER_EXAMPLES_PATH, OPENAPI_PATH, create_app
from app.offline.bundle import write_bundle_schema

FOLDER = ANSWER_EXAMPLES_PATH.parent
SCHEMA_PATH = FOLDER / "catalogue.schema.json"
ENTRIES_PATH = FOLDER / "entries.schema.json"
EXERCISE_PATH = FOLDER / "exercise.schema.json"


def write_openapi(settings: Settings) -> str:
    """Return the OpenAPI document, with the examples of answers that were written last."""
    return _format_json(create_app(settings).openapi())


def write_documents(settings: Settings) -> None:
    """Write all documents anew. Raises `ExampleError` where an example is not answered as documented."""
    FOLDER.mkdir(exist_ok=True)
    ANSWER_EXAMPLES_PATH.write_text(_format_json(request_answer_examples()), encoding="utf-8")
    SCHEMA_PATH.write_text(_format_json(write_bundle_schema()), encoding="utf-8")
    ENTRIES_PATH.write_text(_format_json(write_entries_schema()), encoding="utf-8")
    EXERCISE_PATH.write_text(_format_json(write_entry_schema(RecordKind.EXERCISE)), encoding="utf-8")
    OPENAPI_PATH.write_text(write_openapi(settings), encoding="utf-8")


def find_outdated_documents(settings: Settings) -> list[Path]:
    """Return the documents that are not as they would be written."""
    texts = {
        ANSWER_EXAMPLES_PATH: _format_json(request_answer_examples()),
        SCHEMA_PATH: _format_json(write_bundle_schema()),
        ENTRIES_PATH: _format_json(write_entries_schema()),
        EXERCISE_PATH: _format_json(write_entry_schema(RecordKind.EXERCISE)),
        OPENAPI_PATH: write_openapi(settings),
    }
    return [path for path, text in texts.items() if _read_text(path) != text]


def _format_json(document: Any) -> str:
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _read_text(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.is_file() else ""
