"""Query parameters as frozen models that refuse what they do not know."""

from typing import Any

from app.kit.models import FrozenModel


def require_integer(value: Any) -> Any:
    """Return `value`. Raises `ValueError` for `true` and for `1.0`, which Pydantic would take for 1."""
    if isinstance(value, bool) or (isinstance(value, str) and not value.lstrip("+-").isdigit()):
        raise ValueError("This should be a whole number")
    return value


class QueryModel(FrozenModel):
    """Base of the query parameters of a route."""
