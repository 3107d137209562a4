"""More only where it was easy and painless; less where it hurt or was missed; never more than a step a week."""

from typing import Any

import pytest

from app.rules.dose import Dose, Tempo, total_work_s
from app.rules.dose_options import DosingContext, list_dose_options
from app.rules.dose_steps import raise_one_amount
from app.rules.progression import ExerciseLog, NextDose, TrainingPace, merge_logs, plan_next_dose

TEMPO = Tempo(out_s=2, hold_s=1, back_s=2)


def dose(sets: int = 2, reps: int = 8) -> Dose:
    return Dose(sets=sets, reps=reps, hold_s=1, breaths=None, tempo=TEMPO, rest_s=20, per_side=False)


OPTIONS = list_dose_options(dose(), "dynamic", "none", "seated", DosingContext())


def make_log(
    days_ago: int = 2,
    effort: int | None = 3,
    pain: int | None = 0,
    settled: bool | None = True,
    completed: bool = True,
    done: Dose | None = None,
) -> ExerciseLog:
    return ExerciseLog(days_ago, effort, pain, settled, completed, done or dose())


def plan_after(*logs: ExerciseLog) -> NextDose:
    return plan_next_dose(logs, OPTIONS)


@pytest.mark.parametrize(
    ("pain", "settled", "expected"),
    [
        (0, None, "green"), (0, False, "green"), (0, True, "green"), (1, False, "amber"),
        (3, True, "green"), (3, None, "unclear"), (None, None, "unclear"), (2, False, "amber"),
        (4, True, "amber"), (5, True, "amber"), (6, True, "red"), (10, False, "red"),
    ],
)  # fmt: skip
def test_pain_has_a_zone(pain: int | None, settled: bool | None, expected: str) -> None:
    assert make_log(pain=pain, settled=settled).pain_zone == expected


def test_what_worked_hard_yesterday_rises_on_another_day() -> None:
    logs = (make_log(1), make_log(9))
    assert plan_next_dose(logs, OPTIONS, TrainingPace(1)).step == "raise_dose"
    unrested = plan_next_dose(logs, OPTIONS, TrainingPace(1, is_rested=False))
    assert (unrested.step, unrested.dose) == ("repeat", dose())


def test_twice_easy_is_one_step_of_one_parameter() -> None:
    planned = plan_after(make_log(2), make_log(4))
    assert (planned.step, planned.raised_amount) == ("raise_dose", "reps")
    assert (planned.dose.sets, planned.dose.reps) == (2, 10)


def test_repetitions_come_before_sets_and_nothing_comes_after_the_last() -> None:
    raised = raise_one_amount(dose(1, 12), OPTIONS)
    assert raised is not None
    # Another set comes with fewer repetitions: the work does not double overnight.
    assert (raised[0], raised[1].sets, raised[1].reps) == ("sets", 2, 8)
    assert raise_one_amount(dose(2, 12), OPTIONS) is None
    top = ExerciseLog(2, 2, 0, True, True, dose(2, 12))
    assert plan_next_dose([top, top], OPTIONS).step == "harder_exercise"


@pytest.mark.parametrize(
    "logs",
    [
        (make_log(),),
        (make_log(effort=7), make_log()),
        (make_log(effort=None), make_log()),
        (make_log(pain=None), make_log()),
        (make_log(), make_log(pain=4)),
    ],
)
def test_nothing_less_than_twice_easy_and_painless_gives_more(logs: tuple[ExerciseLog, ...]) -> None:
    planned = plan_after(*logs)
    assert planned.step == "repeat"
    assert all(total_work_s(option) <= total_work_s(dose()) for option in planned.allowed)


@pytest.mark.parametrize("pain", range(4, 11))
def test_pain_is_never_answered_with_more(pain: int) -> None:
    planned = plan_after(make_log(effort=1, pain=pain), make_log(effort=1))
    assert all(total_work_s(option) * 100 <= 70 * total_work_s(dose()) for option in planned.allowed)
    assert planned.step == ("lower_dose" if pain <= 5 else "stop")


def test_amber_twice_asks_for_an_easier_form() -> None:
    assert plan_after(make_log(pain=4), make_log(pain=5)).step == "easier_exercise"


