"""What the OpenAPI document says of exported files: their media types. Its examples are asked of the service itself."""

from typing import Any, Final

from app.exports.export_query import MEDIA_TYPES

NDJSON_TYPE: Final = "application/x-ndjson"


def document_session_formats() -> dict[int | str, dict[str, Any]]:
    """Return the documentation of a successful answer with an exported session."""
    return {200: {"description": "The session in the chosen format.", "content": _document(*MEDIA_TYPES.values())}}


def document_file(description: str, media_type: str) -> dict[int | str, dict[str, Any]]:
    """Return the documentation of a successful answer of one media type."""
    return {200: {"description": description, "content": _document(media_type)}}


def _document(*media_types: str) -> dict[str, Any]:
    return {name: {"schema": _describe_schema(name)} for name in media_types}


def _describe_schema(media_type: str) -> dict[str, str]:
    """Return the schema of a file: an object where it is JSON, a text, or bytes."""
    if media_type.endswith("+json"):
        return {"type": "object"}
    if media_type.startswith("text/") or media_type == NDJSON_TYPE:
        return {"type": "string"}
    return {"type": "string", "format": "binary"}
