"""Shapes without some of their fields: for documents that say once what many records share.

They are made from the whole shapes, so that a new field cannot be forgotten.
"""

import functools
import operator
from collections.abc import Mapping
from types import UnionType
from typing import Any, TypeAlias, get_args, get_origin

from pydantic import BaseModel, Field, create_model

from app.kit.models import FrozenModel

Omissions: TypeAlias = "Mapping[str, bool | Omissions]"
"""The fields that are left out (True), and of other fields what is left out inside them."""
PREFIX = "Bundled"


def omit_fields(model: type[BaseModel], omissions: Omissions) -> type[FrozenModel]:
    """Return the shape without the fields of `omissions`; `Exercise` becomes `BundledExercise`.

    Equal arguments give the same class. Raises `ValueError` for a field that the shape does not have.
    """
    return _omit_fields(model, _freeze(omissions))


def dump_without(record: BaseModel, omissions: Omissions) -> bytes:
    """Return a record as JSON without the fields of `omissions`."""
    return record.model_dump_json(exclude=_list_excluded(type(record), omissions)).encode()


FrozenOmissions: TypeAlias = "tuple[tuple[str, bool | FrozenOmissions], ...]"


def _freeze(omissions: Omissions) -> FrozenOmissions:
    return tuple(
        (name, _freeze(inner) if isinstance(inner, Mapping) else inner) for name, inner in sorted(omissions.items())
    )


@functools.cache
def _omit_fields(model: type[BaseModel], omissions: FrozenOmissions) -> type[FrozenModel]:
    omitted = dict(omissions)
    unknown = omitted.keys() - model.model_fields.keys()
    if unknown:
        raise ValueError(f"{model.__name__} has no field {sorted(unknown)}")
    fields: dict[str, Any] = {}
    for name, field in model.model_fields.items():
        inner = omitted.get(name, ())
        if inner is True:
            continue
        if inner:
            annotation = _replace_model(field.annotation, inner)
            fields[name] = (annotation, Field(description=field.description))
        else:
            fields[name] = (field.rebuild_annotation(), Field(description=field.description))
    missing = ", ".join(f"`{name}`" for name, inner in omissions if inner is True)
    doc = f"As `{model.__name__}`, without {missing}." if missing else f"As `{model.__name__}`, with shorter parts."
    return create_model(f"{PREFIX}{model.__name__}", __base__=FrozenModel, __doc__=doc, __module__=__name__, **fields)


def _replace_model(annotation: Any, omissions: FrozenOmissions) -> Any:
    """Return an annotation with the model in it (in a tuple or beside None) without the omitted fields."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return _omit_fields(annotation, omissions)
    arguments = tuple(_replace_model(argument, omissions) for argument in get_args(annotation))
    if not arguments:
        return annotation
    if isinstance(annotation, UnionType):
        return functools.reduce(operator.or_, arguments)
    return get_origin(annotation)[arguments]


def _list_excluded(model: type[BaseModel], omissions: Omissions) -> dict[str, Any]:
    """Return the omissions as Pydantic takes them: with `__all__` for the items of a tuple."""
    excluded: dict[str, Any] = {}
    for name, inner in omissions.items():
        if isinstance(inner, Mapping):
            annotation = model.model_fields[name].annotation
            [part] = _list_models(annotation)
            within = _list_excluded(part, inner)
            excluded[name] = {"__all__": within} if get_origin(annotation) is tuple else within
        else:
            excluded[name] = True
    return excluded


def _list_models(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for argument in get_args(annotation) for model in _list_models(argument)]
