"""Texts of one line."""

import pytest

from app.kit.plain_text import check_plain_line, is_plain_line


@pytest.mark.parametrize("text", ["Turn.", "Dépliez-vous\u00a0: 5\u202fs", "👩\u200d🦰", "co\u00adop", "<b> \\ 'x'"])
def test_words_of_any_language_are_plain(text: str) -> None:
    assert check_plain_line(text) == text


@pytest.mark.parametrize(
    "letter",
    ["\n", "\r", "\0", "\x1b", "\x7f", "\u2028", "\u202e", "\ufeff", "\ud800", "\ufdd0", "\ufffe", "\U0001ffff"],
)
def test_line_breaks_and_control_characters_are_not(letter: str) -> None:
    assert not is_plain_line(f"a{letter}b")
    with pytest.raises(ValueError, match="one line of plain text"):
        check_plain_line(letter)
