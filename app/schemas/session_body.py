"""The body of `POST /v1/sessions`: a request for a built session, or a prescription.

They are two types here and one flat schema in the OpenAPI document, whose fields are all optional: generators of
clients for Kotlin, Dart and Swift write no usable class for a choice of objects.
"""

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Final, LiteralString

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler, ValidationError
from pydantic_core import CoreSchema, InitErrorDetails, PydanticCustomError, core_schema

from app.schemas.prescription import Prescription
from app.schemas.session_request import SessionRequest

FLAT_SCHEMA: Final[dict[str, Any]] = {
    "description": "Either what the session is for and how long (`goals`, `duration_s`), or the exercises themselves "
    "(`items`). Personal fields are used and forgotten.",
    # Without it nobody who sends a wrong body could be shown a right one: no field is required of both.
    "examples": [{"duration_s": 600, "goals": [{"goal": "rotation"}]}],
}
"""What the schema of both says of itself."""
FLAT_FIELDS: Final[Mapping[str, dict[str, Any]]] = {
    "goals": {"description": "One to five goals; wishes, not conditions. Required without `items`."},
    "duration_s": {
        "description": "Seconds there are, never exceeded; required without `items`. With them the pauses are "
        "stretched to fill it."
    },
    "items": {
        "description": "A prescription: the session holds exactly these exercises with these doses. Only `order`, "
        "`duration_s`, `age_band`, `conditions` and `intro` go with it."
    },
    "order": {"description": "The order of `items`; `best` has less moving about, and a warm-up first."},
}
"""What is said of the fields that mean something else, or are needed, only in one of the two."""
NULLABLE_FIELDS: Final = ("goals", "duration_s", "items")
"""Fields without a default that one of the two does without: null says so, too."""


class BodyChoice:
    """Reads a body as a prescription where it has `items`, else as a request for a built session."""

    def __get_pydantic_core_schema__(self, _: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Return the schema of both, and the function that chooses."""
        shapes: list[CoreSchema | tuple[CoreSchema, str]] = [
            handler.generate_schema(SessionRequest),
            handler.generate_schema(Prescription),
        ]
        return core_schema.no_info_plain_validator_function(
            read_session_body, json_schema_input_schema=core_schema.union_schema(shapes)
        )

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Return the schema of the request with the fields of the prescription, none of them required."""
        reference, other = handler(schema)["anyOf"]
        flat, prescription = handler.resolve_ref_schema(reference), handler.resolve_ref_schema(other)
        # What was there before stays first: constructors of generated clients have their fields in this order.
        flat["properties"] |= {
            name: field for name, field in prescription["properties"].items() if name not in flat["properties"]
        }
        for name, changes in FLAT_FIELDS.items():
            flat["properties"][name] = {**flat["properties"][name], **changes}
        for field in (flat["properties"][name] for name in NULLABLE_FIELDS):
            # The schema may be asked for several times, and is the same object then.
            field["type"] = [field["type"], "null"] if isinstance(field["type"], str) else field["type"]
        flat |= FLAT_SCHEMA
        flat.pop("required", None)
        return dict(reference)


SessionBody = Annotated[SessionRequest | Prescription, BodyChoice()]
"""The body of `POST /v1/sessions`."""


def read_session_body(body: Any) -> SessionRequest | Prescription:
    """Return what a body asks for. Raises `ValidationError`, whose places are those in the body."""
    if not isinstance(body, dict):
        return SessionRequest.model_validate(body)
    has_items = body.get("items") is not None
    shape, other = (Prescription, SessionRequest) if has_items else (SessionRequest, Prescription)
    foreign = {name: other.model_fields[name].default for name in other.model_fields.keys() - shape.model_fields.keys()}
    # Clients whose objects have all fields send null, or the default, for those that are not meant.
    foreign |= dict.fromkeys(foreign.keys() & set(NULLABLE_FIELDS))
    unmeant = {name for name, default in foreign.items() if name in body and _is_unmeant(body[name], default)}
    given = {name: value for name, value in body.items() if name not in unmeant}
    mixed = sorted(given.keys() & foreign.keys())
    if mixed and has_items:
        raise _mixture(mixed, "With `items` the exercises and doses are yours: leave this out, or the `items`.")
    if mixed:
        raise _mixture(mixed, "This belongs to a prescription, whose exercises are listed in `items`.")
    return shape.model_validate(given)


def _is_unmeant(value: Any, default: Any) -> bool:
    """True for a value that says the same as its absence. A default of the type is a tuple where JSON has a list."""
    return value == [] if default == () else type(value) is type(default) and value == default


def _mixture(names: Iterable[str], message: LiteralString) -> ValidationError:
    details = [
        InitErrorDetails(type=PydanticCustomError("mixed_request", message), loc=(name,), input=None) for name in names
    ]
    return ValidationError.from_exception_data("SessionBody", details)
