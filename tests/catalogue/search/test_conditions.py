"""Words for health conditions: they find the exercises that no rule restricts, whatever else the query says."""

import pytest

from app.catalogue.search.index import SearchIndex
from app.catalogue.search.model import UNRESTRICTED_FACET, Document, Synonym
from app.rules.condition_rules import load_condition_rules
from app.rules.conditions import list_restrictions
from tests.catalogue.search.seed_index import SEED, load_index, load_synonyms, read_yaml


def make_document(slug: str, name: str, *conditions: str) -> Document:
    facets = {f"{UNRESTRICTED_FACET}{condition}": 1.0 for condition in conditions}
    return Document(slug, (name,), ((1.0, "Bend far."),), facets)


INDEX = SearchIndex(
    [
        make_document("bend", "Side bend", "sore-knee", "weak-bone"),
        make_document("kneel", "Kneeling bend", "weak-bone"),
        make_document("twist", "Wide twist", "sore-knee"),
        make_document("jump", "Jump"),
    ],
    [
        Synonym("sore knee", (), (), (f"{UNRESTRICTED_FACET}sore-knee",)),
        Synonym("gonalgia", (), (), (f"{UNRESTRICTED_FACET}sore-knee",)),
        Synonym("weak bones", (), (), (f"{UNRESTRICTED_FACET}weak-bone",)),
    ],
)


@pytest.mark.parametrize(
    ("query", "slugs"),
    [
        ("sore knee", ["bend", "twist"]),
        ("my sore knees", ["bend", "twist"]),
        ("gonalgai", ["bend", "twist"]),
        ("gona", ["bend", "twist"]),
        ("sore knee weak bones", ["bend"]),
        ("weak bones twist", []),
        ("bend with a sore knee", ["bend"]),
        ("gonalgia xylophone", ["bend", "twist"]),
        ("knee", ["kneel"]),
        ("twist", ["twist"]),
        ("kneeling", ["kneel"]),
        ("jump", ["jump"]),
    ],
)
def test_a_condition_keeps_what_no_rule_restricts(query: str, slugs: list[str]) -> None:
    assert list(INDEX.search(query)) == slugs


@pytest.mark.parametrize("other", ["", " stretch", " strength with a band", " cobra pose", " yoga"])
def test_no_word_for_a_condition_finds_an_exercise_that_its_rule_names(other: str) -> None:
    strains = {path.stem: read_yaml(path)["strains"] for path in (SEED / "exercises").glob("*.yaml")}
    for synonym in load_synonyms():
        for facet in synonym.required_facets:
            condition = facet.removeprefix(UNRESTRICTED_FACET)
            for slug in load_index("exercises").search(synonym.term + other):
                assert condition not in {row.condition for row in list_restrictions(strains[slug])}, (synonym, slug)


def test_every_condition_with_a_rule_has_a_word_but_one_that_blocks_a_session() -> None:
    named = {facet.removeprefix(UNRESTRICTED_FACET) for row in load_synonyms() for facet in row.required_facets}
    assert named == load_condition_rules().keys() - {"vertebral_fracture_recent"}
