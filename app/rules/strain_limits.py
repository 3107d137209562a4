"""Limits that conditions put on strains where care is a matter of time: of one hold, and of a whole session."""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from app.rules.condition_rules import load_condition_rules
from app.rules.strains import Strain, StrainDegree, StrainDegrees, reaches_degree


class StrainLimit(NamedTuple):
    """What a condition allows of the exercises that ask for a strain."""

    strain: Strain
    degree: StrainDegree
    """The degree from which an exercise counts."""
    max_hold_s: int | None
    """Seconds of one hold without movement; None where it does not matter."""
    max_total_s: int | None
    """Seconds of all such exercises of a session, getting ready and rests included; None where it does not matter."""
    apart: bool
    """True where two such exercises may not follow each other."""

    def concerns(self, degrees: StrainDegrees) -> bool:
        """True where an exercise with these strains counts."""
        return reaches_degree(degrees.get(self.strain), self.degree)


@lru_cache(maxsize=512)
def list_strain_limits(conditions: Sequence[str]) -> tuple[StrainLimit, ...]:
    """Return the limits that these conditions bring, in the order of the rules. `conditions` is hashable."""
    return tuple(
        StrainLimit(strain, rule.caution, rule.max_hold_s, rule.max_total_s, rule.apart)
        for condition, condition_rule in load_condition_rules().items()
        if condition in conditions
        for strain, rule in condition_rule.strains.items()
        if rule.caution is not None and rule.limits_time
    )


def find_max_hold_s(limits: Sequence[StrainLimit], degrees: StrainDegrees) -> int | None:
    """Return the most seconds of one hold of an exercise with these strains; None where nothing limits it."""
    return min(
        (limit.max_hold_s for limit in limits if limit.max_hold_s is not None and limit.concerns(degrees)),
        default=None,
    )


def has_time_limit(conditions: Sequence[str], degrees: StrainDegrees) -> bool:
    """Return whether a stated condition limits the seconds of exercises with these strains in a session."""
    limits = list_strain_limits(conditions)
    return any(limit.max_total_s is not None and limit.concerns(degrees) for limit in limits)
