"""What is held, pulled or lain on: bar, band, weights, roller, ball, dowel and towel as layers."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np

from app.figures.drawing.camera import Camera
from app.figures.drawing.furniture import PropSpec, draw_stand
from app.figures.drawing.geometry import Array, normalise, reject, vec
from app.figures.drawing.landmarks import grip_centre, locate_point, thumb_direction
from app.figures.drawing.layers import Layer, Stroke
from app.figures.drawing.skeleton import Body
from app.figures.drawing.solids import ball_layer, bevelled_disc_layer, cylinder_layer, floor_shadow_layer, rod_layer
from app.figures.drawing.surface_parts import build_trunk

HANDS = ("gripR", "gripL")
"""Where a band or a stick runs unless the pose file says otherwise."""
BAR_RADIUS_CM = 1.9
"""Half the width of a bar."""
BAR_LIGHTS = (("metal", 0.5, 1.4), ("metal3", 0.95, 0.4))
"""Tone of each lighter part of a bar, how far its middle lies above that of the bar, and half its width in cm."""
BAND_EXIT_CM, BAND_TAIL_CM = 5.6, 7.2
"""How far from the middle of the grip a band leaves the fist, and how far its tail reaches on the other side."""
BACK_FROM_DEG, BACK_TO_DEG, BACK_POINTS = 90.0, 270.0, 9
"""Where a band round the back lies on the trunk, from the right side to the left, and points of each of its pieces."""
BACK_BIAS_CM = 3.0
"""By how much the piece of a band that is seen on the back counts as nearer, and the hidden one as farther."""
BELL_RADIUS_CM, BELL_DROP_CM, BELL_BASE_CM = 8.8, 15.0, 7.0
"""Size of a kettlebell, how far its middle lies below that of the handle, and its flat base below its middle."""
HEAD_FROM_CM, HEAD_TO_CM, HANDLE_RADIUS_CM = 7.4, 11.6, 1.5
"""Where a head of a dumbbell begins and ends, from the middle of the handle, and half the width of the handle."""
GRIP_TO_HEAD_CM = 10.2
"""From the middle of two grips along the fingers to the head that the finger tips touch."""
SMALL_HEAD_CM, LARGE_HEAD_CM = 4.7, 5.6
"""Radii of the heads of a dumbbell for one hand, and of one that both hands hold upright."""
UNDECIDED_TURN = 0.3
"""A band leaves a fist at the thumb unless its way turns from there by more than this (sum of cosines)."""


def _held(layer: Layer, points: Iterable[Any]) -> Layer:
    """Return the layer as one that the hands close round whose grips are among the points."""
    layer.held_by = tuple("hand" + str(point)[-1] for point in points if point in HANDS)
    return layer


def fit_bar(spec: PropSpec, first: Body) -> PropSpec:
    """Return a bar with its place: that of the pose file, or where the hands of the first posture hold it."""
    hold = (grip_centre(first, "R") + grip_centre(first, "L")) / 2
    return {"x": float(hold[0]), "y": float(hold[1]), **spec}


def draw_bar(spec: PropSpec, _: Body, camera: Camera) -> list[Layer]:
    """Return the bar that `fit_bar` has placed, on a stand: round, lit from above."""
    x, y, half = spec["x"], spec["y"], spec.get("half", 62.0)
    ends = [vec(x, y, -half), vec(x, y, half)]
    bar = rod_layer(camera, "bar", ends, BAR_RADIUS_CM, "metal2", spec.get("bias", 0.0))
    for tone, rise, radius in BAR_LIGHTS:
        lit = bar.strokes[0].points - np.array([0.0, rise])
        bar.strokes.append(Stroke("rod", tone, lit, radius=radius))
    return [*draw_stand(x, y, half, camera), _held(bar, HANDS)]


def fit_band(spec: PropSpec, bodies: Sequence[Body]) -> PropSpec:
    """Return a band with the side of each fist that it leaves: the one nearer to where it runs, in all key postures.

    1 is the side of the thumb, -1 that of the little finger. `exits` of the pose file wins: it names both fists.
    """
    through = spec.get("through", HANDS)
    exits = {}
    for place in (0, -1):
        if through[place] in HANDS:
            neighbour = "ribs" + through[place][-1] if "round" in spec else through[1 if place == 0 else -2]
            turns = [_turn_to_thumb(body, through[place][-1], locate_point(neighbour, body)) for body in bodies]
            exits[through[place]] = 1.0 if sum(turns) > -UNDECIDED_TURN else -1.0
    return {"exits": exits, **spec}


def _turn_to_thumb(body: Body, side: str, target: Array) -> float:
    """Return the cosine between the thumb's side of a hand and the direction from its grip to a point."""
    return float(thumb_direction(body, side) @ normalise(target - grip_centre(body, side)))


