"""The reading grade: syllables as people speak them, and the published formula."""

from statistics import mean

import pytest

from app.editing.readability import IGNORED_ANATOMY_TERMS, count_syllables, flesch_kincaid_grade
from tests.catalogue.search.seed_index import SEED, read_yaml

SPOKEN = {
    1: "a the breathe breathes reach sides pulled knees your chair heel squeeze dont through tongue edge eyes shapes 3",
    2: "elbow lifted rotate slowly table circles muscles middle ceiling going being without toward hinges raises 90 "
    "behind shoulder return every evening people doesn't relaxed fingers wider quiet biceps hundred cushion "
    "forehead resist",
    3: "position rotation opposite area triangle exercise however overhead continued together",
    4: "alternating gradually mobility stability",
}


@pytest.mark.parametrize(
    ("count", "word"), [(count, word) for count, words in SPOKEN.items() for word in words.split()]
)
def test_syllables(count: int, word: str) -> None:
    assert count_syllables(word) == count


def test_the_formula() -> None:
    # 6 words, 1 sentence, 7 syllables
    assert flesch_kincaid_grade(["Sit down and lift your elbow."]) == pytest.approx(0.39 * 6 + 11.8 * 7 / 6 - 15.59)


def test_short_words_read_easier_than_long_ones() -> None:
    easy = flesch_kincaid_grade(["Sit tall.", "Turn to the left."])
    hard = flesch_kincaid_grade(
        ["Subsequently, alternating directions, rotate maximally toward the contralateral extremity."]
    )
    assert easy < 2
    assert hard > 12


def test_each_text_is_a_sentence_of_its_own_even_without_a_stop() -> None:
    assert flesch_kincaid_grade(["Sit tall", "Turn left"]) == flesch_kincaid_grade(["Sit tall. Turn left."])
    assert flesch_kincaid_grade(["Hold 2.5 kg."]) == pytest.approx(flesch_kincaid_grade(["Hold 2 5 kg."]))


def test_anatomical_terms_are_not_counted() -> None:
    assert flesch_kincaid_grade(["Lift the latissimus and turn."]) == flesch_kincaid_grade(["Lift the and turn."])
    assert (
        flesch_kincaid_grade([" ".join(sorted(IGNORED_ANATOMY_TERMS)) + "."])
        == flesch_kincaid_grade([])
        == flesch_kincaid_grade(["", "..."])
        == 0.0
    )


def test_the_steps_of_every_exercise_are_easy_to_read() -> None:
    grades = {
        path.stem: flesch_kincaid_grade(read_yaml(path)["steps"])
        for path in sorted((SEED / "exercises").glob("*.yaml"))
    }
    assert len(grades) >= 84
    assert {slug: grade for slug, grade in grades.items() if grade > 9} == {}
    assert mean(grades.values()) <= 7
