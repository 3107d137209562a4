"""A desk as it is -> what is off, in order, a score, and a short break that answers it."""

from pydantic import ConfigDict, Field

from app.kit.models import FrozenModel
from app.rules.notices import Disclaimer, load_disclaimer
from app.rules.vocabulary import Goal
from app.schemas.session_request import GoalWeight, SessionRequest
from app.workstation.body import WorkstationBody
from app.workstation.checks import CheckId, Severity
from app.workstation.checks_habits import check_habits
from app.workstation.checks_heights import check_heights, observe_body
from app.workstation.findings import WorkstationFinding
from app.workstation.observed import ObservedWorkstation

SEVERITY_POINTS: dict[Severity, int] = {"minor": 3, "moderate": 8, "severe": 15}
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
"""What a break may loosen where a check was off: editorial, no trial pairs them."""


class WorkstationAssessment(FrozenModel):
    """A body, and what was measured at its desk."""

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
    """What is off at this desk, and a break to begin with."""

    score: int = Field(
        ge=0,
        le=100,
        description="100 less 3 for each minor finding, 8 moderate, 15 severe. Ours, not a published tool.",
    )
    findings: tuple[WorkstationFinding, ...] = Field(
        description="Gravest first; among equals, what costs nothing first."
    )
    break_: SessionRequest = Field(
        alias="break", description="A session request for a short break that answers the findings."
    )
    disclaimer: Disclaimer
    reviewed_by: str | None = Field(description="The clinician who has read the rules; null: nobody yet.")


def compute_assessment(asked: WorkstationAssessment) -> WorkstationReport:
    """Judge a desk. Inside one standard error of an estimated body nothing is called wrong."""
    seen = observe_body(asked.body, asked.measured)
    found = [*check_heights(seen), *check_habits(seen)]
    found.sort(key=lambda one: (-SEVERITY_POINTS[one.severity], not one.costs_nothing))
    return WorkstationReport.model_validate(
        {
            "score": max(0, 100 - sum(SEVERITY_POINTS[one.severity] for one in found)),
            "findings": tuple(found),
            "break": recommend_break(found),
            "disclaimer": load_disclaimer(),
            "reviewed_by": None,
        }
    )


def recommend_break(found: list[WorkstationFinding]) -> SessionRequest:
    """Three minutes at the chair for what was found; five after very long sitting."""
    weights: dict[Goal, int] = {"rotation": 1, "extension": 1}  # what any sitting day misses most
    for one in found:
        for goal, weight in GOALS_BY_CHECK.get(one.check, {}).items():
            weights[goal] = min(weights.get(goal, 0) + weight, 10)
    long_sitting = any(one.check == "longest_sitting" and one.severity != "minor" for one in found)
    ranked = sorted(weights.items(), key=lambda pair: -pair[1])
    return SessionRequest(
        duration_s=300 if long_sitting else 180,
        goals=tuple(GoalWeight(goal=goal, weight=weight) for goal, weight in ranked),
        available_equipment=("chair",),
        positions=("seated", "standing"),
        level=1,
        purpose="desk_break",
    )
