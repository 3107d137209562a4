"""More only where it was easy and painless; less where it hurt; never more because it was merely completed."""

import pytest

from app.rules.dose import Dose, Tempo, total_work_s
from app.rules.dose_options import DosingContext, list_dose_options
from app.rules.progression import ExerciseLog, NextDose, plan_next_dose, raise_one_amount

TEMPO = Tempo(out_s=2, hold_s=1, back_s=2)


def dose(sets: int = 2, reps: int = 8) -> Dose:
    return Dose(sets=sets, reps=reps, hold_s=1, breaths=None, tempo=TEMPO, rest_s=20, per_side=False)


OPTIONS = list_dose_options(dose(), "dynamic", "none", "seated", DosingContext())


def make_log(
    days_ago: int = 2, effort: int | None = 3, pain: int | None = 0, settled: bool | None = True
) -> ExerciseLog:
    return ExerciseLog(days_ago, effort, pain, settled, True, dose())


def plan_after(*logs: ExerciseLog) -> NextDose:
    return plan_next_dose(logs, OPTIONS)


@pytest.mark.parametrize(
    ("pain", "settled", "expected"),
    [
        (0, None, "green"), (3, True, "green"), (3, None, "unclear"), (None, None, "unclear"), (2, False, "amber"),
        (4, True, "amber"), (5, True, "amber"), (6, True, "red"), (10, False, "red"),
    ],
)  # fmt: skip
def test_pain_has_a_zone(pain: int | None, settled: bool | None, expected: str) -> None:
    assert make_log(pain=pain, settled=settled).pain_zone == expected


def test_twice_easy_is_one_step_of_one_parameter() -> None:
    planned = plan_after(make_log(2), make_log(4))
    assert (planned.step, planned.raised_amount) == ("raise_dose", "reps")
    assert (planned.dose.sets, planned.dose.reps) == (2, 10)


def test_repetitions_come_before_sets_and_nothing_comes_after_the_last() -> None:
    raised = raise_one_amount(dose(1, 12), OPTIONS)
    assert raised is not None
    assert (raised[0], raised[1].sets, raised[1].reps) == ("sets", 2, 12)
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


def test_a_long_break_starts_again_lower() -> None:
    planned = plan_after(make_log(days_ago=20), make_log(days_ago=22))
    assert planned.step == "restart_lower"
    assert all(total_work_s(option) * 100 <= 70 * total_work_s(dose()) for option in planned.allowed)
