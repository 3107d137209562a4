"""Chains of renames: followed to the slug that exists, and never for ever."""

from app.changes.renames import follow_renames

EXISTING = {"open-book", "cat-cow"}


def test_a_slug_that_exists_stands_for_itself() -> None:
    assert follow_renames("cat-cow", {"cat-cow": "open-book"}, EXISTING) == ["cat-cow"]


def test_several_renames_are_followed_one_after_the_other() -> None:
    assert follow_renames("a", {"a": "b", "b": "open-book"}, EXISTING) == ["a", "b", "open-book"]


def test_a_chain_ends_at_a_deleted_or_unknown_slug() -> None:
    assert follow_renames("a", {"a": "b", "b": None}, EXISTING) == ["a", "b"]
    assert follow_renames("never", {}, EXISTING) == ["never"]


def test_a_chain_that_leads_back_to_itself_ends() -> None:
    assert follow_renames("a", {"a": "b", "b": "a"}, EXISTING) == ["a", "b"]
