"""What the sides of one-sided exercises are: told for each of them, and the one that trains a stiffer side."""

from app.schemas.exercise import Exercise
from app.sessions.timeline.sides import find_working_side, side_line, start_line


def test_every_one_sided_exercise_says_what_its_sides_are(exercises: tuple[Exercise, ...]) -> None:
    for exercise in exercises:
        assert (exercise.sides is not None) == exercise.unilateral, exercise.slug
        if exercise.sides is None:
            continue
        left, right = side_line(exercise, "left"), side_line(exercise, "right")
        assert left is not None
        assert "left" in left.lower(), exercise.slug
        assert left != right, exercise.slug
        # What one lies or kneels on is told where the position itself has a side.
        if exercise.position in ("side_lying", "side_plank"):
            assert start_line(exercise, "left"), exercise.slug


def test_a_line_is_mirrored_for_the_other_side(exercises: tuple[Exercise, ...]) -> None:
    by_slug = {exercise.slug: exercise for exercise in exercises}
    book, knees, cat = by_slug["open-book"], by_slug["knee-rolls"], by_slug["cat-cow"]
    assert side_line(book, "right") == "The right arm opens."
    assert start_line(book, "right") == "Lie on your left side."
    assert start_line(knees, "right") is None
    assert (side_line(cat, "both"), start_line(cat, "both")) == (None, None)
    assert side_line(book.model_copy(update={"sides": None}), "left") == "Left side."


def test_a_stiffer_side_is_trained_by_the_side_that_turns_to_it(exercises: tuple[Exercise, ...]) -> None:
    by_slug = {exercise.slug: exercise for exercise in exercises}
    assert find_working_side("left", by_slug["open-book"]) == "left"
    # Knees to the right turn the upper back to the left.
    assert find_working_side("left", by_slug["knee-rolls"]) == "right"
    needle = by_slug["thread-the-needle"]
    assert find_working_side(find_working_side("right", needle), needle) == "right"


def test_the_sides_are_those_of_the_pictures(exercises: tuple[Exercise, ...]) -> None:
    """The picture of a side shows what the line of that side says, in its text alternative."""
    for exercise in exercises:
        if not exercise.unilateral or exercise.figure is None:
            continue
        side = exercise.figure.drawn_side
        said = f"{start_line(exercise, side) or ''} {side_line(exercise, side)}".lower()
        assert side in said, exercise.slug
        if "lie on your" in said:
            lain_on = "left" if "on your left" in said else "right"
            assert f"on the {lain_on}" in exercise.figure.alt.lower(), exercise.slug
