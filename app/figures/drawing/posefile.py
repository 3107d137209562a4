"""Pose files: read, check the words used, expand presets and shorthands, solve the key poses."""

import copy
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from app.figures.drawing.fit import fit
from app.figures.drawing.motion import Key
from app.figures.drawing.presets import PLACES, PRESETS
from app.figures.drawing.solve import Pose, solve

POSES = Path(__file__).resolve().parents[3] / "seed" / "poses"
FILE_KEYS = {
    "slug",
    "side",
    "view",
    "props",
    "start",
    "via",
    "end",
    "back",
    "arrows",
    "both",
    "alt",
    "hold",
    "allow",
    "frame",
}
POSE_KEYS = {
    "base",
    "pelvis",
    "lumbar",
    "thoracic",
    "neck",
    "head",
    "arms",
    "armR",
    "armL",
    "legs",
    "legR",
    "legL",
    "anchor",
    "settle",
    "fit",
    "contacts",
    "cushion",
    "breath",
    "order",
}
SPINE_KEYS = {"flex", "side", "rot"}
PART_KEYS = {
    "pelvis": {"at", "pitch", "lean", "twist", "turn"},
    "lumbar": SPINE_KEYS,
    "thoracic": SPINE_KEYS,
    "neck": SPINE_KEYS,
    "head": SPINE_KEYS | {"gaze"},
    "arm": {"wrist", "pole", "frame", "dir", "elbow", "hand", "fingers", "palm", "protract", "elevate", "at", "path"},
    "leg": {"ankle", "pole", "frame", "thigh", "knee", "foot", "sole", "toes", "path"},
}
# A limb given by one of these is a new limb; without them the words only change the limb it inherits.
WHOLE = {"arm": {"wrist", "dir", "at"}, "leg": {"ankle", "thigh"}}


class PoseError(ValueError):
    """A pose file says something that cannot be drawn; the message names the file, the place and the remedy."""


@dataclass
class Figure:
    """An exercise's picture: its view and things, and the solved key poses from start to end."""

    slug: str
    side: str
    view: dict[str, float]
    props: list[dict[str, Any]]
    keys: list[Key]
    alt: dict[str, str]
    arrows: list[dict[str, Any]] = field(default_factory=list)
    both: str = "auto"
    hold: bool = False
    allow: dict[str, str] = field(default_factory=dict)
    frame: dict[str, float] = field(default_factory=dict)
    back: list[Key] = field(default_factory=list)


def _known(words: Mapping[str, Any], known: set[str], where: str) -> None:
    wrong = sorted(set(words) - known)
    if wrong:
        raise PoseError(f"{where}: unknown word {', '.join(wrong)}; known are {', '.join(sorted(known))}")


def _limb(old: dict[str, Any], new: dict[str, Any], kind: str, where: str) -> dict[str, Any]:
    _known(new, PART_KEYS[kind], where)
    if "at" in new:
        if new["at"] not in PLACES:
            raise PoseError(f"{where}: no place called {new['at']}; there are {', '.join(sorted(PLACES))}")
        new = {**PLACES[new["at"]], **{k: v for k, v in new.items() if k != "at"}}
    whole = bool(WHOLE[kind] & set(new))
    stays = ("foot", "sole") if "foot" in new else ("foot", "sole", "toes")
    kept = {k: v for k, v in old.items() if not whole or k in stays}
    return copy.deepcopy({**kept, **new})


