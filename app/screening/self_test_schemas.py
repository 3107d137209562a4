"""Self-tests and their results, as they are sent."""

from collections.abc import Iterator
from typing import Annotated, Self

from pydantic import ConfigDict, Field, model_validator

from app.kit.lengths import Length, to_cm
from app.kit.models import FrozenModel, RequestModel
from app.kit.quantity import Quantity
from app.rules.notices import Disclaimer, load_disclaimer
from app.rules.vocabulary import BodySide, Condition, Side
from app.schemas.session_recipe import GoalWeight
from app.screening import self_test_scoring as scoring
from app.screening.schemas import REVIEWED_BY_DESCRIPTION
from app.screening.self_test_scoring import MeasurementChange, Person, ReferralAdvice, SideDifference
from app.screening.self_test_vocabulary import BandLabel, LengthUnit, SelfTestId
from app.screening.self_tests import SelfTest, list_tests, load_self_test_texts

Value = Annotated[float, Quantity(0, 600, "the test's unit", "What was measured.")]
OLDER_ADULT_AGE_YEARS = 60
"""From this age on a note says that the bands compare with young adults."""


def _to_cm(inches: float | None) -> float | None:
    return None if inches is None else to_cm(inches)


class SelfTestList(FrozenModel):
    """The self-tests."""

    items: tuple[SelfTest, ...]
    next_cursor: str | None
    total: int
    general: str = Field(description="What holds for every test.")
    disclaimer: Disclaimer
    reviewed_by: str | None = Field(description=REVIEWED_BY_DESCRIPTION)


class SelfTestResult(RequestModel):
    """One test's result: `left` and `right`, or `value`, as its `sides` says."""

    test: SelfTestId
    left: Value | None = None
    right: Value | None = None
    value: Value | None = None
    unit: LengthUnit | None = Field(
        None, description="Unit of `left`, `right` and `value`, only for tests that are measured in cm; absent: cm."
    )
    arm_span_cm: Annotated[float, Length(120, 230, "Finger tip to finger tip; combined_elevation only.")] | None = None

    stopped_by_pain: bool | None = Field(
        None,
        description="Pain ended the test: then it gives no goal. With 0 points of the wall angel only false gives one.",
    )

    @model_validator(mode="after")
    def _check_values(self) -> Self:
        error = scoring.find_measurement_error(self.to_measurement(), self.unit)
        if error is not None:
            raise ValueError(error)
        return self

    def to_measurement(self) -> scoring.Measurement:
        """Return the result as the scoring takes it, in the test's unit."""
        values = (self.left, self.right, self.value)
        if self.unit == "in":
            values = (_to_cm(self.left), _to_cm(self.right), _to_cm(self.value))
        return scoring.Measurement(self.test, *values, self.arm_span_cm, self.stopped_by_pain)


