"""Pose files: reads one, checks its words, and solves its key poses."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from app.figures.drawing.body_shape import SHAPES, BodyShape
from app.figures.drawing.interpolation import KeyPose
from app.figures.drawing.kinematics import Pose, solve_pose
from app.figures.drawing.muscle_regions import MAPPED_MUSCLES
from app.figures.drawing.pose_schema import PoseError, expand_pose, require_known_keys
from app.figures.drawing.shape_fitting import fit_pose_to_shape
from app.figures.drawing.wheelchair_seat import WHEELCHAIR_WORD, can_sit_in_wheelchair, seat_in_wheelchair
from app.figures.persons import DEFAULT_PERSON, Person

MUSCLE_SIDES = ("working", "other", "both")
"""The sides of the body on which a one-sided exercise may use a muscle."""
POSES = Path(__file__).resolve().parents[3] / "seed" / "poses"
"""The folder of the pose files, one `<slug>.yaml` for each exercise."""
FILE_KEYS = frozenset(
    [
        *("slug", "side", "view", "props", "start", "via", "end", "back", "arrows", "both", "alt", "hold"),
        *("allow", "frame", "icon", "muscles", WHEELCHAIR_WORD),
    ]
)
"""Words of a pose file."""
REQUIRED_KEYS = ("slug", "start", "alt")
"""Words without which nothing can be drawn."""
HOLD_BREATH_DEG = 3
"""How much the thoracic spine extends at the end of a held posture that states no end: it still breathes."""


@dataclass
class PosedFigure:
    """An exercise as its pose file states it, with its key poses solved.

    `side` is the working side: left, right or both. `view` holds the angles of the camera. `both_layout` is auto,
    ghost or panels. `allowed_findings` names checks that are switched off, with the reason. What lies lower than
    `crop_above_cm` is not shown. `return_key_poses` are the way back from end to start where it has one of its own.
    `muscle_sides` says of muscles whether a one-sided exercise uses the working side, the other one or both, where that
    is not the usual.
    `icon_phase` is start or end: what an icon shows.
    """

    slug: str
    side: str
    view: dict[str, float]
    props: list[dict[str, Any]]
    key_poses: list[KeyPose]
    alt: dict[str, str]
    arrows: list[dict[str, Any]] = field(default_factory=list)
    both_layout: str = "auto"
    is_hold: bool = False
    allowed_findings: dict[str, str] = field(default_factory=dict)
    crop_above_cm: float | None = None
    return_key_poses: list[KeyPose] = field(default_factory=list)
    muscle_sides: dict[str, str] = field(default_factory=dict)
    person: Person = DEFAULT_PERSON
    icon_phase: str = "end"


def load_figure(slug: str, person: Person = DEFAULT_PERSON) -> PosedFigure:
    """Return the figure of an exercise's committed pose file; raises PoseError when it cannot be drawn."""
    return read_pose_file(POSES / f"{slug}.yaml", person)


def list_posed_slugs(person: Person = DEFAULT_PERSON) -> list[str]:
    """Return the slugs of the exercises whose pose files a person can show, in alphabetical order."""
    paths = sorted(POSES.glob("*.yaml"), key=lambda path: path.stem)
    if person == "wheelchair_user":
        paths = [path for path in paths if can_sit_in_wheelchair(yaml.load(path.read_text("utf-8"), yaml.CSafeLoader))]
    return [path.stem for path in paths]


def read_pose_file(path: Path, person: Person = DEFAULT_PERSON) -> PosedFigure:
    """Return the figure of a pose file, shown by a person; raises PoseError when it cannot be drawn."""
    where = path.stem
    data = _read_checked(path)
    if person == "wheelchair_user":
        try:
            data = seat_in_wheelchair(data)
        except ValueError as error:
            raise PoseError(f"{where}: {error}") from error
    key_poses, return_key_poses = _solve_key_poses(data, where, SHAPES[person])
    return PosedFigure(
        data["slug"],
        data.get("side", "both"),
        data.get("view", {}),
        [{"kind": prop} if isinstance(prop, str) else dict(prop) for prop in data.get("props", [])],
        key_poses,
        data["alt"],
        [_restore_off(arrow) for arrow in data.get("arrows", [])],
        data.get("both", "auto"),
        bool(data.get("hold", False)),
        data.get("allow", {}),
        data.get("frame", {}).get("above"),
        return_key_poses,
        _read_muscle_sides(data, where),
        person,
        data.get("icon", "end"),
    )


