"""Results of self-tests give goals, side differences, real changes and referrals; a wrong form is refused."""

import pytest

from app.screening.self_test_scoring import (
    DEFAULT_GOALS,
    Measurement,
    Person,
    find_changes,
    find_measurement_error,
    find_referrals,
    find_side_differences,
    score_measurements,
    weigh_goals,
)
from app.screening.self_test_vocabulary import SelfTestId
from app.screening.self_tests import SPEC_BY_ID

LUMBAR_LOCKED: SelfTestId = "lumbar_locked_rotation"


def test_the_worst_side_decides_the_goals_weight() -> None:
    assert weigh_goals(score_measurements([Measurement(LUMBAR_LOCKED, left=52, right=33)])) == [("rotation", 2)]
    assert weigh_goals(score_measurements([Measurement(LUMBAR_LOCKED, left=28, right=45)])) == [("rotation", 3)]


def test_two_low_tests_share_the_time_in_proportion() -> None:
    weighed = weigh_goals(
        score_measurements([Measurement(LUMBAR_LOCKED, left=28, right=28), Measurement("chest_expansion", value=4)])
    )
    assert weighed == [("rotation", 3), ("breathing", 1)]


def test_a_goal_takes_the_worst_test_and_at_most_five_are_asked() -> None:
    everything = [
        Measurement(LUMBAR_LOCKED, left=20, right=20),
        Measurement("wall_angel", value=1),
        Measurement("occiput_to_wall", value=9),
        Measurement("chest_expansion", value=1),
        Measurement("trunk_extensor_hold", value=10),
    ]
    weighed = weigh_goals(score_measurements(everything))
    assert len(weighed) == 5
    assert dict(weighed)["extension"] == 3
    assert all(1 <= weight <= 10 for _, weight in weighed)


def test_with_nothing_low_the_goals_are_strength_and_keeping_range() -> None:
    assert weigh_goals(score_measurements([Measurement(LUMBAR_LOCKED, left=55, right=52)])) == list(DEFAULT_GOALS)


@pytest.mark.parametrize(("left", "right", "expected"), [(40, 50, ("left", 60, 40)), (55, 44, ("right", 40, 60))])
def test_the_stiffer_side_gets_more(left: float, right: float, expected: tuple[str, int, int]) -> None:
    (difference,) = find_side_differences([Measurement(LUMBAR_LOCKED, left=left, right=right)])
    assert (difference.stiffer, difference.left_share, difference.right_share) == expected


def test_a_small_difference_of_the_sides_is_noise() -> None:
    assert (
        list(
            find_side_differences([Measurement(LUMBAR_LOCKED, left=40, right=49.9), Measurement("wall_angel", value=1)])
        )
        == []
    )


@pytest.mark.parametrize("test", SPEC_BY_ID)
def test_a_change_below_the_minimal_detectable_one_is_no_progress_and_no_loss(test: SelfTestId) -> None:
    spec = SPEC_BY_ID[test]
    middle = (spec.min_value + spec.max_value) / 2
    step = spec.minimal_detectable_change

    def compare_with_earlier(change: float) -> tuple[bool, str]:
        span = 170.0 if spec.per_arm_span else None
        sided = spec.sides != "one"
        results = [
            Measurement(test, left=value, right=value, arm_span_cm=span)
            if sided
            else Measurement(test, value=value, arm_span_cm=span)
            for value in (middle, middle + change)
        ]
        changes = list(find_changes(results[1:], results[:1]))
        assert len({(each.beyond_mdc, each.verdict) for each in changes}) == 1
        return changes[0].beyond_mdc, changes[0].verdict

    for change in (step - 0.1, -(step - 0.1), 0.0):
        assert compare_with_earlier(change) == (False, "no_real_change")
    rising, falling = ("better", "worse") if spec.better == "higher" else ("worse", "better")
    assert compare_with_earlier(step) == (True, rising)
    assert compare_with_earlier(-step) == (True, falling)


def test_sides_are_compared_each_with_itself_and_only_where_there_was_an_earlier_one() -> None:
    changes = list(
        find_changes(
            [Measurement(LUMBAR_LOCKED, left=40, right=40), Measurement("wall_angel", value=2)],
            [Measurement(LUMBAR_LOCKED, left=33, right=39)],
        )
    )
    assert [(change.side, change.beyond_mdc) for change in changes] == [("left", True), ("right", False)]


@pytest.mark.parametrize(
    ("result", "person", "refers"),
    [
        (Measurement("occiput_to_wall", value=5), Person(age_years=50), True),
        (Measurement("occiput_to_wall", value=5), Person(age_years=49), False),
        (Measurement("occiput_to_wall", value=4.9), Person(age_years=80), False),
        (Measurement("occiput_to_wall", value=9), Person(), False),
        (Measurement("c7_to_wall", value=9.5), Person(age_years=60), True),
        (Measurement("c7_to_wall", value=9.5), Person(age_years=59), False),
        (Measurement("c7_to_wall", value=9.4), Person(age_years=60), False),
        (Measurement("chest_expansion", value=2.4), Person(morning_stiffness=True), True),
        (Measurement("chest_expansion", value=2.4), Person(), False),
        (Measurement("chest_expansion", value=2.5), Person(morning_stiffness=True), False),
    ],
)
def test_who_should_see_a_clinician_first(result: Measurement, person: Person, refers: bool) -> None:
    assert bool(list(find_referrals(score_measurements([result]), person))) == refers


@pytest.mark.parametrize(
    "result",
    [
        Measurement(LUMBAR_LOCKED, value=40),
        Measurement(LUMBAR_LOCKED, left=40),
        Measurement(LUMBAR_LOCKED, left=40, right=111),
        Measurement("wall_angel", left=1, right=2),
        Measurement("wall_angel", value=1.5),
        Measurement("wall_angel", value=4),
        Measurement("combined_elevation", value=30),
        Measurement("occiput_to_wall", value=3, arm_span_cm=170),
        Measurement("occiput_to_wall", value=3, left=3),
    ],
    ids=str,
)
def test_a_result_in_the_wrong_form_is_refused(result: Measurement) -> None:
    assert find_measurement_error(result)


def test_ears_are_averaged_and_arms_divided_by_their_span() -> None:
    (ear, arms) = score_measurements(
        [Measurement("tragus_to_wall", left=12, right=15), Measurement("combined_elevation", value=34, arm_span_cm=170)]
    )
    assert (ear.side, ear.value, ear.band.label) == ("both", 13.5, "fair")
    assert (arms.value, arms.compared_value, arms.band.label) == (34, 0.2, "good")
