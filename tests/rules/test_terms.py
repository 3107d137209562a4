"""Every word of every list has one term that a screen can show as it stands."""

import re

import pytest

from app.kit.closed_lists import list_words
from app.rules import vocabulary
from app.rules.condition_rules import load_condition_rules
from app.rules.muscles import Muscle, MuscleRole
from app.rules.strains import Strain
from app.rules.terms import TermText, load_terms

LISTS: dict[str, list[str]] = {
    "goals": [*list_words(vocabulary.Goal)],
    "suits": [*list_words(vocabulary.Occasion)],
    "movements": [*list_words(vocabulary.Movement)],
    "categories": [*list_words(vocabulary.Category)],
    "patterns": [*list_words(vocabulary.Pattern)],
    "phases": [*list_words(vocabulary.Phase)],
    "equipment": [*list_words(vocabulary.Equipment)],
    "positions": [*list_words(vocabulary.Position)],
    "regions": [*list_words(vocabulary.Region)],
    "muscles": [*list_words(Muscle)],
    "muscle_roles": [*list_words(MuscleRole)],
    "load_groups": [*list_words(vocabulary.LoadGroup)],
    "strains": [*list_words(Strain)],
    "conditions": [*list_words(vocabulary.Condition)],
    "purposes": [*list_words(vocabulary.Purpose)],
    "age_bands": [*list_words(vocabulary.AgeBand)],
    "topics": [*list_words(vocabulary.Topic)],
    "applies_to": [*list_words(vocabulary.AppliesTo)],
    "sources": [*list_words(vocabulary.ContentSource)],
    "certainties": [*list_words(vocabulary.Certainty)],
}
TERMS = load_terms()
WORDS = [(name, word) for name, terms in TERMS.items() for word in terms]
every_term = pytest.mark.parametrize(("name", "word"), WORDS, ids=[f"{name}-{word}" for name, word in WORDS])


def term(name: str, word: str) -> TermText:
    return TERMS[name][word]


def test_the_lists_are_those_of_the_api_in_its_order() -> None:
    assert list(TERMS) == list(LISTS)


@pytest.mark.parametrize("name", LISTS)
def test_every_value_has_exactly_one_term_in_the_order_of_its_type(name: str) -> None:
    assert list(TERMS[name]) == LISTS[name]


def test_conditions_hold_every_condition_that_the_rules_name() -> None:
    assert set(TERMS["conditions"]) == {*load_condition_rules(), *list_words(vocabulary.BlockingCondition)}


@every_term
def test_a_label_is_short_and_in_sentence_case(name: str, word: str) -> None:
    label = term(name, word).label
    assert re.fullmatch(r"[A-Z0-9][A-Za-z0-9 -]*[A-Za-z0-9]", label), label
    assert len(label) <= 36
    later = [part for part in re.split(r"[ -]", label)[1:] if part[:1].isupper()]
    assert later in ([], ["V"]), "only the first word has a capital (the letter V apart)"


@every_term
def test_a_description_is_one_sentence_that_says_more_than_the_label(name: str, word: str) -> None:
    label, description = term(name, word).label, term(name, word).description
    assert description[0].isupper()
    assert description.endswith(".")
    assert ". " not in description
    assert description == " ".join(description.split())
    assert len(label) < len(description) <= 150


@pytest.mark.parametrize("name", LISTS)
def test_no_two_words_of_a_list_look_alike(name: str) -> None:
    labels = [each.label.lower() for each in TERMS[name].values()]
    descriptions = [each.description for each in TERMS[name].values()]
    assert len(set(labels)) == len(labels)
    assert len(set(descriptions)) == len(descriptions)


@pytest.mark.parametrize("word", LISTS["conditions"])
def test_only_a_blocking_condition_says_that_no_session_is_built(word: str) -> None:
    is_blocking = word in list_words(vocabulary.BlockingCondition)
    assert ("no session is built" in term("conditions", word).description) == is_blocking


def test_minors_are_told_to_ask_a_professional() -> None:
    assert "ask a professional" in term("age_bands", "under-18").description


@every_term
def test_no_term_promises_health(name: str, word: str) -> None:
    description = term(name, word).description
    assert re.search(r"\b(cure|heal|prevent|guarantee|correct|proven|relieve)", description, re.IGNORECASE) is None, (
        description
    )
