"""What people type finds what is right, of the queries that the search was tuned on and of those kept aside."""

from zlib import crc32

import pytest

from tests.catalogue.search.seed_index import Query, documents, index, queries


def right(query: Query) -> bool:
    found = index(query["kind"]).search(query["q"])
    return found[:1] == () if not query["first"] else bool(found) and found[0] in query["first"]


@pytest.mark.parametrize("kept_aside", [False, True])
def test_right_first_hit(kept_aside: bool) -> None:
    asked = [one for one in queries() if one.get("held_out", False) is kept_aside]
    wrong = [(one["q"], index(one["kind"]).search(one["q"])[:1]) for one in asked if not right(one)]
    assert len(wrong) <= 0.05 * len(asked), wrong


def test_the_set_is_large_and_a_third_is_kept_aside_by_a_rule() -> None:
    assert len(queries()) >= 130
    for one in queries():
        assert one.get("held_out", False) is (crc32(f"{one['kind']}:{one['q']}".encode()) % 3 == 0)
    assert 0.3 < sum(one.get("held_out", False) for one in queries()) / len(queries()) < 0.37


def test_every_expected_slug_exists_and_every_query_is_asked_once() -> None:
    slugs = {kind: {one.slug for one in documents(kind)} for kind in ("exercises", "guidelines", "routines")}
    assert all(slugs[one["kind"]].issuperset(one["first"]) for one in queries())
    assert len({(one["kind"], one["q"]) for one in queries()}) == len(queries())


@pytest.mark.parametrize("kind", ["exercises", "guidelines", "routines"])
def test_every_name_finds_its_own_record_first(kind: str) -> None:
    for document in documents(kind):
        for name in document.names:
            assert index(kind).search(name)[0] == document.slug, name
            assert index(kind).search(f"  {name.upper()}! ")[0] == document.slug, name
