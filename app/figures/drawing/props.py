"""The things an exercise needs: mat, furniture, wall, bands, weights, bar, roller, ball, stick, towel."""

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from app.figures.drawing import skeleton as sk
from app.figures.drawing.camera import Camera
from app.figures.drawing.layers import Layer
from app.figures.drawing.skeleton import Body
from app.figures.drawing.solids import ball, box, cylinder, rod
from app.figures.drawing.space import Array, across, unit, vec

Spec = dict[str, Any]


def extent(bodies: Iterable[Body]) -> tuple[Array, Array]:
    """Smallest and largest coordinates of everything the bodies reach."""
    points = np.array([c for body in bodies for c, _ in sk.landmarks(body).values()])
    return points.min(0), points.max(0)


def mat_size(spec: Spec, bodies: list[Body]) -> Spec:
    """The mat's length and width, from the bodies on it unless the pose file says."""
    low, high = extent(bodies)
    x = spec.get("x", [float(low[0]) - 14, float(high[0]) + 14])
    trunk = [b.joints[name][2] for b in bodies for name in ("pelvis", "head", "kneeR", "kneeL")]
    z = spec.get("z", [min(-32.0, float(min(trunk)) - 22), max(32.0, float(max(trunk)) + 22)])
    return {**spec, "x": x, "z": z}


def place(value: Any, body: Body) -> Array:
    """A point: three numbers, or the name of a landmark, optionally with an offset [name, x, y, z]."""
    if isinstance(value, str):
        return sk.landmarks(body)[value][0]
    if isinstance(value[0], str):
        return sk.landmarks(body)[value[0]][0] + vec(*value[1:])
    return vec(*value)


def _mat(p: Spec, body: Body, cam: Camera) -> list[Layer]:
    (x0, x1), (z0, z1) = p["x"], p["z"]
    return [box(cam, "mat", vec((x0 + x1) / 2, -0.8, (z0 + z1) / 2), (x1 - x0, 1.6, z1 - z0), "mat", base=True)]


def _chair(p: Spec, body: Body, cam: Camera) -> list[Layer]:
    x, z, top = p.get("x", 0.0), p.get("z", 0.0), p.get("seat", 45.0)
    depth, wide = p.get("depth", 42.0), p.get("wide", 42.0)
    parts = [box(cam, "seat", vec(x, top - 2, z), (depth, 4, wide), "prop")]
    for i, (sx, sz) in enumerate(((-1, -1), (-1, 1), (1, -1), (1, 1))):
        at = vec(x + sx * (depth / 2 - 2.5), (top - 4) / 2, z + sz * (wide / 2 - 2.5))
        parts.append(box(cam, f"leg{i}", at, (3.4, top - 4, 3.4), "prop"))
    if p.get("back", True):
        tilt = 6.0
        for i, sz in enumerate((-1, 1)):
            parts.append(
                box(
                    cam,
                    f"post{i}",
                    vec(x - depth / 2 - 1.5, top + 14, z + sz * (wide / 2 - 3)),
                    (3, 34, 3),
                    "prop",
                    -tilt,
                )
            )
        parts.append(box(cam, "rest", vec(x - depth / 2 - 3.5, top + 30, z), (3.4, 22, wide - 2), "prop", -tilt))
    return parts


def _bench(p: Spec, body: Body, cam: Camera) -> list[Layer]:
    x, z, top = p.get("x", 0.0), p.get("z", 0.0), p.get("height", 44.0)
    long, wide = p.get("length", 110.0), p.get("wide", 32.0)
    if p.get("across"):
        long, wide = wide, long
    parts = [box(cam, "bench", vec(x, top - 3.5, z), (long, 7, wide), "pad")]
    for i, (sx, sz) in enumerate(((-1, -1), (-1, 1), (1, -1), (1, 1))):
        at = vec(x + sx * (long / 2 - 8), (top - 7) / 2, z + sz * (wide / 2 - 4))
        parts.append(box(cam, f"foot{i}", at, (4, top - 7, 4), "prop"))
    return parts


