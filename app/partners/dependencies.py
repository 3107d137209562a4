"""What routes say of the caller: that the operation needs a key, with which scope, and who it is."""

from typing import Any, Final

from fastapi import Request, Security
from fastapi.openapi.models import HTTPBearer
from fastapi.security.base import SecurityBase
from starlette.types import Scope

from app.partners.errors import key_required, missing_scope
from app.partners.key_ring import Caller
from app.partners.scopes import KeyScope

SCHEME_DESCRIPTION: Final = "The key of a partner (`python -m app keys create`). Reading and building need none."
CALLER_STATE: Final = "caller"
"""Where the state of a request holds its `Caller`; nothing without a key."""


class ScopeRequirement(SecurityBase):
    """A dependency: the operation needs a key with one of some scopes, or any key where there are none.

    `AccessMiddleware` enforces it as well, before anything else of the request is looked at.
    """

    def __init__(self, *key_scopes: KeyScope) -> None:
        self.key_scopes = key_scopes
        self.model = HTTPBearer(description=SCHEME_DESCRIPTION)
        self.scheme_name = "bearer"

    async def __call__(self, request: Request) -> Caller:
        """Return who makes the request. Raises `KeyRequired` or `MissingScope`."""
        return self.check(find_caller(request.scope), request.scope["path"])

    def check(self, caller: Caller | None, path: str) -> Caller:  # noqa: ARG002 - for those that depend on the path
        """Return the caller where the key allows the operation. Raises `KeyRequired` or `MissingScope`."""
        if caller is None:
            raise key_required()
        if self.key_scopes and caller.scopes.isdisjoint(self.key_scopes):
            raise missing_scope(self.key_scopes[0])
        return caller


def find_caller(scope: Scope) -> Caller | None:
    """Return who makes the request of a scope; None without a key."""
    caller: Caller | None = scope.get("state", {}).get(CALLER_STATE)
    return caller


def require_scope(*key_scopes: KeyScope) -> Any:
    """Return the dependency of an operation that needs a key with one of these scopes; without any each key will do.

    `caller: Annotated[Caller, require_scope("catalogue:write")]`, or in the `dependencies` of a route or router.
    """
    # Not among the scopes of the document: those belong to OAuth, and linters refuse them for a bearer token.
    return Security(ScopeRequirement(*key_scopes))