def draw_band(spec: PropSpec, body: Body, camera: Camera) -> list[Layer]:
    """Return an elastic band through points, from hand to hand by default, as `fit_band` has settled it.

    What runs through a fist is a layer of its own, behind the hand: a short tail shows on the one side, and on the
    other the band leaves for the next point, before or behind arm and trunk. With `round` it goes round the back.
    """
    through = spec.get("through", HANDS)
    points = [locate_point(value, body) for value in through]
    name, radius, bias = spec.get("name", "band"), spec.get("radius", 1.1), spec.get("bias", 0.5)
    layers = []
    for grip, sign in spec["exits"].items():
        place, side = list(through).index(grip), grip[-1]
        across = thumb_direction(body, side) * sign
        hold = points[place]
        ends = [hold - across * BAND_TAIL_CM, hold + across * BAND_EXIT_CM]
        points[place] = ends[1]
        layers.append(_held(rod_layer(camera, name + side, ends, radius, "band", bias), [grip]))
    if "round" in spec:
        return [*_draw_round_back(spec, points, body, camera), *layers]
    return [rod_layer(camera, name, points, radius, "band", bias), *layers]


def _draw_round_back(spec: PropSpec, holds: Sequence[Array], body: Body, camera: Camera) -> list[Layer]:
    """Return a band from the right hand round the back to the left one: the piece that is seen, and the hidden one.

    `round` is the spine node at whose height it lies; the pieces meet at the rim of what is seen of the trunk.
    """
    trunk, node, radius = build_trunk(body, camera), float(spec["round"]), spec.get("radius", 1.1)
    middle, low, high = (float(np.interp(node, trunk.stations, part)) for part in (trunk.middle, trunk.low, trunk.high))
    shows_right = middle % 360 < 180
    rim = float(np.clip(middle % 360 + (high if shows_right else low), BACK_FROM_DEG, BACK_TO_DEG))
    pieces = []
    for hold, side_deg, is_seen in ((holds[0], BACK_FROM_DEG, shows_right), (holds[-1], BACK_TO_DEG, not shows_right)):
        on_back = trunk.locate(np.full(BACK_POINTS, node), np.linspace(side_deg, rim, BACK_POINTS))
        name, bias = ("band", BACK_BIAS_CM) if is_seen else ("bandFar", -BACK_BIAS_CM)
        pieces.append(rod_layer(camera, name, [hold, *on_back], radius, "band", bias))
    return pieces


def draw_dumbbell(spec: PropSpec, body: Body, camera: Camera) -> list[Layer]:
    """Return one dumbbell in each of the hands, or (`between`) a single one held upright in both."""
    if spec.get("between"):
        along = normalise(body.hands["R"].fingers + body.hands["L"].fingers)
        hold = (grip_centre(body, "R") + grip_centre(body, "L")) / 2 + along * (GRIP_TO_HEAD_CM - HEAD_FROM_CM)
        return _draw_weight(camera, "", hold, along, radius=LARGE_HEAD_CM, depth_bias=-1.0)
    parts = []
    for side in spec.get("hands", "RL"):
        along = np.cross(body.hands[side].fingers, body.hands[side].palm)
        parts += _draw_weight(camera, side, grip_centre(body, side), along, radius=SMALL_HEAD_CM, depth_bias=0.0)
    return parts