class SelfTestResults(RequestModel):
    """Results to score. Used and forgotten."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "results": [
                        {"test": "lumbar_locked_rotation", "left": 34, "right": 47},
                        {"test": "occiput_to_wall", "value": 3},
                    ],
                    "earlier": [{"test": "lumbar_locked_rotation", "left": 27, "right": 44}],
                }
            ]
        },
    )

    results: tuple[SelfTestResult, ...] = Field(
        min_length=1, max_length=11, strict=False, description="Each test once."
    )
    earlier: tuple[SelfTestResult, ...] = Field(
        (), max_length=11, strict=False, description="Results of an earlier day, to compare."
    )
    age_years: Annotated[int, Field(ge=18, le=110)] | None = Field(
        None, description="Some results weigh more with age. Adults only: there are no figures for children here."
    )
    morning_stiffness: bool = Field(False, description="The back is stiff for more than half an hour after waking.")

    @model_validator(mode="after")
    def _check_unique_tests(self) -> Self:
        for results in (self.results, self.earlier):
            if len({result.test for result in results}) < len(results):
                raise ValueError("Give each test once")
        return self


class ScoredMeasurement(FrozenModel):
    """Where a value lies."""

    test: SelfTestId
    side: Side
    value: float = Field(description="In the test's unit; inches are turned into cm.")
    compared_value: float = Field(description="What is compared with the bands; per arm span where the test says so.")
    band: BandLabel
    score: int = Field(ge=0, le=3, description="3 is best.")


class SelfTestScores(FrozenModel):
    """Bands, what to train, what changed, and whom to ask first."""

    bands: tuple[ScoredMeasurement, ...]
    side_differences: tuple[SideDifference, ...]
    goals: tuple[GoalWeight, ...] = Field(
        description="`goals` for a session request; empty where a clinician comes first, or pain ended each test."
    )
    stiffer_side: BodySide | None = Field(
        description="`stiffer_side` for a session request; null where no test tells one, or tests disagree."
    )
    changes: tuple[MeasurementChange, ...]
    referrals: tuple[ReferralAdvice, ...]
    conditions: tuple[Condition, ...] = Field(
        description="Send them as `conditions` of a session request: it is refused until a clinician was asked."
    )
    notes: tuple[str, ...]
    disclaimer: Disclaimer
    reviewed_by: str | None = Field(description=REVIEWED_BY_DESCRIPTION)


def list_self_tests() -> SelfTestList:
    """Return all self-tests."""
    tests = list_tests()
    return SelfTestList(
        items=tests,
        next_cursor=None,
        total=len(tests),
        general=load_self_test_texts().general,
        disclaimer=load_disclaimer(),
        reviewed_by=None,
    )


def score_self_tests(request: SelfTestResults) -> SelfTestScores:
    """Return the scores of the results of one day, and the changes since the results of an earlier day."""
    measurements = [result.to_measurement() for result in request.results]
    earlier = [result.to_measurement() for result in request.earlier]
    scored = scoring.score_measurements(measurements, request.age_years)
    referrals = tuple(scoring.find_referrals(scored, Person(request.age_years, request.morning_stiffness)))
    differences = tuple(scoring.find_side_differences(measurements))
    goals = [] if referrals else scoring.weigh_trainable_goals(measurements, scored)
    return SelfTestScores(
        bands=tuple(_describe_value(value) for value in scored),
        side_differences=differences,
        goals=tuple(GoalWeight(goal=goal, weight=weight) for goal, weight in goals),
        stiffer_side=None if referrals else scoring.find_stiffer_side(differences),
        changes=tuple(scoring.find_changes(measurements, earlier)),
        referrals=referrals,
        conditions=("warning_signs",) if referrals else (),
        notes=(
            *_list_notes(request.age_years, differences),
            *_list_pain_notes(measurements),
            *_list_value_notes(measurements, scored, referrals, request.age_years),
        ),
        disclaimer=load_disclaimer(),
        reviewed_by=None,
    )


def _describe_value(value: scoring.ScoredValue) -> ScoredMeasurement:
    return ScoredMeasurement(
        test=value.test,
        side=value.side,
        value=value.value,
        compared_value=value.compared_value,
        band=value.band.label,
        score=value.band.score,
    )


def _list_notes(age_years: int | None, differences: tuple[SideDifference, ...]) -> Iterator[str]:
    texts = load_self_test_texts()
    yield texts.general
    if (age_years or 0) >= OLDER_ADULT_AGE_YEARS:
        yield texts.older_adults
    if differences:
        yield texts.shares if scoring.find_stiffer_side(differences) else texts.sides_disagree


def _list_pain_notes(measurements: list[scoring.Measurement]) -> Iterator[str]:
    """Yield whether pain has to be told, and what pain means for the goals."""
    texts = load_self_test_texts()
    answers = {measurement.stopped_by_pain for measurement in measurements if not scoring.can_train(measurement)}
    if None in answers:
        yield texts.ask_for_pain
    if True in answers:
        yield texts.stopped_by_pain


def _list_value_notes(
    measurements: list[scoring.Measurement],
    scored: list[scoring.ScoredValue],
    referrals: tuple[ReferralAdvice, ...],
    age_years: int | None,
) -> Iterator[str]:
    """Yield whether the age has to be told, and a word on values far from usual that nothing else speaks of."""
    texts = load_self_test_texts()
    if age_years is None and any(scoring.depends_on_age(value) for value in scored):
        yield texts.age_needed
    told = {referral.test for referral in referrals}
    told |= {measurement.test for measurement in measurements if not scoring.can_train(measurement)}
    if any(value.band.label == "marked" and value.test not in told for value in scored):
        yield texts.marked
