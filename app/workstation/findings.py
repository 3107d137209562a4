"""A finding: what is wrong at a workstation, by how much, and what to do about it."""

from typing import Annotated, Literal, NamedTuple

from pydantic import Field
from typing_extensions import TypeAliasType

from app.kit.models import FrozenModel
from app.workstation.checks import CheckId, Severity
from app.workstation.dimension import FittedDimension
from app.workstation.texts import workstation_texts

ObservedState = TypeAliasType(
    "ObservedState",
    Annotated[
        Literal["no", "dangling"],
        Field(description="What was seen where a check asks for no number: a missing support, or feet without one."),
    ],
)


class WorkstationFinding(FrozenModel):
    """One thing that is wrong, by how much, and what to change."""

    check: CheckId
    severity: Severity
    measured: float | None = Field(
        description="The number that was sent, in the target's unit (inches turned into cm); null where none was sent."
    )
    observed: ObservedState | None = Field(
        description="What was sent where the check asks for no number: `no`, or how the feet are; null beside a number."
    )
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
    check: CheckId, severity: Severity, sent: float | ObservedState, target: FittedDimension | None, action: Action
) -> WorkstationFinding:
    """Return a finding on what was sent, with its correction, `target - sent`, and the reason of its check."""
    observed = sent if isinstance(sent, str) else None
    measured = None if isinstance(sent, str) else sent
    # A no or a word has no difference to a target.
    correction = None
    if target is not None and measured is not None:
        correction = round(target.value - measured, 1) + 0.0  # never -0.0
    return WorkstationFinding(
        check=check,
        severity=severity,
        measured=measured,
        observed=observed,
        target=target,
        correction=correction,
        correction_cm=correction if target is not None and target.unit == "cm" else None,
        action=action.text,
        costs_nothing=action.costs_nothing,
        guideline=action.guideline,
        why=workstation_texts().why[check],
    )
