"""Who may edit what: shared records with one scope, exercises of one's own with another, those of others nobody."""

from typing import Final

from app.catalogue.redirects import RecordNotFound
from app.changes.ownership import OWNER_SEPARATOR, owner_of
from app.partners.dependencies import ScopeRequirement
from app.partners.errors import missing_scope
from app.partners.key_ring import Caller
from app.partners.scopes import KeyScope

SHARED_SCOPE: Final[KeyScope] = "catalogue:write"
OWN_SCOPE: Final[KeyScope] = "own:write"


class EditRequirement(ScopeRequirement):
    """A dependency: the operation needs a key that may edit the record at the end of its path."""

    def __init__(self) -> None:
        super().__init__(SHARED_SCOPE, OWN_SCOPE)

    def check(self, caller: Caller | None, path: str) -> Caller:
        """Return the caller. Raises `KeyRequired`, `MissingScope`, and `RecordNotFound` for exercises of others."""
        caller = super().check(caller, path)
        check_permission(caller, path.rpartition("/")[2])
        return caller


def check_permission(caller: Caller, slug: str) -> None:
    """Raise `MissingScope` where the key may not edit the record, and `RecordNotFound` where it may not know of it."""
    owner = owner_of(slug)
    if owner not in (None, caller.partner):
        # The same whether there is such a record or not.
        raise RecordNotFound(
            f"There is no exercise {slug!r}. Your own begin with {caller.partner + OWNER_SEPARATOR!r}."
        )
    scope = SHARED_SCOPE if owner is None else OWN_SCOPE
    if scope not in caller.scopes:
        raise missing_scope(scope)
