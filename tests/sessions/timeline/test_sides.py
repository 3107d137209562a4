"""What the sides of one-sided exercises are: told for each of them, and the one that trains a stiffer side."""

from app.schemas.exercise import Exercise
from app.sessions.timeline.sides import ExerciseSideTexts, find_working_side, side_line, start_line
from app.texts.loader import load_texts


def test_every_one_sided_exercise_says_what_its_sides_are(exercises: tuple[Exercise, ...]) -> None:
    one_sided = {exercise.slug for exercise in exercises if exercise.unilateral}
    texts = load_texts(ExerciseSideTexts)
    assert set(texts.exercises) == one_sided
    assert set(texts.train_other_side) < one_sided
    for slug in one_sided:
        left, right = side_line(slug, "left"), side_line(slug, "right")
        assert left is not None
        assert "left" in left.lower(), slug
        assert left != right, slug
    # What one lies or kneels on is told where the position itself has a side.
    sided = {exercise.slug for exercise in exercises if exercise.position in ("side_lying", "side_plank")} & one_sided
    assert all(start_line(slug, "left") for slug in sided)


def test_a_line_is_mirrored_for_the_other_side() -> None:
    assert side_line("open-book", "right") == "The right arm opens."
    assert start_line("open-book", "right") == "Lie on your left side."
    assert start_line("knee-rolls", "right") is None
    assert (side_line("cat-cow", "both"), start_line("cat-cow", "both")) == (None, None)
    assert side_line("an-exercise-without-a-line", "left") == "Left side."


def test_a_stiffer_side_is_trained_by_the_side_that_turns_to_it() -> None:
    assert find_working_side("left", "open-book") == "left"
    # Knees to the right turn the upper back to the left.
    assert find_working_side("left", "knee-rolls") == "right"
    assert find_working_side(find_working_side("right", "thread-the-needle"), "thread-the-needle") == "right"


def test_the_sides_are_those_of_the_pictures(exercises: tuple[Exercise, ...]) -> None:
    """The picture of a side shows what the line of that side says, in its text alternative."""
    for exercise in exercises:
        if not exercise.unilateral or exercise.figure is None:
            continue
        side = exercise.figure.drawn_side
        said = f"{start_line(exercise.slug, side) or ''} {side_line(exercise.slug, side)}".lower()
        assert side in said, exercise.slug
        if "lie on your" in said:
            lain_on = "left" if "on your left" in said else "right"
            assert f"on the {lain_on}" in exercise.figure.alt.lower(), exercise.slug
