"""Checks of a figure all through its motion: joints, reach, floor, contacts, balance, texts."""

from collections.abc import Iterator, Sequence

import numpy as np
import shapely

from app.figures.drawing.body_shape import WOMAN
from app.figures.drawing.geometry import angle_between, length
from app.figures.drawing.interpolation import KeyPose, pose_at
from app.figures.drawing.joint_limits import PoseFinding, check_joints
from app.figures.drawing.landmarks import centre_of_mass, find_landmarks
from app.figures.drawing.posefile import PosedFigure
from app.figures.drawing.scene import SAMPLE_COUNT
from app.figures.drawing.skeleton import SIDES, Body

FLOOR_TOLERANCE_CM = 1.0
"""How deep a landmark may lie below the floor: soft tissue yields."""
TRUNK_FLOOR_TOLERANCE_CM = 2.0
"""The same for the landmarks of the trunk, which are softer."""
TRUNK_LANDMARK_PREFIXES = ("hip", "shoulder", "seat", "ribs", "back", "low_back", "chest", "belly")
"""Beginnings of the names of the landmarks of the trunk."""
FREE_LANDMARK_PREFIXES = ("grip", "ankle")
"""Landmarks that may lie below the floor: what a hand holds, and the ankle, whose sole is checked."""
MAX_REACH_ERROR_CM = 0.5
"""By how much a limb may miss its target."""
MAX_IMBALANCE_CM = 7.0
"""How far outside the contacts the centre of mass may lie."""
MAX_PLANTED_DRIFT_CM = 1.5
"""How far a contact of hand or foot may move."""
MAX_CONTACT_DRIFT_CM = 10.0
"""How far any other contact may move: knees, seat and back roll on the floor."""
PLANTED_PREFIXES = ("hand", "grip", "ball", "heel", "wrist")
"""Beginnings of the names of the contacts that must not move."""
MIN_MOVEMENT_CM = 3.0
"""A motion that moves every landmark by less must turn head or chest to be seen."""
MIN_TURN_DEG = 8.0
"""A motion that turns head and chest by less together must move a landmark to be seen."""
HEAD_RADII_CM = np.array([9.6, 10.4, 7.9])
"""Radii of the head's ellipsoid, which hands and forearms keep out of."""
MAX_HEAD_INTRUSION = 0.8
"""Squared distance from the middle of the head, in radii, at which a forearm runs through it."""
ALT_TEXT_LENGTHS = (40, 260)
"""Fewest and most letters of a text alternative."""


def check_figure(figure: PosedFigure, sample_count: int = SAMPLE_COUNT) -> list[PoseFinding]:
    """Return everything that is wrong with a figure, except the checks that its pose file switches off."""
    findings, bodies = list(_check_texts(figure)), []
    for index in range(sample_count):
        moment = index / (sample_count - 1)
        key_pose = pose_at(figure.key_poses, moment)
        bodies.append(key_pose.body)
        findings += _check_moment(key_pose, moment)
        if moment in (0.0, 1.0):
            findings += _check_balance(figure, key_pose, moment)
    findings += _check_contacts(figure, bodies)
    findings += _check_difference(figure, bodies)
    if figure.return_key_poses:
        findings += _check_way_back(figure.return_key_poses, sample_count)
    return [finding for finding in findings if finding.check not in figure.allowed_findings]


