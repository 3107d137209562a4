"""Mat, furniture, walls and posts as layers; sizes in cm, from the pose file or the usual ones."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import numpy as np

from app.figures.drawing.benches import draw_bench, pad_layer
from app.figures.drawing.camera import Camera
from app.figures.drawing.geometry import Array, vec
from app.figures.drawing.landmarks import find_landmarks
from app.figures.drawing.layers import Layer
from app.figures.drawing.skeleton import SIDE_SIGN, SIDES, Body
from app.figures.drawing.solids import Box, box_layer
from app.figures.drawing.wheelchair import draw_wheelchair

PropSpec = dict[str, Any]
"""A prop as a pose file states it: its `kind` and the numbers of that kind; see POSES.md."""
MAT_LENGTH_MARGIN_CM = 14.0
"""How far a mat reaches beyond the body in front and behind."""
MAT_WIDTH_MARGIN_CM = 22.0
"""How far a mat reaches beyond trunk and knees to either side."""
MAT_MIN_HALF_WIDTH_CM = 32.0
"""A mat is at least twice as wide as this."""
CHAIR_BACK_TILT_DEG = 6.0
"""How far the back of a chair leans backwards."""
FOOT_CM = 3.0
"""Height of the foot of a post."""
STAND_CM, STAND_ABOVE_CM = 7.0, 5.0
"""Width of an upright of a bar in both directions, and how far it rises above the middle of the bar."""
STAND_FOOT_CM = (72.0, 5.0, 9.0)
"""Length, height and width of its foot."""


def fit_mat(spec: PropSpec, bodies: list[Body]) -> PropSpec:
    """Return a mat with its length and width: those of the pose file, or what the bodies on it need."""
    low, high = _extent(bodies)
    x = spec.get("x", [float(low[0]) - MAT_LENGTH_MARGIN_CM, float(high[0]) + MAT_LENGTH_MARGIN_CM])
    across = [body.joints[name][2] for body in bodies for name in ("pelvis", "head", "kneeR", "kneeL")]
    left = min(-MAT_MIN_HALF_WIDTH_CM, float(min(across)) - MAT_WIDTH_MARGIN_CM)
    right = max(MAT_MIN_HALF_WIDTH_CM, float(max(across)) + MAT_WIDTH_MARGIN_CM)
    return {**spec, "x": x, "z": spec.get("z", [left, right])}


def _extent(bodies: Iterable[Body]) -> tuple[Array, Array]:
    """Return the smallest and largest coordinates of everything the bodies reach."""
    points = np.array([centre for body in bodies for centre, _ in find_landmarks(body).values()])
    return points.min(0), points.max(0)


def draw_mat(spec: PropSpec, camera: Camera) -> list[Layer]:
    """Return the mat that `fit_mat` has sized."""
    (x0, x1), (z0, z1) = spec["x"], spec["z"]
    centre, size = vec((x0 + x1) / 2, -0.8, (z0 + z1) / 2), (x1 - x0, 1.6, z1 - z0)
    return [box_layer(camera, "mat", Box(centre, size), "mat", is_background=True)]


def draw_chair(spec: PropSpec, camera: Camera) -> list[Layer]:
    """Return seat, legs and, unless `back` is false, the back."""
    x, z, seat_height = spec.get("x", 0.0), spec.get("z", 0.0), spec.get("seat", 45.0)
    depth, width = spec.get("depth", 42.0), spec.get("wide", 42.0)
    parts = [box_layer(camera, "seat", Box(vec(x, seat_height - 2, z), (depth, 4, width)), "prop")]
    for i, (x_sign, z_sign) in enumerate(_corner_signs()):
        at = vec(x + x_sign * (depth / 2 - 2.5), (seat_height - 4) / 2, z + z_sign * (width / 2 - 2.5))
        parts.append(box_layer(camera, f"leg{i}", Box(at, (3.4, seat_height - 4, 3.4)), "prop"))
    if not spec.get("back", True):
        return parts
    tilt = -CHAIR_BACK_TILT_DEG
    for i, z_sign in enumerate((-1, 1)):
        at = vec(x - depth / 2 - 1.5, seat_height + 14, z + z_sign * (width / 2 - 3))
        parts.append(box_layer(camera, f"post{i}", Box(at, (3, 34, 3), tilt=tilt), "prop"))
    at = vec(x - depth / 2 - 3.5, seat_height + 30, z)
    return [*parts, box_layer(camera, "rest", Box(at, (3.4, 22, width - 2), tilt=tilt), "prop")]


def draw_box(spec: PropSpec, camera: Camera) -> list[Layer]:
    """Return a box of any place, size and tone; one of the tone `pad` is a pad."""
    name, tone, is_background = spec.get("name", "box"), spec.get("tone", "prop"), spec.get("base", False)
    box = Box(vec(*spec["at"]), spec["size"], tilt=spec.get("tilt", 0), spin=spec.get("spin", 0))
    if tone == "pad":
        return [pad_layer(camera, name, box)]
    return [box_layer(camera, name, box, tone, is_background=is_background)]


def draw_step(spec: PropSpec, camera: Camera) -> list[Layer]:
    """Return a low step."""
    height = spec.get("height", 16.0)
    centre = vec(spec.get("x", 30.0), height / 2, spec.get("z", 0.0))
    return [box_layer(camera, "step", Box(centre, (spec.get("depth", 34.0), height, spec.get("wide", 60.0))), "prop")]


def draw_desk(spec: PropSpec, camera: Camera) -> list[Layer]:
    """Return a desk on four legs with, unless `screen` is false, a screen on it."""
    x, height, width = spec.get("x", 62.0), spec.get("height", 72.0), spec.get("wide", 84.0)
    depth = spec.get("depth", 58.0)
    parts = [box_layer(camera, "desktop", Box(vec(x, height - 1.6, 0), (depth, 3.2, width)), "prop")]
    for i, (x_sign, z_sign) in enumerate(_corner_signs()):
        at = vec(x + x_sign * (depth / 2 - 4), (height - 3) / 2, z_sign * (width / 2 - 4))
        parts.append(box_layer(camera, f"leg{i}", Box(at, (5, height - 3, 5)), "prop"))
    if spec.get("screen", True):
        parts.append(box_layer(camera, "stand", Box(vec(x + depth / 2 - 12, height + 8, 0), (3, 16, 8)), "prop"))
        parts.append(box_layer(camera, "screen", Box(vec(x + depth / 2 - 14, height + 30, 0), (3, 32, 52)), "dark"))
    return parts


def draw_wall(spec: PropSpec, camera: Camera) -> list[Layer]:
    """Return a wall beside the person when `z` is given, else before or behind; its surface is at the number given."""
    width, height = spec.get("wide", 110.0), spec.get("height", 200.0)
    if "z" in spec:
        centre, size = vec(spec.get("x", 0.0), height / 2, spec["z"] - 1.5), (width, height, 3)
    else:
        half_thickness = 1.5 if spec["x"] > 0 else -1.5
        centre, size = vec(spec["x"] + half_thickness, height / 2, spec.get("at_z", 0.0)), (3, height, width)
    return [box_layer(camera, "wall", Box(centre, size), "wall", is_background=spec.get("base", True))]


def draw_doorway(spec: PropSpec, camera: Camera) -> list[Layer]:
    """Return two jambs and the lintel."""
    x, z, half, height = spec.get("x", 12.0), spec.get("z", 0.0), spec.get("half", 42.0), spec.get("height", 205.0)
    parts = []
    for side in SIDES:
        jamb = Box(vec(x, height / 2, z + SIDE_SIGN[side] * (half + 5)), (10, height, 10))
        parts.append(box_layer(camera, f"jamb{side}", jamb, "wall"))
    return [*parts, box_layer(camera, "lintel", Box(vec(x, height + 5, z), (10, 10, half * 2 + 20)), "wall")]


def draw_post(spec: PropSpec, camera: Camera) -> list[Layer]:
    """Return an upright post on a foot."""
    x, z, height, is_background = spec["x"], spec.get("z", 0.0), spec.get("height", 150.0), spec.get("base", False)
    foot = Box(vec(x, FOOT_CM / 2, z), (34, FOOT_CM, 34))
    post = Box(vec(x, FOOT_CM + height / 2, z), (5, height, 5))
    return [
        box_layer(camera, "foot", foot, "prop", is_background=is_background),
        box_layer(camera, "post", post, "prop", is_background=is_background),
    ]


def draw_stand(x: float, height: float, half: float, camera: Camera) -> list[Layer]:
    """Return the two uprights of a bar at this height, each on a foot that reaches to both sides."""
    parts, top = [], height + STAND_ABOVE_CM
    for i, z in enumerate((-half, half)):
        foot = Box(vec(x, STAND_FOOT_CM[1] / 2, z), STAND_FOOT_CM)
        upright = Box(vec(x, top / 2, z), (STAND_CM, top, STAND_CM))
        parts += [box_layer(camera, f"foot{i}", foot, "prop"), box_layer(camera, f"upright{i}", upright, "prop")]
    return parts


def _corner_signs() -> Iterator[tuple[int, int]]:
    """Yield the signs of x and z at the four corners."""
    return ((x_sign, z_sign) for x_sign in (-1, 1) for z_sign in (-1, 1))


FURNITURE_DRAWERS: dict[str, Callable[[PropSpec, Camera], list[Layer]]] = {
    "mat": draw_mat,
    "chair": draw_chair,
    "bench": draw_bench,
    "box": draw_box,
    "step": draw_step,
    "desk": draw_desk,
    "wall": draw_wall,
    "doorway": draw_doorway,
    "post": draw_post,
    "wheelchair": draw_wheelchair,
}
"""For each kind of prop that stays where it is, the function that draws it."""