def _box(p: Spec, body: Body, cam: Camera) -> list[Layer]:
    return [
        box(
            cam,
            p.get("name", "box"),
            vec(*p["at"]),
            p["size"],
            p.get("tone", "prop"),
            p.get("tilt", 0),
            p.get("spin", 0),
            p.get("base", False),
        )
    ]


def _step(p: Spec, body: Body, cam: Camera) -> list[Layer]:
    height = p.get("height", 16.0)
    at = vec(p.get("x", 30.0), height / 2, p.get("z", 0.0))
    return [box(cam, "step", at, (p.get("depth", 34.0), height, p.get("wide", 60.0)), "prop")]


def _desk(p: Spec, body: Body, cam: Camera) -> list[Layer]:
    x, top, wide = p.get("x", 62.0), p.get("height", 72.0), p.get("wide", 84.0)
    deep = p.get("depth", 58.0)
    parts = [box(cam, "desktop", vec(x, top - 1.6, 0), (deep, 3.2, wide), "prop")]
    for i, sz in enumerate((-1, 1)):
        parts.append(
            box(cam, f"panel{i}", vec(x + deep / 2 - 8, (top - 3) / 2, sz * (wide / 2 - 4)), (5, top - 3, 5), "prop")
        )
    if p.get("screen", True):
        parts.append(box(cam, "stand", vec(x + deep / 2 - 12, top + 8, 0), (3, 16, 8), "prop"))
        parts.append(box(cam, "screen", vec(x + deep / 2 - 14, top + 30, 0), (3, 32, 52), "dark"))
    return parts


def _wall(p: Spec, body: Body, cam: Camera) -> list[Layer]:
    wide, height = p.get("wide", 110.0), p.get("height", 200.0)
    if "z" in p:
        centre, size = vec(p.get("x", 0.0), height / 2, p["z"] - 1.5), (wide, height, 3)
    else:
        side = 1.5 if p["x"] > 0 else -1.5
        centre, size = vec(p["x"] + side, height / 2, p.get("at_z", 0.0)), (3, height, wide)
    return [box(cam, "wall", centre, size, "wall", base=p.get("base", True))]


def _doorway(p: Spec, body: Body, cam: Camera) -> list[Layer]:
    x, half, height = p.get("x", 12.0), p.get("half", 42.0), p.get("height", 205.0)
    parts = [
        box(cam, f"jamb{s}", vec(x, height / 2, sk.SIGN[s] * (half + 5)), (10, height, 10), "wall") for s in sk.SIDES
    ]
    return [*parts, box(cam, "lintel", vec(x, height + 5, 0), (10, 10, half * 2 + 20), "wall")]


def _bar(p: Spec, body: Body, cam: Camera) -> list[Layer]:
    x, y, half = p.get("x"), p.get("y"), p.get("half", 62.0)
    hold = (sk.grip(body, "R") + sk.grip(body, "L")) / 2
    at = vec(hold[0] if x is None else x, hold[1] if y is None else y, 0)
    return [rod(cam, "bar", [at - vec(0, 0, half), at + vec(0, 0, half)], 1.7, "metal", bias=p.get("bias", -2.5))]


def _band(p: Spec, body: Body, cam: Camera) -> list[Layer]:
    points = [place(v, body) for v in p.get("through", ["gripR", "gripL"])]
    return [rod(cam, p.get("name", "band"), points, p.get("radius", 1.1), "band", bias=p.get("bias", 1.5))]


def _post(p: Spec, body: Body, cam: Camera) -> list[Layer]:
    return [
        box(
            cam,
            "post",
            vec(p["x"], p.get("height", 150.0) / 2, p.get("z", 0.0)),
            (5, p.get("height", 150.0), 5),
            "wall",
            base=p.get("base", False),
        )
    ]


