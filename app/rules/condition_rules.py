"""The rules of health conditions, as `seed/condition_rules.yaml` holds them.

A file and not code, because clinicians review it. It is read once and kept for the life of the process, like the texts.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import Field, RootModel, ValidationError, model_validator

from app.kit.closed_lists import list_words
from app.kit.models import StrictModel
from app.kit.settings import PROJECT_ROOT
from app.kit.yaml_files import FileFault, describe_error, read_yaml
from app.rules.strains import Strain, StrainDegree, StrainDegrees, reaches_degree
from app.rules.vocabulary import BlockingCondition, ConditionWithRules, Equipment, Position
from app.texts.loader import EveryKey, InvalidTexts

RULES_PATH = PROJECT_ROOT / "seed" / "condition_rules.yaml"


class StrainRule(StrictModel):
    """What a condition makes of one strain."""

    caution: StrainDegree | None = Field(default=None, description="The degree from which the strain asks for care.")
    avoid: StrainDegree | None = Field(default=None, description="The degree from which the exercise is left out.")
    max_hold_s: int | None = Field(default=None, ge=15, description="Most seconds of one hold, where it asks for care.")
    max_total_s: int | None = Field(
        default=None, ge=60, description="Most seconds in a session, where it asks for care."
    )
    apart: bool = Field(
        default=False, description="True: two exercises that ask for care with it never follow each other."
    )
    source: str | None = Field(default=None, description="Slug of the reference; null: our own, unreviewed default.")

    @model_validator(mode="after")
    def _check_thresholds(self) -> "StrainRule":
        if self.caution is None and self.avoid is None:
            raise ValueError("give caution, avoid or both")
        if reaches_degree(self.caution, self.avoid):
            raise ValueError("caution must begin at a milder degree than avoid")
        if self.limits_time and self.caution is None:
            raise ValueError("limits of time belong to a caution")
        return self

    @property
    def limits_time(self) -> bool:
        """True where care is a matter of time or of order."""
        return self.max_hold_s is not None or self.max_total_s is not None or self.apart


class ConditionRule(StrictModel):
    """What a condition makes of the strains of an exercise."""

    reviewed_by: str | None
    positions: tuple[Position, ...] | None = Field(default=None, strict=False, min_length=1)
    """Positions of a session where the person names none; None: every position."""
    first_level: int | None = Field(default=None, ge=1, le=5)
    """Highest level of the first sessions; None: no limit."""
    equipment: tuple[Equipment, ...] = Field(default=(), strict=False)
    """Pieces that everybody with the condition has at hand."""
    strains: dict[Strain, StrainRule] = Field(min_length=1)
    avoid_together: list[Annotated[dict[Strain, StrainDegree], Field(min_length=2)]] = Field(default_factory=list)
    """Strains that bar an exercise which asks for all of them, each from its degree on."""

    def avoided_strains(self, degrees: StrainDegrees) -> tuple[Strain, ...]:
        """Return the strains that bar an exercise with these degrees; none where it is not barred."""
        alone = {strain for strain, rule in self.strains.items() if reaches_degree(degrees.get(strain), rule.avoid)}
        for combination in self.avoid_together:
            if all(reaches_degree(degrees.get(strain), threshold) for strain, threshold in combination.items()):
                alone.update(combination)
        return tuple(strain for strain in degrees if strain in alone)

    def cautioned_strains(self, degrees: StrainDegrees) -> tuple[Strain, ...]:
        """Return the strains that ask for care with an exercise with these degrees."""
        return tuple(
            strain
            for strain, degree in degrees.items()
            if strain in self.strains and reaches_degree(degree, self.strains[strain].caution)
        )


class ConditionRules(RootModel[Annotated[dict[ConditionWithRules, ConditionRule], EveryKey(ConditionWithRules)]]):
    """The rule of every condition."""


def default_positions(conditions: Iterable[ConditionWithRules | BlockingCondition]) -> tuple[Position, ...] | None:
    """Return the positions that all stated conditions allow by default; None where none of them limits positions.

    Where no position is left, as for a wheelchair user who should not sit long, the condition with the fewest
    positions decides: it has the least choice.
    """
    stated = set(conditions)
    allowed = [rule.positions for condition, rule in load_condition_rules().items() if condition in stated]
    limited = sorted((positions for positions in allowed if positions is not None), key=len)
    if not limited:
        return None
    common = limited[0]
    for positions in limited[1:]:
        common = tuple(position for position in common if position in positions) or common
    return common


def first_level(conditions: Iterable[ConditionWithRules | BlockingCondition]) -> int | None:
    """Return the highest level of first sessions with these conditions; None where none of them limits it."""
    stated = set(conditions)
    levels = [rule.first_level for condition, rule in load_condition_rules().items() if condition in stated]
    return min((level for level in levels if level is not None), default=None)


def equipment_of_conditions(conditions: Iterable[ConditionWithRules | BlockingCondition]) -> tuple[Equipment, ...]:
    """Return the pieces that people with these conditions have at hand, as the seat of a wheelchair; each once."""
    stated = set(conditions)
    rules = [rule for condition, rule in load_condition_rules().items() if condition in stated]
    return tuple(dict.fromkeys(piece for rule in rules for piece in rule.equipment))


@cache
def load_condition_rules() -> Mapping[ConditionWithRules, ConditionRule]:
    """Return the rule of each condition, in the order of the vocabulary. Raises `InvalidTexts` where it is not one."""
    rules, faults = read_condition_rules(RULES_PATH)
    if rules is None:
        raise InvalidTexts(faults)
    return rules


def read_condition_rules(path: Path) -> tuple[Mapping[ConditionWithRules, ConditionRule] | None, list[FileFault]]:
    """Return the rules of a file, None where they do not fit, and every fault with its line."""
    document = read_yaml(path, "/".join(path.parts[-2:]))
    if document.faults:
        return None, document.faults
    try:
        rules = ConditionRules.model_validate(document.value).root
    except ValidationError as error:
        return None, [document.fault(tuple(part["loc"]), describe_error(dict(part))) for part in error.errors()]
    conditions: tuple[ConditionWithRules, ...] = list_words(ConditionWithRules)
    return {condition: rules[condition] for condition in conditions}, []
