"""The base models of everything that is sent, received or read from files."""

from typing import Any

from pydantic import AliasGenerator, BaseModel, ConfigDict, GetJsonSchemaHandler, model_validator
from pydantic_core import CoreSchema

from app.kit.lengths import IN_INCHES, add_inches, input_names, mark_inches


class FrozenModel(BaseModel):
    """Base of values that never change and take no unknown fields. Values of a near type are converted.

    In the OpenAPI document its schema is open: answers may get further fields, which clients must take. That it takes
    no unknown field when it is made here only finds misspelt names.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        schema = handler(core_schema)
        handler.resolve_ref_schema(schema).pop("additionalProperties", None)
        return schema


class StrictModel(FrozenModel):
    """Base of values whose fields must have the declared type exactly: `"1"` and `true` are no numbers.

    A subclass that sets `model_config` keeps what it inherits: Pydantic merges the two.
    """

    model_config = ConfigDict(strict=True)


class RequestModel(StrictModel):
    """Base of request bodies and of their parts: closed in the OpenAPI document as well, so that no name is misspelt.

    No answer contains one: a schema is open or closed, not both.

    A whole JSON number is an integer however it is written: `300`, `300.0` and `3e2`. `"300"`, `true` and `300.5` are
    none, because the base is strict. A length in cm may be sent in inches, under its name with `_in` for `_cm`.
    """

    model_config = ConfigDict(alias_generator=AliasGenerator(validation_alias=input_names), validate_by_name=True)

    @model_validator(mode="before")
    @classmethod
    def _read_numbers(cls, data: Any) -> Any:
        """Return the fields with whole floats as integers and inches marked; objects inside them do the same."""
        # JSON has one type of number, and clients whose only number is a double write it with a point.
        # Most parts have neither: a long history is read in milliseconds.
        if not isinstance(data, dict) or not any(map(_may_change, data, data.values())):
            return data
        return mark_inches({name: _to_integers(value) for name, value in data.items()}, cls.model_fields)

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        schema = handler(core_schema)
        add_inches(handler.resolve_ref_schema(schema), cls.model_fields)
        return schema


def _may_change(name: str, value: Any) -> bool:
    return isinstance(value, float | list) or name.endswith(IN_INCHES)


def _to_integers(value: Any) -> Any:
    """Return a list with its items as `_to_integer` gives them, and so any other value.

    Lists of lists are in no request: they are left as they are, so that their depth costs nothing.
    """
    return [_to_integer(item) for item in value] if isinstance(value, list) else _to_integer(value)


def _to_integer(value: Any) -> Any:
    """Return a whole float as an integer, and everything else as it is."""
    return int(value) if isinstance(value, float) and value.is_integer() else value
