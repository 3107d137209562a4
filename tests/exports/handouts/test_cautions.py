"""Cautions of a whole session: each condition once, with the numbers of the exercises that it means."""

from app.exports.handouts.cautions import list_caution_rows
from app.rules.conditions import write_care
from app.rules.terms import load_terms
from app.schemas.exercise import Exercise
from tests.app_client import Client


def read_exercise(client: Client, slug: str) -> Exercise:
    return Exercise.model_validate(client.get(f"/v1/exercises/{slug}").json())


def test_rows_say_what_the_records_say(client: Client) -> None:
    exercises = [read_exercise(client, slug) for slug in ("open-book", "seated-cat-cow", "standing-side-bend")]
    text = "\n".join(f"{row.conditions}: {row.advice}" for row in list_caution_rows(exercises)).lower()
    for exercise in exercises:
        assert exercise.contraindications
        for rule in exercise.contraindications:
            label = load_terms()["conditions"][rule.condition].label.lower()
            (line,) = [line for line in text.splitlines() if label in line.partition(":")[0]]
            if rule.verdict == "avoid":
                assert "leave out" in line
            else:
                for strain in rule.strains:
                    assert write_care(rule.condition, [strain]).lower() in line


def test_numbers_name_the_exercises_that_are_meant(client: Client) -> None:
    exercise = read_exercise(client, "open-book")
    (rule, *_) = [rule for rule in exercise.contraindications if rule.verdict == "caution"]
    barred = exercise.model_copy(update={"contraindications": (rule.model_copy(update={"verdict": "avoid"}),)})
    careful = exercise.model_copy(update={"contraindications": (rule,)})
    harmless = exercise.model_copy(update={"contraindications": ()})
    (row,) = list_caution_rows([harmless, barred, careful, barred])
    assert row.advice == f"Leave out 2 and 4. With 3: {write_care(rule.condition, rule.strains)}"
    assert list_caution_rows([careful, careful])[0].advice == write_care(rule.condition, rule.strains)
    assert list_caution_rows([barred])[0].advice == "Leave out all of these exercises."
    assert list_caution_rows([harmless]) == ()


def test_conditions_that_ask_for_the_same_share_a_row(client: Client) -> None:
    exercise = read_exercise(client, "open-book")
    rule = exercise.contraindications[0].model_copy(update={"condition": "osteoporosis", "verdict": "avoid"})
    other = rule.model_copy(update={"condition": "vertigo"})
    (row,) = list_caution_rows([exercise.model_copy(update={"contraindications": (other, rule)})])
    assert row.conditions == "Osteoporosis and vertigo"
