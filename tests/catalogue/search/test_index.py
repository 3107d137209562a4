"""The search index on invented documents: ranking, negation, synonyms, ties."""

import random
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.catalogue.search.index import SearchIndex
from app.catalogue.search.model import Document, Synonym
from tests.catalogue.search.seed_index import SEED, load_documents, load_index, read_yaml


def make_document(slug: str, *names: str, text: str = "", **facets: float) -> Document:
    return Document(slug, names, ((1.0, text),), {name.replace("_", ":"): value for name, value in facets.items()})


DOCUMENTS = [
    make_document("pear-tree", "Pear tree", "Pyrus", text="Grows in gardens and gives fruit."),
    make_document("plum-tree", "Plum tree", text="Flowers early; its fruit is blue.", kind_fruit=1.0),
    make_document("oak", "Oak", text="A large tree of the forest, without fruit.", kind_wood=1.0),
    make_document("rose", "Climbing rose", text="Flowers all summer on a wall."),
]
SYNONYMS = [
    Synonym("conker", ("oak", "not-here"), ()),
    Synonym("old wood", ("oak", "pear-tree"), ("kind:fruit",)),
    Synonym("orchard", (), ("kind:fruit",)),
]
INDEX = SearchIndex(DOCUMENTS, SYNONYMS)


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
    assert INDEX.search(query)[0] == first


@pytest.mark.parametrize("query", ["", " ", "?!", "zzz qqq", "the of and", "xylophone", "¿", "12345"])
def test_a_query_without_a_known_word_finds_nothing(query: str) -> None:
    assert INDEX.search(query) == ()


def test_a_name_comes_before_a_mention() -> None:
    assert INDEX.search("tree") == ("pear-tree", "plum-tree", "oak")


def test_a_query_of_generic_terms_finds_everything() -> None:
    assert INDEX.search("exercises") == tuple(sorted(document.slug for document in DOCUMENTS))


def test_a_negated_document_does_not_come_first() -> None:
    slugs = INDEX.search("tree, not pear")
    assert slugs[0] == "plum-tree"
    assert INDEX.search("without fruit") == ("oak",)


def test_a_negation_is_found_where_a_text_has_it() -> None:
    index = SearchIndex([make_document("free", "Warm-up without kit"), make_document("laden", "Kit warm-up")])
    assert index.search("no kit")[0] == "free"
    assert index.search("kit")[0] == "laden"


def test_ties_go_by_slug_and_the_order_of_documents_does_not_matter() -> None:
    twins = [make_document(slug, "Twin", text="Alike in all.") for slug in ("b", "a", "d", "c")]
    assert SearchIndex(twins).search("twin") == ("a", "b", "c", "d")
    shuffled = DOCUMENTS[:]
    random.Random(1).shuffle(shuffled)
    for query in ("tree", "fruit flowers", "old wood", "ros"):
        assert SearchIndex(shuffled, SYNONYMS).search(query) == INDEX.search(query)


@pytest.mark.parametrize(
    ("word", "max_hits"), [("car", 3), ("army", 0), ("bag", 0), ("bra", 0), ("man", 0), ("truck", 3)]
)
def test_a_short_word_is_not_taken_for_another(word: str, max_hits: int) -> None:
    assert len(load_index("exercises").search(word)) <= max_hits


def test_a_context_finds_what_it_stands_for_and_no_more() -> None:
    """ "bus" stands for sitting and for breaks at the desk; it is not taken for "abs" or "bust"."""
    suited = {
        exercise["slug"]
        for exercise in map(read_yaml, (SEED / "exercises").glob("*.yaml"))
        if exercise["position"] == "seated" or "desk_break" in exercise["suits"]
    }
    assert set(load_index("exercises").search("bus")) <= suited


@pytest.mark.parametrize("word", ["arm", "bar", "leg", "hip"])
def test_a_short_word_finds_only_what_speaks_of_it_before_what_is_called_longer(word: str) -> None:
    texts = {
        document.slug: " ".join([*document.names, *(text for _, text in document.fields)]).lower()
        for document in load_documents("exercises")
    }
    slugs = load_index("exercises").search(word)
    assert slugs
    assert all(re.search(rf"\b{word}", texts[slug]) for slug in slugs)
    assert re.search(rf"\b{word}s?\b", texts[slugs[0]])


def test_phrases_with_one_beginning_do_not_add_up() -> None:
    phrases = [Synonym(f"old {end}", ("oak",), ()) for end in ("wood", "trunk", "growth", "bark")]
    index = SearchIndex([*DOCUMENTS, make_document("elder", "Old")], phrases)
    assert index.search("old")[0] == "elder"


def test_a_known_word_without_a_record_is_not_corrected() -> None:
    floor = [make_document("floor", "Floor")]
    assert SearchIndex(floor).search("flour") == ("floor",)
    assert SearchIndex(floor, [Synonym("flour", ("elsewhere",), ())]).search("flour") == ()


def test_an_empty_index_finds_nothing() -> None:
    assert SearchIndex([], SYNONYMS).search("oak") == ()


@settings(deadline=None)
@given(st.text(max_size=60))
def test_any_query_finds_known_slugs_once_each(query: str) -> None:
    slugs = load_index("exercises").search(query)
    assert len(slugs) == len(set(slugs))
    assert {document.slug for document in load_documents("exercises")}.issuperset(slugs)


@given(
    st.lists(st.sampled_from(["pear", "tree", "not", "no", "without", "!", "old", "wood", "the", "fruit"]), max_size=6)
)
def test_words_in_any_order_find_slugs_once_each(words: list[str]) -> None:
    slugs = INDEX.search(" ".join(words))
    assert len(slugs) == len(set(slugs))


@pytest.mark.parametrize(
    ("query", "muscle"),
    [
        ("lats", "latissimus_dorsi"),
        ("traps", "middle_trapezius"),
        ("pecs", "pectoralis_major"),
        ("infraspinatus", "rotator_cuff"),
        ("rhomboids", "rhomboids"),
    ],
)
def test_a_muscle_is_found_by_its_name_and_by_what_people_call_it(query: str, muscle: str) -> None:
    written = {path.stem: read_yaml(path)["muscles"] for path in (SEED / "exercises").glob("*.yaml")}
    main = {
        slug
        for slug, roles in written.items()
        if any(muscle in names for role, names in roles.items() if role != "secondary")
    }
    found = load_index("exercises").search(query)
    assert found[0] in main <= set(found)
