"""What every variation takes and gives."""

from collections.abc import Sequence
from typing import NamedTuple

from app.rules.dose import Dose
from app.schemas.session_request import SessionRequest
from app.sessions.plan import Plan


class SessionToVary(NamedTuple):
    """A session that stands: its request, with slugs that are in the index, and what it holds."""

    request: SessionRequest
    slugs: Sequence[str]
    """Its exercises in order; a slug that was deleted since is not in the index."""
    phases: Sequence[str]
    """The phase of each exercise."""
    doses: Sequence[Dose]
    """The dose of each exercise."""
    removed: frozenset[str] = frozenset()
    """Exercises that were exchanged before."""


class VariedPlan(NamedTuple):
    """Another session, the request that it is for, and what may be stored of how it differs."""

    plan: Plan
    request: SessionRequest
    removed: frozenset[str]
    """Exercises that were exchanged, now or before; not why."""
