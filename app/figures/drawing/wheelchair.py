"""A wheelchair as layers: wheels with push rims, casters, seat, backrest, frame and footplates; sizes in cm."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from app.figures.drawing.camera import Camera
from app.figures.drawing.geometry import Array, vec
from app.figures.drawing.layers import Layer, Stroke, front_surface
from app.figures.drawing.outline import sweep
from app.figures.drawing.skeleton import SIDE_SIGN, SIDES
from app.figures.drawing.solids import Box, box_layer, rod_layer

SEAT_CM = 45.0
"""Height of the seat above the footplates, that of a chair above the floor."""
FOOTPLATE_CM = 0.0
"""Height of the upper side of the footplates: feet rest there as they rest on the floor before a chair."""
GROUND_CM = -6.0
"""Height of the ground on which the wheels stand: footplates hang above it."""
WHEEL_CM, RIM_CM, CASTER_CM = 30.0, 26.5, 6.5
"""Radii of a wheel, of its push rim, and of a caster."""
TYRE_CM = 1.5
"""Half the thickness of a tyre."""
WHEEL_OUT_CM, RIM_OUT_CM = 25.0, 28.0
"""From the middle to a wheel, and to its push rim."""
BACK_CM = 38.0
"""Height of the backrest above the seat."""
SPOKE_COUNT = 6
"""Spokes of a wheel."""
WHEEL_POINTS, CASTER_POINTS = 18, 10
"""Points of the outlines of a wheel and of a caster."""


def draw_wheelchair(spec: Mapping[str, Any], camera: Camera) -> list[Layer]:
    """Return a wheelchair whose seat is round x = 2."""
    x = spec.get("x", 0.0)
    back = Box(vec(x - 19, SEAT_CM + BACK_CM / 2 + 1, 0), (3, BACK_CM - 6, 38), tilt=-5)
    parts = [
        box_layer(camera, "seat", Box(vec(x + 3, SEAT_CM - 2, 0), (40, 4, 40)), "dark"),
        box_layer(camera, "back", back, "dark"),
    ]
    for side in SIDES:
        parts += _draw_side(camera, x, side)
    return parts


def _draw_side(camera: Camera, x: float, side: str) -> list[Layer]:
    """Return wheel, caster, frame and footplate of one side."""
    sign = SIDE_SIGN[side]
    wheel = vec(x - 6, GROUND_CM + WHEEL_CM, WHEEL_OUT_CM * sign)
    caster = vec(x + 26, GROUND_CM + CASTER_CM, 19 * sign)
    front, ankle = vec(x + 23, SEAT_CM - 2, 19.5 * sign), vec(x + 35, FOOTPLATE_CM + 2, 15 * sign)
    handle = vec(x - 21, SEAT_CM + BACK_CM, 19.5 * sign)
    frame = [handle + vec(-8, 0, 0), handle, vec(x - 17, SEAT_CM - 2, 19.5 * sign), front, ankle]
    plate = Box(vec(x + 43, FOOTPLATE_CM - 0.8, 9 * sign), (18, 1.6, 13))
    return [
        _wheel_layer(camera, f"wheel{side}", wheel, sign),
        rod_layer(camera, f"frame{side}", frame, 1.2, "metal"),
        rod_layer(camera, f"fork{side}", [vec(x + 22, SEAT_CM - 4, 19 * sign), caster + vec(0, 2, 0)], 1.1, "metal"),
        _ring_layer(camera, f"caster{side}", caster, CASTER_CM - TYRE_CM, CASTER_POINTS),
        rod_layer(camera, f"axle{side}", [wheel * [1, 1, 0], wheel], 1.1, "metal"),
        box_layer(camera, f"plate{side}", plate, "dark"),
    ]


def _wheel_layer(camera: Camera, name: str, centre: Array, sign: float) -> Layer:
    """Return a wheel with its spokes, and the push rim on its outer side."""
    layer = _ring_layer(camera, name, centre, WHEEL_CM - TYRE_CM, WHEEL_POINTS)
    angles = np.arange(SPOKE_COUNT) * 2 * np.pi / SPOKE_COUNT + 0.2
    ends = [centre + vec(np.cos(angle), np.sin(angle), 0) * (WHEEL_CM - 2 * TYRE_CM) for angle in angles]
    # One line from the hub to the end of each spoke and back.
    there_and_back = np.array([point for end in ends for point in (centre, end)])
    spokes = Stroke("rod", "metal", camera.project(there_and_back), radius=0.35)
    rim_centre = centre + vec(0, 0, (RIM_OUT_CM - WHEEL_OUT_CM) * sign)
    rim = Stroke("rod", "metal", camera.project(_circle(rim_centre, RIM_CM, WHEEL_POINTS)), radius=0.8)
    hub = Stroke("rod", "metal", camera.project(np.array([centre, rim_centre])), radius=2.0)
    # The push rim lies behind the tyre where the wheel is seen from within.
    is_outside = camera.depth_of(vec(0, 0, sign)) > 0
    layer.strokes = [spokes, hub, *layer.strokes, rim] if is_outside else [rim, spokes, hub, *layer.strokes]
    return layer


def _ring_layer(camera: Camera, name: str, centre: Array, radius: float, corners: int) -> Layer:
    """Return a tyre."""
    points = _circle(centre, radius, corners)
    spheres = [(point, TYRE_CM) for point in points]
    strokes = [Stroke("rod", "dark", camera.project(points), radius=TYRE_CM)]
    depth = front_surface(camera.depth_spheres(spheres))
    return Layer(name, strokes, sweep(camera.project_spheres(spheres)), depth, camera.depth_of(centre))


def _circle(centre: Array, radius: float, corners: int) -> Array:
    """Return points (n, 3) of an upright circle that looks to the side; the last one is the first."""
    angles = np.append(np.arange(corners) * 2 * np.pi / corners, 0.0)
    return centre + np.column_stack([np.cos(angles), np.sin(angles), angles * 0]) * radius
