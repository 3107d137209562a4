"""From measurements of self-tests: bands, goals for a session, real changes, and when to see a clinician first."""

from collections.abc import Iterator, Sequence
from typing import Annotated, Literal, NamedTuple

from pydantic import Field
from typing_extensions import TypeAliasType

from app.kit.lengths import Length
from app.kit.models import FrozenModel
from app.kit.quantity import Quantity
from app.rules.vocabulary import BodySide, Goal, Side
from app.screening.self_test_vocabulary import LengthUnit, SelfTestId
from app.screening.self_tests import (
    SPEC_BY_ID,
    ScoreBand,
    SelfTestSpec,
    load_self_test_texts,
    make_kyphosis_bands,
)

ChangeVerdict = TypeAliasType(
    "ChangeVerdict",
    Annotated[
        Literal["better", "worse", "no_real_change"],
        Field(description="Whether a change between two measurements is more than noise."),
    ],
)
MIN_SIDE_DIFFERENCE_DEG = 10.0
"""Degrees between the sides that are beyond the error of measuring."""
STIFFER_SIDE_SHARE = 60
"""Parts in a hundred of the one-sided work that the stiffer side gets; the other side gets the rest."""
MAX_GOALS = 5
"""Goals that a session request takes."""
OLDEST_AGE_YEARS = 110
"""An age at which every limit of age is passed."""
DEFAULT_GOALS: tuple[tuple[Goal, int], ...] = (("strength", 2), ("rotation", 1), ("extension", 1))
"""Goals with weights where no test is low."""
MAX_GOAL_WEIGHT = 3
"""Weight of a goal whose test scores 0."""


class Measurement(NamedTuple):
    """What was measured, in the test's unit: `left` and `right`, or `value`."""

    test: SelfTestId
    left: float | None = None
    right: float | None = None
    value: float | None = None
    arm_span_cm: float | None = None
    stopped_by_pain: bool | None = None


class Person(NamedTuple):
    """What gives some measurements weight."""

    age_years: int | None = None
    morning_stiffness: bool = False


class ScoredValue(NamedTuple):
    """The band of one value; `compared_value` is what is compared with the bands."""

    test: SelfTestId
    side: Side
    value: float
    compared_value: float
    band: ScoreBand


class SideDifference(FrozenModel):
    """A clear difference between the sides."""

    test: SelfTestId
    difference: float
    stiffer: BodySide
    left_share: int = Field(description="Parts in a hundred of the one-sided work.")
    right_share: int


class MeasurementChange(FrozenModel):
    """What changed since the earlier result."""

    test: SelfTestId
    side: Side
    earlier: float
    now: float
    change: float
    beyond_mdc: bool = Field(description="False: below the minimal detectable change, neither progress nor loss.")
    verdict: ChangeVerdict


class ReferralAdvice(FrozenModel):
    """A result to be seen by a clinician before any training."""

    test: SelfTestId
    reason: str
    advice: str


def list_values(measurement: Measurement) -> list[tuple[Side, float]]:
    """Return the values of a measurement that count, with their sides."""
    sides = SPEC_BY_ID[measurement.test].sides
    # `find_measurement_error` has refused a missing side; the checks for None are for the type checker.
    if sides == "one" or measurement.left is None or measurement.right is None:
        return [("both", measurement.value or 0.0)]
    if sides == "mean":
        return [("both", round((measurement.left + measurement.right) / 2, 2))]
    return [("left", measurement.left), ("right", measurement.right)]


def find_measurement_error(measurement: Measurement, unit: LengthUnit | None = None) -> str | None:
    """Return what is wrong with the form of a measurement; None where it can be scored.

    `unit` is the one in which a length was sent: the range is told in it.
    """
    test = SPEC_BY_ID[measurement.test]
    if unit is not None and test.unit != "cm":
        return f"{test.id} is measured in {test.unit}: leave out unit"
    values = _list_sent_values(test, measurement)
    if values is None:
        return f"{test.id} takes {'value' if test.sides == 'one' else 'left and right'}"
    error = _find_value_error(test, values, unit)
    if error is None and test.per_arm_span != (measurement.arm_span_cm is not None):
        return f"{test.id} {'needs' if test.per_arm_span else 'takes no'} arm_span_cm (or arm_span_in)"
    return error


def _list_sent_values(test: SelfTestSpec, measurement: Measurement) -> list[float] | None:
    """Return the values that a test takes; None where one is missing, or another one was sent."""
    required, unexpected = [measurement.value], [measurement.left, measurement.right]
    if test.sides != "one":
        required, unexpected = unexpected, required
    values = [value for value in required if value is not None]
    return values if len(values) == len(required) and not any(value is not None for value in unexpected) else None


def _find_value_error(test: SelfTestSpec, values: list[float], unit: LengthUnit | None) -> str | None:
    if any(not test.min_value <= value <= test.max_value for value in values):
        limits = Quantity(test.min_value, test.max_value, test.unit, "")
        if unit == "in":
            limits = Length(test.min_value, test.max_value, "").in_inches
        return f"{test.id} takes {limits.minimum:g} to {limits.maximum:g} {limits.unit}"
    if test.unit == "points" and any(value != int(value) for value in values):
        return f"{test.id} takes whole points"
    return None


def score_measurements(measurements: Sequence[Measurement], age_years: int | None = None) -> list[ScoredValue]:
    """Return the band of every value; the curve of the upper back is compared with its own age where that is known."""
    scored = []
    for measurement in measurements:
        for side, value in list_values(measurement):
            # Long arms reach higher, so some bands hold for the value per arm span.
            compared = round(value / measurement.arm_span_cm, 3) if measurement.arm_span_cm else value
            spec = SPEC_BY_ID[measurement.test]
            if measurement.test == "kyphosis_inclinometer" and age_years is not None:
                spec = spec._replace(bands=make_kyphosis_bands(age_years))
            band = find_band(spec, compared)
            scored.append(ScoredValue(measurement.test, side, value, compared, band))
    return scored


