"""Results of self-tests -> bands, goals for a session, real changes, and when to see a clinician first."""

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from app.rules.vocabulary import Goal
from app.screening.self_tests import BY_ID, Band, SelfTest, TestId

Side = Literal["left", "right", "both"]
Verdict = Literal["better", "worse", "no_real_change"]
SIDE_GAP_DEG = 10.0
"""A difference between the sides that is beyond the error of measuring."""
STIFF_SIDE_SHARE, OTHER_SIDE_SHARE = 60, 40
MOST_GOALS = 5
MAINTENANCE: tuple[tuple[Goal, int], ...] = (("strength", 2), ("rotation", 1), ("extension", 1))
"""Where no test is low."""


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


class Scored(NamedTuple):
    """The band of one value; `judged` is the value that the bands are read with."""

    test: TestId
    side: Side
    value: float
    judged: float
    band: Band


class SideGap(NamedTuple):
    """A clear difference between the sides, and how to share the work."""

    test: TestId
    gap: float
    stiffer: Side
    left_share: int
    right_share: int


class Change(NamedTuple):
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

    test: TestId
    because: str
    advice: str


def values(result: Result) -> list[tuple[Side, float]]:
    """The values of a result that count, with their sides."""
    sides = BY_ID[result.test].sides
    if sides == "one" or result.left is None or result.right is None:
        return [("both", result.value or 0.0)]
    if sides == "mean":
        return [("both", round((result.left + result.right) / 2, 2))]
    return [("left", result.left), ("right", result.right)]


def fault_of(result: Result) -> str | None:
    """What is wrong with the form of a result; None where it can be scored."""
    test = BY_ID[result.test]
    given = [result.value] if test.sides == "one" else [result.left, result.right]
    other = [result.left, result.right] if test.sides == "one" else [result.value]
    if None in given or any(one is not None for one in other):
        return f"{test.id} takes {'value' if test.sides == 'one' else 'left and right'}"
    if any(one is not None and not test.lowest <= one <= test.highest for one in given):
        return f"{test.id} takes {test.lowest:g} to {test.highest:g} {test.unit}"
    if test.unit == "points" and any(one is not None and one != int(one) for one in given):
        return f"{test.id} takes whole points"
    if test.per_arm_span != (result.arm_span_cm is not None):
        return f"{test.id} {'needs' if test.per_arm_span else 'takes no'} arm_span_cm"
    return None


def score(results: Sequence[Result]) -> list[Scored]:
    """The band of every value."""
    found = []
    for result in results:
        for side, value in values(result):
            judged = round(value / result.arm_span_cm, 3) if result.arm_span_cm else value
            found.append(Scored(result.test, side, value, judged, band_of(BY_ID[result.test], judged)))
    return found


def band_of(test: SelfTest, value: float) -> Band:
    """The band that `value` falls into."""
    for band in test.bands:
        if band.max is None or value < band.max or (band.max_included and value == band.max):
            return band
    raise AssertionError(f"the bands of {test.id} have an end")


def side_gaps(results: Sequence[Result]) -> Iterator[SideGap]:
    """Where one side is clearly stiffer: 60 of 100 parts of the work go to it."""
    for result in results:
        if BY_ID[result.test].sides != "each" or result.left is None or result.right is None:
            continue
        gap = round(abs(result.left - result.right), 1)
        if gap >= SIDE_GAP_DEG:
            left = result.left < result.right
            shares = (STIFF_SIDE_SHARE, OTHER_SIDE_SHARE) if left else (OTHER_SIDE_SHARE, STIFF_SIDE_SHARE)
            yield SideGap(result.test, gap, "left" if left else "right", *shares)


def goals(scored: Sequence[Scored]) -> list[tuple[Goal, int]]:
    """Goals with weights for a session request: 3 less the band, the worst side and the worst test deciding."""
    weights: dict[Goal, int] = {}
    for one in scored:
        for goal in BY_ID[one.test].goals:
            weights[goal] = max(weights.get(goal, 0), 3 - one.band.score)
    low = sorted(((goal, weight) for goal, weight in weights.items() if weight), key=lambda pair: -pair[1])
    return low[:MOST_GOALS] or list(MAINTENANCE)


def changes(results: Sequence[Result], earlier: Sequence[Result]) -> Iterator[Change]:
    """What changed since; below the smallest real change it is neither progress nor loss."""
    before = {(one.test, side): value for one in earlier for side, value in values(one)}
    for result in results:
        test = BY_ID[result.test]
        for side, now in values(result):
            if (result.test, side) not in before:
                continue
            then = before[result.test, side]
            change = round(now - then, 2)
            real = abs(change) >= test.smallest_real_change
            better = (change > 0) == (test.better == "higher")
            verdict: Verdict = "no_real_change" if not real else "better" if better else "worse"
            yield Change(result.test, side, then, now, change, real, verdict)


def referrals(scored: Sequence[Scored], person: Person) -> Iterator[Referral]:
    """Results that a clinician should see first."""
    age = person.age_years or 0
    bones = "Have your bones looked at by a doctor before you train: a new bend of the back may come from a vertebra."
    for one in scored:
        if one.test == "occiput_to_wall" and one.value >= 5 and age >= 50:
            yield Referral(one.test, "Head to wall is 5 cm or more at 50 or over.", bones)
        if one.test == "c7_to_wall" and one.value >= 9.5 and age >= 60:
            yield Referral(one.test, "Neck base to wall is 9.5 cm or more at 60 or over.", bones)
        if one.test == "chest_expansion" and one.value < 2.5 and person.morning_stiffness:
            yield Referral(
                one.test,
                "The chest opens little, and mornings are stiff for long.",
                "See a doctor before you train: the two together may come from an inflammation of the spine.",
            )
