"""The closed lists: well-formed words, no word twice, and nothing that a list leaves out."""

import re
from types import ModuleType
from typing import Literal, get_origin

import pytest
from typing_extensions import TypeAliasType

from app.kit.closed_lists import list_words
from app.rules import vocabulary
from app.rules.terms import load_terms
from app.rules.vocabulary import (
    HEIGHT_OF_POSITION,
    OPTIONAL_EQUIPMENT,
    PHASES,
    Equipment,
    Goal,
    Movement,
    Position,
    PostureHeight,
)


def list_literals(module: ModuleType) -> dict[str, tuple[str, ...]]:
    return {
        name: list_words(value)
        for name, value in vars(module).items()
        if get_origin(value) is Literal or isinstance(value, TypeAliasType)
    }


LISTS = list_literals(vocabulary)
LISTS_WITHOUT_TERMS = {
    "PostureHeight": "an answer gives it with each position",
    "AvailableEquipment": "it is `Equipment` and `none`",
    "BodySide": "it is `Side` without `both`",
    "Side": "an answer gives it with each stretch of a timeline",
    "ReferenceKind": "an answer gives it with each reference",
}
"""Lists that no filter takes, and where their words occur."""


@pytest.mark.parametrize("name", LISTS)
def test_no_word_stands_twice_in_a_list(name: str) -> None:
    assert len(LISTS[name]) == len(set(LISTS[name])) > 0


@pytest.mark.parametrize("name", [name for name in LISTS if name not in ("AgeBand", "ReferenceKind")])
def test_words_are_snake_case(name: str) -> None:
    assert [word for word in LISTS[name] if not re.fullmatch(r"[a-z]+(_[a-z]+)*", word)] == []


def test_every_list_that_a_client_may_send_has_terms() -> None:
    lists_with_terms = {frozenset(terms) for terms in load_terms().values()}
    without_terms = {
        name for name, words in LISTS.items() if not any(set(words) <= terms for terms in lists_with_terms)
    }
    assert without_terms == set(LISTS_WITHOUT_TERMS)


def test_every_position_has_a_height_and_every_height_a_position() -> None:
    assert set(HEIGHT_OF_POSITION) == set(list_words(Position))
    assert set(HEIGHT_OF_POSITION.values()) == set(list_words(PostureHeight))


@pytest.mark.parametrize(
    ("position", "height"),
    [("seated", "up"), ("bench", "up"), ("half_kneeling", "low"), ("quadruped", "floor"), ("hanging", "hanging")],
)
def test_heights_by_example(position: Position, height: PostureHeight) -> None:
    assert HEIGHT_OF_POSITION[position] == height


def test_a_session_runs_from_preparing_to_restoring() -> None:
    assert PHASES == ("prepare", "mobilise", "strengthen", "restore")


def test_only_a_mat_is_a_comfort() -> None:
    assert {"mat"} == OPTIONAL_EQUIPMENT
    assert set(list_words(Equipment)) >= OPTIONAL_EQUIPMENT


def test_every_movement_is_also_a_goal() -> None:
    assert set(list_words(Movement)) <= set(list_words(Goal))