def find_band(test: SelfTestSpec, value: float) -> ScoreBand:
    """Return the band that `value` falls into."""
    for band in test.bands:
        if band.max is None or value < band.max or (band.max_included and value == band.max):
            return band
    raise AssertionError(f"the bands of {test.id} have an end")


def find_side_differences(measurements: Sequence[Measurement]) -> Iterator[SideDifference]:
    """Yield a difference for each test in which one side is clearly stiffer than the other."""
    for measurement in measurements:
        if SPEC_BY_ID[measurement.test].sides != "each" or measurement.left is None or measurement.right is None:
            continue
        difference = round(abs(measurement.left - measurement.right), 1)
        if difference >= MIN_SIDE_DIFFERENCE_DEG:
            left_is_stiffer = measurement.left < measurement.right
            left_share = STIFFER_SIDE_SHARE if left_is_stiffer else 100 - STIFFER_SIDE_SHARE
            yield SideDifference(
                test=measurement.test,
                difference=difference,
                stiffer="left" if left_is_stiffer else "right",
                left_share=left_share,
                right_share=100 - left_share,
            )


def find_stiffer_side(differences: Sequence[SideDifference]) -> BodySide | None:
    """Return the side that is stiffer in every test with a clear difference; None without one, or if they disagree."""
    sides = {difference.stiffer for difference in differences}
    return sides.pop() if len(sides) == 1 else None


def weigh_goals(scored: Sequence[ScoredValue]) -> list[tuple[Goal, int]]:
    """Return goals with weights for a session request: the worst side and the worst test decide.

    `weight = MAX_GOAL_WEIGHT - score`; goals of weight 0 are left out.
    """
    weights: dict[Goal, int] = {}
    for value in scored:
        for goal in SPEC_BY_ID[value.test].goals:
            weights[goal] = max(weights.get(goal, 0), MAX_GOAL_WEIGHT - value.band.score)
    # The sort is stable: of equal weights the goal of the first test comes first.
    low = sorted(((goal, weight) for goal, weight in weights.items() if weight), key=lambda pair: -pair[1])
    return low[:MAX_GOALS] or list(DEFAULT_GOALS)


def find_changes(measurements: Sequence[Measurement], earlier: Sequence[Measurement]) -> Iterator[MeasurementChange]:
    """Yield the change of every value that was measured earlier, too."""
    baseline = {(measurement.test, side): value for measurement in earlier for side, value in list_values(measurement)}
    for measurement in measurements:
        for side, now in list_values(measurement):
            before = baseline.get((measurement.test, side))
            if before is not None:
                yield _compare_values(SPEC_BY_ID[measurement.test], side, before, now)


def _compare_values(test: SelfTestSpec, side: Side, earlier: float, now: float) -> MeasurementChange:
    """Return the change; below the minimal detectable change it is neither progress nor loss."""
    # Rounded, so that 0.1 + 0.2 does not fail a limit of 0.3.
    change = round(now - earlier, 2)
    detectable = abs(change) >= test.minimal_detectable_change
    verdict: ChangeVerdict = "no_real_change"
    if detectable:
        verdict = "better" if (change > 0) == (test.better == "higher") else "worse"
    return MeasurementChange(
        test=test.id, side=side, earlier=earlier, now=now, change=change, beyond_mdc=detectable, verdict=verdict
    )


def can_train(measurement: Measurement) -> bool:
    """Return whether a result tells what to train: not where pain, or perhaps pain, ended the test.

    0 points of the wall angel stand for "not possible" and for "painful", so that the result has to say which.
    """
    if measurement.test == "wall_angel" and measurement.value == 0:
        return measurement.stopped_by_pain is False
    return measurement.stopped_by_pain is not True


def weigh_trainable_goals(measurements: Sequence[Measurement], scored: Sequence[ScoredValue]) -> list[tuple[Goal, int]]:
    """Return the goals of the results that pain did not end; none where it ended each of them."""
    trainable = {measurement.test for measurement in measurements if can_train(measurement)}
    return weigh_goals([value for value in scored if value.test in trainable]) if trainable else []


def find_referrals(scored: Sequence[ScoredValue], person: Person) -> Iterator[ReferralAdvice]:
    """Yield advice for every value that a clinician should see before any training."""
    for value in scored:
        for test, text in load_self_test_texts().referrals.items():
            if test == value.test and _needs_referral(
                value, person.age_years or 0, morning_stiffness=person.morning_stiffness
            ):
                yield ReferralAdvice(test=test, reason=text.reason, advice=text.advice)


def depends_on_age(value: ScoredValue) -> bool:
    """Return whether a value should be seen by a clinician at some age, though not by a young adult."""
    return _needs_referral(value, OLDEST_AGE_YEARS, morning_stiffness=False)


def _needs_referral(value: ScoredValue, age_years: int, *, morning_stiffness: bool) -> bool:
    """Return whether a clinician should see a value. Limits in cm and years; sources: the notes of the tests."""
    if value.test == "occiput_to_wall":
        return value.value >= 5 and age_years >= 50
    if value.test == "c7_to_wall":
        return value.value >= 9.5 and age_years >= 60
    if value.test in ("tragus_to_wall", "kyphosis_inclinometer"):
        return value.band.label == "marked" and age_years >= 50
    return value.test == "chest_expansion" and value.value < 2.5 and morning_stiffness
