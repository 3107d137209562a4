"""Real queries find the right record first: those that the search was tuned on, and those held out."""

from zlib import crc32

import pytest

from tests.catalogue.search.seed_index import Query, load_documents, load_index, load_queries


def has_right_first_hit(query: Query) -> bool:
    slugs = load_index(query["kind"]).search(query["q"])
    return slugs[:1] == () if not query["first"] else bool(slugs) and slugs[0] in query["first"]


@pytest.mark.parametrize("is_held_out", [False, True])
def test_right_first_hit(is_held_out: bool) -> None:
    selected = [query for query in load_queries() if query.get("held_out", False) is is_held_out]
    failed = [query for query in selected if not has_right_first_hit(query)]
    wrong = [(query["q"], load_index(query["kind"]).search(query["q"])[:1]) for query in failed]
    assert len(wrong) <= 0.05 * len(selected), wrong


def test_the_set_is_large_and_a_third_is_held_out_by_a_rule() -> None:
    assert len(load_queries()) >= 130
    for query in load_queries():
        assert query.get("held_out", False) is (crc32(f"{query['kind']}:{query['q']}".encode()) % 3 == 0)
    assert 0.3 < sum(query.get("held_out", False) for query in load_queries()) / len(load_queries()) < 0.37


def test_every_expected_slug_exists_and_no_query_is_repeated() -> None:
    slugs = {
        kind: {document.slug for document in load_documents(kind)} for kind in ("exercises", "guidelines", "routines")
    }
    assert all(slugs[query["kind"]].issuperset(query["first"]) for query in load_queries())
    assert len({(query["kind"], query["q"]) for query in load_queries()}) == len(load_queries())


@pytest.mark.parametrize("kind", ["exercises", "guidelines", "routines"])
def test_every_name_finds_its_own_record_first(kind: str) -> None:
    for document in load_documents(kind):
        for name in document.names:
            assert load_index(kind).search(name)[0] == document.slug, name
            assert load_index(kind).search(f"  {name.upper()}! ")[0] == document.slug, name
