"""What would make an infeasible request feasible: every suggested change is proved with a session in hand.

That session is the minimal one: the required exercises at their shortest, or one exercise that serves a goal. What can
be solved so is always built, because `solve.solve` answers no less than it.
"""

from collections.abc import Sequence
from itertools import groupby, islice
from typing import Final, NamedTuple

from app.schemas.session_request import SessionRequest
from app.sessions.explain.min_duration import min_duration_s
from app.sessions.explain.obstacles import InfeasibleRequest
from app.sessions.explain.suggested_changes import (
    RequestChange,
    changes_admitting_goals,
    changes_admitting_included,
    changes_resolving_conflict,
    changes_without,
)
from app.sessions.problem.prepared_problem import prepare_problem
from app.sessions.solve import is_solvable, minimal_selection

MAX_SUGGESTIONS: Final = 5
MAX_TRIES: Final = 24
"""Changes of one size that are tried, the most promising first."""


class IncludeConflict(NamedTuple):
    """What is wrong with the exercises that a request includes."""

    excluded: Sequence[str] = ()
    """Slugs that the rest of the request excludes."""
    conflicting: Sequence[str] = ()
    """Slugs that do not go together: a minimal set."""
    compatible: Sequence[str] = ()
    """Slugs that do go together."""


class ProvedChanges(NamedTuple):
    """Changes that make a request feasible."""

    serving: list[RequestChange]
    """Those with which a goal is served."""
    off_goal: list[RequestChange]
    """Those with which the session holds included exercises alone."""


def suggest_changes(case: InfeasibleRequest, min_s: int | None, conflict: IncludeConflict) -> list[RequestChange]:
    """Return single changes that do, where there are any; else several together. `min_s` is the time that would do."""
    candidates, too_long = _candidate_changes(case, conflict)
    suggested: list[RequestChange] = [] if min_s is None else [(("duration_s", min_s),)]
    single = _prove([change for change in candidates if len(change) == 1], case)
    suggested += single.serving
    if not suggested:
        several = _prove_several(candidates, case)
        # A change that does in the time of the request is never proposed with more time.
        suggested = several.serving or single.off_goal or several.off_goal
    if not suggested:
        suggested = _add_time([*candidates, *too_long], case)
    elif conflict.excluded and _all_give_up_included(suggested):
        suggested += _changes_keeping_included(candidates, case)
    return suggested[:MAX_SUGGESTIONS]


def _prove_several(candidates: Sequence[RequestChange], case: InfeasibleRequest) -> ProvedChanges:
    """The changes of several fields, and those that serve a goal with a further one beside them."""
    proved = _prove([change for change in candidates if len(change) > 1], case)
    return proved if proved.serving else ProvedChanges(_extend_changes(candidates, case), proved.off_goal)


def _all_give_up_included(changes: Sequence[RequestChange]) -> bool:
    return all(change[0][0] == "include" for change in changes)


def _candidate_changes(
    case: InfeasibleRequest, conflict: IncludeConflict
) -> tuple[list[RequestChange], list[RequestChange]]:
    """Changes that may do, those of the fewest fields first, and changes that may do with more time."""
    include = case.request.include
    if not include:
        return changes_admitting_goals(case)
    rest = changes_without([slug for slug in include if slug not in conflict.compatible], case)
    if conflict.excluded:
        changes = [*changes_admitting_included(conflict.excluded, case), rest]
        return sorted(dict.fromkeys(changes), key=len), []
    changes = [*changes_resolving_conflict(conflict.conflicting, case), rest]
    return [change for change in dict.fromkeys(changes) if change], []


def _changes_keeping_included(candidates: Sequence[RequestChange], case: InfeasibleRequest) -> list[RequestChange]:
    """Where every suggested change gives up what was included, what it takes to have more of it is said too."""
    keeping = [change for change in candidates if change[0][0] != "include"]
    proved = _prove(keeping, case)
    return proved.serving or proved.off_goal or _add_time(keeping, case)


def _apply(change: RequestChange, case: InfeasibleRequest) -> SessionRequest:
    return case.request.model_copy(update=dict(change))


def _prove(changes: Sequence[RequestChange], case: InfeasibleRequest) -> ProvedChanges:
    """Those of the changes that make the request feasible; none that changes more fields than another that serves."""
    proved = ProvedChanges([], [])
    for _, same_size in groupby(changes, len):
        for change in islice(same_size, MAX_TRIES):
            if len(proved.serving) < MAX_SUGGESTIONS and not _is_redundant(change, proved.serving, case):
                prepared = prepare_problem(_apply(change, case), case.prepared.index)
                if is_solvable(prepared):
                    (proved.off_goal if minimal_selection(prepared) is None else proved.serving).append(change)
        # Changes of more fields are never simpler than one of these.
        if proved.serving:
            break
    return proved


def _is_redundant(change: RequestChange, proved: Sequence[RequestChange], case: InfeasibleRequest) -> bool:
    return any(_asks_no_less(change, other, case.request) for other in proved)


def _asks_no_less(change: RequestChange, other: RequestChange, request: SessionRequest) -> bool:
    """True where another change asks for the same, or for part of it."""
    values = dict(change)
    for field, other_value in other:
        value = values.get(field)
        if isinstance(other_value, tuple) and isinstance(value, tuple):
            present = set(getattr(request, field) or ())
            if not present ^ set(value) >= present ^ set(other_value):
                return False
        elif value != other_value:
            return False
    return True


def _extend_changes(candidates: Sequence[RequestChange], case: InfeasibleRequest) -> list[RequestChange]:
    """Changes, and what beside them lets a goal be served."""
    extended: list[RequestChange] = []
    for change in candidates:
        changed = case.with_request(_apply(change, case))
        if changed.request.include and not is_solvable(prepare_problem(changed.request, case.prepared.index)):
            continue
        in_time, too_long = changes_admitting_goals(changed)
        more = _prove(in_time, changed).serving
        more = more or _add_time([] if changed.request.include else too_long, changed)
        extended += [tuple({**dict(change), **dict(further)}.items()) for further in more]
    return sorted(extended, key=len)


def _add_time(changes: Sequence[RequestChange], case: InfeasibleRequest) -> list[RequestChange]:
    """The first of the changes that does with more time as well."""
    for change in changes[:MAX_TRIES]:
        seconds = min_duration_s(_apply(change, case), case.prepared.index)
        if seconds is not None:
            return [(*change, ("duration_s", seconds))]
    return []