def _read_checked(path: Path) -> dict[str, Any]:
    """Return the content of a pose file; raises PoseError when its outermost words are wrong."""
    where = path.stem
    try:
        data: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise PoseError(f"{where}: not YAML: {error}") from error
    require_known_keys(data, FILE_KEYS, where)
    for word in REQUIRED_KEYS:
        if word not in data:
            raise PoseError(f"{where}: `{word}` is missing")
    require_known_keys(data.get("frame", {}), {"above"}, f"{where}.frame")
    if data.get("side", "both") not in ("both", "left", "right"):
        raise PoseError(f"{where}: side is both, left or right")
    if data.get("icon", "end") not in ("start", "end"):
        raise PoseError(f"{where}: icon is start or end")
    if data["slug"] != where:
        raise PoseError(f"{where}: slug {data['slug']} differs from the file's name")
    return data


def _read_muscle_sides(data: Mapping[str, Any], where: str) -> dict[str, str]:
    """Return the sides of muscles that a pose file states; raises PoseError for unknown words."""
    sides: dict[str, str] = data.get("muscles", {})
    require_known_keys(sides, MAPPED_MUSCLES, f"{where}.muscles")
    for muscle, side in sides.items():
        if side not in MUSCLE_SIDES:
            raise PoseError(f"{where}.muscles.{muscle}: {side} is none of {', '.join(MUSCLE_SIDES)}")
    return sides


def _solve_key_poses(data: Mapping[str, Any], where: str, shape: BodyShape) -> tuple[list[KeyPose], list[KeyPose]]:
    """Return the key poses from start to end, and those of the way back, if it is another one."""
    start = expand_pose(data["start"], None, f"{where}.start")
    stages = {"start": start}
    stages |= _expand_stages(data, "via", start, where)
    end = expand_pose(data.get("end", {}), start, f"{where}.end")
    if data.get("hold") and "end" not in data:
        thoracic = end.get("thoracic", {})
        end["thoracic"] = {**thoracic, "flex": thoracic.get("flex", 0) - HOLD_BREATH_DEG}
    stages["end"] = end
    key_poses = [_solve_stage(pose, f"{where}.{stage}", shape) for stage, pose in stages.items()]
    back = _expand_stages(data, "back", start, where)
    on_the_way = [_solve_stage(pose, f"{where}.{stage}", shape) for stage, pose in back.items()]
    return key_poses, [key_poses[-1], *on_the_way, key_poses[0]] if back else []


def _expand_stages(data: Mapping[str, Any], key: str, start: Pose, where: str) -> dict[str, Pose]:
    """Return the postures of a list in the pose file, each a change of the start, by `key[place]`."""
    return {
        f"{key}[{i}]": expand_pose(changes, start, f"{where}.{key}[{i}]") for i, changes in enumerate(data.get(key, []))
    }


def _solve_stage(pose: Pose, where: str, shape: BodyShape) -> KeyPose:
    pose = {word: value for word, value in pose.items() if value is not None}
    try:
        pose = fit_pose_to_shape(pose, shape)
        return KeyPose(pose, solve_pose(pose))
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise PoseError(
            f"{where}: cannot be solved ({type(error).__name__}: {error}); look for a missing number "
            "or a misspelt landmark"
        ) from error


def _restore_off(arrow: Mapping[Any, Any]) -> dict[str, Any]:
    """Return an arrow whose key `off` is text again: YAML reads a bare `off` as false."""
    return {"off" if key is False else key: value for key, value in arrow.items()}
