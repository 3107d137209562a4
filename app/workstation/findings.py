"""A finding: what is wrong at a workstation, by how much, and what to do about it."""

from typing import NamedTuple

from pydantic import Field

from app.kit.models import FrozenModel
from app.workstation.checks import CheckId, Severity
from app.workstation.dimension import FittedDimension
from app.workstation.texts import workstation_texts


class WorkstationFinding(FrozenModel):
    """One thing that is wrong, by how much, and what to change."""

    check: CheckId
    severity: Severity
    measured: float | bool | str = Field(description="What was sent.")
    target: FittedDimension | None = Field(description="What would be right; null where there is no number for it.")
    correction: float | None = Field(description="Target less measured, in the target's unit; null without a number.")
    correction_cm: float | None = Field(description="The same for lengths, in cm, whatever is moved; else null.")
    action: str = Field(description="What to do.")
    costs_nothing: bool = Field(description="True where nothing has to be bought.")
    guideline: str = Field(description="Slug under `/v1/guidelines`.")
    why: str


class Action(NamedTuple):
    """What to do about a finding."""

    text: str
    guideline: str
    """Slug of the guideline that it follows."""
    costs_nothing: bool = True


def make_finding(
    check: CheckId, severity: Severity, measured: float | bool | str, target: FittedDimension | None, action: Action
) -> WorkstationFinding:
    """Return a finding with its correction, `target - measured`, and the reason of its check."""
    # A yes, a no or a word has no difference to a target.
    correction = None
    if target is not None and isinstance(measured, float):
        correction = round(target.value - measured, 1) + 0.0  # never -0.0
    return WorkstationFinding(
        check=check,
        severity=severity,
        measured=measured,
        target=target,
        correction=correction,
        correction_cm=correction if target is not None and target.unit == "cm" else None,
        action=action.text,
        costs_nothing=action.costs_nothing,
        guideline=action.guideline,
        why=workstation_texts().why[check],
    )
