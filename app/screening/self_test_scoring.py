"""From results of self-tests: bands, goals for a session, real changes, and when to see a clinician first."""

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from app.rules.vocabulary import Goal
from app.screening.self_tests import SPEC_BY_ID, ReferredTest, ScoreBand, SelfTestSpec, TestId, load_self_test_texts

Side = Literal["left", "right", "both"]
Verdict = Literal["better", "worse", "no_real_change"]
MIN_SIDE_DIFFERENCE_DEG = 10.0
"""Degrees between the sides that are beyond the error of measuring."""
STIFFER_SIDE_SHARE, OTHER_SIDE_SHARE = 60, 40
"""Parts in a hundred of the one-sided work."""
MAX_GOALS = 5
DEFAULT_GOALS: tuple[tuple[Goal, int], ...] = (("strength", 2), ("rotation", 1), ("extension", 1))
"""Goals with weights where no test is low."""
MAX_GOAL_WEIGHT = 3
"""Weight of a goal whose test scores 0."""


class Result(NamedTuple):
    """What was measured, in the test's unit: `left` and `right`, or `value`."""

    test: TestId
    left: float | None = None
    right: float | None = None
    value: float | None = None
    arm_span_cm: float | None = None


class Person(NamedTuple):
    """What gives some results weight."""

    age_years: int | None = None
    morning_stiffness: bool = False


class ScoredValue(NamedTuple):
    """The band of one value; `compared_value` is what is compared with the bands."""

    test: TestId
    side: Side
    value: float
    compared_value: float
    band: ScoreBand


class SideDifference(NamedTuple):
    """A clear difference between the sides, and how to share the work."""

    test: TestId
    difference: float
    stiffer: Side
    left_share: int
    right_share: int


class MeasurementChange(NamedTuple):
    """From an earlier value to this one."""

    test: TestId
    side: Side
    earlier: float
    now: float
    change: float
    beyond_mdc: bool
    verdict: Verdict


class Referral(NamedTuple):
    """A result that a clinician should see before any training."""

    test: ReferredTest
    reason: str
    advice: str


def list_values(result: Result) -> list[tuple[Side, float]]:
    """Return the values of a result that count, with their sides."""
    sides = SPEC_BY_ID[result.test].sides
    if sides == "one" or result.left is None or result.right is None:
        return [("both", result.value or 0.0)]
    if sides == "mean":
        return [("both", round((result.left + result.right) / 2, 2))]
    return [("left", result.left), ("right", result.right)]


def find_fault(result: Result) -> str | None:
    """Return what is wrong with the form of a result; None where it can be scored."""
    test = SPEC_BY_ID[result.test]
    single = test.sides == "one"
    required = [result.value] if single else [result.left, result.right]
    unexpected = [result.left, result.right] if single else [result.value]
    values = [value for value in required if value is not None]
    if len(values) < len(required) or any(value is not None for value in unexpected):
        return f"{test.id} takes {'value' if single else 'left and right'}"
    if any(not test.min_value <= value <= test.max_value for value in values):
        return f"{test.id} takes {test.min_value:g} to {test.max_value:g} {test.unit}"
    if test.unit == "points" and any(value != int(value) for value in values):
        return f"{test.id} takes whole points"
    if test.per_arm_span != (result.arm_span_cm is not None):
        return f"{test.id} {'needs' if test.per_arm_span else 'takes no'} arm_span_cm"
    return None


def score_results(results: Sequence[Result]) -> list[ScoredValue]:
    """Return the band of every value."""
    scored = []
    for result in results:
        for side, value in list_values(result):
            compared = round(value / result.arm_span_cm, 3) if result.arm_span_cm else value
            band = find_band(SPEC_BY_ID[result.test], compared)
            scored.append(ScoredValue(result.test, side, value, compared, band))
    return scored


def find_band(test: SelfTestSpec, value: float) -> ScoreBand:
    """Return the band that `value` falls into."""
    for band in test.bands:
        if band.max is None or value < band.max or (band.max_included and value == band.max):
            return band
    raise AssertionError(f"the bands of {test.id} have an end")


def find_side_differences(results: Sequence[Result]) -> Iterator[SideDifference]:
    """Yield where one side is clearly stiffer: 60 of 100 parts of the work go to it."""
    for result in results:
        if SPEC_BY_ID[result.test].sides != "each" or result.left is None or result.right is None:
            continue
        difference = round(abs(result.left - result.right), 1)
        if difference >= MIN_SIDE_DIFFERENCE_DEG:
            left = result.left < result.right
            shares = (STIFFER_SIDE_SHARE, OTHER_SIDE_SHARE) if left else (OTHER_SIDE_SHARE, STIFFER_SIDE_SHARE)
            yield SideDifference(result.test, difference, "left" if left else "right", *shares)


def weigh_goals(scored: Sequence[ScoredValue]) -> list[tuple[Goal, int]]:
    """Return goals with weights for a session request: the worst side and the worst test decide.

    `weight = MAX_GOAL_WEIGHT - score`; goals of weight 0 are left out.
    """
    weights: dict[Goal, int] = {}
    for value in scored:
        for goal in SPEC_BY_ID[value.test].goals:
            weights[goal] = max(weights.get(goal, 0), MAX_GOAL_WEIGHT - value.band.score)
    low = sorted(((goal, weight) for goal, weight in weights.items() if weight), key=lambda pair: -pair[1])
    return low[:MAX_GOALS] or list(DEFAULT_GOALS)


def find_changes(results: Sequence[Result], earlier: Sequence[Result]) -> Iterator[MeasurementChange]:
    """Yield what changed since; below the minimal detectable change it is neither progress nor loss."""
    baseline = {(result.test, side): value for result in earlier for side, value in list_values(result)}
    for result in results:
        test = SPEC_BY_ID[result.test]
        for side, now in list_values(result):
            if (result.test, side) not in baseline:
                continue
            then = baseline[result.test, side]
            change = round(now - then, 2)
            real = abs(change) >= test.minimal_detectable_change
            better = (change > 0) == (test.better == "higher")
            verdict: Verdict = "no_real_change" if not real else "better" if better else "worse"
            yield MeasurementChange(result.test, side, then, now, change, real, verdict)


def find_referrals(scored: Sequence[ScoredValue], person: Person) -> Iterator[Referral]:
    """Yield results that a clinician should see first. Sources: the notes of the tests."""
    age = person.age_years or 0
    for value in scored:
        refers: dict[TestId, bool] = {
            "occiput_to_wall": value.value >= 5 and age >= 50,
            "c7_to_wall": value.value >= 9.5 and age >= 60,
            "chest_expansion": value.value < 2.5 and person.morning_stiffness,
        }
        for test, text in load_self_test_texts().referrals.items():
            if value.test == test and refers[test]:
                yield Referral(test, text.reason, text.advice)