def _draw_weight(
    camera: Camera, name: str, hold: Array, along: Array, *, radius: float, depth_bias: float
) -> list[Layer]:
    """Return the two heads of a dumbbell and its handle."""
    inner, outer = HEAD_FROM_CM, HEAD_TO_CM
    heads = [
        bevelled_disc_layer(
            camera, f"weight{name}{i}", hold + along * sign * inner, hold + along * sign * outer, radius, "metal"
        )
        for i, sign in enumerate((-1, 1))
    ]
    ends = [hold - along * inner, hold + along * inner]
    handle = rod_layer(camera, f"handle{name}", ends, HANDLE_RADIUS_CM, "metal", depth_bias)
    return [*heads, _held(handle, ["grip" + side for side in (name or "RL")])]


def draw_kettlebell(spec: PropSpec, body: Body, camera: Camera) -> list[Layer]:
    """Return a kettlebell that hangs from a hand, or from the point `at`."""
    hold = locate_point(spec["at"], body) if "at" in spec else grip_centre(body, spec.get("hand", "R"))
    along = vec(*spec.get("along", (1, 0, 0)))
    bell, rise = hold - vec(0, BELL_DROP_CM, 0), vec(0, 4, 0)
    handle = [bell - along * 5.6 + rise, hold - along * 5.0, hold + along * 5.0, bell + along * 5.6 + rise]
    rod = rod_layer(camera, "handle", handle, 1.4, "metal")
    hands = [] if "at" in spec else ["grip" + spec.get("hand", "R")]
    shadow = floor_shadow_layer(camera, "shadow", bell - vec(0, BELL_BASE_CM, 0), BELL_RADIUS_CM * 1.5)
    return [shadow, _held(rod, hands), ball_layer(camera, "bell", bell, BELL_RADIUS_CM, "metal", base=BELL_BASE_CM)]


def draw_roller(spec: PropSpec, body: Body, camera: Camera) -> list[Layer]:
    """Return a foam roller across the body, or along it (`along: x`)."""
    centre, half, along = locate_point(spec["at"], body), spec.get("length", 45.0) / 2, _named_axis(spec)
    ends = centre - along * half, centre + along * half
    return [cylinder_layer(camera, "roller", *ends, spec.get("radius", 7.5), "roll")]


def draw_ball(spec: PropSpec, body: Body, camera: Camera) -> list[Layer]:
    """Return a massage ball."""
    return [ball_layer(camera, "ball", locate_point(spec["at"], body), spec.get("radius", 4.0), "roll")]


def draw_stick(spec: PropSpec, body: Body, camera: Camera) -> list[Layer]:
    """Return a dowel or a taut towel between two points, which reaches `beyond` them."""
    a, b = (locate_point(value, body) for value in spec.get("through", HANDS))
    # A dowel shows beyond the hands that hold it.
    extension = normalise(b - a) * spec.get("beyond", 18.0)
    is_dowel = spec["kind"] == "dowel"
    radius, tone = spec.get("radius", 1.3 if is_dowel else 2.4), "wood" if is_dowel else "cloth"
    rod = rod_layer(camera, spec["kind"], [a - extension, b + extension], radius, tone, spec.get("bias", 0.0))
    return [_held(rod, spec.get("through", HANDS))]


def draw_towel(spec: PropSpec, body: Body, camera: Camera) -> list[Layer]:
    """Return a towel rolled up at a point, or (without `at`) taut between the hands."""
    if "at" not in spec:
        return draw_stick({"beyond": 6.0, **spec}, body, camera)
    along = reject(_named_axis(spec), vec(0, 1, 0))
    centre, half = locate_point(spec["at"], body), spec.get("length", 40.0) / 2
    ends = centre - along * half, centre + along * half
    return [cylinder_layer(camera, "towel", *ends, spec.get("radius", 5.0), "cloth")]


def _named_axis(spec: PropSpec) -> Array:
    return vec(0, 0, 1) if spec.get("along", "z") == "z" else vec(1, 0, 0)


HANDHELD_DRAWERS: dict[str, Callable[[PropSpec, Body, Camera], list[Layer]]] = {
    "bar": draw_bar,
    "band": draw_band,
    "dumbbell": draw_dumbbell,
    "kettlebell": draw_kettlebell,
    "roller": draw_roller,
    "ball": draw_ball,
    "dowel": draw_stick,
    "towel": draw_towel,
}
"""For each kind of prop whose place depends on the body, the function that draws it."""
