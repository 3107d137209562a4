"""Poses fit every body: contacts stay planted, and hands rest on a thicker body as on a thinner one."""

import itertools

import numpy as np
import pytest

from app.figures.drawing.body_shape import LARGER_PERSON, SHAPES, WOMAN
from app.figures.drawing.checks import check_figure
from app.figures.drawing.clearance import measure_clearance
from app.figures.drawing.kinematics import solve_pose
from app.figures.drawing.landmarks import find_landmarks
from app.figures.drawing.pose_schema import expand_pose
from app.figures.drawing.posefile import load_figure
from app.figures.drawing.shape_fitting import fit_pose_to_shape
from app.figures.persons import PERSONS, Person
from tests.figures.drawing.pose_files import load_solved_figure

OTHERS = tuple(person for person in PERSONS if person not in ("woman", "wheelchair_user"))
SAMPLE = ("cat-cow", "open-book", "diaphragmatic-breathing", "wall-angel", "chin-up", "seated-side-bend")
"""Exercises on all fours, on the side, on the back, at a wall, at a bar, and on a bench; `make figures` checks all."""


@pytest.mark.parametrize(("slug", "person"), list(itertools.product(SAMPLE, OTHERS)))
def test_the_checks_hold_for_every_person(slug: str, person: Person) -> None:
    assert check_figure(load_figure(slug, person)) == []


def test_every_person_has_a_shape_of_their_own() -> None:
    shapes = [SHAPES[person] for person in PERSONS]
    assert all(a != b for a, b in itertools.combinations(shapes, 2))


@pytest.mark.parametrize("person", OTHERS)
def test_the_seat_stays_on_the_chair(person: Person) -> None:
    bottoms = []
    for figure in (load_solved_figure("seated-thoracic-rotation"), load_figure("seated-thoracic-rotation", person)):
        seat = find_landmarks(figure.key_poses[0].body)["seatR"]
        bottoms.append(float(seat.centre[1]) - seat.radius)
    assert bottoms[0] == pytest.approx(bottoms[1], abs=0.05)


def test_a_hand_on_the_belly_follows_the_belly() -> None:
    pose = expand_pose({"base": "standing", "armR": {"at": "belly"}}, None, "made up")
    thin, thick = (solve_pose(fit_pose_to_shape(pose, shape)) for shape in (WOMAN, LARGER_PERSON))
    distances = [measure_clearance(body, body.joints["wristR"]).distance for body in (thin, thick)]
    assert distances[0] == pytest.approx(distances[1], abs=1.0)
    assert thick.joints["wristR"][0] - thin.joints["wristR"][0] > 3


def test_hanging_arms_stay_outside_a_broad_trunk() -> None:
    pose = expand_pose({"base": "standing"}, None, "made up")
    body = solve_pose(fit_pose_to_shape(pose, LARGER_PERSON))
    unfitted = solve_pose({**pose, "shape": LARGER_PERSON})
    elbow, untouched = (measure_clearance(b, b.joints["elbowR"]).distance for b in (body, unfitted))
    assert elbow > untouched + 1
    assert elbow > 3.8 * LARGER_PERSON.girth("elbow")


@pytest.mark.parametrize("person", OTHERS)
def test_hanging_hands_stay_near_the_thighs(person: Person) -> None:
    """An upper arm that was kept off a broad flank would fling the hand far outwards."""
    pose = expand_pose({"base": "standing"}, None, "made up")
    hands = []
    for shape in (WOMAN, SHAPES[person]):
        body = solve_pose(fit_pose_to_shape(pose, shape))
        hands.append(measure_clearance(body, body.joints["wristR"]).distance)
    assert hands[1] < hands[0] + 10


def test_clearance_is_the_distance_to_the_skin() -> None:
    body = solve_pose(expand_pose({"base": "standing"}, None, "made up"))
    node, frame = body.spine[3], body.spine_frames[3]
    skin = node + frame[:, 2] * WOMAN.rings[3].half_width + frame[:, 0] * 1.2
    surface = measure_clearance(body, skin + frame[:, 2] * 5)
    assert surface.distance == pytest.approx(5, abs=0.2)
    assert float(surface.outwards @ frame[:, 2]) > 0.99
    assert measure_clearance(body, node).distance < -5
    assert measure_clearance(body, node + np.array([0, 120.0, 0])).distance > 50


def test_the_back_stays_at_the_wall() -> None:
    backs = [
        float((landmark := find_landmarks(figure.key_poses[0].body)["back"]).centre[0]) - landmark.radius
        for figure in (load_solved_figure("wall-angel"), load_figure("wall-angel", "larger_person"))
    ]
    assert backs[0] == pytest.approx(backs[1], abs=0.2)
