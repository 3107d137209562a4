"""Left and right change places in a text, and nothing else changes."""

from app.figures.mirroring import swap_sides


def test_left_and_right_change_places() -> None:
    assert swap_sides("Left hand on the right knee. Right foot.") == "Right hand on the left knee. Left foot."


def test_parts_of_other_words_stay() -> None:
    assert swap_sides("Upright, the leftover of a bright day.") == "Upright, the leftover of a bright day."
