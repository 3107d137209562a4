"""Words as lines: known letters, at their place and size."""

import re

import pytest

from app.figures.lettering import LETTERS, measure_words, write_words
from app.figures.texts import FigureTexts
from app.texts.loader import load_texts


def test_every_word_of_a_legend_can_be_written() -> None:
    texts = load_texts(FigureTexts)
    for word in (*texts.legend.values(), *texts.views.values()):
        assert write_words(word, 0, 0, 10)


@pytest.mark.parametrize("letter", LETTERS)
def test_a_letter_stays_in_its_box(letter: str) -> None:
    data = write_words(letter, 100, 200, 10)
    assert re.fullmatch(r"(?:[MLC][-\d ]+|Z)+", data)
    numbers = [int(number) for number in re.findall(r"-?\d+", data)]
    assert len(numbers) % 2 == 0
    assert min(numbers[::2]) >= 100 - 4
    assert max(numbers[::2]) <= 100 + measure_words(letter, 10) + 2
    assert min(numbers[1::2]) >= 200 - 80
    assert max(numbers[1::2]) <= 200 + 30


def test_words_follow_each_other() -> None:
    assert measure_words("front back", 2) == pytest.approx(
        measure_words("front", 2) + measure_words("back", 2) + (3.0 + 2 * 1.7) * 2
    )


def test_an_unknown_letter_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        write_words("é", 0, 0, 1)
