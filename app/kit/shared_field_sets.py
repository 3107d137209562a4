"""Lets values share the sets of the names of their fields, of which Pydantic makes one for each value.

Thousands of values of a catalogue have a few dozen different ones, which take 4 MB.
"""

from typing import Any

from pydantic import BaseModel

_sets: dict[frozenset[str], set[str]] = {}


def share_field_sets(value: Any) -> None:
    """Give a frozen model, and all models in its fields, the sets that equal ones have already.

    Nothing changes these sets: a frozen model has no field set later, and a copy gets a set of its own.
    """
    if isinstance(value, BaseModel):
        names = value.__pydantic_fields_set__
        object.__setattr__(value, "__pydantic_fields_set__", _sets.setdefault(frozenset(names), names))
        for field in vars(value).values():
            if isinstance(field, BaseModel | tuple | dict):
                share_field_sets(field)
    elif isinstance(value, tuple | dict):
        for item in value.values() if isinstance(value, dict) else value:
            if isinstance(item, BaseModel | tuple):
                share_field_sets(item)
