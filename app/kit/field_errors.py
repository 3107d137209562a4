"""Field errors: for each wrong value of a request where it stands, what is wrong, and what would be right."""

import re
from collections.abc import Callable, Collection, Sequence
from typing import Any

from fastapi import Request

from app.kit.errors import FieldError
from app.kit.lengths import IN_CM, name_in_inches
from app.kit.query_hints import base_of_brackets, describe_list_form, split_commas
from app.kit.request_schema import RequestSchema, find_request_schema
from app.kit.value_hints import (
    MeantWords,
    describe_example,
    describe_form,
    describe_suggestion,
    suggest_words,
)

ErrorDetails = dict[str, Any]
"""One error as Pydantic lists it: `type`, `loc`, `msg`, `ctx`, `input`."""
MESSAGE_BY_ERROR_TYPE = {"date_from_datetime_parsing": "This should be a date such as 2026-03-29."}
"""Messages that are plainer than Pydantic's own."""
MAX_LISTED_WORDS = 16
"""Most words that a sentence lists; more are in `allowed` alone."""
MAX_DESCRIBED_ERRORS = 100
"""Most wrong values that an answer names: a body can hold many thousands, and each is compared with what is known."""
API_PREFIX = "/v1"
"""What the path of every resource begins with."""
SLUG_PATTERNS = (r"^[a-z0-9]+(-[a-z0-9]+)*$", r"^[a-z0-9]+(-[a-z0-9]+)*(--[a-z0-9]+(-[a-z0-9]+)*)?$")
"""Of shared records, and of exercises, which may be a partner's own."""
MESSAGE_BY_PATTERN = {
    **dict.fromkeys(SLUG_PATTERNS, "This is no slug: small letters and digits, with single hyphens between words."),
    r"^([01][0-9]|2[0-3]):[0-5][0-9]$": "This should be a time of day as HH:MM, such as 09:30.",
    r"^([01][0-9]|2[0-3]):[0-5][0-9]-([01][0-9]|2[0-3]):[0-5][0-9]$": "This should be two times such as 12:30-13:00.",
}
"""What a regular expression asks for, in words."""


def list_relevant_errors(all_errors: Sequence[Any]) -> list[ErrorDetails]:
    """Return the errors of Pydantic without those that only follow from others.

    What is missing stands after unknown names of the same place: one of them is often meant for it.
    """
    relevant = [dict(details) for details in all_errors if not _is_redundant(details, all_errors)]
    unknown_places = {tuple(details["loc"][:-1]) for details in relevant if details["type"] == "extra_forbidden"}
    return sorted(relevant, key=lambda e: e["type"] == "missing" and tuple(e["loc"][:-1]) in unknown_places)


def describe_errors(request: Request, errors: Sequence[ErrorDetails]) -> list[FieldError]:
    """Return the first errors in our shape: one for each wrong value, with what would be right."""
    schema = find_request_schema(request)
    described = [_describe_error(request, schema, details) for details in errors[:MAX_DESCRIBED_ERRORS]]
    # Two wrong values of one parameter are told once: an address has no places to tell them apart.
    return list({(error.get("pointer"), error.get("name"), error["detail"]): error for error in described}.values())


def summarise_errors(field_errors: list[FieldError]) -> str:
    """Return the first error in a line, with the number of the others."""
    first, others = field_errors[0], len(field_errors) - 1
    position = first.get("name") or first.get("pointer") or first["in"]
    return f"{position}: {first['detail']}" + (f" ({others} more in errors)" if others else "")


def _is_redundant(details: ErrorDetails, all_errors: Sequence[Any]) -> bool:
    """Whether this only says that a list is too short because the items in it are wrong."""
    location = tuple(details["loc"])
    deeper = (other["loc"][: len(location)] for other in all_errors if len(other["loc"]) > len(location))
    return details["type"] == "too_short" and location in deeper


def _describe_error(request: Request, schema: RequestSchema, details: ErrorDetails) -> FieldError:
    """Return one error in our shape. What is almost right is told with the right form, ready to copy."""
    source, *path = details["loc"]
    field_error = to_field_error(details)
    if details["type"] == "extra_forbidden":
        return _describe_unknown_name(request, schema, field_error, (source, *path))
    if details["type"] == "missing" and (words := schema.words(source, tuple(path))):
        field_error["detail"], field_error["allowed"] = "This is required; the allowed words are", words
    elif source == "body":
        field_error["detail"] = _show_right_form(field_error["detail"], details, schema.example(tuple(path)))
    hint = _hint_for_commas(schema, str(path[0]), details.get("input")) if source == "query" else None
    state = request.app.state
    return finish_detail(
        field_error, hint or hint_for_value(details, state.meant_words, lambda: state.list_slugs(request))
    )


def _show_right_form(detail: str, details: ErrorDetails, example: Any) -> str:
    """Return what is wrong with the form of a value in a body, or with its absence, and an example of the right one."""
    if details["type"] != "missing":
        return describe_form(details["type"], details.get("input"), example) or detail
    is_whole_body = len(details["loc"]) == 1
    start = "A body is required: a JSON object" if is_whole_body else detail.rstrip(".")
    return f"{start}{describe_example(example)}."


def _describe_unknown_name(
    request: Request, schema: RequestSchema, field_error: FieldError, location: tuple[Any, ...]
) -> FieldError:
    """Return the error with the names that are known in the place of an unknown one."""
    source, *path = location
    other_path = _other_path_taking(request, str(path[0])) if source == "query" else None
    if other_path is not None:
        return {**field_error, "detail": f"This is a parameter of another path: {other_path}."}
    names = schema.names(source, tuple(path))
    if not names:
        return {**field_error, "detail": "Nothing is taken here."}
    field_error["allowed"] = names
    return finish_detail(field_error, _hint_for_name(request, schema, names, str(path[-1])))


