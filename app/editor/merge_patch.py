"""Applies a JSON merge patch (RFC 7396) to an entry, in which null is a value."""

from typing import Any, Final

WORD_MAPS: Final = frozenset({"goals", "strains", "recipe"})
"""Fields whose names are words that an entry may have or not: there null takes a word out."""


def merge_patch(target: dict[str, Any], patch: dict[str, Any], is_word_map: bool = False) -> dict[str, Any]:
    """Return `target` with the values of `patch`: objects are merged, lists and other values replaced.

    A field that is null becomes null, because an entry has all its fields; only in a map of words null takes a word
    out, as in RFC 7396.
    """
    merged = dict(target)
    for name, value in patch.items():
        if value is None and is_word_map:
            merged.pop(name, None)
        elif isinstance(value, dict) and isinstance(merged.get(name), dict):
            merged[name] = merge_patch(merged[name], value, name in WORD_MAPS)
        else:
            merged[name] = value
    return merged
