"""Checks of a figure: joints, reach, floor, contacts, balance, frame and motion; each finding says what to change."""

from dataclasses import dataclass

import numpy as np
import shapely

from app.figures.drawing import skeleton as sk
from app.figures.drawing.motion import Key, at
from app.figures.drawing.posefile import Figure
from app.figures.drawing.scene import SAMPLES
from app.figures.drawing.skeleton import SIGN, Body
from app.figures.drawing.space import Array, angle, length, unit

# Degrees beyond the neutral curve (extension of the thoracic spine is exaggerated so that it can be seen).
SPINE_LIMITS = {
    "lumbar": {"flex": (-35, 50), "side": (-25, 25), "rot": (-12, 12)},
    "thoracic": {"flex": (-46, 42), "side": (-30, 30), "rot": (-50, 50)},
    "neck": {"flex": (-45, 45), "side": (-40, 40), "rot": (-60, 60)},
}
# What may lie where without counting as through the floor: 1 cm of soft tissue.
SOFT = 1.0


@dataclass
class Finding:
    """One thing that is wrong, at which part of the motion (0 start, 1 end), and what helps."""

    check: str
    moment: float
    text: str


def _spine(key: Key, t: float) -> list[Finding]:
    found = []
    for region, limits in SPINE_LIMITS.items():
        for word, (low, high) in limits.items():
            value = key.pose.get(region, {}).get(word, 0)
            if not low - 0.5 <= value <= high + 0.5:
                found.append(Finding("spine", t, f"{region}.{word} is {value:.0f}, may be {low} to {high}"))
    neck = key.body.frames[sk.NECK_NODE]
    bent = angle(key.body.head[:, 1], neck[:, 1])
    turned = angle(key.body.head[:, 0], neck[:, 0])
    if bent > 62:
        found.append(
            Finding("neck", t, f"head and neck bend {bent:.0f} degrees from the chest, at most 62: change neck or gaze")
        )
    if turned > 85:
        found.append(Finding("neck", t, f"head turns {turned:.0f} degrees from the chest, at most 85"))
    return found


def _hinges(body: Body, t: float) -> list[Finding]:
    found, j = [], body.joints
    bones = (
        ("hip", "knee", sk.THIGH),
        ("knee", "ankle", sk.SHANK),
        ("shoulder", "elbow", sk.UPPER_ARM),
        ("elbow", "wrist", sk.FOREARM),
    )
    for s in sk.SIDES:
        for a, b, long in bones:
            if abs(length(j[a + s] - j[b + s]) - long) > 0.05:
                found.append(Finding("bone", t, f"{a}{s}-{b}{s} changes its length"))
        thigh, shank = unit(j["knee" + s] - j["hip" + s]), unit(j["ankle" + s] - j["knee" + s])
        arm, fore = unit(j["elbow" + s] - j["shoulder" + s]), unit(j["wrist" + s] - j["elbow" + s])
        if angle(thigh, shank) > 155:
            found.append(Finding("knee", t, f"knee{s} bends {angle(thigh, shank):.0f}, at most 155"))
        if angle(arm, fore) > 152:
            found.append(Finding("elbow", t, f"elbow{s} bends {angle(arm, fore):.0f}, at most 152"))
        found += _hip(body, s, thigh, shank, t) + _shoulder(body, s, arm, fore, t)
        toes, front = 90 - angle(body.feet[s].toes, shank), sk.knee_side(thigh, shank, body.poles["leg" + s])
        if float(body.feet[s].toes @ front) < -0.05:  # past straight: the angle alone would grow smaller again
            toes = 180 - toes
        if toes > 88:
            found.append(Finding("ankle", t, f"foot{s} points {toes:.0f} degrees down from square, at most 88"))
        if angle(body.feet[s].toes, -shank) < 48:
            found.append(
                Finding("ankle", t, f"foot{s} is pulled up too far (more than 42 degrees): move ankle{s} or the knee")
            )
    return found


def _hip(body: Body, s: str, thigh: Array, shank: Array, t: float) -> list[Finding]:
    found, own = [], body.pelvis.T @ thigh
    flex = float(np.degrees(np.arctan2(own[0], -own[1])))
    out = float(np.degrees(np.arcsin(np.clip(own[2] * SIGN[s], -1, 1))))
    if not (-32 <= flex <= 140 or abs(abs(flex) - 180) < 6):
        found.append(Finding("hip", t, f"hip{s} bends {flex:.0f}, may be -32 to 140: change pelvis.pitch or the thigh"))
    if not -35 <= out <= 65:
        found.append(Finding("hip", t, f"thigh{s} goes {out:.0f} degrees out, may be -35 to 65"))
    if angle(thigh, shank) > 20:
        forward = np.cross(body.pelvis[:, 2], thigh)
        if float(shank @ forward) > 0.35 and abs(out) < 40:
            found.append(Finding("knee", t, f"knee{s} bends the wrong way: turn the leg's pole"))
    return found


def _shoulder(body: Body, s: str, arm: Array, fore: Array, t: float) -> list[Finding]:
    found, own = [], body.chest.T @ arm
    if own[0] < -0.9:
        found.append(Finding("shoulder", t, f"arm{s} goes more than 64 degrees behind the chest"))
    if own[2] * SIGN[s] < -0.78:
        found.append(Finding("shoulder", t, f"arm{s} crosses the chest too far"))
    if own[2] * SIGN[s] < -0.3 and own[0] < 0.1 and own[1] < 0.5:
        found.append(Finding("shoulder", t, f"arm{s} runs through the trunk"))
    kink = angle(fore, body.hands[s].fingers)
    if kink > 92:
        found.append(Finding("wrist", t, f"hand{s} bends {kink:.0f} from the forearm, at most 92: set `fingers`"))
    return found