def summarise_findings(findings: Sequence[PoseFinding]) -> list[str]:
    """Return one line for each kind of finding, with the moments at which it happens."""
    groups: dict[tuple[str, str], list[PoseFinding]] = {}
    for finding in findings:
        subject = finding.text.split(" ")[0]
        groups.setdefault((finding.check, subject), []).append(finding)
    lines = []
    for (check, _), group in groups.items():
        middle = group[len(group) // 2]  # mostly near the worst moment
        moments = ", ".join(f"{finding.moment:.2f}" for finding in group[:9])
        lines.append(f"{check}: {middle.text} (at {moments})")
    return lines


def _check_moment(key_pose: KeyPose, moment: float) -> list[PoseFinding]:
    body = key_pose.body
    return [
        *check_joints(key_pose, moment),
        *_check_floor(body, moment),
        *_check_head_clearance(body, moment),
        *_check_reach(body, moment),
    ]


def _check_way_back(key_poses: list[KeyPose], sample_count: int) -> list[PoseFinding]:
    """Return what is wrong on a way back of its own; its moments count on from 1 to 2."""
    moments = [index / (sample_count - 1) for index in range(1, sample_count - 1)]
    return [finding for moment in moments for finding in _check_moment(pose_at(key_poses, moment), 1 + moment)]


def _check_floor(body: Body, moment: float) -> Iterator[PoseFinding]:
    for name, (centre, radius) in find_landmarks(body).items():
        depth = radius - float(centre[1])
        limit = TRUNK_FLOOR_TOLERANCE_CM if name.startswith(TRUNK_LANDMARK_PREFIXES) else FLOOR_TOLERANCE_CM
        if depth > limit + 0.05 and not name.startswith(FREE_LANDMARK_PREFIXES):
            yield PoseFinding("floor", moment, f"{name} is {depth:.1f} cm below the floor, at most {limit:.0f}")


def _check_head_clearance(body: Body, moment: float) -> Iterator[PoseFinding]:
    """Yield the forearms that run through the head."""
    for side in SIDES:
        elbow, wrist = body.joints["elbow" + side], body.joints["wrist" + side]
        for step in range(3, 11):  # tenths of the forearm; what is nearer to the elbow belongs to the upper arm
            point = elbow + (wrist - elbow) * step / 10
            local = body.head_frame.T @ (point - body.joints["head"]) - np.array([0, 1.4, 0])
            if float(((local / HEAD_RADII_CM) ** 2).sum()) < MAX_HEAD_INTRUSION:
                yield PoseFinding("clash", moment, f"forearm{side} runs through the head")
                break


def _check_reach(body: Body, moment: float) -> Iterator[PoseFinding]:
    for limb, error in body.reach_errors.items():
        if error > MAX_REACH_ERROR_CM:
            remedy = "bring target and body nearer (or fit a variable)"
            yield PoseFinding("reach", moment, f"{limb} misses its target by {error:.1f} cm: {remedy}")


def _check_balance(figure: PosedFigure, key_pose: KeyPose, moment: float) -> Iterator[PoseFinding]:
    """Yield a finding when the centre of mass lies outside the contacts; who hangs from a grip needs no balance."""
    contacts = figure.key_poses[0 if moment < 0.5 else -1].pose.get("contacts", [])
    if len(contacts) < 2 or any(name.startswith("grip") for name in contacts):
        return
    landmarks, centre = find_landmarks(key_pose.body), centre_of_mass(key_pose.body)
    # On the floor plane: x and z.
    support = shapely.convex_hull(shapely.multipoints(np.array([landmarks[n].centre[[0, 2]] for n in contacts])))
    distance = float(support.distance(shapely.Point(float(centre[0]), float(centre[2]))))
    if distance > MAX_IMBALANCE_CM:
        where = f"outside the contacts {', '.join(contacts)}"
        yield PoseFinding("balance", moment, f"centre of mass is {distance:.0f} cm {where}")


def _check_contacts(figure: PosedFigure, bodies: list[Body]) -> Iterator[PoseFinding]:
    """Yield the contacts declared at start and end that do not stay where they are."""
    start, end = (set(figure.key_poses[index].pose.get("contacts", [])) for index in (0, -1))
    samples = [find_landmarks(body) for body in bodies]
    for name in sorted(start & end):
        path = np.array([landmarks[name].centre for landmarks in samples])
        drift = float(np.abs(path - path[0]).max())
        # Who is broader rolls farther.
        breadth = bodies[0].shape.shoulder_half / WOMAN.shoulder_half
        if drift > (MAX_PLANTED_DRIFT_CM if name.startswith(PLANTED_PREFIXES) else MAX_CONTACT_DRIFT_CM * breadth):
            remedy = "plant it or leave it out of contacts"
            yield PoseFinding("contact", 1.0, f"{name} is a contact but moves {drift:.1f} cm: {remedy}")


def _check_difference(figure: PosedFigure, bodies: list[Body]) -> Iterator[PoseFinding]:
    """Yield a finding when start and end look the same though the exercise is not a hold."""
    if figure.is_hold:
        return
    first, last = bodies[0], bodies[-1]
    start, end = find_landmarks(first), find_landmarks(last)
    movement = max(length(start[name].centre - end[name].centre) for name in start)
    head_turn = angle_between(first.head_frame[:, 0], last.head_frame[:, 0])
    chest_turn = angle_between(first.chest_frame[:, 0], last.chest_frame[:, 0])
    if movement < MIN_MOVEMENT_CM and head_turn + chest_turn < MIN_TURN_DEG:
        yield PoseFinding("difference", 1.0, "start and end look the same; for a hold say `hold: true`")


def _check_texts(figure: PosedFigure) -> Iterator[PoseFinding]:
    fewest, most = ALT_TEXT_LENGTHS
    for word in ("start",) if figure.is_hold else ("start", "end"):
        text = figure.alt.get(word, "")
        if not fewest <= len(text) <= most or not text.endswith("."):
            rule = f"one or two plain sentences ({fewest} to {most} letters) ending in a full stop"
            yield PoseFinding("alt", 0.0, f"alt.{word} should be {rule}")
    for word, text in figure.alt.items():
        # In the description of the mirror image, left and right change places.
        if "right angle" in text.replace("-", " "):
            yield PoseFinding("alt", 0.0, f"alt.{word}: say 90 degrees; right means the side")
