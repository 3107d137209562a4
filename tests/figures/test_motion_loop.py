"""When each sample of a motion is shown."""

import pytest

from app.figures.motion_loop import MIN_WAY_S, STANDARD_TEMPO, MotionLoop, MotionTempo, write_shares

TEMPO = MotionTempo(2, 1, 3, 4)
THERE_AND_BACK = MotionLoop(TEMPO, 3)
ROUND_TRIP = MotionLoop(TEMPO, 3, return_count=2)


def test_a_loop_lasts_one_repetition() -> None:
    assert MotionLoop(MotionTempo(3, 2, 3), 9).duration_s == 8
    assert THERE_AND_BACK.duration_s == 10
    assert MotionLoop(STANDARD_TEMPO, 9).duration_s == 5


def test_a_motion_returns_as_it_came() -> None:
    assert THERE_AND_BACK.key_times(0, 2) == "0;.2;.3;.4;.5;.65;.8;1"
    assert THERE_AND_BACK.key_values(["a", "b", "c"]) == "a;a;b;c;c;b;a;a"


def test_a_motion_returns_on_a_way_of_its_own() -> None:
    assert ROUND_TRIP.key_times(0, 4) == "0;.2;.3;.4;.5;.8;1"
    assert ROUND_TRIP.key_values(["a", "b", "c", "d", "e"]) == "a;a;b;c;d;e;e"


def test_a_motion_without_pauses_turns_at_once() -> None:
    assert MotionLoop(MotionTempo(3, 0, 3), 3).key_times(0, 2) == "0;0;.25;.5;.5;.75;1;1"


@pytest.mark.parametrize("tempo", [MotionTempo(0, 0, 4), MotionTempo(4, 0, 0)])
def test_no_way_takes_no_time(tempo: MotionTempo) -> None:
    times = MotionLoop(tempo, 9).list_move_times()
    assert MotionLoop(tempo, 9).duration_s == 4 + MIN_WAY_S
    assert times == sorted(set(times))


def test_a_run_of_all_samples_is_always_visible() -> None:
    assert THERE_AND_BACK.visibility(0, 2) == ROUND_TRIP.visibility(0, 4) == ("", "")


def test_a_run_is_visible_on_the_way_there_and_on_the_way_back() -> None:
    assert THERE_AND_BACK.visibility(0, 1) == ("0;.3;.65", "visible;hidden;visible")
    assert THERE_AND_BACK.visibility(1, 2) == ("0;.3;.65", "hidden;visible;hidden")


def test_a_run_of_a_round_trip_is_visible_once() -> None:
    assert ROUND_TRIP.visibility(1, 3) == ("0;.3;.5", "hidden;visible;hidden")


def test_shares_are_written_as_short_as_possible() -> None:
    assert write_shares([0, 0.5, 1 / 3, 1]) == "0;.5;.333;1"
