"""Seats the person of a pose file in a wheelchair, which takes the place of the chair; feet rest on footplates."""

from collections.abc import Mapping
from typing import Any

from app.figures.texts import FigureTexts
from app.texts.loader import load_texts

SEATS = ("chair", "bench")
"""Props that a wheelchair takes the place of."""
LEG_WORDS = frozenset(["legs", "legR", "legL"])
"""Words of a posture that say where legs are."""
LEGS_ON_FOOTPLATES = {"ankle": [41, 7.4, 9], "pole": [0.6, 1, 0.02], "foot": "flat"}
"""Legs whose feet rest on the footplates; a pose file may change these words, such as where the knees point."""
STAGES = ("start", "end")
"""Words of a pose file with one posture."""
LISTED_STAGES = ("via", "back")
"""Words of a pose file with several postures."""
WHEELCHAIR_WORD = "wheelchair"
"""The word of a pose file with what a wheelchair changes in the postures of start and end, and in `alt`."""


def can_sit_in_wheelchair(data: Mapping[str, Any]) -> bool:
    """Return whether a pose file shows somebody who sits on a chair or bench."""
    start: dict[str, Any] = data.get("start", {})
    return start.get("base") == "seated" and any(_kind(prop) in SEATS for prop in data.get("props", []))


def seat_in_wheelchair(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the content of a pose file with a wheelchair and its footplates; `ValueError` where nobody sits."""
    if not can_sit_in_wheelchair(data):
        raise ValueError("shown by no wheelchair user: nobody sits on a chair or bench")
    changes: dict[str, dict[str, Any]] = data.get(WHEELCHAIR_WORD, {})
    props = [{"kind": "wheelchair"} if _kind(prop) in SEATS else prop for prop in data["props"]]
    seated = {**data, "props": props, "alt": _name_wheelchair(data["alt"]) | changes.get("alt", {})}
    for stage in STAGES:
        if stage in data or stage in changes:
            seated[stage] = _drop_legs(data.get(stage, {})) | changes.get(stage, {})
    seated["start"] |= {"legs": LEGS_ON_FOOTPLATES | seated["start"].get("legs", {})}
    for stage in LISTED_STAGES:
        if stage in data:
            seated[stage] = [_drop_legs(posture) for posture in data[stage]]
    return seated


def _name_wheelchair(descriptions: Mapping[str, str]) -> dict[str, str]:
    """Return what is said of the postures, with the wheelchair in place of the seat that they name."""
    words = load_texts(FigureTexts).wheelchair
    named = dict(descriptions)
    for seat, wheelchair in words.items():
        named = {phase: text.replace(seat, wheelchair) for phase, text in named.items()}
    return named


def _kind(prop: str | Mapping[str, Any]) -> str:
    return prop if isinstance(prop, str) else str(prop["kind"])


def _drop_legs(posture: Mapping[str, Any]) -> dict[str, Any]:
    return {word: value for word, value in posture.items() if word not in LEG_WORDS}
