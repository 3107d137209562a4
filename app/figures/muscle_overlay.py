"""Colours muscles on the body of a stored drawing, each after the paths of the part of the body that it lies on."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from app.figures.muscle_patches import (
    Outline,
    choose_hatching,
    decode_outlines,
    is_seen,
    write_dots,
    write_grid,
    write_lines,
    write_outline,
)
from app.figures.palette import CLASS_PREFIX

TEXTURES = {"secondary": write_dots, "stretched": write_lines, "massaged": write_grid}
"""What tells a role from the others without colour; the main work has none."""
LINE_DISTANCES = {"muscle": 34, "map-muscle": 26}
"""How far lines and dots are from each other, in drawing units, on the body and on the map."""
DRAWN_SIDES = {"right": "R", "left": "L"}
"""How joints and patches of a side end, by the name of the side."""
OPPOSITE = {"R": "L", "L": "R"}
PAIRED_MUSCLES = frozenset(
    [
        *("deep_neck_flexors", "diaphragm", "erector_spinae", "multifidus_and_rotatores", "neck_extensors"),
        *("obliques", "rectus_abdominis", "transversus_abdominis"),
    ]
)
"""Muscles that work on both sides even where an exercise is one-sided: in a turn of the trunk, for example, the outer
oblique muscle of one side works with the inner one of the other. A pose file may say otherwise, as for a side bend."""


class ColouredMuscle(NamedTuple):
    """A muscle on one or both sides (R, L) of the drawing as it is stored."""

    muscle: str
    role: str
    sides: tuple[str, ...]


def find_sides(muscle: str, drawn_side: str, stated: Mapping[str, str]) -> tuple[str, ...]:
    """Return the sides on which a drawing shows a muscle; `stated` are those of the pose file."""
    side = DRAWN_SIDES.get(drawn_side)
    use = stated.get(muscle, "both" if muscle in PAIRED_MUSCLES else "working")
    if side is None or use == "both":
        return ("R", "L")
    return (side if use == "working" else OPPOSITE[side],)


def lay_muscles(document: str, stored: Mapping[str, Any], phase: str, muscles: Sequence[ColouredMuscle]) -> str:
    """Return a stored document with muscles on the body, where they are seen."""
    by_layer = _group_by_layer(stored, muscles)
    pieces, begin = [], 0
    for offset, moment, layer in stored["places"][phase]:
        patches = by_layer.get(layer)
        if patches:
            pieces += [document[begin:offset], _write_patches(patches, moment, stored["way"])]
            begin = offset
    return "".join([*pieces, document[begin:]])


def _group_by_layer(
    stored: Mapping[str, Any], muscles: Sequence[ColouredMuscle]
) -> dict[str, list[tuple[str, tuple[Outline, ...]]]]:
    """Return by layer the roles and outlines of the patches that are shown, from the deepest to the topmost."""
    roles = {(muscle.muscle, side): muscle.role for muscle in muscles for side in muscle.sides}
    by_layer: dict[str, list[tuple[str, tuple[Outline, ...]]]] = {}
    for muscle, side, layer, numbers in stored["patches"]:
        role = roles.get((muscle, side))
        if role is not None:
            by_layer.setdefault(layer, []).append((role, decode_outlines(numbers, stored["samples"])))
    return by_layer


def _write_patches(patches: Sequence[tuple[str, tuple[Outline, ...]]], moment: str, way: int) -> str:
    """Return the patches of one layer at a moment, as `Place` of the drawing program states it."""
    if moment in ("start", "end"):
        place = 0 if moment == "start" else way - 1
        return "".join(write_patch(role, samples[place : place + 1]) for role, samples in patches)
    first, last = map(int, moment.split())
    return "".join(write_patch(role, samples[first : last + 1]) for role, samples in patches)


def write_patch(role: str, samples: Sequence[Outline], width_class: str = "muscle") -> str:
    """Return the paths of a patch with its texture; with more than one sample they move."""
    if not any(map(is_seen, samples)):
        return ""
    colours = role if width_class == "muscle" else f"{role}-map"
    paths = _write_path(f"{width_class} {CLASS_PREFIX}{colours}", [write_outline(outline) for outline in samples])
    return paths + write_texture(role, samples, width_class)


def write_texture(role: str, samples: Sequence[Outline], width_class: str) -> str:
    """Return the path of what tells a role without colour; nothing for the main work."""
    if role not in TEXTURES:
        return ""
    hatching = choose_hatching(samples, LINE_DISTANCES[width_class])
    texture = [TEXTURES[role](outline, hatching) for outline in samples]
    return _write_path(f"{width_class}-texture {CLASS_PREFIX}{role}-texture", texture)


def _write_path(classes: str, shapes: Sequence[str]) -> str:
    start = f'<path class="{CLASS_PREFIX}{classes}" d="{shapes[0]}"'
    if len(set(shapes)) == 1:
        return f"{start}/>"
    return f'{start}><animate attributeName="d" values="{";".join(shapes)}"/></path>'
