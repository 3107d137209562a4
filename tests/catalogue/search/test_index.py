"""The search by itself, on records made up for the purpose."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.catalogue.search.index import SearchIndex
from app.catalogue.search.model import Document, Synonym
from tests.catalogue.search.seed_index import documents, index


def record(slug: str, *names: str, text: str = "", **facets: float) -> Document:
    return Document(slug, names, ((1.0, text),), {name.replace("_", ":"): value for name, value in facets.items()})


MADE = [
    record("pear-tree", "Pear tree", "Pyrus", text="Grows in gardens and gives fruit."),
    record("plum-tree", "Plum tree", text="Flowers early; its fruit is blue.", kind_fruit=1.0),
    record("oak", "Oak", text="A large tree of the forest, without fruit.", kind_wood=1.0),
    record("rose", "Climbing rose", text="Flowers all summer on a wall."),
]
SYNONYMS = [
    Synonym("conker", ("oak", "not-here"), ()),
    Synonym("old wood", ("oak", "pear-tree"), ("kind:fruit",)),
    Synonym("orchard", (), ("kind:fruit",)),
]
GARDEN = SearchIndex(MADE, SYNONYMS)


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("pear tree", "pear-tree"),
        ("PEARS", "pear-tree"),
        ("peartree", "pear-tree"),
        ("pyrus", "pear-tree"),
        ("paer tree", "pear-tree"),
        ("plu", "plum-tree"),
        ("climbing r", "rose"),
        ("the rose, please", "rose"),
        ("rösé", "rose"),
        ("conker", "oak"),
        ("conkers", "oak"),
        ("old wood", "oak"),
        ("old w", "oak"),
        ("orchard", "plum-tree"),
        ("blue fruit", "plum-tree"),
        ("forest", "oak"),
    ],
)
def test_first_hit(query: str, first: str) -> None:
    assert GARDEN.search(query)[0] == first


@pytest.mark.parametrize("query", ["", " ", "?!", "zzz qqq", "the of and", "xylophone", "¿", "12345"])
def test_what_means_nothing_finds_nothing(query: str) -> None:
    assert GARDEN.search(query) == ()


def test_a_name_comes_before_a_mention() -> None:
    assert GARDEN.search("tree") == ("pear-tree", "plum-tree", "oak")


def test_who_says_no_more_than_exercise_sees_everything() -> None:
    assert GARDEN.search("exercises") == tuple(sorted(one.slug for one in MADE))


def test_what_is_denied_does_not_come_first() -> None:
    found = GARDEN.search("tree, not pear")
    assert found[0] == "plum-tree"
    assert GARDEN.search("without fruit") == ("oak",)


def test_an_absence_is_found_where_a_text_speaks_of_it() -> None:
    kit = SearchIndex([record("free", "Warm-up without kit"), record("laden", "Kit warm-up")])
    assert kit.search("no kit")[0] == "free"
    assert kit.search("kit")[0] == "laden"


def test_ties_go_by_slug_and_the_order_of_the_records_does_not_matter() -> None:
    twins = [record(slug, "Twin", text="Alike in all.") for slug in ("b", "a", "d", "c")]
    assert SearchIndex(twins).search("twin") == ("a", "b", "c", "d")
    shuffled = MADE[:]
    random.Random(1).shuffle(shuffled)
    for query in ("tree", "fruit flowers", "old wood", "ros"):
        assert SearchIndex(shuffled, SYNONYMS).search(query) == GARDEN.search(query)


def test_an_empty_index_finds_nothing() -> None:
    assert SearchIndex([], SYNONYMS).search("oak") == ()


@settings(deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_answered_with_known_slugs_each_once(query: str) -> None:
    found = index("exercises").search(query)
    assert len(found) == len(set(found))
    assert {one.slug for one in documents("exercises")}.issuperset(found)


@given(
    st.lists(st.sampled_from(["pear", "tree", "not", "no", "without", "!", "old", "wood", "the", "fruit"]), max_size=6)
)
def test_words_in_any_order_are_answered(words: list[str]) -> None:
    found = GARDEN.search(" ".join(words))
    assert len(found) == len(set(found))