def _floor(body: Body, t: float) -> list[Finding]:
    found = []
    for name, (centre, radius) in sk.landmarks(body).items():
        low = float(centre[1]) - radius
        allowed = (
            2.0 if name.startswith(("hip", "shoulder", "seat", "ribs", "back", "low_back", "chest", "belly")) else SOFT
        )
        if low < -allowed - 0.05 and not name.startswith(("grip", "ankle")):
            found.append(Finding("floor", t, f"{name} is {-low:.1f} cm below the floor, at most {allowed:.0f}"))
    return found


def _head_clear(body: Body, t: float) -> list[Finding]:
    """Forearms and hands keep out of the head and the trunk."""
    found = []
    for s in sk.SIDES:
        elbow, wrist = body.joints["elbow" + s], body.joints["wrist" + s]
        for k in range(3, 11):
            p = elbow + (wrist - elbow) * k / 10
            local = body.head.T @ (p - body.joints["head"])
            if (local[0] / 9.6) ** 2 + ((local[1] - 1.4) / 10.4) ** 2 + (local[2] / 7.9) ** 2 < 0.8:
                found.append(Finding("clash", t, f"forearm{s} runs through the head"))
                break
    return found


def _reach(body: Body, t: float) -> list[Finding]:
    return [
        Finding(
            "reach", t, f"{limb} misses its target by {miss:.1f} cm: bring target and body nearer (or fit a variable)"
        )
        for limb, miss in body.missed.items()
        if miss > 0.5
    ]


def _balance(figure: Figure, key: Key, t: float) -> list[Finding]:
    names = figure.keys[0 if t < 0.5 else -1].pose.get("contacts", [])
    if len(names) < 2 or any(n.startswith("grip") for n in names):
        return []
    marks = sk.landmarks(key.body)
    spots = np.array([marks[n][0][[0, 2]] for n in names])
    com = sk.centre_of_mass(key.body)
    off = float(shapely.convex_hull(shapely.multipoints(spots)).distance(shapely.Point(float(com[0]), float(com[2]))))
    if off > 7:
        return [Finding("balance", t, f"centre of mass is {off:.0f} cm outside the contacts {', '.join(names)}")]
    return []


def _contacts(figure: Figure, bodies: list[Body]) -> list[Finding]:
    """A contact declared at start and end stays where it is."""
    found = []
    both = set(figure.keys[0].pose.get("contacts", [])) & set(figure.keys[-1].pose.get("contacts", []))
    tracks = [sk.landmarks(b) for b in bodies]
    for name in sorted(both):
        path = np.array([m[name][0] for m in tracks])
        drift = float(np.abs(path - path[0]).max())
        most = 1.5 if name.startswith(("hand", "grip", "ball", "heel", "wrist")) else 10.0
        if drift > most:
            found.append(
                Finding(
                    "contact",
                    1.0,
                    f"{name} is a contact but moves {drift:.1f} cm: plant it or leave it out of contacts",
                )
            )
    return found


def _difference(figure: Figure, bodies: list[Body]) -> list[Finding]:
    if figure.hold:
        return []
    first, last = sk.landmarks(bodies[0]), sk.landmarks(bodies[-1])
    most = max(length(first[n][0] - last[n][0]) for n in first)
    turned = angle(bodies[0].head[:, 0], bodies[-1].head[:, 0]) + angle(bodies[0].chest[:, 0], bodies[-1].chest[:, 0])
    if most < 3 and turned < 8:
        return [Finding("difference", 1.0, "start and end look the same; for a hold say `hold: true`")]
    return []


def _texts(figure: Figure) -> list[Finding]:
    found = []
    for word in ("start",) if figure.hold else ("start", "end"):
        text = figure.alt.get(word, "")
        if not 40 <= len(text) <= 260 or not text.endswith("."):
            found.append(
                Finding(
                    "alt",
                    0.0,
                    f"alt.{word} should be one or two plain sentences (40 to 260 letters) ending in a full stop",
                )
            )
    return found


def _way_back(figure: Figure, samples: int) -> list[Finding]:
    """The other way home, where there is one; its moments count on from 1 to 2."""
    found = []
    for i in range(1, samples - 1) if figure.back else ():
        t = 1 + i / (samples - 1)
        key = at(figure.back, t - 1)
        found += _spine(key, t) + _hinges(key.body, t) + _floor(key.body, t) + _head_clear(key.body, t)
        found += _reach(key.body, t)
    return found


def check(figure: Figure, samples: int = SAMPLES) -> list[Finding]:
    """Everything that is wrong with a figure; findings named in its `allow` block are left out."""
    found, bodies = _texts(figure), []
    for i in range(samples):
        t = i / (samples - 1)
        key = at(figure.keys, t)
        bodies.append(key.body)
        found += _spine(key, t) + _hinges(key.body, t) + _floor(key.body, t) + _head_clear(key.body, t)
        found += _reach(key.body, t) + (_balance(figure, key, t) if t in (0.0, 1.0) else [])
    found += _contacts(figure, bodies) + _difference(figure, bodies) + _way_back(figure, samples)
    return [f for f in found if f.check not in figure.allow]


def summary(found: list[Finding]) -> list[str]:
    """One line per kind of finding, with the moments at which it happens."""
    groups: dict[tuple[str, str], list[Finding]] = {}
    for f in found:
        groups.setdefault((f.check, f.text.split(" ")[0]), []).append(f)
    lines = []
    for (name, _), group in groups.items():
        worst = group[len(group) // 2]
        when = ", ".join(f"{f.moment:.2f}" for f in group[:9])
        lines.append(f"{name}: {worst.text} (at {when})")
    return lines