def test_a_break_of_training_starts_again_lower_and_a_break_of_one_exercise_does_not() -> None:
    logs = [make_log(days_ago=20), make_log(days_ago=22)]
    planned = plan_next_dose(logs, OPTIONS, TrainingPace(last_session_days_ago=20))
    assert planned.step == "restart_lower"
    assert all(total_work_s(option) * 100 <= 70 * total_work_s(dose()) for option in planned.allowed)
    for last_session in (0, 1, 4, 14):
        planned = plan_next_dose(logs, OPTIONS, TrainingPace(last_session_days_ago=last_session))
        assert (planned.step, planned.dose) == ("repeat", dose())


@pytest.mark.parametrize("filler", [dose(1, 6), dose(1, 8), dose(2, 6)])
def test_the_best_tolerated_dose_is_the_base_and_not_the_last_filler(filler: Dose) -> None:
    planned = plan_after(make_log(1, done=filler), make_log(3, effort=6), make_log(5, effort=6))
    assert (planned.step, planned.dose) == ("repeat", dose())
    assert all(total_work_s(option) * 100 >= 70 * total_work_s(dose()) for option in planned.allowed)


@pytest.mark.parametrize(
    ("days", "days_between_steps", "step"),
    [
        ((1, 3, 5), 7, "repeat"), ((0, 2, 6), 7, "repeat"), ((1, 4, 7), 7, "raise_dose"), ((1, 3, 12), 7, "raise_dose"),
        ((1, 4, 7), 14, "repeat"), ((1, 4, 13), 14, "repeat"), ((1, 7, 14), 14, "raise_dose"),
    ],
)  # fmt: skip
def test_a_step_comes_at_most_once_in_a_week_or_two(days: tuple[int, ...], days_between_steps: int, step: str) -> None:
    before = make_log(days[-1] + 1, done=dose(2, 6))
    logs = [*map(make_log, days), before]
    assert plan_next_dose(logs, OPTIONS, TrainingPace(1, days_between_steps)).step == step


@pytest.mark.parametrize("days_ago", [0, 1, 3, 6])
def test_reports_of_one_day_are_one(days_ago: int) -> None:
    merged = merge_logs([make_log(days_ago), make_log(days_ago, effort=6, pain=2, settled=None, done=dose(1, 8))])
    assert merged == ExerciseLog(days_ago, 6, 2, None, True, dose())
    assert plan_after(merge_logs([make_log(days_ago), make_log(days_ago)])).step == "repeat"


@pytest.mark.parametrize("miss", [{"completed": False}, {"effort": 10}, {"completed": False, "effort": 10}])
def test_a_miss_means_less_and_two_mean_much_less(miss: dict[str, Any]) -> None:
    once = plan_after(make_log(1, **miss), make_log(3), make_log(5))
    twice = plan_after(make_log(1, **miss), make_log(3, **miss))
    assert (once.step, twice.step) == ("lower_after_miss", "lower_after_miss")
    assert all(total_work_s(option) < total_work_s(dose()) for option in once.allowed)
    assert all(total_work_s(option) * 100 <= 70 * total_work_s(dose()) for option in twice.allowed)
    after = plan_after(make_log(1, done=once.dose), make_log(3, **miss), make_log(5))
    assert (after.step, after.dose) == ("repeat", once.dose)


@pytest.mark.parametrize(
    ("days_ago", "step"),
    [(0, "stop"), (7, "stop"), (8, "restart_mildest"), (30, "restart_mildest"), (200, "restart_mildest")],
)
def test_red_ends_after_a_week_with_the_mildest_dose(days_ago: int, step: str) -> None:
    planned = plan_after(make_log(days_ago, pain=7), make_log(days_ago + 2))
    assert planned.step == step
    assert planned.allowed == (() if step == "stop" else OPTIONS[:1])
    hurt_twice = plan_after(make_log(days_ago, pain=4), make_log(days_ago + 2, pain=4))
    assert hurt_twice.step == ("easier_exercise" if step == "stop" else step)


def test_a_painless_report_does_not_end_the_rest_after_red() -> None:
    assert plan_after(make_log(1), make_log(5, pain=8)).step == "stop"
    assert plan_after(make_log(1), make_log(9, pain=8)).step == "repeat"
