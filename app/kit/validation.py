"""What was wrong with a request, told one by one: where, what, and what would be right."""

import re
from collections.abc import Sequence
from typing import Any

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from starlette.responses import Response

from app.kit.errors import Fault, InvalidRequest, MalformedJson, request_id_of
from app.kit.openapi import names_known

WORDS = {
    "model_attributes_type": "This should be a JSON object.",
    "model_type": "This should be a JSON object.",
    "dict_type": "This should be a JSON object.",
    "tuple_type": "This should be a JSON array.",
    "list_type": "This should be a JSON array.",
    "int_type": "This should be a whole number.",
    "int_from_float": "This should be a whole number.",
    "float_type": "This should be a number.",
    "bool_type": "This should be true or false.",
    "string_type": "This should be a string.",
    "date_from_datetime_parsing": "This should be a date such as 2026-03-29.",
}
PATTERNS = {
    r"^[a-z0-9]+(-[a-z0-9]+)*$": "This is no slug: small letters and digits, with single hyphens between words.",
    r"^([01][0-9]|2[0-3]):[0-5][0-9]$": "This should be a time of day as HH:MM, such as 09:30.",
    r"^([01][0-9]|2[0-3]):[0-5][0-9]-([01][0-9]|2[0-3]):[0-5][0-9]$": "This should be two times such as 12:30-13:00.",
}
"""What an expression asks for, for those who do not read expressions."""


async def answer_invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    found = [one for one in error.errors() if not _echo(dict(one), error.errors())]
    if any(one["type"] == "json_invalid" for one in found):
        where = found[0]["loc"][-1]
        reason = found[0].get("ctx", {}).get("error", "it cannot be read")
        return MalformedJson(f"The body is not JSON: {reason} at character {where}.").response(request_id_of(request))
    faults: list[Fault] = []
    for one in found:
        fault = fault_of(dict(one))
        if one["type"] == "extra_forbidden":
            fault["allowed"] = _known(request, one["loc"])
        _add(faults, fault)
    for fault in faults:
        if "allowed" in fault:
            fault["detail"] = f"{fault['detail'].rstrip('.')}: {', '.join(fault['allowed'])}."
    first = faults[0]
    place = first.get("name") or first.get("pointer") or first["in"]
    more = f" ({len(faults) - 1} more in errors)" if len(faults) > 1 else ""
    return InvalidRequest(f"{place}: {first['detail']}{more}", errors=faults).response(request_id_of(request))


def _echo(one: dict[str, Any], others: Sequence[Any]) -> bool:
    """Whether this only says that a list is too short because the items in it were wrong."""
    place = tuple(one["loc"])
    below = (other["loc"][: len(place)] for other in others if len(other["loc"]) > len(place))
    return one["type"] == "too_short" and place in below


def _add(faults: list[Fault], fault: Fault) -> None:
    """A word that could stand on any of several lists is one fault, with the words of all of them."""
    last = faults[-1] if faults else {}
    if "allowed" in fault and fault | {"allowed": None} == last | {"allowed": None}:
        last["allowed"] = list(dict.fromkeys([*last["allowed"], *fault["allowed"]]))
    else:
        faults.append(fault)


def _known(request: Request, place: tuple[str | int, ...]) -> list[str]:
    route = request.scope.get("route")
    template = getattr(route, "path_format", request.url.path)
    return names_known(request.app, template, request.method, str(place[0]), tuple(place[1:-1]))


def fault_of(error: dict[str, Any]) -> Fault:
    """One of Pydantic's errors in our shape; the value itself is never repeated: it may be a health fact."""
    where, *path = error["loc"]
    if path and error["type"] == "literal_error" and str(path[-1]).startswith("literal["):
        path.pop()  # which of several lists: nothing that was sent
    fault: Fault = {"in": where if where in ("body", "query", "path", "header") else "body"}
    if where == "body":
        fault["pointer"] = "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in path)
    else:
        fault["name"] = str(path[0]) if path else ""
    fault["detail"], allowed = _say(error)
    if allowed:
        fault["allowed"] = allowed
    return fault


def _say(error: dict[str, Any]) -> tuple[str, list[str]]:
    kind, message, context = error["type"], str(error["msg"]), error.get("ctx", {})
    if kind == "literal_error":
        allowed = re.findall(r"'((?:[^'\\]|\\.)*)'", str(context.get("expected", "")))
        return "This is none of the allowed words.", allowed
    if kind == "extra_forbidden":
        return "This name is none of those known here.", []
    if kind == "missing":
        return "This is required.", []
    if kind == "value_error":
        message = message.removeprefix("Value error, ")
    return _plain(kind, context) or message.rstrip(".") + ".", []


def _plain(kind: str, context: dict[str, Any]) -> str | None:
    """In words for people where Pydantic speaks of Python; None: its own words will do."""
    if kind in ("too_short", "too_long"):
        few = kind == "too_short"
        number = context["min_length" if few else "max_length"]
        return f"Give at {'least' if few else 'most'} {number}, not {context['actual_length']}."
    if kind == "string_pattern_mismatch":
        return PATTERNS.get(context["pattern"])
    return WORDS.get(kind)