def _dumbbell(p: Spec, body: Body, cam: Camera) -> list[Layer]:
    """One in each of the hands, or (`between`) a single one held upright in both."""
    if p.get("between"):
        along = unit(body.hands["R"].fingers + body.hands["L"].fingers)
        return _weight(cam, "", (sk.grip(body, "R") + sk.grip(body, "L")) / 2 + along * 5, along, 6.0, -1.0)
    parts = []
    for s in p.get("hands", "RL"):
        hand = body.hands[s]
        parts += _weight(cam, s, sk.grip(body, s), np.cross(hand.fingers, hand.palm), 4.6, -2.0)
    return parts


def _weight(cam: Camera, name: str, hold: Array, along: Array, radius: float, bias: float) -> list[Layer]:
    ends = [
        cylinder(cam, f"weight{name}{i}", hold + along * sign * 4.6, hold + along * sign * 10.5, radius, "metal")
        for i, sign in enumerate((-1, 1))
    ]
    return [*ends, rod(cam, f"handle{name}", [hold - along * 5, hold + along * 5], 1.4, "metal", bias=bias)]


def _kettlebell(p: Spec, body: Body, cam: Camera) -> list[Layer]:
    at = place(p["at"], body) if "at" in p else sk.grip(body, p.get("hand", "R"))
    along = vec(*p.get("along", (1, 0, 0)))
    low = at + vec(0, -15.0, 0)
    a, b = at - along * 5.0, at + along * 5.0
    handle = rod(
        cam, "handle", [low - along * 5.6 + vec(0, 4, 0), a, b, low + along * 5.6 + vec(0, 4, 0)], 1.4, "metal"
    )
    return [handle, ball(cam, "bell", low, 8.4, "metal")]


def _roller(p: Spec, body: Body, cam: Camera) -> list[Layer]:
    centre, half = place(p["at"], body), p.get("length", 45.0) / 2
    along = vec(0, 0, 1) if p.get("along", "z") == "z" else vec(1, 0, 0)
    return [cylinder(cam, "roller", centre - along * half, centre + along * half, p.get("radius", 7.5), "roll")]


def _ball(p: Spec, body: Body, cam: Camera) -> list[Layer]:
    return [ball(cam, "ball", place(p["at"], body), p.get("radius", 4.0), "roll")]


def _stick(p: Spec, body: Body, cam: Camera) -> list[Layer]:
    a, b = (place(v, body) for v in p.get("through", ["gripR", "gripL"]))
    more = unit(b - a) * p.get("beyond", 18.0)
    tone = "wood" if p["kind"] == "dowel" else "cloth"
    radius = p.get("radius", 1.3 if p["kind"] == "dowel" else 2.4)
    return [rod(cam, p["kind"], [a - more, b + more], radius, tone, bias=p.get("bias", -1.0))]


def _towel(p: Spec, body: Body, cam: Camera) -> list[Layer]:
    if "at" in p:  # rolled up on the floor or a chair's back
        along = across(vec(0, 0, 1) if p.get("along", "z") == "z" else vec(1, 0, 0), vec(0, 1, 0))
        centre, half = place(p["at"], body), p.get("length", 40.0) / 2
        return [cylinder(cam, "towel", centre - along * half, centre + along * half, p.get("radius", 5.0), "cloth")]
    return _stick({"beyond": 6.0, **p}, body, cam)


KINDS: dict[str, Callable[[Spec, Body, Camera], list[Layer]]] = {
    "mat": _mat,
    "chair": _chair,
    "bench": _bench,
    "box": _box,
    "step": _step,
    "desk": _desk,
    "wall": _wall,
    "doorway": _doorway,
    "bar": _bar,
    "band": _band,
    "post": _post,
    "dumbbell": _dumbbell,
    "kettlebell": _kettlebell,
    "roller": _roller,
    "ball": _ball,
    "dowel": _stick,
    "towel": _towel,
}


def layers(props: list[Spec], body: Body, cam: Camera) -> list[Layer]:
    """Layers of all props as the body holds them; names are made unique."""
    found: list[Layer] = []
    for i, p in enumerate(props):
        for layer in KINDS[p["kind"]](p, body, cam):
            layer.name = f"{p['kind']}{i}.{layer.name}"
            found.append(layer)
    return found
