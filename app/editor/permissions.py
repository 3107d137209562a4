"""Who may edit what: shared records with one scope, exercises of one's own with another, those of others nobody."""

from typing import Final

from app.catalogue.redirects import RecordNotFound
from app.changes.ownership import OWNER_SEPARATOR, owner_of
from app.kit.errors import Problem
from app.partners.dependencies import ScopeRequirement
from app.partners.errors import key_required, missing_scope
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
        if caller is None:
            raise key_required()
        check_permission(caller, path.rpartition("/")[2])  # names the scope that this record needs
        return caller


class SharedFigure(Problem):
    """The drawings of shared exercises are made by this project."""

    status, title = 403, "Drawn by this project"


class PictureRequirement(ScopeRequirement):
    """A dependency: the operation needs a key that may keep the exercise whose picture its path names."""

    def __init__(self) -> None:
        super().__init__(OWN_SCOPE)

    def check(self, caller: Caller | None, path: str) -> Caller:
        """Return the caller. Raises as `EditRequirement` does, and `SharedFigure` for exercises that are shared."""
        caller = super().check(caller, path)
        slug = path.rsplit("/", 3)[1]
        if owner_of(slug) is None:
            raise SharedFigure(
                f"The illustrations of {slug!r}, as of all shared exercises, are drawn by this project. "
                f"Upload pictures for exercises of your own, which begin with {caller.partner + OWNER_SEPARATOR!r}."
            )
        check_permission(caller, slug)
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
