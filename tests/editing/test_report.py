"""The content report, and the promises about the content that it lets one see."""

from collections import Counter

import pytest

from app.__main__ import main
from app.editing.entry_fields import ExerciseEntry
from app.editing.report import (
    LEVELS,
    MAX_AVERAGE_GRADE,
    MAX_GRADE,
    count_by_goal_and_equipment,
    format_report,
    not_contraindicated,
    reading_grades,
)
from app.editing.seed_files import SeedFiles, read_seed
from app.kit.closed_lists import list_words
from app.kit.settings import PROJECT_ROOT
from app.rules.condition_rules import load_condition_rules
from app.rules.conditions import list_restrictions
from app.rules.vocabulary import Goal
from tests.editing.conftest import SMALL


@pytest.fixture(scope="module")
def files() -> SeedFiles:
    files, faults = read_seed(PROJECT_ROOT / "seed")
    assert faults == []
    return files


@pytest.fixture(scope="module")
def exercises(files: SeedFiles) -> list[ExerciseEntry]:
    return list(files.exercises.values())


def test_steps_are_easy_to_read(exercises: list[ExerciseEntry]) -> None:
    grades = reading_grades(exercises)
    assert {slug: grade for slug, grade in grades.items() if grade > MAX_GRADE} == {}
    assert 0 < sum(grades.values()) / len(grades) <= MAX_AVERAGE_GRADE


def test_no_goal_is_without_an_exercise_for_a_common_kit(exercises: list[ExerciseEntry]) -> None:
    assert [count for count in count_by_goal_and_equipment(exercises) if count.exercise_count == 0] == []
    assert len(count_by_goal_and_equipment(exercises)) == 3 * len(list_words(Goal))


def test_what_a_condition_leaves_is_all_that_it_does_not_bar(exercises: list[ExerciseEntry]) -> None:
    for condition in load_condition_rules():
        barred = {
            exercise.slug
            for exercise in exercises
            for restriction in list_restrictions(exercise.strains)
            if (restriction.condition, restriction.verdict) == (condition, "avoid")
        }
        remaining = {exercise.slug for exercise in not_contraindicated(exercises, condition)}
        assert remaining == {exercise.slug for exercise in exercises} - barred


def test_the_report_of_the_whole_catalogue_adds_up(files: SeedFiles, exercises: list[ExerciseEntry]) -> None:
    lines = format_report(files).splitlines()
    assert "  seated-side-bend: trunk_side_bend, overhead, sustained_end_range, (sitting_balance)" in lines
    for level, count in Counter(exercise.level for exercise in exercises).items():
        assert f"  level {level} {count:>5}" in lines
    for condition in load_condition_rules():
        start = lines.index(f"  {condition}: {len(not_contraindicated(exercises, condition))} of {len(exercises)}")
        rows = [line.split() for line in lines[start + 2 :]]
        rows = rows[: next((n for n, row in enumerate(rows) if not row), None)]
        figures = [int(cell) for row in rows for cell in row[1:] if cell != "."]
        assert all(len(row) == 1 + len(LEVELS) for row in rows)
        assert sum(figures) == len(not_contraindicated(exercises, condition))
    assert max(map(len, lines)) <= 140


def test_a_thin_folder_is_told_so() -> None:
    files, _ = read_seed(SMALL)
    lines = [" ".join(line.split()) for line in format_report(files).splitlines()]
    assert "exercises 5" in lines
    assert "rotation 3 2 1 ." in lines  # all, most, well, some
    assert "rotation 1 2 2" in lines  # no kit, a chair, a band
    assert "rotation with no kit: 1" in lines
    assert "stability with a chair: none" in lines
    assert "position prone: 0" in lines
    assert "rotation: nothing to restore with" in lines
    assert "Not yet read by a clinician: 5 of 5 exercises" in lines


def test_the_command_prints_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["seed", "--report", "--folder", str(SMALL)]) == 0
    printed = capsys.readouterr()
    assert printed.out == format_report(read_seed(SMALL)[0]) + "\n"
    assert printed.err == ""