def _over(pose: dict[str, Any], changes: Mapping[str, Any], where: str) -> dict[str, Any]:
    """The pose with changes laid over it."""
    _known(changes, POSE_KEYS, where)
    pose = copy.deepcopy(pose)
    for name in ("lumbar", "thoracic", "neck", "head", "pelvis"):
        if name in changes:
            value = changes[name]
            new = {"flex": value} if isinstance(value, (int, float)) else dict(value)
            _known(new, PART_KEYS[name], f"{where}.{name}")
            old = dict(pose.get(name, {}))
            if name == "head" and "gaze" not in new and "flex" in new:
                old.pop("gaze", None)
            pose[name] = {**old, **new}
    for kind in ("arm", "leg"):
        for word, sides in ((kind + "s", "RL"), (kind + "R", "R"), (kind + "L", "L")):
            for s in sides if word in changes else "":
                pose[kind + s] = _limb(pose.get(kind + s, {}), changes[word], kind, f"{where}.{word}")
    for name in ("anchor", "settle", "fit", "contacts", "order", "breath"):
        if name in changes:
            pose[name] = copy.deepcopy(changes[name])
    if changes.get("anchor"):
        pose.pop("settle", None)
    if changes.get("settle"):
        pose.pop("anchor", None)
    return pose


def _begin(changes: Mapping[str, Any], before: dict[str, Any] | None, where: str) -> dict[str, Any]:
    base = changes.get("base")
    if base is None:
        if before is None:
            raise PoseError(f"{where}: say which base posture to begin from: {', '.join(sorted(PRESETS))}")
        return _over(before, changes, where)
    if base not in PRESETS:
        raise PoseError(f"{where}: no base posture {base}; there are {', '.join(sorted(PRESETS))}")
    return _over(_over({}, PRESETS[base], where), changes, where)


def _key(pose: Pose, where: str) -> Key:
    pose = {k: v for k, v in pose.items() if v is not None}
    try:
        pose = fit(pose)
        return Key(pose, solve(pose))
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise PoseError(
            f"{where}: cannot be solved ({type(error).__name__}: {error}); look for a missing number "
            "or a misspelt landmark"
        ) from error


def read(path: Path) -> Figure:
    """The figure of one pose file."""
    where = path.stem
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise PoseError(f"{where}: not YAML: {error}") from error
    _known(data, FILE_KEYS, where)
    for word in ("slug", "start", "alt"):
        if word not in data:
            raise PoseError(f"{where}: `{word}` is missing")
    _known(data.get("frame", {}), {"above"}, f"{where}.frame")
    if data.get("side", "both") not in ("both", "left", "right"):
        raise PoseError(f"{where}: side is both, left or right")
    if data["slug"] != where:
        raise PoseError(f"{where}: slug {data['slug']} differs from the file's name")
    start = _begin(data["start"], None, f"{where}.start")
    via = [_begin(v, start, f"{where}.via[{i}]") for i, v in enumerate(data.get("via", []))]
    end = _begin(data.get("end", {}), start, f"{where}.end")
    if data.get("hold") and "end" not in data:  # a held posture still breathes
        end["thoracic"] = {**end.get("thoracic", {}), "flex": end.get("thoracic", {}).get("flex", 0) - 3}
    poses = [start, *via, end]
    names = ["start", *(f"via[{i}]" for i in range(len(via))), "end"]
    keys = [_key(p, f"{where}.{n}") for p, n in zip(poses, names, strict=True)]
    back = [
        _key(_begin(p, start, f"{where}.back[{i}]"), f"{where}.back[{i}]") for i, p in enumerate(data.get("back", []))
    ]
    props = [{"kind": p} if isinstance(p, str) else dict(p) for p in data.get("props", [])]
    return Figure(
        data["slug"],
        data.get("side", "both"),
        data.get("view", {}),
        props,
        keys,
        data["alt"],
        [{"off" if k is False else k: v for k, v in a.items()} for a in data.get("arrows", [])],  # YAML: off is false
        data.get("both", "auto"),
        bool(data.get("hold", False)),
        data.get("allow", {}),
        data.get("frame", {}),
        [keys[-1], *back, keys[0]] if back else [],
    )


def load(slug: str) -> Figure:
    """The figure of an exercise's committed pose file."""
    return read(POSES / f"{slug}.yaml")


def slugs() -> list[str]:
    """All exercises that have a pose file, in order."""
    return sorted(p.stem for p in POSES.glob("*.yaml"))
