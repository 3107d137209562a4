"""More only where it was easy and painless; less where it hurt; never more because it was merely completed."""

import pytest

from app.rules.dose import Dose, Manner, Tempo, choices, work_s
from app.rules.progression import Next, Report, colour, next_time, one_step_up

TEMPO = Tempo(out_s=2, hold_s=1, back_s=2)


def dose(sets: int = 2, reps: int = 8) -> Dose:
    return Dose(sets=sets, reps=reps, hold_s=1, breaths=None, tempo=TEMPO, rest_s=20, per_side=False)


MENU = choices(dose(), "dynamic", "none", Manner())


def report(days_ago: int = 2, effort: int | None = 3, pain: int | None = 0, settled: bool | None = True) -> Report:
    return Report(days_ago, effort, pain, settled, True, dose())


def after(*reports: Report) -> Next:
    return next_time(reports, MENU)


@pytest.mark.parametrize(
    ("pain", "settled", "expected"),
    [
        (0, None, "green"), (3, True, "green"), (3, None, "unclear"), (None, None, "unclear"), (2, False, "amber"),
        (4, True, "amber"), (5, True, "amber"), (6, True, "red"), (10, False, "red"),
    ],
)  # fmt: skip
def test_pain_has_a_colour(pain: int | None, settled: bool | None, expected: str) -> None:
    assert colour(report(pain=pain, settled=settled)) == expected


def test_twice_easy_is_one_step_of_one_parameter() -> None:
    found = after(report(2), report(4))
    assert (found.course, found.stepped) == ("step", "reps")
    assert (found.dose.sets, found.dose.reps) == (2, 10)


def test_repetitions_come_before_sets_and_nothing_comes_after_the_last() -> None:
    step = one_step_up(dose(1, 12), MENU)
    assert step is not None
    assert (step[0], step[1].sets, step[1].reps) == ("sets", 2, 12)
    assert one_step_up(dose(2, 12), MENU) is None
    top = Report(2, 2, 0, True, True, dose(2, 12))
    assert next_time([top, top], MENU).course == "harder"


@pytest.mark.parametrize(
    "reports",
    [
        (report(),),
        (report(effort=7), report()),
        (report(effort=None), report()),
        (report(pain=None), report()),
        (report(), report(pain=4)),
    ],
)
def test_nothing_less_than_twice_easy_and_painless_gives_more(reports: tuple[Report, ...]) -> None:
    found = after(*reports)
    assert found.course == "repeat"
    assert all(work_s(one) <= work_s(dose()) for one in found.allowed)


@pytest.mark.parametrize("pain", range(4, 11))
def test_pain_is_never_answered_with_more(pain: int) -> None:
    found = after(report(effort=1, pain=pain), report(effort=1))
    assert all(work_s(one) * 100 <= 70 * work_s(dose()) for one in found.allowed)
    assert found.course == ("ease" if pain <= 5 else "stop")


def test_amber_twice_asks_for_an_easier_form() -> None:
    assert after(report(pain=4), report(pain=5)).course == "easier"


def test_a_long_break_starts_again_lower() -> None:
    found = after(report(days_ago=20), report(days_ago=22))
    assert found.course == "return"
    assert all(work_s(one) * 100 <= 70 * work_s(dose()) for one in found.allowed)
