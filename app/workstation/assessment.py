"""Assesses an existing workstation: findings, most severe first, a score, and a short break that answers them."""

from collections.abc import Callable, Iterator

from pydantic import ConfigDict, Field

from app.kit.models import FrozenModel, RequestModel
from app.rules.notices import Disclaimer, load_disclaimer
from app.rules.vocabulary import Goal
from app.schemas.session_recipe import GoalWeight, SessionRecipe
from app.workstation.advice import WorkstationAdvice, advise_measuring_again
from app.workstation.body import WorkstationBody
from app.workstation.checks import CheckId, Severity
from app.workstation.checks_habits import check_habits
from app.workstation.checks_heights import check_heights
from app.workstation.checks_screen import check_screen_offset, check_screen_tilt, check_viewing_distance
from app.workstation.checks_supports import check_elbow_angle, check_seat_depth, check_supports
from app.workstation.findings import WorkstationFinding
from app.workstation.observed import ObservedWorkstation
from app.workstation.plan import Observation, observe_body

CHECKS: tuple[Callable[[Observation], Iterator[WorkstationFinding]], ...] = (
    check_heights,
    check_viewing_distance,
    check_elbow_angle,
    check_screen_offset,
    check_screen_tilt,
    check_seat_depth,
    check_supports,
    check_habits,
)
"""Every check, in the order in which findings of equal weight are listed."""
SEVERITY_POINTS: dict[Severity, int] = {"minor": 3, "moderate": 8, "severe": 15}
"""Points that a finding takes off the score of 100. Editorial."""
GOALS_BY_CHECK: dict[CheckId, dict[Goal, int]] = {
    "desk_height": {"posture": 2, "extension": 1},
    "desk_height_standing": {"posture": 2},
    "screen_top": {"extension": 2, "posture": 1},
    "viewing_distance": {"posture": 2},
    "elbow_angle": {"posture": 2},
    "screen_offset": {"rotation": 3},
    "seat_depth_gap": {"extension": 1},
    "feet": {"extension": 1},
    "lumbar_support": {"extension": 1},
    "mouse": {"posture": 1},
    "longest_sitting": {"rotation": 2, "extension": 2},
    "laptop_only": {"extension": 2, "posture": 1},
    "phone_head_down": {"extension": 2, "posture": 1},
}
"""Goals of the break, with weights, for each finding. Editorial: no trial pairs them."""
BASE_GOALS: dict[Goal, int] = {"rotation": 1, "extension": 1}
"""Goals of every break, with weights: what a day of sitting misses most."""
MAX_GOAL_WEIGHT = 10
"""Largest weight that a session request takes."""
SHORT_BREAK_S = 180
"""Length of the break."""
LONG_BREAK_S = 300
"""Length of the break after very long sitting."""


class WorkstationAssessment(RequestModel):
    """A body, and what was measured at its workstation."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "body": {"stature_cm": 160, "desk": {"fixed_cm": 73}},
                    "measured": {"seat_height_cm": 42, "desk_height_cm": 73, "feet": "flat", "longest_sitting_min": 90},
                }
            ]
        },
    )

    body: WorkstationBody
    measured: ObservedWorkstation


class WorkstationReport(FrozenModel):
    """The findings at this workstation, and a break to begin with."""

    score: int = Field(
        ge=0,
        le=100,
        description="100 less 3 for each minor finding, 8 for each moderate and 15 for each severe one. Editorial, "
        "not a published tool.",
    )
    findings: tuple[WorkstationFinding, ...] = Field(
        description="Most severe first; among equals, what costs nothing first."
    )
    advice: tuple[WorkstationAdvice, ...] = Field(
        description="Own measurements to repeat, because hardly anybody of this stature has them."
    )
    break_: SessionRecipe = Field(
        alias="break", description="A short break that answers the findings: send it to `POST /v1/sessions` as it is."
    )
    disclaimer: Disclaimer
    reviewed_by: str | None = Field(description="The clinician who has read the rules; null: nobody yet.")


def compute_assessment(assessment: WorkstationAssessment) -> WorkstationReport:
    """Return the findings, the score and a break. Inside one standard error of an estimate there is no finding.

    The findings on seat, desk, feet and screen are one plan: to follow them all leaves none of them.
    """
    observation = observe_body(assessment.body, assessment.measured)
    findings = [finding for check in CHECKS for finding in check(observation)]
    findings.sort(key=lambda finding: (-SEVERITY_POINTS[finding.severity], not finding.costs_nothing))
    # Validated by alias: `break` is a keyword of Python.
    return WorkstationReport.model_validate(
        {
            "score": max(0, 100 - sum(SEVERITY_POINTS[finding.severity] for finding in findings)),
            "findings": tuple(findings),
            "advice": tuple(advise_measuring_again(assessment.body)),
            "break": recommend_break(findings, seated_only=assessment.body.wheelchair),
            "disclaimer": load_disclaimer(),
            "reviewed_by": None,
        }
    )


def recommend_break(findings: list[WorkstationFinding], *, seated_only: bool) -> SessionRecipe:
    """Return the recipe of a break at the chair that answers the findings."""
    weights: dict[Goal, int] = dict(BASE_GOALS)
    for finding in findings:
        for goal, weight in GOALS_BY_CHECK.get(finding.check, {}).items():
            weights[goal] = min(weights.get(goal, 0) + weight, MAX_GOAL_WEIGHT)
    long_sitting = any(finding.check == "longest_sitting" and finding.severity != "minor" for finding in findings)
    ranked = sorted(weights.items(), key=lambda item: -item[1])
    return SessionRecipe(
        duration_s=LONG_BREAK_S if long_sitting else SHORT_BREAK_S,
        goals=tuple(GoalWeight(goal=goal, weight=weight) for goal, weight in ranked),
        available_equipment=("chair",),
        positions=("seated",) if seated_only else ("seated", "standing"),
        level=1,
        age_band=None,
        purpose="desk_break",
        include=(),
        exclude=(),
        seed=0,
    )
