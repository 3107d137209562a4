"""When each sample of a motion is shown."""

from app.figures.drawing.animation_loop import AnimationLoop, write_times

THERE_AND_BACK = AnimationLoop(3)
ROUND_TRIP = AnimationLoop(3, return_count=2)


def test_a_motion_returns_as_it_came() -> None:
    assert THERE_AND_BACK.key_times(0, 2) == "0;.06;.25;.44;.58;.77;.96;1"
    assert THERE_AND_BACK.values(["a", "b", "c"]) == "a;a;b;c;c;b;a;a"


def test_a_motion_returns_on_a_way_of_its_own() -> None:
    assert ROUND_TRIP.key_times(0, 4) == "0;.06;.25;.44;.58;.96;1"
    assert ROUND_TRIP.values(["a", "b", "c", "d", "e"]) == "a;a;b;c;d;e;e"


def test_a_run_of_all_samples_is_always_visible() -> None:
    assert THERE_AND_BACK.visibility(0, 2) == ROUND_TRIP.visibility(0, 4) == ""


def test_a_run_is_visible_on_the_way_there_and_on_the_way_back() -> None:
    assert 'keyTimes="0;.25;.77" values="visible;hidden;visible"' in THERE_AND_BACK.visibility(0, 1)
    assert 'keyTimes="0;.25;.77" values="hidden;visible;hidden"' in THERE_AND_BACK.visibility(1, 2)


def test_a_run_of_a_round_trip_is_visible_once() -> None:
    assert 'keyTimes="0;.25;.58" values="hidden;visible;hidden"' in ROUND_TRIP.visibility(1, 3)


def test_times_are_written_as_short_as_possible() -> None:
    assert write_times([0, 0.5, 1 / 3, 1]) == "0;.5;.333;1"