def hint_for_value(
    details: ErrorDetails, meant_words: MeantWords, list_slugs: Callable[[], Collection[str]]
) -> str | None:
    """Return which word of a closed list, or which slug, is probably meant by a wrong one; None where none is near."""
    value, context = details.get("input"), details.get("ctx", {})
    if not isinstance(value, str):
        return None
    if details["type"] == "literal_error":
        return describe_suggestion(suggest_words(value, _list_expected(context), meant_words))
    if details["type"] == "string_pattern_mismatch" and context["pattern"] in SLUG_PATTERNS:
        return describe_suggestion(suggest_words(value, list_slugs()))
    return None


def finish_detail(field_error: FieldError, hint: str | None) -> FieldError:
    """Return the error with the hint, which helps most, first; without a hint with the allowed words, if few."""
    detail, allowed = field_error["detail"], field_error.get("allowed", ())
    if hint is not None:
        return {**field_error, "detail": f"{hint} {detail.rstrip('.')}."}
    if allowed and len(allowed) <= MAX_LISTED_WORDS:
        detail = f"{detail.rstrip('.')}: {', '.join(allowed)}."
    elif allowed:
        detail = f"{detail.rstrip('.')}: see the {len(allowed)} in `allowed`."
    return {**field_error, "detail": detail}


def _hint_for_name(request: Request, schema: RequestSchema, known_names: list[str], name: str) -> str | None:
    """Return what to write in place of an unknown name; None where it is like none that is known."""
    base = base_of_brackets(name)
    if base is not None and schema.find("query", (base,)).get("type") == "array":
        parameters = request.query_params.multi_items()
        return _describe_list(schema, base, [value for key, value in parameters if base_of_brackets(key) == base])
    return describe_suggestion(suggest_words(base or name, known_names, request.app.state.meant_words))


def _hint_for_commas(schema: RequestSchema, name: str, value: Any) -> str | None:
    """Return how to write a list that was sent with commas; None for another error."""
    items = split_commas(value)
    is_list = len(items) > 1 and schema.find("query", (name,)).get("type") == "array"
    return _describe_list(schema, name, items) if is_list else None


def _describe_list(schema: RequestSchema, name: str, items: list[str]) -> str:
    parameter = schema.find("query", (name,))
    item_schema = schema.item_schema(parameter)
    example = item_schema.get("enum") or parameter["examples"][0]
    return describe_list_form(name, items, item_schema, example[:2])


def _other_path_taking(request: Request, name: str) -> str | None:
    """Return the path that answers the same with this parameter, or None where there is none."""
    state, path = request.app.state, request.scope["path"]
    template = state.route_table.template(path)
    if name in state.path_prefix_by_parameter:
        prefix = state.path_prefix_by_parameter[name]
        template, path = (f"{prefix}{each.removeprefix(API_PREFIX)}" for each in (template, path))
    elif name in state.path_suffix_by_parameter:
        template, path = (f"{each}{state.path_suffix_by_parameter[name]}" for each in (template, path))
    else:
        return None
    # By template: `{slug}` of another route matches anything, so a path that matches it need not answer the same.
    return path if any(entry.template == template for entry in state.route_table.entries) else None


def to_field_error(details: ErrorDetails) -> FieldError:
    """Return one of Pydantic's errors in our shape. The value itself is never repeated: it may be a health fact."""
    source, *path = details["loc"]
    message, allowed = _describe(details)
    field_error: FieldError
    if source in ("query", "path", "header"):
        field_error = {"in": source, "name": str(path[0]) if path else "", "detail": message}
    else:
        pointer = "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in path)
        field_error = {"in": "body", "pointer": pointer, "detail": message}
    if allowed:
        field_error["allowed"] = allowed
    return field_error


def _describe(details: ErrorDetails) -> tuple[str, list[str]]:
    """Return the message of an error and the values that would be right."""
    error_type, message, context = details["type"], str(details["msg"]), details.get("ctx", {})
    if error_type == "literal_error":
        return "This is none of the allowed words.", _list_expected(context)
    if error_type == "extra_forbidden":
        return "This name is none of those known here.", []
    if error_type == "missing":
        return _missing_message(details), []
    if error_type == "value_error":
        message = message.removeprefix("Value error, ")
    return _plain_message(error_type, context) or message.rstrip(".") + ".", []


def _list_expected(context: dict[str, Any]) -> list[str]:
    """Return the words of a closed list that a value is not in."""
    # Pydantic has them only in this text: 'a', 'b' or 'c'.
    return re.findall(r"'((?:[^'\\]|\\.)*)'", str(context.get("expected", "")))


def _missing_message(details: ErrorDetails) -> str:
    source, name = details["loc"][0], str(details["loc"][-1])
    is_length = source == "body" and name.endswith(IN_CM)
    return f"This is required, or {name_in_inches(name)} in its place." if is_length else "This is required."


def _plain_message(error_type: str, context: dict[str, Any]) -> str | None:
    """Return a message in the terms of JSON, or None where Pydantic's own is as plain."""
    if error_type in ("too_short", "too_long"):
        limit, key = ("least", "min_length") if error_type == "too_short" else ("most", "max_length")
        return f"Give at {limit} {context[key]}, not {context['actual_length']}."
    if error_type == "greater_than_equal":
        return f"This should be {context['ge']} or more."
    if error_type == "less_than_equal":
        return f"This should be {context['le']} or less."
    if error_type == "string_pattern_mismatch":
        return MESSAGE_BY_PATTERN.get(context["pattern"])
    return MESSAGE_BY_ERROR_TYPE.get(error_type) or describe_form(error_type, None, None)
